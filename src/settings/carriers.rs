//! What `gendan.toml` says of carriers: their names, and the rates agreed
//! with them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use toml::Spanned;

use super::raw::{Number, RawAverage, RawCarrier, RawZone};
use super::valid::{Source, decimal, hundredth};
use crate::error::Result;

/// One carrier.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CarrierSettings {
    /// The name to show.
    pub name: String,
    /// The other names.
    pub aliases: Vec<String>,
    /// Cubic centimetres that count as a kilogram.
    pub divisor: Option<Decimal>,
    /// How weights are rounded.
    pub rounding: Option<RoundingSetting>,
    /// The first weight, in kilograms.
    pub first_weight: Option<Decimal>,
    /// The step beyond it, in kilograms.
    pub step: Option<Decimal>,
    /// The share of the list price that is paid (0.9).
    pub discount: Option<Decimal>,
    /// No parcel costs less.
    pub minimum: Option<Decimal>,
    /// Light parcels pay by their average weight.
    pub average: Option<AverageSettings>,
    /// Charges that are agreed, by name.
    pub fees: BTreeMap<String, FeeSetting>,
    /// The zones and their prices.
    pub zones: Vec<ZoneSettings>,
}

/// How a carrier rounds weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoundingSetting {
    /// Not at all.
    Actual,
    /// Up to the next multiple.
    Up(Decimal),
    /// To the nearest multiple, halves up.
    Nearest(Decimal),
    /// Up to half a kilogram: half; more: up to whole ones.
    HalfThenWhole,
    /// Up to whole kilograms, with so much of each forgiven.
    Forgiving(Decimal),
}

/// An average-weight contract (均重).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AverageSettings {
    /// Heavier parcels pay for themselves.
    pub up_to: Option<Decimal>,
    /// The average that was agreed.
    pub agreed: Option<Decimal>,
    /// The step beyond it.
    pub step: Option<Decimal>,
    /// What one step more costs each parcel.
    pub price: Option<Decimal>,
}

/// What was agreed of a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeeSetting {
    /// This much for a waybill.
    Amount(Decimal),
    /// This share of the freight, or of the declared value.
    Share(Decimal),
    /// Whatever is billed.
    AsBilled,
}

/// One zone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ZoneSettings {
    /// Its name.
    pub name: String,
    /// The places in it, as a card writes them.
    pub places: String,
    /// The price of the first weight.
    pub first: Option<Decimal>,
    /// The price of one step beyond it, or beyond the last tier.
    pub continued: Option<Decimal>,
    /// The price of one kilogram, from the first on.
    pub per_kg: Option<Decimal>,
    /// The price of one cubic metre of light goods.
    pub per_cubic: Option<Decimal>,
    /// No parcel costs less.
    pub minimum: Option<Decimal>,
    /// Prices of whole parcels, by the weight up to which each holds.
    pub tiers: Vec<(Decimal, Decimal)>,
}

