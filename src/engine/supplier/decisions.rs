//! Decisions of a person about lines of the report, read back from it and
//! applied again: kept, dated, and totalled by what they mean.

use std::collections::BTreeMap;
use std::hash::Hasher;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHasher};
use serde::Serialize;

use crate::engine::entry::Entry;
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

/// A decision and the day it was first read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// What was decided.
    pub choice: Choice,
    /// The day it was made: as written beside it, else first read.
    pub date: Option<NaiveDate>,
    /// Free text beside it; for `SameAs` the line number it names.
    pub note: String,
}

/// What the decisions of one party add up to: money by choice, and what
/// nobody has decided yet. All signed as differences (theirs − ours).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Decided {
    /// Sum of the differences by choice.
    pub by_choice: BTreeMap<Choice, Decimal>,
    /// Sum of the differences without a decision.
    pub undecided: Decimal,
}

/// Returns the identity of every line: the same papers give the same
/// identities, wherever the files lie and rows move; a changed figure gives
/// another one, since a decision about the old figure must not be applied to
/// the new one. Lines alike in everything are numbered.
pub fn line_ids(lines: &[Line], left: &[Entry], right: &[Entry]) -> Vec<String> {
    let mut seen: FxHashMap<u64, u32> = FxHashMap::default();
    let mut id = |line: &Line| {
        let content = content(line, left, right);
        let count = seen.entry(content).or_default();
        *count += 1;
        if *count == 1 { format!("{content:016x}") } else { format!("{content:016x}-{count}") }
    };
    lines.iter().map(&mut id).collect()
}

fn content(line: &Line, left: &[Entry], right: &[Entry]) -> u64 {
    let mut hasher = FxHasher::default();
    for (side, entries, indices) in [(1u8, left, &line.left), (2u8, right, &line.right)] {
        hasher.write_u8(side);
        for &index in indices {
            write_entry(&mut hasher, &entries[index]);
        }
    }
    hasher.finish()
}

fn write_entry(hasher: &mut FxHasher, entry: &Entry) {
    let mut field = |text: &str| {
        hasher.write(text.as_bytes());
        hasher.write_u8(0xff);
    };
    field(&entry.party);
    for number in &entry.document_nos {
        field(&number.text);
    }
    field(entry.item_code.as_deref().unwrap_or_default());
    field(entry.item.as_deref().unwrap_or_default());
    field(&entry.quantity.map(|q| q.normalize().to_string()).unwrap_or_default());
    field(&entry.amount.normalize().to_string());
    field(&entry.date.map(|d| d.to_string()).unwrap_or_default());
}
