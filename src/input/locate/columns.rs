//! The columns of a table: the names that its header rows give them, and what
//! the names say.

use super::grid::{Line, Region, last_col, last_row};
use super::header::{Says, is_sign, row_says};
use super::series::in_series;
use super::words::words;
use crate::input::sheet::{Cell, Held};
use crate::input::table::Column;
use crate::text::{fold, header_key};

/// What a column is to sums and to fill-down, by its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Class {
    /// The header does not tell.
    #[default]
    Unknown,
    /// What one piece costs, weighs, takes: no sum of it means anything.
    Single,
    /// A share, a rate, a number of days.
    Rate,
    /// Counts the lines.
    Serial,
    /// A balance that runs on, or stands for each line.
    Balance,
    /// Free text beside the line.
    Remark,
    /// Weight, volume: summed plainly or by carton.
    Measured,
    /// Money or a quantity: its sum means something.
    Additive,
}

/// Returns what a column is by its header.
pub(super) fn class(column: &Column) -> Class {
    let Some(last) = column.parts.last() else { return Class::Unknown };
    let unit = column.unit.as_deref().unwrap_or_default();
    let (own, whole) = (fold(last), fold(&format!("{}{unit}", column.header)));
    let words = &words().column;
    let own = own.trim_end_matches(['.', ':']);
    let names_remark = words.remark.is_in(own) && !words.document.is_in(own);
    if words.remark.has(own) || (names_remark && !words.additive.is_in(own)) {
        Class::Remark
    } else if words.serial.has(own) {
        Class::Serial
    } else if words.single.is_in(&whole) {
        Class::Single
    } else if words.rate.is_in(&whole) {
        Class::Rate
    } else if words.balance.is_in(own) {
        Class::Balance
    } else if words.measured.is_in(&whole) {
        Class::Measured
    } else if words.additive.is_in(&whole) || is_money(unit) {
        Class::Additive
    } else {
        Class::Unknown
    }
}

/// Whether a unit is one of money.
fn is_money(unit: &str) -> bool {
    matches!(
        fold(unit).as_str(),
        "元" | "¥" | "rmb" | "cny" | "usd" | "us$" | "$" | "hkd" | "万元" | "美元"
    )
}

/// Names the columns in `cols` by the header lines.
pub(super) fn named(region: &Region<'_>, header: &[Line<'_>], cols: &[u16]) -> Vec<Column> {
    let mut columns: Vec<Column> = cols
        .iter()
        .map(|&col| Column {
            col,
            hidden: region.sheet.hidden_columns.binary_search(&col).is_ok(),
            ..Column::default()
        })
        .collect();
    for (at, line) in header.iter().enumerate() {
        let says = if at == 0 { Says::Names } else { row_says(*line) };
        if says == Says::Marks {
            continue;
        }
        let below = &header[at + 1..];
        for (cell, last) in spread(region, *line, below) {
            let from = columns.partition_point(|column| column.col < cell.col);
            let covered = columns[from..].iter_mut().take_while(|column| column.col <= last);
            for column in covered {
                match says {
                    Says::Units => column.unit = Some(bare_unit(&shown(cell))),
                    // A sign below a name says nothing of its own.
                    _ if at > 0 && cell.head().is_some_and(is_sign) => {}
                    _ => add_part(column, cell),
                }
            }
        }
    }
    for column in &mut columns {
        column.header = column.parts.join("/");
    }
    columns
}

