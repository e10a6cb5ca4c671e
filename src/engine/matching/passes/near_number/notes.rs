//! The notes whose number the other side does not have, and which of them have
//! nearly the same number.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Run;
use crate::engine::matching::names::Id;
use crate::engine::matching::near_number::{end_keys, nearness, short_end, slip_keys};
use crate::engine::matching::sides::{Both, Side};

/// The free lines under one number.
#[derive(Debug)]
pub(super) struct Doc {
    pub(super) number: Id,
    pub(super) lines: Vec<usize>,
}

/// Returns, by party, the notes whose number the other side does not have; with
/// `settled`, also what is left of a note, several lines, whose number the
/// other side has nothing left of.
pub(super) fn unlinked(run: &Run<'_, '_>, settled: bool) -> FxHashMap<Id, Both<Vec<Doc>>> {
    type Numbers = FxHashSet<(Id, Id)>;
    let numbers = |side: Side, at: usize| {
        let fact = run.board.fact(side, at);
        fact.numbers.iter().map(move |number| (fact.party, number.joined))
    };
    let known: Both<Numbers> = Both::from_fn(|side| {
        (0..run.board.facts(side).len()).flat_map(|at| numbers(side, at)).collect()
    });
    let open: Both<Numbers> = Both::from_fn(|side| {
        run.board.free(side).into_iter().flat_map(|at| numbers(side, at)).collect()
    });
    let mut lines: FxHashMap<(Id, Id), Both<Vec<usize>>> = FxHashMap::default();
    for side in Side::BOTH {
        for at in run.board.free(side) {
            let fact = run.board.fact(side, at);
            for number in fact.numbers.iter().filter(|number| !number.damaged) {
                let key = (fact.party, number.joined);
                let known = if settled { &open } else { &known };
                if !known.of(side.other()).contains(&key) {
                    lines.entry(key).or_default().of_mut(side).push(at);
                }
            }
        }
    }
    let mut docs: FxHashMap<Id, Both<Vec<Doc>>> = FxHashMap::default();
    let mut lines: Vec<_> = lines.into_iter().collect();
    lines.sort_by(|a, b| run.board.names.text(a.0.1).cmp(run.board.names.text(b.0.1)));
    for ((party, number), both) in lines {
        for side in Side::BOTH {
            let lines = both.of(side).clone();
            let is_rest = known.of(side.other()).contains(&(party, number));
            if !lines.is_empty() && (!is_rest || lines.len() > 1) {
                docs.entry(party).or_default().of_mut(side).push(Doc { number, lines });
            }
        }
    }
    docs
}

/// Returns pairs of notes whose numbers are near, each once.
pub(super) fn near_pairs(run: &Run<'_, '_>, docs: &Both<Vec<Doc>>) -> Vec<(usize, usize)> {
    let text = |side: Side, at: usize| run.board.names.text(docs.of(side)[at].number);
    let mut pairs = BTreeSet::new();
    let mut index: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for left in 0..docs.left.len() {
        for key in slip_keys(text(Side::Left, left)) {
            index.entry(key).or_default().push(left);
        }
    }
    for right in 0..docs.right.len() {
        for key in slip_keys(text(Side::Right, right)) {
            for &left in index.get(&key).map_or(&[][..], Vec::as_slice) {
                pairs.insert((left, right));
            }
        }
    }
    for short in Side::BOTH {
        ends(docs, short, text, &mut pairs);
    }
    pairs.retain(|&(left, right)| {
        nearness(text(Side::Left, left), text(Side::Right, right)).is_some()
    });
    pairs.into_iter().collect()
}

/// Adds pairs in which the number of the `short` side may be the end of the
/// other's.
fn ends<'a>(
    docs: &Both<Vec<Doc>>,
    short: Side,
    text: impl Fn(Side, usize) -> &'a str,
    pairs: &mut BTreeSet<(usize, usize)>,
) {
    let mut shorts: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    let mut lengths = BTreeSet::new();
    for at in 0..docs.of(short).len() {
        if let Some(end) = short_end(text(short, at)) {
            lengths.insert(end.len());
            shorts.entry(end).or_default().push(at);
        }
    }
    for long in 0..docs.of(short.other()).len() {
        for end in end_keys(text(short.other(), long), &lengths) {
            for &at in shorts.get(end.as_str()).map_or(&[][..], Vec::as_slice) {
                pairs.insert(if short == Side::Left { (at, long) } else { (long, at) });
            }
        }
    }
}
