//! What agrees between two notes with nearly the same number.

use rust_decimal::Decimal;

use super::{Crowd, Doc, Edge, MOST, Run, Trust};
use crate::engine::matching::learn::Relation;
use crate::engine::matching::near_number::{Nearness, nearness};
use crate::engine::matching::passes::sums;
use crate::engine::matching::sides::{Both, Side};
use crate::engine::matching::weigh::distinctness;

/// Lines and sums that must agree, in hundredths of a bit; as much more as it
/// is crowded around the numbers.
const AGREEMENT: i64 = 500;

/// Weighs what agrees between two notes; `None` if it is too little.
pub(super) fn edge(
    run: &Run<'_, '_>,
    docs: &Both<Vec<Doc>>,
    crowd: &Crowd,
    (left, right): (usize, usize),
) -> Option<Edge> {
    let (a, b) = (&docs.left[left], &docs.right[right]);
    let names = &run.board.names;
    let nearness = nearness(names.text(a.number), names.text(b.number))?;
    let short = names.text(a.number).len().min(names.text(b.number).len()) < 5;
    let needed = if short && nearness == Nearness::Typo { 2 * AGREEMENT } else { AGREEMENT };
    let score = match whole(run, a, b) {
        Some(score) => score,
        None => lines(run, a, b, crowd.is_dense(a.number, b.number, nearness))?,
    };
    let is_enough = score >= needed + crowd.weight(a.number, b.number, nearness);
    // On a crowded pad, the number of another day is another number.
    let is_next = crowd.is_dense(a.number, b.number, nearness)
        && pairs(a, b).all(|(left, right)| is_other_day(run, left, right));
    (is_enough && !is_next).then_some(Edge { left, right, nearness, score, trust: Trust::Whole })
}

/// Two neighbours whose lines do not agree: the sums must lie within a tenth,
/// the days within the window; after a slip of the key, some item must be the
/// same on the same day, or one side bills the note without naming any. Among
/// many near numbers, that is no more than a suggestion.
pub(super) fn weak_edge(
    run: &Run<'_, '_>,
    docs: &Both<Vec<Doc>>,
    crowd: &Crowd,
    (left, right): (usize, usize),
) -> Option<Edge> {
    let (a, b) = (&docs.left[left], &docs.right[right]);
    let names = &run.board.names;
    let nearness = nearness(names.text(a.number), names.text(b.number))?;
    let (one, other) = (sum(run, Side::Left, a)?, sum(run, Side::Right, b)?);
    let apart = one.checked_sub(other)?.abs().checked_mul(Decimal::TEN)?;
    let fits = |left: usize, right: usize| {
        let (a, b) = (run.board.fact(Side::Left, left), run.board.fact(Side::Right, right));
        let days = a.day.zip(b.day).map_or(0, |(a, b)| (a - b).abs());
        match nearness {
            Nearness::Truncated => days <= run.scale().window(a),
            Nearness::Typo => {
                let relation = run.knowledge.relation(&run.board, left, right);
                let names_none = a.item.is_none() || b.item.is_none();
                days == 0 && (relation == Relation::Same || names_none)
            }
        }
    };
    let some_fit = pairs(a, b).any(|(left, right)| fits(left, right));
    let near = apart <= one.abs().max(other.abs()) && some_fit;
    let is_dense = crowd.is_dense(a.number, b.number, nearness);
    let trust = if is_dense { Trust::Nothing } else { Trust::Doubtful };
    near.then_some(Edge { left, right, nearness, score: 0, trust })
}

/// Whether two lines are dated more than a night apart.
fn is_other_day(run: &Run<'_, '_>, left: usize, right: usize) -> bool {
    let days = (run.board.fact(Side::Left, left).day, run.board.fact(Side::Right, right).day);
    days.0.zip(days.1).is_some_and(|(one, other)| (one - other).abs() > 1)
}

