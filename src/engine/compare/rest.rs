//! What exact keys leave over: keys that lost digits, rows without a key, keys
//! that are one slip away from each other, and rows that have no partner.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::reconcile::{Placing, one_sided};
use super::values::plain;
use crate::engine::entry::{DocumentNo, Entry};
use crate::engine::matching;
use crate::engine::matching::conserve::Miscount;
use crate::engine::matching::explain::{FailedTest, Field, Nearest};
use crate::engine::matching::near_number::{Nearness, nearness};
use crate::engine::matching::outcome::{Line, Note, Reason, Status};
use crate::engine::matching::sides::{Both, Side};
use crate::engine::matching::spec::Spec;
use crate::finding::Finding;

/// Places the rows that are still free.
pub(super) fn place(
    placing: &mut Placing<'_>,
    findings: &mut Vec<Finding>,
) -> Result<(), Miscount> {
    let asked = asked(placing);
    if !asked.left.is_empty() && !asked.right.is_empty() {
        for line in matched(placing, &asked, findings)? {
            placing.add(line);
        }
    }
    let near = Near::of(placing);
    for side in Side::BOTH {
        for at in free(placing, side) {
            if placing.free.of(side)[at] {
                let line = near.line(placing, side, at);
                placing.add(line);
            }
        }
    }
    Ok(())
}

fn free(placing: &Placing<'_>, side: Side) -> Vec<usize> {
    let free = placing.free.of(side);
    (0..free.len()).filter(|&at| free[at]).collect()
}

/// Returns the rows that the matcher is asked about: those without a key, and
/// all that are free where keys lost digits.
fn asked(placing: &Placing<'_>) -> Both<Vec<usize>> {
    let free = Both::from_fn(|side| free(placing, side));
    let damaged = |side: Side| free.of(side).iter().any(|&at| placing.sides.of(side).damaged[at]);
    let any_damaged = Side::BOTH.into_iter().any(damaged);
    Both::from_fn(|side| {
        let rows = placing.sides.of(side);
        let is_asked = |at: &usize| any_damaged || rows.keys[*at].is_none();
        free.of(side).iter().copied().filter(is_asked).collect()
    })
}

/// Lets the matcher place rows. What it joins under different keys is not the
/// same row here.
fn matched(
    placing: &Placing<'_>,
    asked: &Both<Vec<usize>>,
    findings: &mut Vec<Finding>,
) -> Result<Vec<Line>, Miscount> {
    let entries = Both::from_fn(|side| -> Vec<Entry> {
        let rows = &placing.sides.of(side).entries;
        asked.of(side).iter().map(|&at| with_one_number(&rows[at])).collect()
    });
    let spec = Spec { together: Vec::new(), ..placing.rules.clone() };
    let outcome = matching::reconcile(&entries.left, &entries.right, &spec)?;
    findings.extend(outcome.findings);
    let mut lines = Vec::with_capacity(outcome.lines.len());
    for mut line in outcome.lines {
        line.left.iter_mut().for_each(|at| *at = asked.left[*at]);
        line.right.iter_mut().for_each(|at| *at = asked.right[*at]);
        if let Some(nearest) = &mut line.nearest {
            nearest.index = asked.of(nearest.side)[nearest.index];
        }
        if let Some(runner_up) = &mut line.runner_up {
            runner_up.index = asked.of(runner_up.side)[runner_up.index];
        }
        // Rows without a partner are told by what comes nearest here.
        let is_paired = !line.left.is_empty() && !line.right.is_empty();
        if is_paired && is_of_one_key(placing, &line) {
            lines.push(line);
        }
    }
    Ok(lines)
}

/// Returns an entry with the parts of its key as one number: to the matcher,
/// several are names for the same.
fn with_one_number(entry: &Entry) -> Entry {
    let mut entry = entry.clone();
    if entry.document_nos.len() > 1 {
        let parts: Vec<&str> = entry.document_nos.iter().map(|number| &*number.text).collect();
        let damaged = entry.document_nos.iter().any(|number| number.damaged);
        // A character that survives folding and is in no key.
        entry.document_nos = vec![DocumentNo { text: parts.join("与").into(), damaged }];
    }
    entry
}

/// Whether the rows of a line carry one key, as far as they carry any that is
/// whole.
fn is_of_one_key(placing: &Placing<'_>, line: &Line) -> bool {
    let rows = |side: Side| line.of(side).iter().map(move |&at| (side, at));
    let key = |(side, at): (Side, usize)| {
        let rows = placing.sides.of(side);
        rows.keys[at].filter(|_| !rows.damaged[at])
    };
    let mut keys = rows(Side::Left).chain(rows(Side::Right)).filter_map(key);
    let first = keys.next();
    let numbered =
        |side: Side| line.of(side).iter().any(|&at| placing.sides.of(side).keys[at].is_some());
    keys.all(|key| Some(key) == first) && numbered(Side::Left) == numbered(Side::Right)
}

/// Free rows by their amounts: the only ones that may come near to each other.
struct Near {
    by_amount: Both<FxHashMap<Decimal, Option<usize>>>,
}

impl Near {
    /// Collects the amounts that one free row of a side has alone.
    fn of(placing: &Placing<'_>) -> Self {
        let by_amount = Both::from_fn(|side| {
            let mut rows: FxHashMap<Decimal, Option<usize>> = FxHashMap::default();
            for at in free(placing, side) {
                let amount = placing.sides.of(side).entries[at].amount.normalize();
                rows.entry(amount).and_modify(|one| *one = None).or_insert(Some(at));
            }
            rows
        });
        Self { by_amount }
    }

    /// Returns the line of a row: with the one whose key is a slip away and
    /// all else the same, or alone.
    fn line(&self, placing: &Placing<'_>, side: Side, at: usize) -> Line {
        let entry = &placing.sides.of(side).entries[at];
        let amount = entry.amount.normalize();
        let only = |side: Side| self.by_amount.of(side).get(&amount).copied().flatten();
        let partner = only(side.other())
            .filter(|&other| !amount.is_zero() && placing.free.of(side.other())[other]);
        let alone = Line { reason: Some(Reason::NoCandidate), ..one_sided(side, at, entry.amount) };
        let Some(partner) = partner else { return alone };
        let (left, right) = if side == Side::Left { (at, partner) } else { (partner, at) };
        if only(side) == Some(at) && is_slip(placing, left, right) {
            let line = Line::new(Status::Suggested, vec![left], vec![right], Decimal::ZERO);
            return Line { notes: vec![Note::DocumentNoTypo], ..line };
        }
        let nearest = Nearest {
            side: side.other(),
            index: partner,
            agrees: vec![Field::Amount],
            failed: FailedTest::DocumentNo,
        };
        Line { nearest: Some(Box::new(nearest)), ..alone }
    }
}

/// Whether two rows differ in nothing but a slip in their key.
fn is_slip(placing: &Placing<'_>, left: usize, right: usize) -> bool {
    let (lefts, rights) = (&placing.sides.left, &placing.sides.right);
    let alike = (0..lefts.cells.len()).all(|pair| lefts.agrees(left, rights, right, pair));
    let numbers = lefts.entries[left].document_nos.iter().zip(&rights.entries[right].document_nos);
    let mut slips = 0;
    for (one, other) in numbers {
        let (one, other) = (plain(&one.text), plain(&other.text));
        match nearness(&one, &other) {
            Some(Nearness::Typo) => slips += 1,
            None if one == other => {}
            _ => return false,
        }
    }
    alike && slips == 1
}
