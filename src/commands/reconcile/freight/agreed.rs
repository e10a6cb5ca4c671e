//! Rates of `gendan.toml` → rate cards: cards of their own where they name
//! zones, else laid over the cards of the sheets.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::engine::freight::tariff::fees::{Fee, FeeAmount};
use crate::engine::freight::tariff::rounding::Rounding;
use crate::engine::freight::tariff::scale::{Price, Scale, Tier};
use crate::engine::freight::tariff::{Average, RateCard, Zone};
use crate::party::Parties;
use crate::places::Region;
use crate::settings::{CarrierSettings, FeeSetting, RoundingSetting, ZoneSettings};
use crate::text::fold;

/// Lays the settings over the cards.
pub(super) fn lay_over(
    cards: &mut Vec<RateCard>,
    settings: &[CarrierSettings],
    carriers: &Parties,
) {
    for said in settings {
        let carrier = carriers.resolve(&said.name).party;
        if said.zones.is_empty() {
            for card in cards.iter_mut().filter(|card| card.carrier == carrier) {
                change(card, said);
            }
            continue;
        }
        cards.retain(|card| card.carrier != carrier);
        let mut card = RateCard { carrier, ..RateCard::default() };
        change(&mut card, said);
        card.zones = said.zones.iter().map(|zone| zone_of(zone, said)).collect();
        cards.push(card);
    }
}

fn change(card: &mut RateCard, said: &CarrierSettings) {
    card.divisor = said.divisor.or(card.divisor);
    card.discount = said.discount.or(card.discount);
    card.minimum = said.minimum.or(card.minimum);
    card.rounding = said.rounding.map(rounding).or(card.rounding);
    if let Some(average) = said.average {
        card.average = Some(Average {
            parcels_up_to: average.up_to,
            agreed: average.agreed,
            step: average.step.unwrap_or(Decimal::new(1, 1)),
            step_price: average.price.unwrap_or_default(),
        });
    }
    for (name, fee) in &said.fees {
        card.fees.retain(|other| *other.name != **name);
        card.fees.push(Fee { name: Arc::from(&**name), amount: amount(name, *fee), always: false });
    }
}

fn rounding(said: RoundingSetting) -> Rounding {
    match said {
        RoundingSetting::Actual => Rounding::Actual,
        RoundingSetting::Up(step) => Rounding::Up(step),
        RoundingSetting::Nearest(step) => Rounding::Nearest(step),
        RoundingSetting::Forgiving(share) => Rounding::Forgiving(share),
        RoundingSetting::HalfThenWhole => Rounding::HalfThenWhole,
    }
}

fn amount(name: &str, fee: FeeSetting) -> FeeAmount {
    let insures = ["保价", "保险", "insur"].iter().any(|word| fold(name).contains(word));
    match fee {
        FeeSetting::Amount(amount) => FeeAmount::Fixed(amount),
        FeeSetting::AsBilled => FeeAmount::AsBilled,
        FeeSetting::Share(rate) if insures => {
            FeeAmount::OfValue { rate, unit: None, minimum: Decimal::ZERO }
        }
        FeeSetting::Share(rate) => FeeAmount::OfFreight(rate),
    }
}

fn zone_of(zone: &ZoneSettings, said: &CarrierSettings) -> Zone {
    let mut tiers = Vec::new();
    let mut over = Decimal::ZERO;
    for (up_to, price) in &zone.tiers {
        tiers.push(Tier::above(over, Price::Fixed(*price)));
        over = *up_to;
    }
    match beyond(zone, said) {
        Some(price) => tiers.push(Tier::above(over, price)),
        None => {
            if let Some(last) = tiers.last_mut() {
                last.up_to = Some(over);
            }
        }
    }
    Zone {
        name: zone.name.as_str().into(),
        regions: Region::list(&zone.places),
        scale: Scale::new(tiers),
        sizes: Vec::new(),
        minimum: zone.minimum,
        per_cubic: zone.per_cubic,
        at: None,
    }
}

/// Returns what parcels cost that are heavier than all tiers.
fn beyond(zone: &ZoneSettings, said: &CarrierSettings) -> Option<Price> {
    let step = said.step.unwrap_or(Decimal::ONE);
    if let Some(first_price) = zone.first {
        let first_weight = said.first_weight.unwrap_or(Decimal::ONE);
        let step_price = zone.continued.unwrap_or_default();
        return Some(Price::Stepped { first_weight, first_price, step, step_price });
    }
    if let (Some(step_price), Some((first_weight, first_price))) =
        (zone.continued, zone.tiers.last().copied())
    {
        return Some(Price::Stepped { first_weight, first_price, step, step_price });
    }
    let per_kg = zone.per_kg?;
    Some(Price::Continuous { first_weight: Decimal::ZERO, first_price: Decimal::ZERO, per_kg })
}
