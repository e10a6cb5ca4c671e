//! Which items of the two papers are the same.

use std::cell::RefCell;
use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};

use super::seeds::{Seeds, Sign};
use crate::engine::matching::board::Board;
use crate::engine::matching::item::{Item, ItemKey, Likeness, likeness};
use crate::engine::matching::names::{Id, Names};
use crate::engine::matching::paper::Fact;
use crate::engine::matching::sides::{Both, Side};

/// How the items of two entries relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine::matching) enum Relation {
    /// The same item.
    Same,
    /// Similar, in per cent.
    Like(u8),
    /// Cannot be told.
    Unknown,
    /// Described as two different items.
    Unlike,
    /// Two different items, by their codes or because each has another partner.
    Different,
}

impl Relation {
    /// Whether the two are taken for different items.
    pub(in crate::engine::matching) fn is_other(self) -> bool {
        matches!(self, Relation::Unlike | Relation::Different)
    }
}

/// What is known of the items of both papers.
#[derive(Debug, Default)]
pub(in crate::engine::matching) struct Items {
    /// Parties whose codes stand on both papers.
    shared_codes: FxHashSet<Id>,
    /// Parties whose descriptions agree on clear pairs.
    shared_words: FxHashSet<Id>,
    /// Codes and words of each side, by party.
    present: Both<FxHashSet<(Id, ItemKey)>>,
    /// Which right item a left one is, learnt from clear pairs; and back.
    aliases: Both<FxHashMap<(Id, ItemKey), ItemKey>>,
    /// How descriptions compare, as far as anybody asked.
    likeness: RefCell<FxHashMap<(Id, Id), Likeness>>,
}

impl Items {
    /// Learns from both papers.
    pub(super) fn learn(board: &Board<'_>, seeds: &Seeds) -> Self {
        let mut items = Self::default();
        for side in Side::BOTH {
            for fact in board.facts(side) {
                let present = items.present.of_mut(side);
                let Some(item) = fact.item else { continue };
                present.extend(item.code.map(|code| (fact.party, ItemKey::Code(code))));
                present.extend(item.words.map(|words| (fact.party, ItemKey::Words(words))));
            }
        }
        items.shared_codes = items.find_shared_codes();
        items.shared_words = items.find_shared_words(board, seeds);
        items.learn_aliases(board, seeds);
        items
    }

    /// Codes are shared if at least half of the codes of the side that has
    /// fewer stand on the other side too.
    fn find_shared_codes(&self) -> FxHashSet<Id> {
        let mut counts: FxHashMap<Id, [usize; 3]> = FxHashMap::default();
        for (slot, side) in Side::BOTH.into_iter().enumerate() {
            for key in self.present.of(side).iter() {
                if let (party, ItemKey::Code(_)) = key {
                    let count = counts.entry(*party).or_default();
                    count[slot] += 1;
                    count[2] += usize::from(slot == 0 && self.present.right.contains(key));
                }
            }
        }
        let is_shared = |&[left, right, both]: &[usize; 3]| both > 0 && both * 2 >= left.min(right);
        counts.into_iter().filter(|(_, count)| is_shared(count)).map(|(party, _)| party).collect()
    }

    /// Compares two descriptions, each pair once.
    fn likeness(&self, names: &Names, left: Id, right: Id) -> Likeness {
        let mut known = self.likeness.borrow_mut();
        *known.entry((left, right)).or_insert_with(|| likeness(names.text(left), names.text(right)))
    }

    fn find_shared_words(&self, board: &Board<'_>, seeds: &Seeds) -> FxHashSet<Id> {
        let mut counts: FxHashMap<Id, (usize, usize)> = FxHashMap::default();
        for seed in seeds.pairs.iter().filter(|seed| seed.sign == Sign::Amount) {
            let (left, right) =
                (board.fact(Side::Left, seed.left), board.fact(Side::Right, seed.right));
            let Some((a, b)) = left.item.zip(right.item) else { continue };
            let Some(pair) = a.words.zip(b.words) else { continue };
            let count = counts.entry(left.party).or_default();
            let like = self.likeness(&board.names, pair.0, pair.1);
            let agrees = matches!(like, Likeness::Same | Likeness::Contained(_));
            count.0 += usize::from(agrees);
            count.1 += 1;
        }
        let is_shared = |&(agrees, all): &(usize, usize)| agrees * 4 >= all * 3;
        counts.into_iter().filter(|(_, count)| is_shared(count)).map(|(party, _)| party).collect()
    }

