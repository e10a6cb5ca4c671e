//! How much more or less than ordered may be shipped: rules by order type,
//! market and quantity, as data.

use std::sync::LazyLock;

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::data::{self, compiled_in};

/// Rules, the first that fits counts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// The rules.
    pub rules: Vec<Rule>,
}

/// A rule.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What it is called.
    pub name: String,
    /// The order types it is for; none: all.
    #[serde(default)]
    pub types: Vec<String>,
    /// The markets it is for; none: all.
    #[serde(default)]
    pub markets: Vec<String>,
    /// The fewest pieces of the order.
    #[serde(default)]
    pub from: Option<u64>,
    /// The most pieces of the order.
    #[serde(default)]
    pub to: Option<u64>,
    /// Per cent that may be over.
    pub over: Decimal,
    /// Per cent that may be short.
    pub short: Decimal,
}

/// The rules that every factory keeps.
static SHIPPED: LazyLock<Rules> =
    LazyLock::new(|| data::read(compiled_in!("engine/packing/tolerance")));

/// How much may be over and short, in per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tolerance {
    /// Per cent over.
    pub over: Decimal,
    /// Per cent short.
    pub short: Decimal,
}

/// Where a tolerance comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A rule, by name.
    Rule(String),
    /// The order's own paper.
    Paper,
    /// No rule fits: nothing may be over or short.
    Default,
}

/// What is known of an order, folded.
#[derive(Debug, Clone, Default)]
pub struct OrderFacts {
    /// What kind of order it is.
    pub order_type: Option<String>,
    /// Where it goes: countries, codes, as many as are named.
    pub markets: Vec<String>,
    /// How many pieces it has.
    pub pieces: Decimal,
    /// What its own paper allows.
    pub paper: Option<Tolerance>,
}

/// Returns what an order may be over and short: by its type, by its own
/// paper, by its market. `own` rules go before those of every factory.
pub fn tolerance(order: &OrderFacts, own: &Rules) -> (Tolerance, Source) {
    let rules = || own.rules.iter().chain(&SHIPPED.rules);
    let found = |rule: &Rule| {
        let tolerance = Tolerance { over: rule.over, short: rule.short };
        (tolerance, Source::Rule(rule.name.clone()))
    };
    let by_type = rules().find(|rule| !rule.types.is_empty() && rule.fits(order));
    if let Some(rule) = by_type {
        return found(rule);
    }
    if let Some(paper) = order.paper {
        return (paper, Source::Paper);
    }
    let by_market = rules().find(|rule| rule.types.is_empty() && rule.fits(order));
    by_market.map_or((Tolerance::default(), Source::Default), found)
}

impl Rule {
    fn fits(&self, order: &OrderFacts) -> bool {
        let of_type = self.types.is_empty()
            || order.order_type.as_ref().is_some_and(|own| self.types.contains(own));
        let of_market =
            self.markets.is_empty() || order.markets.iter().any(|own| self.markets.contains(own));
        let from = self.from.is_none_or(|from| order.pieces >= Decimal::from(from));
        let to = self.to.is_none_or(|to| order.pieces <= Decimal::from(to));
        of_type && of_market && from && to
    }
}

impl Tolerance {
    /// Returns the fewest and the most pieces that may be shipped of so many.
    pub fn window(self, ordered: Decimal) -> (Decimal, Decimal) {
        let share = |percent: Decimal| {
            let share = ordered.checked_mul(percent).and_then(|all| all.checked_div(HUNDRED));
            share.unwrap_or_default()
        };
        let least = (ordered - share(self.short)).ceil().max(Decimal::ZERO);
        (least, (ordered + share(self.over)).floor())
    }
}

const HUNDRED: Decimal = Decimal::ONE_HUNDRED;

#[cfg(test)]
mod tests {
    use super::*;

    fn order(market: &str, order_type: Option<&str>) -> OrderFacts {
        OrderFacts {
            order_type: order_type.map(str::to_owned),
            markets: vec![market.to_owned()],
            pieces: Decimal::from(3000),
            paper: None,
        }
    }

    #[test]
    fn windows_are_rounded_inwards() {
        let five = Tolerance { over: 5.into(), short: 5.into() };
        for (ordered, least, most) in [(3000, 2850, 3150), (1199, 1140, 1258), (3540, 3363, 3717)] {
            assert_eq!(five.window(ordered.into()), (least.into(), most.into()), "{ordered}");
        }
        assert_eq!(Tolerance::default().window(7.into()), (7.into(), 7.into()));
        let tiers = Tolerance { over: 10.into(), short: 8.into() };
        assert_eq!(tiers.window(300.into()), (276.into(), 330.into()));
    }

    #[test]
    fn the_type_goes_before_the_market_and_own_rules_before_all() {
        let none = Rules::default();
        let of = |order: &OrderFacts, own: &Rules| {
            let (tolerance, source) = tolerance(order, own);
            (tolerance.over.to_string(), source)
        };
        let rule = |name: &str| Source::Rule(name.to_owned());
        assert_eq!(of(&order("美国", None), &none), ("5".into(), rule("US")));
        assert_eq!(of(&order("us", Some("网络单")), &none), ("0".into(), rule("online")));
        assert_eq!(of(&order("ca", None), &none), ("0".into(), rule("CA")));
        assert_eq!(of(&order("月球", None), &none), ("0".into(), Source::Default));
        let tier = Rule {
            name: "H".into(),
            from: Some(1001),
            to: Some(3000),
            over: 5.into(),
            short: Decimal::new(25, 1),
            ..Rule::default()
        };
        let own = Rules { rules: vec![tier] };
        assert_eq!(of(&order("ca", None), &own), ("5".into(), rule("H")));
        let paper = OrderFacts { paper: Some(Tolerance::default()), ..order("us", None) };
        assert_eq!(of(&paper, &none), ("0".into(), Source::Paper));
    }
}
