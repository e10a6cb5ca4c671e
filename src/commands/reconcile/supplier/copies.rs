//! Copies of a sheet in the folder: `对账单 - 副本.xlsx` beside `对账单.xlsx`. What
//! it says counts once.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::finding::{Finding, Severity, codes};
use crate::input::reading::ReadTable;
use crate::input::sheet::Value;
use crate::input::table::Role;
use crate::report::format;

/// Fewer rows may be alike by chance.
const ROWS: usize = 2;

/// Finds the tables that repeat an earlier one of another sheet, title and all:
/// by their places among `tables`, with what there is to say of each.
pub(super) fn copies(tables: &[ReadTable]) -> BTreeMap<usize, Finding> {
    let mut alike: BTreeMap<Content<'_>, Vec<usize>> = BTreeMap::new();
    for (at, table) in tables.iter().enumerate() {
        if let Some(content) = content(table) {
            alike.entry(content).or_default().push(at);
        }
    }
    let path = |at: &usize| &tables[*at].table.sheet.id.path;
    let mut copies = BTreeMap::new();
    for group in alike.into_values() {
        // A copy's name is longer: `- 副本`, `(1)`.
        let Some(&first) = group.iter().min_by_key(|at| (path(at).chars().count(), **at)) else {
            continue;
        };
        let original = &tables[first].table;
        for at in group.into_iter().filter(|at| *at != first) {
            let copy = &tables[at].table;
            if copy.sheet.id == original.sheet.id {
                continue;
            }
            let finding = Finding::new(codes::SHEET_TWICE, Severity::Warning)
                .at(copy.at_start())
                .related(original.at_start())
                .with("found", format::place(&original.at_start()));
            copies.insert(at, finding);
        }
    }
    copies
}

/// What a table says: its kind, titles, and every cell of its rows.
type Content<'a> = (&'a str, Vec<&'a str>, Vec<(Role, Vec<(u16, Shown)>)>);

/// A value, as it is compared.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Shown {
    Text(Arc<str>),
    Other(String),
}

fn content(table: &ReadTable) -> Option<Content<'_>> {
    let kind = table.kind?.id.as_str();
    let table = &table.table;
    if table.rows_of(Role::Body).count() < ROWS {
        return None;
    }
    let titles = table.titles.iter().map(|title| title.value.as_str()).collect();
    let start = table.area.first.col;
    let shown = |value: &Value| match value {
        Value::Text(text) => Shown::Text(Arc::clone(text)),
        other => Shown::Other(format!("{other:?}")),
    };
    let cells = |row: u32| {
        let cells = table.sheet.row(row).into_iter().flat_map(|row| &row.cells);
        let inside = cells
            .filter(|cell| (start..=table.area.last.col).contains(&cell.col) && !cell.is_empty());
        inside.map(|cell| (cell.col - start, shown(&cell.value))).collect()
    };
    Some((kind, titles, table.rows.iter().map(|row| (row.role, cells(row.row))).collect()))
}
