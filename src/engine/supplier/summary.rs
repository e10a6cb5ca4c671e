//! What the summaries of a party's statements add to its lines. A statement
//! may say what was paid among its lines, in a summary, or in both: its own
//! balances tell whether the lines hold it already.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::sides::PartyPapers;
use crate::engine::entry::{Entry, EntryType};
use crate::finding::{Finding, codes};
use crate::location::Location;

/// Movements of one paper that are weighed against its balances.
const MOST: usize = 8;

/// The summaries of all statements, by party.
#[derive(Debug, Default)]
pub(super) struct Summaries {
    /// Lines that stand below a sum, by their place.
    below: BTreeMap<Arc<str>, Vec<Location>>,
    /// What stands around the tables alone.
    told: BTreeMap<Arc<str>, Vec<Entry>>,
}

impl Summaries {
    /// Notes a line of a summary that is among the party's lines.
    pub(super) fn note(&mut self, entry: &Entry) {
        self.below.entry(Arc::clone(&entry.party)).or_default().push(entry.at.clone());
    }

    /// Adds a movement that is told around a table.
    pub(super) fn tell(&mut self, entry: Entry) {
        self.told.entry(Arc::clone(&entry.party)).or_default().push(entry);
    }

    /// Takes out what a summary says once more, and adds what it alone says,
    /// where that makes the lines lead from the opening balance to the stated
    /// closing balance.
    pub(super) fn settle(
        self,
        lines: &mut Vec<Entry>,
        parties: &BTreeMap<Arc<str>, PartyPapers>,
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (party, papers) in parties {
            let Some(missing) = missing(party, papers, lines) else { continue };
            if missing.is_zero() {
                continue;
            }
            let below = self.below.get(party).map_or(&[][..], Vec::as_slice);
            if let Some(again) = told_again(party, lines, below, missing) {
                lines.retain(|entry| !again.contains(&entry.at));
                findings.extend(again.into_iter().map(|at| Finding::of(codes::TOLD_AGAIN).at(at)));
            } else if let Some(told) = self.told.get(party) {
                lines.extend(adding_up(told, missing));
            }
        }
        findings
    }
}

/// What the party's lines lack to lead from one balance to the other.
fn missing(party: &str, papers: &PartyPapers, lines: &[Entry]) -> Option<Decimal> {
    let closing = papers.stated_closing.as_ref()?.value;
    let opening = papers.left_opening.as_ref().map_or(Decimal::ZERO, |opening| opening.value);
    closing.checked_sub(opening)?.checked_sub(sum(of_party(party, lines))?)
}

fn of_party<'a>(party: &'a str, lines: &'a [Entry]) -> impl Iterator<Item = &'a Entry> {
    lines.iter().filter(move |entry| &*entry.party == party)
}

fn sum<'a>(mut entries: impl Iterator<Item = &'a Entry>) -> Option<Decimal> {
    entries.try_fold(Decimal::ZERO, |sum, entry| sum.checked_add(entry.amount))
}

/// Returns the summary's lines of one kind, if the lines above make the same
/// sum and taking them out closes the balance.
fn told_again(
    party: &str,
    lines: &[Entry],
    below: &[Location],
    missing: Decimal,
) -> Option<Vec<Location>> {
    use EntryType::{Charge, Deduction, Discount, Payment, Return};
    [Payment, Return, Deduction, Discount, Charge].into_iter().find_map(|kind| {
        let of_kind = || of_party(party, lines).filter(|entry| entry.entry_type == kind);
        let in_summary = |entry: &&Entry| below.contains(&entry.at);
        let again = sum(of_kind().filter(in_summary))?;
        let above = sum(of_kind().filter(|entry| !in_summary(entry)))?;
        (again == above && again == -missing)
            .then(|| of_kind().filter(in_summary).map(|entry| entry.at.clone()).collect())
    })
}

/// Returns the fewest of these movements that add up to what is missing, if
/// there is only one way.
fn adding_up(told: &[Entry], missing: Decimal) -> Vec<Entry> {
    let told = &told[..told.len().min(MOST)];
    let chosen = |ways: u32| told.iter().enumerate().filter(move |(at, _)| ways >> at & 1 == 1);
    let adds_up = |ways: &u32| sum(chosen(*ways).map(|(_, entry)| entry)) == Some(missing);
    let found: Vec<u32> = (1..1_u32 << told.len()).filter(adds_up).collect();
    let Some(fewest) = found.iter().map(|ways| ways.count_ones()).min() else { return Vec::new() };
    match found.iter().filter(|ways| ways.count_ones() == fewest).collect::<Vec<_>>()[..] {
        [only] => chosen(*only).map(|(_, entry)| entry.clone()).collect(),
        _ => Vec::new(),
    }
}
