//! From placements to lines: causes, notes and reasons added, back to the
//! caller's indices, sorted by place, checked.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::alone::{self, Alone, Finder};
use super::board::{Certainty, Placement};
use super::causes::{self, Explained, PackHabit, Terms};
use super::charge;
use super::conserve::{self, Miscount};
use super::names::Id;
use super::outcome::{Line, Note, Outcome, Reason, Status};
use super::paper::{Figures, Kind};
use super::passes::Run;
use super::sides::{Both, Side};
use crate::engine::measure::{Fit, fit};
use crate::location::Location;

/// Makes the result.
pub(super) fn outcome(mut run: Run<'_, '_>) -> Result<Outcome, Miscount> {
    let alone = alone::reasons(&mut run);
    run.knowledge.learn_packs(&run.board);
    let placements = std::mem::take(&mut run.board.placements);
    let mut lines = Vec::with_capacity(placements.len());
    for placement in placements {
        lines.push(paired(&run, placement)?);
    }
    let finder = Finder::new(&run);
    for side in Side::BOTH {
        one_sided(&run, &finder, side, &alone, &mut lines);
    }
    drop(finder);
    lines.sort_by_cached_key(|line| place(&run, line));
    let papers = &run.board.papers;
    conserve::check(papers.left.entries, papers.right.entries, &lines)?;
    Ok(Outcome { lines, verdicts: run.knowledge.verdicts, findings: run.findings })
}

fn paired(run: &Run<'_, '_>, placement: Placement) -> Result<Line, Miscount> {
    let difference = difference(run, &placement)?;
    let explained = explain(run, &placement);
    let (status, causes) = match placement.certainty {
        Certainty::Ambiguous => (Status::Ambiguous, Vec::new()),
        Certainty::Suggested => (Status::Suggested, explained.causes),
        Certainty::Sure if explained.agrees => (Status::Matched, explained.causes),
        Certainty::Sure => (Status::Differs, explained.causes),
    };
    let indices = Both::from_fn(|side| {
        let of = placement.of(side).iter();
        let mut indices: Vec<usize> = of.map(|&at| run.board.fact(side, at).index).collect();
        indices.sort_unstable();
        indices
    });
    let carried = Side::BOTH.iter().any(|&side| {
        indices.of(side).iter().any(|index| run.spec.side(side).carried.contains(index))
    });
    let runner_up = placement.runner_up.map(|mut runner_up| {
        runner_up.index = run.board.fact(runner_up.side, runner_up.index).index;
        runner_up
    });
    Ok(Line {
        causes,
        notes: notes(run, &placement),
        reason: carried.then_some(Reason::CarriedForward),
        evidence: placement.evidence,
        runner_up,
        coincidences: placement.coincidences,
        ..Line::new(status, indices.left, indices.right, difference)
    })
}

/// Returns left amounts − right amounts, as the papers write them.
fn difference(run: &Run<'_, '_>, placement: &Placement) -> Result<Decimal, Miscount> {
    let mut difference = Decimal::ZERO;
    for side in Side::BOTH {
        for &at in placement.of(side) {
            let amount = run.board.papers.of(side).entry(at).amount;
            let sum = match side {
                Side::Left => difference.checked_add(amount),
                Side::Right => difference.checked_sub(amount),
            };
            difference = sum.ok_or(Miscount::Overflow)?;
        }
    }
    Ok(difference)
}

fn explain(run: &Run<'_, '_>, placement: &Placement) -> Explained {
    let nothing = Explained { causes: Vec::new(), agrees: false };
    let (Some(&left), Some(&right)) = (placement.left.first(), placement.right.first()) else {
        return nothing;
    };
    if placement.certainty == Certainty::Ambiguous {
        return nothing;
    }
    let board = &run.board;
    let terms = Terms {
        tax: run.knowledge.tax(board, left),
        pack: run.knowledge.pack(board, left, right).or_else(|| pack_of_line(run, placement)),
        same_unit: same_unit(run, placement),
        rates: &run.spec.tax_rates,
        supported: run.knowledge.rates(board.fact(Side::Left, left).party),
        lines: placement.left.len() + placement.right.len(),
        tolerance: run.spec.tolerance,
    };
    let written = |side: Side| -> Vec<Figures> {
        placement.of(side).iter().map(|&at| board.fact(side, at).written).collect()
    };
    let (left, right) = (written(Side::Left), written(Side::Right));
    match (&left[..], &right[..]) {
        ([left], [right]) => causes::pair(*left, *right, &terms),
        _ => causes::groups(&left, &right, &terms).unwrap_or(nothing),
    }
}

