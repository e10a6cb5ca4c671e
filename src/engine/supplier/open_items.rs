//! Last period's open items: which of this period's entries they are, and
//! which stand for themselves because no other paper has them.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::entry::Entry;
use crate::engine::matching::sides::Side;
use crate::text::fold;

/// One open item as an entry, and the side whose balance holds it.
#[derive(Debug, Clone)]
pub(super) struct Carried {
    /// The item.
    pub(super) entry: Entry,
    /// The side that had booked it.
    pub(super) side: Side,
}

/// What of one side was carried over from last period.
#[derive(Debug, Clone, Default)]
pub(super) struct CarriedIn {
    /// Entries (by index) that are open items.
    pub(super) carried: FxHashSet<usize>,
    /// Those of them that no paper of this period has: the open item itself
    /// was added as an entry.
    pub(super) added: FxHashSet<usize>,
}

/// Finds each open item among the entries of its side; one that is not there
/// is added to them, so that it is expected like everything else.
pub(super) fn place(items: Vec<Carried>, side: Side, entries: &mut Vec<Entry>) -> CarriedIn {
    if items.iter().all(|item| item.side != side) {
        return CarriedIn::default();
    }
    let mut by_key: FxHashMap<Key, Vec<usize>> = FxHashMap::default();
    // What they had booked is in their opening balance; a line of this
    // period's statement with the same number is a second billing of it.
    let searched = if side == Side::Right { entries.as_slice() } else { &[] };
    for (index, entry) in searched.iter().enumerate().rev() {
        for key in keys(entry) {
            by_key.entry(key).or_default().push(index);
        }
    }
    let mut placed = CarriedIn::default();
    for item in items.into_iter().filter(|item| item.side == side) {
        let found = keys(&item.entry).into_iter().find_map(|key| {
            let indices = by_key.get_mut(&key)?;
            indices.retain(|index| !placed.carried.contains(index));
            let numbered = |index: usize| !entries[index].document_nos.is_empty();
            // Two numbers that differ are two notes, whatever else agrees.
            let both = |index: &usize| numbered(*index) && !item.entry.document_nos.is_empty();
            let is_it = |index: &usize| matches!(key.1, Told::Number(_)) || !both(index);
            let at = indices.iter().rposition(is_it)?;
            Some(indices.remove(at))
        });
        let index = found.unwrap_or_else(|| {
            entries.push(item.entry);
            placed.added.insert(entries.len() - 1);
            entries.len() - 1
        });
        placed.carried.insert(index);
    }
    placed
}

/// What tells a booking beside its party and amount.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Told {
    /// The number of its document.
    Number(String),
    /// Without numbers: its day and its quantity.
    Day(NaiveDate, Option<Decimal>),
}

/// Party, what tells it, amount: what an open item and its first booking
/// share.
type Key = (String, Told, String);

/// Returns the keys of an entry, the surest first.
fn keys(entry: &Entry) -> Vec<Key> {
    let amount = entry.amount.normalize().to_string();
    let numbers = entry.document_nos.iter().map(|number| Told::Number(fold(&number.text)));
    let day = entry.date.map(|date| Told::Day(date, entry.quantity.map(|q| q.normalize())));
    let told = numbers.chain(day);
    told.map(|told| (entry.party.to_string(), told, amount.clone())).collect()
}
