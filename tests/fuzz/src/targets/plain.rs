//! Texts: files of delimited records and of markup, single values, settings.

use std::path::Path;
use std::sync::Arc;

use gendan::input::guard::Limits;
use gendan::input::sheet::{Cell, NumberFormat, Value};
use gendan::input::values::decimal::decimal_text;
use gendan::input::values::edges::{edges, length_unit};
use gendan::input::values::text::{shown, words};
use gendan::input::values::{DateHints, Parsed, RateKind, dates, decimal, id, ids, rates};
use gendan::input::workbook::{Options, open_bytes};
use gendan::lang::Lang;
use gendan::settings;

use super::book;
use super::bytes::Bytes;

/// A file that is a text, and the same cells written as plain records again.
pub(super) fn text(data: &[u8]) {
    let book = book::open(data, "a.csv");
    if let [sheet] = book.sheets.as_slice()
        && sheet.id.sheet.is_none()
        && sheet.rows.len() < 50
    {
        let rows: Vec<Vec<&str>> = sheet
            .rows
            .iter()
            .map(|row| row.cells.iter().filter_map(Cell::text).collect())
            .collect();
        written_and_read(&rows);
    }
    book::locate(book);
}

/// Whatever the texts of a table are, they are read as they were written.
fn written_and_read(rows: &[Vec<&str>]) {
    let wide = rows.iter().map(Vec::len).max().unwrap_or_default();
    // What is strewn with control characters is refused as no text at all.
    let strewn = |c: char| c.is_control() && !c.is_whitespace();
    if wide < 2 || rows.len() < 2 || rows.iter().flatten().any(|text| text.contains(strewn)) {
        return;
    }
    // A head that leaves no doubt about what separates the fields.
    let mut written = format!("{}\r\n", vec!["列"; wide].join(","));
    for row in rows {
        let field = |at: usize| format!("\"{}\"", row.get(at).unwrap_or(&"-").replace('"', "\"\""));
        written += &((0..wide).map(field).collect::<Vec<_>>().join(",") + "\r\n");
    }
    let limits = Limits::default();
    let book = open_bytes(
        written.as_bytes(),
        "b.csv",
        &Options { encoding: Some("utf-8".into()), limits, ..Options::default() },
    );
    let read = book.sheets.first().map(|sheet| &sheet.rows[1..]).unwrap_or_default();
    for (row, wanted) in read.iter().zip(rows) {
        assert_eq!(row.cells.len(), wide, "{written}");
        for (cell, wanted) in row.cells.iter().zip(wanted) {
            let plain = !wanted.trim().starts_with(['\'', '=']);
            assert!(!plain || cell.text() == Some(wanted), "{cell:?} was {wanted:?}");
        }
    }
    assert_eq!(read.len(), rows.len(), "{written}");
}

/// One text as every kind of value, and a column of its lines.
pub(super) fn values(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let column: Vec<Value> =
        text.split('\n').take(200).map(|line| Value::Text(Arc::from(line))).collect();
    for value in &column {
        if let Parsed::Value(number) = decimal(value) {
            let again = decimal_text(&number.value.to_string());
            assert_eq!(again.value().map(|again| again.value), Some(number.value), "{value:?}");
        }
        id(value);
        ids(value);
        words(value);
        shown(value);
        let line = value_text(value);
        edges(line, length_unit(line));
        edges(line, None);
    }
    for text_file in [false, true] {
        let found = dates(&column, DateHints { period: None, near: None, text_file });
        assert_eq!(found.len(), column.len());
    }
    let formats = [NumberFormat::General, NumberFormat::Percent];
    for kind in [RateKind::Share, RateKind::Tax(&[])] {
        let cells = column.iter().enumerate().map(|(nth, value)| (value, formats[nth % 2]));
        assert_eq!(rates(cells, kind).len(), column.len());
    }
}

fn value_text(value: &Value) -> &str {
    match value {
        Value::Text(text) => text,
        _ => "",
    }
}

/// A `gendan.toml`; what it says can be drafted and read again.
pub(super) fn settings(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let lang = bytes.one(&Lang::ALL);
    let path = Path::new("gendan.toml");
    let Ok(settings) = settings::parse(path, &bytes.text(usize::MAX)) else { return };
    let drafted = settings::draft(&settings, lang);
    if let Err(error) = settings::parse(path, &drafted) {
        panic!("{}\n{drafted}", error.message(Lang::En));
    }
}
