//! A carrier's agreed prices, as data: what a parcel of this weight to that
//! place should cost, step by step.

pub mod fees;
pub mod rounding;
pub mod scale;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::location::Location;
use crate::places::{Place, Region};
use crate::text::Cartons;
use fees::{Fee, FeeBase};
use rounding::Rounding;
use scale::{Price, Scale, Weighed};

/// What was agreed with one carrier.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RateCard {
    /// The carrier, one name for all its spellings.
    pub carrier: Arc<str>,
    /// The first day it holds.
    pub valid_from: Option<NaiveDate>,
    /// The last day it holds.
    pub valid_to: Option<NaiveDate>,
    /// Cubic centimetres that count as one kilogram; `None`: volume is free.
    pub divisor: Option<Decimal>,
    /// How a weight is rounded before it is priced; `None`: only the steps of
    /// the scale round it.
    pub rounding: Option<Rounding>,
    /// The share of the list price that is paid (0.9).
    pub discount: Option<Decimal>,
    /// No parcel costs less.
    pub minimum: Option<Decimal>,
    /// What is charged beside the freight.
    pub fees: Vec<Fee>,
    /// Light parcels pay by their average weight.
    pub average: Option<Average>,
    /// The zones.
    pub zones: Vec<Zone>,
    /// Where it stands; `None`: in the settings.
    pub at: Option<Location>,
}

/// One zone of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// Its name.
    pub name: Arc<str>,
    /// Where it is.
    pub regions: Vec<Region>,
    /// What it costs.
    pub scale: Scale,
    /// What a carton of each size costs.
    pub sizes: Vec<(Arc<str>, Decimal)>,
    /// A minimum of its own.
    pub minimum: Option<Decimal>,
    /// What a cubic metre of light goods costs; the dearer of weight and
    /// volume is paid.
    pub per_cubic: Option<Decimal>,
    /// Where it stands.
    pub at: Option<Location>,
}

/// An average-weight contract (均重): all parcels up to a weight pay the price
/// of their average.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Average {
    /// Heavier parcels pay for themselves.
    pub parcels_up_to: Option<Decimal>,
    /// The average that was agreed; beyond it every step costs more.
    pub agreed: Option<Decimal>,
    /// The step beyond it (0.1 kg).
    pub step: Decimal,
    /// What one step more costs each parcel.
    pub step_price: Decimal,
}

/// A parcel to be priced.
#[derive(Debug, Clone, Copy)]
pub struct Parcel<'a> {
    /// What it weighs on the scale.
    pub weight: Decimal,
    /// Its volume in cubic centimetres.
    pub volume: Option<Decimal>,
    /// How many pieces travel on the waybill.
    pub pieces: Decimal,
    /// Its cartons by their sizes, where that is known.
    pub cartons: &'a [Cartons],
    /// Where it goes.
    pub place: &'a Place,
    /// The average weight that its price goes by, if it is in such a
    /// contract.
    pub average: Option<Decimal>,
}

/// What a parcel should cost, step by step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priced {
    /// The zone.
    pub zone: Arc<str>,
    /// What it weighs.
    pub weight: Decimal,
    /// What its volume counts as.
    pub volume_weight: Option<Decimal>,
    /// The weight that is paid for.
    pub chargeable: Decimal,
    /// The cubic metres that are paid for instead of the weight.
    pub metres: Option<Decimal>,
    /// For the first weight.
    pub first: Decimal,
    /// How many steps beyond it.
    pub steps: Decimal,
    /// For these.
    pub continued: Decimal,
    /// What the minimum adds.
    pub to_minimum: Decimal,
    /// Fees that every parcel pays.
    pub fees: Decimal,
    /// The list price of all that.
    pub list: Decimal,
    /// The share of the list price that is paid.
    pub share: Decimal,
    /// What is paid.
    pub net: Decimal,
}

impl RateCard {
    /// Whether it holds on a day.
    pub fn holds(&self, day: Option<NaiveDate>) -> bool {
        let Some(day) = day else { return true };
        self.valid_from.is_none_or(|first| first <= day)
            && self.valid_to.is_none_or(|last| day <= last)
    }

    /// Returns the zone of a place: the one that names it most closely.
    pub fn zone(&self, place: &Place) -> Option<&Zone> {
        let closeness =
            |zone: &&Zone| zone.regions.iter().filter_map(|region| region.closeness(place)).max();
        let mut found = self.zones.iter().filter(|zone| closeness(zone).is_some());
        let first = found.next()?;
        Some(found.fold(
            first,
            |best, zone| {
                if closeness(&zone) > closeness(&best) { zone } else { best }
            },
        ))
    }

    /// Returns what a volume in cubic centimetres counts as.
    pub fn volume_weight(&self, volume: Option<Decimal>) -> Option<Decimal> {
        let divisor = self.divisor.filter(|divisor| *divisor > Decimal::ZERO)?;
        volume?.checked_div(divisor).map(|weight| weight.normalize())
    }

    /// Returns the weight that goes on the scale: the heavier of the actual
    /// and the volumetric one, rounded as the carrier does.
    pub fn rounded(&self, weight: Decimal, volume: Option<Decimal>) -> Option<Decimal> {
        let heavier = self.volume_weight(volume).map_or(weight, |volume| volume.max(weight));
        self.rounding.unwrap_or(Rounding::Actual).apply(heavier)
    }

