//! Entries that one side has taken back itself: a receipt booked by mistake
//! and its reversal in red. Both stand alone, and each points at the other.

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Alone;
use crate::engine::matching::item::ItemKey;
use crate::engine::matching::names::Id;
use crate::engine::matching::paper::{Fact, Kind};
use crate::engine::matching::passes::Run;
use crate::engine::matching::sides::{Both, Side};

/// What an entry and its reversal share: the party, whether it is a payment,
/// the number or else the item, and the amount but for its sign.
type Key = (Id, bool, Result<Id, ItemKey>, Decimal);

/// Pairs what is left of each side with what takes it back; every entry goes
/// into one pair at most.
pub(super) fn find(run: &Run<'_, '_>, known: &mut Both<FxHashMap<usize, Alone>>) {
    for side in Side::BOTH {
        for (one, other) in pairs(run, side) {
            for (at, partner) in [(one, other), (other, one)] {
                let place = run.board.papers.of(side).entry(partner).at.clone();
                if let Some(alone) = known.of_mut(side).get_mut(&at) {
                    alone.reversal = Some(place);
                }
            }
        }
    }
}

fn pairs(run: &Run<'_, '_>, side: Side) -> Vec<(usize, usize)> {
    let mut waiting: FxHashMap<(Key, bool), Vec<usize>> = FxHashMap::default();
    let mut used = FxHashSet::default();
    let mut pairs = Vec::new();
    for at in run.board.unplaced(side) {
        let fact = run.board.fact(side, at);
        let takes_back = fact.written.amount.is_sign_negative();
        let mut found = None;
        for key in keys(fact) {
            if let Some(others) = waiting.get_mut(&(key, !takes_back)) {
                others.retain(|other| !used.contains(other));
                found = found.or(others.first().copied());
            }
        }
        if let Some(other) = found {
            used.extend([at, other]);
            pairs.push((other, at));
            continue;
        }
        for key in keys(fact) {
            waiting.entry((key, takes_back)).or_default().push(at);
        }
    }
    pairs
}

/// An entry without a number is known by its item.
fn keys(fact: &Fact) -> Vec<Key> {
    let is_payment = fact.kind == Kind::Payment;
    let key = |name| (fact.party, is_payment, name, fact.written.amount.abs());
    if fact.written.amount.is_zero() {
        return Vec::new();
    }
    if fact.numbers.is_empty() {
        return fact.item.map(|item| key(Err(item.key()))).into_iter().collect();
    }
    fact.numbers.iter().map(|number| key(Ok(number.joined))).collect()
}
