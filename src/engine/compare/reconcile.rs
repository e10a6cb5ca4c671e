//! The job: two tables and a plan in; lines, and what differs in each, out.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::columns::{Pair, PairRole, Plan};
use super::profile::Class;
use super::values::{Grid, folded, number, shown};
use crate::engine::entry::{DocumentNo, Entry};
use crate::engine::matching;
use crate::engine::matching::conserve::{self, Miscount};
use crate::engine::matching::explain::{FailedTest, Field, Nearest};
use crate::engine::matching::outcome::{FileVerdict, Line, Reason, Status};
use crate::engine::matching::sides::{Both, Side};
use crate::engine::matching::spec::Spec;
use crate::finding::{Finding, codes};
use crate::input::table::Table;
use crate::input::values::Id;
use crate::text::fold;

/// A column in which the rows of a line differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differing {
    /// The pair of columns, by index into the plan.
    pub pair: usize,
    /// What the left row has.
    pub left: Arc<str>,
    /// What the right row has.
    pub right: Arc<str>,
}

/// Two sheets, compared.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// The left sheet's rows.
    pub left: Vec<Entry>,
    /// The right sheet's rows.
    pub right: Vec<Entry>,
    /// Every row of both, each in one line.
    pub lines: Vec<Line>,
    /// In which columns the rows of each line differ.
    pub differing: Vec<Vec<Differing>>,
    /// What holds for whole sheets.
    pub verdicts: Vec<FileVerdict>,
    /// What is wrong or doubtful.
    pub findings: Vec<Finding>,
}

/// What stands between the parts of a key: a character that survives folding
/// and is in no key.
const BETWEEN: &str = "与";

/// Compares two tables.
///
/// # Errors
///
/// [`Miscount`] if the result does not add up: gendan's own fault.
pub fn reconcile(
    left: &Table,
    right: &Table,
    plan: &Plan,
    rules: &Spec,
) -> Result<Comparison, Miscount> {
    let grids = Both { left: Grid::of(left), right: Grid::of(right) };
    let mut findings = Vec::new();
    let sides = Both::from_fn(|side| Rows::of(grids.of(side), side, plan, &mut findings));
    let mut compared = Comparison { findings, ..Comparison::default() };
    let shared = shared(&sides);
    let mut lines = matched(&sides, &shared, rules, &mut compared)?;
    lines.extend(alone(&sides, &shared));
    let cells = Cells::of(&grids, plan);
    let mut differing = Vec::with_capacity(lines.len());
    for line in &mut lines {
        let found = match (&line.left[..], &line.right[..]) {
            (&[left], &[right]) => cells.differing(left, right, &grids, plan),
            _ => Vec::new(),
        };
        let other = found.iter().any(|one| plan.pairs[one.pair].role != PairRole::Amount);
        if other && line.status == Status::Matched {
            line.status = Status::Differs;
        }
        differing.push(found);
    }
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_cached_key(|&at| {
        let line = &lines[at];
        let left = line.left.iter().min().copied();
        (left.is_none(), left, line.right.iter().min().copied())
    });
    let take = |at: usize| (lines[at].clone(), differing[at].clone());
    (compared.lines, compared.differing) = order.into_iter().map(take).unzip();
    (compared.left, compared.right) = (sides.left.entries, sides.right.entries);
    conserve::check(&compared.left, &compared.right, &compared.lines)?;
    Ok(compared)
}

/// One side as entries, and the key of each, as it is looked up.
struct Rows {
    entries: Vec<Entry>,
    keys: Vec<Option<String>>,
    damaged: bool,
}

impl Rows {
    fn of(grid: &Grid<'_>, side: Side, plan: &Plan, findings: &mut Vec<Finding>) -> Self {
        let columns = |role| -> Vec<&Pair> { plan.of(role).collect() };
        let keys: Vec<Key> =
            columns(PairRole::Key).into_iter().map(|pair| Key::of(grid, side, pair)).collect();
        let amount = plan.of(PairRole::Amount).next().map(|pair| *pair.columns.of(side));
        let first = keys.first().map_or(grid.table.area.first.col, |key| key.col);
        let field = |name: &str| {
            let column = plan.pairs.iter().find(|pair| {
                let col = *pair.columns.of(side);
                grid.table.columns.iter().any(|c| c.col == col && c.field == Some(name))
            });
            column.map(|pair| *pair.columns.of(side))
        };
        let (quantity, price) = (field("qty"), field("unit_price"));
        let mut rows = Self { entries: Vec::new(), keys: Vec::new(), damaged: false };
        for row in 0..grid.rows.len() {
            let parts: Vec<&Id> = keys.iter().filter_map(|key| key.ids[row].as_ref()).collect();
            let damaged = parts.iter().any(|part| part.damaged);
            rows.damaged |= damaged;
            let written: Vec<&str> = parts.iter().map(|part| &*part.text).collect();
            let number = DocumentNo { text: written.join(BETWEEN).into(), damaged };
            rows.keys.push((!parts.is_empty()).then(|| looked_up(&number.text)));
            rows.entries.push(Entry {
                document_nos: if parts.is_empty() { Vec::new() } else { vec![number] },
                quantity: quantity.and_then(|col| grid.number(row, col)),
                unit_price: price.and_then(|col| grid.number(row, col)),
                ..entry(grid, row, amount, first, findings)
            });
        }
        rows
    }
}

