//! What one zone costs: tiers of weight, each with a fixed price, a first and
//! a continued weight, or a price by the kilogram.

use rust_decimal::Decimal;

use super::rounding::steps;

/// The prices of one zone: tiers, lightest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scale {
    /// The tiers, by the weight they begin at.
    tiers: Vec<Tier>,
}

/// What parcels between two weights cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tier {
    /// The weight it begins above.
    pub over: Decimal,
    /// Whether that weight itself belongs to it.
    pub including: bool,
    /// The last weight it holds for; `None`: to the next tier, or for ever.
    pub up_to: Option<Decimal>,
    /// What is paid.
    pub price: Price,
}

/// What is paid for a parcel of a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Price {
    /// The same for all of them.
    Fixed(Decimal),
    /// The same for each piece.
    PerPiece(Decimal),
    /// A first weight, and steps beyond it.
    Stepped {
        /// The first weight.
        first_weight: Decimal,
        /// Its price.
        first_price: Decimal,
        /// The step beyond it.
        step: Decimal,
        /// The price of one step, begun or whole.
        step_price: Decimal,
    },
    /// A first weight, and every gram beyond it.
    Continuous {
        /// The first weight.
        first_weight: Decimal,
        /// Its price.
        first_price: Decimal,
        /// The price of one more kilogram.
        per_kg: Decimal,
    },
}

/// What a scale says of one parcel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weighed {
    /// The weight that is paid for.
    pub chargeable: Decimal,
    /// The part for the first weight, or the whole of a fixed price.
    pub first: Decimal,
    /// How many steps beyond it.
    pub steps: Decimal,
    /// The part for these.
    pub continued: Decimal,
    /// The cubic metres that are paid for instead of the weight.
    pub metres: Option<Decimal>,
}

impl Scale {
    /// Makes the scale of these tiers.
    pub fn new(mut tiers: Vec<Tier>) -> Self {
        tiers.sort_by_key(|tier| (tier.over, !tier.including));
        Self { tiers }
    }

    /// Makes a scale of one price for all weights.
    pub fn of(price: Price) -> Self {
        Self::new(vec![Tier::above(Decimal::ZERO, price)])
    }

    /// Makes a scale of one first and continued weight.
    pub fn stepped(
        first_weight: Decimal,
        first_price: Decimal,
        step: Decimal,
        step_price: Decimal,
    ) -> Self {
        let price = Price::Stepped { first_weight, first_price, step, step_price };
        Self::of(price)
    }

    /// Returns its tiers, lightest first.
    pub fn tiers(&self) -> &[Tier] {
        &self.tiers
    }

    /// Prices a parcel; `None` if no tier is for its weight.
    pub fn price(&self, weight: Decimal, pieces: Decimal) -> Option<Weighed> {
        let begun = |tier: &&Tier| weight > tier.over || tier.including && weight == tier.over;
        let lightest = self.tiers.first().filter(|tier| weight <= tier.over);
        let tier = self.tiers.iter().rev().find(begun).or(lightest)?;
        if tier.up_to.is_some_and(|last| weight > last) {
            return None;
        }
        tier.price.weighed(weight, pieces)
    }
}

impl Tier {
    /// Makes a tier for all that is heavier than `over`.
    pub fn above(over: Decimal, price: Price) -> Self {
        Self { over, including: false, up_to: None, price }
    }
}

impl Weighed {
    /// Makes one price for all of a parcel.
    pub(super) fn flat(weight: Decimal, price: Decimal) -> Self {
        let none = Decimal::ZERO;
        Self { chargeable: weight, first: price, steps: none, continued: none, metres: None }
    }
}

impl Price {
    /// Returns what a parcel of this weight costs, where what is heavier goes
    /// on from it; `None` if the weight does not make the price.
    pub(in crate::engine::freight) fn up_to(self, weight: Decimal) -> Option<Decimal> {
        if matches!(self, Self::PerPiece(_)) {
            return None;
        }
        let weighed = self.weighed(weight, Decimal::ONE)?;
        weighed.first.checked_add(weighed.continued)
    }

    fn weighed(self, weight: Decimal, pieces: Decimal) -> Option<Weighed> {
        let flat = |price| Weighed::flat(weight, price);
        let (first_weight, first_price) = match self {
            Self::Fixed(price) => return Some(flat(price)),
            Self::PerPiece(price) => return Some(flat(price.checked_mul(pieces)?)),
            Self::Stepped { first_weight, first_price, .. }
            | Self::Continuous { first_weight, first_price, .. } => (first_weight, first_price),
        };
        let beyond = weight.checked_sub(first_weight)?.max(Decimal::ZERO);
        let (chargeable, steps, continued) = match self {
            Self::Stepped { step, step_price, .. } => {
                let steps = steps(beyond, step)?;
                let chargeable = first_weight.checked_add(steps.checked_mul(step)?)?;
                (chargeable, steps, steps.checked_mul(step_price)?)
            }
            Self::Continuous { per_kg, .. } => {
                (first_weight.max(weight), beyond, beyond.checked_mul(per_kg)?)
            }
            Self::Fixed(_) | Self::PerPiece(_) => return None,
        };
        Some(Weighed {
            chargeable: chargeable.normalize(),
            first: first_price,
            steps: steps.normalize(),
            continued,
            metres: None,
        })
    }
}
