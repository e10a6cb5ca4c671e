//! A workbook as gendan sees it: sparse sheets of typed cells. Whatever the
//! file format was, this is all that the rest of the house knows of it.

use std::sync::Arc;

use chrono::NaiveDateTime;
use rust_decimal::Decimal;

pub use super::cells::{Cell, CellIter, CellSlice, Cells, Held};
pub use super::kept::Kept;
use crate::finding::Finding;
use crate::location::{Area, CellRef, Location, SheetId};

/// What a cell holds, as exactly as the file tells.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// Nothing, or white space only.
    #[default]
    Empty,
    /// Text, verbatim.
    Text(Arc<str>),
    /// A number. Binary noise past Excel's 15 significant digits is gone
    /// (`17.150000000000002` is 17.15), nothing else is changed.
    Number(Decimal),
    /// A number whose digits no decimal of 15 significant digits can hold:
    /// the digits as the file writes them (`3250136542540229684`,
    /// `3.25013654254022E+18`).
    LongNumber(Arc<str>),
    /// A numeric cell that is formatted as a date or time, in its own epoch.
    Date(NaiveDateTime),
    /// TRUE or FALSE.
    Bool(bool),
    /// An error value: `#N/A`, `#REF!`, …
    Error(Arc<str>),
}

/// Whether a formula stands behind a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Formula {
    /// A plain value.
    #[default]
    None,
    /// A formula with its cached value.
    Computed,
    /// A formula that was never calculated: the value is missing, or is the
    /// 0 or empty text that writers put in its place.
    Uncomputed,
}

/// A cell as a reader of files tells it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NewCell {
    /// What it holds.
    pub value: Value,
    /// Its column, from 0.
    pub col: u16,
    /// Index into [`Sheet::styles`]; 0 is the plain style.
    pub style: u16,
    /// Whether it is a formula.
    pub formula: Formula,
}

impl NewCell {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.value == Value::Empty
    }

    /// Returns the text of a text cell.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// What of a cell's look helps to understand the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// Bold type.
    pub bold: bool,
    /// A fill colour other than none or white.
    pub filled: bool,
    /// Any border.
    pub bordered: bool,
    /// Type struck through.
    pub struck: bool,
    /// Indent levels (parts lists show their levels so).
    pub indent: u8,
    /// What the number format makes of a number.
    pub format: NumberFormat,
}

/// What a number format makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NumberFormat {
    /// General, and everything not listed.
    #[default]
    General,
    /// Shown as per cent.
    Percent,
    /// Shown as a date or time.
    Date,
    /// Shown as elapsed time (`[h]:mm`): the number stays a number of days.
    Duration,
    /// Text (`@`).
    Text,
}

/// One row that holds something.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// The row, from 0. Text files: the physical line the record begins on.
    pub index: u32,
    /// Whether the person hid it. Hidden rows count like all others.
    pub hidden: bool,
    /// Its cells, sorted by column; empty cells that carry no style worth
    /// knowing are not stored.
    pub cells: Cells,
}

impl Row {
    /// Whether it holds neither a value nor a formula, whatever its look.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.is_blank())
    }

    /// Returns the cell of column `col`, if it is stored.
    pub fn cell(&self, col: u16) -> Option<Cell<'_>> {
        self.cells.all().cell(col)
    }
}

/// One sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Its file and name.
    pub id: Arc<SheetId>,
    /// Whether the sheet itself is hidden.
    pub hidden: bool,
    /// Its rows, sorted by index; rows with nothing in them are not stored.
    pub rows: Vec<Row>,
    /// Merged areas, sorted by first cell; only the first cell holds a value.
    pub merges: Vec<Area>,
    /// Hidden columns, from 0, sorted.
    pub hidden_columns: Vec<u16>,
    /// The styles that cells point at; the first is the plain one.
    pub styles: Vec<Style>,
}

impl Sheet {
    /// Makes an empty sheet.
    pub fn new(id: Arc<SheetId>) -> Self {
        Self {
            id,
            hidden: false,
            rows: Vec::new(),
            merges: Vec::new(),
            hidden_columns: Vec::new(),
            styles: vec![Style::default()],
        }
    }

    /// Returns row `index` (from 0), if it holds something.
    pub fn row(&self, index: u32) -> Option<&Row> {
        self.rows.binary_search_by_key(&index, |row| row.index).ok().map(|at| &self.rows[at])
    }

    /// Returns the cell at `at`, if it is stored.
    pub fn cell(&self, at: CellRef) -> Option<Cell<'_>> {
        self.row(at.row)?.cell(at.col)
    }

    /// Returns the style of a cell.
    pub fn style(&self, cell: Cell<'_>) -> Style {
        self.style_of(cell.style)
    }

    /// Returns the style of number `number`.
    pub(super) fn style_of(&self, number: u16) -> Style {
        self.styles.get(usize::from(number)).copied().unwrap_or_default()
    }

    /// Returns the place of `cell` in this sheet.
    pub fn at(&self, cell: CellRef) -> Location {
        Location::new(&self.id, cell)
    }
}

/// One opened file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Workbook {
    /// The path as the person named it.
    pub path: String,
    /// Its sheets, in the file's order. Text files have one, without a name.
    pub sheets: Vec<Sheet>,
    /// What was wrong or doubtful while opening it.
    pub findings: Vec<Finding>,
}
