//! What the two papers teach about each other before anything is matched:
//! which items are the same, whether numbers and codes are shared, who writes
//! with tax, who counts in boxes. It is learnt from pairs that are clear
//! already: the only two lines of a note with the same amount, or quantity, or
//! item.

mod items;
mod packs;
mod seeds;
mod tax;

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::board::{Board, Certainty};
use super::causes::PackHabit;
use super::names::Id;
use super::outcome::FileVerdict;
use super::paper::Fact;
use super::sides::{Both, Side};
use super::spec::Spec;
use crate::engine::entry::EntryType;
pub(super) use items::{Items, Relation};
use packs::Packs;
pub(super) use tax::SheetTax;

/// What has been learnt.
#[derive(Debug)]
pub(super) struct Knowledge {
    items: Items,
    packs: Packs,
    tax: SheetTax,
    /// Parties whose numbers stand on both papers.
    shared_numbers: FxHashSet<Id>,
    /// Parties some number of whose returns stands on both papers.
    shared_return_numbers: FxHashSet<Id>,
    /// Parties of whom one paper has hardly any numbers.
    without_numbers: FxHashSet<Id>,
    /// Rates that several lines of a party speak for.
    rates: FxHashMap<Id, Vec<Decimal>>,
    /// What holds for whole papers.
    pub(super) verdicts: Vec<FileVerdict>,
}

impl Knowledge {
    /// Learns from both papers, and puts the left figures on the right side's
    /// tax basis where that is known.
    pub(super) fn learn(board: &mut Board<'_>, spec: &Spec) -> Self {
        let mut seeds = seeds::find(board);
        let (tax, mut verdicts) = tax::learn(board, &seeds, spec);
        if tax.convert(board) {
            seeds = seeds::find(board);
        }
        let items = Items::learn(board, &seeds);
        let packs = Packs::learn(board, &seeds, spec, &mut verdicts);
        let numbers = numbers(board);
        let rates = tax::supported_rates(board, &seeds, spec);
        Self {
            items,
            packs,
            tax,
            shared_numbers: numbers.0,
            shared_return_numbers: return_numbers(board),
            without_numbers: numbers.1,
            rates,
            verdicts,
        }
    }

    /// Whether two entries name the same item.
    pub(super) fn relation(&self, board: &Board<'_>, left: usize, right: usize) -> Relation {
        let (left, right) = (board.fact(Side::Left, left), board.fact(Side::Right, right));
        self.items.relation(&board.names, left, right)
    }

    /// Returns the names under which entries of both sides find each other's
    /// item.
    pub(super) fn item_keys(&self, side: Side, fact: &Fact) -> Vec<(u8, Id)> {
        self.items.keys(side, fact)
    }

    /// Learns packs from what was placed, for whoever explains it: papers whose
    /// numbers are damaged had nothing clear to learn from before.
    pub(super) fn learn_packs(&mut self, board: &Board<'_>) {
        let pairs = board.placements.iter().filter(|one| one.certainty == Certainty::Sure);
        let pairs = pairs.filter_map(|one| match (&one.left[..], &one.right[..]) {
            (&[left], &[right]) => Some((left, right)),
            _ => None,
        });
        let amount = |side: Side, at: usize| board.fact(side, at).figures.amount;
        let equal: Vec<(usize, usize)> = pairs
            .filter(|&(left, right)| amount(Side::Left, left) == amount(Side::Right, right))
            .collect();
        self.packs.learn_from(board, &equal);
    }

    /// Returns the packs in which one of two entries counts, if that is known.
    pub(super) fn pack(&self, board: &Board<'_>, left: usize, right: usize) -> Option<PackHabit> {
        self.packs.between(board, left, right)
    }

    /// Returns the tax habit between two entries.
    pub(super) fn tax(&self, board: &Board<'_>, left: usize) -> Option<super::causes::TaxHabit> {
        self.tax.of(board, left)
    }

    /// Returns the rates that several lines of a party speak for.
    pub(super) fn rates(&self, party: Id) -> &[Decimal] {
        self.rates.get(&party).map_or(&[], Vec::as_slice)
    }

    /// Whether a party's numbers stand on both papers, so that two different
    /// ones speak against a pair.
    pub(super) fn shares_numbers(&self, party: Id) -> bool {
        self.shared_numbers.contains(&party)
    }

    /// Whether a return of a party is known under one number on both papers;
    /// else each side may number them for itself.
    pub(super) fn shares_return_numbers(&self, party: Id) -> bool {
        self.shared_return_numbers.contains(&party)
    }

    /// Whether one paper of a party has hardly any numbers, so that having
    /// none means nothing.
    pub(super) fn lacks_numbers(&self, party: Id) -> bool {
        self.without_numbers.contains(&party)
    }
}

/// Finds the parties some number of whose returns stands on both papers.
fn return_numbers(board: &Board<'_>) -> FxHashSet<Id> {
    let of = |side: Side| -> FxHashSet<(Id, Id)> {
        let paper = board.papers.of(side);
        let returns = (0..paper.facts.len())
            .filter(|&at| paper.entry(at).entry_type == EntryType::Return)
            .map(|at| &paper.facts[at]);
        let numbers = |fact: &Fact| -> Vec<(Id, Id)> {
            fact.numbers.iter().map(|number| (fact.party, number.joined)).collect()
        };
        returns.flat_map(numbers).collect()
    };
    let right = of(Side::Right);
    of(Side::Left)
        .into_iter()
        .filter(|number| right.contains(number))
        .map(|(party, _)| party)
        .collect()
}

/// Finds the parties whose numbers are shared, and those without numbers.
fn numbers(board: &Board<'_>) -> (FxHashSet<Id>, FxHashSet<Id>) {
    let mut known: Both<FxHashSet<(Id, Id)>> = Both::default();
    let mut lines: FxHashMap<Id, Both<(usize, usize)>> = FxHashMap::default();
    for side in Side::BOTH {
        for fact in board.facts(side) {
            let count = lines.entry(fact.party).or_default().of_mut(side);
            count.0 += 1;
            count.1 += usize::from(!fact.numbers.is_empty());
            let joined = fact.numbers.iter().map(|number| (fact.party, number.joined));
            known.of_mut(side).extend(joined);
        }
    }
    let mut distinct: FxHashMap<Id, (Both<usize>, usize)> = FxHashMap::default();
    for side in Side::BOTH {
        for number in known.of(side) {
            let count = distinct.entry(number.0).or_default();
            *count.0.of_mut(side) += 1;
            count.1 += usize::from(side == Side::Left && known.right.contains(number));
        }
    }
    let is_shared = |count: &(Both<usize>, usize)| {
        let fewer = count.0.left.min(count.0.right);
        fewer > 0 && count.1 * 10 >= fewer * 3
    };
    let shared = distinct.iter().filter(|(_, count)| is_shared(count)).map(|(&party, _)| party);
    let lacks = |count: &Both<(usize, usize)>| {
        Side::BOTH.iter().any(|&side| count.of(side).1 * 10 < count.of(side).0)
    };
    let without = lines.iter().filter(|(_, count)| lacks(count)).map(|(&party, _)| party);
    (shared.collect(), without.collect())
}
