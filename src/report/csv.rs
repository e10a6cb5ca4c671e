//! The report's first table as CSV that Excel opens as it is: UTF-8 with BOM,
//! and nothing in it that a spreadsheet would take for a formula.

use super::cell::Cell;
use super::column::Column;
use super::format;
use super::model::Report;
use super::table::Table;
use super::visible::visible;
use crate::error::{Error, Result};

/// Renders the first table of the first sheet that has one.
pub fn render(report: &Report) -> Result<Vec<u8>> {
    let mut out = b"\xef\xbb\xbf".to_vec();
    if let Some(table) = report.sheets.iter().find_map(|sheet| sheet.tables().next()) {
        write(table, &mut out)
            .map_err(|source| Error::Io { path: "csv".into(), source: source.into() })?;
    }
    Ok(out)
}

fn write(table: &Table, out: &mut Vec<u8>) -> csv::Result<()> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut *out);
    writer.write_record(table.columns.iter().map(|column| safe(&column.label)))?;
    let total = table.total_row();
    for row in table.rows.iter().chain(total) {
        let cells = table.columns.iter().enumerate();
        writer.write_record(
            cells.map(|(at, column)| field(column, row.cells.get(at).unwrap_or(&Cell::Empty))),
        )?;
    }
    writer.flush()?;
    Ok(())
}

/// Figures are written bare (no thousands separators), texts made safe.
fn field(column: &Column, cell: &Cell) -> String {
    match cell.value() {
        Cell::Number(number) => format::plain(&column.kind, *number),
        value => {
            let text = format::text(&column.kind, value);
            // A spreadsheet makes numbers of digits, and the number it makes
            // of a long or zero-led id is another one. A tab before it, as
            // shop platforms write theirs, keeps it text.
            if would_be_damaged(&text) { format!("\t{text}") } else { safe(&text) }
        }
    }
}

/// Puts an apostrophe before what a spreadsheet would execute.
fn safe(text: &str) -> String {
    let shown = visible(text);
    let number_or_dash = shown.chars().all(|char| matches!(char, '-' | '.' | ',' | '0'..='9'));
    // Some programs look past the spaces in front.
    let signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    if shown.trim_start().starts_with(signs) && !number_or_dash {
        format!("'{shown}")
    } else {
        shown.into_owned()
    }
}

fn would_be_damaged(text: &str) -> bool {
    text.len() > 1
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text.len() > 11 || text.starts_with('0'))
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::lang::Lang;
    use crate::report::{Row, Sheet};

    #[test]
    fn figures_are_bare_and_texts_cannot_run() {
        let mut table = Table::new([
            Column::id("no", "单号"),
            Column::text("item", "品名"),
            Column::money("amount", "金额").sum(),
        ])
        .total("合计");
        let amount: Decimal = "-1234.5".parse().unwrap();
        table.push(Row::new(["00123".into(), "=cmd|'/c calc'!A0".into(), amount.into()]));
        table.push(Row::new(["HJ-1".into(), "-".into(), amount.into()]));
        let mut report = Report::new("x", "x", Lang::Hans);
        report.sheets.push(Sheet::new("x", "x").table(table));
        let text = String::from_utf8(render(&report).unwrap()).unwrap();
        assert_eq!(
            text,
            "\u{feff}单号,品名,金额\r\n\t00123,'=cmd|'/c calc'!A0,-1234.50\r\n\
             HJ-1,-,-1234.50\r\n合计,,-2469.00\r\n"
        );
    }
}
