//! What `gendan.toml` says of over and short shipment: how much of an order
//! may be shipped more or less, by type, market and quantity.

use rust_decimal::Decimal;

use super::raw::RawOverShort;
use super::valid::{Source, decimal};
use crate::error::Result;
use crate::text::fold;

/// A rule for over and short shipment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OverShortSetting {
    /// What it is called.
    pub name: String,
    /// The order types it is for, folded; none: all.
    pub types: Vec<String>,
    /// The markets it is for, folded; none: all.
    pub markets: Vec<String>,
    /// The fewest pieces of an order it is for.
    pub from: Option<u64>,
    /// The most pieces of an order it is for.
    pub to: Option<u64>,
    /// Per cent that may be over.
    pub over: Decimal,
    /// Per cent that may be short.
    pub short: Decimal,
}

impl Source<'_> {
    pub(super) fn over_short(&self, raw: &[RawOverShort]) -> Result<Vec<OverShortSetting>> {
        let rule = |raw: &RawOverShort| {
            let percent = |number: &toml::Spanned<super::raw::Number>| {
                decimal(number.get_ref())
                    .filter(|value| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(value))
                    .ok_or_else(|| self.bad(number, "percent"))
            };
            let fold_all = |words: &[String]| words.iter().map(|word| fold(word)).collect();
            Ok(OverShortSetting {
                name: raw.name.clone(),
                types: fold_all(&raw.types),
                markets: fold_all(&raw.markets),
                from: raw.from,
                to: raw.to,
                over: percent(&raw.over)?,
                short: percent(&raw.short)?,
            })
        };
        raw.iter().map(rule).collect()
    }
}
