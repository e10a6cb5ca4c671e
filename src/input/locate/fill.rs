//! Values that stand elsewhere: merged cells of the body, marks that repeat
//! the row above, keys that only the first row of a group has. Money,
//! quantities and remarks are never filled.

use rustc_hash::FxHashMap;

use super::columns::{Class, class};
use super::data::{Data, DataRow};
use super::grid::merges_from;
use super::shape::{Shape, shape};
use super::words::words;
use crate::input::sheet::{Cell, Held};
use crate::input::table::{Column, Role, Table};
use crate::location::CellRef;
use crate::text::{fold, of_lines};

/// Finds the cells of a table whose value stands in another cell.
pub(super) fn fill(table: &mut Table) {
    let filled = {
        let data = Data::of(table);
        let bodies: Vec<DataRow<'_>> = data.bodies().copied().collect();
        let columns = table.columns.iter();
        let columns: Vec<Filling> = columns.map(|column| filling(column, &bodies)).collect();
        let mut filled = merged(table, &columns);
        repeated(table, &columns, &bodies, &mut filled);
        grouped(table, &columns, &data, &mut filled);
        filled
    };
    table.filled.extend(filled);
}

/// Cells and where their values stand.
type Filled = FxHashMap<CellRef, CellRef>;

/// How a column may be filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filling {
    /// Not at all: figures, remarks.
    Never,
    /// Where a mark says so: figures under a name that says nothing.
    Marked,
    /// Where a merge or a mark says so.
    Said,
    /// Blanks too, if only the first row of each group is filled.
    Key,
}

/// Rows from which it is learnt what a column holds.
const LEARNT_FROM: usize = 200;

