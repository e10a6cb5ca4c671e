//! `gendan.toml` as it is written. A key that means nothing is an error: a
//! misspelt setting that is silently ignored is worse than none.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::containers::Container;

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Raw {
    pub(super) lang: Option<toml::Spanned<String>>,
    pub(super) company: RawCompany,
    pub(super) matching: RawMatching,
    pub(super) tax: RawTax,
    pub(super) packs: BTreeMap<String, toml::Spanned<Number>>,
    pub(super) words: Vec<RawWords>,
    pub(super) files: Vec<RawFile>,
    pub(super) suppliers: Vec<RawSupplier>,
    pub(super) over_short: Vec<RawOverShort>,
    pub(super) carriers: Vec<RawCarrier>,
    pub(super) calendar: RawCalendar,
    pub(super) stock: RawStock,
    pub(super) numbering: BTreeMap<String, toml::Spanned<String>>,
    pub(super) containers: Vec<toml::Spanned<Container>>,
    pub(super) labels: RawLabels,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawCompany {
    pub(super) name: Option<String>,
    pub(super) aliases: Vec<String>,
    pub(super) address: Option<String>,
    pub(super) phone: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawMatching {
    pub(super) tolerance: Option<toml::Spanned<Number>>,
    pub(super) days: Option<toml::Spanned<i64>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawTax {
    pub(super) rates: Option<Vec<toml::Spanned<Number>>>,
    pub(super) ours_included: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWords {
    pub(super) kind: toml::Spanned<String>,
    pub(super) field: toml::Spanned<String>,
    pub(super) words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFile {
    pub(super) pattern: toml::Spanned<String>,
    pub(super) sheet: Option<String>,
    pub(super) kind: Option<toml::Spanned<String>>,
    pub(super) party: Option<String>,
    #[serde(default)]
    pub(super) header_rows: Vec<toml::Spanned<i64>>,
    #[serde(default)]
    pub(super) columns: BTreeMap<String, toml::Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSupplier {
    pub(super) name: toml::Spanned<String>,
    #[serde(default)]
    pub(super) aliases: Vec<toml::Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCarrier {
    pub(super) name: toml::Spanned<String>,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    pub(super) divisor: Option<toml::Spanned<Number>>,
    pub(super) rounding: Option<toml::Spanned<String>>,
    pub(super) first_weight: Option<toml::Spanned<Number>>,
    pub(super) step: Option<toml::Spanned<Number>>,
    pub(super) discount: Option<toml::Spanned<Number>>,
    pub(super) minimum: Option<toml::Spanned<Number>>,
    pub(super) average: Option<RawAverage>,
    #[serde(default)]
    pub(super) fees: BTreeMap<String, toml::Spanned<Number>>,
    #[serde(default)]
    pub(super) zones: Vec<RawZone>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawAverage {
    pub(super) up_to: Option<toml::Spanned<Number>>,
    pub(super) agreed: Option<toml::Spanned<Number>>,
    pub(super) step: Option<toml::Spanned<Number>>,
    pub(super) price: Option<toml::Spanned<Number>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawZone {
    #[serde(default)]
    pub(super) name: String,
    pub(super) places: toml::Spanned<String>,
    pub(super) first: Option<toml::Spanned<Number>>,
    pub(super) continued: Option<toml::Spanned<Number>>,
    pub(super) per_kg: Option<toml::Spanned<Number>>,
    pub(super) per_cubic: Option<toml::Spanned<Number>>,
    pub(super) minimum: Option<toml::Spanned<Number>>,
    #[serde(default)]
    pub(super) tiers: BTreeMap<String, toml::Spanned<Number>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawCalendar {
    pub(super) closed: Vec<toml::Spanned<String>>,
    pub(super) worked: Vec<toml::Spanned<String>>,
    pub(super) six_day_week: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawStock {
    pub(super) lead_days: Option<toml::Spanned<Number>>,
    pub(super) safety_days: Option<toml::Spanned<Number>>,
    pub(super) service_factor: Option<toml::Spanned<Number>>,
    pub(super) recount_percent: Option<toml::Spanned<Number>>,
    pub(super) recount_value: Option<toml::Spanned<Number>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawLabels {
    pub(super) company_prefix: Option<toml::Spanned<String>>,
    pub(super) next_serial: Option<toml::Spanned<u64>>,
    pub(super) extension: Option<toml::Spanned<u8>>,
    pub(super) heavy_above: Option<toml::Spanned<Number>>,
}

/// A number as people write it in the file: bare or in quotes.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Number {
    Whole(i64),
    /// The digits of a bare decimal are the shortest that read back as it.
    Decimal(f64),
    Text(String),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOverShort {
    pub(super) name: String,
    #[serde(default)]
    pub(super) types: Vec<String>,
    #[serde(default)]
    pub(super) markets: Vec<String>,
    pub(super) from: Option<u64>,
    pub(super) to: Option<u64>,
    pub(super) over: toml::Spanned<Number>,
    pub(super) short: toml::Spanned<Number>,
}
