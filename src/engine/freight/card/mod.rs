//! Rate cards as the sheets have them → rate cards that can be worked by.

mod heading;
mod rules;

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::tariff::scale::{Price, Reading, Scale, Tier};
use super::tariff::{RateCard, Zone};
use crate::location::Location;
use crate::places::Region;
use crate::records::{RateRow, RateSheet};
use crate::text::fold;
use heading::{Heading, Role};
pub use rules::Rules;

/// What a card means that names no place.
const EVERYWHERE: &str = "全国";

/// The rate cards of one table: one for every carrier that it names, `None`
/// for what belongs to the carrier of the whole sheet.
pub fn cards(sheet: &RateSheet) -> Vec<(Option<Arc<str>>, RateCard)> {
    let headings = heading::headings(&sheet.columns);
    let rules = Rules::read(sheet.texts.iter().map(|text| text.value.as_str()));
    let groups = groups(&headings);
    let mut cards: BTreeMap<Option<Arc<str>>, RateCard> = BTreeMap::new();
    for row in &sheet.rows {
        let named = row.carrier.as_ref().map(|carrier| Arc::clone(&carrier.value));
        for group in &groups {
            let line = Line { row, headings: &headings, group: group.as_deref(), rules: &rules };
            let carrier = named.clone().or_else(|| group.as_deref().map(Arc::from));
            let card = cards.entry(carrier).or_insert_with(|| empty(&rules, row));
            card.valid_from = row.valid_from.or(sheet.valid.from);
            card.valid_to = row.valid_to.or(sheet.valid.to);
            card.divisor = line.figure(Role::Divisor).or(card.divisor);
            let sizes = line.sizes();
            match line.scale() {
                _ if !sizes.is_empty() => line.add_sizes(card, sizes),
                Some(scale) => card.zones.push(line.zone(scale)),
                None => line.join_regions(card),
            }
        }
    }
    if cards.values().all(|card| card.zones.is_empty()) {
        cards.extend(in_words(sheet, &rules).map(|card| (None, card)));
    }
    cards.into_iter().filter(|(_, card)| !card.zones.is_empty()).collect()
}

/// Returns the card of a sheet that gives its prices in sentences alone.
fn in_words(sheet: &RateSheet, rules: &Rules) -> Option<RateCard> {
    let told = sheet.texts.iter().flat_map(|text| {
        let zones = rules::prose::zones(&text.value).into_iter();
        zones.map(|zone| Zone { at: Some(text.at.clone()), ..zone })
    });
    let zones: Vec<Zone> = told.collect();
    let at = zones.first()?.at.clone();
    let (valid_from, valid_to) = (sheet.valid.from, sheet.valid.to);
    Some(RateCard { zones, at, valid_from, valid_to, ..of_rules(rules) })
}

/// Where the zones of a table are that gives them no prices of its own.
pub fn zones(sheet: &RateSheet) -> Vec<(Arc<str>, Vec<Region>)> {
    let silent = sheet.rows.iter().filter(|row| row.figures.iter().all(Option::is_none));
    let zones = silent.filter_map(|row| {
        Some((Arc::clone(row.zone.as_ref()?), Region::list(row.places.as_deref()?)))
    });
    zones.collect()
}

/// Tells a card where its zones are that it only names.
pub fn place_zones(card: &mut RateCard, zones: &[(Arc<str>, Vec<Region>)]) {
    for zone in &mut card.zones {
        let name = fold(&zone.name);
        let own = zones.iter().filter(|(other, _)| fold(other) == name);
        for region in own.flat_map(|(_, regions)| regions) {
            if !zone.regions.contains(region) {
                zone.regions.push(region.clone());
            }
        }
    }
}

fn empty(rules: &Rules, row: &RateRow) -> RateCard {
    RateCard { at: Some(row.at.clone()), ..of_rules(rules) }
}

/// Begins a card with what is said around its prices.
fn of_rules(rules: &Rules) -> RateCard {
    RateCard {
        divisor: rules.divisor,
        rounding: rules.rounding,
        discount: rules.discount,
        minimum: rules.minimum,
        fees: rules.fees.clone(),
        average: rules.average,
        ..RateCard::default()
    }
}

/// Returns the carriers that stand side by side over the columns; one `None`
/// if there are not several.
fn groups(headings: &[Option<Heading>]) -> Vec<Option<String>> {
    let mut names: Vec<Option<String>> = Vec::new();
    for heading in headings.iter().flatten().filter(|heading| heading.is_price()) {
        if !names.contains(&heading.group) {
            names.push(heading.group.clone());
        }
    }
    if names.len() < 2 || names.contains(&None) { vec![None] } else { names }
}

/// A row of the card, as one carrier's.
struct Line<'a> {
    row: &'a RateRow,
    headings: &'a [Option<Heading>],
    group: Option<&'a str>,
    rules: &'a Rules,
}

