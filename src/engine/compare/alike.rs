//! Rows under one key: who goes with whom where a key stands several times.
//! The same rows first, by count; then the same amount; then whoever has most
//! in common; nobody is chosen where two are equally good.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::rows::Rows;
use crate::engine::matching::assignment::{Scores, assign};
use crate::engine::matching::sides::{Both, Side};

/// Pairs up to which the best assignment is worked out; beyond, rows that have
/// nothing in common but the key are left together.
const COMPARED: usize = 2500;
/// What one column in common counts for.
const COLUMN: i64 = 1_000;
/// The most that nearness of amounts counts for: less than a column.
const NEAR: i64 = 900;

/// What became of the rows under one key.
#[derive(Debug, Default)]
pub(super) struct Placed {
    /// Pairs that are surely the same row.
    pub(super) pairs: Vec<(usize, usize)>,
    /// Pairs that may be.
    pub(super) likely: Vec<(usize, usize)>,
    /// One row against several with the same sum.
    pub(super) sums: Vec<Both<Vec<usize>>>,
    /// Rows that fit each other equally well.
    pub(super) ties: Vec<Both<Vec<usize>>>,
    /// Rows that are left over, with the row of their own side that they
    /// repeat.
    pub(super) alone: Vec<(Side, usize, Option<usize>)>,
}

/// Places the rows under one key.
pub(super) fn place(rows: Both<&[usize]>, sides: &Both<Rows>, has_amount: bool) -> Placed {
    let mut placed = Placed::default();
    if let ([left], [right]) = (rows.left, rows.right) {
        placed.pairs.push((*left, *right));
        return placed;
    }
    let mut open = Both { left: rows.left.to_vec(), right: rows.right.to_vec() };
    let signature = |side: Side, at: usize| sides.of(side).signature(at).collect::<Vec<u32>>();
    placed.pairs.extend(take_same(&mut open, |side, at| Some(signature(side, at))));
    let amount = |side: Side, at: usize| sides.of(side).entries[at].amount.normalize();
    if has_amount {
        take_sum(&mut open, &mut placed, &amount);
        placed.pairs.extend(take_alone(&mut open, &amount));
    }
    assigned(&mut open, sides, &mut placed);
    for side in Side::BOTH {
        let of_pair = |pair: &(usize, usize)| match side {
            Side::Left => pair.0,
            Side::Right => pair.1,
        };
        let first: FxHashMap<Vec<u32>, usize> =
            placed.pairs.iter().map(of_pair).map(|at| (signature(side, at), at)).collect();
        for &at in open.of(side) {
            placed.alone.push((side, at, first.get(&signature(side, at)).copied()));
        }
    }
    placed
}

/// Takes pairs of open rows that have the same value, as many as both sides
/// have.
fn take_same<K: std::hash::Hash + Eq>(
    open: &mut Both<Vec<usize>>,
    value: impl Fn(Side, usize) -> Option<K>,
) -> Vec<(usize, usize)> {
    let mut waiting: FxHashMap<K, Vec<usize>> = FxHashMap::default();
    for &at in open.right.iter().rev() {
        if let Some(value) = value(Side::Right, at) {
            waiting.entry(value).or_default().push(at);
        }
    }
    let mut pairs = Vec::new();
    open.left.retain(|&at| {
        let partner = value(Side::Left, at).and_then(|value| waiting.get_mut(&value)?.pop());
        pairs.extend(partner.map(|right| (at, right)));
        partner.is_none()
    });
    let taken: rustc_hash::FxHashSet<usize> = pairs.iter().map(|&(_, right)| right).collect();
    open.right.retain(|at| !taken.contains(at));
    pairs
}

