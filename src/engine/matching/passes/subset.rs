//! One entry against several that no number links: every combination of the
//! likeliest candidates, confirmed only if it is the only one and chance would
//! hardly offer it, or the items agree as well.

use rust_decimal::Decimal;

use super::{Link, Run, Trust, sums};
use crate::engine::matching::board::{Certainty, Placement};
use crate::engine::matching::explain::{Agreement, Evidence, Field};
use crate::engine::matching::learn::Relation;
use crate::engine::matching::paper::Kind;
use crate::engine::matching::sides::{Both, Side};
use crate::engine::matching::subset::{Found, GATE, GATE_WITH_ITEM, search, whole};
use crate::engine::matching::weigh::{Setting, distinctness};

/// Steps that a party may take, and those that each of its entries adds.
const STEPS: u64 = 2_000_000;
const STEPS_OF_ENTRY: u64 = 200;
/// Entries that are looked at as parts of one.
const VISITS: usize = 256;

/// A sum that was found.
struct Sum {
    one: (Side, usize),
    many: Vec<usize>,
    coincidences: u64,
    same_item: bool,
    other_number: bool,
    contradicts: bool,
}

/// Looks for sums among the free entries of one party.
pub(super) fn run(run: &mut Run<'_, '_>, free: &Both<Vec<usize>>) {
    let calendars = Both::from_fn(|side| Calendar::new(run, side, free.of(side)));
    let entries = (free.left.len() + free.right.len()) as u64;
    // Each party has its own share, so that strangers change nothing.
    let mut steps = run.steps.min(STEPS + entries.saturating_mul(STEPS_OF_ENTRY));
    run.steps -= steps;
    let mut sums = Vec::new();
    for one in Side::BOTH {
        for &at in free.of(one) {
            if steps == 0 {
                let party = run.board.fact(one, at).party;
                let party = run.board.names.text(party).to_owned();
                run.report_budget(&party);
                break;
            }
            sums.extend(find(run, &calendars, one, at, &mut steps));
        }
    }
    run.steps += steps;
    sums.sort_by_key(|sum| (!is_sure(sum), sum.coincidences, sum.many.len(), sum.one));
    for sum in sums {
        place(run, sum);
    }
}

fn find(
    run: &Run<'_, '_>,
    calendars: &Both<Calendar>,
    one: Side,
    at: usize,
    steps: &mut u64,
) -> Option<Sum> {
    let amount = run.board.fact(one, at).figures.amount;
    let target = whole(amount)?;
    let candidates = candidates(run, calendars.of(one.other()), one, at);
    // Looking for candidates costs as well, however few are found.
    *steps = steps.saturating_sub(VISITS as u64 * 4);
    let amounts: Option<Vec<i64>> = candidates
        .iter()
        .map(|&other| whole(run.board.fact(one.other(), other).figures.amount))
        .collect();
    let amounts = amounts.filter(|amounts| can_reach(amounts, target))?;
    let Found { only, coincidences, steps: taken } = search(&amounts, target);
    *steps = steps.saturating_sub(taken);
    let many: Vec<usize> = only?.into_iter().map(|member| candidates[member]).collect();
    let (same_item, other_number) = (
        many.iter().all(|&other| relation(run, one, at, other) == Relation::Same),
        many.iter().any(|&other| has_other_number(run, one, at, other)),
    );
    let contradicts = sums::contradicts(run, &group(one, at, &many));
    Some(Sum { one: (one, at), many, coincidences, same_item, other_number, contradicts })
}

/// Whether the amounts can add up to the target at all.
fn can_reach(amounts: &[i64], target: i64) -> bool {
    let sum = |sign: i64| amounts.iter().filter(|&&a| a.signum() == sign).sum::<i64>();
    amounts.len() > 1 && sum(-1) <= target && target <= sum(1)
}

/// The free entries of one side by day; those without one apart.
#[derive(Debug)]
struct Calendar {
    dated: Vec<(i64, usize)>,
    undated: Vec<usize>,
}

impl Calendar {
    fn new(run: &Run<'_, '_>, side: Side, free: &[usize]) -> Self {
        let day = |at: &usize| run.board.fact(side, *at).day;
        let mut dated: Vec<(i64, usize)> =
            free.iter().filter_map(|at| Some((day(at)?, *at))).collect();
        dated.sort_unstable();
        let undated = free.iter().filter(|at| day(at).is_none()).copied().collect();
        Self { dated, undated }
    }

    /// Returns the entries that may lie within `window` of a day, the nearest
    /// first, as far as anybody looks.
    fn around(&self, day: Option<i64>, window: i64) -> Vec<usize> {
        let mut found: Vec<usize> = self.undated.iter().copied().take(VISITS).collect();
        let Some(day) = day else {
            found.extend(self.dated.iter().map(|dated| dated.1));
            found.truncate(VISITS);
            return found;
        };
        let (before, after) = self.dated.split_at(self.dated.partition_point(|d| d.0 < day));
        let (mut before, mut after) = (before.iter().rev().peekable(), after.iter().peekable());
        while found.len() < VISITS {
            let apart = |dated: Option<&&(i64, usize)>| dated.map(|d| (d.0 - day).abs());
            let next = match (apart(before.peek()), apart(after.peek())) {
                (Some(a), Some(b)) if a < b => before.next(),
                (_, Some(_)) => after.next(),
                (Some(_), None) => before.next(),
                (None, None) => None,
            };
            match next.filter(|next| (next.0 - day).abs() <= window) {
                Some(&(_, at)) => found.push(at),
                None => break,
            }
        }
        found
    }
}

/// Returns the entries of the other side that may be parts of one: not farther
/// away than the window, not of another item, the nearest in time.
fn candidates(run: &Run<'_, '_>, calendar: &Calendar, one: Side, at: usize) -> Vec<usize> {
    let fact = run.board.fact(one, at);
    let fits = |&other: &usize| {
        let theirs = run.board.fact(one.other(), other);
        theirs.kind == fact.kind
            && !theirs.figures.amount.is_zero()
            && !relation(run, one, at, other).is_other()
    };
    let near = calendar.around(fact.day, run.scale().window(fact));
    near.into_iter().filter(fits).take(run.spec.budget.group_candidates.min(32)).collect()
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

fn group(one: Side, at: usize, many: &[usize]) -> Both<Vec<usize>> {
    match one {
        Side::Left => Both { left: vec![at], right: many.to_vec() },
        Side::Right => Both { left: many.to_vec(), right: vec![at] },
    }
}

fn is_sure(sum: &Sum) -> bool {
    let gate = if sum.same_item { GATE_WITH_ITEM } else { GATE };
    !sum.other_number && !sum.contradicts && sum.coincidences <= gate
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
    let Both { left, right } = group(side, at, &sum.many);
    let millionths = i64::try_from(sum.coincidences).unwrap_or(i64::MAX);
    let placement = Placement {
        evidence,
        coincidences: Some(Decimal::new(millionths, 6).round_dp(4).normalize()),
        ..Placement::new(certainty, left, right)
    };
    let link = Link { setting: Setting::NoNumber { rivals }, note: None, trust: Trust::Whole };
    run.place(placement, link);
}