/// Returns how a column may be filled.
fn filling(column: &Column, bodies: &[DataRow<'_>]) -> Filling {
    let (mut figures, mut texts) = (0, 0);
    for cell in bodies.iter().take(LEARNT_FROM).filter_map(|row| row.cell(column.col)) {
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
        Class::Unknown => Filling::Marked,
        Class::Additive if !numeric && is_key => Filling::Said,
        _ => Filling::Never,
    }
}

/// Fills what merged cells cover.
fn merged(table: &Table, columns: &[Filling]) -> Filled {
    let mut filled = Filled::default();
    let (Some(first), Some(last)) = (table.rows.first(), table.rows.last()) else { return filled };
    for area in merges_from(&table.sheet, first.row..last.row + 1) {
        let at = table.columns.binary_search_by_key(&area.first.col, |column| column.col);
        let Ok(at) = at else { continue };
        let unfilled = matches!(columns[at], Filling::Never | Filling::Marked);
        if area.last.row == area.first.row || unfilled {
            continue;
        }
        if table.sheet.cell(area.first).is_none_or(|cell| cell.is_empty()) {
            continue;
        }
        let from = table.rows.partition_point(|row| row.row <= area.first.row);
        let covered = table.rows[from..].iter().take_while(|row| row.row <= area.last.row);
        for row in covered.filter(|row| row.role == Role::Body) {
            filled.insert(CellRef::new(row.row, area.first.col), area.first);
        }
    }
    filled
}

/// Fills cells that hold a mark for `as above` (〃, 同上): by the cell above
/// them, or by what that one repeats.
fn repeated(table: &Table, columns: &[Filling], bodies: &[DataRow<'_>], filled: &mut Filled) {
    for rows in bodies.windows(2) {
        let (above, row) = (rows[0], rows[1]);
        for (column, _) in
            table.columns.iter().zip(columns).filter(|(_, filling)| **filling != Filling::Never)
        {
            if !row.cell(column.col).is_some_and(is_ditto) {
                continue;
            }
            let source = CellRef::new(above.row, column.col);
            match (filled.get(&source).copied(), above.cell(column.col)) {
                (Some(source), _) => filled.insert(CellRef::new(row.row, column.col), source),
                (None, Some(cell)) if !is_ditto(cell) => {
                    filled.insert(CellRef::new(row.row, column.col), source)
                }
                _ => None,
            };
        }
    }
}

/// Whether a cell says `as above`.
fn is_ditto(cell: Cell<'_>) -> bool {
    match cell.held() {
        Held::Text(text) if text.len() <= 16 => words().cell.ditto.is(text),
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
fn grouped(table: &Table, columns: &[Filling], data: &Data<'_>, filled: &mut Filled) {
    let lines = Lines::of(table);
    let keys: Vec<usize> = (0..columns.len()).filter(|at| columns[*at] == Filling::Key).collect();
    let Some(lead) = keys
        .iter()
        .copied()
        .find(|at| lines.are_below(data, &table.columns[*at]) || is_lead(table, data, &keys, *at))
    else {
        return;
    };
    let lead_col = table.columns[lead].col;
    for at in keys {
        let col = table.columns[at].col;
        let kept_so = || lines.are_any() || is_kept_so(table, data, col);
        if at != lead && !(follows(data, lead_col, col) && kept_so()) {
            continue;
        }
        let mut above: Option<CellRef> = None;
        for row in &data.rows {
            let here = CellRef::new(row.row, col);
            match row.role {
                Role::Body if row.cell(col).is_some() || filled.contains_key(&here) => {
                    above = Some(filled.get(&here).copied().unwrap_or(here));
                }
                Role::Body => {
                    if let Some(above) = above {
                        filled.insert(here, above);
                    }
                }
                Role::Subtotal | Role::Total | Role::Opening | Role::Closing => above = None,
                _ => {}
            }
        }
    }
}

/// The columns of lines in an export that names the lines before each of them
/// (`Order Lines/Product`): what stands above a line is written once, in the
/// first of its rows.
struct Lines(Vec<u16>);

impl Lines {
    fn of(table: &Table) -> Self {
        let is_one = |column: &&Column| of_lines(&column.header).is_some();
        Self(table.columns.iter().filter(is_one).map(|column| column.col).collect())
    }

    fn are_any(&self) -> bool {
        !self.0.is_empty()
    }

    /// Whether every row that leaves a column blank is a line, and none of
    /// them the first.
    fn are_below(&self, data: &Data<'_>, column: &Column) -> bool {
        let is_line = |row: &DataRow<'_>| self.0.iter().any(|col| row.cell(*col).is_some());
        let named = |row: &&DataRow<'_>| row.cell(column.col).is_some();
        self.are_any()
            && !self.0.contains(&column.col)
            && data.bodies().next().is_some_and(|row| named(&row))
            && data.bodies().filter(|row| !named(row)).all(is_line)
    }
}

/// Looks at the blanks of a column.
fn blanks(table: &Table, data: &Data<'_>, col: u16) -> Blanks {
    let mut blanks = Blanks { led: true, ..Blanks::default() };
    let (mut run, mut fresh) = (0, true);
    let mut last: Option<Held<'_>> = None;
    for row in &data.rows {
        match row.role {
            Role::Body => {}
            Role::Subtotal | Role::Total | Role::Opening | Role::Closing => {
                fresh = true;
                continue;
            }
            _ => continue,
        }
        match row.cell(col) {
            Some(cell) => {
                blanks.filled += 1;
                blanks.twice += usize::from(run == 0 && last == Some(cell.held()));
                last = Some(cell.held());
                run = 0;
            }
            None => {
                blanks.blank += 1;
                blanks.led &= !fresh;
                run += 1;
                blanks.long += usize::from(run == 2);
                blanks.bare += usize::from(!goes_on(table, row, col));
            }
        }
        fresh = false;
    }
    blanks
}

/// Whether a row holds data of its own beside a blank key: words and a figure.
fn goes_on(table: &Table, row: &DataRow<'_>, col: u16) -> bool {
    let cells = table.columns.iter().filter(|column| column.col != col);
    let shapes: Vec<Shape> = cells.filter_map(|column| row.cell(column.col)).map(shape).collect();
    let figures = shapes.iter().filter(|shape| **shape == Shape::Number).count();
    let names = shapes.iter().filter(|shape| matches!(shape, Shape::Word | Shape::Code)).count();
    names > 0 && (figures > 1 || names > 1)
}

/// Whether the blanks of a column say `as above`: many of them, none at the
/// head of a part, no value written twice running.
fn is_group_key(blanks: &Blanks) -> bool {
    blanks.led
        && blanks.filled >= 2
        && are_many(blanks)
        && blanks.twice * 50 <= blanks.filled
        && blanks.bare * 10 <= blanks.blank
}

/// Whether so many cells are blank that it is how the column is kept.
fn are_many(blanks: &Blanks) -> bool {
    let rows = blanks.filled + blanks.blank;
    blanks.blank * 3 >= rows || (blanks.long >= 2 && blanks.blank * 5 >= rows)
}

/// Whether a column within groups is kept like them. Where a shop heads a
/// month of orders, one without a number has none: it is not the one above.
fn is_kept_so(table: &Table, data: &Data<'_>, col: u16) -> bool {
    are_many(&blanks(table, data, col))
}

/// Whether a column leads the groups: its blanks say `as above`, and nothing
/// but line numbers stands left of them. A single blank is a missing key,
/// unless another key is blank beside it.
fn is_lead(table: &Table, data: &Data<'_>, keys: &[usize], at: usize) -> bool {
    let col = table.columns[at].col;
    let left: Vec<u16> = table.columns[..at]
        .iter()
        .filter(|column| class(column) != Class::Serial)
        .map(|column| column.col)
        .collect();
    let leads = data
        .bodies()
        .all(|row| row.cell(col).is_some() || left.iter().all(|left| row.cell(*left).is_none()));
    let blanks = blanks(table, data, col);
    let is_one_missing = || {
        let mut others = keys.iter().filter(|key| **key != at);
        blanks.blank < 2 && !others.any(|key| follows(data, col, table.columns[*key].col))
    };
    leads && is_group_key(&blanks) && !is_one_missing()
}

/// Whether a column is blank in rows of a group only, never at its head.
fn follows(data: &Data<'_>, lead: u16, col: u16) -> bool {
    let mut blank = 0;
    for row in data.bodies().filter(|row| row.cell(col).is_none()) {
        if row.cell(lead).is_some() {
            return false;
        }
        blank += 1;
    }
    blank > 0
}
