//! From placements to lines: back to the caller's indices, causes and reasons
//! added, sorted by place, checked.

use rust_decimal::Decimal;

use super::board::{Board, Certainty, Placement};
use super::conserve::{self, Miscount};
use super::outcome::{Line, Outcome, Reason, Status};
use super::sides::Side;
use super::spec::Spec;
use crate::location::Location;

/// Makes the result.
pub(super) fn outcome(mut board: Board<'_>, _spec: &Spec) -> Result<Outcome, Miscount> {
    let mut lines = Vec::with_capacity(board.placements.len());
    for placement in std::mem::take(&mut board.placements) {
        lines.push(paired(&board, placement)?);
    }
    for side in Side::BOTH {
        for at in board.free(side) {
            lines.push(one_sided(&board, side, at));
        }
    }
    lines.sort_by_cached_key(|line| place(&board, line));
    conserve::check(board.papers.left.entries, board.papers.right.entries, &lines)?;
    Ok(Outcome { lines, ..Outcome::default() })
}

fn paired(board: &Board<'_>, placement: Placement) -> Result<Line, Miscount> {
    let mut difference = Decimal::ZERO;
    let mut indices = [Vec::new(), Vec::new()];
    for (side, indices) in Side::BOTH.into_iter().zip(&mut indices) {
        for &at in placement.of(side) {
            let amount = board.papers.of(side).entry(at).amount;
            let amount = if side == Side::Left { amount } else { -amount };
            difference = difference.checked_add(amount).ok_or(Miscount::Overflow)?;
            indices.push(board.fact(side, at).index);
        }
        indices.sort_unstable();
    }
    let [left, right] = indices;
    let status = match placement.certainty {
        Certainty::Sure if difference.is_zero() => Status::Matched,
        Certainty::Sure => Status::Differs,
        Certainty::Suggested => Status::Suggested,
        Certainty::Ambiguous => Status::Ambiguous,
    };
    Ok(Line {
        notes: placement.notes,
        evidence: placement.evidence,
        runner_up: placement.runner_up,
        coincidences: placement.coincidences,
        ..Line::new(status, left, right, difference)
    })
}

fn one_sided(board: &Board<'_>, side: Side, at: usize) -> Line {
    let index = board.fact(side, at).index;
    let amount = board.papers.of(side).entry(at).amount;
    let line = match side {
        Side::Left => Line::new(Status::LeftOnly, vec![index], Vec::new(), amount),
        Side::Right => Line::new(Status::RightOnly, Vec::new(), vec![index], -amount),
    };
    Line { reason: Some(Reason::NoCandidate), ..line }
}

/// Where a line is sorted: by its first left place, then by its first right one.
fn place(board: &Board<'_>, line: &Line) -> (bool, Option<Location>, Option<Location>) {
    let first = |side: Side| {
        let entries = board.papers.of(side).entries;
        line.of(side).iter().map(|&index| entries[index].at.clone()).min()
    };
    let left = first(Side::Left);
    (left.is_none(), left, first(Side::Right))
}
