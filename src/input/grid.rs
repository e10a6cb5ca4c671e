//! Gathers cells into a sheet: sparse, sorted, and within a budget.

use std::ops::Range;
use std::sync::Arc;

use super::cells::{Pieces, Span};
use super::guard::{Budget, Excess};
use super::kept::{Kept, Texts};
use super::sheet::{Formula, NewCell, Row, Sheet, Value};
use crate::location::SheetId;

/// A sheet that is being read. Cells may come in any order; the last one of a
/// place wins.
#[derive(Debug)]
pub(super) struct Grid {
    sheet: Sheet,
    cells: Pieces,
    /// What the cells point at.
    texts: Texts,
    rows: Vec<Closed>,
    /// The row that is open: its index and whether it is hidden.
    open: Option<(u32, bool)>,
    sorted: bool,
    /// For each column up to the last hidden one, whether it is.
    hidden_columns: Vec<bool>,
}

/// A row that was read.
#[derive(Debug, Clone, Copy)]
struct Closed {
    index: u32,
    hidden: bool,
    cells: Span,
}

/// The rows of merged areas that are looked at. Areas that lie upon one
/// another, which no program writes, could have any number.
const MOST_STEPS: usize = 20_000_000;

/// The columns of a sheet.
const COLUMNS: u16 = 16_384;

impl Grid {
    /// Makes the grid of an empty sheet.
    pub(super) fn new(id: Arc<SheetId>) -> Self {
        Self::sharing(id, Arc::default())
    }

    /// Makes the grid of an empty sheet whose cells may show texts that it
    /// shares with others.
    pub(super) fn sharing(id: Arc<SheetId>, shared: Arc<Vec<Arc<str>>>) -> Self {
        Self {
            sheet: Sheet::new(id),
            cells: Pieces::default(),
            texts: Texts::sharing(shared),
            rows: Vec::new(),
            open: None,
            sorted: true,
            hidden_columns: Vec::new(),
        }
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
        self.sorted &= self.rows.last().is_none_or(|row| row.index < index);
        self.open = Some((index, hidden));
    }

    /// Adds a cell to the row begun last. An empty cell stays only if its look
    /// says something.
    pub(super) fn cell(&mut self, cell: NewCell, budget: &mut Budget) -> Result<(), Excess> {
        if self.is_idle(&cell) {
            return Ok(());
        }
        budget.cell(cell.text().map_or(0, str::len))?;
        if self.open.is_some() {
            let kept = Kept::new(cell, &mut self.texts);
            self.push(kept);
        }
        Ok(())
    }

    /// Adds a cell that shows the shared text of a number, `bytes` long.
    pub(super) fn shared(
        &mut self,
        (number, bytes): (u32, usize),
        (col, style, formula): (u16, u16, Formula),
        budget: &mut Budget,
    ) -> Result<(), Excess> {
        budget.cell(bytes)?;
        if self.open.is_some() {
            self.push(Kept::shared(number, col, style, formula));
        }
        Ok(())
    }

    fn push(&mut self, cell: Kept) {
        self.sorted &= self.cells.open().last().is_none_or(|last| last.col < cell.col);
        self.cells.push(cell);
    }

    /// Whether a cell says nothing: no value, no formula, no fill, border or
    /// strike.
    pub(super) fn is_idle(&self, cell: &NewCell) -> bool {
        if cell.value != Value::Empty || cell.formula != Formula::None {
            return false;
        }
        let style = self.sheet.style_of(cell.style);
        !(style.filled || style.bordered || style.struck)
    }

    /// Closes the row begun last, unless nothing stands in it.
    fn close_row(&mut self) {
        let Some((index, hidden)) = self.open.take() else { return };
        if is_blank(self.cells.open()) {
            self.cells.forget();
        } else {
            self.rows.push(Closed { index, hidden, cells: self.cells.close() });
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
        let cells = self.cells.share(self.texts);
        let row =
            |row: Closed| Row { index: row.index, hidden: row.hidden, cells: cells(row.cells) };
        self.sheet.rows = self.rows.into_iter().map(row).collect();
        let hidden = (0..COLUMNS).zip(&self.hidden_columns).filter(|(_, hidden)| **hidden);
        self.sheet.hidden_columns = hidden.map(|(col, _)| col).collect();
        self.sheet
    }

    /// Takes away what stands under merged areas: programs show the first cell
    /// alone, but may keep what the others held before.
    fn empty_covered_cells(&mut self) {
        let mut steps = 0;
        let mut emptied = false;
        for merge in &self.sheet.merges {
            let from = self.rows.partition_point(|row| row.index < merge.first.row);
            let within = self.rows[from..].iter().take_while(|row| row.index <= merge.last.row);
            for row in within {
                steps += 1;
                if steps > MOST_STEPS {
                    return;
                }
                let cells = self.cells.row_mut(row.cells);
                let from = cells.partition_point(|cell| cell.col < merge.first.col);
                let covered = cells[from..].iter_mut();
                for cell in covered.take_while(|cell| cell.col <= merge.last.col) {
                    if (row.index, cell.col) != (merge.first.row, merge.first.col) {
                        emptied |= !cell.is_empty();
                        cell.clear();
                    }
                }
            }
        }
        if emptied {
            self.rows.retain(|row| !is_blank(self.cells.row(row.cells)));
        }
    }

    fn sort(&mut self) {
        let mut rows = std::mem::take(&mut self.rows);
        rows.sort_by_key(|row| row.index);
        let mut sorted = Pieces::default();
        for same in rows.chunk_by(|one, other| one.index == other.index) {
            let parts = same.iter().map(|row| self.cells.row(row.cells));
            let mut cells: Vec<&Kept> = parts.flatten().collect();
            cells.sort_by_key(|cell| cell.col);
            // Of cells at one place the last written is what a program shows.
            cells.reverse();
            cells.dedup_by_key(|cell| cell.col);
            cells.iter().rev().for_each(|cell| sorted.push(**cell));
            let hidden = same.iter().any(|row| row.hidden);
            self.rows.push(Closed { index: same[0].index, hidden, cells: sorted.close() });
        }
        self.cells = sorted;
    }
}

/// Whether cells hold neither a value nor a formula, whatever their look.
fn is_blank(cells: &[Kept]) -> bool {
    cells.iter().all(Kept::is_blank)
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

    fn cell(col: u16, text: &str) -> NewCell {
        let value = if text.is_empty() { Value::Empty } else { Value::Text(Arc::from(text)) };
        NewCell { value, col, ..NewCell::default() }
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
            grid.cell(NewCell { col, style, ..NewCell::default() }, &mut budget).unwrap();
        }
        grid.cell(cell(3, "x"), &mut budget).unwrap();
        grid.row(1, false);
        grid.cell(NewCell { col: 1, style: 1, ..NewCell::default() }, &mut budget).unwrap();
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
    fn a_cell_is_kept_in_16_bytes() {
        assert_eq!(size_of::<Kept>(), 16);
    }
}
