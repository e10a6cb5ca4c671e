//! Cells of tables for people: typed values, places, live formulas.

use std::borrow::Cow;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::finding::Severity;
use crate::location::Location;

/// How much a word asks of the reader; shown as a colour beside the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Tone {
    /// Nothing to say.
    #[default]
    Plain,
    /// In order.
    Good,
    /// Worth knowing.
    Info,
    /// Somebody should look.
    Warning,
    /// Wrong.
    Bad,
}

impl From<Severity> for Tone {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Info => Tone::Info,
            Severity::Warning => Tone::Warning,
            Severity::Error => Tone::Bad,
        }
    }
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text, verbatim; never becomes a formula or a link.
    Text(String),
    /// A number, shown as its column's kind says.
    Number(Decimal),
    /// A day.
    Date(NaiveDate),
    /// A word with a tone.
    Word(Tone, String),
    /// Places; the first is linked.
    Places(Vec<Location>),
    /// A live formula.
    Calc(Box<Calc>),
}

/// A live formula and the value gendan has for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Calc {
    /// The formula, with references by name (see [`Cell::calc`]).
    pub formula: Cow<'static, str>,
    /// What it gives: a number, or a word.
    pub value: Cell,
}

impl Cell {
    /// Makes a live formula with its value.
    ///
    /// References stand in braces: `{amount}` is the cell of column `amount`
    /// in this row, `{amount@above}` the one above, `{amount@3}` that of body
    /// row 3 (from 0), `{amount@3:8}` those of rows 3 to 8, `{amount@all}` all
    /// body rows, `{amount@total}` the total; `{lines.amount@all}` stands in
    /// the first table of the sheet whose key is `lines`, `{this.amount@all}`
    /// in the first table of the formula's own sheet. Results in columns
    /// of money and quantities are rounded to the digits of `value`, so that
    /// binary noise never shows.
    pub fn calc(formula: impl Into<Cow<'static, str>>, value: impl Into<Cell>) -> Self {
        Cell::Calc(Box::new(Calc { formula: formula.into(), value: value.into() }))
    }

    /// Makes a word with a tone.
    pub fn word(tone: Tone, word: impl Into<String>) -> Self {
        Cell::Word(tone, word.into())
    }

    /// Returns the value itself: of a formula, what it gives.
    pub fn value(&self) -> &Cell {
        match self {
            Cell::Calc(calc) => &calc.value,
            cell => cell,
        }
    }

    /// Returns the number it holds or gives.
    pub fn number(&self) -> Option<Decimal> {
        match self.value() {
            Cell::Number(number) => Some(*number),
            _ => None,
        }
    }
}

impl From<Decimal> for Cell {
    fn from(number: Decimal) -> Self {
        Cell::Number(number)
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        Cell::Number(number.into())
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Cell::Number(number.into())
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Cell::Number(number.into())
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }
}

impl From<NaiveDate> for Cell {
    fn from(date: NaiveDate) -> Self {
        Cell::Date(date)
    }
}

impl From<Location> for Cell {
    fn from(place: Location) -> Self {
        Cell::Places(vec![place])
    }
}

impl From<Vec<Location>> for Cell {
    fn from(places: Vec<Location>) -> Self {
        if places.is_empty() { Cell::Empty } else { Cell::Places(places) }
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Empty, Into::into)
    }
}
