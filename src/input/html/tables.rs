//! Lays the tables and texts of a page out as the rows of a sheet.

use std::sync::Arc;

use super::tags::Tag;
use crate::input::grid::Grid;
use crate::input::guard::{self, Budget};
use crate::input::number;
use crate::input::refusal::Refusal;
use crate::input::sheet::{NewCell, Sheet, Style, Value};
use crate::location::{Area, CellRef};

/// The most columns that a cell spans; browsers allow no more.
const WIDEST: u16 = 1_000;
/// The most rows that a cell spans.
const TALLEST: u32 = 65_534;
/// The number of the style of header cells.
const BOLD: u16 = 1;
/// The columns of a sheet.
const COLUMNS: u16 = 16_384;

/// A page that is being laid out.
pub(super) struct Page<'a> {
    grid: Grid,
    budget: &'a mut Budget,
    /// The row that comes next.
    row: u32,
    /// The cells of the row being read.
    cells: Vec<NewCell>,
    /// Whether a row is open.
    in_row: bool,
    hidden: bool,
    /// The column that comes next in the row.
    col: u16,
    /// For each column, the first row that no cell above reaches into.
    free_from: Vec<u32>,
    /// The cell being read.
    cell: Option<OpenCell>,
    /// The text gathered for the cell, or between tables.
    text: String,
    /// How many tables there were.
    tables: usize,
    /// How many of them have no end yet.
    begun: usize,
}

/// A cell whose text is being gathered.
struct OpenCell {
    bold: bool,
    wide: u16,
    tall: u32,
    /// The number that Excel writes beside the text it shows.
    number: Option<String>,
}

impl<'a> Page<'a> {
    /// Begins an empty page.
    pub(super) fn new(mut grid: Grid, budget: &'a mut Budget) -> Self {
        grid.sheet().styles.push(Style { bold: true, ..Style::default() });
        Self {
            grid,
            budget,
            row: 0,
            cells: Vec::new(),
            in_row: false,
            hidden: false,
            col: 0,
            free_from: Vec::new(),
            cell: None,
            text: String::new(),
            tables: 0,
            begun: 0,
        }
    }

    /// Takes in a text. White space counts once, and at ends not at all;
    /// spaces that do not break are part of the text.
    pub(super) fn text(&mut self, text: &str) {
        let white = [' ', '\t', '\r', '\n'];
        for (nth, word) in text.split(white).enumerate() {
            let spaced = self.text.is_empty() || self.text.ends_with([' ', '\n']);
            if nth > 0 && !spaced {
                self.text.push(' ');
            }
            self.text.push_str(word);
        }
    }

    /// Takes in a tag that opens an element.
    pub(super) fn open(&mut self, tag: &Tag<'_>) -> Result<(), Refusal> {
        match tag.name.as_str() {
            "table" => {
                self.end_row()?;
                self.tables += 1;
                self.begun += 1;
            }
            "tr" => {
                self.end_row()?;
                self.in_row = true;
                let style = tag.get("style").unwrap_or_default().replace(' ', "");
                self.hidden = style.contains("display:none");
            }
            "td" | "th" => self.begin_cell(tag)?,
            "br" => self.break_line(),
            "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "caption" | "body" => {
                self.end_block()?;
            }
            "title" => self.text.clear(),
            _ => {}
        }
        Ok(())
    }

    /// Takes in the end of an element.
    pub(super) fn close(&mut self, name: &str) -> Result<(), Refusal> {
        match name {
            "table" => {
                self.end_row()?;
                self.free_from.clear();
                self.begun = self.begun.saturating_sub(1);
            }
            "tr" => self.end_row()?,
            "td" | "th" => self.end_cell()?,
            "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "caption" => {
                self.end_block()?
            }
            // What stands in the head is not shown.
            "title" | "head" => self.text.clear(),
            _ => {}
        }
        Ok(())
    }

    /// Returns the sheet, how many tables are in it, and whether the page ends
    /// within one.
    pub(super) fn finish(mut self) -> Result<(Sheet, usize, bool), Refusal> {
        self.end_row()?;
        self.end_block()?;
        Ok((self.grid.finish(), self.tables, self.begun > 0))
    }

    fn break_line(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text.push('\n');
    }

    /// Ends a block: a line of a cell, or a row of its own outside of cells.
    fn end_block(&mut self) -> Result<(), Refusal> {
        if self.cell.is_some() {
            if !self.text.is_empty() && !self.text.ends_with('\n') {
                self.break_line();
            }
            return Ok(());
        }
        for line in std::mem::take(&mut self.text).lines() {
            let value = self.value(line.trim_matches([' ', '\n']))?;
            self.grid.row(self.row, false);
            self.grid.cell(NewCell { value, ..NewCell::default() }, self.budget)?;
            self.row += 1;
        }
        Ok(())
    }

    fn begin_cell(&mut self, tag: &Tag<'_>) -> Result<(), Refusal> {
        self.end_cell()?;
        self.end_block()?;
        self.in_row = true;
        let span = |name| tag.get(name).and_then(|span| span.trim().parse::<u32>().ok());
        self.cell = Some(OpenCell {
            bold: tag.name == "th",
            wide: u16::try_from(span("colspan").unwrap_or(1)).unwrap_or(WIDEST).clamp(1, WIDEST),
            tall: span("rowspan").unwrap_or(1).clamp(1, TALLEST),
            number: tag.get("x:num").filter(|number| !number.is_empty()).map(Into::into),
        });
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Refusal> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let text = std::mem::take(&mut self.text);
        while self.free_from.get(usize::from(self.col)).is_some_and(|free| *free > self.row) {
            // Stepping over the cells from above costs as much as cells.
            self.budget.cell(0)?;
            self.col += 1;
        }
        let end = self.col.saturating_add(cell.wide);
        if end > COLUMNS {
            return Err(Refusal::damaged("more columns than a sheet has"));
        }
        let number = cell.number.and_then(|number| number::from_digits(&number));
        let value = match number {
            Some(number) => number,
            None => self.value(text.trim_matches([' ', '\n']))?,
        };
        let style = if cell.bold { BOLD } else { 0 };
        self.cells.push(NewCell { value, col: self.col, style, ..NewCell::default() });
        if cell.tall > 1 {
            self.free_from.resize(self.free_from.len().max(usize::from(end)), 0);
            self.free_from[usize::from(self.col)..usize::from(end)].fill(self.row + cell.tall);
        }
        if cell.wide > 1 || cell.tall > 1 {
            let last = CellRef::new(self.row + cell.tall - 1, end - 1);
            let merges = &mut self.grid.sheet().merges;
            merges.push(Area { first: CellRef::new(self.row, self.col), last });
            let found = merges.len() as u64;
            guard::check("merges", found, self.budget.limits().merges as u64)?;
        }
        self.col = end;
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), Refusal> {
        self.end_cell()?;
        self.end_block()?;
        if std::mem::take(&mut self.in_row) {
            self.grid.row(self.row, self.hidden);
            for cell in self.cells.drain(..) {
                self.grid.cell(cell, self.budget)?;
            }
            self.row += 1;
            self.col = 0;
            self.hidden = false;
        }
        Ok(())
    }

    fn value(&mut self, text: &str) -> Result<Value, Refusal> {
        self.budget.text(text.len())?;
        let blank = text.trim().is_empty();
        Ok(if blank { Value::Empty } else { Value::Text(Arc::from(text)) })
    }
}