/// Returns the pack that the figures of two lines alone tell, whose units are
/// not the same.
fn pack_of_line(run: &Run<'_, '_>, placement: &Placement) -> Option<PackHabit> {
    let (&[left], &[right]) = (&placement.left[..], &placement.right[..]) else { return None };
    let figures = |side: Side, at: usize| run.board.fact(side, at).figures;
    let (left, right) = (figures(Side::Left, left), figures(Side::Right, right));
    if left.amount == right.amount || same_unit(run, placement) != Some(false) {
        return None;
    }
    causes::of_equal_prices(left, right).or_else(|| causes::of_line(left, right))
}

/// Whether both sides count in the same unit, where both say in which.
fn same_unit(run: &Run<'_, '_>, placement: &Placement) -> Option<bool> {
    let units = |side: Side| -> BTreeSet<Id> {
        placement.of(side).iter().filter_map(|&at| run.board.fact(side, at).unit).collect()
    };
    let (left, right) = (units(Side::Left), units(Side::Right));
    // 个 and PCS are one.
    let are_one = |&left: &Id, &right: &Id| {
        let names = &run.board.names;
        left == right || fit(names.text(left), names.text(right)) == Fit::Same
    };
    match (left.len(), right.len()) {
        (0, _) | (_, 0) => None,
        (1, 1) => left.first().zip(right.first()).map(|(left, right)| are_one(left, right)),
        _ => Some(left == right),
    }
}

/// Returns what is odd about a placement without moving its amount.
fn notes(run: &Run<'_, '_>, placement: &Placement) -> Vec<Note> {
    let mut notes = placement.notes.clone();
    if placement.certainty != Certainty::Ambiguous {
        notes.extend(lacks_number(run, placement).then_some(Note::DocumentNoMissing));
    }
    notes.extend(on_other_days(run, placement).then_some(Note::Date));
    notes.sort_unstable();
    notes.dedup();
    notes
}

/// Whether goods carry a number on one side only, of a party whose papers
/// have numbers.
fn lacks_number(run: &Run<'_, '_>, placement: &Placement) -> bool {
    let numbered = |side: Side| {
        placement.of(side).iter().any(|&at| !run.board.fact(side, at).numbers.is_empty())
    };
    let Some(&first) = placement.left.first() else { return false };
    let fact = run.board.fact(Side::Left, first);
    fact.kind == Kind::Trade
        && !run.knowledge.lacks_numbers(fact.party)
        && numbered(Side::Left) != numbered(Side::Right)
}

fn on_other_days(run: &Run<'_, '_>, placement: &Placement) -> bool {
    let days =
        |side: Side| placement.of(side).iter().filter_map(move |&at| run.board.fact(side, at).day);
    let differ = |left: i64| days(Side::Right).any(|right| right != left);
    days(Side::Left).any(differ)
}

/// Adds the lines of entries without a partner.
fn one_sided(
    run: &Run<'_, '_>,
    finder: &Finder<'_, '_, '_>,
    side: Side,
    alone: &Both<FxHashMap<usize, Alone>>,
    lines: &mut Vec<Line>,
) {
    for at in run.board.unplaced(side) {
        let entry = run.board.papers.of(side).entry(at);
        let index = run.board.fact(side, at).index;
        let line = match side {
            Side::Left => Line::new(Status::LeftOnly, vec![index], Vec::new(), entry.amount),
            Side::Right => {
                Line::new(Status::RightOnly, Vec::new(), vec![index], Decimal::ZERO - entry.amount)
            }
        };
        let known = alone.of(side).get(&at);
        lines.push(Line {
            causes: charge::cause(entry, line.difference).into_iter().collect(),
            reason: Some(known.map_or(Reason::NoCandidate, |alone| alone.reason)),
            related: known.map(|alone| alone.related.clone()).unwrap_or_default(),
            reversal: known.and_then(|alone| alone.reversal.clone()),
            nearest: finder.nearest(side, at).map(Box::new),
            ..line
        });
    }
}

/// Where a line is sorted: by its first left place, then by its first right
/// one; lines without left entries last.
fn place(run: &Run<'_, '_>, line: &Line) -> (bool, Option<Location>, Option<Location>) {
    let first = |side: Side| {
        let entries = run.board.papers.of(side).entries;
        line.of(side).iter().map(|&index| entries[index].at.clone()).min()
    };
    let left = first(Side::Left);
    (left.is_none(), left, first(Side::Right))
}
