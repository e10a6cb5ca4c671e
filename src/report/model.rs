//! The report: what was read, what was found, for programs and for people.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rust_decimal::Decimal;
use serde::Serialize;

use super::section::Section;
use super::sheet::Sheet;
use crate::finding::{Finding, Severity};
use crate::input::reading::ReadTable;
use crate::input::table::{Column, Role};
use crate::lang::Lang;
use crate::location::column_name;

/// Everything one run of a command has to say.
#[derive(Debug, Default)]
pub struct Report {
    /// Its machine name: `reconcile-supplier`.
    pub name: &'static str,
    /// Its name for people.
    pub title: String,
    /// The period it is about, as JSON shows it: `2026-10`.
    pub period: Option<String>,
    /// The language of its human side.
    pub lang: Lang,
    /// The tables that were read, in the order they were read.
    pub inputs: Vec<InputRead>,
    /// The machine side: what JSON shows.
    pub sections: Vec<Section>,
    /// The human side: what xlsx, terminal, CSV and Markdown show.
    pub sheets: Vec<Sheet>,
    /// What is wrong or doubtful in the data.
    pub findings: Vec<Finding>,
    /// What went in and what came out again.
    pub conservation: Option<Conservation>,
    /// Sentences about the whole run (checks that could not be made), for
    /// people.
    pub notes: Vec<String>,
    /// Papers to be written as files of their own.
    pub documents: Vec<Document>,
    /// Copies of people's own workbooks, to be written as they are.
    pub copies: Vec<FileCopy>,
    /// Whether the result needs a person, findings aside: a difference, a
    /// shortage, a late order.
    pub needs_person: bool,
}

impl Report {
    /// Makes an empty report.
    pub fn new(name: &'static str, title: impl Into<String>, lang: Lang) -> Self {
        Self { name, title: title.into(), lang, ..Self::default() }
    }

    /// Returns the exit code: 1 if something needs a person, else 0.
    pub fn exit_code(&self) -> u8 {
        let alarmed = self.findings.iter().any(|finding| finding.severity > Severity::Info);
        u8::from(self.needs_person || alarmed)
    }
}

/// A paper to be written as a file of its own.
#[derive(Debug)]
pub struct Document {
    /// Where it is to stand.
    pub path: PathBuf,
    /// What stands on it.
    pub report: Report,
}

/// A copy of a person's own workbook.
#[derive(Debug)]
pub struct FileCopy {
    /// Where it is to stand.
    pub path: PathBuf,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A table that was read, and how it was understood.
#[derive(Debug, Clone, Default, Serialize)]
pub struct InputRead {
    /// The file as the person named it.
    pub path: String,
    /// The sheet; `None` for text files.
    pub sheet: Option<String>,
    /// The document kind it was taken for.
    pub kind: Option<String>,
    /// How sure that is, from 0 to 100.
    #[serde(skip)]
    pub confidence: u8,
    /// The party it is about, one name for all its spellings.
    pub party: Option<String>,
    /// Its area: `A4:K57`.
    pub table: Option<String>,
    /// The rows of its header, from 1.
    pub header_rows: Vec<u32>,
    /// Its columns.
    pub columns: Vec<ColumnRead>,
    /// How many rows have each role.
    pub rows: BTreeMap<Role, u32>,
    /// How many body rows could not be used.
    pub rejected: u32,
}

impl InputRead {
    /// Says how a table was understood. Who uses it knows the party better,
    /// and how many rows could not be used.
    pub fn of(read: &ReadTable) -> Self {
        let table = &read.table;
        let mut rows = BTreeMap::new();
        for row in &table.rows {
            *rows.entry(row.role).or_insert(0) += 1;
        }
        let column = |column: &Column| ColumnRead {
            column: column_name(column.col),
            header: column.header.clone(),
            field: column.field.map(str::to_owned),
        };
        Self {
            path: table.sheet.id.path.clone(),
            sheet: table.sheet.id.sheet.clone(),
            kind: read.kind.map(|kind| kind.id.clone()),
            confidence: read.confidence,
            party: read.party.clone(),
            table: Some(table.area.to_string()),
            header_rows: table.header_rows.iter().map(|row| row + 1).collect(),
            columns: table.columns.iter().map(column).collect(),
            rows,
            rejected: 0,
        }
    }
}

/// A column of a table that was read.
#[derive(Debug, Clone, Serialize)]
pub struct ColumnRead {
    /// Its letters: `B`.
    pub column: String,
    /// Its header as the person reads it.
    pub header: String,
    /// The field it was understood as; `None`: carried through untouched.
    pub field: Option<String>,
}

/// What went in and what came out again, counted over both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conservation {
    /// Entries read.
    pub rows_in: u64,
    /// Entries placed on a line.
    pub rows_reported: u64,
    /// The plain sum of their amounts.
    pub amount_in: Decimal,
    /// The plain sum of the amounts of the placed entries.
    pub amount_reported: Decimal,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::codes;

    #[test]
    fn only_what_needs_a_person_raises_the_exit_code() {
        let mut report = Report::new("inspect", "", Lang::En);
        report.findings.push(Finding::new(codes::ENCODING_GUESSED, Severity::Info));
        assert_eq!(report.exit_code(), 0);
        report.findings.push(Finding::new(codes::BAD_DATE, Severity::Warning));
        assert_eq!(report.exit_code(), 1);
        report.findings.clear();
        report.needs_person = true;
        assert_eq!(report.exit_code(), 1);
    }
}
