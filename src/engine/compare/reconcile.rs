//! The job: two tables and a plan in; lines, and what differs in each, out.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::alike::{self, Placed};
use super::columns::{PairRole, Plan};
use super::rest;
use super::rows::{Rows, rows};
use super::values::{Grid, number, shown};
use crate::engine::entry::Entry;
use crate::engine::matching::conserve::{self, Miscount};
use crate::engine::matching::explain::{Agreement, Evidence, FailedTest, Field, Nearest};
use crate::engine::matching::explained;
use crate::engine::matching::outcome::{Line, Note, Reason, Status, grouped};
use crate::engine::matching::sides::{Both, Side};
use crate::engine::matching::spec::Spec;
use crate::finding::Finding;
use crate::input::sheet::Value;
use crate::input::table::Table;

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
    /// What is wrong or doubtful.
    pub findings: Vec<Finding>,
}

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
    let sides = rows(&grids, plan, &mut findings);
    let mut placing = Placing::new(&sides, plan, rules);
    placing.joined();
    placing.by_key();
    rest::place(&mut placing, &mut findings)?;
    let mut lines = placing.lines;
    lines.sort_by_cached_key(|line| {
        let left = line.left.iter().min().copied();
        (left.is_none(), left, line.right.iter().min().copied())
    });
    let cells = Cells { grids: &grids, sides: &sides, plan, tolerance: rules.tolerance };
    let mut differing = Vec::with_capacity(lines.len());
    for line in &mut lines {
        let found = match (&line.left[..], &line.right[..]) {
            (&[left], &[right]) => cells.differing(left, right),
            _ => Vec::new(),
        };
        let other = found.iter().any(|one| !cells.is_main(one.pair));
        if other && line.status == Status::Matched {
            line.status = Status::Differs;
        }
        differing.push(found);
    }
    let (left, right) = (sides.left.entries, sides.right.entries);
    conserve::check(&left, &right, &lines)?;
    Ok(Comparison { left, right, lines, differing, findings })
}

/// Rows on their way into lines.
pub(super) struct Placing<'a> {
    pub(super) sides: &'a Both<Rows>,
    pub(super) rules: &'a Spec,
    pub(super) lines: Vec<Line>,
    /// Rows that are in no line yet.
    pub(super) free: Both<Vec<bool>>,
    pub(super) has_amount: bool,
}

impl<'a> Placing<'a> {
    fn new(sides: &'a Both<Rows>, plan: &Plan, rules: &'a Spec) -> Self {
        Self {
            sides,
            rules,
            lines: Vec::new(),
            free: Both::from_fn(|side| vec![true; sides.of(side).entries.len()]),
            has_amount: plan.of(PairRole::Amount).next().is_some(),
        }
    }

    /// Adds a line of rows that are free.
    pub(super) fn add(&mut self, line: Line) {
        for side in Side::BOTH {
            line.of(side).iter().for_each(|&at| self.free.of_mut(side)[at] = false);
        }
        self.lines.push(line);
    }

    /// Places what a person has said is the same.
    fn joined(&mut self) {
        for both in &self.rules.together {
            let is_free = |side: Side| {
                both.of(side).iter().all(|&at| self.free.of(side).get(at) == Some(&true))
            };
            if is_free(Side::Left) && is_free(Side::Right) {
                self.same(both.left.clone(), both.right.clone(), true);
            }
        }
    }

    /// Places the rows whose keys both sides have.
    fn by_key(&mut self) {
        let sides = self.sides;
        let key = |side: Side, at: usize| sides.of(side).keys[at];
        let sorted = Both::from_fn(|side| self.sorted(side));
        let mut right = &sorted.right[..];
        for lefts in sorted.left.chunk_by(|&a, &b| key(Side::Left, a) == key(Side::Left, b)) {
            let wanted = key(Side::Left, lefts[0]);
            let before = right.iter().take_while(|&&at| key(Side::Right, at) < wanted).count();
            right = &right[before..];
            let same = right.iter().take_while(|&&at| key(Side::Right, at) == wanted).count();
            let (rights, behind) = right.split_at(same);
            right = behind;
            if !rights.is_empty() {
                self.take(alike::place(
                    Both { left: lefts, right: rights },
                    sides,
                    self.has_amount,
                ));
            }
        }
    }

    /// Returns the free rows of a side that have a whole key, sorted by it.
    fn sorted(&self, side: Side) -> Vec<usize> {
        let (rows, free) = (self.sides.of(side), self.free.of(side));
        let has_key = |&at: &usize| free[at] && rows.keys[at].is_some() && !rows.damaged[at];
        let mut sorted: Vec<usize> = (0..rows.keys.len()).filter(has_key).collect();
        sorted.sort_unstable_by_key(|&at| (rows.keys[at], at));
        sorted
    }

