//! What cartons weighed on a scale: it goes before what their contents make.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::carton::{CartonRange, WEIGHT_DECIMALS};
use crate::location::Location;

/// What cartons weighed, each of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighing {
    /// The customer's order, if it is named.
    pub po: Option<Arc<str>>,
    /// The first carton.
    pub from: u32,
    /// The last carton.
    pub to: u32,
    /// The gross weight of one, in kilograms.
    pub gross: Decimal,
    /// Where it says so.
    pub at: Location,
}

/// Weighings, asked for by carton.
#[derive(Debug)]
pub struct Weighings<'a> {
    all: &'a [Weighing],
    /// The keys of the orders they are of.
    keys: Vec<Option<String>>,
    by_from: Vec<usize>,
    /// How far weighings up to each reach.
    reach: Vec<u32>,
    used: Vec<bool>,
    key: fn(&str) -> String,
    /// Whether the numbers of a weighing without an order say whose it is.
    alone: bool,
}

impl<'a> Weighings<'a> {
    /// Puts weighings in order. `key` tells which spellings are one order;
    /// `alone` whether numbers are those of one order or run through all.
    pub fn of(all: &'a [Weighing], alone: bool, key: fn(&str) -> String) -> Self {
        let mut by_from: Vec<usize> = (0..all.len()).collect();
        by_from.sort_by_key(|&at| (all[at].from, at));
        let mut furthest = 0;
        let reach = by_from.iter().map(|&at| {
            furthest = furthest.max(all[at].to);
            furthest
        });
        let reach = reach.collect();
        let keys = all.iter().map(|one| one.po.as_deref().map(key)).collect();
        Self { all, keys, by_from, reach, used: vec![false; all.len()], key, alone }
    }

    /// Splits cartons where their weights differ: those that were weighed and
    /// those that were not.
    pub fn apply(&mut self, range: CartonRange) -> Vec<CartonRange> {
        let own = range.po().map(|po| (self.key)(po));
        let until = self.by_from.partition_point(|&at| self.all[at].from <= range.to);
        let mut parts = Vec::new();
        let mut next = range.from;
        let since = self.reach.partition_point(|reach| *reach < range.from).min(until);
        for &at in &self.by_from[since..until] {
            let one = &self.all[at];
            let same = match &self.keys[at] {
                Some(key) => own.as_ref() == Some(key),
                None => self.alone,
            };
            let (from, to) = (one.from.max(next), one.to.min(range.to));
            if !same || from > to {
                continue;
            }
            self.used[at] = true;
            if from > next {
                parts.push(CartonRange { from: next, to: from - 1, ..range.clone() });
            }
            let mut part = CartonRange { from, to, weighed: true, ..range.clone() };
            let mut gross = one.gross;
            gross.rescale(gross.scale().max(WEIGHT_DECIMALS));
            part.weights.gross = Some(gross);
            parts.push(part);
            next = to.saturating_add(1);
        }
        if next <= range.to {
            parts.push(CartonRange { from: next, ..range });
        }
        parts
    }

    /// Returns the weighings that no carton took.
    pub fn unused(&self) -> impl Iterator<Item = &'a Weighing> {
        self.all.iter().zip(&self.used).filter(|(_, used)| !**used).map(|(one, _)| one)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::packing::{CartonKind, Weights};
    use crate::location::{CellRef, SheetId};

    fn weighing(po: Option<&str>, from: u32, to: u32, gross: i64) -> Weighing {
        let sheet = Arc::new(SheetId { path: "w.csv".to_owned(), sheet: None });
        let at = Location::new(&sheet, CellRef::new(from, 0));
        Weighing { po: po.map(Arc::from), from, to, gross: Decimal::new(gross, 1), at }
    }

    #[test]
    fn cartons_are_split_where_they_were_weighed() {
        let range = CartonRange {
            from: 3,
            to: 9,
            destination: None,
            contents: Vec::new(),
            kind: CartonKind::Solid,
            odd: false,
            weights: Weights { gross: Some(Decimal::TEN), ..Weights::default() },
            weighed: false,
            outer: None,
            cbm: None,
            at: None,
        };
        let other = weighing(Some("7"), 3, 4, 1);
        let all = [weighing(None, 5, 6, 123), weighing(None, 9, 12, 99), other];
        let mut weighings = Weighings::of(&all, true, str::to_owned);
        let parts = weighings.apply(range.clone());
        let shown: Vec<String> = parts
            .iter()
            .map(|part| {
                let gross = part.weights.gross.unwrap_or_default();
                format!("{}-{} {gross} {}", part.from, part.to, part.weighed)
            })
            .collect();
        assert_eq!(shown, ["3-4 10 false", "5-6 12.30 true", "7-8 10 false", "9-9 9.90 true"]);
        assert_eq!(weighings.unused().count(), 1, "another order's");
        let mut of_many = Weighings::of(&all, false, str::to_owned);
        assert_eq!(of_many.apply(range).len(), 1, "which order's carton 5 is not known");
    }
}
