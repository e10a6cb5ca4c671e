//! What an order draws from the store: parts by the norm, and assemblies that
//! are there ready-made as such, without their parts.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::descent::Descent;
use super::explode::{Explosion, Requirement};
use super::graph::Graph;
use super::item::ItemId;
use super::needs::below;
use super::order::Order;
use super::sums::Sums;

/// What an order may draw of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Norm {
    /// The item.
    pub item: ItemId,
    /// How much of it.
    pub quantity: Decimal,
    /// Whether it is an assembly that is drawn ready-made.
    pub made: bool,
}

/// What was drawn for an order already, and what is in stock.
pub trait Drawn {
    /// Returns what was issued of an item for the order.
    fn issued(&self, item: ItemId) -> Decimal;
    /// Returns what is in stock of an item.
    fn in_stock(&self, item: ItemId) -> Decimal;
}

/// Works out what orders draw.
pub struct Norms<'a> {
    graph: &'a Graph,
    plain: Explosion<'a>,
    descent: Descent<'a, Decimal>,
    leaves: Sums,
    /// What each assembly is made of, by its place in the graph.
    made_of: FxHashMap<ItemId, usize>,
}

impl<'a> Norms<'a> {
    /// Starts with no order.
    pub fn new(graph: &'a Graph) -> Self {
        let leaves = Sums::new(graph.items.len());
        let mut made_of = FxHashMap::default();
        for (at, made) in graph.structures.iter().enumerate().filter(|(_, m)| !m.edges.is_empty()) {
            made_of.entry(made.item).or_insert(at);
        }
        let (plain, descent) = (Explosion::new(graph), Descent::new(graph));
        Self { graph, plain, descent, leaves, made_of }
    }

    /// Returns what an order may draw of every item.
    pub fn of(&mut self, order: &Order, drawn: &impl Drawn) -> Vec<Norm> {
        let needs = self.plain.of(order.root);
        let total = |need: &Requirement| need.per_unit.saturating_mul(order.quantity);
        let there = |item| drawn.issued(item).saturating_add(drawn.in_stock(item));
        let made = needs.iter().filter(|need| need.made && there(need.item) > Decimal::ZERO);
        let made: Vec<&Requirement> = made.collect();
        let ready: Vec<ItemId> = made
            .iter()
            .filter(|need| !self.is_made_for_it(need.item, total(need), drawn))
            .map(|need| need.item)
            .collect();
        let issued = self.without(order, &ready, &|item| drawn.issued(item)).0;
        let (left, taken) = self.without(order, &ready, &there);
        let norm = |need: &Requirement| {
            let known = |sums: &FxHashMap<ItemId, Decimal>| {
                sums.get(&need.item).copied().unwrap_or_default()
            };
            let quantity = if need.made {
                // One made for the order passes through the store as well.
                let own = drawn.issued(need.item).min(total(need));
                if ready.contains(&need.item) { known(&taken) } else { own }
            } else {
                // What was drawn before the assemblies came is not over the
                // norm.
                known(&left).max(drawn.issued(need.item).min(known(&issued)))
            };
            Norm { item: need.item, quantity, made: need.made }
        };
        let norms = needs.iter().map(norm);
        let is_drawn = |norm: &Norm| !norm.quantity.is_zero() || !drawn.issued(norm.item).is_zero();
        norms.filter(is_drawn).collect()
    }

    /// Returns what the order needs of items without parts if so many of each
    /// ready-made assembly are there, and what it takes of these.
    fn without(
        &mut self,
        order: &Order,
        ready: &[ItemId],
        there: &impl Fn(ItemId) -> Decimal,
    ) -> (FxHashMap<ItemId, Decimal>, FxHashMap<ItemId, Decimal>) {
        let mut free: FxHashMap<ItemId, Decimal> =
            ready.iter().map(|item| (*item, there(*item))).collect();
        let mut taken: FxHashMap<ItemId, Decimal> = FxHashMap::default();
        below(&mut self.descent, order.root, order.quantity, &mut self.leaves, |item, needed| {
            let Some(free) = free.get_mut(&item) else { return Decimal::ZERO };
            let takes = needed.min(*free).max(Decimal::ZERO);
            *free -= takes;
            *taken.entry(item).or_default() += takes;
            takes
        });
        (self.leaves.drain().into_iter().collect(), taken)
    }

    /// Whether the assemblies that are there were made for this order, of
    /// parts that were issued for it: the parts make at least as many, and
    /// both together are far more than it needs. The rest of the parts is
    /// still to be issued then.
    fn is_made_for_it(&self, item: ItemId, needed: Decimal, drawn: &impl Drawn) -> bool {
        // A tenth over the norm may be waste.
        let slack = Decimal::new(11, 1);
        let sets = self.sets_issued(item, drawn);
        let there = drawn.issued(item).saturating_add(drawn.in_stock(item)).min(needed);
        let both = sets.saturating_add(there);
        sets >= there && both > needed.saturating_mul(slack)
    }

    /// Returns how many of an assembly the parts make that were issued.
    fn sets_issued(&self, item: ItemId, drawn: &impl Drawn) -> Decimal {
        let made = self.made_of.get(&item).and_then(|at| self.graph.structures.get(*at));
        let edges = made.iter().flat_map(|made| &made.edges);
        let parts = edges.filter(|edge| !edge.cut && edge.child.is_none());
        parts
            .filter_map(|edge| drawn.issued(edge.item).checked_div(edge.factor))
            .min()
            .unwrap_or_default()
    }
}
