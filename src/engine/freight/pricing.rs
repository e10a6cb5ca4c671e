//! What a parcel should cost: by the agreed rates, for the weight and place
//! of either side.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::roles::{Role, is_same_fee};
use super::sides::{Billed, Logged, Sides};
use super::tariff::fees::{Fee, FeeBase};
use super::tariff::{Parcel, Priced, RateCard, Zone, average_weight};
use crate::places::Place;
use crate::text::Cartons;

/// A parcel whose price is asked for.
struct Asked<'p> {
    weight: Option<Decimal>,
    volume: Option<Decimal>,
    pieces: Option<Decimal>,
    cartons: &'p [Cartons],
    place: &'p Place,
}

/// The agreed rates of all carriers, with what the month itself settles.
#[derive(Debug, Clone, Default)]
pub(super) struct Rates<'a> {
    cards: &'a [RateCard],
    /// The average weight of the parcels under a contract, by carrier.
    averages: BTreeMap<Arc<str>, Decimal>,
}

impl<'a> Rates<'a> {
    /// Makes the rates; averages are those of our own parcels, else of the
    /// billed ones.
    pub(super) fn new(cards: &'a [RateCard], sides: &Sides) -> Self {
        let mut rates = Self { cards, averages: BTreeMap::new() };
        for card in cards.iter().filter(|card| card.average.is_some()) {
            let ours = sides.right.iter().zip(&sides.logged);
            let ours = ours.filter(|(entry, _)| entry.party == card.carrier);
            let mut weights: Vec<Decimal> =
                ours.filter_map(|(_, logged)| logged.line.weight).collect();
            if weights.is_empty() {
                let theirs = sides.left.iter().zip(&sides.billed);
                let theirs = theirs.filter(|(entry, billed)| {
                    entry.party == card.carrier && billed.role == Role::Freight
                });
                weights = theirs.filter_map(|(_, billed)| weight_of(billed)).collect();
            }
            weights.retain(|weight| card.is_averaged(*weight));
            if let Some(average) = average_weight(&weights) {
                rates.averages.insert(Arc::clone(&card.carrier), average);
            }
        }
        rates
    }

