//! Which column is which field: the surest candidates first, each field once.

use super::header::{COMMON, Candidate, Rank};
use crate::kinds::Field;

/// What each column of a table is in a kind, by header alone.
#[derive(Debug, Clone, Default)]
pub struct Assignment {
    /// By column: its field, and how far that is from certain.
    pub(super) columns: Vec<Option<(&'static Field, Rank)>>,
    /// Fields that several columns claim with the same right.
    pub(super) contests: Vec<Contest>,
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
    /// Returns the column of a field.
    pub(super) fn column(&self, field: &str) -> Option<usize> {
        self.columns.iter().position(|one| one.is_some_and(|(known, _)| known.name == field))
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
}

/// Gives every column the surest field that is still free. `filled` tells
/// which columns hold values: an empty one stands back.
pub(super) fn assign(mut candidates: Vec<Candidate>, filled: &[bool]) -> Assignment {
    let empty = |one: &Candidate| !filled.get(one.at).copied().unwrap_or(true);
    candidates.sort_by_key(|one| (empty(one), one.rank, one.at));
    let mut assignment = Assignment { columns: vec![None; filled.len()], contests: Vec::new() };
    // A column that lost a fair contest takes nothing lesser: it may be the
    // right one.
    let mut contested = vec![false; filled.len()];
    for one in &candidates {
        if contested[one.at] || assignment.columns[one.at].is_some() {
            continue;
        }
        let holder = assignment
            .columns
            .iter()
            .position(|column| column.is_some_and(|(field, _)| field.name == one.field.name));
        match holder.filter(|_| !one.field.many) {
            None => assignment.columns[one.at] = Some((one.field, one.rank)),
            Some(holder) => {
                let same = assignment.columns[holder].is_some_and(|(_, rank)| rank == one.rank);
                if same && one.field.field_type.is_strict() && !empty(one) {
                    contested[one.at] = true;
                    contest(&mut assignment.contests, one, holder);
                }
            }
        }
    }
    assignment
}

/// Notes that a column claims what another one has.
fn contest(contests: &mut Vec<Contest>, one: &Candidate, holder: usize) {
    match contests.iter_mut().find(|contest| contest.field.name == one.field.name) {
        Some(contest) => contest.columns.push(one.at),
        None => contests.push(Contest { field: one.field, columns: vec![holder, one.at] }),
    }
}
