//! A sheet in memory, and its way into a file.

use std::error::Error;
use std::fs;
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, Worksheet};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    Number(Decimal),
    /// Digits that a spreadsheet takes for a number.
    Digits(String),
    Date(NaiveDate),
}

/// A sheet.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grid {
    cells: Vec<Vec<Option<Cell>>>,
    /// First row, first column, last row, last column.
    pub(crate) merges: Vec<(usize, usize, usize, usize)>,
    /// Rows in bold.
    pub(crate) bold: Vec<usize>,
}

impl Grid {
    /// Writes a cell; empty text writes none.
    pub(crate) fn put(&mut self, row: usize, col: usize, cell: Cell) {
        if cell == Cell::Text(String::new()) {
            return;
        }
        if self.cells.len() <= row {
            self.cells.resize(row + 1, Vec::new());
        }
        let cells = &mut self.cells[row];
        if cells.len() <= col {
            cells.resize(col + 1, None);
        }
        cells[col] = Some(cell);
    }

    /// Writes text.
    pub(crate) fn text(&mut self, row: usize, col: usize, text: &str) {
        self.put(row, col, Cell::Text(text.to_owned()));
    }

    /// Writes a row of text.
    pub(crate) fn texts(&mut self, row: usize, col: usize, texts: &[&str]) {
        for (at, text) in texts.iter().enumerate() {
            self.text(row, col + at, text);
        }
    }

    /// Empties a cell.
    pub(crate) fn clear(&mut self, row: usize, col: usize) {
        if let Some(cell) = self.cells.get_mut(row).and_then(|cells| cells.get_mut(col)) {
            *cell = None;
        }
    }

    fn write(&self, sheet: &mut Worksheet) -> Result<(), Box<dyn Error>> {
        let plain = Format::new();
        let bold = Format::new().set_bold().set_align(FormatAlign::Center);
        let day = Format::new().set_num_format("yyyy-mm-dd");
        for &(row, col, last_row, last_col) in &self.merges {
            sheet.merge_range(
                row as u32,
                col as u16,
                last_row as u32,
                last_col as u16,
                "",
                &plain,
            )?;
        }
        for (row, cells) in self.cells.iter().enumerate() {
            let format = if self.bold.contains(&row) { &bold } else { &plain };
            for (col, cell) in cells.iter().enumerate() {
                let (row, col) = (row as u32, col as u16);
                match cell {
                    None => continue,
                    Some(Cell::Text(text)) => sheet.write_with_format(row, col, text, format)?,
                    Some(Cell::Number(number)) => {
                        sheet.write_number(row, col, number.to_string().parse::<f64>()?)?
                    }
                    Some(Cell::Digits(digits)) => {
                        sheet.write_number(row, col, digits.parse::<f64>()?)?
                    }
                    Some(Cell::Date(date)) => {
                        let (month, of) = (date.month() as u8, date.day() as u8);
                        let date = ExcelDateTime::from_ymd(date.year() as u16, month, of)?;
                        sheet.write_with_format(row, col, &date, &day)?
                    }
                };
            }
        }
        Ok(())
    }

    /// The sheet as lines of text, commas between the cells.
    fn csv(&self) -> String {
        let shown = |cell: &Option<Cell>| match cell {
            None => String::new(),
            Some(Cell::Text(text) | Cell::Digits(text)) => text.clone(),
            Some(Cell::Number(number)) => number.to_string(),
            Some(Cell::Date(date)) => date.format("%Y/%-m/%-d").to_string(),
        };
        let quoted = |text: String| match text.contains([',', '"', '\n']) {
            true => format!("\"{}\"", text.replace('"', "\"\"")),
            false => text,
        };
        let width = self.cells.iter().map(Vec::len).max().unwrap_or(0);
        let line = |cells: &Vec<Option<Cell>>| {
            let mut texts: Vec<String> = cells.iter().map(|cell| quoted(shown(cell))).collect();
            texts.resize(width, String::new());
            format!("{}\r\n", texts.join(","))
        };
        self.cells.iter().map(line).collect()
    }
}

/// Writes a workbook.
pub(crate) fn save(path: &Path, sheets: &[(String, Grid)]) -> Result<(), Box<dyn Error>> {
    let mut book = Workbook::new();
    for (name, grid) in sheets {
        grid.write(book.add_worksheet().set_name(name)?)?;
    }
    Ok(book.save(path)?)
}

/// Writes a text file in GBK.
pub(crate) fn save_csv(path: &Path, grid: &Grid) -> Result<(), Box<dyn Error>> {
    Ok(fs::write(path, encoding_rs::GBK.encode(&grid.csv()).0)?)
}