fn pairs<'a>(a: &'a Doc, b: &'a Doc) -> impl Iterator<Item = (usize, usize)> + 'a {
    let right = || b.lines.iter().take(MOST);
    a.lines.iter().take(MOST).flat_map(move |&left| right().map(move |&right| (left, right)))
}

fn sum(run: &Run<'_, '_>, side: Side, doc: &Doc) -> Option<Decimal> {
    let mut amounts = doc.lines.iter().map(|&at| run.board.fact(side, at).figures.amount);
    amounts.try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(amount))
}

/// Returns what it weighs that one side bills in one line the sum of the other
/// side's lines, if it does and nothing speaks against it.
fn whole(run: &Run<'_, '_>, a: &Doc, b: &Doc) -> Option<i64> {
    let group = Both { left: a.lines.clone(), right: b.lines.clone() };
    let sum_of = sum(run, Side::Left, a)?;
    let is_whole = (a.lines.len() == 1) != (b.lines.len() == 1)
        && sum(run, Side::Right, b) == Some(sum_of)
        && !sums::contradicts(run, &group)
        && pairs(a, b).all(|(left, right)| may_be_one(run, left, right));
    is_whole.then(|| i64::from(distinctness(sum_of)))
}

/// Whether neither kind nor item nor day speak against two lines. Another
/// number and another month are two oddities too many.
fn may_be_one(run: &Run<'_, '_>, left: usize, right: usize) -> bool {
    let (a, b) = (run.board.fact(Side::Left, left), run.board.fact(Side::Right, right));
    let far = a.day.zip(b.day).is_some_and(|(x, y)| (x - y).abs() > run.scale().window(a));
    let is_other = run.knowledge.relation(&run.board, left, right).is_other();
    a.kind == b.kind && !is_other && !far
}

/// Weighs the lines of two notes that agree, and their sums if those do too;
/// at least half of the shorter note must. Among many near numbers, a single
/// line is no sum beside itself, and a common amount tells little.
fn lines(run: &Run<'_, '_>, a: &Doc, b: &Doc, dense: bool) -> Option<i64> {
    let mut open: Vec<usize> = b.lines.clone();
    let (mut agreeing, mut score) = (0, 0);
    for &left in a.lines.iter().take(MOST) {
        let weights = |&right: &usize| agree(run, left, right, dense);
        let best = open.iter().enumerate().filter_map(|(at, right)| Some((at, weights(right)?)));
        if let Some((at, weight)) = best.reduce(|one, next| if next.1 > one.1 { next } else { one })
        {
            score += weight;
            open.remove(at);
            agreeing += 1;
        }
    }
    let shorter = a.lines.len().min(b.lines.len());
    if (shorter > 1 || !dense) && sum(run, Side::Left, a)? == sum(run, Side::Right, b)? {
        score += i64::from(distinctness(sum(run, Side::Left, a)?));
    }
    (agreeing * 2 >= shorter).then_some(score)
}

/// Returns what it weighs that two lines agree, if they do: in amount, and the
/// less the commoner that is here, or in item, quantity and day.
fn agree(run: &Run<'_, '_>, left: usize, right: usize, dense: bool) -> Option<i64> {
    if !may_be_one(run, left, right) {
        return None;
    }
    let scale = run.scale();
    let (a, b) = (run.board.fact(Side::Left, left), run.board.fact(Side::Right, right));
    let same_item = run.knowledge.relation(&run.board, left, right) == Relation::Same;
    let item = if same_item { 300 } else { 0 };
    if a.figures.amount == b.figures.amount && !scale.contradict(left, right) {
        let common = if dense { scale.commonness(a, b) } else { i32::MAX };
        let amount = distinctness(a.figures.amount).min(common);
        return Some(i64::from(amount) + item);
    }
    let (one, other) = scale.comparable(left, right).quantity.zip(b.figures.quantity)?;
    let same = one == other && same_item && a.day.is_some() && a.day == b.day;
    same.then(|| i64::from(distinctness(one)) + item)
}
