//! What has been placed so far. Every entry is placed once: by a pass, or by
//! what is left over at the end.

use rust_decimal::Decimal;

use super::explain::{Evidence, RunnerUp};
use super::names::Names;
use super::outcome::Note;
use super::paper::{Fact, Paper};
use super::sides::{Both, Side};

/// How sure a placement is; whether a sure one is `matched` or `differs` is
/// decided by its causes, at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Certainty {
    /// Surely the same transaction.
    Sure,
    /// Probably.
    Suggested,
    /// One of several equally good ones.
    Ambiguous,
}

/// Entries of both sides that a pass has put together.
#[derive(Debug, Clone)]
pub(super) struct Placement {
    pub(super) certainty: Certainty,
    pub(super) left: Vec<usize>,
    pub(super) right: Vec<usize>,
    pub(super) notes: Vec<Note>,
    pub(super) evidence: Vec<Evidence>,
    pub(super) runner_up: Option<RunnerUp>,
    pub(super) coincidences: Option<Decimal>,
}

impl Placement {
    /// Makes a placement without notes and evidence.
    pub(super) fn new(certainty: Certainty, left: Vec<usize>, right: Vec<usize>) -> Self {
        Self {
            certainty,
            left,
            right,
            notes: Vec::new(),
            evidence: Vec::new(),
            runner_up: None,
            coincidences: None,
        }
    }

    /// Returns its entries of one side.
    pub(super) fn of(&self, side: Side) -> &[usize] {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }
}

/// What has become of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    Free,
    /// It will have a line of its own.
    Aside,
    Placed,
}

/// Both papers and what has been placed.
#[derive(Debug)]
pub(super) struct Board<'a> {
    pub(super) papers: Both<Paper<'a>>,
    pub(super) names: Names,
    taken: Both<Vec<Taken>>,
    pub(super) placements: Vec<Placement>,
}

impl<'a> Board<'a> {
    /// Starts with nothing placed.
    pub(super) fn new(papers: Both<Paper<'a>>, names: Names) -> Self {
        let taken = Both::from_fn(|side| vec![Taken::Free; papers.of(side).facts.len()]);
        Self { papers, names, taken, placements: Vec::new() }
    }

    /// Returns the facts of one side.
    pub(super) fn facts(&self, side: Side) -> &[Fact] {
        &self.papers.of(side).facts
    }

    /// Returns one fact.
    pub(super) fn fact(&self, side: Side, at: usize) -> &Fact {
        &self.papers.of(side).facts[at]
    }

    /// Whether an entry is still to be placed.
    pub(super) fn is_free(&self, side: Side, at: usize) -> bool {
        self.taken.of(side)[at] == Taken::Free
    }

    /// Returns the entries of one side that are still to be placed.
    pub(super) fn free(&self, side: Side) -> Vec<usize> {
        let taken = self.taken.of(side);
        (0..taken.len()).filter(|&at| taken[at] == Taken::Free).collect()
    }

    /// Returns the entries of one side that no placement holds.
    pub(super) fn unplaced(&self, side: Side) -> Vec<usize> {
        let taken = self.taken.of(side);
        (0..taken.len()).filter(|&at| taken[at] != Taken::Placed).collect()
    }

    /// Keeps an entry from all further passes: it will stand alone.
    pub(super) fn set_aside(&mut self, side: Side, at: usize) {
        let taken = &mut self.taken.of_mut(side)[at];
        if *taken == Taken::Free {
            *taken = Taken::Aside;
        }
    }

    /// Places entries together. A pass that offers an entry twice is wrong;
    /// the second offer is refused whole, so that nothing is counted twice.
    pub(super) fn place(&mut self, placement: Placement) -> bool {
        let is_placeable = |&side: &Side| {
            let mut entries = placement.of(side).to_vec();
            entries.sort_unstable();
            let once = entries.windows(2).all(|pair| pair[0] != pair[1]);
            once && entries.iter().all(|&at| self.is_free(side, at))
        };
        if !Side::BOTH.iter().all(is_placeable) {
            return false;
        }
        for side in Side::BOTH {
            for &at in placement.of(side) {
                self.taken.of_mut(side)[at] = Taken::Placed;
            }
        }
        self.placements.push(placement);
        true
    }
}
