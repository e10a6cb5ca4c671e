//! The cells of rows, many rows in one piece of memory: a sheet of a million
//! rows is a few hundred pieces, made and given back at once.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use chrono::NaiveDateTime;
use rust_decimal::Decimal;

use super::kept::{Kept, Texts};
use super::sheet::{NewCell, Value};

/// How many cells stand in one piece.
const PIECE: usize = 1 << 15;

/// The cells of one row.
#[derive(Clone, Default)]
pub struct Cells {
    piece: Arc<Piece>,
    first: u32,
    end: u32,
}

/// Cells, and what they point at.
#[derive(Default)]
struct Piece {
    cells: Vec<Kept>,
    texts: Arc<Texts>,
}

/// Cells that stand side by side.
#[derive(Clone, Copy)]
pub struct CellSlice<'a> {
    cells: &'a [Kept],
    texts: &'a Texts,
}

/// One cell. What it holds is kept packed; a value is made of it when it is
/// asked for.
#[derive(Clone, Copy)]
pub struct Cell<'a> {
    kept: &'a Kept,
    texts: &'a Texts,
}

impl<'a> Cell<'a> {
    /// Returns what it holds, as exactly as the file tells.
    pub fn value(self) -> Value {
        self.kept.value(self.texts)
    }

    /// Returns what it holds without taking a share in its text: for looks at
    /// many cells.
    pub fn held(self) -> Held<'a> {
        self.kept.held(self.texts)
    }

    /// Returns the text of a text cell.
    pub fn text(self) -> Option<&'a str> {
        match self.held() {
            Held::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the head of a text cell: what a cell is among the others is
    /// told by its first words, and one that holds a book must cost no more.
    pub fn head(self) -> Option<&'a str> {
        self.text().map(|text| &text[..text.floor_char_boundary(LONGEST_HEAD)])
    }
}

/// What a cell holds, seen where it lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Held<'a> {
    /// Nothing, or white space only.
    Empty,
    /// Text, verbatim.
    Text(&'a str),
    /// A number.
    Number(Decimal),
    /// The digits of a number that no decimal of 15 significant digits holds.
    LongNumber(&'a str),
    /// A date or time.
    Date(NaiveDateTime),
    /// TRUE or FALSE.
    Bool(bool),
    /// An error value.
    Error(&'a str),
}

/// The bytes of a cell's text that tell what it is.
const LONGEST_HEAD: usize = 1024;

/// Where it stands and how it looks.
impl Deref for Cell<'_> {
    type Target = Kept;

    fn deref(&self) -> &Kept {
        self.kept
    }
}

impl PartialEq for Cell<'_> {
    fn eq(&self, other: &Self) -> bool {
        let look = |cell: &Self| (cell.col, cell.style, cell.formula);
        look(self) == look(other) && self.value() == other.value()
    }
}

impl fmt::Debug for Cell<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        NewCell::from(*self).fmt(f)
    }
}

impl From<Cell<'_>> for NewCell {
    fn from(cell: Cell<'_>) -> Self {
        let value = cell.value();
        Self { value, col: cell.col, style: cell.style, formula: cell.formula }
    }
}

impl fmt::Debug for CellSlice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<'a> CellSlice<'a> {
    /// Returns the cells, by their columns.
    pub fn iter(self) -> CellIter<'a> {
        CellIter { cells: self.cells.iter(), texts: self.texts }
    }

    /// Returns the cell of column `col`, if it is stored.
    pub fn cell(self, col: u16) -> Option<Cell<'a>> {
        let at = self.cells.binary_search_by_key(&col, |cell| cell.col).ok()?;
        Some(Cell { kept: &self.cells[at], texts: self.texts })
    }

    /// Returns those from column `first` to column `last`.
    pub fn between(self, first: u16, last: u16) -> Self {
        let from = self.cells.partition_point(|cell| cell.col < first);
        let to = self.cells.partition_point(|cell| cell.col <= last);
        Self { cells: &self.cells[from..to], ..self }
    }
}

/// Goes through cells, by their columns.
#[derive(Clone)]
pub struct CellIter<'a> {
    cells: std::slice::Iter<'a, Kept>,
    texts: &'a Texts,
}

impl<'a> Iterator for CellIter<'a> {
    type Item = Cell<'a>;

    fn next(&mut self) -> Option<Cell<'a>> {
        self.cells.next().map(|kept| Cell { kept, texts: self.texts })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.cells.size_hint()
    }
}

impl DoubleEndedIterator for CellIter<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.cells.next_back().map(|kept| Cell { kept, texts: self.texts })
    }
}

