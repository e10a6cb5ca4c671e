//! Dates whose month and day stand in columns of their own, the year over
//! them.

use std::sync::Arc;

use chrono::Datelike;

use super::{Fields, RowReader};
use crate::input::sheet::Value;
use crate::input::table::Column;
use crate::input::values::date::{DateHints, dates};
use crate::input::values::text::words;

impl RowReader<'_> {
    /// Month and day in columns of their own (or a day of the paper's month)
    /// give the first date of the kind, if it has no column.
    pub(super) fn read_split_dates(&mut self, fields: Fields, hints: DateHints) {
        let Some(&field) = fields.dates.first() else { return };
        let of_period = hints.period.filter(|period| period.first.month() == period.last.month());
        let mut month = of_period.map(|period| Arc::from(period.first.month().to_string()));
        if self.has(field) || !self.has("day") {
            return;
        }
        let whole = self.values("day").any(|value| is_whole_day(&value));
        if !whole && !self.has("month") && month.is_none() {
            return;
        }
        let year = self.column("month").and_then(year_above);
        let cells: Vec<Value> = self
            .values("month")
            .zip(self.values("day"))
            .map(|(month_cell, day_cell)| {
                if is_whole_day(&day_cell) {
                    return day_cell;
                }
                month = words(&month_cell).or_else(|| month.clone());
                match (&month, words(&day_cell)) {
                    (Some(month), Some(day)) => {
                        let month = month.trim_end_matches('月');
                        let day = day.trim_end_matches(['日', '号']);
                        let year = year.map(|year| format!("{year}年")).unwrap_or_default();
                        Value::Text(format!("{year}{month}月{day}日").into())
                    }
                    _ => Value::Empty,
                }
            })
            .collect();
        self.dates.insert(field, dates(&cells, hints));
        if let Some(day) = self.column("day") {
            self.columns.insert(field, day);
        }
    }
}

/// Whether a cell under 日 or `Day` says more than a day of the month.
fn is_whole_day(value: &Value) -> bool {
    match value {
        Value::Date(_) => true,
        Value::Text(text) => {
            let day = text.trim().trim_end_matches(['日', '号']);
            day.len() > 2 && day.bytes().any(|byte| byte.is_ascii_digit())
        }
        _ => false,
    }
}

/// Returns the year that stands over a column of months (2026年 over 月).
fn year_above(column: &Column) -> Option<u32> {
    let mut years = column.parts.iter().filter_map(|part| {
        let (digits, rest) = part.trim().split_at_checked(4)?;
        rest.trim_start().starts_with('年').then(|| digits.parse().ok())?
    });
    years.next()
}
