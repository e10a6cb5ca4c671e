//! Copies of a sheet in the folder: `对账单 - 副本.xlsx` beside `对账单.xlsx`. What
//! it says counts once.

use std::collections::BTreeMap;

use crate::finding::{Finding, Severity, codes};
use crate::input::reading::ReadTable;
use crate::input::sheet::Value;
use crate::input::table::{Role, Table};
use crate::report::format;

/// Fewer rows may be alike by chance.
const ROWS: usize = 2;

/// Finds the tables that repeat an earlier one of another sheet, title and all:
/// by their places among `tables`, with what there is to say of each.
pub(super) fn copies(tables: &[ReadTable]) -> BTreeMap<usize, Finding> {
    let mut alike: BTreeMap<Outline<'_>, Vec<Vec<usize>>> = BTreeMap::new();
    for (at, table) in tables.iter().enumerate() {
        let Some(outline) = outline(table) else { continue };
        let groups = alike.entry(outline).or_default();
        let same = |group: &&mut Vec<usize>| say_the_same(&tables[group[0]].table, &table.table);
        match groups.iter_mut().find(same) {
            Some(group) => group.push(at),
            None => groups.push(vec![at]),
        }
    }
    let path = |at: &usize| &tables[*at].table.sheet.id.path;
    let mut copies = BTreeMap::new();
    for group in alike.into_values().flatten() {
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

/// What tables that say the same have in common at the first look: their kind,
/// titles and rows.
type Outline<'a> = (&'a str, Vec<&'a str>, usize);

fn outline(table: &ReadTable) -> Option<Outline<'_>> {
    let kind = table.kind?.id.as_str();
    let table = &table.table;
    if table.rows_of(Role::Body).count() < ROWS {
        return None;
    }
    let titles = table.titles.iter().map(|title| title.value.as_str()).collect();
    Some((kind, titles, table.rows.len()))
}

/// Whether two tables say the same in every cell of their rows, wherever they
/// begin.
fn say_the_same(one: &Table, other: &Table) -> bool {
    let mut rows = one.rows.iter().zip(&other.rows);
    rows.all(|(a, b)| a.role == b.role && cells(one, a.row).eq(cells(other, b.row)))
}

/// Returns the cells of a row that hold something, each with its column in the
/// table.
fn cells(table: &Table, row: u32) -> impl Iterator<Item = (u16, Value)> + '_ {
    let (first, last) = (table.area.first.col, table.area.last.col);
    let cells = table.sheet.row(row).into_iter().flat_map(|row| &row.cells);
    let inside = cells.filter(move |cell| (first..=last).contains(&cell.col) && !cell.is_empty());
    inside.map(move |cell| (cell.col - first, cell.value()))
}
