//! The lines of a cross-check with all that reports say of them, ready to be
//! written as JSON rows or as rows of a sheet.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::engine::decisions::Choice;
use crate::engine::entry::Entry;
use crate::engine::matching::outcome::{Line, Status};
use crate::report::decisions::Written;

/// A line and what belongs to it.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Told<'a> {
    /// Its number in this report, from 1.
    pub(in crate::commands) number: usize,
    /// Its identity, by which decisions on it are found again.
    pub(in crate::commands) id: &'a str,
    /// The line.
    pub(in crate::commands) line: &'a Line,
    /// Its entries of theirs.
    pub(in crate::commands) left: Vec<&'a Entry>,
    /// Its entries of ours.
    pub(in crate::commands) right: Vec<&'a Entry>,
    /// What a person decided about it.
    pub(in crate::commands) decision: Option<&'a Written>,
    /// Why it is so, in words.
    pub(in crate::commands) explanation: String,
    /// Whether it moves nothing and asks nothing: settled before this period.
    pub(in crate::commands) stands_apart: bool,
}

impl<'a> Told<'a> {
    /// Returns its party.
    pub(in crate::commands) fn party(&self) -> &'a str {
        let first = self.left.first().or(self.right.first());
        first.map_or("", |entry| &entry.party)
    }

    /// Returns the entry that tells most of what it is about: ours, since we
    /// know our items' codes, else theirs.
    pub(in crate::commands) fn about(&self) -> Option<&'a Entry> {
        self.right.first().or(self.left.first()).copied()
    }

    /// Returns what was chosen for it.
    pub(in crate::commands) fn choice(&self) -> Option<Choice> {
        self.decision.and_then(|decision| decision.choice)
    }

    /// Whether somebody has to look at it.
    pub(in crate::commands) fn is_open(&self) -> bool {
        self.line.status != Status::Matched && !self.stands_apart
    }
}

/// What the decisions on some lines add up to, as differences (theirs − ours).
#[derive(Debug, Clone, Default)]
pub(in crate::commands) struct Decided {
    /// By choice.
    pub(in crate::commands) by_choice: BTreeMap<Choice, Decimal>,
    /// Of open lines that nobody has decided.
    pub(in crate::commands) undecided: Decimal,
}

impl Decided {
    /// Adds up the lines.
    pub(in crate::commands) fn of<'a>(lines: impl Iterator<Item = &'a Told<'a>>) -> Self {
        let mut decided = Self::default();
        for told in lines {
            match told.choice() {
                Some(choice) => {
                    *decided.by_choice.entry(choice).or_default() += told.line.difference
                }
                None if told.is_open() => decided.undecided += told.line.difference,
                None => {}
            }
        }
        decided
    }
}
