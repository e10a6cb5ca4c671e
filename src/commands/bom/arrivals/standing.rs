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
    by: Option<NaiveDate>,
    ready: Ready,
}

impl Need {
    const NONE: Self =
        Self { needed: Decimal::ZERO, short: Decimal::ZERO, by: None, ready: Ready::Now };

    fn add(&mut self, share: &Share) {
        self.needed += share.demand.needed;
        self.short += share.short().max(Decimal::ZERO);
        self.by = self.by.into_iter().chain(share.demand.by).min();
        self.ready = self.ready.max(share.ready);
    }
}

/// How the items of all lists stand.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// The orders that go by each list, by its product.
    orders: FxHashMap<StructId, Vec<usize>>,
    needs: FxHashMap<(StructId, ItemId), Need>,
    /// What all orders miss.
    short: FxHashMap<ItemId, Decimal>,
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
        let mut given: FxHashMap<ItemId, Decimal> = FxHashMap::default();
        for net in &result.items {
            let mut all = Need::NONE;
            let of_promises = |share: &Share| share.from_coming;
            given.insert(net.item, net.shares.iter().map(of_promises).sum::<Decimal>());
            for share in &net.shares {
                let key = (plan.orders[share.demand.order].root, net.item);
                standing.needs.entry(key).or_insert(Need::NONE).add(share);
                all.add(share);
            }
            standing.short.insert(net.item, all.short);
        }
        for (item, supply) in &supplies.of {
            let given = given.get(item).copied().unwrap_or_default();
            standing.promises.insert(*item, Promises::of(&supply.coming, given));
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
        let short = match self.need(list, item) {
            Some(need) => need.short,
            None if self.orders(list).is_empty() => {
                self.short.get(&item).copied().unwrap_or_default()
            }
            None => Decimal::ZERO,
        };
        match self.promises.get(&item) {
            Some(promises) => promises.notes(short),
            None => Promises::default().notes(short),
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
