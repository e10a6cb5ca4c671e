//! Sums by item, kept for many walks: only what was touched is looked at
//! again.

use rust_decimal::Decimal;

use super::item::ItemId;

/// A sum for every item.
pub(super) struct Sums {
    sums: Vec<Option<Decimal>>,
    touched: Vec<ItemId>,
}

impl Sums {
    pub(super) fn new(items: usize) -> Self {
        Self { sums: vec![None; items], touched: Vec::new() }
    }

    /// Returns an item's sum; nothing if none was begun.
    pub(super) fn get(&mut self, item: ItemId) -> Option<&mut Decimal> {
        self.sums[item.index()].as_mut()
    }

    /// Adds to an item's sum, and returns it.
    pub(super) fn add(&mut self, item: ItemId, quantity: Decimal) -> Decimal {
        let sum = &mut self.sums[item.index()];
        if sum.is_none() {
            self.touched.push(item);
        }
        let new = sum.unwrap_or_default().saturating_add(quantity);
        *sum = Some(new);
        new
    }

    /// Hands out all sums, in the order of the items, and begins anew.
    pub(super) fn drain(&mut self) -> Vec<(ItemId, Decimal)> {
        self.touched.sort_unstable();
        let sums = &mut self.sums;
        let sum = |item: ItemId| (item, sums[item.index()].take().unwrap_or_default());
        self.touched.drain(..).map(sum).collect()
    }

    /// Forgets all sums.
    pub(super) fn clear(&mut self) {
        for item in self.touched.drain(..) {
            self.sums[item.index()] = None;
        }
    }
}
