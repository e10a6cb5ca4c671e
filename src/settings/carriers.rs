//! What `gendan.toml` says of carriers: their names, and the rates agreed
//! with them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use toml::Spanned;

use super::raw::{Number, RawCarrier, RawZone};
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
    /// To the nearest whole kilogram.
    Nearest,
    /// Up to half a kilogram: half; more: up to whole ones.
    HalfThenWhole,
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
    /// The price of one step beyond it.
    pub continued: Option<Decimal>,
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
            fees: fees.collect::<Result<_>>()?,
            zones: raw.zones.iter().map(|zone| self.zone(zone)).collect::<Result<_>>()?,
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
            tiers,
        })
    }
}

fn rounding(word: &str) -> Option<RoundingSetting> {
    Some(match word.trim() {
        "actual" => RoundingSetting::Actual,
        "nearest" => RoundingSetting::Nearest,
        "half-then-whole" => RoundingSetting::HalfThenWhole,
        step => {
            let step: Decimal = step.parse().ok()?;
            (step > Decimal::ZERO).then_some(RoundingSetting::Up(step))?
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
            Self::Nearest => "nearest".to_owned(),
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
