//! Decisions of a person about lines of the report, by which they are
//! kept from run to run: what can be decided, and the identity of a line.

use serde::Serialize;

use crate::engine::entry::Entry;
use crate::engine::line_id::LineIds;
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
    let mut ids = LineIds::default();
    let mut id = |line: &Line| {
        let parts = parts(line, left, right);
        ids.id_of(parts.iter().map(String::as_str))
    };
    lines.iter().map(&mut id).collect()
}

fn parts(line: &Line, left: &[Entry], right: &[Entry]) -> Vec<String> {
    let mut parts = Vec::new();
    for (side, entries, indices) in [("left", left, &line.left), ("right", right, &line.right)] {
        parts.push(side.to_owned());
        for &index in indices {
            describe(&entries[index], &mut parts);
        }
    }
    parts
}

fn describe(entry: &Entry, parts: &mut Vec<String>) {
    parts.push(entry.party.to_string());
    parts.extend(entry.document_nos.iter().map(|number| number.text.to_string()));
    parts.push(entry.item_code.as_deref().unwrap_or_default().to_owned());
    parts.push(entry.item.as_deref().unwrap_or_default().to_owned());
    parts.push(entry.quantity.map(|q| q.normalize().to_string()).unwrap_or_default());
    parts.push(entry.amount.normalize().to_string());
    parts.push(entry.date.map(|d| d.to_string()).unwrap_or_default());
}
