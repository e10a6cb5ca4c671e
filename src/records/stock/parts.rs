//! Deliveries side by side: 第一批 and 第二批, each a quantity and a day.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::order::OpenOrderLine;
use crate::finding::{Finding, codes};
use crate::input::sheet::Value;
use crate::input::table::{Column, Role, Table};
use crate::input::values::DateHints;
use crate::input::values::date::dates;
use crate::kinds::{OfDelivery, delivery};
use crate::records::reader::RowReader;

/// The columns of one delivery.
#[derive(Default)]
struct Part<'t> {
    quantity: Option<&'t Column>,
    /// The day of every row that has one.
    days: FxHashMap<u32, NaiveDate>,
}

/// The columns of all deliveries, the first first.
pub(super) struct Parts<'t>(Vec<Part<'t>>);

/// One delivery of a row.
struct Delivery {
    day: Option<NaiveDate>,
    quantity: Decimal,
    at: crate::location::Location,
}

impl<'t> Parts<'t> {
    pub(super) fn of(table: &'t Table, hints: DateHints) -> Self {
        let mut parts: Vec<Part<'t>> = Vec::new();
        let fields = [Some("part_qty"), Some("part_date")];
        for column in table.columns.iter().filter(|column| fields.contains(&column.field)) {
            let Some((nth, says)) = delivery(&written(column)) else { continue };
            parts.resize_with(parts.len().max(nth + 1), Part::default);
            match says {
                OfDelivery::Quantity => parts[nth].quantity = Some(column),
                OfDelivery::Day => parts[nth].days = days(table, column, hints),
            }
        }
        Self(parts)
    }

    /// Takes a line apart into its deliveries; what has come comes off the
    /// first. What they leave of the order has no day of its own.
    pub(super) fn apart(
        &self,
        reader: &mut RowReader<'_>,
        mut line: OpenOrderLine,
        stated: bool,
    ) -> Vec<OpenOrderLine> {
        let deliveries = self.read(reader);
        if deliveries.is_empty() {
            return vec![line];
        }
        let sum =
            deliveries.iter().fold(Decimal::ZERO, |sum, one| sum.saturating_add(one.quantity));
        let ordered = line.ordered.unwrap_or(sum);
        if ordered != sum {
            reader.find(mismatch(&line, ordered, sum));
        }
        if line.ordered.is_none() && !stated {
            line.open = (sum - line.received.unwrap_or_default()).max(Decimal::ZERO);
        }
        // What is not open any more came with the first deliveries.
        let mut came = (ordered - line.open).max(Decimal::ZERO);
        let mut left = line.open;
        let mut lines = Vec::new();
        for one in deliveries {
            let gone = came.min(one.quantity);
            came -= gone;
            let open = (one.quantity - gone).min(left);
            left -= open;
            if open > Decimal::ZERO {
                let promised = one.day;
                lines.push(OpenOrderLine { open, promised, at: one.at, ..line.clone() });
            }
        }
        if left > Decimal::ZERO || lines.is_empty() {
            lines.push(OpenOrderLine { open: left, ..line });
        }
        lines
    }

    fn read(&self, reader: &mut RowReader<'_>) -> Vec<Delivery> {
        let row = reader.row();
        let mut deliveries = Vec::new();
        for part in &self.0 {
            let figure = part.quantity.and_then(|column| reader.decimal_of(column));
            let Some(figure) = figure.filter(|figure| figure.value > Decimal::ZERO) else {
                continue;
            };
            let day = part.days.get(&row).copied();
            deliveries.push(Delivery { day, quantity: figure.value, at: figure.at });
        }
        deliveries
    }
}

fn mismatch(line: &OpenOrderLine, ordered: Decimal, sum: Decimal) -> Finding {
    let item = line.item.code.as_deref().or(line.item.name.as_deref()).unwrap_or_default();
    Finding::of(codes::TOTAL_MISMATCH)
        .at(line.at.clone())
        .with("label", item)
        .with("found", ordered.normalize())
        .with("expected", sum.normalize())
        .with("difference", ordered.saturating_sub(sum).normalize())
}

/// Returns the parts of a column's header, from the top down.
fn written(column: &Column) -> Vec<&str> {
    match column.parts.is_empty() {
        true => vec![&column.header],
        false => column.parts.iter().map(String::as_str).collect(),
    }
}

fn days(table: &Table, column: &Column, hints: DateHints) -> FxHashMap<u32, NaiveDate> {
    let rows: Vec<u32> = table.rows_of(Role::Body).collect();
    let value = |row: &u32| table.cell(*row, column.col).map_or(Value::Empty, |cell| cell.value());
    let read = dates(rows.iter().map(value), hints);
    let days = rows.into_iter().zip(read);
    days.filter_map(|(row, day)| Some((row, day.value()?.value))).collect()
}
