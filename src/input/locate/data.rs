//! The rows of a found table with their cells, for whoever goes through all
//! of them.

use super::shape::{Shape, shape};
use crate::input::sheet::{Cell, CellSlice};
use crate::input::table::{Role, Table};

/// The rows of a table that hold something.
pub(super) struct Data<'t> {
    pub(super) rows: Vec<DataRow<'t>>,
    /// By column of the sheet, from the table's first: its place among the
    /// table's columns.
    places: Vec<Option<usize>>,
    first: u16,
    /// By place: whether figures may stand there. Columns of words are told
    /// from their first rows.
    pub(super) numeric: Vec<bool>,
}

/// One row of a table.
#[derive(Clone, Copy)]
pub(super) struct DataRow<'t> {
    pub(super) row: u32,
    pub(super) role: Role,
    cells: CellSlice<'t>,
}

impl<'t> DataRow<'t> {
    /// Returns the cell of a column of the sheet, if it holds something.
    pub(super) fn cell(&self, col: u16) -> Option<Cell<'t>> {
        self.cells.cell(col).filter(|cell| !cell.is_empty())
    }
}

/// Rows of data from which it is told which columns hold words.
const LEARNT_FROM: usize = 200;

impl<'t> Data<'t> {
    /// Walks down the table and its sheet together.
    pub(super) fn of(table: &'t Table) -> Self {
        let sheet = &table.sheet.rows;
        let mut at = table
            .rows
            .first()
            .map_or(0, |first| sheet.partition_point(|row| row.index < first.row));
        let mut rows = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            while sheet.get(at).is_some_and(|stored| stored.index < row.row) {
                at += 1;
            }
            if let Some(stored) = sheet.get(at).filter(|stored| stored.index == row.row) {
                rows.push(DataRow { row: row.row, role: row.role, cells: stored.cells.all() });
            }
        }
        let first = table.columns.first().map_or(0, |column| column.col);
        let width = table.columns.last().map_or(0, |last| usize::from(last.col - first) + 1);
        let mut places = vec![None; width];
        for (place, column) in table.columns.iter().enumerate() {
            places[usize::from(column.col - first)] = Some(place);
        }
        let mut data = Self { rows, places, first, numeric: Vec::new() };
        data.numeric = data.numeric(table.columns.len());
        data
    }

    /// Returns the rows of data.
    pub(super) fn bodies(&self) -> impl Iterator<Item = &DataRow<'t>> {
        self.rows.iter().filter(|row| row.role == Role::Body)
    }

    /// Returns the cells of a row that stand in the table's columns, with their
    /// places.
    pub(super) fn cells(&self, row: &DataRow<'t>) -> impl Iterator<Item = (usize, Cell<'t>)> {
        row.cells.iter().filter(|cell| !cell.is_empty()).filter_map(|cell| {
            let at = usize::from(cell.col.checked_sub(self.first)?);
            Some(((*self.places.get(at)?)?, cell))
        })
    }

    /// Returns the cells of a row where figures may stand.
    pub(super) fn figures(&self, row: &DataRow<'t>) -> impl Iterator<Item = (usize, Cell<'t>)> {
        self.cells(row).filter(|(at, _)| self.numeric[*at])
    }

    fn numeric(&self, width: usize) -> Vec<bool> {
        let mut words = vec![0_i32; width];
        for row in self.bodies().take(LEARNT_FROM) {
            for (at, cell) in self.cells(row) {
                words[at] += match shape(cell) {
                    Shape::Number | Shape::Error => -1,
                    Shape::Blank => 0,
                    _ => 1,
                };
            }
        }
        words.into_iter().map(|words| words <= 0).collect()
    }
}
