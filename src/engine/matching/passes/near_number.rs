//! Notes whose number has no counterpart, against notes with nearly the same
//! number: only where lines or sums agree as well, and only the clearly best.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Run, note};
use crate::engine::matching::assignment::{Scores, assign};
use crate::engine::matching::learn::Relation;
use crate::engine::matching::links::Sets;
use crate::engine::matching::names::Id;
use crate::engine::matching::near_number::{Nearness, end_keys, nearness, short_end, slip_keys};
use crate::engine::matching::outcome::Note;
use crate::engine::matching::sides::{Both, Side};
use crate::engine::matching::weigh::{MARGIN, distinctness};

/// Lines and sums that must agree, in hundredths of a bit.
const AGREEMENT: i64 = 500;
/// Notes up to which a component is assigned.
const MOST: usize = 200;

/// The free lines under one number.
#[derive(Debug)]
struct Doc {
    number: Id,
    lines: Vec<usize>,
}

/// A left and a right note that may be one.
#[derive(Debug, Clone, Copy)]
struct Edge {
    left: usize,
    right: usize,
    nearness: Nearness,
    score: i64,
}

/// Links and settles notes with nearly the same number: surely where lines or
/// sums agree; as a suggestion where the numbers are each other's only
/// neighbours and the rest comes near.
pub(super) fn run(run: &mut Run<'_, '_>) {
    for certain in [true, false] {
        let mut parties: Vec<(Id, Both<Vec<Doc>>)> = unlinked(run).into_iter().collect();
        let names = &run.board.names;
        parties.sort_unstable_by(|a, b| names.text(a.0).cmp(names.text(b.0)));
        for (_, docs) in parties {
            if docs.left.is_empty() || docs.right.is_empty() {
                continue;
            }
            let pairs = near_pairs(run, &docs);
            let edges = if certain {
                let edges = pairs.into_iter().filter_map(|pair| edge(run, &docs, pair));
                clear_pairs(&docs, &edges.collect::<Vec<Edge>>())
            } else {
                let pairs = only_neighbours(pairs);
                pairs.into_iter().filter_map(|pair| weak_edge(run, &docs, pair)).collect()
            };
            for edge in edges {
                settle(run, &docs, edge, certain);
            }
        }
    }
}

fn settle(run: &mut Run<'_, '_>, docs: &Both<Vec<Doc>>, edge: Edge, certain: bool) {
    let linked = Both {
        left: docs.left[edge.left].lines.clone(),
        right: docs.right[edge.right].lines.clone(),
    };
    let said = match edge.nearness {
        Nearness::Typo => Note::DocumentNoTypo,
        Nearness::Truncated => Note::DocumentNoTruncated,
    };
    let setting = note::setting(run, &linked);
    note::settle(run, &linked, setting, Some(said), !certain);
}

/// Returns the pairs of notes that have no other near note.
fn only_neighbours(mut pairs: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let mut neighbours: Both<FxHashMap<usize, usize>> = Both::default();
    for &(left, right) in &pairs {
        *neighbours.left.entry(left).or_default() += 1;
        *neighbours.right.entry(right).or_default() += 1;
    }
    pairs.retain(|(left, right)| neighbours.left[left] == 1 && neighbours.right[right] == 1);
    pairs
}

