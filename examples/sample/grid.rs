//! A sheet before it becomes a file of one format or another.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

/// What a cell holds.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Text(String),
    Number(Decimal),
    Date(NaiveDate),
    /// A formula and its result.
    Formula(String, Decimal),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}

impl From<Decimal> for Value {
    fn from(number: Decimal) -> Self {
        Value::Number(number)
    }
}

impl From<NaiveDate> for Value {
    fn from(date: NaiveDate) -> Self {
        Value::Date(date)
    }
}

/// How a cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    Plain,
    Title,
    Header,
    Money,
    Date,
    Total,
}

/// A sheet: cells by row and column, both from 0.
#[derive(Debug, Default)]
pub(super) struct Grid {
    pub name: String,
    pub cells: BTreeMap<(u32, u16), (Value, Look)>,
    /// First row and column, last row and column.
    pub merges: Vec<(u32, u16, u32, u16)>,
    pub widths: Vec<f64>,
    pub hidden_rows: Vec<u32>,
    next: u32,
}

impl Grid {
    pub(super) fn new(name: &str, widths: &[f64]) -> Self {
        Self { name: name.to_owned(), widths: widths.to_vec(), ..Self::default() }
    }

    /// Writes one cell; an empty text writes nothing.
    pub(super) fn put(&mut self, row: u32, col: u16, value: impl Into<Value>, look: Look) {
        let value = value.into();
        if !matches!(&value, Value::Text(text) if text.is_empty()) {
            self.cells.insert((row, col), (value, look));
        }
    }

    /// Writes the next row from column `col` on and returns its index.
    pub(super) fn row<const N: usize>(&mut self, col: u16, look: Look, values: [Value; N]) -> u32 {
        let row = self.skip();
        for (at, value) in values.into_iter().enumerate() {
            let look = match (&value, look) {
                (Value::Date(_), Look::Plain) => Look::Date,
                (Value::Number(_) | Value::Formula(..), Look::Plain) => Look::Money,
                _ => look,
            };
            self.put(row, col + at as u16, value, look);
        }
        row
    }

    /// Leaves the next row empty and returns its index.
    pub(super) fn skip(&mut self) -> u32 {
        self.next += 1;
        self.next - 1
    }

    /// Writes a text over several columns of the next row.
    pub(super) fn banner(&mut self, col: u16, columns: u16, text: &str, look: Look) -> u32 {
        let row = self.skip();
        self.put(row, col, text, look);
        self.merges.push((row, col, row, col + columns - 1));
        row
    }

    pub(super) fn merge(&mut self, first: (u32, u16), last: (u32, u16)) {
        self.merges.push((first.0, first.1, last.0, last.1));
    }
}
