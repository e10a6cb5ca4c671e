//! Findings: what is wrong or doubtful in the data, as values.
//!
//! A finding has a code. The codes, their severity, their messages and what
//! to do about them are data: `finding/codes.toml`.

pub mod codes;
pub mod table;

use rust_decimal::Decimal;

use crate::lang::{self, Lang};
use crate::location::Location;

/// The kebab-case name of a finding, stable for JSON, filters and search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

/// Returns the kebab-case name that a code has in JSON; empty for what is no
/// code.
pub(crate) fn name(code: impl serde::Serialize) -> String {
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// How much a finding matters.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
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
    /// Makes a finding of `code` with the severity the table gives it.
    pub fn of(code: Code) -> Self {
        let severity = table::entry(code.0).and_then(|entry| entry.severity);
        Self::new(code, severity.unwrap_or(Severity::Warning))
    }

    /// Makes the finding about an argument whose value cannot be used.
    pub fn bad_argument(argument: impl ToString, found: impl ToString) -> Self {
        let argument = argument.to_string();
        let flag = argument.split(' ').next().unwrap_or_default().to_owned();
        let finding = Self::of(codes::BAD_ARGUMENT).with("found", found).with("how", flag);
        finding.with("argument", argument)
    }

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

    /// Whether it says that a file or a sheet could not be read: whatever the
    /// work is about may have been in it.
    pub fn is_unread(&self) -> bool {
        let unread = [codes::UNREADABLE_FILE, codes::UNREADABLE_SHEET, codes::PASSWORD_PROTECTED];
        unread.contains(&self.code)
    }

    /// Returns the sentence a person reads, in her language. The place is not
    /// in it.
    pub fn message(&self, lang: Lang) -> String {
        let Some(entry) = table::entry(self.code.0) else { return self.code.0.to_owned() };
        let Some(message) = &entry.message else { return self.code.0.to_owned() };
        let word = |name: &str, value: &String| {
            if entry.sums.iter().any(|sum| sum == name)
                && let Ok(sum) = value.parse::<Decimal>()
            {
                return shown_sum(sum);
            }
            let words = entry.words.get(name);
            let word = words.and_then(|words| words.get(value).or_else(|| words.get("*")));
            word.map_or_else(|| value.clone(), |word| lang::fill(word.get(lang), &self.values))
        };
        let values: Vec<(&str, String)> =
            self.values.iter().map(|(name, value)| (*name, word(name, value))).collect();
        lang::fill(message.get(lang), &values)
    }
}

/// Returns a sum as people write it: whole, or to the cent at least.
fn shown_sum(sum: Decimal) -> String {
    let sum = sum.normalize();
    let digits = if sum.is_integer() { 0 } else { sum.scale().max(2) };
    lang::thousands(&format!("{sum:.*}", digits as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_program_read_as_words_and_values_as_they_are() {
        let finding = Finding::of(codes::UNREADABLE_FILE)
            .with("file", "empty")
            .with("reason", "not-a-sheet")
            .with("found", "pdf");
        assert_eq!(finding.message(Lang::En), "empty cannot be read: it holds no sheet but pdf");
    }
}
