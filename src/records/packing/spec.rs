//! What packing specs say, of a style or of one of its sizes.

use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::about::About;
use super::amounts::{figures, grams, inverse, is_weight, per_carton, weight_unit};
use super::names::{colour_key, po_key, style_key};
use super::rules::{SaidMixing, TailRule, answer, method, ratios, tail_rule};
use super::size_groups::covers;
use crate::engine::packing::Outer;
use crate::engine::packing::lot::{Method, OddLimit, PerCarton};
use crate::finding::{Finding, codes};
use crate::input::values::edges::{edges, length_unit};
use crate::location::Location;
use crate::text::fold;

/// What a spec says, and of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecEntry {
    /// The styles it is about; none: all.
    pub styles: Vec<String>,
    /// The customer's order it is about.
    pub po: Option<String>,
    /// The colour it is about.
    pub colour: Option<String>,
    /// The size or group of sizes it is about, as written.
    pub sizes: Option<Arc<str>>,
    /// Whether it describes a kind of carton, not a style.
    pub is_carton_type: bool,
    /// Pieces per carton.
    pub per_carton: Option<PerCarton>,
    /// The outside of the carton.
    pub outer: Option<Outer>,
    /// What it weighs empty, in kilograms.
    pub tare: Option<Decimal>,
    /// What one piece weighs, in grams.
    pub grams: Option<Decimal>,
    /// What its polybag weighs, in grams.
    pub bag_grams: Option<Decimal>,
    /// Pieces of an inner pack.
    pub inner: Option<u64>,
    /// The most a carton may weigh, in kilograms.
    pub max_gross: Option<Decimal>,
    /// How full cartons are filled.
    pub method: Option<Method>,
    /// The ratio as written.
    pub ratio: Option<Arc<str>>,
    /// How many ratios may be chosen where none is given.
    pub max_ratios: Option<u64>,
    /// What may be mixed.
    pub mixing: SaidMixing,
    /// The rule for last cartons.
    pub tail: TailRule,
    /// Over and short shipment as written.
    pub over_short: Option<Arc<str>>,
    /// The kind of carton by name: the one to pack in, or the one described.
    pub carton: Option<String>,
    /// Whether the kind of carton that is described is for last cartons.
    pub for_tails: bool,
    /// The rule for last cartons as written.
    pub tail_text: Option<Arc<str>>,
    /// Where it stands.
    pub at: Location,
}

/// Where a fact stands and the unit that its header gives.
pub(super) struct Place {
    pub(super) at: Location,
    pub(super) unit: Option<Arc<str>>,
}

impl SpecEntry {
    pub(super) fn new(about: &About, at: Location) -> Self {
        let styles = about.style.as_deref().map(split_styles).unwrap_or_default();
        Self {
            styles,
            po: about.po.as_deref().map(po_key),
            colour: None,
            sizes: None,
            is_carton_type: false,
            per_carton: None,
            outer: None,
            tare: None,
            grams: None,
            bag_grams: None,
            inner: None,
            max_gross: None,
            method: None,
            ratio: None,
            max_ratios: None,
            mixing: SaidMixing::default(),
            tail: TailRule::default(),
            over_short: None,
            carton: None,
            for_tails: false,
            tail_text: None,
            at,
        }
    }

    /// Takes what one field says.
    pub(super) fn take(
        &mut self,
        field: &str,
        value: &str,
        place: &Place,
        findings: &mut Vec<Finding>,
    ) {
        let unit = place.unit.as_deref();
        let kilograms = |usual| {
            let grams = grams(value, unit.and_then(weight_unit), usual)?;
            grams.checked_div(Decimal::ONE_THOUSAND).map(|weight| weight.normalize())
        };
        let small = |limit: i64| {
            let own =
                figures(value).first().is_some_and(|(figure, _)| *figure < Decimal::new(limit, 1));
            if own { Decimal::ONE_THOUSAND } else { Decimal::ONE }
        };
        let light = |limit| grams(value, unit.and_then(weight_unit), small(limit));
        let understood = match field {
            "item_code" => return self.styles = split_styles(value),
            "customer_po" => return self.po = Some(po_key(value)),
            "color" => return self.colour = Some(colour_key(value)),
            "size" => return self.sizes = Some(value.into()),
            "ratio" => return self.ratio = Some(value.into()),
            "over_short" => return self.over_short = Some(value.into()),
            "carton_type" => return self.carton = Some(fold(value)),
            "pcs_per_carton" => put(&mut self.per_carton, per_carton(value)),
            "cartons_per_piece" => {
                put(&mut self.per_carton, figures(value).first().and_then(|(n, _)| inverse(*n)))
            }
            "carton_size" => {
                put(&mut self.outer, edges(value, unit.and_then(length_unit)).map(Outer::new))
            }
            "tail_carton_size" => {
                put(&mut self.tail.small, edges(value, unit.and_then(length_unit)).map(Outer::new))
            }
            "carton_tare" => put(&mut self.tare, kilograms(Decimal::ONE_THOUSAND)),
            "max_gross_weight" => put(&mut self.max_gross, kilograms(Decimal::ONE_THOUSAND)),
            "unit_net_weight" => put(&mut self.grams, light(50)),
            "polybag_weight" => put(&mut self.bag_grams, light(5)),
            "inner_pack" => put(&mut self.inner, whole(value)),
            "min_per_carton" => put(&mut self.tail.minimum, whole(value)),
            "mix_sizes" => put(&mut self.mixing.sizes, answer(value)),
            "mix_colours" => put(&mut self.mixing.colours, answer(value)),
            "mix_styles" => put(&mut self.mixing.styles, answer(value)),
            "split_rest" => put(&mut self.mixing.split, answer(value)),
            "packing_mode" => self.take_method(value),
            "max_ratios" => put(&mut self.max_ratios, whole(value)),
            "odd_per_order" => self.limit_odd(value, OddLimit::Order),
            "odd_per_colour" => self.limit_odd(value, OddLimit::Colour),
            "polybag" if unit.and_then(weight_unit).is_some() || is_weight(value) => {
                put(&mut self.bag_grams, light(5))
            }
            "tail_rule" => {
                let (rule, unread) = tail_rule(value);
                self.tail = rule.or(self.tail);
                self.tail_text = Some(value.into());
                let unread = unread.into_iter().map(|clause| not_understood(clause, place));
                findings.extend(unread);
                true
            }
            _ => true,
        };
        if !understood {
            findings.push(not_understood(value, place));
        }
    }

