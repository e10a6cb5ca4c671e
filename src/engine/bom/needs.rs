//! What orders need of items without parts of their own, ready-made parts
//! taken first.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::allocate::{Demand, Pool};
use super::descent::Descent;
use super::explode::Explosion;
use super::graph::{Graph, StructId};
use super::item::ItemId;
use super::order::Order;
use super::shortage::{Assembly, Supply};
use super::sums::Sums;

/// Works out what orders need, ready-made parts taken first.
pub(super) struct Needs<'a> {
    descent: Descent<'a, Decimal>,
    plain: Explosion<'a>,
    /// What is left of each ready-made part.
    pools: Vec<Option<Pool>>,
    /// Whether anything below was ready-made when the first order came.
    ready_below: Vec<bool>,
    leaves: Sums,
}

impl<'a> Needs<'a> {
    /// Starts with all ready-made parts there.
    pub(super) fn new(graph: &'a Graph, supplies: &FxHashMap<ItemId, Supply>) -> Self {
        let mut pools: Vec<Option<Pool>> = Vec::new();
        pools.resize_with(graph.items.len(), || None);
        for (item, supply) in supplies {
            let mut pool = supply.pool();
            pools[item.index()] = (!pool.is_used_up()).then_some(pool);
        }
        Self {
            descent: Descent::new(graph),
            plain: Explosion::new(graph),
            ready_below: ready_below(graph, &pools),
            pools,
            leaves: Sums::new(graph.items.len()),
        }
    }

    /// Returns what an order needs of items without parts of their own.
    pub(super) fn of(
        &mut self,
        order: &Order,
        place: usize,
        assemblies: &mut Vec<Assembly>,
    ) -> Vec<(ItemId, Decimal)> {
        if self.ready_below[order.root.index()] {
            return self.with_ready_made(order, place, assemblies);
        }
        let plain = self.plain.of(order.root);
        let leaves = plain.iter().filter(|need| !need.made);
        leaves.map(|need| (need.item, need.per_unit.saturating_mul(order.quantity))).collect()
    }

    /// Goes down level by level: what is ready-made needs no parts.
    fn with_ready_made(
        &mut self,
        order: &Order,
        place: usize,
        assemblies: &mut Vec<Assembly>,
    ) -> Vec<(ItemId, Decimal)> {
        let Self { descent, pools, leaves, .. } = self;
        below(descent, order.root, order.quantity, leaves, |item, needed| {
            let pool = &mut pools[item.index()];
            let Some(there) = pool else { return Decimal::ZERO };
            let demand = Demand { order: place, needed, by: order.needed_by };
            let share = there.take(demand, needed, false);
            if there.is_used_up() {
                *pool = None;
            }
            let (ready_made, from_stock) = (share.allocated(), share.from_stock);
            if ready_made > Decimal::ZERO {
                assemblies.push(Assembly { item, order: place, needed, ready_made, from_stock });
            }
            ready_made
        });
        leaves.drain()
    }
}

/// Says of everything that is made whether any part below it is ready-made.
fn ready_below(graph: &Graph, pools: &[Option<Pool>]) -> Vec<bool> {
    let mut ready = vec![false; graph.structures.len()];
    for made in graph.in_order.iter().rev() {
        let mut edges = graph.structure(*made).edges.iter().filter(|edge| !edge.cut);
        ready[made.index()] = edges.any(|edge| {
            let here = !edge.phantom && pools[edge.item.index()].is_some();
            edge.child.is_some_and(|child| here || ready[child.index()])
        });
    }
    ready
}

/// Goes down from so many of a product, level by level, and adds up what is
/// needed of items without parts. `ready` tells how many of a part are
/// ready-made: they need no parts of their own.
pub(super) fn below(
    descent: &mut Descent<'_, Decimal>,
    root: StructId,
    quantity: Decimal,
    leaves: &mut Sums,
    mut ready: impl FnMut(ItemId, Decimal) -> Decimal,
) {
    descent.walk(root, quantity, |edge, parents, child| {
        let needed = parents.saturating_mul(edge.factor);
        let Some(child) = child else {
            leaves.add(edge.item, needed);
            return;
        };
        let ready = if edge.phantom { Decimal::ZERO } else { ready(edge.item, needed) };
        *child = child.saturating_add(needed - ready);
    });
}