/// Returns the cells of a header line with the last column each one names.
fn spread<'a>(region: &Region<'a>, line: Line<'a>, below: &[Line<'a>]) -> Vec<(Cell<'a>, u16)> {
    let cells: Vec<Cell<'_>> = line.filled().collect();
    let merged = cells.iter().any(|cell| last_col(region.sheet, line.row, *cell) > cell.col);
    let below = below.iter().find(|line| row_says(**line) == Says::Names);
    let ends = cells.iter().enumerate().map(|(at, cell)| {
        let tall = last_row(region.sheet, line.row, *cell) > line.row;
        let last = last_col(region.sheet, line.row, *cell);
        if merged || tall || last > cell.col {
            return last;
        }
        // Text files have no merges: a group reaches as far as names stand
        // below it and nothing beside it; over sizes or months, as far as they.
        let Some(below) = below else { return last };
        let end = cells.get(at + 1).map_or(u16::MAX, |next| next.col);
        let mut last = cell.col;
        while last + 1 < end && below.cell(last).is_some() && below.cell(last + 1).is_some() {
            last += 1;
        }
        let members: Vec<Cell<'_>> = (cell.col..=last).filter_map(|col| below.cell(col)).collect();
        let series = in_series(&members).iter().take_while(|member| **member).count();
        if series > 1 { cell.col + u16::try_from(series - 1).unwrap_or(0) } else { last }
    });
    cells.iter().copied().zip(ends).collect()
}

/// Adds what a header cell says to a column's name.
fn add_part(column: &mut Column, cell: Cell<'_>) {
    let text = shown(cell);
    let key = header_key(&text);
    let (name, unit) = without_unit(&text, key.unit);
    if column.parts.last() != Some(&name) && !name.is_empty() {
        column.parts.push(name);
    }
    if unit.is_some() {
        column.unit = unit;
    }
}

/// Splits the unit in brackets off a name; a unit behind the name without
/// brackets stays in it.
fn without_unit(name: &str, unit: Option<String>) -> (String, Option<String>) {
    let Some(unit) = unit else { return (name.to_owned(), None) };
    let mut rest = String::with_capacity(name.len());
    let mut inner = String::new();
    let mut open = None;
    for c in name.chars() {
        match (c, open) {
            ('(' | '（' | '[' | '【', None) => open = Some(c),
            (')' | '）' | ']' | '】', Some(bracket)) => {
                let is_unit = header_key(&format!("x({inner})")).unit.is_some();
                if !is_unit {
                    rest.push(bracket);
                    rest.push_str(&inner);
                    rest.push(c);
                }
                inner.clear();
                open = None;
            }
            (_, Some(_)) => inner.push(c),
            (_, None) => rest.push(c),
        }
    }
    if let Some(bracket) = open
        && header_key(&format!("x({inner})")).unit.is_none()
    {
        rest.push(bracket);
        rest.push_str(&inner);
    }
    let rest = rest.trim();
    let name = if rest.is_empty() { name } else { rest };
    (name.to_owned(), Some(unit))
}

/// Returns a unit without its brackets.
fn bare_unit(text: &str) -> String {
    text.trim_matches(['(', ')', '（', '）', '[', ']', '/', ' ']).to_owned()
}

/// Returns the text of a header cell as a person reads it: line breaks and
/// padding gone, marks of forms and of text cells (`*`, `'`) too.
pub(super) fn shown(cell: Cell<'_>) -> String {
    match cell.held() {
        Held::Text(text) => {
            let marks = |c: char| {
                c.is_whitespace()
                    || matches!(c, '\'' | '"' | '*' | '＊' | '’' | '‘' | '“' | '”' | '`')
            };
            without_padding(text.trim_matches(marks))
        }
        value => value_text(value),
    }
}

/// Returns a value as text.
pub(super) fn value_text(value: Held<'_>) -> String {
    match value {
        Held::Empty => String::new(),
        Held::Text(text) => text.trim().to_owned(),
        Held::Number(number) => number.normalize().to_string(),
        Held::LongNumber(text) | Held::Error(text) => text.to_string(),
        Held::Date(day) if day.time() == chrono::NaiveTime::MIN => day.date().to_string(),
        Held::Date(day) => day.to_string(),
        Held::Bool(yes) => if yes { "TRUE" } else { "FALSE" }.to_owned(),
    }
}

/// Takes the white space between Chinese characters out, and makes any other
/// a single space.
fn without_padding(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        if gap && out.chars().last().is_some_and(|last| last.is_ascii() || c.is_ascii()) {
            let brackets = |c: char| matches!(c, '(' | ')' | '（' | '）' | '/');
            if !brackets(c) && !out.ends_with(brackets) {
                out.push(' ');
            }
        }
        gap = false;
        out.push(c);
    }
    out
}
