//! Which entries are compared at all. Few against few: all of them. Many
//! against many: those that share an amount, an item and quantity, or an item
//! and day, and of those the nearest in time, so that the work stays in
//! proportion to the rows.

use std::hash::Hash;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::board::Board;
use super::learn::Knowledge;
use super::names::Id;
use super::paper::{Fact, Kind};
use super::sides::{Both, Side};

/// Pairs up to which everything is compared with everything.
const ALL: usize = 1024;
/// Partners of one entry under one key.
const NEAREST: usize = 8;

/// A left and a right entry.
pub(super) type Candidate = (usize, usize);

/// Returns the pairs worth comparing, each once, in order.
pub(super) fn find(
    board: &Board<'_>,
    knowledge: &Knowledge,
    entries: &Both<Vec<usize>>,
) -> Vec<Candidate> {
    let mut found = Vec::new();
    if entries.left.len() * entries.right.len() <= ALL {
        for &left in &entries.left {
            found.extend(entries.right.iter().map(|&right| (left, right)));
        }
    } else {
        keyed(board, knowledge, entries, &mut found);
    }
    found.retain(|&(left, right)| {
        are_comparable(board.fact(Side::Left, left), board.fact(Side::Right, right))
    });
    found.sort_unstable();
    found.dedup();
    found
}

/// Goods may meet deductions only at the same amount; payments meet payments.
fn are_comparable(a: &Fact, b: &Fact) -> bool {
    a.kind == b.kind
        || (a.kind != Kind::Payment
            && b.kind != Kind::Payment
            && a.figures.amount.abs() == b.figures.amount.abs())
}

fn keyed(
    board: &Board<'_>,
    knowledge: &Knowledge,
    entries: &Both<Vec<usize>>,
    found: &mut Vec<Candidate>,
) {
    let amount = |_: Side, fact: &Fact| vec![fact.figures.amount.abs()];
    nearest(board, entries, amount, found);
    let with_items = |side: Side, fact: &Fact, of: Option<Decimal>| -> Vec<_> {
        let Some(of) = of else { return Vec::new() };
        knowledge.item_keys(side, fact).into_iter().map(|item| (item, of)).collect()
    };
    let quantity = |side: Side, fact: &Fact| {
        with_items(side, fact, fact.figures.quantity.map(|quantity| quantity.abs()))
    };
    nearest(board, entries, quantity, found);
    let day = |side: Side, fact: &Fact| -> Vec<((u8, Id), Decimal)> {
        with_items(side, fact, fact.day.map(Decimal::from))
    };
    nearest(board, entries, day, found);
    let other_number = |_: Side, fact: &Fact| -> Vec<(Id, Decimal)> {
        let amount = fact.figures.amount.abs();
        fact.other_numbers.iter().map(|&number| (number, amount)).collect()
    };
    nearest(board, entries, other_number, found);
    let without_item = |_: Side, fact: &Fact| -> Vec<(Kind, i64)> {
        let day = fact.day.filter(|_| fact.item.is_none());
        day.map(|day| (fact.kind, day)).into_iter().collect()
    };
    nearest(board, entries, without_item, found);
}

/// An entry and its day.
type Dated = (Option<i64>, usize);

/// Adds the nearest pairs that share a key, seen from both sides.
fn nearest<K: Hash + Eq>(
    board: &Board<'_>,
    entries: &Both<Vec<usize>>,
    key: impl Fn(Side, &Fact) -> Vec<K>,
    found: &mut Vec<Candidate>,
) {
    let mut holders: FxHashMap<K, Both<Vec<Dated>>> = FxHashMap::default();
    for side in Side::BOTH {
        for &at in entries.of(side) {
            let fact = board.fact(side, at);
            for key in key(side, fact) {
                holders.entry(key).or_default().of_mut(side).push((fact.day, at));
            }
        }
    }
    for mut both in holders.into_values() {
        both.left.sort_unstable();
        both.right.sort_unstable();
        for &(day, left) in &both.left {
            found.extend(around(&both.right, day).map(|right| (left, right)));
        }
        for &(day, right) in &both.right {
            found.extend(around(&both.left, day).map(|left| (left, right)));
        }
    }
}

/// Returns the entries around a day: those before and from it, the nearest.
fn around(entries: &[Dated], day: Option<i64>) -> impl Iterator<Item = usize> + '_ {
    let at = entries.partition_point(|entry| entry.0 < day);
    let from = at.saturating_sub(NEAREST / 2);
    let to = (at + NEAREST).min(entries.len());
    entries[from..to].iter().map(|entry| entry.1)
}