impl Line<'_> {
    fn figures(&self) -> impl Iterator<Item = (&Heading, Decimal)> {
        let pairs = self.headings.iter().zip(&self.row.figures);
        pairs.filter_map(|(heading, figure)| {
            let heading = heading.as_ref()?;
            let ours = self.group.is_none() || heading.group.as_deref() == self.group;
            Some((heading, (*figure)?)).filter(|_| ours)
        })
    }

    fn figure(&self, role: Role) -> Option<Decimal> {
        self.figures().find(|(heading, _)| heading.role == role).map(|(_, figure)| figure)
    }

    fn regions(&self) -> Vec<Region> {
        let places = self.row.places.as_deref().or(self.row.zone.as_deref());
        places.map(Region::list).unwrap_or_default()
    }

    fn zone(&self, scale: Scale) -> Zone {
        let name = self.row.zone.clone().or_else(|| self.row.places.clone());
        Zone {
            name: name.unwrap_or_default(),
            regions: self.regions(),
            scale,
            sizes: Vec::new(),
            minimum: self.figure(Role::Minimum),
            per_cubic: self.figure(Role::PerCubic),
            at: Some(self.row.at.clone()),
        }
    }

    /// Returns the prices of cartons by their sizes: one a column, or the
    /// price of the size that the row is for.
    fn sizes(&self) -> Vec<(Arc<str>, Decimal)> {
        let own = self.row.size.as_ref().and_then(|size| {
            let prices = self.figures().filter(|(heading, _)| heading.is_price());
            let mut prices = prices.filter(|(heading, _)| heading.role != Role::Minimum);
            prices.next().map(|(_, price)| (Arc::clone(size), price))
        });
        let columns = self.figures().filter_map(|(heading, price)| {
            let size = heading.size.as_ref().filter(|_| heading.role == Role::PerCarton)?;
            Some((Arc::clone(size), price))
        });
        if self.row.size.is_some() { own.into_iter().collect() } else { columns.collect() }
    }

    /// Adds prices of cartons to the zone of the row. A row that names no place
    /// is for all of them.
    fn add_sizes(&self, card: &mut RateCard, sizes: Vec<(Arc<str>, Decimal)>) {
        let mut zone = self.zone(Scale::default());
        if zone.regions.is_empty() {
            zone.regions = Region::list(EVERYWHERE);
        }
        let same = |other: &&mut Zone| other.name == zone.name && other.regions == zone.regions;
        match card.zones.iter_mut().find(same) {
            Some(known) => known.sizes.extend(sizes),
            None => card.zones.push(Zone { sizes, ..zone }),
        }
    }

    /// A row that has no price says where a zone is.
    fn join_regions(&self, card: &mut RateCard) {
        let zones = card.zones.iter_mut();
        for zone in zones.filter(|zone| Some(&zone.name) == self.row.zone.as_ref()) {
            zone.regions.extend(self.regions());
        }
    }

    /// Returns the prices of the row: one tier for each run of weights. A
    /// continued price of several ranges may be meant in several ways.
    fn scale(&self) -> Option<Scale> {
        let prices: Vec<(&Heading, Decimal)> =
            self.figures().filter(|(heading, _)| heading.is_price()).collect();
        let ways = Reading::ALL.into_iter().filter(|way| self.rules.may_mean(*way));
        let ways: Vec<(Reading, Vec<Tier>)> =
            ways.map(|way| (way, self.tiers(&prices, way))).collect();
        let first = ways.first().map(|(_, tiers)| tiers.clone());
        let tiers = first.filter(|tiers| !tiers.is_empty())?;
        let is_open = ways.iter().any(|(_, other)| *other != tiers);
        let scale = Scale::new(tiers);
        Some(if is_open { scale.or(ways) } else { scale })
    }

    fn tiers(&self, prices: &[(&Heading, Decimal)], reading: Reading) -> Vec<Tier> {
        let mut tiers: Vec<Tier> = Vec::new();
        let mut last = Decimal::ZERO;
        for (at, (heading, figure)) in prices.iter().enumerate() {
            let from =
                heading.range.map_or(last, |range| if range.begins { range.over } else { last });
            let price = match heading.role {
                Role::Flat => Price::Fixed(*figure),
                Role::PerPiece => Price::PerPiece(*figure),
                Role::PerKg => self.by_weight(*figure),
                Role::First => {
                    let step = prices[at + 1..].iter().find(|(next, _)| {
                        next.role == Role::Step
                            && (next.range == heading.range || next.range.is_none())
                    });
                    self.stepped(heading, *figure, step.copied())
                }
                // A continued weight without a first one goes on from the
                // tier before it.
                Role::Step if !self.follows_first(&prices[..at], heading) => {
                    self.going_on(heading, *figure, &tiers, last, reading)
                }
                _ => continue,
            };
            let including = heading.range.is_some_and(|range| range.including);
            tiers.push(Tier { over: from, including, up_to: None, price });
            last = heading.range.and_then(|range| range.up_to).unwrap_or(last);
        }
        // Beyond the last weight of a card it says nothing.
        if let (Some(tier), Some((heading, _))) = (tiers.last_mut(), prices.last())
            && heading.role == Role::Flat
        {
            tier.up_to = heading.range.and_then(|range| range.up_to);
        }
        tiers
    }

    /// Returns a price by the kilogram: of every gram, or of begun steps.
    fn by_weight(&self, per_kg: Decimal) -> Price {
        let none = Decimal::ZERO;
        match self.rules.step.and_then(|step| Some((step, per_kg.checked_mul(step)?))) {
            Some((step, step_price)) => {
                Price::Stepped { first_weight: none, first_price: none, step, step_price }
            }
            None => Price::Continuous { first_weight: none, first_price: none, per_kg },
        }
    }

    fn follows_first(&self, before: &[(&Heading, Decimal)], step: &Heading) -> bool {
        before.iter().any(|(heading, _)| {
            heading.role == Role::First && (heading.range == step.range || step.range.is_none())
        })
    }

    fn first_weight(&self, heading: &Heading) -> Decimal {
        let said = self.figure(Role::FirstWeight).or(heading.basis);
        said.or(self.rules.first_weight).unwrap_or(Decimal::ONE)
    }

    fn stepped(
        &self,
        heading: &Heading,
        first_price: Decimal,
        step: Option<(&Heading, Decimal)>,
    ) -> Price {
        let first_weight = self.first_weight(heading);
        let Some((step_heading, price)) = step else { return Price::Fixed(first_price) };
        let (step, step_price) = self.step(step_heading, price);
        Price::Stepped { first_weight, first_price, step, step_price }
    }

    /// Returns the step and its price. A price by the kilogram is shared out
    /// over smaller steps.
    fn step(&self, heading: &Heading, price: Decimal) -> (Decimal, Decimal) {
        let said = self.figure(Role::StepWeight).or(self.rules.step);
        let rounded = match self.rules.rounding {
            Some(super::tariff::rounding::Rounding::Up(step)) => Some(step),
            _ => None,
        };
        let step = said.or(heading.basis).or(rounded).unwrap_or(Decimal::ONE);
        let share = match (heading.basis, self.rules.step_share) {
            (Some(basis), _) if basis > Decimal::ZERO => step.checked_div(basis),
            (None, Some(share)) => Some(share),
            _ => None,
        };
        let step_price = share.and_then(|share| price.checked_mul(share)).unwrap_or(price);
        (step, step_price.normalize())
    }

    /// Returns the price of a range that goes on from those before it. Only the
    /// second such range can be meant in several ways.
    fn going_on(
        &self,
        heading: &Heading,
        price: Decimal,
        before: &[Tier],
        from: Decimal,
        reading: Reading,
    ) -> Price {
        let (step, step_price) = self.step(heading, price);
        let first_weight =
            heading.range.filter(|range| range.begins).map_or(from, |range| range.over);
        let reached = before.last().and_then(|tier| tier.price.up_to(first_weight));
        let begun = before.iter().find_map(|tier| match tier.price {
            Price::Stepped { first_weight, first_price, .. } => Some((first_weight, first_price)),
            _ => None,
        });
        let (first_weight, first_price) = match (reading, begun) {
            (Reading::BeyondFirst, Some(begun)) => begun,
            (Reading::Whole, Some(_)) => (Decimal::ZERO, Decimal::ZERO),
            _ => (first_weight, reached.unwrap_or_default()),
        };
        Price::Stepped { first_weight, first_price, step, step_price }
    }
}

/// Joins cards of one carrier for the same days: zones of several tables, and
/// tables that only say where the zones are.
pub fn join(cards: Vec<RateCard>) -> Vec<RateCard> {
    let mut joined: Vec<RateCard> = Vec::new();
    for card in cards {
        let same = joined.iter_mut().find(|other| {
            other.carrier == card.carrier
                && other.valid_from == card.valid_from
                && other.valid_to == card.valid_to
        });
        match same {
            Some(other) => {
                other.divisor = other.divisor.or(card.divisor);
                other.discount = other.discount.or(card.discount);
                other.minimum = other.minimum.or(card.minimum);
                other.rounding = other.rounding.or(card.rounding);
                other.average = other.average.or(card.average);
                for fee in card.fees {
                    if !other.fees.contains(&fee) {
                        other.fees.push(fee);
                    }
                }
                other.zones.extend(card.zones);
            }
            None => joined.push(card),
        }
    }
    joined
}

/// Returns where a card or its first zone stands.
pub fn place(card: &RateCard) -> Option<&Location> {
    card.at.as_ref().or_else(|| card.zones.first()?.at.as_ref())
}
