//! Makes the table of a draft: its area, its columns, a role for every row.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::columns::{named, value_text};
use super::facts::facts;
use super::grid::{Line, Region};
use super::look::{Reader, is_pair};
use super::scan::Draft;
use crate::input::sheet::Sheet;
use crate::input::table::{Role, Table, TableRow};
use crate::location::{Area, CellRef, Located};

/// Makes the table of a draft.
pub(super) fn table<'a>(
    sheet: &Arc<Sheet>,
    region: &Region<'a>,
    draft: &Draft,
    reader: &Reader<'a>,
) -> Table {
    let header: Vec<Line<'_>> = draft.header.iter().map(|at| region.lines[*at]).collect();
    let solid: Vec<Line<'_>> = draft
        .rows
        .iter()
        .filter(|(_, role)| is_solid(*role))
        .map(|(at, _)| region.lines[*at])
        .collect();
    let below = header.last().map_or(0, |line| line.row);
    let cols = columns(&header, solid.iter().filter(|line| header.is_empty() || line.row > below));
    let rows = rows(region, draft);
    Table {
        sheet: Arc::clone(sheet),
        area: area(&header, &solid, &cols, &rows),
        header_rows: header.iter().map(|line| line.row).collect(),
        columns: named(region, &header, &cols),
        titles: titles(sheet, region, draft),
        rows,
        facts: facts(region.sheet, loose(region, draft, &header), reader),
        filled: FxHashMap::default(),
        findings: Vec::new(),
    }
}

/// Returns the lines that may hold facts: titles, notes, signatures, and
/// balances above the header.
fn loose<'l, 'a>(
    region: &'l Region<'a>,
    draft: &'l Draft,
    header: &[Line<'a>],
) -> impl Iterator<Item = (Line<'a>, Role)> + use<'l, 'a> {
    let first = header.first().map_or(0, |line| line.row);
    let lines = draft.rows.iter().map(|(at, role)| (region.lines[*at], *role));
    lines.filter(move |(line, role)| match role {
        Role::Title | Role::Note | Role::Signature => true,
        // A balance or total that stands in one cell with its label, or
        // several of them.
        Role::Opening | Role::Closing | Role::Total => {
            let pairs = || line.filled().all(|cell| cell.head().is_some_and(is_pair));
            line.row < first || line.count() == 1 || pairs()
        }
        _ => false,
    })
}

/// Whether rows of this role lie inside the area of a table.
fn is_solid(role: Role) -> bool {
    matches!(
        role,
        Role::Body | Role::Opening | Role::Closing | Role::Subtotal | Role::Carried | Role::Total
    )
}

/// Returns the columns that the header names or the data fills.
fn columns<'l, 'a: 'l>(
    header: &'l [Line<'a>],
    solid: impl Iterator<Item = &'l Line<'a>>,
) -> Vec<u16> {
    let mut used: Vec<bool> = Vec::new();
    for cell in header.iter().chain(solid).flat_map(|line| line.filled()) {
        let col = usize::from(cell.col);
        if col >= used.len() {
            used.resize(col + 1, false);
        }
        used[col] = true;
    }
    (0..=u16::MAX).zip(used).filter(|(_, used)| *used).map(|(col, _)| col).collect()
}

/// Returns the area from the header to the last row of data or sums.
fn area(header: &[Line<'_>], solid: &[Line<'_>], cols: &[u16], rows: &[TableRow]) -> Area {
    let all = || rows.iter().map(|row| row.row);
    let first = header
        .first()
        .map(|line| line.row)
        .filter(|row| all().next().is_some_and(|first| first <= *row))
        .or_else(|| solid.first().map(|line| line.row))
        .or_else(|| all().next())
        .unwrap_or(0);
    let last = solid.last().or(header.last()).map(|line| line.row).or_else(|| all().next_back());
    let last = last.unwrap_or(first).max(first);
    Area {
        first: CellRef::new(first, cols.first().copied().unwrap_or(0)),
        last: CellRef::new(last, cols.last().copied().unwrap_or(0)),
    }
}

/// Returns every row from the first to the last, the blank ones too.
fn rows(region: &Region<'_>, draft: &Draft) -> Vec<TableRow> {
    let mut rows: Vec<TableRow> = Vec::with_capacity(draft.rows.len());
    for (at, role) in &draft.rows {
        let row = region.lines[*at].row;
        if let Some(last) = rows.last().map(|last| last.row) {
            rows.extend((last + 1..row).map(|row| TableRow { row, role: Role::Blank }));
        }
        rows.push(TableRow { row, role: *role });
    }
    rows
}

/// Returns the texts of the title rows.
fn titles(sheet: &Sheet, region: &Region<'_>, draft: &Draft) -> Vec<Located<String>> {
    let titles = draft.rows.iter().filter(|(_, role)| *role == Role::Title);
    titles
        .flat_map(|(at, _)| {
            let line = region.lines[*at];
            line.filled().map(move |cell| Located {
                value: value_text(cell.held()),
                at: sheet.at(CellRef::new(line.row, cell.col)),
            })
        })
        .collect()
}
