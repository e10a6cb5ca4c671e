//! The rows of a table, packed: a report may list a million lines, and as
//! values each would weigh six times as much.

use std::fmt;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use self::pack::{Packer, Unpacker};
use super::cell::Cell;
use super::table::{Row, RowStyle};
use crate::location::SheetId;

mod pack;

/// How many rows stand in one piece of memory.
const PIECE: usize = 1 << 10;

/// The rows of a table, in their order.
#[derive(Clone, Default)]
pub struct Rows {
    /// Each of `PIECE` rows, the last of what is left.
    pieces: Vec<Vec<u8>>,
    sheets: Sheets,
    len: usize,
    any_id: bool,
    any_sum: bool,
    /// By column, whether any row fills it.
    filled: Vec<bool>,
    /// The columns that are left out, the last one first.
    left_out: Vec<usize>,
}

/// The sheets that places stand in, each once.
#[derive(Clone, Default)]
struct Sheets {
    known: Vec<Arc<SheetId>>,
    /// By where a known one stands in memory.
    numbers: FxHashMap<usize, u32>,
}

impl Sheets {
    fn number(&mut self, sheet: &Arc<SheetId>) -> u32 {
        let next = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        *self.numbers.entry(Arc::as_ptr(sheet).addr()).or_insert_with(|| {
            self.known.push(Arc::clone(sheet));
            next
        })
    }
}

impl Rows {
    /// Adds a row.
    pub fn push(&mut self, row: &Row) {
        if self.len.is_multiple_of(PIECE) {
            if let Some(full) = self.pieces.last_mut() {
                full.shrink_to_fit();
            }
            self.pieces.push(Vec::new());
        }
        if let Some(piece) = self.pieces.last_mut() {
            Packer { bytes: piece, sheets: &mut self.sheets }.row(row);
        }
        self.len += 1;
        self.any_id |= row.id.is_some();
        self.any_sum |= row.style != RowStyle::Normal;
        if self.filled.len() < row.cells.len() {
            self.filled.resize(row.cells.len(), false);
        }
        for (filled, cell) in self.filled.iter_mut().zip(&row.cells) {
            *filled |= !matches!(cell, Cell::Empty);
        }
    }

    /// Whether any row has something in a column.
    pub(super) fn fill(&self, column: usize) -> bool {
        self.filled.get(column).is_some_and(|filled| *filled)
    }

    /// Leaves columns out of every row, the last one first.
    pub(super) fn leave_out(&mut self, columns: Vec<usize>) {
        self.left_out = columns;
    }

    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether any has an id.
    pub(super) fn have_ids(&self) -> bool {
        self.any_id
    }

    /// Whether all are lines like the others: none heads or sums up others.
    pub(super) fn are_flat(&self) -> bool {
        !self.any_sum
    }

    /// Returns them all.
    pub fn iter(&self) -> Iter<'_> {
        self.from(0)
    }

    /// Returns the rows from row `first` on.
    pub fn from(&self, first: usize) -> Iter<'_> {
        let mut iter = Iter { rows: self, bytes: &[], next: first - first % PIECE };
        while iter.next < first && iter.next().is_some() {}
        iter
    }
}

/// Rows, one after the other.
#[derive(Clone)]
pub struct Iter<'a> {
    rows: &'a Rows,
    /// What is left of the piece.
    bytes: &'a [u8],
    next: usize,
}

impl Iterator for Iter<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        if self.next >= self.rows.len {
            return None;
        }
        if self.next.is_multiple_of(PIECE) {
            self.bytes = &self.rows.pieces[self.next / PIECE];
        }
        self.next += 1;
        let mut row = Unpacker { bytes: &mut self.bytes, sheets: &self.rows.sheets.known }.row();
        for &column in &self.rows.left_out {
            if column < row.cells.len() {
                row.cells.remove(column);
            }
        }
        Some(row)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.rows.len.saturating_sub(self.next);
        (left, Some(left))
    }
}

impl<'a> IntoIterator for &'a Rows {
    type Item = Row;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl Extend<Row> for Rows {
    fn extend<I: IntoIterator<Item = Row>>(&mut self, rows: I) {
        rows.into_iter().for_each(|row| self.push(&row));
    }
}

impl FromIterator<Row> for Rows {
    fn from_iter<I: IntoIterator<Item = Row>>(rows: I) -> Self {
        let mut packed = Self::default();
        packed.extend(rows);
        packed
    }
}

impl fmt::Debug for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_row_is_where_it_was_put() {
        let row = |at: usize| Row::new([at.into()]);
        let rows: Rows = (0..3 * PIECE + 7).map(row).collect();
        assert_eq!(rows.len(), 3 * PIECE + 7);
        assert!(rows.iter().eq((0..rows.len()).map(row)));
        for first in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, rows.len() - 1, rows.len()] {
            assert_eq!(rows.from(first).next(), (first < rows.len()).then(|| row(first)));
            assert_eq!(rows.from(first).count(), rows.len() - first);
        }
        assert!(rows.are_flat() && !rows.have_ids());
    }

    #[test]
    fn a_million_plain_lines_would_be_small() {
        let row = Row::new(["SH2610000001".into(), 42_u32.into(), 7_u32.into()]);
        let rows: Rows = std::iter::repeat_n(row, PIECE + 1).collect();
        assert!(rows.pieces[0].capacity() <= 32 * PIECE, "{}", rows.pieces[0].capacity());
    }
}
