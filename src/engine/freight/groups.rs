//! Rows that belong together: all that share a carrier and a waybill, however
//! many rows of the bill or waybills of a cell that takes.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::sides::Sides;
use crate::engine::matching::sides::Both;

/// Rows of both sides that share waybills.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Group {
    /// Rows of the bill.
    pub(super) left: Vec<usize>,
    /// Parcels of the log.
    pub(super) right: Vec<usize>,
    /// Whether a person has said that they belong together.
    pub(super) decided: bool,
}

/// Puts every row of both sides into exactly one group. Rows without a number
/// stand alone.
pub(super) fn groups(sides: &Sides, together: &[Both<Vec<usize>>]) -> Vec<Group> {
    let mut sets = Sets::new(sides.left.len() + sides.right.len());
    let right = |index: usize| sides.left.len() + index;
    let mut first: FxHashMap<(Arc<str>, &str), usize> = FxHashMap::default();
    let left_keys = sides.left.iter().zip(&sides.billed).map(|(e, b)| (&e.party, &b.keys));
    let right_keys = sides.right.iter().zip(&sides.logged).map(|(e, l)| (&e.party, &l.keys));
    for (node, (party, keys)) in left_keys.chain(right_keys).enumerate() {
        for key in keys {
            let other = *first.entry((Arc::clone(party), key.as_str())).or_insert(node);
            sets.join(node, other);
        }
    }
    let mut decided = Vec::new();
    for both in together {
        let mut nodes =
            both.left.iter().copied().chain(both.right.iter().map(|&index| right(index)));
        let Some(first) = nodes.next() else { continue };
        nodes.for_each(|node| sets.join(first, node));
        decided.push(first);
    }
    let decided: Vec<usize> = decided.into_iter().map(|node| sets.root(node)).collect();
    let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
    for index in 0..sides.left.len() {
        groups.entry(sets.root(index)).or_default().left.push(index);
    }
    for index in 0..sides.right.len() {
        groups.entry(sets.root(right(index))).or_default().right.push(index);
    }
    for root in decided {
        groups.entry(root).or_default().decided = true;
    }
    groups.into_values().collect()
}

/// Disjoint sets; the smallest member stands for its set.
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, node: usize) -> usize {
        let mut at = node;
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }
}
