//! Values that stand elsewhere: merged cells of the body, marks that repeat
//! the row above, keys that only the first row of a group has. Money,
//! quantities and remarks are never filled.

use rustc_hash::FxHashMap;

use super::columns::{Class, class};
use super::grid::merges_from;
use super::shape::{Shape, shape};
use super::words::words;
use crate::input::sheet::{Cell, Value};
use crate::input::table::{Column, Role, Table};
use crate::location::CellRef;
use crate::text::fold;

/// Finds the cells of a table whose value stands in another cell.
pub(super) fn fill(table: &mut Table) {
    let columns: Vec<Filling> = table.columns.iter().map(|column| filling(table, column)).collect();
    merged(table, &columns);
    repeated(table, &columns);
    grouped(table, &columns);
}

/// How a column may be filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filling {
    /// Not at all: figures, remarks.
    Never,
    /// Where a merge or a mark says so.
    Said,
    /// Blanks too, if only the first row of each group is filled.
    Key,
}

/// Rows from which it is learnt what a column holds.
const LEARNT_FROM: usize = 200;

/// Returns how a column may be filled.
fn filling(table: &Table, column: &Column) -> Filling {
    let (mut figures, mut texts) = (0, 0);
    let bodies = table.rows.iter().filter(|row| row.role == Role::Body).take(LEARNT_FROM);
    for cell in bodies.filter_map(|row| own(table, row.row, column.col)) {
        match shape(cell) {
            Shape::Number | Shape::Error => figures += 1,
            Shape::Blank => {}
            _ => texts += 1,
        }
    }
    let words = &words().column;
    let names = fold(&column.header);
    let own_name = column.parts.last().map(|part| fold(part)).unwrap_or_default();
    let is_key = words.key.is_in(&own_name) || words.key.is_in(&names);
    let numeric = figures > texts;
    match class(column) {
        Class::Serial => Filling::Said,
        Class::Unknown | Class::Rate if !numeric => {
            let is_item = words.item.is_in(&own_name) && !words.key.is_in(&own_name);
            if (is_key || column.header.is_empty()) && !is_item {
                Filling::Key
            } else {
                Filling::Said
            }
        }
        // Month and day, a document number of digits only.
        Class::Unknown if is_key => Filling::Key,
        Class::Additive if !numeric && is_key => Filling::Said,
        _ => Filling::Never,
    }
}

/// Returns the cell that stands in a row and column itself.
fn own(table: &Table, row: u32, col: u16) -> Option<&Cell> {
    table.sheet.cell(CellRef::new(row, col)).filter(|cell| !cell.is_empty())
}

/// Fills what merged cells cover.
fn merged(table: &mut Table, columns: &[Filling]) {
    let (Some(first), Some(last)) = (table.rows.first(), table.rows.last()) else { return };
    let sheet = std::sync::Arc::clone(&table.sheet);
    let mut filled: FxHashMap<CellRef, CellRef> = FxHashMap::default();
    for area in merges_from(&sheet, first.row..last.row + 1) {
        let at = table.columns.binary_search_by_key(&area.first.col, |column| column.col);
        let Ok(at) = at else { continue };
        if area.last.row == area.first.row || columns[at] == Filling::Never {
            continue;
        }
        if sheet.cell(area.first).is_none_or(Cell::is_empty) {
            continue;
        }
        let from = table.rows.partition_point(|row| row.row <= area.first.row);
        let covered = table.rows[from..].iter().take_while(|row| row.row <= area.last.row);
        for row in covered.filter(|row| row.role == Role::Body) {
            filled.insert(CellRef::new(row.row, area.first.col), area.first);
        }
    }
    table.filled.extend(filled);
}

/// Fills cells that hold a mark for `as above` (〃, 同上).
fn repeated(table: &mut Table, columns: &[Filling]) {
    for (at, _) in columns.iter().enumerate().filter(|(_, filling)| **filling != Filling::Never) {
        let col = table.columns[at].col;
        let mut above: Option<CellRef> = None;
        let mut found = Vec::new();
        for row in table.rows.iter().filter(|row| row.role == Role::Body) {
            let here = CellRef::new(row.row, col);
            if let Some(source) = table.filled.get(&here) {
                above = Some(*source);
                continue;
            }
            match own(table, row.row, col) {
                Some(cell) if is_ditto(cell) => found.extend(above.map(|above| (here, above))),
                Some(_) => above = Some(here),
                None => above = None,
            }
        }
        table.filled.extend(found);
    }
}

/// Whether a cell says `as above`.
fn is_ditto(cell: &Cell) -> bool {
    match &cell.value {
        Value::Text(text) if text.len() <= 16 => words().cell.ditto.has(&fold(text)),
        _ => false,
    }
}