fn entry(
    grid: &Grid<'_>,
    row: usize,
    amount: Option<u16>,
    first: u16,
    findings: &mut Vec<Finding>,
) -> Entry {
    let at = grid.at(row, amount.unwrap_or(first));
    let value = amount.map(|col| grid.value(row, col));
    let figure = value.and_then(number);
    if let Some(value) = value.filter(|value| figure.is_none() && !folded(value).is_empty()) {
        let finding = Finding::of(codes::BAD_NUMBER).at(at.clone());
        findings.push(finding.with("found", shown(value)).with("why", "not-this"));
    }
    let amount = figure.unwrap_or_default();
    Entry::by_sign(Arc::from(""), amount, &at)
}

/// One column of the key.
struct Key {
    col: u16,
    ids: Vec<Option<Id>>,
}

impl Key {
    fn of(grid: &Grid<'_>, side: Side, pair: &Pair) -> Self {
        let col = *pair.columns.of(side);
        let mut ids = grid.ids(col);
        if pair.class == Class::Day {
            for (id, day) in ids.iter_mut().zip(grid.days(col)) {
                if let (Some(id), Some(day)) = (id.as_mut(), day) {
                    (id.text, id.damaged) = (day.to_string().into(), false);
                }
            }
        }
        Self { col, ids }
    }
}

/// Returns a key without what people write differently: width, case, white
/// space, signs, leading zeros.
fn looked_up(key: &str) -> String {
    let parts = key.split(BETWEEN).map(|part| {
        let plain: String = fold(part).chars().filter(|c| c.is_alphanumeric()).collect();
        let short = plain.trim_start_matches('0');
        if short.is_empty() { plain } else { short.to_owned() }
    });
    parts.collect::<Vec<_>>().join(BETWEEN)
}

/// Which rows the matcher is asked about: keys that both sides have, rows
/// without a key, and all where numbers lost digits.
fn shared(sides: &Both<Rows>) -> Both<Vec<bool>> {
    let damaged = sides.left.damaged || sides.right.damaged;
    let sets = Both::from_fn(|side| -> FxHashSet<&str> {
        sides.of(side).keys.iter().flatten().map(String::as_str).collect()
    });
    Both::from_fn(|side| {
        let other = sets.of(side.other());
        let asked =
            |key: &Option<String>| damaged || key.as_deref().is_none_or(|key| other.contains(key));
        sides.of(side).keys.iter().map(asked).collect()
    })
}

/// Lets the matcher place the rows it is asked about. What it joins under
/// different keys is not the same row here.
fn matched(
    sides: &Both<Rows>,
    asked: &Both<Vec<bool>>,
    rules: &Spec,
    compared: &mut Comparison,
) -> Result<Vec<Line>, Miscount> {
    let indices = Both::from_fn(|side| -> Vec<usize> {
        let asked = asked.of(side);
        (0..asked.len()).filter(|&at| asked[at]).collect()
    });
    let entries = Both::from_fn(|side| -> Vec<Entry> {
        indices.of(side).iter().map(|&at| sides.of(side).entries[at].clone()).collect()
    });
    let outcome = matching::reconcile(&entries.left, &entries.right, &within(rules, &indices))?;
    compared.verdicts = outcome.verdicts;
    compared.findings.extend(outcome.findings);
    let mut lines = Vec::with_capacity(outcome.lines.len());
    for mut line in outcome.lines {
        line.left.iter_mut().for_each(|at| *at = indices.left[*at]);
        line.right.iter_mut().for_each(|at| *at = indices.right[*at]);
        if let Some(nearest) = &mut line.nearest {
            nearest.index = indices.of(nearest.side)[nearest.index];
        }
        if let Some(runner_up) = &mut line.runner_up {
            runner_up.index = indices.of(runner_up.side)[runner_up.index];
        }
        if is_of_one_key(&line, sides) {
            lines.push(plainly(line));
        } else {
            lines.extend(taken_apart(&line, sides));
        }
    }
    Ok(lines)
}