/// Takes pairs whose amount no other open row of either side has.
fn take_alone(
    open: &mut Both<Vec<usize>>,
    amount: &impl Fn(Side, usize) -> Decimal,
) -> Vec<(usize, usize)> {
    let counts = Both::from_fn(|side| {
        let mut counts: FxHashMap<Decimal, usize> = FxHashMap::default();
        for &at in open.of(side) {
            *counts.entry(amount(side, at)).or_default() += 1;
        }
        counts
    });
    let once = |amount: &Decimal| {
        counts.left.get(amount) == Some(&1) && counts.right.get(amount) == Some(&1)
    };
    take_same(open, |side, at| Some(amount(side, at)).filter(once))
}

/// Takes one row against several that add up to it.
fn take_sum(
    open: &mut Both<Vec<usize>>,
    placed: &mut Placed,
    amount: &impl Fn(Side, usize) -> Decimal,
) {
    let sum = |side: Side| {
        let amounts = open.of(side).iter().map(|&at| amount(side, at));
        amounts.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add)
    };
    let counts = (open.left.len(), open.right.len());
    let one_to_many = matches!(counts, (1, 2..) | (2.., 1));
    if one_to_many
        && sum(Side::Left).is_some_and(|left| !left.is_zero() && Some(left) == sum(Side::Right))
    {
        placed.sums.push(std::mem::take(open));
    }
}

/// Assigns what is left by what rows have in common.
fn assigned(open: &mut Both<Vec<usize>>, sides: &Both<Rows>, placed: &mut Placed) {
    if open.left.is_empty() || open.right.is_empty() {
        return;
    }
    if open.left.len().saturating_mul(open.right.len()) > COMPARED {
        placed.ties.push(std::mem::take(open));
        return;
    }
    let by_elimination = open.left.len() == 1 && open.right.len() == 1;
    let scores = scores(open, sides);
    let found = assign(&scores);
    let mut taken = Both { left: Vec::new(), right: Vec::new() };
    for tie in found.ties {
        let rows = Both {
            left: tie.rows.iter().map(|&at| open.left[at]).collect::<Vec<_>>(),
            right: tie.columns.iter().map(|&at| open.right[at]).collect::<Vec<_>>(),
        };
        taken.left.extend(&rows.left);
        taken.right.extend(&rows.right);
        placed.ties.push(rows);
    }
    for pair in found.pairs {
        let (left, right) = (open.left[pair.row], open.right[pair.column]);
        taken.left.push(left);
        taken.right.push(right);
        let sure = by_elimination || (pair.score > COLUMN && pair.margin >= COLUMN - NEAR);
        if sure { &mut placed.pairs } else { &mut placed.likely }.push((left, right));
    }
    for side in Side::BOTH {
        open.of_mut(side).retain(|at| !taken.of(side).contains(at));
    }
}

/// Scores pairs by the columns in common, then by how near the amounts are.
fn scores(open: &Both<Vec<usize>>, sides: &Both<Rows>) -> Scores {
    let mut scores = Scores::new(open.left.len(), open.right.len());
    let apart = |left: usize, right: usize| {
        let (left, right) = (&sides.left.entries[left], &sides.right.entries[right]);
        left.amount.checked_sub(right.amount).map_or(Decimal::MAX, |apart| apart.abs().normalize())
    };
    let all =
        || open.left.iter().flat_map(|&left| open.right.iter().map(move |&right| (left, right)));
    let mut ranks: BTreeMap<Decimal, i64> =
        all().map(|(left, right)| (apart(left, right), 0)).collect();
    for (rank, of) in ranks.values_mut().enumerate() {
        *of = i64::try_from(rank).unwrap_or(NEAR).min(NEAR);
    }
    for (row, &left) in open.left.iter().enumerate() {
        for (column, &right) in open.right.iter().enumerate() {
            let pairs = sides.left.cells.len();
            let same =
                (0..pairs).filter(|&pair| sides.left.agrees(left, &sides.right, right, pair));
            let same = i64::try_from(same.count()).unwrap_or_default() * COLUMN;
            let near = NEAR - ranks.get(&apart(left, right)).copied().unwrap_or(NEAR);
            scores.set(row, column, 1 + same + near);
        }
    }
    scores
}
