//! Compares what `inspect` says of a sheet with what it is.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::process::Command;

use gendan::location::{CellRef, parse_column};
use serde::Deserialize;

use super::layout::{Layout, Table};

/// A table as `inspect` reports it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Found {
    path: String,
    kind: Option<String>,
    table: String,
    header_rows: Vec<u32>,
    body_rows: Vec<u32>,
    #[serde(default)]
    subtotal_rows: Vec<u32>,
    #[serde(default)]
    total_rows: Vec<u32>,
    columns: Vec<Column>,
}

#[derive(Debug, Clone, Deserialize)]
struct Column {
    column: String,
    field: Option<String>,
}

/// Runs `inspect` on a folder.
pub(super) fn inspect(dir: &Path) -> Result<Vec<Found>, Box<dyn Error>> {
    let output = Command::new(env!("CARGO_BIN_EXE_gendan"))
        .args(["inspect", "--format", "json", "--lang", "en", "--today", "2026-11-03"])
        .arg(dir)
        .output()?;
    let report: serde_json::Value = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("{error}: {}", String::from_utf8_lossy(&output.stderr)))?;
    let sections = report["sections"].as_array().ok_or("no sections")?;
    let tables = sections.iter().find(|section| section["name"] == "tables").ok_or("no tables")?;
    Ok(serde_json::from_value(tables["rows"].clone())?)
}

/// Says what is wrong with the tables that were found for a layout.
pub(super) fn complaints(layout: &Layout, found: &[Found]) -> Vec<String> {
    let mut own: Vec<&Found> = found
        .iter()
        .filter(|table| Path::new(&table.path).file_name().is_some_and(|n| n == &*layout.file))
        .collect();
    own.sort_by_key(|table| (table.header_rows.clone(), first_column(table)));
    if own.is_empty() {
        return vec!["no table".to_owned()];
    }
    let mut complaints = Vec::new();
    let mut taken: Vec<usize> = Vec::new();
    for table in &layout.table {
        let (first, last) = span(table);
        let hit = own.iter().position(|found| {
            let at = first_column(found);
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
            }
            None => complaints.push(format!("no table with the rows {}", table.body_rows)),
        }
    }
    for (index, extra) in
        own.iter().enumerate().filter(|(i, f)| !taken.contains(i) && !f.body_rows.is_empty())
    {
        let _ = index;
        complaints
            .push(format!("a table {} that is none, taken for {:?}", extra.table, extra.kind));
    }
    complaints
}

fn compare(table: &Table, found: &Found) -> Vec<String> {
    let mut complaints = Vec::new();
    if found.kind.as_deref() != Some(&table.kind) {
        complaints.push(format!("kind {:?}, is {}", found.kind, table.kind));
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
    let fields: BTreeMap<&str, Option<&str>> =
        found.columns.iter().map(|c| (&*c.column, c.field.as_deref())).collect();
    for (column, field) in &table.columns {
        let said = fields.get(&**column).copied().flatten();
        if said != Some(&**field) {
            complaints.push(format!("column {column} is {field}, taken for {said:?}"));
        }
    }
    complaints
}

fn first_column(found: &Found) -> u16 {
    let first = found.table.split(':').next().and_then(CellRef::parse);
    first.map_or(0, |cell| cell.col)
}

fn span(table: &Table) -> (u16, u16) {
    let within = table.columns_within.as_deref().and_then(|text| text.split_once(':'));
    let (first, last) = within.unwrap_or(("A", "XFD"));
    (parse_column(first).unwrap_or(0), parse_column(last).unwrap_or(u16::MAX))
}