    /// Returns the card of a carrier on a day.
    pub(super) fn card(&self, carrier: &str, day: Option<NaiveDate>) -> Option<&'a RateCard> {
        let mut cards = self.cards.iter().filter(|card| &*card.carrier == carrier);
        // The newest that has begun takes the place of those before it.
        let holding = cards.clone().filter(|card| card.holds(day));
        holding.max_by_key(|card| card.valid_from).or_else(|| cards.next())
    }

    fn price(&self, carrier: &str, day: Option<NaiveDate>, asked: Asked<'_>) -> Option<Priced> {
        let card = self.card(carrier, day)?;
        // Cartons that are paid by the piece need not be weighed.
        let unweighed = || card.zones.iter().all(Zone::is_by_piece).then_some(Decimal::ZERO);
        let positive = |pieces: &Decimal| *pieces > Decimal::ZERO;
        card.price(Parcel {
            weight: asked.weight.or_else(unweighed)?,
            volume: asked.volume,
            pieces: asked.pieces.filter(positive).unwrap_or(Decimal::ONE),
            cartons: asked.cartons,
            place: asked.place,
            average: self.averages.get(carrier).copied(),
        })
    }

    /// Prices a parcel by our weight, size and place; what the log does not
    /// say is taken from the bill.
    pub(super) fn ours(
        &self,
        carrier: &str,
        logged: &Logged,
        billed: Option<&Billed>,
    ) -> Option<Priced> {
        let line = &logged.line;
        let weight = line.weight.or_else(|| billed.and_then(weight_of));
        let pieces = line.pieces.filter(|pieces| *pieces > Decimal::ONE).unwrap_or(Decimal::ONE);
        let each = || line.volume.map(|volume| volume.saturating_mul(pieces));
        let volume = line.whole_volume.or_else(each);
        let volume = volume.or_else(|| billed.filter(|_| line.weight.is_none())?.line.volume);
        let place = match billed {
            Some(billed) if logged.place.is_unknown() => &billed.place,
            _ => &logged.place,
        };
        let day = line.date.or_else(|| billed?.line.date);
        let cartons = match billed {
            Some(billed) if line.cartons.is_empty() => &billed.line.cartons,
            _ => &line.cartons,
        };
        let pieces = line.pieces.or_else(|| billed?.line.pieces);
        self.price(carrier, day, Asked { weight, volume, pieces, cartons, place })
    }

    /// Prices the parcels that one row of ours names together, each by the
    /// weight it was billed at: the row's own weight must be what they weigh,
    /// but for what the carrier rounds up.
    pub(super) fn parts(
        &self,
        carrier: &str,
        logged: &Logged,
        rows: &[&Billed],
    ) -> Option<Decimal> {
        let weights = rows.iter().map(|row| weight_of(row));
        let billed = weights.collect::<Option<Vec<_>>>()?.into_iter().sum::<Decimal>();
        let most = logged.line.weight.map(|own| own + Decimal::from(rows.len()));
        if most.is_some_and(|most| billed >= most) {
            return None;
        }
        let prices = rows.iter().map(|row| {
            let place = if logged.place.is_unknown() { &row.place } else { &logged.place };
            self.at_billed_weight(carrier, row, place).map(|priced| priced.list)
        });
        prices.collect::<Option<Vec<_>>>().map(|prices| prices.into_iter().sum())
    }

    /// Prices a parcel by the weight that was billed, to a place.
    pub(super) fn at_billed_weight(
        &self,
        carrier: &str,
        billed: &Billed,
        place: &Place,
    ) -> Option<Priced> {
        let line = &billed.line;
        let weight = line.chargeable_weight.or(line.actual_weight);
        // A chargeable weight holds the volume, unless that has a price of its
        // own.
        let card = self.card(carrier, line.date)?;
        let by_volume = card.zones.iter().any(|zone| zone.per_cubic.is_some());
        let volume = line.volume.filter(|_| by_volume);
        let (pieces, cartons) = (line.pieces, &line.cartons);
        self.price(carrier, line.date, Asked { weight, volume, pieces, cartons, place })
    }

    /// Returns what is agreed of a charge: all of it, a part, or nothing.
    /// `None` if no fee of that name is agreed.
    pub(super) fn agreed_fee(
        &self,
        carrier: &str,
        billed: &Billed,
        name: &str,
        amount: Decimal,
        priced: Option<&Priced>,
    ) -> Option<Decimal> {
        let card = self.card(carrier, billed.line.date)?;
        let fee: &Fee = card.fees.iter().find(|fee| is_same_fee(&fee.name, name))?;
        let base = FeeBase {
            weight: priced.map(|priced| priced.chargeable).unwrap_or_default(),
            freight: priced.map(|priced| priced.list).unwrap_or_default(),
            value: billed.line.declared_value,
        };
        Some(fee.agreed(base, amount).map_or(amount, |agreed| agreed.min(amount)))
    }

    /// Returns what a row charges, in columns of their own, of what belongs to
    /// the price of every parcel.
    pub(super) fn charged_in_price(&self, carrier: &str, billed: &Billed) -> Decimal {
        let day = billed.line.date;
        let charges = billed.line.charges.iter();
        let own = charges.filter(|(name, _)| self.is_in_price(carrier, day, name));
        own.map(|(_, charge)| *charge).sum()
    }

    /// Whether a charge belongs to the price of every parcel.
    pub(super) fn is_in_price(&self, carrier: &str, day: Option<NaiveDate>, name: &str) -> bool {
        let fees = self.card(carrier, day).map(|card| card.fees.as_slice()).unwrap_or_default();
        fees.iter().any(|fee| fee.always && is_same_fee(&fee.name, name))
    }
}

/// Returns what a billed parcel weighs.
pub(super) fn weight_of(billed: &Billed) -> Option<Decimal> {
    let line = &billed.line;
    line.actual_weight.or(line.chargeable_weight)
}
