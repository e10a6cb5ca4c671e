//! What orders need of items without parts of their own, ready-made parts
//! taken first, and how many sets that makes.

use rust_decimal::{Decimal, RoundingStrategy};
use rustc_hash::FxHashMap;

use super::allocate::{Demand, Pool, Share};
use super::explode::{Requirement, TooLarge};
use super::graph::{Edge, Graph, StructId};
use super::item::ItemId;
use super::order::Order;
use super::shortage::{Assembly, Supply};
use super::tidy;
use crate::input::values::decimal::product;

/// Works out what orders need, ready-made parts taken first.
pub(super) struct Needs<'a> {
    graph: &'a Graph,
    supplies: &'a FxHashMap<ItemId, Supply>,
    /// What is left of ready-made parts.
    pools: FxHashMap<ItemId, Pool>,
    cache: FxHashMap<StructId, Vec<Requirement>>,
}

impl<'a> Needs<'a> {
    /// Starts with all ready-made parts there.
    pub(super) fn new(graph: &'a Graph, supplies: &'a FxHashMap<ItemId, Supply>) -> Self {
        Self { graph, supplies, pools: FxHashMap::default(), cache: FxHashMap::default() }
    }

    /// Returns what an order needs of items without parts of their own.
    pub(super) fn of(
        &mut self,
        order: &Order,
        place: usize,
        assemblies: &mut Vec<Assembly>,
    ) -> Result<Vec<(ItemId, Decimal)>, TooLarge> {
        if !self.cache.contains_key(&order.root) {
            let found = self.graph.requirements(order.root)?;
            self.cache.insert(order.root, found);
        }
        let plain = self.cache.get(&order.root).map(Vec::as_slice).unwrap_or_default();
        let ready_made = plain.iter().any(|need| need.made && self.is_there(need.item));
        if ready_made {
            return self.with_ready_made(order, place, assemblies);
        }
        let leaves = plain.iter().filter(|need| !need.made);
        let needed = |need: &Requirement| {
            // The figures of the list itself were not too large, so a line of
            // it is as good as any to point at.
            Some((need.item, product(need.per_unit, order.quantity)?))
        };
        let leaves: Option<Vec<_>> = leaves.map(needed).collect();
        leaves.ok_or_else(|| TooLarge(self.graph.first_line(order.root)))
    }

    /// Whether something of a part is ready-made.
    fn is_there(&self, item: ItemId) -> bool {
        self.supplies.get(&item).is_some_and(|supply| {
            supply.free() > Decimal::ZERO
                || supply.coming.iter().any(|c| c.quantity > Decimal::ZERO)
        })
    }

    /// Goes down level by level: what is ready-made needs no parts.
    fn with_ready_made(
        &mut self,
        order: &Order,
        place: usize,
        assemblies: &mut Vec<Assembly>,
    ) -> Result<Vec<(ItemId, Decimal)>, TooLarge> {
        let leaves = below(self.graph, order.root, order.quantity, |edge, needed| {
            let share = self.take(edge.item, order, place, needed);
            let ready_made = share.allocated();
            if ready_made > Decimal::ZERO {
                let (item, from_stock) = (edge.item, share.from_stock);
                assemblies.push(Assembly { item, order: place, needed, ready_made, from_stock });
            }
            ready_made
        })?;
        let mut leaves: Vec<(ItemId, Decimal)> = leaves.into_iter().collect();
        leaves.sort_unstable_by_key(|&(item, _)| item);
        Ok(leaves)
    }

    fn take(&mut self, item: ItemId, order: &Order, place: usize, needed: Decimal) -> Share {
        let demand = Demand { order: place, needed, by: order.needed_by };
        match self.supplies.get(&item) {
            Some(supply) => {
                let pool = self.pools.entry(item).or_insert_with(|| supply.pool());
                pool.take(demand, needed, false)
            }
            None => Pool::default().take(demand, Decimal::ZERO, false),
        }
    }
}

/// Goes down from so many of a product, level by level, and returns what is
/// needed of items without parts. `ready` tells how many of a part are
/// ready-made: they need no parts of their own.
fn below(
    graph: &Graph,
    root: StructId,
    quantity: Decimal,
    mut ready: impl FnMut(&Edge, Decimal) -> Decimal,
) -> Result<FxHashMap<ItemId, Decimal>, TooLarge> {
    let mut make: FxHashMap<StructId, Decimal> = FxHashMap::default();
    make.insert(root, quantity);
    let mut leaves: FxHashMap<ItemId, Decimal> = FxHashMap::default();
    for id in graph.below(root) {
        let Some(parents) = make.get(&id).copied() else { continue };
        for edge in graph.structure(id).edges.iter().filter(|edge| !edge.cut) {
            let too_large = || TooLarge(edge.line);
            let needed = product(parents, edge.factor).ok_or_else(too_large)?;
            let Some(child) = edge.child else {
                let sum = leaves.entry(edge.item).or_default();
                *sum = sum.checked_add(needed).ok_or_else(too_large)?;
                continue;
            };
            let ready = if edge.phantom { Decimal::ZERO } else { ready(edge, needed) };
            let sum = make.entry(child).or_default();
            *sum = sum.checked_add(needed - ready).ok_or_else(too_large)?;
        }
    }
    Ok(leaves)
}

/// What is in stock for an order, by item.
pub(super) type InStock = FxHashMap<ItemId, Decimal>;

/// Returns how many complete sets of an order its ready-made parts and its
/// share of the other items make: the most that need no more than there is.
pub(super) fn buildable(graph: &Graph, order: &Order, ready: &InStock, stock: &InStock) -> Decimal {
    let makes = |sets: Decimal| {
        let mut left = ready.clone();
        let needed = below(graph, order.root, sets, |edge, needed| {
            let Some(rest) = left.get_mut(&edge.item) else { return Decimal::ZERO };
            let taken = needed.min(*rest);
            *rest -= taken;
            taken
        });
        let there = |item: &ItemId| stock.get(item).copied().unwrap_or_default();
        needed.is_ok_and(|needed| needed.iter().all(|(item, need)| tidy(*need) <= there(item)))
    };
    let mut high = whole(order.quantity);
    if makes(high) {
        return high;
    }
    // Mostly something is missing altogether, and not even one can be made.
    if high <= Decimal::ONE || !makes(Decimal::ONE) {
        return Decimal::ZERO;
    }
    // `low` can be made, `high` cannot.
    let mut low = Decimal::ONE;
    while high - low > Decimal::ONE {
        let Some(middle) = low.checked_add(high).map(|sum| whole(sum / Decimal::TWO)) else {
            return low;
        };
        if makes(middle) { low = middle } else { high = middle }
    }
    low
}

/// Returns a quantity without what is no whole piece.
pub(super) fn whole(quantity: Decimal) -> Decimal {
    quantity.round_dp_with_strategy(0, RoundingStrategy::ToZero).normalize()
}
