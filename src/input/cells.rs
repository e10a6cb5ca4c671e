//! The cells of rows, many rows in one piece of memory: a sheet of a million
//! rows is a few hundred pieces, made and given back at once.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use super::sheet::Cell;

/// How many cells stand in one piece.
const PIECE: usize = 1 << 15;

/// The cells of one row.
#[derive(Clone, Default)]
pub struct Cells {
    piece: Arc<Vec<Cell>>,
    first: u32,
    end: u32,
}

impl Cells {
    /// Changes the cells, which from then on stand by themselves.
    pub fn change(&mut self, change: impl FnOnce(&mut Vec<Cell>)) {
        let mut cells = self.to_vec();
        change(&mut cells);
        *self = cells.into();
    }
}

impl Deref for Cells {
    type Target = [Cell];

    fn deref(&self) -> &[Cell] {
        &self.piece[self.first as usize..self.end as usize]
    }
}

impl<'a> IntoIterator for &'a Cells {
    type Item = &'a Cell;
    type IntoIter = std::slice::Iter<'a, Cell>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl From<Vec<Cell>> for Cells {
    fn from(cells: Vec<Cell>) -> Self {
        // No row has more cells than a sheet has columns.
        let end = u32::try_from(cells.len()).unwrap_or(u32::MAX);
        Self { piece: Arc::new(cells), first: 0, end }
    }
}

impl FromIterator<Cell> for Cells {
    fn from_iter<I: IntoIterator<Item = Cell>>(cells: I) -> Self {
        cells.into_iter().collect::<Vec<Cell>>().into()
    }
}

impl PartialEq for Cells {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl fmt::Debug for Cells {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// Where the cells of a row stand among the pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    piece: u32,
    first: u32,
    end: u32,
}

/// The pieces of a sheet that is being read, and the row that is open.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    full: Vec<Vec<Cell>>,
    last: Vec<Cell>,
    /// Where the open row begins in the last piece.
    first: usize,
}

impl Pieces {
    /// Adds a cell to the open row.
    pub(super) fn push(&mut self, cell: Cell) {
        if self.last.len() == self.last.capacity() && self.last.len() >= PIECE {
            self.turn();
        }
        self.last.push(cell);
    }

    /// Begins a new piece; the open row goes along whole.
    fn turn(&mut self) {
        let open = self.open().len();
        let mut next = Vec::with_capacity(PIECE.max(2 * open));
        next.extend(self.last.drain(self.first..));
        self.full.push(std::mem::replace(&mut self.last, next));
        self.first = 0;
    }

    /// Returns the cells of the open row.
    pub(super) fn open(&self) -> &[Cell] {
        &self.last[self.first..]
    }

    /// Closes the open row and begins the next.
    pub(super) fn close(&mut self) -> Span {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let span = Span {
            piece: number(self.full.len()),
            first: number(self.first),
            end: number(self.last.len()),
        };
        self.first = self.last.len();
        span
    }

    /// Drops the cells of the open row.
    pub(super) fn forget(&mut self) {
        self.last.truncate(self.first);
    }

    /// Returns the cells of a closed row.
    pub(super) fn row(&self, span: Span) -> &[Cell] {
        let piece = self.full.get(span.piece as usize).unwrap_or(&self.last);
        &piece[span.first as usize..span.end as usize]
    }

    /// Returns the cells of a closed row, to change them.
    pub(super) fn row_mut(&mut self, span: Span) -> &mut [Cell] {
        let piece = self.full.get_mut(span.piece as usize).unwrap_or(&mut self.last);
        &mut piece[span.first as usize..span.end as usize]
    }

    /// Returns what tells the cells of rows by their spans.
    pub(super) fn share(mut self) -> impl Fn(Span) -> Cells {
        self.last.shrink_to_fit();
        self.full.push(self.last);
        let pieces: Vec<Arc<Vec<Cell>>> = self.full.into_iter().map(Arc::new).collect();
        move |span| Cells {
            piece: Arc::clone(&pieces[span.piece as usize]),
            first: span.first,
            end: span.end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(col: u16) -> Cell {
        Cell { col, ..Cell::default() }
    }

    #[test]
    fn rows_stay_whole_across_pieces() {
        let mut pieces = Pieces::default();
        let wide = |row: usize| (row % 50) as u16 + 1;
        let mut spans = Vec::new();
        for row in 0..3_000 {
            (0..wide(row)).for_each(|col| pieces.push(cell(col)));
            spans.push(pieces.close());
        }
        assert!(pieces.full.len() > 1);
        assert!(pieces.full.iter().all(|piece| piece.capacity() == piece.len().max(PIECE)));
        pieces.row_mut(spans[2_999])[0].style = 7;
        assert_eq!(pieces.row(spans[2_999])[0].style, 7);
        let cells = pieces.share();
        for (row, span) in spans.into_iter().enumerate() {
            let cols: Vec<u16> = cells(span).iter().map(|cell| cell.col).collect();
            assert_eq!(cols, (0..wide(row)).collect::<Vec<u16>>());
        }
    }

    #[test]
    fn a_row_longer_than_a_piece_is_one_row() {
        let mut pieces = Pieces::default();
        pieces.push(cell(1));
        pieces.close();
        (0..2 * PIECE).for_each(|at| pieces.push(cell(at as u16)));
        let span = pieces.close();
        assert_eq!(pieces.share()(span).len(), 2 * PIECE);
    }

    #[test]
    fn a_changed_row_leaves_the_others_alone() {
        let mut pieces = Pieces::default();
        let spans = [1, 2].map(|col| {
            pieces.push(cell(col));
            pieces.close()
        });
        let cells = pieces.share();
        let [mut one, other] = spans.map(cells);
        one.change(|cells| cells.push(cell(9)));
        assert_eq!((one.len(), other.len()), (2, 1));
        assert_eq!(other[0].col, 2);
    }
}
