//! Finds the tables of a sheet and gives every row that holds something one
//! role in one table.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::sheet::{Row, Sheet, Value};
use super::table::{Column, Role, Table, TableRow};
use crate::location::{Area, CellRef, Located};

/// What a person says about where the tables are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LocateOptions {
    /// Only this area of the sheet is read (`#SHEET!A5:K99`).
    pub area: Option<Area>,
    /// The rows of the header, from 0, when the sheet does not show them.
    pub header_rows: Option<Vec<u32>>,
}

/// Returns the tables of `sheet`, from top to bottom and left to right.
/// Every row that holds something has exactly one role in exactly one table;
/// tables side by side each have their own list of rows, over their own
/// columns.
pub fn tables(sheet: &Arc<Sheet>, options: &LocateOptions) -> Vec<Table> {
    let rows: Vec<&Row> = sheet
        .rows
        .iter()
        .filter(|row| row.cells.iter().any(|cell| !cell.is_empty()))
        .filter(|row| {
            options.area.is_none_or(|area| (area.first.row..=area.last.row).contains(&row.index))
        })
        .collect();
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Vec::new() };
    let header = match &options.header_rows {
        Some(rows) => rows.clone(),
        None => rows
            .iter()
            .take(30)
            .max_by_key(|row| row.cells.iter().filter(|cell| cell.text().is_some()).count())
            .map(|row| vec![row.index])
            .unwrap_or_default(),
    };
    let (from, to) = (header.first().copied().unwrap_or(first.index), last.index);
    let mut titles = Vec::new();
    let mut roles = Vec::new();
    let mut last_col = 0;
    for row in &rows {
        let role = match row.index {
            index if index < from => Role::Title,
            index if header.contains(&index) => Role::Header,
            _ => label_role(row),
        };
        roles.push(TableRow { row: row.index, role });
        last_col = last_col.max(row.cells.iter().map(|cell| cell.col).max().unwrap_or(0));
        for cell in row.cells.iter().filter(|_| role == Role::Title) {
            if let Some(text) = cell.text() {
                let at = sheet.at(CellRef::new(row.index, cell.col));
                titles.push(Located { value: text.trim().to_string(), at });
            }
        }
    }
    let columns = (0..=last_col)
        .map(|col| {
            let parts: Vec<String> = header
                .iter()
                .filter_map(|row| sheet.cell(CellRef::new(*row, col))?.text())
                .map(|text| text.split_whitespace().collect())
                .collect();
            Column { col, header: parts.join("/"), parts, ..Column::default() }
        })
        .collect();
    vec![Table {
        sheet: Arc::clone(sheet),
        area: Area { first: CellRef::new(from, 0), last: CellRef::new(to, last_col) },
        header_rows: header,
        columns,
        rows: roles,
        titles,
        facts: Vec::new(),
        filled: FxHashMap::default(),
        findings: Vec::new(),
    }]
}

/// Returns the role that the first text of a row below the header tells.
fn label_role(row: &Row) -> Role {
    let label: String = row
        .cells
        .iter()
        .find_map(|cell| match &cell.value {
            Value::Text(text) => Some(text.split_whitespace().collect()),
            _ => None,
        })
        .unwrap_or_default();
    match label.as_str() {
        "合计" | "合計" | "总计" | "總計" | "TOTAL" | "Total" => Role::Total,
        label if label.ends_with("小计") || label.ends_with("小計") => Role::Subtotal,
        _ => Role::Body,
    }
}
