//! The day's slips against the ledger: what is to be posted, what is posted
//! and what was posted otherwise.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::items::{ItemId, Items};
use crate::finding::{Finding, codes};
use crate::records::stock::{MovementClass, MovementLine, MovementSource, Movements};
use crate::text::fold;

/// A line of a slip, and how it stands in the ledger.
#[derive(Debug, Clone)]
pub struct Posting<'a> {
    /// The line.
    pub line: &'a MovementLine,
    /// The item.
    pub item: ItemId,
    /// What the ledger has of it under its document; `None`: nothing.
    pub posted: Option<Decimal>,
    /// What the slips have of it under that document.
    pub slips: Decimal,
    /// Whether the ledger covers its day and its side, or there is none and all are to be
    /// posted.
    pub is_due: bool,
}

impl Posting<'_> {
    /// Whether the ledger has it as the slips do.
    pub fn is_posted(&self) -> bool {
        self.posted == Some(self.slips)
    }
}

/// Returns all lines of slips in the order of their days, with how they stand
/// in the ledger.
pub fn postings<'a>(movements: &'a [Movements], items: &Items) -> Vec<Posting<'a>> {
    let (ledgers, slips): (Vec<&Movements>, Vec<&Movements>) =
        movements.iter().partition(|paper| paper.source == MovementSource::Ledger);
    let lines = |papers: &[&'a Movements]| -> Vec<&'a MovementLine> {
        papers.iter().flat_map(|paper| &paper.records.lines).collect()
    };
    let (ledger, slips) = (lines(&ledgers), lines(&slips));
    let days = || ledger.iter().filter_map(|line| line.moment.map(|moment| moment.day));
    let span: Option<(NaiveDate, NaiveDate)> = days().min().zip(days().max());
    // A ledger of issues alone has no place for what came: such slips are
    // movements of their own.
    let kept: FxHashSet<MovementClass> = ledger.iter().map(|line| line.class).collect();
    let posted = sums(&ledger, items);
    let on_slips = sums(&slips, items);
    let mut found: Vec<Posting<'a>> = slips
        .into_iter()
        .filter_map(|line| {
            let key = key(line, items);
            let day = line.moment.map(|moment| moment.day);
            let inside =
                span.zip(day).is_some_and(|((first, last), day)| (first..=last).contains(&day));
            Some(Posting {
                line,
                item: items.id(&line.item)?,
                posted: key.as_ref().and_then(|key| posted.get(key).copied()),
                slips: key.and_then(|key| on_slips.get(&key).copied()).unwrap_or(line.quantity),
                is_due: span.is_none()
                    || inside && line.document_no.is_some() && kept.contains(&line.class),
            })
        })
        .collect();
    found.sort_by_key(|posting| posting.line.moment.map(|moment| moment.day));
    found
}

/// Says which slips of the ledger's days are not in it, or otherwise; nothing
/// where there is no ledger.
pub fn findings(postings: &[Posting<'_>], items: &Items, has_ledger: bool) -> Vec<Finding> {
    let is_open = |posting: &&Posting<'_>| posting.is_due && !posting.is_posted() && has_ledger;
    let finding = |posting: &Posting<'_>| {
        let number = posting.line.document_no.as_ref().map(|number| number.text.as_ref());
        let code = match posting.posted {
            None => codes::SLIP_NOT_POSTED,
            Some(_) => codes::SLIP_POSTED_OTHERWISE,
        };
        Finding::of(code)
            .with("document", number.unwrap_or_default())
            .with("item", items.name(posting.item))
            .with("quantity", posting.slips.normalize())
            .with("posted", posting.posted.unwrap_or_default().normalize())
            .at(posting.line.at.clone())
    };
    postings.iter().filter(is_open).map(finding).collect()
}

type Key = (String, ItemId);

fn key(line: &MovementLine, items: &Items) -> Option<Key> {
    Some((fold(&line.document_no.as_ref()?.text), items.id(&line.item)?))
}

fn sums(lines: &[&MovementLine], items: &Items) -> FxHashMap<Key, Decimal> {
    let mut sums: FxHashMap<Key, Decimal> = FxHashMap::default();
    for line in lines {
        let Some(key) = key(line, items) else { continue };
        let sum = sums.entry(key).or_default();
        *sum = sum.checked_add(line.quantity).unwrap_or(*sum);
    }
    sums
}
