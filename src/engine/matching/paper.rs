//! One side's entries, prepared: texts as ids, numbers with their keys, in an
//! order that depends on what the rows say and not on where they stand.

use std::cmp::Ordering;

use chrono::{Datelike, NaiveDate};
use rayon::prelude::*;
use rust_decimal::Decimal;

use super::document_no::Number;
use super::item::Item;
use super::names::{Id, Names};
use super::words::Words;
use crate::engine::entry::{Entry, EntryType};

/// Entries that may be partners in principle. Goods and returns are one kind:
/// a return printed among the goods is still that return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// Goods and returns.
    Trade,
    /// Money paid.
    Payment,
    /// Deductions, discounts, charges, adjustments.
    Other,
}

impl Kind {
    /// Returns the kind of an entry type.
    pub(super) fn of(entry_type: EntryType) -> Self {
        match entry_type {
            EntryType::Goods | EntryType::Return => Kind::Trade,
            EntryType::Payment => Kind::Payment,
            _ => Kind::Other,
        }
    }
}

/// Quantity, price and amount of an entry, in one unit and on one tax basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Figures {
    pub(super) quantity: Option<Decimal>,
    pub(super) price: Option<Decimal>,
    pub(super) amount: Decimal,
}

impl Figures {
    /// Returns the figures of an entry as its paper writes them.
    pub(super) fn of(entry: &Entry) -> Self {
        Self {
            quantity: entry.quantity.map(|quantity| quantity.normalize()),
            price: entry.unit_price.map(|price| price.normalize()),
            amount: entry.amount.normalize(),
        }
    }
}

/// What the matcher knows of one entry.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    /// Its index in the caller's slice.
    pub(super) index: usize,
    pub(super) party: Id,
    pub(super) kind: Kind,
    pub(super) numbers: Vec<Number>,
    pub(super) other_numbers: Vec<Id>,
    pub(super) item: Option<Item>,
    /// The unit of its quantity, folded.
    pub(super) unit: Option<Id>,
    /// Pieces in that unit, where its name says it.
    pub(super) pieces: Option<Decimal>,
    /// As the paper writes them.
    pub(super) written: Figures,
    /// In the unit and on the tax basis of the right side.
    pub(super) figures: Figures,
    /// Days since a fixed day.
    pub(super) day: Option<i64>,
}

/// One side.
#[derive(Debug)]
pub(super) struct Paper<'a> {
    /// The caller's entries.
    pub(super) entries: &'a [Entry],
    /// What is known of each, in canonical order.
    pub(super) facts: Vec<Fact>,
}

impl<'a> Paper<'a> {
    /// Prepares one side.
    pub(super) fn new(entries: &'a [Entry], names: &mut Names) -> Self {
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.par_sort_unstable_by(|&a, &b| by_content(&entries[a], &entries[b]).then(a.cmp(&b)));
        let mut words = Words::new(names);
        let facts =
            order.into_iter().map(|index| fact(index, &entries[index], &mut words)).collect();
        Self { entries, facts }
    }

    /// Returns the entry behind a fact.
    pub(super) fn entry(&self, at: usize) -> &'a Entry {
        &self.entries[self.facts[at].index]
    }
}

fn fact<'a>(index: usize, entry: &'a Entry, words: &mut Words<'a, '_>) -> Fact {
    let mut numbers: Vec<Number> = Vec::with_capacity(entry.document_nos.len());
    for number in &entry.document_nos {
        let Some(number) = words.number(&number.text, number.damaged) else { continue };
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    let other_numbers = entry.other_nos.iter();
    let other_numbers =
        other_numbers.filter_map(|number| Some(words.number(number, false)?.spaced)).collect();
    let written = Figures::of(entry);
    let (unit, pieces) = entry.unit.as_deref().map(|unit| words.unit(unit)).unzip();
    Fact {
        index,
        party: words.party(&entry.party),
        kind: Kind::of(entry.entry_type),
        numbers,
        other_numbers,
        item: words
            .item(entry.item_code.as_deref(), entry.goods.as_deref().or(entry.item.as_deref())),
        unit,
        pieces: pieces.flatten(),
        written,
        figures: written,
        day: entry.date.map(day),
    }
}

/// Returns a date as a number of days.
pub(super) fn day(date: NaiveDate) -> i64 {
    i64::from(date.num_days_from_ce())
}

/// Days after which a number may have come round again: nobody bills so late
/// what is not among the open items.
pub(super) const LATEST: i64 = 270;

/// Whether two days belong to different years' notes: pads start again, and so
/// do their numbers. The same day of another year is a year mistyped.
pub(super) fn is_other_year(one: i64, other: i64) -> bool {
    let of_year = |day: i64| {
        let date = NaiveDate::from_num_days_from_ce_opt(i32::try_from(day).ok()?)?;
        Some((date.month(), date.day()))
    };
    (one - other).abs() > LATEST && of_year(one) != of_year(other)
}

/// Orders entries by what they say; only rows that say the same fall back on
/// their places.
fn by_content(a: &Entry, b: &Entry) -> Ordering {
    a.party
        .cmp(&b.party)
        .then_with(|| a.entry_type.cmp(&b.entry_type))
        .then_with(|| a.document_nos.cmp(&b.document_nos))
        .then_with(|| a.item_code.cmp(&b.item_code))
        .then_with(|| a.item.cmp(&b.item))
        .then_with(|| a.amount.cmp(&b.amount))
        .then_with(|| a.quantity.cmp(&b.quantity))
        .then_with(|| a.unit_price.cmp(&b.unit_price))
        .then_with(|| a.date.cmp(&b.date))
        .then_with(|| a.other_nos.cmp(&b.other_nos))
        .then_with(|| a.at.cmp(&b.at))
}