/// What the blanks of a column are like.
#[derive(Debug, Default)]
struct Blanks {
    filled: usize,
    blank: usize,
    /// Runs of more than one blank row.
    long: usize,
    /// Values that stand in two rows running: who leaves blanks for `as above`
    /// does not write that.
    twice: usize,
    /// Blank rows that hold too little to be data of the group.
    bare: usize,
    /// Whether the first row, and the first behind every sum, is filled.
    led: bool,
}

/// Fills keys that only the first row of each group has, where the column
/// shows that it is kept so.
fn grouped(table: &mut Table, columns: &[Filling]) {
    let keys: Vec<usize> = (0..columns.len()).filter(|at| columns[*at] == Filling::Key).collect();
    let Some(lead) = keys.iter().copied().find(|at| is_lead(table, *at)) else { return };
    let followers = keys.iter().copied().filter(|at| *at == lead || follows(table, lead, *at));
    let followers: Vec<usize> = followers.collect();
    for at in followers {
        let col = table.columns[at].col;
        let mut above: Option<CellRef> = None;
        let mut found = Vec::new();
        for row in &table.rows {
            let here = CellRef::new(row.row, col);
            match row.role {
                Role::Body if is_filled(table, row.row, col) => {
                    above = Some(table.filled.get(&here).copied().unwrap_or(here));
                }
                Role::Body => found.extend(above.map(|above| (here, above))),
                Role::Subtotal | Role::Total | Role::Opening | Role::Closing => above = None,
                _ => {}
            }
        }
        table.filled.extend(found);
    }
}

/// Whether a cell has a value, its own or by a merge or mark.
fn is_filled(table: &Table, row: u32, col: u16) -> bool {
    own(table, row, col).is_some() || table.filled.contains_key(&CellRef::new(row, col))
}

/// Looks at the blanks of a column.
fn blanks(table: &Table, at: usize) -> Blanks {
    let col = table.columns[at].col;
    let mut blanks = Blanks { led: true, ..Blanks::default() };
    let (mut run, mut fresh) = (0, true);
    let mut last: Option<&Value> = None;
    for row in &table.rows {
        match row.role {
            Role::Body => {}
            Role::Subtotal | Role::Total | Role::Opening | Role::Closing => {
                fresh = true;
                continue;
            }
            _ => continue,
        }
        match own(table, row.row, col) {
            Some(cell) => {
                blanks.filled += 1;
                blanks.twice += usize::from(run == 0 && last == Some(&cell.value));
                last = Some(&cell.value);
                run = 0;
            }
            None => {
                blanks.blank += 1;
                blanks.led &= !fresh;
                run += 1;
                blanks.long += usize::from(run == 2);
                blanks.bare += usize::from(!goes_on(table, row.row, col));
            }
        }
        fresh = false;
    }
    blanks
}

/// Whether a row holds data of its own beside a blank key: words and a figure.
fn goes_on(table: &Table, row: u32, col: u16) -> bool {
    let cells = table.columns.iter().filter(|column| column.col != col);
    let shapes: Vec<Shape> =
        cells.filter_map(|column| own(table, row, column.col)).map(shape).collect();
    let figures = shapes.iter().filter(|shape| **shape == Shape::Number).count();
    let names = shapes.iter().filter(|shape| matches!(shape, Shape::Word | Shape::Code)).count();
    names > 0 && (figures > 1 || names > 1)
}

/// Whether the blanks of a column say `as above`: many of them, none at the
/// head of a part, no value written twice running. Single blanks among filled
/// keys are missing keys.
fn is_group_key(blanks: &Blanks) -> bool {
    let rows = blanks.filled + blanks.blank;
    let many = blanks.blank * 3 >= rows || (blanks.long >= 2 && blanks.blank * 5 >= rows);
    blanks.led
        && blanks.filled >= 2
        && blanks.blank >= 2
        && many
        && blanks.twice * 50 <= blanks.filled
        && blanks.bare * 10 <= blanks.blank
}

/// Whether a column leads the groups: its blanks say `as above`, and nothing
/// but line numbers stands left of them.
fn is_lead(table: &Table, at: usize) -> bool {
    let col = table.columns[at].col;
    let left: Vec<u16> = table.columns[..at]
        .iter()
        .filter(|column| class(column) != Class::Serial)
        .map(|column| column.col)
        .collect();
    let mut rows = table.rows.iter().filter(|row| row.role == Role::Body);
    let leads = rows.all(|row| {
        own(table, row.row, col).is_some()
            || left.iter().all(|left| own(table, row.row, *left).is_none())
    });
    leads && is_group_key(&blanks(table, at))
}

/// Whether a column is blank in rows of a group only, never at its head.
fn follows(table: &Table, lead: usize, at: usize) -> bool {
    let (lead, col) = (table.columns[lead].col, table.columns[at].col);
    let mut blank = 0;
    for row in table.rows.iter().filter(|row| row.role == Role::Body) {
        if own(table, row.row, col).is_some() {
            continue;
        }
        if own(table, row.row, lead).is_some() {
            return false;
        }
        blank += 1;
    }
    blank > 0
}