    /// Prices a parcel; `None` if the card has no price for it.
    pub fn price(&self, parcel: Parcel<'_>) -> Option<Priced> {
        let zone = self.zone(parcel.place)?;
        let rounded = self.rounded(parcel.weight, parcel.volume)?;
        let by_size = zone.by_size(&parcel);
        let weighed = match parcel.average.filter(|_| self.is_averaged(rounded)) {
            _ if by_size.is_some() => by_size?,
            Some(average) => self.by_average(zone, average, parcel.pieces)?,
            None => zone.scale.price(rounded, parcel.pieces)?,
        };
        let weighed = zone.by_volume(parcel.volume, weighed)?;
        let freight = weighed.first.checked_add(weighed.continued)?;
        let least = zone.minimum.or(self.minimum).unwrap_or(Decimal::ZERO);
        let to_minimum = least.checked_sub(freight)?.max(Decimal::ZERO);
        let freight = cents(freight.checked_add(to_minimum)?);
        let base = FeeBase { weight: weighed.chargeable, freight, value: None };
        let fees = self.fees.iter().filter(|fee| fee.always);
        let mut fees = fees.map(|fee| fee.agreed(base, Decimal::ZERO).unwrap_or_default());
        let fees = fees.try_fold(Decimal::ZERO, Decimal::checked_add)?;
        let list = freight.checked_add(fees)?;
        let share = self.discount.unwrap_or(Decimal::ONE);
        Some(Priced {
            zone: Arc::clone(&zone.name),
            weight: parcel.weight,
            volume_weight: self.volume_weight(parcel.volume),
            chargeable: weighed.chargeable,
            metres: weighed.metres,
            first: weighed.first,
            steps: weighed.steps,
            continued: weighed.continued,
            to_minimum,
            fees,
            list,
            share,
            net: cents(list.checked_mul(share)?),
        })
    }

    /// Whether a parcel of this weight goes by the average.
    pub fn is_averaged(&self, weight: Decimal) -> bool {
        self.average.is_some_and(|average| average.parcels_up_to.is_none_or(|last| weight <= last))
    }

    fn by_average(&self, zone: &Zone, average: Decimal, pieces: Decimal) -> Option<Weighed> {
        let contract = self.average?;
        let mut weighed = zone.scale.price(average, pieces)?;
        let beyond = average.checked_sub(contract.agreed.unwrap_or(average))?;
        if beyond > Decimal::ZERO && !contract.step_price.is_zero() {
            let agreed = contract.agreed.unwrap_or(average);
            weighed = zone.scale.price(agreed, pieces)?;
            weighed.steps = rounding::steps(beyond, contract.step)?;
            weighed.continued =
                weighed.continued.checked_add(weighed.steps.checked_mul(contract.step_price)?)?;
            weighed.chargeable = average;
        }
        Some(weighed)
    }
}

impl Zone {
    /// Whether its prices ask for no weight.
    pub fn is_by_piece(&self) -> bool {
        let tiers = self.scale.tiers();
        let by_piece = tiers.iter().all(|tier| matches!(tier.price, Price::PerPiece(_)));
        by_piece && !(tiers.is_empty() && self.sizes.is_empty())
    }

    /// Returns what cartons of known sizes cost; `None` if one has no price.
    fn by_size(&self, parcel: &Parcel<'_>) -> Option<Weighed> {
        if parcel.cartons.is_empty() || self.sizes.is_empty() {
            return None;
        }
        let mut price = Decimal::ZERO;
        for cartons in parcel.cartons {
            let (_, one) = self.sizes.iter().find(|(size, _)| *size == cartons.size)?;
            let count = cartons.count.unwrap_or(parcel.pieces);
            price = price.checked_add(one.checked_mul(count)?)?;
        }
        Some(Weighed::flat(parcel.weight, price))
    }

    /// Returns what light goods cost by their volume, if that is more than by
    /// their weight.
    fn by_volume(&self, volume: Option<Decimal>, weighed: Weighed) -> Option<Weighed> {
        let cubic = Decimal::from(1_000_000);
        let price = self.per_cubic.zip(volume.and_then(|volume| volume.checked_div(cubic)));
        let Some((price, metres)) = price else { return Some(weighed) };
        let (price, other) =
            (price.checked_mul(metres)?, weighed.first.checked_add(weighed.continued)?);
        let light = Weighed {
            metres: Some(metres.normalize()),
            ..Weighed::flat(weighed.chargeable, price)
        };
        Some(if price > other { light } else { weighed })
    }
}

/// Returns the average weight of parcels, to the gram; `None` of none.
pub fn average_weight(weights: &[Decimal]) -> Option<Decimal> {
    let sum = weights.iter().try_fold(Decimal::ZERO, |sum, weight| sum.checked_add(*weight))?;
    let average = sum.checked_div(Decimal::from(weights.len()))?;
    Some(average.round_dp_with_strategy(3, RoundingStrategy::MidpointAwayFromZero).normalize())
}

/// Rounds half up to cents.
pub fn cents(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}