/// Returns the rules with the rows that a person has joined, as the matcher
/// counts them.
fn within(rules: &Spec, indices: &Both<Vec<usize>>) -> Spec {
    let mut spec = rules.clone();
    let place = |side: Side, rows: &[usize]| -> Vec<usize> {
        rows.iter().filter_map(|row| indices.of(side).binary_search(row).ok()).collect()
    };
    for both in &mut spec.together {
        *both = Both::from_fn(|side| place(side, both.of(side)));
    }
    spec
}

/// Whether the rows of a line carry one key, as far as they carry any that is
/// whole.
fn is_of_one_key(line: &Line, sides: &Both<Rows>) -> bool {
    let whole = |side: Side| {
        let rows = sides.of(side);
        line.of(side).iter().filter_map(move |&at| {
            let damaged = rows.entries[at].document_nos.first()?.damaged;
            rows.keys[at].as_deref().filter(|_| !damaged)
        })
    };
    if line.left.is_empty() || line.right.is_empty() {
        return true;
    }
    let mut keys = whole(Side::Left).chain(whole(Side::Right));
    let first = keys.next();
    let numbered = |side: Side| line.of(side).iter().any(|&at| sides.of(side).keys[at].is_some());
    keys.all(|key| Some(key) == first) && numbered(Side::Left) == numbered(Side::Right)
}

/// Two sheets know no receiving and billing: a row without a partner has none.
fn plainly(mut line: Line) -> Line {
    let twice = [Some(Reason::DoubleBilled), Some(Reason::DoubleBooked)].contains(&line.reason);
    if line.reason.is_some() && !twice {
        line.reason = Some(Reason::NoCandidate);
    }
    line
}

fn one_sided(side: Side, at: usize, amount: Decimal) -> Line {
    let line = match side {
        Side::Left => Line::new(Status::LeftOnly, vec![at], Vec::new(), amount),
        Side::Right => Line::new(Status::RightOnly, Vec::new(), vec![at], -amount),
    };
    Line { reason: Some(Reason::NoCandidate), ..line }
}

/// Takes a line apart whose rows carry different keys.
fn taken_apart(line: &Line, sides: &Both<Rows>) -> Vec<Line> {
    let mut lines = Vec::new();
    for side in Side::BOTH {
        let other = line.of(side.other()).first().copied();
        for &at in line.of(side) {
            let nearest = other.map(|index| Nearest {
                side: side.other(),
                index,
                agrees: vec![Field::Amount],
                failed: FailedTest::DocumentNo,
            });
            let amount = sides.of(side).entries[at].amount;
            lines.push(Line { nearest, ..one_sided(side, at, amount) });
        }
    }
    lines
}

/// Returns the lines of rows whose key the other side has not.
fn alone(sides: &Both<Rows>, asked: &Both<Vec<bool>>) -> Vec<Line> {
    let mut lines = Vec::new();
    for side in Side::BOTH {
        for (at, asked) in asked.of(side).iter().enumerate() {
            if !asked {
                lines.push(one_sided(side, at, sides.of(side).entries[at].amount));
            }
        }
    }
    lines
}

/// Columns of days, read whole: their cells settle each other.
struct Cells {
    days: FxHashMap<usize, Both<Vec<Option<NaiveDate>>>>,
}

impl Cells {
    fn of(grids: &Both<Grid<'_>>, plan: &Plan) -> Self {
        let days = plan.pairs.iter().enumerate().filter(|(_, pair)| pair.class == Class::Day);
        let read = |pair: &Pair| Both::from_fn(|side| grids.of(side).days(*pair.columns.of(side)));
        Self { days: days.map(|(at, pair)| (at, read(pair))).collect() }
    }

    /// Returns the columns in which two rows differ.
    fn differing(
        &self,
        left: usize,
        right: usize,
        grids: &Both<Grid<'_>>,
        plan: &Plan,
    ) -> Vec<Differing> {
        let mut found = Vec::new();
        for (at, pair) in plan.pairs.iter().enumerate() {
            if pair.role == PairRole::Key {
                continue;
            }
            let one = grids.left.value(left, pair.columns.left);
            let other = grids.right.value(right, pair.columns.right);
            let days = self.days.get(&at).and_then(|days| days.left[left].zip(days.right[right]));
            let same = match days {
                Some((one, other)) => one == other,
                None => match number(one).zip(number(other)) {
                    Some((one, other)) => one == other,
                    None => folded(one) == folded(other),
                },
            };
            if !same {
                found.push(Differing { pair: at, left: shown(one), right: shown(other) });
            }
        }
        found
    }
}
