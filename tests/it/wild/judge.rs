//! Compares what is read from a sheet with what it is.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use gendan::input::inputs;
use gendan::input::reading::{ReadOptions, ReadTable, read};
use gendan::input::table::Role;
use gendan::input::workbook;
use gendan::location::{column_name, parse_column};
use gendan::progress::Progress;
use gendan::settings::Settings;

use super::layout::{Layout, Table};
use super::sums::sums;

/// A table as it was read; rows from 1.
#[derive(Debug, Clone)]
pub(super) struct Found {
    path: String,
    kind: Option<String>,
    table: String,
    first_column: u16,
    header_rows: Vec<u32>,
    body_rows: Vec<u32>,
    subtotal_rows: Vec<u32>,
    total_rows: Vec<u32>,
    /// The field of each column, by its letters.
    columns: BTreeMap<String, Option<String>>,
    read: ReadTable,
}

/// Reads all sheets of a folder.
pub(super) fn read_folder(dir: &Path) -> Result<Vec<Found>, Box<dyn Error>> {
    let inputs = inputs::resolve(&[dir.to_string_lossy()])?;
    let options = ReadOptions {
        settings: &Settings::default(),
        workbook: &workbook::Options::default(),
        progress: &Progress::default(),
        is_ours: |_| false,
    };
    Ok(read(&inputs.files, &options)?.tables.into_iter().map(found).collect())
}

fn found(read: ReadTable) -> Found {
    let table = &read.table;
    let rows = |role: Role| table.rows_of(role).map(|row| row + 1).collect();
    let columns = table
        .columns
        .iter()
        .map(|column| (column_name(column.col), column.field.map(str::to_owned)));
    Found {
        path: table.sheet.id.path.clone(),
        kind: read.kind.map(|kind| kind.id.clone()),
        table: table.area.to_string(),
        first_column: table.area.first.col,
        header_rows: table.header_rows.iter().map(|row| row + 1).collect(),
        body_rows: rows(Role::Body),
        subtotal_rows: rows(Role::Subtotal),
        total_rows: rows(Role::Total),
        columns: columns.collect(),
        read,
    }
}

/// Says what is wrong with the tables that were found for a layout.
pub(super) fn complaints(layout: &Layout, found: &[Found]) -> Vec<String> {
    let mut own: Vec<&Found> = found
        .iter()
        .filter(|table| Path::new(&table.path).file_name().is_some_and(|n| n == &*layout.file))
        .collect();
    own.sort_by_key(|table| (table.header_rows.clone(), table.first_column));
    if own.is_empty() {
        return vec!["no table".to_owned()];
    }
    let mut complaints = Vec::new();
    let mut taken: Vec<usize> = Vec::new();
    for table in &layout.table {
        let (first, last) = span(table);
        let hit = own.iter().position(|found| {
            let at = found.first_column;
            let rows = found.body_rows.iter().any(|row| table.body().contains(row));
            (first..=last).contains(&at) && rows
        });
        match hit {
            Some(hit) if taken.contains(&hit) => complaints.push(format!(
                "one table {} where there are two, {:?} is the second",
                own[hit].table, table.header_rows
            )),
            Some(hit) => {
                taken.push(hit);
                complaints.extend(compare(table, own[hit]));
                complaints.extend(compare_sums(table, own[hit]));
            }
            None => complaints.push(format!("no table with the rows {}", table.body_rows)),
        }
    }
    let extra = own.iter().enumerate().filter(|(index, _)| !taken.contains(index));
    for (_, extra) in extra.filter(|(_, found)| found.kind.is_some()) {
        complaints
            .push(format!("a table {} that is none, taken for {:?}", extra.table, extra.kind));
    }
    complaints
}

fn compare(table: &Table, found: &Found) -> Vec<String> {
    let mut complaints = Vec::new();
    let kind = found.kind.as_deref().unwrap_or("none");
    if !table.kind.split('|').any(|right| right == kind) {
        complaints.push(format!("kind {kind}, is {}", table.kind));
    }
    if found.header_rows != table.header_rows {
        complaints
            .push(format!("header rows {:?}, are {:?}", found.header_rows, table.header_rows));
    }
    if found.body_rows != table.body() {
        complaints.push(format!("body rows {:?}, are {:?}", found.body_rows, table.body()));
    }
    let sums: Vec<u32> = found.subtotal_rows.iter().chain(&found.total_rows).copied().collect();
    if !table.subtotal_rows.iter().all(|row| sums.contains(row)) {
        complaints.push(format!(
            "subtotal rows {:?}, are {:?}",
            found.subtotal_rows, table.subtotal_rows
        ));
    }
    if !table.total_rows.iter().all(|row| found.total_rows.contains(row)) {
        complaints.push(format!("total rows {:?}, are {:?}", found.total_rows, table.total_rows));
    }
    for (column, field) in &table.columns {
        let said = found.columns.get(column).and_then(Option::as_deref);
        let right = said.is_some_and(|said| field.split('|').any(|field| field == said));
        if !right {
            complaints.push(format!("column {column} is {field}, taken for {said:?}"));
        }
    }
    complaints
}

/// Compares what the records of a table make together.
fn compare_sums(table: &Table, found: &Found) -> Vec<String> {
    let Some((_, day)) = table.dates else { return Vec::new() };
    let sums = sums(&found.read, day);
    let mut complaints = Vec::new();
    if table.amount.is_some_and(|amount| amount != sums.amount) {
        complaints.push(format!("amounts make {}, are {:?}", sums.amount, table.amount));
    }
    if table.dates != sums.dates {
        complaints.push(format!("days {:?}, are {:?}", sums.dates, table.dates));
    }
    for (name, is, said) in
        [("opening", table.opening, sums.opening), ("closing", table.closing, sums.closing)]
    {
        if is.is_some() && is != said {
            complaints.push(format!("{name} balance {said:?}, is {is:?}"));
        }
    }
    complaints
}

fn span(table: &Table) -> (u16, u16) {
    let within = table.columns_within.as_deref().and_then(|text| text.split_once(':'));
    let (first, last) = within.unwrap_or(("A", "XFD"));
    (parse_column(first).unwrap_or(0), parse_column(last).unwrap_or(u16::MAX))
}
