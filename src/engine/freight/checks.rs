//! What is checked beside the lines: whether a rate card is the one that the
//! month was billed by, whether lines that agree are what was agreed, and
//! what the papers do not allow to check.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::groups::Group;
use super::pair::Repricing;
use super::papers::Papers;
use super::pricing::Rates;
use super::reconcile::pairs;
use super::sides::{Sides, Source};
use super::tariff::{RateCard, cents};
use crate::engine::matching::outcome::{Line, Status};
use crate::finding::{Finding, codes};

/// A check that could not be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unchecked {
    /// There is no freight log.
    NoLog,
    /// There is no freight log; slips and orders stand for it.
    SlipsForLog,
    /// There is no rate card of a carrier.
    NoCard(Arc<str>),
    /// There is no bill of a carrier that the log names.
    NoBill(Arc<str>),
}

/// So many parcels tell whether a card fits.
const ENOUGH: usize = 5;

/// Returns the cards that the month bears out. One whose prices neither the
/// bill nor our log shows on most parcels is another year's, or not understood;
/// it is told once, and not worked by.
pub(super) fn fitting(
    cards: &[RateCard],
    sides: &Sides,
    groups: &[Group],
) -> (Vec<RateCard>, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut kept: Vec<RateCard> = cards.to_vec();
    let rates = Rates::new(cards, sides);
    for carrier in &sides.billing {
        let (mut fit, mut all) = (0_usize, 0_usize);
        for (row, parcel) in pairs(sides, groups) {
            if sides.left[row].party != *carrier {
                continue;
            }
            let (billed, logged) = (&sides.billed[row], &sides.logged[parcel]);
            let Some(priced) = rates.ours(carrier, logged, Some(billed)) else { continue };
            let amounts = [Some(billed.line.amount), billed.line.freight, logged.line.freight];
            let near =
                |amount: Decimal, price: Decimal| (amount - price).abs() <= Decimal::new(1, 2);
            let mut amounts = amounts.into_iter().flatten();
            let shares = [Decimal::ONE, priced.share];
            all += 1;
            fit += usize::from(amounts.any(|amount| {
                shares.iter().any(|share| near(amount, cents(priced.list.saturating_mul(*share))))
            }));
        }
        if all >= ENOUGH && fit * 2 < all {
            let at = kept
                .iter()
                .find(|card| card.carrier == *carrier)
                .and_then(super::card::place)
                .cloned();
            let mut finding = Finding::of(codes::RATE_CARD_MISFIT)
                .with("carrier", carrier)
                .with("agreeing", fit)
                .with("of", all);
            finding.at = at;
            findings.push(finding);
            kept.retain(|card| card.carrier != *carrier);
        }
    }
    (kept, findings)
}

/// Says which lines agree with each other and not with the agreed rates.
pub(super) fn agreed_prices(
    lines: &[Line],
    repricings: &[Option<Repricing>],
    sides: &Sides,
    tolerance: Decimal,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (line, repricing) in lines.iter().zip(repricings) {
        let Some(repricing) = repricing else { continue };
        let both = line.left.len() == 1 && line.right.len() == 1;
        let (Some(payable), true) = (repricing.payable, line.status == Status::Matched && both)
        else {
            continue;
        };
        let entry = &sides.left[line.left[0]];
        if (entry.amount - payable).abs() <= tolerance {
            continue;
        }
        let finding = Finding::of(codes::FREIGHT_NOT_AGREED)
            .with("found", entry.amount)
            .with("expected", payable)
            .at(entry.at.clone())
            .related(sides.right[line.right[0]].at.clone());
        findings.push(finding);
    }
    findings
}

/// Says what the papers do not allow to check.
pub(super) fn unchecked(papers: &Papers, sides: &Sides) -> Vec<Unchecked> {
    let mut unchecked = Vec::new();
    match sides.source {
        Source::Slips => unchecked.push(Unchecked::SlipsForLog),
        Source::Rates if !papers.bills.is_empty() => unchecked.push(Unchecked::NoLog),
        _ => {}
    }
    for carrier in &sides.billing {
        if !papers.cards.iter().any(|card| card.carrier == *carrier) {
            unchecked.push(Unchecked::NoCard(Arc::clone(carrier)));
        }
    }
    let mut ours: Vec<&Arc<str>> = sides.right.iter().map(|entry| &entry.party).collect();
    ours.sort();
    ours.dedup();
    for carrier in ours {
        if !sides.billing.contains(carrier) {
            unchecked.push(Unchecked::NoBill(Arc::clone(carrier)));
        }
    }
    unchecked
}
