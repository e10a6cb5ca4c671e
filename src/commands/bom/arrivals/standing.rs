//! What the orders of each list need, miss and wait for, put together once:
//! an item of everywhere stands in thousands of lines and on as many orders.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::super::plan::Plan;
use super::super::supplies::Supplies;
use crate::engine::bom::allocate::{Due, Ready, Share};
use crate::engine::bom::arrivals::{Arrival, Note, Promises};
use crate::engine::bom::shortage::Shortage;
use crate::engine::bom::{ItemId, StructId};
use crate::text::fold;

/// What the orders that go by one list need of one item.
#[derive(Debug, Clone, Copy)]
pub(super) struct Need {
    pub(super) needed: Decimal,
    pub(super) short: Decimal,
    /// What of that no promise covers, kept or not.
    missing: Decimal,
    /// The day of the order for which it comes latest, else of the first.
    by: Option<NaiveDate>,
    /// When that order has it.
    ready: Ready,
}

impl Need {
    const NONE: Self = Self {
        needed: Decimal::ZERO,
        short: Decimal::ZERO,
        missing: Decimal::ZERO,
        by: None,
        ready: Ready::Now,
    };

    fn add(&mut self, share: &Share, missing: Decimal) {
        self.needed += share.demand.needed;
        self.short += share.short().max(Decimal::ZERO);
        self.missing += missing;
        let (own, other) = ((self.ready, self.by), (share.ready, share.demand.by));
        let first = self.by.is_none() || (other.1.is_some() && other.1 < self.by);
        let later = lateness(other).cmp(&lateness(own));
        if later.is_gt() || (later.is_eq() && first) {
            (self.ready, self.by) = other;
        }
    }
}

/// How late something comes for an order, to be compared: what never comes is
/// the latest, then what comes the most days after it is needed.
fn lateness((ready, by): (Ready, Option<NaiveDate>)) -> (u8, i64) {
    match ready {
        Ready::Now => (0, 0),
        Ready::On(day) => (1, by.map_or(i64::MIN, |by| day.signed_duration_since(by).num_days())),
        Ready::Never => (2, 0),
    }
}

/// How the items of all lists stand.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// The orders that go by each list, by its product.
    orders: FxHashMap<StructId, Vec<usize>>,
    needs: FxHashMap<(StructId, ItemId), Need>,
    /// What all orders miss and no promise covers.
    missing: FxHashMap<ItemId, Decimal>,
    promises: FxHashMap<ItemId, Promises>,
    /// The last day on which something came, for whomever.
    came: FxHashMap<ItemId, NaiveDate>,
    /// The last day on which something came for an order of the list.
    came_for: FxHashMap<(StructId, ItemId), NaiveDate>,
}

impl Standing {
    pub(super) fn of(plan: &Plan, supplies: &Supplies, result: &Shortage) -> Self {
        let mut standing = Self::default();
        for (place, order) in plan.orders.iter().enumerate() {
            standing.orders.entry(order.root).or_default().push(place);
        }
        for (item, supply) in &supplies.of {
            standing.promises.insert(*item, Promises::of(&supply.coming));
        }
        for net in &result.items {
            let mut all = Need::NONE;
            let given: Decimal = net.shares.iter().map(|share| share.from_coming).sum();
            // What has a day and is counted for nobody comes for the first
            // that are short, and for each of them once.
            let promised = standing.promises.get(&net.item).map(|promises| promises.dated);
            let mut left = (promised.unwrap_or_default() - given).max(Decimal::ZERO);
            for share in &net.shares {
                let short = share.short().max(Decimal::ZERO);
                let missing = short - short.min(left);
                left -= short.min(left);
                let key = (plan.orders[share.demand.order].root, net.item);
                standing.needs.entry(key).or_insert(Need::NONE).add(share, missing);
                all.add(share, missing);
            }
            standing.missing.insert(net.item, all.missing);
        }
        standing.add_arrived(plan);
        standing
    }

    fn add_arrived(&mut self, plan: &Plan) {
        let mut lists: FxHashMap<String, Vec<StructId>> = FxHashMap::default();
        for order in &plan.orders {
            let lists = lists.entry(fold(&order.id)).or_default();
            if lists.last() != Some(&order.root) {
                lists.push(order.root);
            }
        }
        let last = |day: &mut NaiveDate, other: NaiveDate| *day = other.max(*day);
        for arrived in &plan.papers.arrived {
            let (Some(item), day) = (plan.graph.items.find(&arrived.item), arrived.day) else {
                continue;
            };
            let Some(order) = arrived.order.as_deref() else {
                self.came.entry(item).and_modify(|known| last(known, day)).or_insert(day);
                continue;
            };
            for list in lists.get(&fold(order)).into_iter().flatten() {
                let known = self.came_for.entry((*list, item));
                known.and_modify(|known| last(known, day)).or_insert(day);
            }
        }
    }

    /// Returns the orders that go by a list.
    pub(super) fn orders(&self, list: StructId) -> &[usize] {
        self.orders.get(&list).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns what the orders of a list need of an item, if they need it.
    pub(super) fn need(&self, list: StructId, item: ItemId) -> Option<&Need> {
        self.needs.get(&(list, item))
    }

    /// Returns what is to be said of an item beside a line of a list: of what
    /// its orders miss; of what all miss, if it is for none of its own.
    pub(super) fn notes(&self, list: StructId, item: ItemId) -> Vec<Note> {
        let missing = match self.need(list, item) {
            Some(need) => need.missing,
            None if self.orders(list).is_empty() => {
                self.missing.get(&item).copied().unwrap_or_default()
            }
            None => Decimal::ZERO,
        };
        match self.promises.get(&item) {
            Some(promises) => promises.notes(missing),
            None => Promises::default().notes(missing),
        }
    }

    /// Returns how what the orders of a list need of an item comes.
    pub(super) fn arrival(&self, list: StructId, item: ItemId, need: &Need) -> Arrival {
        let promised = match need.ready {
            Ready::On(day) if need.short.is_zero() => Some(Due::On(day)),
            _ if need.short.is_zero() => None,
            _ => self.promises.get(&item).and_then(|promises| promises.waits_for),
        };
        let came = [self.came.get(&item), self.came_for.get(&(list, item))];
        let arrived = came.into_iter().flatten().max().copied();
        Arrival { short: need.short, promised, arrived, needed_by: need.by }
    }
}