    /// Takes how many odd cartons there may be: one, or as many as it takes.
    fn limit_odd(&mut self, value: &str, of: OddLimit) -> bool {
        let most = figures(value).first().map(|(figure, _)| *figure);
        if most == Some(Decimal::ONE) {
            self.tail.odd_limit = Some(of);
        }
        let as_many = most.is_some_and(|most| most.is_zero()) || answer(value) == Some(false);
        as_many || most == Some(Decimal::ONE)
    }

    /// Takes the way of packing; rules for last cartons may stand with it.
    fn take_method(&mut self, value: &str) -> bool {
        let Some((method, mixing)) = method(value) else { return false };
        self.method = Some(method);
        self.mixing = self.mixing.or(mixing);
        self.max_ratios = ratios(value).or(self.max_ratios);
        // 独色混码 配比S4 M8 L8 XL4=24件
        if let Some((_, ratio)) = value.split_once("配比").filter(|_| self.ratio.is_none()) {
            let ratio = ratio
                .split_once('=')
                .map_or(ratio, |(ratio, sum)| if figures(sum).len() == 1 { ratio } else { value });
            if figures(ratio).len() > 1 {
                self.ratio = Some(ratio.trim().into());
            }
        }
        true
    }

    /// Whether it says anything to pack by.
    pub(super) fn says_something(&self) -> bool {
        self.per_carton.is_some()
            || self.outer.is_some()
            || self.tare.is_some()
            || self.grams.is_some()
            || self.bag_grams.is_some()
            || self.inner.is_some()
            || self.max_gross.is_some()
            || self.method.is_some()
            || self.ratio.is_some()
            || self.max_ratios.is_some()
            || self.over_short.is_some()
            || self.carton.is_some()
            || self.mixing != SaidMixing::default()
            || self.tail != TailRule::default()
    }

    /// Returns how exactly it is about these goods, if it is: a size says
    /// more than a colour, that more than a style.
    pub fn exactness(&self, goods: &Goods<'_>) -> Option<u8> {
        if self.is_carton_type {
            return None;
        }
        let named = |own: Option<&str>, theirs: Option<&str>| match (own, theirs) {
            (None, _) => Some(false),
            (Some(own), Some(theirs)) if own == theirs => Some(true),
            _ => None,
        };
        let style = match (self.styles.as_slice(), goods.style) {
            ([], _) | ([_], None) => false,
            (styles, Some(style)) if styles.iter().any(|own| own == style) => true,
            _ => return None,
        };
        // An order that the goods do not name cannot be another one.
        let po = match goods.po {
            Some(po) => named(self.po.as_deref(), Some(po)),
            None => Some(false),
        };
        // A spec for the style holds for it in other orders too, less exactly.
        let po = if style { po.unwrap_or(false) } else { po? };
        let colour = named(self.colour.as_deref(), goods.colour)?;
        let size = match (&self.sizes, goods.size) {
            (None, _) => false,
            (Some(sizes), Some(size)) if covers(sizes, size, goods.sequence) => true,
            _ => return None,
        };
        Some(u8::from(size) * 8 + u8::from(colour) * 4 + u8::from(style) * 2 + u8::from(po))
    }
}

/// Goods that facts are asked for, by keys.
#[derive(Debug, Clone, Copy)]
pub struct Goods<'a> {
    /// The customer's order.
    pub po: Option<&'a str>,
    /// The style.
    pub style: Option<&'a str>,
    /// The colour.
    pub colour: Option<&'a str>,
    /// The size.
    pub size: Option<&'a str>,
    /// All sizes of the order in their sequence.
    pub sequence: &'a [String],
}

fn not_understood(value: impl ToString, place: &Place) -> Finding {
    Finding::of(codes::FACT_UNREAD).with("found", value).at(place.at.clone())
}

fn put<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    let understood = value.is_some();
    if understood {
        *place = value;
    }
    understood
}

fn whole(value: &str) -> Option<u64> {
    figures(value).first().and_then(|(figure, _)| figure.to_u64()).filter(|count| *count > 0)
}

/// Several styles in one cell: `K6101/K6102`.
fn split_styles(text: &str) -> Vec<String> {
    let parts = text.split(['/', '、', ',', '，', ';', '\n']);
    let mut styles: Vec<String> = parts.map(style_key).filter(|key| !key.is_empty()).collect();
    styles.dedup();
    styles
}
