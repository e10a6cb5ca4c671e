//! Cells as they are compared: figures as figures, days as days, everything
//! else as folded text.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::input::sheet::Value;
use crate::input::table::{Role, Table};
use crate::input::values::date::Day;
use crate::input::values::text::words;
use crate::input::values::{Bad, DateHints, Id, Odd, Parsed, dates, decimal, id, mark_damaged};
use crate::location::Location;
use crate::period::Period;
use crate::text::fold;

/// One side's table, by body rows.
#[derive(Debug)]
pub(super) struct Grid<'t> {
    pub(super) table: &'t Table,
    pub(super) rows: Vec<u32>,
}

impl<'t> Grid<'t> {
    /// Takes the body rows of a table.
    pub(super) fn of(table: &'t Table) -> Self {
        Self { table, rows: table.rows_of(Role::Body).collect() }
    }

    /// Returns the value of a row (by position) in a column.
    pub(super) fn value(&self, row: usize, col: u16) -> Value {
        self.table.cell(self.rows[row], col).map_or(Value::Empty, |cell| cell.value())
    }

    /// Returns the place of a row's cell.
    pub(super) fn at(&self, row: usize, col: u16) -> Location {
        self.table.at(self.rows[row], col)
    }

    /// Returns a cell as a figure.
    pub(super) fn number(&self, row: usize, col: u16) -> Option<Decimal> {
        number(&self.value(row, col))
    }

    /// Returns a whole column as days. Where it does not say by itself whether
    /// the day or the month comes first (01/10/2026), the other side's days do.
    pub(super) fn days(&self, col: u16, other: (&Grid<'_>, u16)) -> Vec<Option<NaiveDate>> {
        let mut read = self.read_days(col, None);
        if read.iter().any(is_open) {
            let sure = other.0.read_days(other.1, None);
            let sure = sure.into_iter().filter(|day| !is_open(day));
            let days: Vec<NaiveDate> =
                sure.filter_map(|day| day.value().map(|day| day.value)).collect();
            if let Some((&first, &last)) = days.iter().min().zip(days.iter().max()) {
                read = self.read_days(col, Some(Period { first, last }));
            }
        }
        read.into_iter().map(|day| day.value().map(|day| day.value)).collect()
    }

    fn read_days(&self, col: u16, period: Option<Period>) -> Vec<Parsed<Day>> {
        let cells = (0..self.rows.len()).map(|row| self.value(row, col));
        let text_file = self.table.sheet.id.sheet.is_none();
        dates(cells, DateHints { text_file, period, ..DateHints::default() })
    }

    /// Returns a whole column as ids; those that lost digits are marked.
    pub(super) fn ids(&self, col: u16) -> Vec<Option<Id>> {
        let read: Vec<Option<Id>> =
            (0..self.rows.len()).map(|row| id(&self.value(row, col)).value()).collect();
        let mut whole: Vec<Id> = read.iter().flatten().cloned().collect();
        mark_damaged(&mut whole);
        let mut marked = whole.into_iter();
        read.into_iter().map(|id| id.and_then(|_| marked.next())).collect()
    }
}

/// Whether day and month of a date could stand for each other.
fn is_open(day: &Parsed<Day>) -> bool {
    match day {
        Parsed::Value(day) => day.odds.has(Odd::OrderDecided),
        Parsed::Bad(bad) => matches!(bad, Bad::TwoDays(..)),
        Parsed::Blank(_) => false,
    }
}

/// Returns a value as a figure, unless a unit or a leading zero says that it
/// is more than that.
pub(super) fn number(value: &Value) -> Option<Decimal> {
    if let Value::Text(text) = value {
        let digits = text.trim().trim_start_matches(['-', '+']);
        let padded = digits.len() > 1
            && digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        if padded {
            return None;
        }
    }
    match decimal(value) {
        Parsed::Value(number) if number.unit.is_none() => Some(number.value.normalize()),
        _ => None,
    }
}

/// Returns a key's part without what people write differently: width, case,
/// white space, signs, leading zeros.
pub(super) fn plain(part: &str) -> String {
    let plain: String = fold(part).chars().filter(|c| c.is_alphanumeric()).collect();
    let short = plain.trim_start_matches('0');
    if short.is_empty() { plain } else { short.to_owned() }
}

/// Returns what a person reads in a cell.
pub(super) fn shown(value: &Value) -> Arc<str> {
    words(value).unwrap_or_else(|| Arc::from(""))
}

/// Returns a value as text is compared: empty cells and words for nothing are
/// the same.
pub(super) fn folded(value: &Value) -> String {
    words(value).map(|text| fold(&text)).unwrap_or_default()
}
