//! What is to be packed: the pieces of one order, style and colour, by size,
//! with the facts and rules by which they are packed.

use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::carton::Outer;
use crate::location::Location;

/// How full cartons are filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    /// One size a carton.
    #[default]
    Solid,
    /// Sizes in a ratio.
    Ratio,
    /// Any sizes together.
    Mixed,
}

/// What may share a carton when full cartons are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mixing {
    /// Several sizes.
    pub sizes: bool,
    /// Several colours.
    pub colours: bool,
    /// Several styles.
    pub styles: bool,
    /// Several customer's orders.
    pub orders: bool,
    /// Whether the rest of one size may go to several cartons.
    pub split: bool,
}

impl Default for Mixing {
    /// Sizes within a colour; the rest of a size stays whole.
    fn default() -> Self {
        Self { sizes: true, colours: false, styles: false, orders: false, split: false }
    }
}

/// Where at most one carton may hold what is left over and not be full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OddLimit {
    /// In each colour.
    Colour,
    /// In each customer's order.
    Order,
}

/// How many pieces a carton holds: a fraction where a piece takes several
/// cartons, or a set is halved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PerCarton {
    /// Pieces ...
    pub pieces: u64,
    /// ... in so many cartons.
    pub cartons: u64,
}

impl PerCarton {
    /// Makes it of a figure: 24, 2.5, 0.5.
    pub fn of(figure: Decimal) -> Option<Self> {
        /// More pieces than this fit no carton.
        const MOST: u64 = 1_000_000;
        let figure = figure.normalize();
        let cartons = 10_u64.checked_pow(figure.scale()).filter(|_| figure.scale() <= 4)?;
        let pieces = figure.checked_mul(Decimal::from(cartons))?.to_u64()?;
        let common = gcd(pieces, cartons);
        (pieces > 0 && pieces <= MOST * cartons)
            .then(|| Self { pieces: pieces / common, cartons: cartons / common })
    }

    /// Returns it as a figure.
    pub fn figure(self) -> Decimal {
        Decimal::from(self.pieces).checked_div(Decimal::from(self.cartons)).unwrap_or_default()
    }
}

/// A kind of carton.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CartonType {
    /// Its outside.
    pub outer: Option<Outer>,
    /// What it weighs empty, in kilograms.
    pub tare: Option<Decimal>,
}

/// What is known of one size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PieceFacts {
    /// How many a carton holds.
    pub per_carton: Option<PerCarton>,
    /// What one weighs, in grams.
    pub grams: Option<Decimal>,
    /// What its polybag weighs, in grams.
    pub bag_grams: Option<Decimal>,
    /// How many stay together in an inner pack.
    pub inner: Option<u64>,
    /// How many of it a carton in ratio has.
    pub in_ratio: Option<u64>,
    /// The carton it goes into.
    pub carton: CartonType,
}

/// How a lot is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rules {
    /// How full cartons are filled.
    pub method: Method,
    /// The most a carton may weigh, in kilograms.
    pub max_gross: Option<Decimal>,
    /// What may share a carton.
    pub mixing: Mixing,
    /// The carton for what fills less than half of one.
    pub small: Option<CartonType>,
    /// Where at most one odd carton is allowed.
    pub odd_limit: Option<OddLimit>,
    /// The fewest pieces of a carton.
    pub minimum: Option<u64>,
    /// How many ratios may be chosen where none is given.
    pub patterns: usize,
}

/// Pieces of one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotLine {
    /// The size.
    pub size: Option<Arc<str>>,
    /// How many are ordered.
    pub pieces: u64,
    /// What is known of the size.
    pub facts: PieceFacts,
    /// Where the order says so.
    pub at: Option<Location>,
}

/// The pieces of one order, destination, style and colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lot {
    /// The customer's order.
    pub po: Option<Arc<str>>,
    /// Where they go.
    pub destination: Option<Arc<str>>,
    /// The style.
    pub style: Option<Arc<str>>,
    /// The colour.
    pub colour: Option<Arc<str>>,
    /// How they are packed.
    pub rules: Rules,
    /// The sizes, in the order's own sequence.
    pub lines: Vec<LotLine>,
}

impl Lot {
    /// Whether it is packed in ratios that nobody gave.
    pub(super) fn is_free(&self) -> bool {
        let given = |line: &LotLine| line.facts.in_ratio.is_some_and(|pieces| pieces > 0);
        self.rules.method == Method::Ratio && !self.lines.iter().any(given)
    }
}

impl LotLine {
    /// Returns how many a carton holds: what the spec says, or what the
    /// weight limit allows if that is less, in whole inner packs; `None` if
    /// the spec does not say.
    pub fn cap(&self, max_gross: Option<Decimal>) -> Option<PerCarton> {
        let said = self.facts.per_carton?;
        let by_weight = self.most_by_weight(max_gross).filter(|most| *most > 0);
        let cap = match by_weight {
            Some(most) if Decimal::from(most) < said.figure() => {
                PerCarton { pieces: most, cartons: 1 }
            }
            _ => said,
        };
        match self.facts.inner.filter(|inner| *inner > 1 && cap.cartons == 1) {
            Some(inner) if cap.pieces >= inner => {
                Some(PerCarton { pieces: cap.pieces / inner * inner, cartons: 1 })
            }
            _ => Some(cap),
        }
    }

    /// Returns how many pieces the weight limit allows.
    fn most_by_weight(&self, max_gross: Option<Decimal>) -> Option<u64> {
        let room = max_gross?.checked_sub(self.facts.carton.tare?)?;
        let each = self.facts.grams?.checked_add(self.facts.bag_grams.unwrap_or_default())?;
        let grams = room.checked_mul(Decimal::ONE_THOUSAND)?;
        if each <= Decimal::ZERO || grams <= Decimal::ZERO {
            return None;
        }
        grams.checked_div(each)?.floor().to_u64()
    }
}

/// Returns the greatest common divisor.
pub(super) fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a.max(1) } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(per_carton: u64, grams: i64, inner: Option<u64>) -> LotLine {
        let facts = PieceFacts {
            per_carton: PerCarton::of(per_carton.into()),
            grams: Some(grams.into()),
            bag_grams: Some(12.into()),
            inner,
            carton: CartonType { outer: None, tare: Some(Decimal::new(115, 2)) },
            ..PieceFacts::default()
        };
        LotLine { size: None, pieces: 0, facts, at: None }
    }

    #[test]
    fn the_cap_is_the_smaller_of_spec_and_weight_in_whole_packs() {
        let limit = Some(Decimal::from(15));
        let cap = |line: LotLine| line.cap(limit).map(|cap| cap.pieces);
        assert_eq!(cap(line(24, 455, None)), Some(24));
        // 13.85 kg / 612 g = 22.6.
        assert_eq!(cap(line(24, 600, None)), Some(22));
        assert_eq!(cap(line(24, 600, Some(6))), Some(18));
        assert_eq!(cap(line(24, 20_000, None)), Some(24), "one piece is too heavy: said later");
        assert_eq!(line(24, 600, None).cap(None).map(|cap| cap.pieces), Some(24));
    }

    #[test]
    fn pieces_per_carton_may_be_fractions() {
        let read = |text: &str| PerCarton::of(text.parse().unwrap());
        assert_eq!(read("24"), Some(PerCarton { pieces: 24, cartons: 1 }));
        assert_eq!(read("2.50"), Some(PerCarton { pieces: 5, cartons: 2 }));
        assert_eq!(read("0.5"), Some(PerCarton { pieces: 1, cartons: 2 }));
        assert_eq!(read("0"), None);
        assert_eq!(read("-3"), None);
    }
}
