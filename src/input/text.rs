//! Text files: delimited records in whatever encoding they come.

use std::sync::Arc;

use super::grid::Grid;
use super::guard::Budget;
use super::refusal::Refusal;
use super::sheet::{Cell, Value, Workbook};
use super::workbook::Options;
use crate::location::SheetId;

/// Reads a text file as one sheet without a name.
pub(super) fn read(
    bytes: &[u8],
    shown: &str,
    _options: &Options,
    budget: &mut Budget,
) -> Result<Workbook, Refusal> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => encoding_rs::GB18030.decode(bytes).0.into_owned(),
    };
    let delimiter = if text.contains('\t') { b'\t' } else { b',' };
    let mut grid = Grid::new(Arc::new(SheetId { path: shown.to_owned(), sheet: None }));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    for record in reader.records() {
        let record = record.map_err(Refusal::damaged)?;
        let line = record.position().map_or(1, csv::Position::line);
        grid.row(u32::try_from(line - 1).unwrap_or(u32::MAX), false);
        for (col, text) in record.iter().enumerate() {
            if text.trim().is_empty() {
                continue;
            }
            budget.text(text.len())?;
            let col = u16::try_from(col).map_err(|_| Refusal::damaged("columns"))?;
            grid.cell(
                Cell { value: Value::Text(Arc::from(text)), col, ..Cell::default() },
                budget,
            )?;
        }
    }
    let path = shown.to_owned();
    Ok(Workbook { path, sheets: vec![grid.finish()], findings: Vec::new() })
}
