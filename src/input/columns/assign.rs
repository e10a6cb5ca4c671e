//! Which column is which field: the surest candidates first, each field once.

use super::header::{COMMON, Candidate, Rank};
use crate::kinds::{Field, Kind};

/// What each column of a table is in a kind, by header alone.
#[derive(Debug, Clone, Default)]
pub struct Assignment {
    /// By column: its field, and how far that is from certain.
    pub(super) columns: Vec<Option<(&'static Field, Rank)>>,
    /// Fields that several columns claim with the same right.
    pub(super) contests: Vec<Contest>,
    /// Everything the columns may be, the surest first.
    candidates: Vec<Candidate>,
}

/// A field that several columns claim with the same right.
#[derive(Debug, Clone)]
pub(super) struct Contest {
    /// The field.
    pub(super) field: &'static Field,
    /// The columns, from left to right.
    pub(super) columns: Vec<usize>,
}

impl Assignment {
    /// Gives every column the surest field that is still free. `filled` tells
    /// which columns hold values: an empty one stands back.
    pub(super) fn new(
        mut candidates: Vec<Candidate>,
        kind: &'static Kind,
        filled: &[bool],
    ) -> Self {
        let empty = |one: &Candidate| !filled.get(one.at).copied().unwrap_or(true);
        candidates.sort_by_key(|one| (empty(one), one.rank, one.at));
        let mut assignment = Self {
            columns: vec![None; filled.len()],
            contests: Vec::new(),
            candidates: Vec::new(),
        };
        for one in &candidates {
            if assignment.is_contested(one.at) || assignment.columns[one.at].is_some() {
                continue;
            }
            let holder = assignment.column(&one.field.name).filter(|_| !one.field.many);
            let Some(holder) = holder else {
                assignment.columns[one.at] = Some((one.field, one.rank));
                continue;
            };
            // Whoever loses a fair contest takes nothing lesser: it may be
            // the right column.
            let same = assignment.columns[holder].is_some_and(|(_, rank)| rank == one.rank);
            if same && kind.is_vital(one.field) && !empty(one) {
                assignment.contest(one, holder);
            }
        }
        assignment.candidates = candidates;
        assignment
    }

    /// Returns the column of a field.
    pub(super) fn column(&self, field: &str) -> Option<usize> {
        self.columns.iter().position(|one| one.is_some_and(|(known, _)| known.name == field))
    }

    /// Returns the columns that several fields claim, or that some field
    /// shares with another column.
    pub(super) fn is_contested(&self, at: usize) -> bool {
        self.contests.iter().any(|contest| contest.columns.contains(&at))
    }

    /// Returns the columns that may be a field by their header and are
    /// nothing surer yet.
    pub(super) fn alternatives(&self, field: &str) -> Vec<usize> {
        let claims = self.candidates.iter().filter(|one| one.field.name == field);
        let mut columns: Vec<usize> = claims.map(|one| one.at).collect();
        columns.retain(|at| self.columns[*at].is_none_or(|(_, rank)| rank >= COMMON));
        columns.sort_unstable();
        columns.dedup();
        columns
    }

    /// Makes a column a field, whoever had it before, and ends the contest
    /// about it.
    pub(super) fn settle(&mut self, at: usize, field: &'static Field) {
        if let Some(holder) = self.column(&field.name) {
            self.columns[holder] = None;
        }
        self.columns[at] = Some((field, 0));
        self.contests.retain(|contest| contest.field.name != field.name);
    }

    /// Gives columns that lost their field the next one that is free.
    pub(super) fn refill(&mut self) {
        for one in std::mem::take(&mut self.candidates) {
            let free = self.columns[one.at].is_none() && !self.is_contested(one.at);
            let taken = self.column(&one.field.name).is_some()
                || self.contests.iter().any(|contest| contest.field.name == one.field.name);
            if free && (!taken || one.field.many) {
                self.columns[one.at] = Some((one.field, one.rank));
            }
            self.candidates.push(one);
        }
    }

    /// Whether some column is one of these fields.
    pub(crate) fn has_any(&self, fields: &[String]) -> bool {
        let contested = |name: &String| self.contests.iter().any(|one| one.field.name == *name);
        fields.iter().any(|name| self.column(name).is_some() || contested(name))
    }

    /// Returns what is known of each column: its field, and whether the word
    /// is the kind's own rather than one that all kinds share.
    pub(crate) fn known(&self) -> impl Iterator<Item = Option<(&'static Field, bool)>> + '_ {
        self.columns.iter().enumerate().map(|(at, one)| {
            let contest = || self.contests.iter().find(|contest| contest.columns.contains(&at));
            one.map(|(field, rank)| (field, rank < COMMON))
                .or_else(|| contest().map(|contest| (contest.field, true)))
        })
    }

    /// Notes that a column claims what another one has.
    fn contest(&mut self, one: &Candidate, holder: usize) {
        let known = self.contests.iter_mut().find(|other| other.field.name == one.field.name);
        match known {
            Some(contest) => contest.columns.push(one.at),
            None => {
                let columns = vec![holder, one.at];
                self.contests.push(Contest { field: one.field, columns });
            }
        }
    }
}
