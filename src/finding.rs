//! Findings: what is wrong or doubtful in the data, as values.
//!
//! A finding has a code. The codes, their severity, their messages and what
//! to do about them are data: `finding/codes.toml`.

use crate::location::Location;

/// The kebab-case name of a finding, stable for JSON, filters and search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing; nothing needs a person. Exit code stays 0.
    Info,
    /// Somebody should look.
    Warning,
    /// A figure, a row or a file could not be used, or is wrong.
    Error,
}

/// One thing wrong or doubtful, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// Where it is.
    pub at: Option<Location>,
    /// Other places that belong to it.
    pub related: Vec<Location>,
    /// The values its message names, by placeholder (`found`, `expected`, …).
    pub values: Vec<(&'static str, String)>,
}

impl Finding {
    /// Makes a finding of `code` without a place or values.
    pub fn new(code: Code, severity: Severity) -> Self {
        Self { code, severity, at: None, related: Vec::new(), values: Vec::new() }
    }

    /// Sets the place.
    #[must_use]
    pub fn at(mut self, at: Location) -> Self {
        self.at = Some(at);
        self
    }

    /// Adds a related place.
    #[must_use]
    pub fn related(mut self, at: Location) -> Self {
        self.related.push(at);
        self
    }

    /// Gives the value of a placeholder of the code's message.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.values.push((name, value.to_string()));
        self
    }
}

/// The codes. Each has its entry in `finding/codes.toml`.
pub mod codes {
    use super::Code;

    /// The sheet's own total is not the sum of its rows.
    pub const TOTAL_MISMATCH: Code = Code("total-mismatch");
    /// A subtotal is not the sum of its rows.
    pub const SUBTOTAL_MISMATCH: Code = Code("subtotal-mismatch");
    /// An opening balance is not last period's closing balance.
    pub const OPENING_MISMATCH: Code = Code("opening-mismatch");
    /// A closing balance is not opening plus movements.
    pub const CLOSING_MISMATCH: Code = Code("closing-mismatch");
    /// A required column is not there.
    pub const MISSING_COLUMN: Code = Code("missing-column");
    /// Two columns claim one field, or one column may be several fields.
    pub const AMBIGUOUS_COLUMN: Code = Code("ambiguous-column");
    /// A cell that should hold a number does not.
    pub const BAD_NUMBER: Code = Code("bad-number");
    /// A cell that should hold a date does not.
    pub const BAD_DATE: Code = Code("bad-date");
    /// A date that can be read in two ways.
    pub const AMBIGUOUS_DATE: Code = Code("ambiguous-date");
    /// A row that could not be used.
    pub const REJECTED_ROW: Code = Code("rejected-row");
    /// An id whose digits a spreadsheet destroyed.
    pub const DAMAGED_ID: Code = Code("damaged-id");
    /// A cell that holds a formula's error.
    pub const FORMULA_ERROR: Code = Code("formula-error");
    /// A formula that was never calculated.
    pub const FORMULA_WITHOUT_VALUE: Code = Code("formula-without-value");
    /// A file that cannot be read.
    pub const UNREADABLE_FILE: Code = Code("unreadable-file");
    /// A file that is locked with a password.
    pub const PASSWORD_PROTECTED: Code = Code("password-protected");
    /// A text file whose encoding was guessed.
    pub const ENCODING_GUESSED: Code = Code("encoding-guessed");
    /// A party that was identified by guess.
    pub const PARTY_GUESSED: Code = Code("party-guessed");
    /// A table whose kind is not known.
    pub const UNKNOWN_KIND: Code = Code("unknown-kind");
}
