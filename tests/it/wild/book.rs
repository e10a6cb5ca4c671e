//! Writes a layout as the file it describes.

use std::error::Error;
use std::fs;
use std::path::Path;

use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook};

use super::layout::{Cell, Layout};

/// Writes the file into `dir`.
pub(super) fn write(layout: &Layout, dir: &Path) -> Result<(), Box<dyn Error>> {
    let path = dir.join(&layout.file);
    if layout.sheet.is_none() {
        return Ok(fs::write(path, text(layout))?);
    }
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(layout.sheet.as_deref().unwrap_or("Sheet1"))?;
    let plain = Format::new();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let header = Format::new()
        .set_bold()
        .set_background_color("D9E1F2")
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::Center);
    let is_header = |row: u32| layout.table.iter().any(|table| table.header_rows.contains(&row));
    for merge in &layout.merges {
        let (first, last) = area(merge).ok_or("not an area")?;
        sheet.merge_range(first.0, first.1, last.0, last.1, "", &plain)?;
    }
    for (row, cells) in (0_u32..).zip(layout.rows()) {
        let format = if layout.styled && is_header(row + 1) { &header } else { &plain };
        for (col, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => {
                    sheet.write_with_format(row, col, text, format)?;
                }
                Cell::Number(number) => {
                    sheet.write_with_format(row, col, number, format)?;
                }
                Cell::Date(day) => {
                    let day = ExcelDateTime::parse_from_str(&day)?;
                    sheet.write_with_format(row, col, &day, &date)?;
                }
            }
        }
    }
    for row in &layout.hidden_rows {
        sheet.set_row_hidden(row - 1)?;
    }
    Ok(book.save(path)?)
}

/// The first and last cell of `A1:B2`, as row and column from 0.
fn area(text: &str) -> Option<((u32, u16), (u32, u16))> {
    use gendan::location::CellRef;
    let (first, last) = text.split_once(':')?;
    let (first, last) = (CellRef::parse(first)?, CellRef::parse(last)?);
    Some(((first.row, first.col), (last.row, last.col)))
}

fn text(layout: &Layout) -> Vec<u8> {
    let text: String = layout.grid.lines().map(|line| format!("{line}\r\n")).collect();
    match layout.encoding.as_deref() {
        Some("GBK") => encoding_rs::GBK.encode(&text).0.into_owned(),
        Some("Big5") => encoding_rs::BIG5.encode(&text).0.into_owned(),
        _ => text.into_bytes(),
    }
}
