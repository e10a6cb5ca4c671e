//! Goods receipts with a column a day: what came of an item on each.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::ReceiptLine;
use super::money::product;
use super::reader::RowReader;
use crate::input::table::{Column, Table};
use crate::input::values::DateHints;

/// The columns of a register that has one for every day of the month.
#[derive(Debug, Default)]
pub(super) struct DayColumns<'t> {
    columns: Vec<(&'t Column, NaiveDate)>,
}

impl<'t> DayColumns<'t> {
    /// Finds the days of `table`; none if its rows have dates of their own, or
    /// nothing tells the month.
    pub(super) fn of(table: &'t Table, reader: &RowReader<'_>, hints: DateHints) -> Self {
        let period = hints.period.filter(|period| period.first.month() == period.last.month());
        let Some(period) = period.filter(|_| !reader.has("receipt_date")) else {
            return Self::default();
        };
        let day = |column: &'t Column| {
            let text = column.header.trim_end_matches(['日', '号', '號']);
            let day = text.rsplit('月').next()?.trim().parse().ok()?;
            Some((column, period.first.with_day(day)?))
        };
        let columns = table.columns.iter().filter(|column| column.field == Some("day_in"));
        Self { columns: columns.filter_map(day).collect() }
    }

    /// Splits a row into what came on each day. A row whose days do not make
    /// up its amount stays whole: then they are not what it says.
    pub(super) fn split(
        &self,
        table: &Table,
        reader: &RowReader<'_>,
        row: ReceiptLine,
    ) -> Vec<ReceiptLine> {
        let Some(price) = row.unit_price.filter(|_| !self.columns.is_empty()) else {
            return vec![row];
        };
        let lines = self.columns.iter().filter_map(|(column, date)| {
            let quantity = reader.peek_at(reader.row(), column.col)?;
            let amount = product(quantity, price).filter(|amount| !amount.is_zero())?;
            Some(ReceiptLine {
                date: Some(*date),
                quantity: Some(quantity),
                amount,
                at: table.at(reader.row(), column.col),
                ..row.clone()
            })
        });
        let lines: Vec<ReceiptLine> = lines.collect();
        let sum = lines.iter().fold(Decimal::ZERO, |sum, line| sum.saturating_add(line.amount));
        let off = sum.saturating_sub(row.amount).abs();
        let rounding = Decimal::new(1, 2);
        let rounded = rounding.saturating_mul(Decimal::from(lines.len()));
        if lines.is_empty() || off > rounded { vec![row] } else { lines }
    }
}
