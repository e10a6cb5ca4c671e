//! What one product needs of every item below it.

use std::rc::Rc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::descent::Descent;
use super::graph::{Graph, LineRef, StructId};
use super::item::ItemId;
use crate::input::values::decimal::product;

/// The need of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Requirement {
    /// What is needed.
    pub item: ItemId,
    /// Its deepest level; 1 is directly below the product.
    pub level: u32,
    /// How much for one product.
    pub per_unit: Decimal,
    /// Whether it has parts of its own below this product.
    pub made: bool,
}

/// A use of an item in another, for lists of where things are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// What uses it.
    pub parent: ItemId,
    /// How much one parent takes.
    pub factor: Decimal,
    /// The line that says so.
    pub line: LineRef,
}

/// What one of each product needs, worked out once for each.
pub struct Explosion<'a> {
    /// How many are made for one product, and how deep.
    descent: Descent<'a, (Decimal, u32)>,
    /// Where an item stands among the needs of a product.
    place: Vec<Option<u32>>,
    known: FxHashMap<StructId, Rc<[Requirement]>>,
}

impl<'a> Explosion<'a> {
    /// Starts with nothing worked out.
    pub fn new(graph: &'a Graph) -> Self {
        let (descent, place) = (Descent::new(graph), vec![None; graph.items.len()]);
        Self { descent, place, known: FxHashMap::default() }
    }

    /// Returns what one of a product needs, in the order of the papers;
    /// groupings on paper are passed through.
    pub fn of(&mut self, root: StructId) -> Rc<[Requirement]> {
        if let Some(known) = self.known.get(&root) {
            return Rc::clone(known);
        }
        let found: Rc<[Requirement]> = self.work_out(root).into();
        self.known.insert(root, Rc::clone(&found));
        found
    }

    fn work_out(&mut self, root: StructId) -> Vec<Requirement> {
        let mut found: Vec<Requirement> = Vec::new();
        let place = &mut self.place;
        self.descent.walk(root, (Decimal::ONE, 0), |edge, (parents, depth), child| {
            let (quantity, level) = (parents.saturating_mul(edge.factor), depth + 1);
            let made = child.is_some();
            if let Some(child) = child {
                *child = (child.0.saturating_add(quantity), child.1.max(level));
            }
            if edge.phantom && made {
                return;
            }
            let known = *place[edge.item.index()].get_or_insert_with(|| {
                let per_unit = Decimal::ZERO;
                found.push(Requirement { item: edge.item, level, per_unit, made });
                u32::try_from(found.len() - 1).unwrap_or(u32::MAX)
            });
            let need = &mut found[known as usize];
            need.level = need.level.max(level);
            need.made |= made;
            need.per_unit = need.per_unit.saturating_add(quantity);
        });
        for need in &found {
            self.place[need.item.index()] = None;
        }
        found.sort_unstable_by_key(|need| need.item);
        found
    }
}

/// What can be reckoned with: an order whose needs are larger than any figure
/// can be is none to go on with.
pub struct Limits<'a> {
    /// For everything that is made, no less than all that one of it needs of
    /// anything: cheap to know, and mostly enough.
    most: Vec<Decimal>,
    descent: Descent<'a, Decimal>,
}

impl<'a> Limits<'a> {
    /// Bounds what everything in the lists needs.
    pub fn new(graph: &'a Graph) -> Self {
        let mut most = vec![Decimal::ZERO; graph.structures.len()];
        for made in graph.in_order.iter().rev() {
            let edges = graph.structure(*made).edges.iter().filter(|edge| !edge.cut);
            most[made.index()] = edges.fold(Decimal::ZERO, |sum, edge| {
                let below = edge.child.map_or(Decimal::ZERO, |child| most[child.index()]);
                sum.saturating_add(edge.factor.saturating_mul(below.saturating_add(Decimal::ONE)))
            });
        }
        Self { most, descent: Descent::new(graph) }
    }

    /// Returns the line at which the needs of so many of a product become
    /// larger than any figure can be.
    pub fn beyond(&mut self, root: StructId, quantity: Decimal) -> Option<LineRef> {
        let quantity = quantity.max(Decimal::ONE);
        // Twice as much, for the bound was rounded on its way.
        let twice = quantity.saturating_mul(Decimal::TWO);
        if product(self.most[root.index()], twice).is_some() {
            return None;
        }
        let mut sums: FxHashMap<ItemId, Decimal> = FxHashMap::default();
        let walked = self.descent.walk_until(root, quantity, |edge, parents, child| {
            let needed = product(parents, edge.factor).ok_or(edge.line)?;
            let sum = sums.entry(edge.item).or_default();
            for sum in child.into_iter().chain([sum]) {
                *sum = sum.saturating_add(needed);
                product(*sum, Decimal::ONE).ok_or(edge.line)?;
            }
            Ok(())
        });
        walked.err()
    }
}

impl Graph {
    /// Returns for every item its low-level code: the deepest level at which
    /// any product uses it, 0 for products.
    pub fn low_levels(&self) -> Vec<u32> {
        let mut levels = vec![0_u32; self.items.len()];
        let mut depth = vec![0_u32; self.structures.len()];
        for made in &self.in_order {
            let below = depth[made.index()] + 1;
            for edge in self.structure(*made).edges.iter().filter(|edge| !edge.cut) {
                let level = &mut levels[edge.item.index()];
                *level = (*level).max(below);
                if let Some(child) = edge.child {
                    let child = &mut depth[child.index()];
                    *child = (*child).max(below);
                }
            }
        }
        levels
    }

    /// Returns where every item is used directly.
    pub fn where_used(&self) -> Vec<(ItemId, Vec<Use>)> {
        let mut uses: FxHashMap<ItemId, Vec<Use>> = FxHashMap::default();
        for structure in &self.structures {
            for edge in &structure.edges {
                let found = Use { parent: structure.item, factor: edge.factor, line: edge.line };
                uses.entry(edge.item).or_default().push(found);
            }
        }
        let mut uses: Vec<(ItemId, Vec<Use>)> = uses.into_iter().collect();
        uses.sort_by_key(|(item, _)| *item);
        uses
    }
}