impl ExactSizeIterator for CellIter<'_> {}

impl<'a> IntoIterator for &'a Cells {
    type Item = Cell<'a>;
    type IntoIter = CellIter<'a>;

    fn into_iter(self) -> CellIter<'a> {
        self.iter()
    }
}

impl Cells {
    /// Returns all of them.
    pub fn all(&self) -> CellSlice<'_> {
        CellSlice { cells: self.kept(), texts: &self.piece.texts }
    }

    /// Returns the cells, by their columns.
    pub fn iter(&self) -> CellIter<'_> {
        self.all().iter()
    }

    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.kept().len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.kept().is_empty()
    }

    /// Changes the cells, which from then on stand by themselves.
    pub fn change(&mut self, change: impl FnOnce(&mut Vec<NewCell>)) {
        let mut cells: Vec<NewCell> = self.iter().map(NewCell::from).collect();
        change(&mut cells);
        *self = cells.into_iter().collect();
    }

    /// Changes how cells are kept and which; they point at what they did.
    pub(super) fn alter(&mut self, alter: impl FnOnce(&mut Vec<Kept>)) {
        let mut cells = self.kept().to_vec();
        alter(&mut cells);
        let end = count(cells.len());
        let texts = Arc::clone(&self.piece.texts);
        *self = Self { piece: Arc::new(Piece { cells, texts }), first: 0, end };
    }

    fn kept(&self) -> &[Kept] {
        &self.piece.cells[self.first as usize..self.end as usize]
    }
}

/// No row has more cells than a sheet has columns.
fn count(cells: usize) -> u32 {
    u32::try_from(cells).unwrap_or(u32::MAX)
}

impl FromIterator<NewCell> for Cells {
    fn from_iter<I: IntoIterator<Item = NewCell>>(cells: I) -> Self {
        let mut texts = Texts::default();
        let cells: Vec<Kept> = cells.into_iter().map(|cell| Kept::new(cell, &mut texts)).collect();
        texts.close();
        let end = count(cells.len());
        Self { piece: Arc::new(Piece { cells, texts: Arc::new(texts) }), first: 0, end }
    }
}

impl From<Vec<NewCell>> for Cells {
    fn from(cells: Vec<NewCell>) -> Self {
        cells.into_iter().collect()
    }
}

impl PartialEq for Cells {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl fmt::Debug for Cells {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
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
    full: Vec<Vec<Kept>>,
    last: Vec<Kept>,
    /// Where the open row begins in the last piece.
    first: usize,
}

impl Pieces {
    /// Adds a cell to the open row.
    pub(super) fn push(&mut self, cell: Kept) {
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
    pub(super) fn open(&self) -> &[Kept] {
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
    pub(super) fn row(&self, span: Span) -> &[Kept] {
        let piece = self.full.get(span.piece as usize).unwrap_or(&self.last);
        &piece[span.first as usize..span.end as usize]
    }

    /// Returns the cells of a closed row, to change them.
    pub(super) fn row_mut(&mut self, span: Span) -> &mut [Kept] {
        let piece = self.full.get_mut(span.piece as usize).unwrap_or(&mut self.last);
        &mut piece[span.first as usize..span.end as usize]
    }

    /// Returns what tells the cells of rows by their spans; `texts` is what
    /// they point at.
    pub(super) fn share(mut self, mut texts: Texts) -> impl Fn(Span) -> Cells {
        self.last.shrink_to_fit();
        self.full.push(self.last);
        texts.close();
        let texts = Arc::new(texts);
        let piece = |cells| Arc::new(Piece { cells, texts: Arc::clone(&texts) });
        let pieces: Vec<Arc<Piece>> = self.full.into_iter().map(piece).collect();
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

    fn cell(col: u16) -> Kept {
        Kept::new(NewCell { col, ..NewCell::default() }, &mut Texts::default())
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
        let cells = pieces.share(Texts::default());
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
        assert_eq!(pieces.share(Texts::default())(span).len(), 2 * PIECE);
    }

    #[test]
    fn a_changed_row_leaves_the_others_alone() {
        let mut pieces = Pieces::default();
        let spans = [1, 2].map(|col| {
            pieces.push(cell(col));
            pieces.close()
        });
        let cells = pieces.share(Texts::default());
        let [mut one, other] = spans.map(cells);
        one.change(|cells| cells.push(NewCell { col: 9, ..NewCell::default() }));
        assert_eq!((one.len(), other.len()), (2, 1));
        assert_eq!(other.iter().map(|cell| cell.col).collect::<Vec<_>>(), [2]);
    }
}
