//! Goods billed by one party and booked under another: two entries alone, each
//! pointing at the other.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Alone;
use crate::engine::matching::damage::{images, spelled_out};
use crate::engine::matching::document_no::Number;
use crate::engine::matching::names::Id;
use crate::engine::matching::outcome::Reason;
use crate::engine::matching::paper::{Fact, Kind};
use crate::engine::matching::passes::Run;
use crate::engine::matching::sides::{Both, Side};
use crate::engine::matching::weigh::distinctness;
use crate::text::fold;

/// Characters that a number needs to mean the same with another party.
const LEAST_LENGTH: u8 = 4;
/// How telling an amount must be where no number says it.
const TELLING: i32 = 800;
/// Entries under one number that are compared with each other.
const MOST: usize = 100;

/// Finds such entries among those that are left.
pub(super) fn find(run: &Run<'_, '_>, known: &mut Both<FxHashMap<usize, Alone>>) {
    let mut pairs = Vec::new();
    let mut used: Both<FxHashSet<usize>> = Both::default();
    for group in groups(run, by_number) {
        by_agreement(run, &group, &mut used, &mut pairs);
    }
    for group in by_damaged_number(run) {
        by_agreement(run, &group, &mut used, &mut pairs);
    }
    for group in groups(run, by_content) {
        if group.left.len() == 1 && group.right.len() == 1 {
            by_agreement(run, &group, &mut used, &mut pairs);
        }
    }
    for group in groups(run, by_content_alone) {
        if let (&[left], &[right]) = (&group.left[..], &group.right[..])
            && may_be_one(run, left, right)
        {
            by_agreement(run, &group, &mut used, &mut pairs);
        }
    }
    for (left, right) in pairs {
        let place = |side: Side, at: usize| run.board.papers.of(side).entry(at).at.clone();
        for (side, at, other) in [(Side::Left, left, right), (Side::Right, right, left)] {
            let related = vec![place(side.other(), other)];
            known.of_mut(side).insert(at, Alone::explained(Reason::OtherParty, related));
        }
    }
}

fn by_number(fact: &Fact) -> Vec<(Id, Option<Decimal>, Option<i64>)> {
    let long = fact.numbers.iter().filter(|number| number.length >= LEAST_LENGTH);
    long.map(|number| (number.joined, None, None)).collect()
}

/// Returns the free goods that stand under a damaged number, with those of the
/// other side of which damage makes it, item by item.
fn by_damaged_number(run: &Run<'_, '_>) -> Vec<Both<Vec<usize>>> {
    let folded = |number: &Number| fold(run.board.names.text(number.verbatim));
    let shows = |fact: &Fact| -> Vec<u128> {
        let damaged = fact.numbers.iter().filter(|number| number.damaged);
        damaged.filter_map(|number| spelled_out(&folded(number))).collect()
    };
    let mut damage: FxHashSet<u128> = FxHashSet::default();
    for side in Side::BOTH {
        let free = run.board.free(side).into_iter();
        damage.extend(free.flat_map(|at| shows(run.board.fact(side, at))));
    }
    if damage.is_empty() {
        return Vec::new();
    }
    groups(run, |fact| {
        let whole = fact.numbers.iter().filter(|number| !number.damaged);
        let images = whole.flat_map(|number| images(&folded(number), &BTreeSet::new()));
        let met: Vec<u128> =
            shows(fact).into_iter().chain(images).filter(|image| damage.contains(image)).collect();
        let names = fact.item.into_iter().flat_map(|item| [item.code, item.words]).flatten();
        names.flat_map(|name| met.iter().map(move |&image| (name, image))).collect()
    })
}

fn by_content(fact: &Fact) -> Vec<(Id, Option<Decimal>, Option<i64>)> {
    let telling = distinctness(fact.figures.amount) >= TELLING;
    let item = fact.item.filter(|_| telling && fact.day.is_some());
    let names = item.into_iter().flat_map(|item| [item.code, item.words]).flatten();
    names.map(|name| (name, Some(fact.figures.amount), fact.day)).collect()
}

fn by_content_alone(fact: &Fact) -> Vec<(Id, Option<Decimal>, Option<i64>)> {
    by_content(fact).into_iter().map(|(name, amount, _)| (name, amount, None)).collect()
}

/// Whether two entries that alone have their item and amount may be one some
/// days apart: not if each stands under a whole number of its own.
fn may_be_one(run: &Run<'_, '_>, left: usize, right: usize) -> bool {
    let (a, b) = (run.board.fact(Side::Left, left), run.board.fact(Side::Right, right));
    let whole = |fact: &Fact| fact.numbers.iter().any(|number| !number.damaged);
    let near = a.day.zip(b.day).is_some_and(|(a, b)| (a - b).abs() <= run.spec.date_window);
    near && !(whole(a) && whole(b))
}

/// Returns the free goods of both sides that share a key, in order.
fn groups<K: Ord + std::hash::Hash>(
    run: &Run<'_, '_>,
    key: impl Fn(&Fact) -> Vec<K>,
) -> Vec<Both<Vec<usize>>> {
    let mut groups: FxHashMap<K, Both<Vec<usize>>> = FxHashMap::default();
    for side in Side::BOTH {
        for at in run.board.free(side) {
            let fact = run.board.fact(side, at);
            if fact.kind == Kind::Trade {
                for key in key(fact) {
                    groups.entry(key).or_default().of_mut(side).push(at);
                }
            }
        }
    }
    let mut groups: Vec<_> = groups
        .into_values()
        .filter(|group| !group.left.is_empty() && !group.right.is_empty())
        .filter(|group| group.left.len() <= MOST && group.right.len() <= MOST)
        .collect();
    groups.sort_unstable_by(|a, b| (&a.left, &a.right).cmp(&(&b.left, &b.right)));
    groups
}

/// Pairs entries of different parties that agree; where some lines of a note
/// do, also those that name the same item.
fn by_agreement(
    run: &Run<'_, '_>,
    group: &Both<Vec<usize>>,
    used: &mut Both<FxHashSet<usize>>,
    pairs: &mut Vec<(usize, usize)>,
) {
    let mut parties: FxHashSet<(Id, Id)> = FxHashSet::default();
    for same_figures in [true, false] {
        for &left in &group.left {
            let a = run.board.fact(Side::Left, left);
            let partner = group.right.iter().copied().find(|&right| {
                let b = run.board.fact(Side::Right, right);
                let agrees = if same_figures {
                    a.figures.amount == b.figures.amount || same_item_and_quantity(a, b)
                } else {
                    parties.contains(&(a.party, b.party)) && shares_item(a, b)
                };
                a.party != b.party && agrees && !used.right.contains(&right)
            });
            let Some(right) = partner.filter(|_| !used.left.contains(&left)) else { continue };
            parties.insert((a.party, run.board.fact(Side::Right, right).party));
            used.left.insert(left);
            used.right.insert(right);
            pairs.push((left, right));
        }
    }
}

fn same_item_and_quantity(a: &Fact, b: &Fact) -> bool {
    shares_item(a, b) && a.figures.quantity.is_some() && a.figures.quantity == b.figures.quantity
}

fn shares_item(a: &Fact, b: &Fact) -> bool {
    let Some((a, b)) = a.item.zip(b.item) else { return false };
    (a.code.is_some() && a.code == b.code) || (a.words.is_some() && a.words == b.words)
}
