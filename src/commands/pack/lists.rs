//! The packing lists among the inputs: their cartons, and what is wrong with
//! their numbers.

use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::engine::packing::numbers::{NumberFault, faults};
use crate::engine::packing::weighings::{Weighing, Weighings};
use crate::engine::packing::{CartonRange, Sum};
use crate::finding::{Finding, codes};
use crate::records::packing::{CartonList, ListedCartons, Printed, po_key};

/// Returns what is wrong with the numbers of lists: sheets of one order are
/// numbered together. A list that leaves orders out counts for itself.
pub(super) fn number_findings(lists: &[CartonList]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut named: Vec<&CartonRange> = Vec::new();
    for list in lists {
        let own = list.cartons.iter().filter(|one| one.numbered).map(|one| &one.range);
        let own: Vec<&CartonRange> = own.collect();
        match own.iter().all(|range| range.po().is_some()) {
            true => named.extend(own),
            false => found.extend(of_scope(&own)),
        }
    }
    found.extend(of_scope(&named));
    found
}

/// Checks the numbers of cartons. Orders that each begin anew count each for
/// themselves.
fn of_scope(all: &[&CartonRange]) -> Vec<Finding> {
    let mut order: Vec<String> = Vec::new();
    let mut by_po: FxHashMap<String, Vec<&CartonRange>> = FxHashMap::default();
    for &range in all {
        let key = range.po().map(|po| po_key(po)).unwrap_or_default();
        if !by_po.contains_key(&key) {
            order.push(key.clone());
        }
        by_po.entry(key).or_default().push(range);
    }
    let starts = |ranges: &[&CartonRange]| ranges.iter().map(|range| range.from).min();
    let anew = order.len() > 1
        && order.iter().filter(|key| starts(&by_po[*key]) == starts(all)).count() > 1;
    if !anew {
        return findings(all);
    }
    order.iter().flat_map(|key| findings(&by_po[key])).collect()
}

fn findings(ranges: &[&CartonRange]) -> Vec<Finding> {
    let shown = |from: u32, to: u32| match from == to {
        true => from.to_string(),
        false => format!("{from}-{to}"),
    };
    let place = |finding: Finding, at: usize| match &ranges[at].at {
        Some(place) => finding.at(place.clone()),
        None => finding,
    };
    let finding = |fault: NumberFault| match fault {
        NumberFault::Gap { from, to, range } => {
            place(Finding::of(codes::CARTON_GAP).with("found", shown(from, to)), range)
        }
        NumberFault::Overlap { from, to, first, second } => {
            let finding = Finding::of(codes::CARTON_OVERLAP).with("found", shown(from, to));
            let finding = place(finding, second);
            match &ranges[first].at {
                Some(other) => finding.related(other.clone()),
                None => finding,
            }
        }
    };
    faults(ranges).into_iter().map(finding).collect()
}

/// Says of a weighing that it is of no carton.
pub(super) fn unused(weighing: &Weighing) -> Finding {
    let numbers = match weighing.from == weighing.to {
        true => weighing.from.to_string(),
        false => format!("{}-{}", weighing.from, weighing.to),
    };
    let finding = Finding::of(codes::WEIGHING_UNUSED).with("carton", numbers);
    finding.with("found", weighing.gross.normalize()).at(weighing.at.clone())
}

/// Gives cartons of lists the weights that a scale said; returns the weighings
/// of no carton.
pub(super) fn weigh(lists: &mut [CartonList], weighings: &[Weighing]) -> Vec<Finding> {
    if weighings.is_empty() {
        return Vec::new();
    }
    let all = lists.iter().flat_map(|list| &list.cartons).map(|one| &one.range);
    let alone = faults(&all.collect::<Vec<_>>())
        .iter()
        .all(|fault| !matches!(fault, NumberFault::Overlap { .. }));
    let mut found = Weighings::of(weighings, alone, po_key);
    for list in lists {
        let cartons = std::mem::take(&mut list.cartons);
        list.cartons = cartons.into_iter().flat_map(|one| weighed(one, &mut found)).collect();
    }
    found.unused().map(unused).collect()
}

/// Splits the cartons of a row where they were weighed. What the row prints
/// for all of them is shared out; the last part has the rest.
fn weighed(one: ListedCartons, found: &mut Weighings<'_>) -> Vec<ListedCartons> {
    let parts = found.apply(one.range.clone());
    if parts.iter().all(|part| !part.weighed) {
        return vec![one];
    }
    let mut left = one.printed;
    let last = parts.len() - 1;
    let share = |each: Option<Decimal>, left: &mut Option<Decimal>, count: u32, rest: bool| {
        let own = each.and_then(|each| each.checked_mul(Decimal::from(count)));
        let own = if rest { *left } else { own.filter(|_| left.is_some()) };
        *left = left.zip(own).and_then(|(left, own)| left.checked_sub(own));
        own
    };
    let part = |(at, range): (usize, CartonRange)| {
        let (count, rest) = (range.count(), at == last);
        let gross = range.weights.gross.and_then(|each| each.checked_mul(Decimal::from(count)));
        let printed = Printed {
            net: share(range.weights.net, &mut left.net, count, rest),
            gross,
            cbm: share(range.cbm, &mut left.cbm, count, rest),
        };
        ListedCartons { range, printed, ..one.clone() }
    };
    parts.into_iter().enumerate().map(part).collect()
}

/// Sums cartons of lists as their rows print them: a row's own total counts
/// before its figure times cartons.
pub(super) fn printed_sum<'a>(cartons: impl IntoIterator<Item = &'a ListedCartons>) -> Sum {
    let cartons: Vec<&ListedCartons> = cartons.into_iter().collect();
    let mut sum = Sum::of(cartons.iter().map(|one| &one.range));
    let all = |printed: fn(&ListedCartons) -> Option<Decimal>| {
        cartons.iter().try_fold(Decimal::ZERO, |sum, one| sum.checked_add(printed(one)?))
    };
    sum.net = all(|one| one.printed.net);
    sum.gross = all(|one| one.printed.gross);
    sum.cbm = all(|one| one.printed.cbm).or(sum.cbm);
    sum
}

/// The cartons of one order; without a number those of several.
pub(super) struct OfOrder<'a, T> {
    /// The order as the first of its cartons writes it.
    pub(super) po: Option<&'a Arc<str>>,
    /// Its cartons.
    pub(super) cartons: Vec<&'a T>,
}

/// Puts cartons together by order, in the sequence in which orders first come;
/// those of several orders (or none) last.
pub(super) fn by_order<'a, T>(
    cartons: impl IntoIterator<Item = &'a T>,
    range: fn(&'a T) -> &'a CartonRange,
) -> Vec<OfOrder<'a, T>> {
    let mut found: Vec<OfOrder<'a, T>> = Vec::new();
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    let mut others = OfOrder { po: None, cartons: Vec::new() };
    for one in cartons {
        let Some(po) = range(one).po() else {
            others.cartons.push(one);
            continue;
        };
        let at = *places.entry(po_key(po)).or_insert_with(|| {
            found.push(OfOrder { po: Some(po), cartons: Vec::new() });
            found.len() - 1
        });
        found[at].cartons.push(one);
    }
    if !others.cartons.is_empty() {
        found.push(others);
    }
    found
}
