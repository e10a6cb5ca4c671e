//! The carton: what is in it, what it weighs, how large it is. Cartons packed
//! alike and numbered one after the other are one range.

use std::sync::Arc;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::location::Location;

/// Decimals of a weight in kilograms as lists print it.
pub const WEIGHT_DECIMALS: u32 = 2;
/// Decimals of a carton's volume in cubic metres as lists print it.
pub const CBM_DECIMALS: u32 = 4;

/// How a carton is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CartonKind {
    /// One colour, one size.
    Solid,
    /// Sizes in a fixed ratio.
    Ratio,
    /// What is left of several sizes.
    Mixed,
}

/// Pieces of one kind in a carton.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The customer's order.
    pub po: Option<Arc<str>>,
    /// The style.
    pub style: Option<Arc<str>>,
    /// The colour.
    pub colour: Option<Arc<str>>,
    /// The size, with its inseam if it has one; `None` for goods without
    /// sizes.
    pub size: Option<Arc<str>>,
    /// How many are in one carton; a fraction where a piece takes several.
    pub pieces: Decimal,
}

/// The outside of a carton, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Outer {
    /// Its length.
    pub length: Decimal,
    /// Its width.
    pub width: Decimal,
    /// Its height.
    pub height: Decimal,
}

impl Outer {
    /// Makes the outside of its three edges.
    pub fn new(edges: [Decimal; 3]) -> Self {
        let [length, width, height] = edges;
        Self { length, width, height }
    }

    /// Returns the volume in cubic metres, rounded as lists print it; `None`
    /// if it cannot be held.
    pub fn cbm(&self) -> Option<Decimal> {
        let volume = self.length.checked_mul(self.width)?.checked_mul(self.height)?;
        let metres = volume.checked_div(Decimal::from(1_000_000_000))?;
        Some(rounded(metres, CBM_DECIMALS))
    }
}

/// Weights of one carton in kilograms, rounded as lists print them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Weights {
    /// The goods alone.
    pub net_net: Option<Decimal>,
    /// Goods with polybags and inner packs.
    pub net: Option<Decimal>,
    /// With the carton.
    pub gross: Option<Decimal>,
}

/// Cartons packed alike and numbered one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartonRange {
    /// The first number.
    pub from: u32,
    /// The last number.
    pub to: u32,
    /// Where they go.
    pub destination: Option<Arc<str>>,
    /// What is in one of them, in the order of the list.
    pub contents: Vec<Content>,
    /// How they are filled.
    pub kind: CartonKind,
    /// Whether they hold what was left over (尾箱).
    pub odd: bool,
    /// What one of them weighs.
    pub weights: Weights,
    /// Whether the gross weight was taken from a scale.
    pub weighed: bool,
    /// How large one of them is.
    pub outer: Option<Outer>,
    /// The volume of one of them in cubic metres.
    pub cbm: Option<Decimal>,
    /// The row of a list that they were read from.
    pub at: Option<Location>,
}

impl CartonRange {
    /// Returns how many cartons they are.
    pub fn count(&self) -> u32 {
        self.to.saturating_sub(self.from).saturating_add(1)
    }

    /// Returns the pieces in one carton.
    pub fn pieces_each(&self) -> Decimal {
        sum(self.contents.iter().map(|content| content.pieces))
    }

    /// Returns the pieces in all of them.
    pub fn pieces(&self) -> Decimal {
        times(self.pieces_each(), self.count())
    }

    /// Returns the customer's order, if all pieces are of one.
    pub fn po(&self) -> Option<&Arc<str>> {
        common(&self.contents, |content| content.po.as_ref())
    }

    /// Returns the style, if all pieces are of one.
    pub fn style(&self) -> Option<&Arc<str>> {
        common(&self.contents, |content| content.style.as_ref())
    }

    /// Returns the colour, if all pieces are of one.
    pub fn colour(&self) -> Option<&Arc<str>> {
        common(&self.contents, |content| content.colour.as_ref())
    }

    /// Returns how its contents say that they are filled: one size and colour
    /// is solid, several in several cartons a ratio, in a single one mixed.
    pub fn kind_of(contents: &[Content], count: u32) -> CartonKind {
        match contents {
            [] | [_] => CartonKind::Solid,
            _ if count > 1 => CartonKind::Ratio,
            _ => CartonKind::Mixed,
        }
    }
}

/// Sums of cartons: exact sums of the figures as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    /// How many cartons.
    pub cartons: u64,
    /// How many pieces.
    pub pieces: Decimal,
    /// Their net weight; `None` if one of them is not known.
    pub net: Option<Decimal>,
    /// Their gross weight.
    pub gross: Option<Decimal>,
    /// Their volume.
    pub cbm: Option<Decimal>,
}

impl Sum {
    /// Adds up cartons.
    pub fn of<'a>(ranges: impl IntoIterator<Item = &'a CartonRange>) -> Self {
        let zero = Some(Decimal::ZERO);
        let mut total = Self { net: zero, gross: zero, cbm: zero, ..Self::default() };
        for range in ranges {
            let count = range.count();
            let add =
                |sum: Option<Decimal>, each: Option<Decimal>| sum?.checked_add(times(each?, count));
            total.cartons += u64::from(count);
            total.pieces = total.pieces.checked_add(range.pieces()).unwrap_or(total.pieces);
            total.net = add(total.net, range.weights.net);
            total.gross = add(total.gross, range.weights.gross);
            total.cbm = add(total.cbm, range.cbm);
        }
        total
    }
}

/// Rounds half up.
pub fn rounded(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

fn common<'a>(
    contents: &'a [Content],
    value: impl Fn(&'a Content) -> Option<&'a Arc<str>>,
) -> Option<&'a Arc<str>> {
    let first = value(contents.first()?);
    contents.iter().all(|content| value(content) == first).then_some(first)?
}

fn sum(values: impl Iterator<Item = Decimal>) -> Decimal {
    values.fold(Decimal::ZERO, |sum, value| sum.checked_add(value).unwrap_or(sum))
}

fn times(each: Decimal, count: u32) -> Decimal {
    each.checked_mul(Decimal::from(count)).unwrap_or(Decimal::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_volume_is_rounded_for_one_carton_before_it_is_multiplied() {
        let outer = Outer::new([580, 380, 300].map(Decimal::from));
        assert_eq!(outer.cbm(), Some(Decimal::new(661, 4)));
        let range = CartonRange {
            from: 1,
            to: 24,
            destination: None,
            contents: Vec::new(),
            kind: CartonKind::Solid,
            odd: false,
            weights: Weights { gross: Some(Decimal::new(833, 2)), ..Weights::default() },
            weighed: false,
            outer: Some(outer),
            cbm: outer.cbm(),
            at: None,
        };
        let sum = Sum::of([&range]);
        assert_eq!(sum.cartons, 24);
        assert_eq!(sum.cbm, Some(Decimal::new(15864, 4)));
        assert_eq!(sum.gross, Some(Decimal::new(19992, 2)));
        assert_eq!(sum.net, None, "a weight that is not known makes no sum");
    }
}
