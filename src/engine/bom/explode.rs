//! What one product needs of every item below it.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

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

/// A figure that is too large to reckon with, and the line it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge(pub LineRef);

impl Graph {
    /// Returns what one of a product needs, in the order of the papers;
    /// groupings on paper are passed through.
    pub fn requirements(&self, root: StructId) -> Result<Vec<Requirement>, TooLarge> {
        let mut need: FxHashMap<StructId, (Decimal, u32)> = FxHashMap::default();
        need.insert(root, (Decimal::ONE, 0));
        let mut found: FxHashMap<ItemId, Requirement> = FxHashMap::default();
        for id in self.below(root) {
            let Some((parents, depth)) = need.get(&id).copied() else { continue };
            for edge in self.structure(id).edges.iter().filter(|edge| !edge.cut) {
                let level = depth + 1;
                let too_large = || TooLarge(edge.line);
                let quantity = product(parents, edge.factor).ok_or_else(too_large)?;
                let passes = edge.phantom && edge.child.is_some();
                if !passes {
                    let fresh = Requirement {
                        item: edge.item,
                        level,
                        per_unit: Decimal::ZERO,
                        made: false,
                    };
                    let known = found.entry(edge.item).or_insert(fresh);
                    known.level = known.level.max(level);
                    known.made |= edge.child.is_some();
                    known.per_unit = known.per_unit.checked_add(quantity).ok_or_else(too_large)?;
                }
                if let Some(child) = edge.child {
                    let entry = need.entry(child).or_default();
                    entry.0 = entry.0.checked_add(quantity).ok_or_else(too_large)?;
                    entry.1 = entry.1.max(level);
                }
            }
        }
        let mut found: Vec<Requirement> = found.into_values().collect();
        found.sort_by_key(|requirement| requirement.item);
        Ok(found)
    }

    /// Returns the most that one of a product needs of any item.
    pub fn largest_need(&self, root: StructId) -> Result<Decimal, TooLarge> {
        let needs = self.requirements(root)?;
        Ok(needs.iter().map(|need| need.per_unit).max().unwrap_or_default())
    }

    /// Returns the first line of a product's list.
    pub fn first_line(&self, root: StructId) -> LineRef {
        let structure = self.structure(root);
        let line = structure.edges.first().map(|edge| edge.line);
        line.unwrap_or(LineRef { bom: structure.bom, line: 0 })
    }

    /// Returns for every item its low-level code: the deepest level at which
    /// any product uses it, 0 for products.
    pub fn low_levels(&self) -> Vec<u32> {
        let mut levels = vec![0_u32; self.items.len()];
        let mut depth = vec![0_u32; self.structures.len()];
        let mut order: Vec<usize> = (0..self.structures.len()).collect();
        order.sort_by_key(|at| self.position[*at]);
        for at in order {
            let below = depth[at] + 1;
            for edge in self.structures[at].edges.iter().filter(|edge| !edge.cut) {
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
