//! A table that was found in a sheet: its columns, and a role for every row.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::sheet::{Cell, Sheet};
use crate::finding::Finding;
use crate::location::{Area, CellRef, Located, Location};

/// What a row of a sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A title, a caption, or a line of key/value facts above the header.
    Title,
    /// A row of the header.
    Header,
    /// The header again, as printed on each page.
    RepeatedHeader,
    /// Data.
    Body,
    /// A balance brought forward from before the table (上期结余).
    Opening,
    /// A balance at the end of the table (期末余额).
    Closing,
    /// A sum of some rows (小计, 本页合计).
    Subtotal,
    /// A sum carried from one page to the next (承前页, 结转下页).
    Carried,
    /// The sum of all rows (合计, 总计).
    Total,
    /// Nothing in it (template tails, separators).
    Blank,
    /// Notes, terms, remarks below or between the data.
    Note,
    /// Signatures, stamps, 制表/审核 lines, page numbers, copies.
    Signature,
}

/// One row of a table's area, with its role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableRow {
    /// The sheet's row, from 0.
    pub row: u32,
    /// What it is.
    pub role: Role,
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Column {
    /// The sheet's column, from 0.
    pub col: u16,
    /// The header as the person reads it: the parts of several header rows
    /// joined with `/`, line breaks and padding inside a part removed. Empty
    /// over data without a header.
    pub header: String,
    /// The header's parts, top row first, merged parents included.
    pub parts: Vec<String>,
    /// The unit split off the header (`元`, `kg`, `PCS`), if it has one.
    pub unit: Option<String>,
    /// Whether the person hid the column.
    pub hidden: bool,
    /// The field it was understood as, by the kind of the table. `None`: not
    /// understood, carried through untouched.
    pub field: Option<&'static str>,
}

/// A key and a value that stand outside the table (账期：2026-10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The key as written, without its colon.
    pub key: String,
    /// The value, as text, with its cell.
    pub value: Located<String>,
}

/// A table found in a sheet.
#[derive(Debug, Clone)]
pub struct Table {
    /// The sheet it stands in.
    pub sheet: Arc<Sheet>,
    /// Its area: first header row to last body, subtotal, total or balance
    /// row; first to last column.
    pub area: Area,
    /// The rows of its header, from 0. Empty: the sheet has no header.
    pub header_rows: Vec<u32>,
    /// Its columns, from left to right.
    pub columns: Vec<Column>,
    /// Every row that belongs to it, from its first title to its last
    /// footer, each once, in order, blanks between them included.
    pub rows: Vec<TableRow>,
    /// The text of its title rows, top first.
    pub titles: Vec<Located<String>>,
    /// Key/value facts above and below it.
    pub facts: Vec<Fact>,
    /// Cells whose value stands elsewhere (merged bodies, 〃, blanks under a
    /// key): the cell that holds it. Money and quantities are never here.
    pub filled: FxHashMap<CellRef, CellRef>,
    /// What was wrong or doubtful: totals that are not their rows' sum, ….
    pub findings: Vec<Finding>,
}

impl Table {
    /// Returns the cell that gives row `row` its value in column `col`:
    /// its own, or the one it repeats (merged bodies, 〃).
    pub fn cell(&self, row: u32, col: u16) -> Option<Cell<'_>> {
        let at = CellRef::new(row, col);
        let at = self.filled.get(&at).copied().unwrap_or(at);
        self.sheet.cell(at)
    }

    /// Returns the rows of one role.
    pub fn rows_of(&self, role: Role) -> impl Iterator<Item = u32> + '_ {
        self.rows.iter().filter(move |row| row.role == role).map(|row| row.row)
    }

    /// Returns the column understood as `field`, if there is exactly one
    /// first: the leftmost.
    pub fn column(&self, field: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.field == Some(field))
    }

    /// Returns the place of its first cell.
    pub fn at_start(&self) -> Location {
        self.sheet.at(self.area.first)
    }

    /// Returns the place of a cell of this table.
    pub fn at(&self, row: u32, col: u16) -> Location {
        self.sheet.at(CellRef::new(row, col))
    }
}
