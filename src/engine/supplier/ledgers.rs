//! What our own ledgers of what we owe say of each supplier: where we stood
//! before the period and after it, and the movements that no register has.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::entries::{self, Resolve, party_of};
use super::numbering::TheirNumbers;
use super::papers::{Paper, Papers};
use crate::engine::entry::{Entry, EntryType};
use crate::location::Located;
use crate::period::Period;
use crate::records::{Ledger, StatementLine};

/// One supplier's account in a ledger.
#[derive(Debug, Default)]
struct Account<'a> {
    opening: Option<Located<Decimal>>,
    lines: Vec<&'a StatementLine>,
}

/// What our ledgers say of a supplier.
#[derive(Debug, Default)]
pub(super) struct Owed {
    /// What we owed before the period.
    pub(super) opening: Option<Located<Decimal>>,
    /// What we owe after it, as the ledger states it.
    pub(super) closing: Option<Located<Decimal>>,
    /// The period's movements.
    pub(super) entries: Vec<Entry>,
}

/// Reads all ledgers, by supplier; the first ledger of a supplier counts.
pub(super) fn owed(
    papers: &Papers,
    resolve: Resolve<'_>,
    period: Period,
) -> BTreeMap<Arc<str>, Owed> {
    let mut owed: BTreeMap<Arc<str>, Owed> = BTreeMap::new();
    if papers.ledgers.is_empty() {
        return owed;
    }
    let theirs = TheirNumbers::of(papers, resolve);
    for paper in &papers.ledgers {
        for (party, account) in accounts(paper, resolve) {
            owed.entry(Arc::clone(&party)).or_insert_with(|| Owed {
                opening: account.opening_of(period),
                closing: account.closing_of(period),
                entries: account
                    .of_period(period)
                    .map(|line| theirs.in_ledger(entries::of_ledger(line, Arc::clone(&party))))
                    .collect(),
            });
        }
    }
    owed
}

/// Returns the suppliers of which the registers have goods, and payments.
pub(super) fn booked(right: &[Entry]) -> [BTreeSet<Arc<str>>; 2] {
    let of = |payments: bool| {
        let is_it = |entry: &&Entry| (entry.entry_type == EntryType::Payment) == payments;
        right.iter().filter(is_it).map(|entry| Arc::clone(&entry.party)).collect()
    };
    [of(false), of(true)]
}

fn accounts<'a>(paper: &'a Paper<Ledger>, resolve: Resolve<'_>) -> BTreeMap<Arc<str>, Account<'a>> {
    let mut accounts: BTreeMap<Arc<str>, Account<'a>> = BTreeMap::new();
    let ledger = &paper.records;
    for line in &ledger.statement.lines {
        let party = party_of(line.party.as_ref(), paper.party.as_ref(), resolve);
        accounts.entry(party).or_default().lines.push(line);
    }
    for (name, opening) in &ledger.openings {
        let party = party_of(name.as_ref(), paper.party.as_ref(), resolve);
        accounts.entry(party).or_default().opening.get_or_insert_with(|| opening.clone());
    }
    if let (Some(opening), 1) = (&ledger.statement.opening, accounts.len()) {
        for account in accounts.values_mut() {
            account.opening.get_or_insert_with(|| opening.clone());
        }
    }
    accounts.remove("");
    accounts
}

impl<'a> Account<'a> {
    fn of_period(&self, period: Period) -> impl Iterator<Item = &'a StatementLine> + '_ {
        let inside = move |line: &&StatementLine| {
            line.date.is_none_or(|day| (period.first..=period.last).contains(&day))
        };
        self.lines.iter().copied().filter(inside)
    }

    /// Returns the balance before the period: the one the account begins with
    /// and what moved it since; else the one that stands before its first line.
    fn opening_of(&self, period: Period) -> Option<Located<Decimal>> {
        let before = |line: &&&StatementLine| line.date.is_some_and(|day| day < period.first);
        let mut moved = self.lines.iter().filter(before).map(|line| line.amount);
        let moved = moved.try_fold(Decimal::ZERO, Decimal::checked_add)?;
        if let Some(opening) = &self.opening {
            let value = opening.value.checked_add(moved)?;
            return Some(Located { value, at: opening.at.clone() });
        }
        let first = self.of_period(period).next()?;
        let value = first.balance.filter(|_| self.runs_on())?.checked_sub(first.amount)?;
        Some(Located { value, at: first.at.clone() })
    }

    /// Returns the balance behind the period's last line.
    fn closing_of(&self, period: Period) -> Option<Located<Decimal>> {
        let last = self.of_period(period).last()?;
        let value = last.balance.filter(|_| self.runs_on())?;
        Some(Located { value, at: last.at.clone() })
    }

    /// Whether the balances beside the lines are this account's own.
    fn runs_on(&self) -> bool {
        let mut steps = self.lines.windows(2).filter_map(|pair| {
            let (before, after) = pair[0].balance.zip(pair[1].balance)?;
            Some(before.checked_add(pair[1].amount) == Some(after))
        });
        steps.all(|step| step)
    }
}
