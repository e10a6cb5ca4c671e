//! Writes a grid as a real `.xls` workbook: BIFF8 records in an OLE2 stream.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::prelude::ToPrimitive;

use super::grid::{Grid, Look, Value};
use super::ole;

/// Records may be no longer; tables that are go on in a CONTINUE record.
const LONGEST: usize = 8224;

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const CODEPAGE: u16 = 0x0042;
const WINDOW1: u16 = 0x003D;
const WINDOW2: u16 = 0x023E;
const FONT: u16 = 0x0031;
const XF: u16 = 0x00E0;
const STYLE: u16 = 0x0293;
const BOUNDSHEET: u16 = 0x0085;
const SST: u16 = 0x00FC;
const CONTINUE: u16 = 0x003C;
const DEFAULTROWHEIGHT: u16 = 0x0225;
const COLINFO: u16 = 0x007D;
const DIMENSIONS: u16 = 0x0200;
const LABELSST: u16 = 0x00FD;
const NUMBER: u16 = 0x0203;
const MERGEDCELLS: u16 = 0x00E5;

/// The first cell format: fifteen style formats and the default come before.
const FIRST_LOOK: u16 = 16;
/// Every look, its font and its built-in number format.
const LOOKS: [(Look, u16, u16); 6] = [
    (Look::Plain, 0, 0),
    (Look::Title, 1, 0),
    (Look::Header, 1, 0),
    (Look::Money, 0, 4),
    (Look::Date, 0, 14),
    (Look::Total, 1, 4),
];

/// Returns a workbook with this one sheet.
pub(super) fn workbook(grid: &Grid) -> Vec<u8> {
    let strings = strings(grid);
    let sheet = sheet(grid, &strings);
    // The place of the sheet is known once the globals' length is.
    let start = globals(grid, &strings, 0).len();
    let mut stream = globals(grid, &strings, start as u32);
    stream.extend(sheet);
    ole::container(stream)
}

/// Returns every text of the sheet with its number, in order.
fn strings(grid: &Grid) -> BTreeMap<&str, u32> {
    let mut strings = BTreeMap::new();
    for (value, _) in grid.cells.values() {
        if let Value::Text(text) = value {
            strings.insert(text.as_str(), 0);
        }
    }
    for (at, number) in strings.values_mut().enumerate() {
        *number = at as u32;
    }
    strings
}

fn globals(grid: &Grid, strings: &BTreeMap<&str, u32>, start: u32) -> Vec<u8> {
    let mut out = Vec::new();
    begin(&mut out, 0x0005);
    record(&mut out, CODEPAGE, &1200_u16.to_le_bytes());
    record(&mut out, WINDOW1, &words(&[0, 0, 0x4000, 0x2000, 0x0038, 0, 0, 1, 600]));
    // The record of font 4 is missing in every file: four here are 0 to 3.
    for bold in [false, true, false, false] {
        font(&mut out, bold);
    }
    for _ in 0..15 {
        record(&mut out, XF, &format(0, 0, 0xFFF5));
    }
    record(&mut out, XF, &format(0, 0, 0x0001));
    for (_, font, number) in LOOKS {
        record(&mut out, XF, &format(font, number, 0x0001));
    }
    record(&mut out, STYLE, &[0x00, 0x80, 0x00, 0xFF]);
    let mut bound = start.to_le_bytes().to_vec();
    bound.extend([0, 0, grid.name.encode_utf16().count() as u8]);
    bound.extend(characters(&grid.name));
    record(&mut out, BOUNDSHEET, &bound);
    shared_strings(&mut out, strings);
    record(&mut out, EOF, &[]);
    out
}

/// Texts begin anew in a CONTINUE record where the next would not fit.
fn shared_strings(out: &mut Vec<u8>, strings: &BTreeMap<&str, u32>) {
    let count = (strings.len() as u32).to_le_bytes();
    let mut body = [count, count].concat();
    let mut id = SST;
    for text in strings.keys() {
        let mut piece = (text.encode_utf16().count() as u16).to_le_bytes().to_vec();
        piece.extend(characters(text));
        if body.len() + piece.len() > LONGEST {
            record(out, id, &body);
            body.clear();
            id = CONTINUE;
        }
        body.extend(piece);
    }
    record(out, id, &body);
}

