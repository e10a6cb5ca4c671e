//! Each day's freight: what the log says of it beside what the books paid out.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Book;
use crate::engine::freight::roles::{is_freight_expense, pays_bill};
use crate::engine::freight::sides::{Sides, Source};
use crate::finding::{Finding, codes};
use crate::location::Location;
use crate::records::ExpenseLine;

/// One day's freight.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FreightDay {
    /// Parcels.
    pub parcels: usize,
    /// For the month's bill, as the log has it.
    pub monthly: Decimal,
    /// Paid on the spot, as the log has it.
    pub cash: Decimal,
    /// To be paid by the receivers.
    pub collect: Decimal,
    /// Paid out for freight that day, as the book has it.
    pub paid: Decimal,
    /// Where the books paid it.
    pub paid_at: Vec<Location>,
}

/// Adds up the days; nothing without a log.
pub(super) fn days(books: &[&Book], sides: &Sides) -> BTreeMap<NaiveDate, FreightDay> {
    let mut days: BTreeMap<NaiveDate, FreightDay> = BTreeMap::new();
    if sides.source != Source::Log {
        return days;
    }
    let billed = sides.logged.iter().map(|logged| (&logged.line, None));
    let otherwise = sides.otherwise.iter().map(|parcel| (&parcel.shipment, Some(parcel.cash)));
    for (shipment, cash) in billed.chain(otherwise) {
        let Some(date) = shipment.date else { continue };
        let day = days.entry(date).or_default();
        let freight = shipment.freight.unwrap_or_default();
        day.parcels += 1;
        match cash {
            None => day.monthly += freight,
            Some(true) => day.cash += freight,
            Some(false) => day.collect += freight,
        }
    }
    for line in books.iter().flat_map(|book| &book.records.records.lines) {
        let (Some(date), Some(amount)) = (line.date, line.amount) else { continue };
        if is_freight(line) {
            let day = days.entry(date).or_default();
            day.paid += amount;
            day.paid_at.push(line.at.clone());
        }
    }
    days
}

fn is_freight(line: &ExpenseLine) -> bool {
    let category = line.category.as_deref().unwrap_or_default();
    let description = line.description.as_deref().unwrap_or_default();
    is_freight_expense(category, description) && !pays_bill(description)
}

/// Freight that the log has as paid on the spot must be in the books, and what
/// the books paid must be in a log that says what was paid on the spot.
pub(super) fn check(days: &BTreeMap<NaiveDate, FreightDay>, sides: &Sides) -> Vec<Finding> {
    let logged = || days.iter().filter(|(_, day)| day.parcels > 0).map(|(date, _)| *date);
    let tells_cash = days.values().any(|day| !day.cash.is_zero());
    let span = logged().min().zip(logged().max()).filter(|_| tells_cash);
    let is_logged =
        |date: NaiveDate| span.is_some_and(|(first, last)| first <= date && date <= last);
    let differing = days.iter().filter(|(date, day)| is_logged(**date) && day.cash != day.paid);
    differing.map(|(date, day)| differs(*date, day, sides)).collect()
}

fn differs(date: NaiveDate, day: &FreightDay, sides: &Sides) -> Finding {
    let on_the_day =
        sides.otherwise.iter().filter(|parcel| parcel.cash && parcel.shipment.date == Some(date));
    let parcels = on_the_day.map(|parcel| parcel.shipment.at.clone());
    let mut places = parcels.chain(day.paid_at.iter().cloned());
    let mut finding = Finding::of(codes::FREIGHT_DAY_MISMATCH)
        .with("date", date)
        .with("found", day.paid)
        .with("expected", day.cash);
    finding.at = places.next();
    finding.related = places.collect();
    finding
}
