//! Gathers cells into a sheet: sparse, sorted, and within a budget.

use std::ops::Range;
use std::sync::Arc;

use super::guard::{Budget, Excess};
use super::sheet::{Cell, Formula, Row, Sheet, Value};
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

/// The rows of merged areas that are looked at. Areas that lie upon one
/// another, which no program writes, could have any number.
const MOST_STEPS: usize = 20_000_000;

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
        if self.is_idle(&cell) {
            return Ok(());
        }
        budget.cell(cell.text().map_or(0, str::len))?;
        if let Some(row) = self.sheet.rows.last_mut() {
            self.sorted &= row.cells.last().is_none_or(|last| last.col < cell.col);
            row.cells.push(cell);
        }
        Ok(())
    }

    /// Whether a cell says nothing: no value, no formula, no fill, border or
    /// strike.
    pub(super) fn is_idle(&self, cell: &Cell) -> bool {
        if cell.value != Value::Empty || cell.formula != Formula::None {
            return false;
        }
        let style = self.sheet.style(cell);
        !(style.filled || style.bordered || style.struck)
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
        self.sheet.merges.sort_unstable();
        self.sheet.merges.dedup();
        self.empty_covered_cells();
        self.sheet.rows.shrink_to_fit();
        let hidden = (0..COLUMNS).zip(&self.hidden_columns).filter(|(_, hidden)| **hidden);
        self.sheet.hidden_columns = hidden.map(|(col, _)| col).collect();
        self.sheet
    }

    /// Takes away what stands under merged areas: programs show the first cell
    /// alone, but may keep what the others held before.
    fn empty_covered_cells(&mut self) {
        let rows = &mut self.sheet.rows;
        let mut steps = 0;
        let mut emptied = false;
        for merge in &self.sheet.merges {
            let from = rows.partition_point(|row| row.index < merge.first.row);
            let within = rows[from..].iter_mut().take_while(|row| row.index <= merge.last.row);
            for row in within {
                steps += 1;
                if steps > MOST_STEPS {
                    return;
                }
                let from = row.cells.partition_point(|cell| cell.col < merge.first.col);
                let covered = row.cells[from..].iter_mut();
                for cell in covered.take_while(|cell| cell.col <= merge.last.col) {
                    if (row.index, cell.col) != (merge.first.row, merge.first.col) {
                        emptied |= !cell.is_empty();
                        (cell.value, cell.formula) = (Value::Empty, Formula::None);
                    }
                }
            }
        }
        if emptied {
            rows.retain(|row| !row.is_blank());
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::guard::Limits;
    use crate::input::sheet::Style;
    use crate::location::Area;

    fn grid() -> Grid {
        Grid::new(Arc::new(SheetId { path: "a.xlsx".into(), sheet: None }))
    }

    fn cell(col: u16, text: &str) -> Cell {
        let value = if text.is_empty() { Value::Empty } else { Value::Text(Arc::from(text)) };
        Cell { value, col, ..Cell::default() }
    }

    /// Fills a grid with `(row, col, text)`.
    fn fill(cells: &[(u32, u16, &str)]) -> Grid {
        let mut grid = grid();
        let mut budget = Budget::new(Limits::default());
        let mut row = None;
        for (at, col, text) in cells {
            if row != Some(at) {
                grid.row(*at, false);
                row = Some(at);
            }
            grid.cell(cell(*col, text), &mut budget).unwrap();
        }
        grid
    }

    fn shown(sheet: &Sheet) -> String {
        let cells = sheet.rows.iter().flat_map(|row| {
            row.cells.iter().map(|cell| {
                let at = crate::location::CellRef::new(row.index, cell.col);
                format!("{at}={}", cell.text().unwrap_or_default())
            })
        });
        cells.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn cells_come_out_sorted_and_the_last_of_a_place_wins() {
        let sheet =
            fill(&[(2, 1, "c"), (2, 0, "b"), (0, 0, "a"), (2, 1, "d"), (1, 0, "")]).finish();
        assert_eq!(shown(&sheet), "A1=a A3=b B3=d");
    }

    #[test]
    fn what_lies_under_a_merge_is_gone() {
        let mut grid = fill(&[(0, 0, "a"), (0, 1, "b"), (1, 0, "c"), (2, 0, "d")]);
        grid.sheet().merges = ["A1:B2"].iter().filter_map(|area| Area::parse(area)).collect();
        assert_eq!(shown(&grid.finish()), "A1=a B1= A3=d");
    }

    #[test]
    fn empty_cells_stay_only_for_their_look() {
        let mut grid = grid();
        let mut budget = Budget::new(Limits::default());
        grid.sheet().styles.push(Style { bordered: true, ..Style::default() });
        grid.sheet().styles.push(Style { bold: true, ..Style::default() });
        grid.row(0, false);
        for (col, style) in [(0, 0), (1, 1), (2, 2)] {
            grid.cell(Cell { col, style, ..Cell::default() }, &mut budget).unwrap();
        }
        grid.cell(cell(3, "x"), &mut budget).unwrap();
        grid.row(1, false);
        grid.cell(Cell { col: 1, style: 1, ..Cell::default() }, &mut budget).unwrap();
        let sheet = grid.finish();
        assert_eq!(sheet.rows.len(), 1);
        let columns: Vec<u16> = sheet.rows[0].cells.iter().map(|cell| cell.col).collect();
        assert_eq!(columns, [1, 3]);
    }

    #[test]
    fn the_budget_refuses_and_does_not_cut() {
        let mut grid = grid();
        let mut budget = Budget::new(Limits { cells: 1, ..Limits::default() });
        grid.row(0, false);
        assert!(grid.cell(cell(0, "a"), &mut budget).is_ok());
        let excess = grid.cell(cell(1, "b"), &mut budget).unwrap_err();
        assert_eq!((excess.what, excess.limit), ("cells", 1));
    }

    #[test]
    fn a_cell_is_32_bytes() {
        assert_eq!(size_of::<Cell>(), 32);
    }
}
