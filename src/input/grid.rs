//! Gathers cells into a sheet: sparse, sorted, and within a budget.

use std::ops::Range;
use std::sync::Arc;

use super::guard::{Budget, Excess};
use super::sheet::{Cell, Formula, Row, Sheet, Style, Value};
use crate::location::SheetId;

/// A sheet that is being read. Cells may come in any order; the last one of a
/// place wins.
#[derive(Debug)]
pub(super) struct Grid {
    sheet: Sheet,
    sorted: bool,
    /// For each column up to the last hidden one, whether it is.
    hidden_columns: Vec<bool>,
}

/// The columns of a sheet.
const COLUMNS: u16 = 16_384;

impl Grid {
    /// Makes the grid of an empty sheet.
    pub(super) fn new(id: Arc<SheetId>) -> Self {
        Self { sheet: Sheet::new(id), sorted: true, hidden_columns: Vec::new() }
    }

    /// Returns the sheet, for what is not cells.
    pub(super) fn sheet(&mut self) -> &mut Sheet {
        &mut self.sheet
    }

    /// Notes that the person hid columns.
    pub(super) fn hide_columns(&mut self, columns: Range<u16>) {
        let end = usize::from(columns.end.min(COLUMNS));
        if self.hidden_columns.len() < end {
            self.hidden_columns.resize(end, false);
        }
        if let Some(hidden) = self.hidden_columns.get_mut(usize::from(columns.start)..end) {
            hidden.fill(true);
        }
    }

    /// Begins row `index`; the cells pushed next are its.
    pub(super) fn row(&mut self, index: u32, hidden: bool) {
        self.close_row();
        let last = self.sheet.rows.last();
        self.sorted &= last.is_none_or(|row| row.index < index);
        let room = last.map_or(0, |row| row.cells.len());
        self.sheet.rows.push(Row { index, hidden, cells: Vec::with_capacity(room) });
    }

    /// Adds a cell to the row begun last. An empty cell stays only if its look
    /// says something.
    pub(super) fn cell(&mut self, cell: Cell, budget: &mut Budget) -> Result<(), Excess> {
        if is_idle(&cell, &self.sheet.styles) {
            return Ok(());
        }
        budget.cell()?;
        if let Some(row) = self.sheet.rows.last_mut() {
            self.sorted &= row.cells.last().is_none_or(|last| last.col < cell.col);
            row.cells.push(cell);
        }
        Ok(())
    }

    /// Drops the row begun last again if nothing stands in it.
    fn close_row(&mut self) {
        if let Some(row) = self.sheet.rows.last_mut() {
            if row.is_blank() {
                self.sheet.rows.pop();
            } else {
                row.cells.shrink_to_fit();
            }
        }
    }

    /// Returns the sheet, in order.
    pub(super) fn finish(mut self) -> Sheet {
        self.close_row();
        if !self.sorted {
            self.sort();
        }
        self.sheet.rows.shrink_to_fit();
        self.sheet.merges.sort_unstable();
        self.sheet.merges.dedup();
        let hidden = (0..COLUMNS).zip(&self.hidden_columns).filter(|(_, hidden)| **hidden);
        self.sheet.hidden_columns = hidden.map(|(col, _)| col).collect();
        self.sheet
    }

    fn sort(&mut self) {
        let mut rows = std::mem::take(&mut self.sheet.rows);
        rows.sort_by_key(|row| row.index);
        let mut sorted: Vec<Row> = Vec::with_capacity(rows.len());
        for row in rows {
            match sorted.last_mut().filter(|last| last.index == row.index) {
                Some(last) => {
                    last.hidden |= row.hidden;
                    last.cells.extend(row.cells);
                }
                None => sorted.push(row),
            }
        }
        for row in &mut sorted {
            row.cells.sort_by_key(|cell| cell.col);
            // Of cells at one place the last written is what a program shows.
            row.cells.reverse();
            row.cells.dedup_by_key(|cell| cell.col);
            row.cells.reverse();
        }
        self.sheet.rows = sorted;
    }
}

/// Whether a cell says nothing: no value, no formula, no fill, border or
/// strike.
fn is_idle(cell: &Cell, styles: &[Style]) -> bool {
    if cell.value != Value::Empty || cell.formula != Formula::None {
        return false;
    }
    let style = styles.get(usize::from(cell.style)).copied().unwrap_or_default();
    !(style.filled || style.bordered || style.struck)
}
