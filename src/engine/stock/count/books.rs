//! The book by item, warehouse, place and batch, as far as both the tables and
//! the count sheets tell them apart.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Stocktake, Variance};
use crate::engine::stock::items::ItemId;
use crate::engine::stock::ledger::Ledger;
use crate::location::Location;
use crate::records::stock::CountLine;
use crate::text::fold;

/// The stock of one item in one place, as the table has it.
#[derive(Debug, Clone, Default)]
pub(super) struct Book {
    pub(super) closing: Option<Decimal>,
    pub(super) cost: Option<Decimal>,
    pub(super) as_of: Option<NaiveDate>,
    pub(super) at: Option<Location>,
    pub(super) warehouse: Option<Arc<str>>,
    pub(super) location: Option<Arc<str>>,
    pub(super) batch: Option<Arc<str>>,
}

/// An item, its warehouse, its place and its batch, folded; empty where not
/// told.
pub(super) type Key = (ItemId, String, String, String);

/// The book by item, warehouse and batch.
pub(super) struct Books {
    list: Vec<(Key, Book)>,
    known: FxHashMap<Key, usize>,
    by_warehouse: bool,
    by_location: bool,
    by_batch: bool,
}

impl Books {
    pub(super) fn of(stocktake: &Stocktake<'_>) -> Self {
        let items = &stocktake.ledger.items;
        let lines = || {
            let tables = stocktake.tables.iter();
            tables.flat_map(|table| table.records.lines.iter().map(move |line| (table, line)))
        };
        let counts = || stocktake.counts.iter().flat_map(|sheet| &sheet.records.lines);
        let mut books = Self {
            list: Vec::new(),
            known: FxHashMap::default(),
            by_warehouse: lines().any(|(_, line)| line.warehouse.is_some())
                && counts().any(|line| line.warehouse.is_some()),
            by_location: lines().any(|(_, line)| line.location.is_some())
                && counts().any(|line| line.location.is_some()),
            by_batch: lines().any(|(_, line)| line.batch.is_some())
                && counts().any(|line| line.batch.is_some()),
        };
        for (table, line) in lines().filter(|(_, line)| line.repeats.is_none()) {
            let Some(item) = items.id(&line.item) else { continue };
            let places = [&line.warehouse, &line.location, &line.batch];
            let key = books.key(item, places);
            let next = books.list.len();
            let at = *books.known.entry(key.clone()).or_insert(next);
            if at == next {
                books.list.push((key, Book::default()));
            }
            let book = &mut books.list[at].1;
            let closing = [book.closing, line.figures.closing].into_iter().flatten();
            book.closing = closing.reduce(|sum, more| sum.checked_add(more).unwrap_or(sum));
            book.cost = book.cost.or(line.unit_cost);
            book.as_of = book.as_of.max(table.as_of);
            book.at.get_or_insert_with(|| line.at.clone());
            book.warehouse = book.warehouse.take().or_else(|| line.warehouse.clone());
            book.location = book.location.take().or_else(|| line.location.clone());
            book.batch = book.batch.take().or_else(|| line.batch.clone());
        }
        books.cost_by_ledger(stocktake.ledger);
        books
    }

    /// Takes the moving average cost where no table gives one.
    fn cost_by_ledger(&mut self, ledger: &Ledger) {
        let mut costs: FxHashMap<ItemId, Decimal> = FxHashMap::default();
        for balance in &ledger.balances {
            if let Some(cost) = balance.cost {
                costs.entry(balance.item).or_insert(cost);
            }
        }
        for ((item, ..), book) in &mut self.list {
            book.cost = book.cost.or_else(|| costs.get(item).copied());
        }
    }

    fn key(&self, item: ItemId, [warehouse, location, batch]: [&Option<Arc<str>>; 3]) -> Key {
        let part = |told: bool, name: &Option<Arc<str>>| {
            name.as_deref().filter(|_| told).map(fold).unwrap_or_default()
        };
        let warehouse = part(self.by_warehouse, warehouse);
        (item, warehouse, part(self.by_location, location), part(self.by_batch, batch))
    }

    pub(super) fn of_count(&self, item: ItemId, line: &CountLine) -> Key {
        self.key(item, [&line.warehouse, &line.location, &line.batch])
    }

    pub(super) fn get(&self, key: &Key) -> Option<&Book> {
        self.known.get(key).map(|at| &self.list[*at].1)
    }

    /// Returns what the book has and no count sheet does, of the warehouses
    /// that were counted.
    pub(super) fn uncounted(
        &self,
        seen: &FxHashSet<Key>,
        warehouses: &FxHashSet<String>,
    ) -> impl Iterator<Item = Variance> {
        let is_open = |(key, _): &&(Key, Book)| {
            !seen.contains(key) && (warehouses.contains(&key.1) || !self.by_warehouse)
        };
        self.list.iter().filter(is_open).filter_map(|((item, ..), book)| {
            let closing = book.closing.filter(|closing| !closing.is_zero())?;
            Some(Variance {
                item: *item,
                warehouse: book.warehouse.clone(),
                location: book.location.clone(),
                batch: book.batch.clone(),
                book: Some(closing),
                moved: Decimal::ZERO,
                expected: closing,
                counted: None,
                difference: None,
                percent: None,
                cost: book.cost,
                value: None,
                recount: false,
                reason: None,
                at: book.at.clone()?,
            })
        })
    }
}