fn sheet(grid: &Grid, strings: &BTreeMap<&str, u32>) -> Vec<u8> {
    let mut out = Vec::new();
    begin(&mut out, 0x0010);
    record(&mut out, DEFAULTROWHEIGHT, &words(&[0, 300]));
    for (col, width) in grid.widths.iter().enumerate() {
        let col = col as u16;
        record(&mut out, COLINFO, &words(&[col, col, (width * 256.0) as u16, 15, 0, 0]));
    }
    let rows = grid.cells.keys().map(|(row, _)| row + 1).max().unwrap_or(0);
    let cols = grid.cells.keys().map(|(_, col)| col + 1).max().unwrap_or(0);
    let mut size = [0_u32.to_le_bytes(), rows.to_le_bytes()].concat();
    size.extend(words(&[0, cols, 0]));
    record(&mut out, DIMENSIONS, &size);
    for ((row, col), (value, look)) in &grid.cells {
        let look = LOOKS.iter().position(|(known, ..)| known == look).unwrap_or(0) as u16;
        let mut cell = words(&[*row as u16, *col, FIRST_LOOK + look]);
        let number = match value {
            Value::Text(text) => {
                cell.extend(strings[text.as_str()].to_le_bytes());
                record(&mut out, LABELSST, &cell);
                continue;
            }
            Value::Number(number) | Value::Formula(_, number) => number.to_f64().unwrap_or(0.0),
            Value::Date(date) => serial(*date),
        };
        cell.extend(number.to_le_bytes());
        record(&mut out, NUMBER, &cell);
    }
    record(&mut out, WINDOW2, &words(&[0x06B6, 0, 0, 0x0040, 0, 0, 0, 0, 0]));
    let mut merges = (grid.merges.len() as u16).to_le_bytes().to_vec();
    for (first_row, first_col, last_row, last_col) in &grid.merges {
        merges.extend(words(&[*first_row as u16, *last_row as u16, *first_col, *last_col]));
    }
    record(&mut out, MERGEDCELLS, &merges);
    record(&mut out, EOF, &[]);
    out
}

fn begin(out: &mut Vec<u8>, kind: u16) {
    let mut body = words(&[0x0600, kind, 0x0DBB, 0x07CC]);
    body.extend([0x41, 0, 0, 0, 6, 0, 0, 0]);
    record(out, BOF, &body);
}

fn font(out: &mut Vec<u8>, bold: bool) {
    const NAME: &str = "宋体";
    let mut body = words(&[220, 0, 0x7FFF, if bold { 700 } else { 400 }, 0]);
    body.extend([0, 0, 134, 0, NAME.encode_utf16().count() as u8]);
    body.extend(characters(NAME));
    record(out, FONT, &body);
}

fn format(font: u16, number: u16, kind: u16) -> Vec<u8> {
    let mut body = words(&[font, number, kind]);
    body.extend([0x20, 0, 0, 0xF8]);
    body.extend([0; 8]);
    body.extend(0x20C0_u16.to_le_bytes());
    body
}

/// A text's mark for two bytes a character, and its characters.
fn characters(text: &str) -> Vec<u8> {
    let mut body = vec![1];
    body.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    body
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn record(out: &mut Vec<u8>, id: u16, body: &[u8]) {
    assert!(body.len() <= LONGEST, "record {id:#06x} is too long");
    out.extend(id.to_le_bytes());
    out.extend((body.len() as u16).to_le_bytes());
    out.extend(body);
}

/// Days since the last day of 1899, as Excel counts after February 1900.
fn serial(date: NaiveDate) -> f64 {
    let start = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default();
    (date - start).num_days() as f64
}
