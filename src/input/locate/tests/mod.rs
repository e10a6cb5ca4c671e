//! Layouts of sheets as people keep them, written as text: which tables are
//! found, what every row is, and what the columns are called.

mod fills;
mod forms;
mod headers;
mod hostile;
mod islands;
mod known;
mod registers;
mod statements;
mod sums;

use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};

use super::{LocateOptions, tables};
use crate::input::sheet::{NewCell, Row, Sheet, Style, Value};
use crate::input::table::{Role, Table};
use crate::location::{Area, CellRef, SheetId};

/// Makes a sheet of lines of cells divided by `|`. A line of `.` is an empty
/// row. Figures are numbers, `@2026-10-08` is a date cell, `*合计` is bold,
/// `'00120` is text.
fn sheet(text: &str) -> Sheet {
    merged(text, &[])
}

/// Makes a sheet with merged areas.
fn merged(text: &str, merges: &[&str]) -> Sheet {
    let id = SheetId { path: "sheet.xlsx".to_owned(), sheet: Some("Sheet1".to_owned()) };
    let mut sheet = Sheet::new(Arc::new(id));
    sheet.styles.push(Style { bold: true, ..Style::default() });
    let lines = text.lines().map(str::trim).skip_while(|line| line.is_empty());
    for (index, line) in (0..).zip(lines) {
        let cells: Vec<NewCell> = (0..)
            .zip(line.split('|'))
            .filter(|(_, text)| !text.trim().is_empty() && line != ".")
            .map(|(col, text)| cell(col, text))
            .collect();
        if !cells.is_empty() {
            sheet.rows.push(Row { index, hidden: false, cells: cells.into() });
        }
    }
    sheet.merges = merges.iter().map(|area| area_of(area)).collect();
    sheet.merges.sort_by_key(|area| area.first);
    sheet
}

fn cell(col: u16, text: &str) -> NewCell {
    let (text, style) = text.strip_prefix('*').map_or((text, 0), |text| (text, 1));
    let value = if let Some(text) = text.strip_prefix('\'') {
        Value::Text(text.into())
    } else if let Some(day) = text.strip_prefix('@') {
        let day: NaiveDate = day.parse().unwrap();
        Value::Date(day.and_time(NaiveTime::MIN))
    } else {
        match text.trim().parse() {
            Ok(number) => Value::Number(number),
            Err(_) => Value::Text(text.replace("\\n", "\n").into()),
        }
    };
    NewCell { value, col, style, ..NewCell::default() }
}

fn area_of(text: &str) -> Area {
    let (first, last) = text.split_once(':').unwrap();
    Area { first: CellRef::parse(first).unwrap(), last: CellRef::parse(last).unwrap() }
}

/// Finds the tables of a sheet.
fn found(sheet: Sheet) -> Vec<Table> {
    let found = tables(&Arc::new(sheet), &LocateOptions::default());
    assert_every_row_once(&found);
    found
}

/// Every row that holds something in a table's columns has one role there, and
/// no cell is in two tables.
fn assert_every_row_once(tables: &[Table]) {
    let Some(sheet) = tables.first().map(|table| &table.sheet) else { return };
    for row in &sheet.rows {
        let owners: Vec<&Table> = tables
            .iter()
            .filter(|table| table.rows.iter().any(|known| known.row == row.index))
            .collect();
        assert!(!owners.is_empty(), "row {} is in no table", row.index + 1);
        for cell in &row.cells {
            let of_cell = owners.iter().filter(|table| {
                owners.len() == 1 || table.columns.iter().any(|column| column.col == cell.col)
            });
            assert!(of_cell.count() <= 1, "row {} is in two tables", row.index + 1);
        }
    }
    for table in tables {
        assert!(table.rows.is_sorted_by(|a, b| a.row < b.row), "rows of {}", table.area);
    }
}

/// Shows a table in a line: its area, a letter for the role of every row, the
/// names of its columns.
fn shown(table: &Table) -> String {
    let roles: String = table.rows.iter().map(|row| letter(row.role)).collect();
    let names = table.columns.iter().map(|column| match &column.unit {
        Some(unit) => format!("{}[{unit}]", column.header),
        None => column.header.clone(),
    });
    format!("{} {roles} {}", table.area, names.collect::<Vec<_>>().join(","))
}

fn letter(role: Role) -> char {
    match role {
        Role::Title => 't',
        Role::Header => 'H',
        Role::RepeatedHeader => 'h',
        Role::Body => 'B',
        Role::Opening => 'O',
        Role::Closing => 'C',
        Role::Subtotal => 'S',
        Role::Carried => 'c',
        Role::Total => 'T',
        Role::Blank => '.',
        Role::Note => 'n',
        Role::Signature => 's',
    }
}

/// Asserts which tables a sheet has.
fn shows(sheet: Sheet, expected: &[&str]) {
    let found: Vec<String> = found(sheet).iter().map(shown).collect();
    assert_eq!(found, expected);
}

/// Shows the findings of a table: code, cell, found, expected.
fn findings(table: &Table) -> Vec<String> {
    let value = |finding: &crate::finding::Finding, name: &str| {
        let found = finding.values.iter().find(|(key, _)| *key == name);
        found.map_or_else(String::new, |(_, value)| value.clone())
    };
    let shown = table.findings.iter().map(|finding| {
        let at = finding.at.as_ref().map_or_else(String::new, |at| at.cell.to_string());
        format!(
            "{} {at} {} {}",
            finding.code.0,
            value(finding, "found"),
            value(finding, "expected")
        )
    });
    shown.collect()
}

/// Shows the facts of a table.
fn facts(table: &Table) -> String {
    let facts = table.facts.iter().map(|fact| format!("{}={}", fact.key, fact.value.value));
    facts.collect::<Vec<_>>().join("|")
}
