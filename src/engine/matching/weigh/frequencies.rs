//! How common each value is on the papers themselves: what is common proves
//! little.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::engine::matching::board::Board;
use crate::engine::matching::names::Id;
use crate::engine::matching::paper::{Fact, Kind};
use crate::engine::matching::sides::{Both, Side};

/// How often each value occurs among the entries of a party.
#[derive(Debug, Default)]
pub(in crate::engine::matching) struct Frequencies {
    lines: FxHashMap<(Id, Kind), Both<u32>>,
    amounts: FxHashMap<(Id, Kind, Decimal), Both<u32>>,
    items: FxHashMap<(Id, u8, Id), Both<u32>>,
}

impl Frequencies {
    /// Counts both papers.
    pub(in crate::engine::matching) fn count(board: &Board<'_>) -> Self {
        let mut counts = Self::default();
        for side in Side::BOTH {
            for fact in board.facts(side) {
                let key = (fact.party, fact.kind);
                *counts.lines.entry(key).or_default().of_mut(side) += 1;
                let key = (fact.party, fact.kind, fact.figures.amount.abs());
                *counts.amounts.entry(key).or_default().of_mut(side) += 1;
                let Some(item) = fact.item else { continue };
                let (tag, id) = match item.key() {
                    crate::engine::matching::item::ItemKey::Code(id) => (0, id),
                    crate::engine::matching::item::ItemKey::Words(id) => (1, id),
                };
                *counts.items.entry((fact.party, tag, id)).or_default().of_mut(side) += 1;
            }
        }
        counts
    }

    pub(super) fn lines(&self, fact: &Fact) -> u32 {
        self.lines.get(&(fact.party, fact.kind)).map_or(1, |both| both.left.max(both.right))
    }

    /// How often the amount occurs again beside this one time.
    pub(super) fn again(&self, fact: &Fact) -> u32 {
        let key = (fact.party, fact.kind, fact.figures.amount.abs());
        let count = self.amounts.get(&key).map_or(1, |both| both.left.max(both.right));
        count.saturating_sub(1)
    }

    pub(super) fn item(&self, fact: &Fact) -> u32 {
        let Some(item) = fact.item else { return self.lines(fact) };
        let (tag, id) = match item.key() {
            crate::engine::matching::item::ItemKey::Code(id) => (0, id),
            crate::engine::matching::item::ItemKey::Words(id) => (1, id),
        };
        let count = self.items.get(&(fact.party, tag, id));
        count.map_or(1, |both| both.left.max(both.right)).max(1)
    }
}
