//! A part of a sheet: some of its rows, some of its columns.

use std::ops::Range;

use crate::input::sheet::{Cell, CellSlice, Sheet};
use crate::location::{Area, CellRef};

/// One row of a region that holds something there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// The sheet's row, from 0.
    pub(super) row: u32,
    cells: CellSlice<'a>,
}

impl<'a> Line<'a> {
    /// Returns the cells that hold something, from left to right.
    pub(super) fn filled(&self) -> impl Iterator<Item = Cell<'a>> + use<'a> {
        self.cells.iter().filter(|cell| !cell.is_empty())
    }

    /// Returns how many cells hold something.
    pub(super) fn count(&self) -> usize {
        self.filled().count()
    }

    /// Returns the first cell that holds something.
    pub(super) fn first(&self) -> Option<Cell<'a>> {
        self.filled().next()
    }

    /// Returns the cell of a column, if it holds something.
    pub(super) fn cell(&self, col: u16) -> Option<Cell<'a>> {
        self.cells.cell(col).filter(|cell| !cell.is_empty())
    }

    /// Returns the same row, some columns only.
    fn within(&self, cols: (u16, u16)) -> Self {
        Self { row: self.row, cells: self.cells.between(cols.0, cols.1) }
    }
}

/// Some rows and columns of a sheet. Rows that hold nothing there are not
/// among its lines.
#[derive(Debug, Clone)]
pub(super) struct Region<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) lines: Vec<Line<'a>>,
    /// First and last column.
    pub(super) cols: (u16, u16),
}

impl<'a> Region<'a> {
    /// Returns what of the sheet lies in `area`, or all of it.
    pub(super) fn of(sheet: &'a Sheet, area: Option<Area>) -> Self {
        let cols = area.map_or((0, u16::MAX), |area| (area.first.col, area.last.col));
        let rows = area.map_or(0..=u32::MAX, |area| area.first.row..=area.last.row);
        let lines = sheet.rows.iter().filter(|row| rows.contains(&row.index));
        let lines = lines.map(|row| Line { row: row.index, cells: row.cells.all() });
        Self::made(sheet, lines, cols)
    }

    /// Returns the part of these lines that lies in these columns.
    pub(super) fn part(&self, lines: Range<usize>, cols: (u16, u16)) -> Self {
        Self::made(self.sheet, self.lines[lines].iter().copied(), cols)
    }

    fn made(sheet: &'a Sheet, lines: impl Iterator<Item = Line<'a>>, cols: (u16, u16)) -> Self {
        let lines = lines.map(|line| line.within(cols)).filter(|line| line.first().is_some());
        Self { sheet, lines: lines.collect(), cols }
    }

    /// Whether line `at` stands right below the line before it.
    pub(super) fn follows(&self, at: usize) -> bool {
        at > 0 && self.lines[at].row == self.lines[at - 1].row + 1
    }

    /// Returns how many empty rows are above line `at`.
    pub(super) fn gap(&self, at: usize) -> u32 {
        if at == 0 { 0 } else { self.lines[at].row - self.lines[at - 1].row - 1 }
    }
}

/// Returns the merged areas that begin in these rows.
pub(super) fn merges_from(sheet: &Sheet, rows: Range<u32>) -> &[Area] {
    let from = sheet.merges.partition_point(|area| area.first.row < rows.start);
    let to = sheet.merges.partition_point(|area| area.first.row < rows.end);
    &sheet.merges[from..to.max(from)]
}

/// Returns the merged area that begins in a cell.
pub(super) fn merge_at(sheet: &Sheet, at: CellRef) -> Option<&Area> {
    let found = sheet.merges.binary_search_by_key(&at, |area| area.first).ok()?;
    sheet.merges.get(found)
}

/// Returns the last column that a cell spans.
pub(super) fn last_col(sheet: &Sheet, row: u32, cell: Cell<'_>) -> u16 {
    merge_at(sheet, CellRef::new(row, cell.col)).map_or(cell.col, |area| area.last.col)
}

/// Returns the last row that a cell spans.
pub(super) fn last_row(sheet: &Sheet, row: u32, cell: Cell<'_>) -> u32 {
    merge_at(sheet, CellRef::new(row, cell.col)).map_or(row, |area| area.last.row)
}
