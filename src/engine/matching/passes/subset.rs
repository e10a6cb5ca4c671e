//! One entry against several that no number links: every combination of the
//! likeliest candidates, confirmed only if it is the only one and chance would
//! hardly offer it, or the items agree as well.

use rust_decimal::Decimal;

use super::Link;
use super::Run;
use crate::engine::matching::board::{Certainty, Placement};
use crate::engine::matching::explain::{Agreement, Evidence, Field};
use crate::engine::matching::learn::Relation;
use crate::engine::matching::paper::Kind;
use crate::engine::matching::sides::{Both, Side};
use crate::engine::matching::subset::{Found, search, whole};
use crate::engine::matching::weigh::{Setting, distinctness};

/// Coincidences up to which a sum alone is proof, in millionths.
const GATE: u64 = 20_000;

/// A sum that was found.
struct Sum {
    one: (Side, usize),
    many: Vec<usize>,
    coincidences: u64,
    same_item: bool,
    other_number: bool,
}

/// Looks for sums among the free entries of one party.
pub(super) fn run(run: &mut Run<'_, '_>, free: &Both<Vec<usize>>) {
    let mut sums = Vec::new();
    for one in Side::BOTH {
        for &at in free.of(one) {
            if run.steps == 0 {
                let party = run.board.fact(one, at).party;
                let party = run.board.names.text(party).to_owned();
                run.report_budget(&party);
                break;
            }
            sums.extend(find(run, free, one, at));
        }
    }
    sums.sort_by_key(|sum| (!is_sure(sum), sum.coincidences, sum.many.len(), sum.one));
    for sum in sums {
        place(run, sum);
    }
}

fn find(run: &mut Run<'_, '_>, free: &Both<Vec<usize>>, one: Side, at: usize) -> Option<Sum> {
    let amount = run.board.fact(one, at).figures.amount;
    let target = whole(amount)?;
    // Looking for candidates costs as well, however few are found.
    run.steps = run.steps.saturating_sub(free.of(one.other()).len() as u64);
    let candidates = candidates(run, free, one, at);
    let amounts: Option<Vec<i64>> = candidates
        .iter()
        .map(|&other| whole(run.board.fact(one.other(), other).figures.amount))
        .collect();
    let amounts = amounts.filter(|amounts| can_reach(amounts, target))?;
    let Found { only, coincidences, steps } = search(&amounts, target);
    run.steps = run.steps.saturating_sub(steps);
    let many: Vec<usize> = only?.into_iter().map(|member| candidates[member]).collect();
    let (same_item, other_number) = (
        many.iter().all(|&other| relation(run, one, at, other) == Relation::Same),
        many.iter().all(|&other| has_other_number(run, one, at, other)),
    );
    Some(Sum { one: (one, at), many, coincidences, same_item, other_number })
}

/// Whether the amounts can add up to the target at all.
fn can_reach(amounts: &[i64], target: i64) -> bool {
    let sum = |sign: i64| amounts.iter().filter(|&&a| a.signum() == sign).sum::<i64>();
    amounts.len() > 1 && sum(-1) <= target && target <= sum(1)
}

/// Returns the entries of the other side that may be parts of one: not farther
/// away than the window, not of another item, the nearest in time.
fn candidates(run: &Run<'_, '_>, free: &Both<Vec<usize>>, one: Side, at: usize) -> Vec<usize> {
    let fact = run.board.fact(one, at);
    let window = run.scale().window(fact);
    let mut found: Vec<(i64, usize)> = free
        .of(one.other())
        .iter()
        .filter_map(|&other| {
            let theirs = run.board.fact(one.other(), other);
            let apart = fact.day.zip(theirs.day).map_or(0, |(a, b)| (a - b).abs());
            let fits = apart <= window
                && theirs.kind == fact.kind
                && !theirs.figures.amount.is_zero()
                && !relation(run, one, at, other).is_other();
            fits.then_some((apart, other))
        })
        .collect();
    found.sort_unstable();
    found.truncate(run.spec.budget.group_candidates.min(32));
    found.into_iter().map(|(_, other)| other).collect()
}

fn relation(run: &Run<'_, '_>, one: Side, at: usize, other: usize) -> Relation {
    let (left, right) = if one == Side::Left { (at, other) } else { (other, at) };
    run.knowledge.relation(&run.board, left, right)
}

/// Whether both carry numbers, and shared numbers would have to be the same.
fn has_other_number(run: &Run<'_, '_>, one: Side, at: usize, other: usize) -> bool {
    let (a, b) = (run.board.fact(one, at), run.board.fact(one.other(), other));
    run.knowledge.shares_numbers(a.party) && !a.numbers.is_empty() && !b.numbers.is_empty()
}

fn is_sure(sum: &Sum) -> bool {
    !sum.other_number && (sum.coincidences <= GATE || sum.same_item)
}

fn place(run: &mut Run<'_, '_>, sum: Sum) {
    let (side, at) = sum.one;
    let fact = run.board.fact(side, at);
    let rivals = [1; 3];
    let amount = distinctness(fact.figures.amount);
    let mut evidence =
        vec![Evidence { field: Field::Amount, agreement: Agreement::Equal, weight: amount }];
    if sum.same_item && fact.kind == Kind::Trade {
        evidence.push(Evidence { field: Field::Item, agreement: Agreement::Equal, weight: 300 });
    }
    let certainty = if is_sure(&sum) { Certainty::Sure } else { Certainty::Suggested };
    let (left, right) = match side {
        Side::Left => (vec![at], sum.many),
        Side::Right => (sum.many, vec![at]),
    };
    let millionths = i64::try_from(sum.coincidences).unwrap_or(i64::MAX);
    let placement = Placement {
        evidence,
        coincidences: Some(Decimal::new(millionths, 6).round_dp(4).normalize()),
        ..Placement::new(certainty, left, right)
    };
    let link = Link { setting: Setting::NoNumber { rivals }, note: None, doubtful: false };
    run.place(placement, link);
}
