//! How the prices of a card's ranges are meant, where its words do not say:
//! each kilogram in its own range, or all of a parcel at the range it reaches.
//! The month shows it; where it does not, nothing is claimed that hangs on it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::groups::Group;
use super::pricing::Rates;
use super::reconcile::pairs;
use super::roles::Role;
use super::sides::Sides;
use super::tariff::scale::Reading;
use super::tariff::{RateCard, cents};
use crate::finding::{Finding, codes};

/// How many parcels speak for each way, and how many cost otherwise by it.
#[derive(Debug, Default)]
struct Votes {
    of: BTreeMap<Reading, usize>,
    telling: usize,
}

impl Votes {
    /// Returns the way that more parcels follow than any other.
    fn winner(&self) -> Option<(Reading, usize)> {
        let most = *self.of.values().max()?;
        let mut best = self.of.iter().filter(|(_, count)| **count == most);
        let (winner, None) = (best.next()?, best.next()) else { return None };
        (most > 0).then_some((*winner.0, most))
    }
}

/// Reads the cards as the month follows them, and says which way was taken.
pub(super) fn settled(
    cards: &[RateCard],
    sides: &Sides,
    groups: &[Group],
) -> (Vec<RateCard>, Vec<Finding>) {
    let mut findings = Vec::new();
    let settled = cards.iter().map(|card| {
        let ways = ways(card);
        if ways.is_empty() {
            return card.clone();
        }
        let read: Vec<(Reading, RateCard)> =
            ways.iter().map(|&way| (way, read_as(card, way))).collect();
        let votes = votes(&read, sides, groups);
        match votes.winner() {
            Some((way, agreeing)) => {
                findings.push(told(codes::RATE_CARD_READ_AS, card, &votes, agreeing, Some(way)));
                read_as(card, way)
            }
            None => {
                if votes.telling > 0 {
                    findings.push(told(codes::RATE_CARD_UNDECIDED, card, &votes, 0, None));
                }
                card.clone()
            }
        }
    });
    (settled.collect(), findings)
}

fn told(
    code: crate::finding::Code,
    card: &RateCard,
    votes: &Votes,
    agreeing: usize,
    way: Option<Reading>,
) -> Finding {
    let name = match way {
        Some(Reading::ByRange) => "by-range",
        Some(Reading::BeyondFirst) => "beyond-first",
        Some(Reading::Whole) => "whole",
        None => "",
    };
    let mut finding = Finding::of(code)
        .with("carrier", &card.carrier)
        .with("agreeing", agreeing)
        .with("of", votes.telling)
        .with("how", name);
    finding.at = super::card::place(card).cloned();
    finding
}

/// Returns the ways that a card leaves open.
fn ways(card: &RateCard) -> Vec<Reading> {
    let mut ways: Vec<Reading> = card.zones.iter().flat_map(|zone| zone.scale.readings()).collect();
    ways.sort_unstable();
    ways.dedup();
    ways
}

fn read_as(card: &RateCard, way: Reading) -> RateCard {
    let mut card = card.clone();
    card.zones.iter_mut().for_each(|zone| zone.scale.read_as(way));
    card
}

/// Counts the parcels whose price hangs on the way, and which ways they
/// follow: on the bill, or as we logged them.
fn votes(read: &[(Reading, RateCard)], sides: &Sides, groups: &[Group]) -> Votes {
    let carrier = &read[0].1.carrier;
    let rates: Vec<(Reading, Rates<'_>)> = read
        .iter()
        .map(|(way, card)| (*way, Rates::new(std::slice::from_ref(card), sides)))
        .collect();
    let logged: BTreeMap<usize, usize> = pairs(sides, groups).collect();
    let mut votes = Votes { of: read.iter().map(|(way, _)| (*way, 0)).collect(), telling: 0 };
    for (row, billed) in sides.billed.iter().enumerate() {
        if sides.left[row].party != *carrier || billed.role != Role::Freight {
            continue;
        }
        let ours = logged.get(&row).map(|&parcel| &sides.logged[parcel]);
        let prices: Vec<Option<[Decimal; 2]>> = rates
            .iter()
            .map(|(_, rates)| {
                let priced = rates.at_billed_weight(carrier, billed, &billed.place)?;
                Some([priced.list, cents(priced.list.saturating_mul(priced.share))])
            })
            .collect();
        if prices.windows(2).all(|pair| pair[0] == pair[1]) {
            continue;
        }
        votes.telling += 1;
        let amounts = [
            Some(billed.line.amount),
            billed.line.freight,
            ours.and_then(|logged| logged.line.freight),
        ];
        for ((way, _), prices) in rates.iter().zip(prices) {
            let near = |price: Decimal| {
                let near = |amount: &Decimal| (*amount - price).abs() <= Decimal::new(1, 2);
                amounts.iter().flatten().any(near)
            };
            if prices.is_some_and(|prices| prices.into_iter().any(near)) {
                *votes.of.entry(*way).or_default() += 1;
            }
        }
    }
    votes
}
