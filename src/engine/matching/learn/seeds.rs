//! Pairs that are clear before anything is matched: in one note, the only two
//! lines with the same amount, else with the same quantity, else with the same
//! item.

use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::matching::board::Board;
use crate::engine::matching::links::{Linked, by_number};
use crate::engine::matching::paper::{Fact, Kind};
use crate::engine::matching::sides::{Both, Side};

/// What made a pair clear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Amount,
    Quantity,
    Item,
}

/// A clear pair.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seed {
    pub(super) left: usize,
    pub(super) right: usize,
    pub(super) sign: Sign,
}

/// Clear pairs, and notes that one side bills in a single line.
#[derive(Debug, Default)]
pub(super) struct Seeds {
    pub(super) pairs: Vec<Seed>,
    pub(super) whole_notes: Vec<Linked>,
}

/// Finds the clear pairs of both papers.
pub(super) fn find(board: &Board<'_>) -> Seeds {
    let mut seeds = Seeds::default();
    for note in by_number(board, |_, number| (!number.damaged).then_some(number.joined)) {
        let note = trade_only(board, note);
        let (left, right) = (note.left.len(), note.right.len());
        if left == 0 || right == 0 {
            continue;
        }
        if (left == 1) != (right == 1) {
            seeds.whole_notes.push(note);
        } else {
            pairs(board, &note, &mut seeds.pairs);
        }
    }
    seeds
}

fn trade_only(board: &Board<'_>, mut note: Linked) -> Linked {
    for side in Side::BOTH {
        note.of_mut(side).retain(|&at| board.fact(side, at).kind == Kind::Trade);
    }
    note
}

/// The pairs of one note, strongest signs first.
struct Note<'a, 'b> {
    board: &'a Board<'b>,
    entries: &'a Linked,
    used: Both<FxHashSet<usize>>,
    pairs: &'a mut Vec<Seed>,
}

fn pairs(board: &Board<'_>, entries: &Linked, pairs: &mut Vec<Seed>) {
    let mut note = Note { board, entries, used: Both::default(), pairs };
    note.add_unique(Sign::Amount, |fact| Some(fact.figures.amount.abs()));
    note.add_unique(Sign::Quantity, |fact| fact.figures.quantity.map(|quantity| quantity.abs()));
    note.add_unique(Sign::Item, |fact| fact.item?.code);
    note.add_unique(Sign::Item, |fact| fact.item?.words);
    if let ([left], [right], 0) = (&entries.left[..], &entries.right[..], note.used.left.len()) {
        note.pairs.push(Seed { left: *left, right: *right, sign: Sign::Item });
    }
}

/// The entry of one side that has a value, if it is the only one.
#[derive(Debug, Clone, Copy, Default)]
enum Holder {
    #[default]
    Nobody,
    One(usize),
    Several,
}

impl Note<'_, '_> {
    /// Adds the pairs that alone in the note share a value of `key`.
    fn add_unique<K: Hash + Eq>(&mut self, sign: Sign, key: impl Fn(&Fact) -> Option<K>) {
        let mut holders: FxHashMap<K, Both<Holder>> = FxHashMap::default();
        for side in Side::BOTH {
            for &at in self.entries.of(side) {
                if self.used.of(side).contains(&at) {
                    continue;
                }
                let Some(key) = key(self.board.fact(side, at)) else { continue };
                let holder = holders.entry(key).or_default().of_mut(side);
                *holder = match holder {
                    Holder::Nobody => Holder::One(at),
                    _ => Holder::Several,
                };
            }
        }
        let start = self.pairs.len();
        for holder in holders.into_values() {
            if let Both { left: Holder::One(left), right: Holder::One(right) } = holder {
                self.used.left.insert(left);
                self.used.right.insert(right);
                self.pairs.push(Seed { left, right, sign });
            }
        }
        self.pairs[start..].sort_unstable_by_key(|seed| seed.left);
    }
}
