//! How crowded it is around two near numbers. On a pad whose numbers run one
//! after the other the next number is one slip away, and another note; and the
//! last digits of one number may be those of several.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Doc, Nearness, Run};
use crate::engine::matching::names::Id;
use crate::engine::matching::near_number::{end_keys, nearness, short_end, slip_keys};
use crate::engine::matching::paper::Fact;
use crate::engine::matching::sides::{Both, Side};
use crate::engine::matching::weigh::log2;

/// Other near numbers from which on a near number says nothing.
const MANY: usize = 3;

/// The numbers of a party that lie near those of some of its notes.
#[derive(Debug, Default)]
pub(super) struct Crowd {
    near: FxHashMap<(Id, Nearness), FxHashSet<Id>>,
}

impl Crowd {
    /// Looks at the numbers of both papers around those of `pairs`.
    pub(super) fn around(
        run: &Run<'_, '_>,
        party: Id,
        docs: &Both<Vec<Doc>>,
        pairs: &[(usize, usize)],
    ) -> Self {
        let of_pair =
            |&(left, right): &(usize, usize)| [docs.left[left].number, docs.right[right].number];
        let looked_at: BTreeSet<Id> = pairs.iter().flat_map(of_pair).collect();
        let mut crowd = Self::default();
        if looked_at.is_empty() {
            return crowd;
        }
        let text = |number: Id| run.board.names.text(number);
        let mut slips: FxHashMap<String, Vec<Id>> = FxHashMap::default();
        let mut ends: FxHashMap<&str, Vec<Id>> = FxHashMap::default();
        for &number in &looked_at {
            for key in slip_keys(text(number)) {
                slips.entry(key).or_default().push(number);
            }
            if let Some(end) = short_end(text(number)) {
                ends.entry(end).or_default().push(number);
            }
        }
        let lengths: BTreeSet<usize> = ends.keys().map(|end| end.len()).collect();
        for other in numbers(run, party) {
            let (by_slip, by_end) = (slip_keys(text(other)), end_keys(text(other), &lengths));
            let near = by_slip.iter().filter_map(|key| slips.get(key));
            let near = near.chain(by_end.iter().filter_map(|end| ends.get(end.as_str())));
            for &number in near.flatten() {
                if let Some(nearness) = nearness(text(number), text(other)) {
                    crowd.near.entry((number, nearness)).or_default().insert(other);
                }
            }
        }
        crowd
    }

    /// Returns how many other numbers of the party are as near to one of these
    /// two as they are to each other.
    fn count(&self, left: Id, right: Id, nearness: Nearness) -> usize {
        let of = |number: Id| self.near.get(&(number, nearness)).into_iter().flatten().copied();
        let others = of(left).chain(of(right)).filter(|&other| other != left && other != right);
        others.collect::<FxHashSet<Id>>().len()
    }

    /// Whether there are so many that these two say nothing.
    pub(super) fn is_dense(&self, left: Id, right: Id, nearness: Nearness) -> bool {
        self.count(left, right, nearness) >= MANY
    }

    /// Returns by how much a near number weighs less because of them.
    pub(super) fn weight(&self, left: Id, right: Id, nearness: Nearness) -> i64 {
        i64::from(log2(self.count(left, right, nearness) as u64 + 1))
    }
}

/// Returns all whole numbers of a party, as both papers have them.
fn numbers(run: &Run<'_, '_>, party: Id) -> FxHashSet<Id> {
    let facts = Side::BOTH.into_iter().flat_map(|side| run.board.facts(side));
    let of_party = facts.filter(|fact| fact.party == party);
    let whole = |fact: &'_ Fact| -> Vec<Id> {
        let numbers = fact.numbers.iter().filter(|number| !number.damaged);
        numbers.map(|number| number.joined).collect()
    };
    of_party.flat_map(whole).collect()
}