impl Source<'_> {
    pub(super) fn carriers(&self, raw: &[RawCarrier]) -> Result<Vec<CarrierSettings>> {
        raw.iter().map(|raw| self.carrier(raw)).collect()
    }

    fn carrier(&self, raw: &RawCarrier) -> Result<CarrierSettings> {
        if raw.name.get_ref().trim().is_empty() {
            return Err(self.bad(&raw.name, "empty-name"));
        }
        let figure = |number: &Option<Spanned<Number>>| -> Result<Option<Decimal>> {
            number.as_ref().map(|number| self.positive(number, "not-positive")).transpose()
        };
        let discount =
            raw.discount.as_ref().map(|number| {
                let share = decimal(number.get_ref())
                    .filter(|share| *share > Decimal::ZERO && *share <= Decimal::ONE_HUNDRED);
                let share = share.and_then(|share| {
                    if share <= Decimal::ONE { Some(share) } else { hundredth(share) }
                });
                share.ok_or_else(|| self.bad(number, "share"))
            });
        let rounding = raw
            .rounding
            .as_ref()
            .map(|word| rounding(word.get_ref()).ok_or_else(|| self.bad(word, "rounding")));
        let fees = raw.fees.iter().map(|(name, value)| {
            let fee = fee(value.get_ref()).ok_or_else(|| self.bad(value, "fee"))?;
            Ok((name.clone(), fee))
        });
        Ok(CarrierSettings {
            name: raw.name.get_ref().clone(),
            aliases: raw.aliases.clone(),
            divisor: figure(&raw.divisor)?,
            rounding: rounding.transpose()?,
            first_weight: figure(&raw.first_weight)?,
            step: figure(&raw.step)?,
            discount: discount.transpose()?,
            minimum: figure(&raw.minimum)?,
            average: raw.average.as_ref().map(|raw| self.average(raw)).transpose()?,
            fees: fees.collect::<Result<_>>()?,
            zones: raw.zones.iter().map(|zone| self.zone(zone)).collect::<Result<_>>()?,
        })
    }

    fn average(&self, raw: &RawAverage) -> Result<AverageSettings> {
        let figure = |number: &Option<Spanned<Number>>| -> Result<Option<Decimal>> {
            number.as_ref().map(|number| self.positive(number, "not-positive")).transpose()
        };
        Ok(AverageSettings {
            up_to: figure(&raw.up_to)?,
            agreed: figure(&raw.agreed)?,
            step: figure(&raw.step)?,
            price: figure(&raw.price)?,
        })
    }

    fn zone(&self, raw: &RawZone) -> Result<ZoneSettings> {
        let figure = |number: &Option<Spanned<Number>>| -> Result<Option<Decimal>> {
            number.as_ref().map(|number| self.positive(number, "not-positive")).transpose()
        };
        let mut tiers = Vec::new();
        for (up_to, price) in &raw.tiers {
            let weight = crate::input::values::decimal::decimal_text(up_to).value();
            let weight =
                weight.map(|number| number.value).ok_or_else(|| self.bad(price, "tier"))?;
            tiers.push((weight, self.positive(price, "not-positive")?));
        }
        tiers.sort();
        Ok(ZoneSettings {
            name: raw.name.clone(),
            places: raw.places.get_ref().clone(),
            first: figure(&raw.first)?,
            continued: figure(&raw.continued)?,
            per_kg: figure(&raw.per_kg)?,
            per_cubic: figure(&raw.per_cubic)?,
            minimum: figure(&raw.minimum)?,
            tiers,
        })
    }
}

fn rounding(word: &str) -> Option<RoundingSetting> {
    Some(match word.trim() {
        "actual" => RoundingSetting::Actual,
        "nearest" => RoundingSetting::Nearest(Decimal::ONE),
        "half-then-whole" => RoundingSetting::HalfThenWhole,
        other => {
            let (way, step): (fn(Decimal) -> RoundingSetting, &str) =
                if let Some(share) = other.strip_prefix("forgive-") {
                    (RoundingSetting::Forgiving, share)
                } else if let Some(step) = other.strip_prefix("nearest-") {
                    (RoundingSetting::Nearest, step)
                } else {
                    (RoundingSetting::Up, other)
                };
            let step: Decimal = step.parse().ok()?;
            (step > Decimal::ZERO).then(|| way(step))?
        }
    })
}

fn fee(value: &Number) -> Option<FeeSetting> {
    if let Number::Text(text) = value {
        if text.trim() == "as-billed" {
            return Some(FeeSetting::AsBilled);
        }
        if let Some(percent) = text.trim().strip_suffix('%') {
            let share = hundredth(percent.trim().parse().ok()?)?;
            return (share >= Decimal::ZERO).then_some(FeeSetting::Share(share));
        }
    }
    decimal(value).filter(|amount| *amount >= Decimal::ZERO).map(FeeSetting::Amount)
}

impl RoundingSetting {
    /// Returns the word that the file has for it.
    pub(super) fn word(self) -> String {
        match self {
            Self::Actual => "actual".to_owned(),
            Self::Up(step) => step.to_string(),
            Self::Nearest(step) if step == Decimal::ONE => "nearest".to_owned(),
            Self::Nearest(step) => format!("nearest-{step}"),
            Self::Forgiving(share) => format!("forgive-{share}"),
            Self::HalfThenWhole => "half-then-whole".to_owned(),
        }
    }
}

impl FeeSetting {
    /// Returns the text that the file has for it.
    pub(super) fn word(self) -> String {
        match self {
            Self::Amount(amount) => amount.to_string(),
            Self::Share(share) => {
                format!("{}%", share.saturating_mul(Decimal::ONE_HUNDRED).normalize())
            }
            Self::AsBilled => "as-billed".to_owned(),
        }
    }
}
