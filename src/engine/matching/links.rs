//! Entries that belong together because they carry the same number: through
//! cells with several numbers, whole chains of notes.

use super::board::Board;
use super::document_no::Number;
use super::names::Id;
use super::sides::{Both, Side};

/// Entries of both sides, chained by numbers.
pub(super) type Linked = Both<Vec<usize>>;

/// Returns the groups of free entries of both sides that share a number under
/// `key`; groups with entries on one side only are left out.
pub(super) fn by_number(
    board: &Board<'_>,
    key: impl Fn(Side, &Number) -> Option<Id>,
) -> Vec<Linked> {
    let offset = board.facts(Side::Left).len();
    let mut carriers: Vec<(Id, Id, usize)> = Vec::new();
    for side in Side::BOTH {
        for at in board.free(side) {
            let fact = board.fact(side, at);
            let node = if side == Side::Left { at } else { at + offset };
            let keys = fact.numbers.iter().filter_map(|number| key(side, number));
            carriers.extend(keys.map(|key| (fact.party, key, node)));
        }
    }
    carriers.sort_unstable();
    let mut sets = Sets::new(offset + board.facts(Side::Right).len());
    for pair in carriers.windows(2) {
        if (pair[0].0, pair[0].1) == (pair[1].0, pair[1].1) {
            sets.join(pair[0].2, pair[1].2);
        }
    }
    let mut nodes: Vec<usize> = carriers.into_iter().map(|(_, _, node)| node).collect();
    nodes.sort_unstable();
    nodes.dedup();
    collect(&mut sets, &nodes, offset)
}

/// Sorts the members of each set into its sides.
pub(super) fn collect(sets: &mut Sets, nodes: &[usize], offset: usize) -> Vec<Linked> {
    let mut rooted: Vec<(usize, usize)> =
        nodes.iter().map(|&node| (sets.root(node), node)).collect();
    rooted.sort_unstable();
    let mut linked = Vec::new();
    for group in rooted.chunk_by(|a, b| a.0 == b.0) {
        let split = group.partition_point(|&(_, node)| node < offset);
        if split == 0 || split == group.len() {
            continue;
        }
        let left = group[..split].iter().map(|&(_, node)| node).collect();
        let right = group[split..].iter().map(|&(_, node)| node - offset).collect();
        linked.push(Both { left, right });
    }
    linked
}

/// Disjoint sets whose root is their smallest member.
#[derive(Debug)]
pub(super) struct Sets {
    parent: Vec<usize>,
}

impl Sets {
    /// Makes `count` sets of one.
    pub(super) fn new(count: usize) -> Self {
        Self { parent: (0..count).collect() }
    }

    /// Returns the smallest member of a node's set.
    pub(super) fn root(&mut self, node: usize) -> usize {
        let mut root = node;
        while self.parent[root] != root {
            root = self.parent[root];
        }
        let mut at = node;
        while self.parent[at] != root {
            at = std::mem::replace(&mut self.parent[at], root);
        }
        root
    }

    /// Joins the sets of two nodes.
    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }
}