/// Two neighbours whose lines do not agree: the sums must lie within a tenth,
/// the days within the window; after a slip of the key, some item must be the
/// same on the same day, or one side bills the note without naming any.
fn weak_edge(
    run: &Run<'_, '_>,
    docs: &Both<Vec<Doc>>,
    (left, right): (usize, usize),
) -> Option<Edge> {
    let (a, b) = (&docs.left[left], &docs.right[right]);
    let names = &run.board.names;
    let nearness = nearness(names.text(a.number), names.text(b.number))?;
    let (one, other) = (sum(run, Side::Left, a)?, sum(run, Side::Right, b)?);
    let apart = one.checked_sub(other)?.abs().checked_mul(Decimal::TEN)?;
    let facts = |left: usize, right: usize| {
        (run.board.fact(Side::Left, left), run.board.fact(Side::Right, right))
    };
    let fits = |left: usize, right: usize| {
        let (a, b) = facts(left, right);
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
    let some_fit = a
        .lines
        .iter()
        .take(MOST)
        .any(|&left| b.lines.iter().take(MOST).any(|&right| fits(left, right)));
    let near = apart <= one.abs().max(other.abs()) && some_fit;
    near.then_some(Edge { left, right, nearness, score: 0 })
}

/// Returns, by party, the notes whose number the other side does not have.
fn unlinked(run: &Run<'_, '_>) -> FxHashMap<Id, Both<Vec<Doc>>> {
    let known: Both<FxHashSet<(Id, Id)>> = Both::from_fn(|side| {
        let facts = run.board.facts(side).iter();
        facts.flat_map(|fact| fact.numbers.iter().map(|n| (fact.party, n.joined))).collect()
    });
    let mut lines: FxHashMap<(Id, Id), Both<Vec<usize>>> = FxHashMap::default();
    for side in Side::BOTH {
        for at in run.board.free(side) {
            let fact = run.board.fact(side, at);
            for number in fact.numbers.iter().filter(|number| !number.damaged) {
                let key = (fact.party, number.joined);
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
            if !lines.is_empty() {
                docs.entry(party).or_default().of_mut(side).push(Doc { number, lines });
            }
        }
    }
    docs
}

/// Returns pairs of notes whose numbers are near, each once.
fn near_pairs(run: &Run<'_, '_>, docs: &Both<Vec<Doc>>) -> Vec<(usize, usize)> {
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

/// Weighs what agrees between two notes; `None` if it is too little.
fn edge(run: &Run<'_, '_>, docs: &Both<Vec<Doc>>, (left, right): (usize, usize)) -> Option<Edge> {
    let (a, b) = (&docs.left[left], &docs.right[right]);
    let names = &run.board.names;
    let nearness = nearness(names.text(a.number), names.text(b.number))?;
    let (agreeing, mut score) = agreement(run, &a.lines, &b.lines);
    if let (Some(left), Some(right)) = (sum(run, Side::Left, a), sum(run, Side::Right, b)) {
        score += if left == right { i64::from(distinctness(left)) } else { 0 };
    }
    let most = agreeing * 2 >= a.lines.len().min(b.lines.len());
    let short = names.text(a.number).len().min(names.text(b.number).len()) < 5;
    let needed = if short && nearness == Nearness::Typo { 2 * AGREEMENT } else { AGREEMENT };
    (score >= needed && most).then_some(Edge { left, right, nearness, score })
}

fn sum(run: &Run<'_, '_>, side: Side, doc: &Doc) -> Option<Decimal> {
    let mut amounts = doc.lines.iter().map(|&at| run.board.fact(side, at).figures.amount);
    amounts.try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(amount))
}

/// Counts and weighs the lines of two notes that agree in amount, or in item,
/// quantity and day.
fn agreement(run: &Run<'_, '_>, left: &[usize], right: &[usize]) -> (usize, i64) {
    let mut open: Vec<usize> = right.to_vec();
    let (mut agreeing, mut score) = (0, 0);
    for &left in left.iter().take(MOST) {
        let found = open.iter().position(|&right| agree(run, left, right).is_some());
        if let Some(at) = found {
            score += agree(run, left, open[at]).unwrap_or(0);
            open.remove(at);
            agreeing += 1;
        }
    }
    let whole = left.len() == 1 && right.len() > 1 || right.len() == 1 && left.len() > 1;
    (if whole && agreeing == 0 { left.len().min(right.len()) } else { agreeing }, score)
}

/// Returns what it weighs that two lines agree, if they do.
fn agree(run: &Run<'_, '_>, left: usize, right: usize) -> Option<i64> {
    let (a, b) = (run.board.fact(Side::Left, left), run.board.fact(Side::Right, right));
    let relation = run.knowledge.relation(&run.board, left, right);
    // Another number and another month are two oddities too many.
    let far = a.day.zip(b.day).is_some_and(|(x, y)| (x - y).abs() > run.scale().window(a));
    if a.kind != b.kind || relation.is_other() || far {
        return None;
    }
    let item = if relation == Relation::Same { 300 } else { 0 };
    let quantities = run.scale().comparable(left, right).quantity.zip(b.figures.quantity);
    if a.figures.amount == b.figures.amount && quantities.is_none_or(|(a, b)| are_multiples(a, b)) {
        return Some(i64::from(distinctness(a.figures.amount)) + item);
    }
    let (one, other) = quantities?;
    let same = one == other && relation == Relation::Same && a.day.is_some() && a.day == b.day;
    same.then(|| i64::from(distinctness(one)) + item)
}

/// Whether two quantities may be one, in units of which one holds a whole
/// number of the other. 1200 at 1.00 and 10000 at 0.12 only happen to be worth
/// the same.
fn are_multiples(a: Decimal, b: Decimal) -> bool {
    let (a, b) = (a.abs(), b.abs());
    let (few, many) = (a.min(b), a.max(b));
    few == many || many.checked_rem(few).is_some_and(|rest| rest.is_zero())
}

/// Returns the pairs of the best assignment that are clearly better than any
/// other way.
fn clear_pairs(docs: &Both<Vec<Doc>>, edges: &[Edge]) -> Vec<Edge> {
    let offset = docs.left.len();
    let mut sets = Sets::new(offset + docs.right.len());
    for edge in edges {
        sets.join(edge.left, offset + edge.right);
    }
    let mut rooted: Vec<(usize, Edge)> =
        edges.iter().map(|&edge| (sets.root(edge.left), edge)).collect();
    rooted.sort_by_key(|&(root, edge)| (root, edge.left, edge.right));
    let mut clear = Vec::new();
    for group in rooted.chunk_by(|a, b| a.0 == b.0) {
        let edges: Vec<Edge> = group.iter().map(|&(_, edge)| edge).collect();
        clear.extend(best(&edges));
    }
    clear
}

fn best(edges: &[Edge]) -> Vec<Edge> {
    let distinct = |of: fn(&Edge) -> usize| {
        edges.iter().map(of).collect::<BTreeSet<usize>>().into_iter().collect::<Vec<usize>>()
    };
    let (rows, columns) = (distinct(|edge| edge.left), distinct(|edge| edge.right));
    if rows.len().max(columns.len()) > MOST {
        return Vec::new();
    }
    let mut scores = Scores::new(rows.len(), columns.len());
    for edge in edges {
        let row = rows.partition_point(|&at| at < edge.left);
        let column = columns.partition_point(|&at| at < edge.right);
        scores.set(row, column, edge.score);
    }
    let clear = assign(&scores)
        .pairs
        .into_iter()
        .filter(|pair| pair.margin == pair.score || pair.margin >= i64::from(MARGIN));
    clear
        .filter_map(|pair| {
            let place = (rows[pair.row], columns[pair.column]);
            edges.iter().find(|edge| (edge.left, edge.right) == place).copied()
        })
        .collect()
}
