//! Checks of whole papers: openings against last period's closings, stated
//! closings against the rows, and what could not be checked.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::balance::Balance;
use super::papers::Papers;
use super::sides::{PartyPapers, Sides};
use crate::finding::{Finding, Severity, codes};
use crate::location::Located;

/// A check that the papers do not allow.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unchecked {
    /// There are no goods receipts at all.
    NoReceipts,
    /// There are no returns and deductions of ours.
    NoReturns,
    /// There are no payments of ours.
    NoPayments,
    /// There are no agreed prices.
    NoPrices,
    /// There are no balances of last period.
    NoBalances,
    /// A party of ours has sent no statement.
    NoStatement(Arc<str>),
    /// A statement has no opening balance.
    NoOpening(Arc<str>),
}

/// Lists the checks that the papers do not allow.
pub(super) fn unchecked(papers: &Papers, sides: &Sides) -> Vec<Unchecked> {
    let missing = [
        (papers.receipts.is_empty() && papers.ledgers.is_empty(), Unchecked::NoReceipts),
        (papers.returns.is_empty(), Unchecked::NoReturns),
        (papers.payments.is_empty() && papers.ledgers.is_empty(), Unchecked::NoPayments),
        (papers.prices.is_empty(), Unchecked::NoPrices),
        (papers.balances.is_empty() && papers.ledgers.is_empty(), Unchecked::NoBalances),
    ];
    let mut unchecked: Vec<Unchecked> =
        missing.into_iter().filter(|(missing, _)| *missing).map(|(_, check)| check).collect();
    for (name, party) in &sides.parties {
        if party.statements.is_empty() {
            if sides.is_partner(name) {
                unchecked.push(Unchecked::NoStatement(Arc::clone(name)));
            }
        } else if party.left_opening.is_none() {
            unchecked.push(Unchecked::NoOpening(Arc::clone(name)));
        }
    }
    unchecked
}

/// Checks a party's opening and stated closing balance.
pub(super) fn balances(
    name: &str,
    party: &PartyPapers,
    left: Option<&Balance>,
    right: &Balance,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let (Some(booked), Some(closing)) = (&party.booked_closing, right.closing)
        && booked.value != closing
    {
        findings.push(mismatch(codes::CLOSING_MISMATCH, name, booked, closing));
    }
    let Some(left) = left else { return findings };
    if let (Some(opening), Some(last)) = (&party.left_opening, &party.last_left_closing)
        && opening.value != last.value
    {
        let finding = mismatch(codes::OPENING_MISMATCH, name, opening, last.value);
        findings.push(finding.related(last.at.clone()));
    }
    if let (Some(stated), Some(closing)) = (&party.stated_closing, left.closing)
        && stated.value != closing
    {
        findings.push(mismatch(codes::CLOSING_MISMATCH, name, stated, closing));
    }
    findings
}

fn mismatch(
    code: crate::finding::Code,
    party: &str,
    found: &Located<Decimal>,
    expected: Decimal,
) -> Finding {
    Finding::new(code, Severity::Error)
        .at(found.at.clone())
        .with("party", party)
        .with("found", found.value.normalize())
        .with("expected", expected.normalize())
        .with("difference", (found.value - expected).normalize())
}