    /// Makes lines of rows under one key.
    fn take(&mut self, placed: Placed) {
        // Whoever is left over came nearest to a row of its key that is taken.
        let first = placed.pairs.first().or(placed.likely.first()).copied();
        for (left, right) in placed.pairs {
            self.same(vec![left], vec![right], true);
        }
        for (left, right) in placed.likely {
            self.same(vec![left], vec![right], false);
        }
        for sum in placed.sums {
            self.same(sum.left, sum.right, true);
        }
        for tie in placed.ties {
            let (left, right) =
                (self.sum(Side::Left, &tie.left), self.sum(Side::Right, &tie.right));
            self.add(Line::new(Status::Ambiguous, tie.left, tie.right, left.saturating_sub(right)));
        }
        for (side, at, repeated) in placed.alone {
            let nearest = first.map(|(left, right)| Nearest {
                side: side.other(),
                index: if side == Side::Left { right } else { left },
                agrees: vec![Field::DocumentNo],
                failed: FailedTest::Taken,
            });
            let line = one_sided(side, at, self.sides.of(side).entries[at].amount);
            self.add(match repeated {
                Some(first) => Line {
                    reason: Some(match side {
                        Side::Left => Reason::DoubleBilled,
                        Side::Right => Reason::DoubleBooked,
                    }),
                    related: vec![self.sides.of(side).entries[first].at.clone()],
                    ..line
                },
                None => Line { nearest: nearest.map(Box::new), ..line },
            });
        }
    }

    /// Adds a line of rows that are the same: surely, or probably.
    pub(super) fn same(&mut self, left: Vec<usize>, right: Vec<usize>, sure: bool) {
        let entries = |side: Side, rows: &[usize]| -> Vec<&'a Entry> {
            rows.iter().map(|&at| &self.sides.of(side).entries[at]).collect()
        };
        let (lefts, rights) = (entries(Side::Left, &left), entries(Side::Right, &right));
        let difference = self.sum(Side::Left, &left).saturating_sub(self.sum(Side::Right, &right));
        let (causes, agrees) = explained(&lefts, &rights, self.rules);
        let status = match agrees {
            _ if !sure => Status::Suggested,
            true => Status::Matched,
            false => Status::Differs,
        };
        let mut evidence = Vec::new();
        let mut notes: Vec<Note> = grouped(left.len(), right.len()).into_iter().collect();
        if let (Some(one), Some(other)) = (lefts.first(), rights.first()) {
            let texts = |entry: &'a Entry| entry.document_nos.iter().map(|number| &*number.text);
            if !texts(one).eq(texts(other)) {
                notes.push(Note::DocumentNoFormat);
            }
            evidence.push(stated(Field::DocumentNo, true));
        }
        if self.has_amount {
            evidence.push(stated(Field::Amount, difference.is_zero()));
        }
        notes.sort_unstable();
        self.add(Line { causes, notes, evidence, ..Line::new(status, left, right, difference) });
    }

    fn sum(&self, side: Side, rows: &[usize]) -> Decimal {
        let entries = &self.sides.of(side).entries;
        let amounts = rows.iter().map(|&at| entries[at].amount);
        // What is too large to be added is found by the last count.
        amounts.into_iter().fold(Decimal::ZERO, |sum, amount| sum.saturating_add(amount))
    }
}

fn stated(field: Field, same: bool) -> Evidence {
    let agreement = if same { Agreement::Equal } else { Agreement::Differs };
    Evidence { field, agreement, weight: 0 }
}

/// Makes a line of a row without a partner.
pub(super) fn one_sided(side: Side, at: usize, amount: Decimal) -> Line {
    let line = match side {
        Side::Left => Line::new(Status::LeftOnly, vec![at], Vec::new(), amount),
        Side::Right => Line::new(Status::RightOnly, Vec::new(), vec![at], -amount),
    };
    Line { reason: Some(Reason::NoCandidate), ..line }
}

/// The cells of both sides.
struct Cells<'a> {
    grids: &'a Both<Grid<'a>>,
    sides: &'a Both<Rows>,
    plan: &'a Plan,
    tolerance: Decimal,
}

impl Cells<'_> {
    /// Whether a pair of columns is the main amount.
    fn is_main(&self, pair: usize) -> bool {
        let role = |at: usize| self.plan.pairs[at].role == PairRole::Amount;
        role(pair) && !(0..pair).any(role)
    }

    /// Returns the columns in which two rows differ.
    fn differing(&self, left: usize, right: usize) -> Vec<Differing> {
        let compared =
            self.plan.pairs.iter().enumerate().filter(|(_, pair)| pair.role != PairRole::Key);
        let mut found = Vec::new();
        for (nth, (at, pair)) in compared.enumerate() {
            if self.sides.left.agrees(left, &self.sides.right, right, nth) {
                continue;
            }
            let one = self.grids.left.value(left, pair.columns.left);
            let other = self.grids.right.value(right, pair.columns.right);
            if pair.role == PairRole::Amount && self.is_tolerable(&one, &other) {
                continue;
            }
            found.push(Differing { pair: at, left: shown(&one), right: shown(&other) });
        }
        found
    }

    /// Whether two amounts are no further apart than the tolerance.
    fn is_tolerable(&self, one: &Value, other: &Value) -> bool {
        let apart = number(one).zip(number(other)).and_then(|(one, other)| one.checked_sub(other));
        apart.is_some_and(|apart| apart.abs() <= self.tolerance)
    }
}