    /// An item is the one that most of its clear pairs say, if they are at
    /// least four of five.
    fn learn_aliases(&mut self, board: &Board<'_>, seeds: &Seeds) {
        let mut counts: FxHashMap<(Id, ItemKey, ItemKey), usize> = FxHashMap::default();
        for seed in seeds.pairs.iter().filter(|seed| seed.sign == Sign::Amount) {
            let (left, right) =
                (board.fact(Side::Left, seed.left), board.fact(Side::Right, seed.right));
            let quantities = (left.figures.quantity, right.figures.quantity);
            let contradict = matches!(quantities, (Some(a), Some(b)) if a.abs() != b.abs());
            if let Some((a, b)) = left.item.zip(right.item).filter(|_| !contradict) {
                *counts.entry((left.party, a.key(), b.key())).or_default() += 1;
            }
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_unstable_by_key(|&(key, count)| (Reverse(count), key));
        for side in Side::BOTH {
            let mut totals: FxHashMap<(Id, ItemKey), usize> = FxHashMap::default();
            let keys = |(party, left, right): (Id, ItemKey, ItemKey)| match side {
                Side::Left => ((party, left), right),
                Side::Right => ((party, right), left),
            };
            for &(key, count) in &counts {
                *totals.entry(keys(key).0).or_default() += count;
            }
            for &(key, count) in &counts {
                let (own, other) = keys(key);
                if count * 5 >= totals[&own] * 4 {
                    self.aliases.of_mut(side).entry(own).or_insert(other);
                }
            }
        }
    }

    /// Whether two entries name the same item.
    pub(super) fn relation(&self, names: &Names, left: &Fact, right: &Fact) -> Relation {
        let (Some(a), Some(b)) = (left.item, right.item) else { return Relation::Unknown };
        let party = left.party;
        if let Some((a, b)) = a.code.zip(b.code) {
            if a == b {
                return Relation::Same;
            }
            if party == right.party && self.shared_codes.contains(&party) {
                return Relation::Different;
            }
        }
        if a.words.is_some() && a.words == b.words {
            return Relation::Same;
        }
        let alias = self.aliases.left.get(&(party, a.key()));
        if alias == Some(&b.key()) {
            return Relation::Same;
        }
        self.by_words(names, party, a, b)
    }

    fn by_words(&self, names: &Names, party: Id, left: Item, right: Item) -> Relation {
        let words = left.words.zip(right.words);
        let like = words.map(|(left, right)| self.likeness(names, left, right));
        match like {
            Some(Likeness::Same) => return Relation::Same,
            Some(Likeness::Contained(percent)) => return Relation::Like(percent),
            _ => {}
        }
        let settled = (
            self.has_partner(Side::Left, party, left),
            self.has_partner(Side::Right, party, right),
        );
        let open = settled == (false, false);
        match like {
            _ if settled == (true, true) => Relation::Different,
            None | Some(Likeness::Incomparable) => Relation::Unknown,
            Some(Likeness::Partial(percent)) if open && percent >= 50 => Relation::Like(percent),
            Some(Likeness::Partial(_)) if open && !self.shared_words.contains(&party) => {
                Relation::Unknown
            }
            _ => Relation::Unlike,
        }
    }

    /// Whether the other paper is known to have this item under some name.
    fn has_partner(&self, side: Side, party: Id, item: Item) -> bool {
        let other = self.present.of(side.other());
        let has = |key| other.contains(&(party, key));
        item.words.is_some_and(|words| has(ItemKey::Words(words)))
            || self.aliases.of(side).contains_key(&(party, item.key()))
            || (self.shared_codes.contains(&party)
                && item.code.is_some_and(|code| has(ItemKey::Code(code))))
    }

    /// Returns the names under which an entry's item is found by the other
    /// side: its code, its words, and what it is called there.
    pub(super) fn keys(&self, side: Side, fact: &Fact) -> Vec<(u8, Id)> {
        let Some(item) = fact.item else { return Vec::new() };
        let plain = |key: ItemKey| match key {
            ItemKey::Code(id) => (0, id),
            ItemKey::Words(id) => (1, id),
        };
        let mut keys: Vec<(u8, Id)> = Vec::with_capacity(3);
        keys.extend(item.code.map(|code| (0, code)));
        keys.extend(item.words.map(|words| (1, words)));
        if side == Side::Left {
            let alias = self.aliases.left.get(&(fact.party, item.key()));
            keys.extend(alias.map(|&key| plain(key)).filter(|key| !keys.contains(key)));
        }
        keys
    }
}
