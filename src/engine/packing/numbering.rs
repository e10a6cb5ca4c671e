//! Carton numbers: 1 to n within each order (or the whole list, where cartons
//! hold several), the same again when the plan is made again.

use std::collections::VecDeque;
use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::carton::{CartonRange, Outer};
use super::plan::{Drafted, Problem};

/// What makes two cartons the same.
type Sameness = (
    Option<Arc<str>>,
    Vec<(Option<Arc<str>>, Option<Arc<str>>, Option<Arc<str>>, Decimal)>,
    Option<Outer>,
);

fn sameness(range: &CartonRange) -> Sameness {
    let mut contents: Vec<_> = range
        .contents
        .iter()
        .map(|one| {
            (one.style.clone(), one.colour.clone(), one.size.clone(), one.pieces.normalize())
        })
        .collect();
    contents.sort();
    (range.destination.clone(), contents, range.outer)
}

/// Numbers cartons. Those that an earlier plan has keep its numbers; new ones
/// take numbers that became free, then the next.
pub(super) fn number(
    ranges: Vec<CartonRange>,
    drafted: Vec<Drafted>,
    earlier: &[CartonRange],
) -> (Vec<(CartonRange, Drafted)>, Vec<Problem>) {
    let across =
        ranges.iter().any(|range| range.contents.iter().any(|one| one.po != range.contents[0].po));
    let scope = |range: &CartonRange| range.po().cloned().filter(|_| !across);
    let mut order: Vec<Option<Arc<str>>> = Vec::new();
    let mut scopes: FxHashMap<Option<Arc<str>>, Vec<(CartonRange, Drafted)>> = FxHashMap::default();
    for (range, drafted) in ranges.into_iter().zip(drafted) {
        let key = scope(&range);
        if !scopes.contains_key(&key) {
            order.push(key.clone());
        }
        scopes.entry(key).or_default().push((range, drafted));
    }
    let mut numbered = Vec::new();
    let mut void = Vec::new();
    for po in order {
        let own: Vec<&CartonRange> =
            earlier.iter().filter(|range| across || range.po() == po.as_ref()).collect();
        let cartons = scopes.remove(&po).unwrap_or_default();
        let (mut part, free) = within(cartons, &own);
        void.extend(free.into_iter().map(|(from, to)| Problem::Void { po: po.clone(), from, to }));
        numbered.append(&mut part);
    }
    (numbered, void)
}

/// Cartons with what they were drafted from.
type Numbered = Vec<(CartonRange, Drafted)>;

/// Numbers the cartons of one scope; returns the numbers that are left free
/// among them.
fn within(cartons: Numbered, earlier: &[&CartonRange]) -> (Numbered, Vec<(u32, u32)>) {
    if earlier.is_empty() {
        return (in_sequence(cartons), Vec::new());
    }
    let mut kept: FxHashMap<Sameness, VecDeque<(u32, u32)>> = FxHashMap::default();
    for range in earlier {
        kept.entry(sameness(range)).or_default().push_back((range.from, range.to));
    }
    let mut numbered: Vec<(CartonRange, Drafted)> = Vec::new();
    let mut fresh: Vec<(CartonRange, Drafted)> = Vec::new();
    for (range, drafted) in cartons {
        let mut left = drafted.count;
        let mut known = kept.get_mut(&sameness(&range));
        while let Some((from, to)) = known.as_mut().filter(|_| left > 0).and_then(|k| k.pop_front())
        {
            let taken = left.min(u64::from(to - from) + 1);
            let last = from + u32::try_from(taken - 1).unwrap_or(u32::MAX);
            left -= taken;
            numbered.push((
                CartonRange { from, to: last, ..range.clone() },
                Drafted { count: taken, ..drafted },
            ));
            if last < to
                && let Some(known) = known.as_mut()
            {
                known.push_front((last + 1, to));
            }
        }
        if left > 0 {
            fresh.push((range, Drafted { count: left, ..drafted }));
        }
    }
    fill_gaps(&mut numbered, fresh);
    numbered.sort_by_key(|(range, _)| range.from);
    let free = gaps(&numbered);
    (numbered, free)
}

/// Gives new cartons the numbers between those that are kept, then the next.
fn fill_gaps(numbered: &mut Vec<(CartonRange, Drafted)>, fresh: Vec<(CartonRange, Drafted)>) {
    numbered.sort_by_key(|(range, _)| range.from);
    let mut free: VecDeque<(u32, u32)> = gaps(numbered).into();
    let last = numbered.iter().map(|(range, _)| range.to).max().unwrap_or(0);
    free.push_back((last.saturating_add(1), u32::MAX));
    for (range, drafted) in fresh {
        let mut left = drafted.count;
        while left > 0 {
            let Some((from, to)) = free.pop_front() else { return };
            let taken = left.min(u64::from(to - from) + 1);
            let end = from + u32::try_from(taken - 1).unwrap_or(u32::MAX);
            left -= taken;
            numbered.push((
                CartonRange { from, to: end, ..range.clone() },
                Drafted { count: taken, ..drafted },
            ));
            if end < to {
                free.push_front((end + 1, to));
            }
        }
    }
}

/// Returns the numbers from 1 that none of the cartons (by number) has, below
/// the last.
fn gaps(numbered: &[(CartonRange, Drafted)]) -> Vec<(u32, u32)> {
    let mut next = 1;
    let mut found = Vec::new();
    for (range, _) in numbered {
        if range.from > next {
            found.push((next, range.from - 1));
        }
        next = next.max(range.to.saturating_add(1));
    }
    found
}

fn in_sequence(cartons: Vec<(CartonRange, Drafted)>) -> Vec<(CartonRange, Drafted)> {
    let mut next = 1_u32;
    cartons
        .into_iter()
        .map(|(range, drafted)| {
            let count = u32::try_from(drafted.count).unwrap_or(u32::MAX);
            let from = next;
            next = next.saturating_add(count);
            (CartonRange { from, to: next - 1, ..range }, drafted)
        })
        .collect()
}
