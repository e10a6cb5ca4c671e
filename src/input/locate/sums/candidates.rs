//! What a stated sum may be the sum of.

use rust_decimal::Decimal;

use super::prefix::{Mark, Prefix};
use crate::input::table::Role;

/// From where to where the rows are that a sum may stand for. Tried in this
/// order; the first is the most usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Rule {
    /// Since the last sum of any kind.
    SinceSum,
    /// Since the last sum of the same name.
    SinceSame,
    /// From the start of the table.
    SinceStart,
    /// The whole table, rows below included.
    Whole,
    /// The rows below, to the next sum.
    Below,
    /// The tables above under the same header too.
    Before,
    /// All parts of a list that stand side by side.
    Folded,
    /// The rows of the group that the label names.
    Group,
    /// From the start, what was paid in another column taken off.
    LessPaid,
    /// The last balance, where the column runs on.
    Last,
}

/// A sum that would explain what is stated.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) rule: Rule,
    pub(super) sum: Decimal,
    /// How many figures are in it.
    pub(super) count: u32,
}

/// Returns the sums that mark `at` may state in a column.
pub(super) fn of(marks: &[Mark], prefix: &Prefix, at: usize, col: usize) -> Vec<Candidate> {
    let sum = |to: usize, from: Option<usize>| {
        let above = |at: usize| prefix.above[at][col];
        above(to).checked_sub(from.map_or(Decimal::ZERO, above)).unwrap_or_default()
    };
    let count = |to: usize, from: Option<usize>| {
        prefix.counts[to][col] - from.map_or(0, |from| prefix.counts[from][col])
    };
    let states_sum = |mark: &Mark| mark.role != Role::Opening;
    let last = marks[..at].iter().rposition(states_sum);
    let same = marks[..at].iter().rposition(|mark| mark.key == marks[at].key && states_sum(mark));
    let next = marks[at + 1..].iter().position(states_sum).map(|next| at + 1 + next);
    let end = prefix.above.len() - 1;
    let since_same = same.map(|same| (Rule::SinceSame, at, Some(same)));
    let spans = [
        (Rule::SinceSum, at, last),
        (Rule::SinceStart, at, None),
        (Rule::Whole, end, None),
        (Rule::Below, next.unwrap_or(end), Some(at)),
    ];
    let opening = opening(&marks[..at], col);
    let mut candidates = Vec::with_capacity(2 * spans.len() + 2);
    for (rule, to, from) in since_same.into_iter().chain(spans) {
        let (sum, count) = (sum(to, from), count(to, from));
        candidates.push(Candidate { rule, sum, count });
        let with_opening = opening.and_then(|opening| sum.checked_add(opening));
        if let Some(sum) = with_opening.filter(|_| rule != Rule::Below) {
            candidates.push(Candidate { rule, sum, count: count + 1 });
        }
    }
    candidates
}

/// Returns the opening balance that stands in a column above.
pub(super) fn opening(above: &[Mark], col: usize) -> Option<Decimal> {
    let openings = above.iter().filter(|mark| mark.role == Role::Opening);
    let stated: Vec<Decimal> = openings.filter_map(|mark| mark.stated[col]).collect();
    let sum = stated.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value));
    sum.filter(|_| !stated.is_empty())
}
