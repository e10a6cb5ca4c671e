//! Decisions of a person about lines of the report, by which they are
//! kept from run to run: what can be decided, and the identity of a line.

use rayon::prelude::*;
use serde::Serialize;

use crate::engine::entry::Entry;
use crate::engine::line_id::{LineIds, Parts};
use crate::engine::matching::outcome::Line;

/// What a person decided about a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// Our figure stands; they correct theirs.
    AcceptOurs,
    /// Their figure stands; we correct ours.
    AcceptTheirs,
    /// To be argued out; stays open.
    Dispute,
    /// Belongs to next month; expected there.
    Carry,
    /// The same goods as another line of this report.
    SameAs,
}

impl Choice {
    /// All choices, in the order of the drop-down.
    pub const ALL: [Choice; 5] =
        [Choice::AcceptOurs, Choice::AcceptTheirs, Choice::Dispute, Choice::Carry, Choice::SameAs];
}

/// Returns the identity of every line: the same papers give the same
/// identities, wherever the files lie and rows move; a changed figure gives
/// another one, since a decision about the old figure must not be applied to
/// the new one. Lines alike in everything are told apart by their order.
pub fn line_ids(lines: &[Line], left: &[Entry], right: &[Entry]) -> Vec<String> {
    let told = |line: &Line| {
        let mut parts = Parts::default();
        for (side, entries, indices) in [("left", left, &line.left), ("right", right, &line.right)]
        {
            parts.add(side);
            indices.iter().for_each(|&index| describe(&entries[index], &mut parts));
        }
        parts
    };
    let told: Vec<Parts> = lines.par_iter().map(told).collect();
    let mut ids = LineIds::default();
    told.into_iter().map(|parts| ids.id_of(parts)).collect()
}

fn describe(entry: &Entry, parts: &mut Parts) {
    parts.add(&entry.party);
    entry.document_nos.iter().for_each(|number| parts.add(&number.text));
    parts.add(entry.item_code.as_deref().unwrap_or_default());
    parts.add(entry.item.as_deref().unwrap_or_default());
    match entry.quantity {
        Some(quantity) => parts.add(quantity.normalize()),
        None => parts.add(""),
    }
    parts.add(entry.amount.normalize());
    match entry.date {
        Some(date) => parts.add(date),
        None => parts.add(""),
    }
}
