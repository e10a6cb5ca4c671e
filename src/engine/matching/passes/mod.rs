//! The passes, strongest evidence first. Each places what it is sure of; none
//! may take what a stronger one could have taken.

mod damaged;
mod decided;
mod groups;
mod near_number;
mod no_number;
mod note;
mod same_number;
mod subset;
mod sums;

use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::alone::{self, Alone};
use super::board::{Board, Certainty, Placement};
use super::candidates::{self, Candidate};
use super::choose::{Chosen, Policy, choose};
use super::learn::Knowledge;
use super::names::Id;
use super::outcome::Note;
use super::paper::{Fact, Paper};
use super::sides::{Both, Side};
use super::spec::Spec;
use super::weigh::{Frequencies, Scale, Setting, Weighed};
use crate::finding::{Finding, codes};

/// How entries came to be compared, and what that says of the result.
#[derive(Debug, Clone, Copy)]
struct Link {
    /// The setting in which they are weighed.
    setting: Setting,
    /// What is noted on every placement.
    note: Option<Note>,
    /// How far that can be trusted.
    trust: Trust,
}

/// How far what links entries can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// Wholly: also where the values differ.
    Whole,
    /// The number is in doubt: only equal amounts are sure, or the same
    /// quantity of an item on the same day.
    Doubtful,
    /// So far only that it may be suggested.
    Nothing,
}

/// One run of the matcher.
#[derive(Debug)]
pub(super) struct Run<'a, 'b> {
    pub(super) board: Board<'b>,
    pub(super) knowledge: Knowledge,
    pub(super) spec: &'a Spec,
    pub(super) findings: Vec<Finding>,
    /// What earlier papers of each side have settled.
    pub(super) settled: Both<Paper<'a>>,
    /// Entries that are known to stand alone.
    pub(super) alone: Both<FxHashMap<usize, Alone>>,
    frequencies: Frequencies,
    /// What is left of the budget of group searches.
    steps: u64,
}

/// Runs all passes.
pub(super) fn run<'a, 'b>(
    mut board: Board<'b>,
    settled: Both<Paper<'a>>,
    spec: &'a Spec,
) -> Run<'a, 'b> {
    let knowledge = Knowledge::learn(&mut board, spec);
    let frequencies = Frequencies::count(&board);
    let steps = spec.budget.group_steps;
    let (findings, alone) = (Vec::new(), Both::default());
    let mut run = Run { board, knowledge, spec, findings, settled, alone, frequencies, steps };
    decided::run(&mut run);
    same_number::run(&mut run);
    damaged::run(&mut run);
    near_number::run(&mut run);
    no_number::equal(&mut run);
    alone::set_aside(&mut run);
    groups::run(&mut run);
    no_number::rest(&mut run);
    run
}

impl<'b> Run<'_, 'b> {
    /// Returns the scale that weighs pairs of this run.
    pub(super) fn scale(&self) -> Scale<'_, 'b> {
        Scale {
            board: &self.board,
            knowledge: &self.knowledge,
            frequencies: &self.frequencies,
            spec: self.spec,
        }
    }

    /// Returns the pairs of these entries that are worth comparing.
    fn candidates(&self, entries: &Both<Vec<usize>>) -> Vec<Candidate> {
        candidates::find(&self.board, &self.knowledge, entries)
    }

    /// Chooses among those candidates that are `allowed`, and places what is
    /// chosen.
    fn choose(&mut self, candidates: &[Candidate], link: Link, allowed: impl Fn(&Weighed) -> bool) {
        let is_whole = link.trust == Trust::Whole;
        let sure = |weighed: &Weighed| weighed.same_amount || is_whole || weighed.has_same_goods();
        let numbered = matches!(link.setting, Setting::SameNumber { .. }) && is_whole;
        let policy = Policy { allowed: &allowed, sure: &sure, numbered };
        let chosen = choose(&self.scale(), candidates, link.setting, policy);
        let Chosen { placements, too_large } = chosen;
        for sizes in too_large {
            let finding = Finding::of(codes::MATCHING_GREEDY)
                .with("left", sizes.left)
                .with("right", sizes.right)
                .with("limit", self.spec.budget.component);
            self.findings.push(finding);
        }
        for placement in placements {
            self.place(placement, link);
        }
    }

    /// Places a placement; adds what its link and its size say. The number of
    /// another year's note is not sure, whatever else agrees.
    fn place(&mut self, mut placement: Placement, link: Link) -> bool {
        let doubted = link.trust == Trust::Nothing || self.is_of_other_years(&placement);
        if placement.certainty == Certainty::Sure && doubted {
            placement.certainty = Certainty::Suggested;
        }
        placement.notes.extend(link.note);
        placement.notes.extend(group_note(&placement));
        self.board.place(placement)
    }

    fn is_of_other_years(&self, placement: &Placement) -> bool {
        let scale = self.scale();
        let facts =
            |side: Side| placement.of(side).iter().map(move |&at| self.board.fact(side, at));
        facts(Side::Left)
            .any(|left| facts(Side::Right).any(|right| scale.is_other_year(left, right)))
    }

    /// Returns the free entries by party, those apart that differ in `apart`,
    /// in the order of the parties; what stands on one side only is left out.
    fn free_by_party<K: Ord + Hash>(&self, apart: impl Fn(&Fact) -> K) -> Vec<Both<Vec<usize>>> {
        let mut parties: FxHashMap<(Id, K), Both<Vec<usize>>> = FxHashMap::default();
        for side in Side::BOTH {
            for at in self.board.free(side) {
                let fact = self.board.fact(side, at);
                let key = (fact.party, apart(fact));
                parties.entry(key).or_default().of_mut(side).push(at);
            }
        }
        let mut parties: Vec<_> = parties
            .into_iter()
            .filter(|(_, free)| !free.left.is_empty() && !free.right.is_empty())
            .collect();
        let names = &self.board.names;
        let key = |party: Id| names.text(party);
        parties.sort_unstable_by(|((a, of), _), ((b, or), _)| (key(*a), of).cmp(&(key(*b), or)));
        parties.into_iter().map(|(_, free)| free).collect()
    }

    /// Returns those of these entries that are still free.
    fn still_free(&self, entries: &Both<Vec<usize>>) -> Both<Vec<usize>> {
        Both::from_fn(|side| {
            let free = |&&at: &&usize| self.board.is_free(side, at);
            entries.of(side).iter().filter(free).copied().collect()
        })
    }

    /// Says that a search was cut short.
    fn report_budget(&mut self, party: &str) {
        let code = codes::SEARCH_BUDGET;
        let known = self.findings.iter().any(|finding| {
            finding.code == code && finding.values.iter().any(|value| value.1 == party)
        });
        if !known {
            self.findings.push(Finding::of(code).with("party", party));
        }
    }
}

/// Returns the note that says how many stand on each side.
fn group_note(placement: &Placement) -> Option<Note> {
    match (placement.certainty, placement.left.len(), placement.right.len()) {
        (Certainty::Ambiguous, ..) | (_, 1, 1) => None,
        (_, 1, _) => Some(Note::Split),
        (_, _, 1) => Some(Note::Combined),
        _ => Some(Note::Grouped),
    }
}

/// Whether entries of one side fall on more than one day.
fn falls_on_several_days(board: &Board<'_>, side: Side, entries: &[usize]) -> bool {
    let mut days = entries.iter().filter_map(|&at| board.fact(side, at).day);
    let first = days.next();
    days.any(|day| Some(day) != first)
}
