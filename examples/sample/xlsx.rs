//! Writes grids as an `.xlsx` workbook.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, XlsxError,
};

use super::grid::{Grid, Look, Value};

/// Returns a workbook with these sheets.
pub(super) fn workbook(grids: &[Grid]) -> Vec<u8> {
    write(grids).unwrap_or_else(|error| panic!("the sample does not fit a workbook: {error}"))
}

fn write(grids: &[Grid]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The day is fixed so that the bytes are.
    let made = ExcelDateTime::from_ymd(2026, 11, 2)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let looks = looks();
    for grid in grids {
        let sheet = book.add_worksheet();
        sheet.set_name(&grid.name)?;
        for (col, width) in grid.widths.iter().enumerate() {
            sheet.set_column_width(col as u16, *width)?;
        }
        for (first_row, first_col, last_row, last_col) in &grid.merges {
            let look = grid.cells.get(&(*first_row, *first_col)).map_or(Look::Plain, |cell| cell.1);
            let format = looks[&look].clone().set_align(FormatAlign::VerticalCenter);
            sheet.merge_range(*first_row, *first_col, *last_row, *last_col, "", &format)?;
        }
        for ((row, col), (value, look)) in &grid.cells {
            let format = &looks[look];
            match value {
                Value::Text(text) => sheet.write_with_format(*row, *col, text, format)?,
                Value::Number(number) => {
                    sheet.write_with_format(*row, *col, number.to_f64().unwrap_or(0.0), format)?
                }
                Value::Date(date) => sheet.write_with_format(*row, *col, &day(*date)?, format)?,
                Value::Formula(formula, result) => {
                    let formula = Formula::new(formula).set_result(result.normalize().to_string());
                    sheet.write_with_format(*row, *col, formula, format)?
                }
            };
        }
        for row in &grid.hidden_rows {
            sheet.set_row_hidden(*row)?;
        }
    }
    book.save_to_buffer()
}

fn day(date: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    use chrono::Datelike;
    ExcelDateTime::from_ymd(date.year() as u16, date.month() as u8, date.day() as u8)
}

fn looks() -> BTreeMap<Look, Format> {
    let plain = Format::new().set_font_name("宋体").set_font_size(11);
    let boxed = plain.clone().set_border(FormatBorder::Thin);
    let center = FormatAlign::Center;
    BTreeMap::from([
        (Look::Plain, boxed.clone()),
        (Look::Title, plain.set_bold().set_font_size(14).set_align(center)),
        (Look::Header, boxed.clone().set_bold().set_align(center).set_text_wrap()),
        (Look::Money, boxed.clone().set_num_format("#,##0.00##")),
        (Look::Date, boxed.clone().set_num_format("yyyy-mm-dd")),
        (Look::Total, boxed.set_bold().set_num_format("#,##0.00")),
    ])
}
