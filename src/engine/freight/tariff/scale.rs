//! What one zone costs: tiers of weight, each with a fixed price, a first and
//! a continued weight, or a price by the kilogram.

use rust_decimal::Decimal;

use super::rounding::steps;

/// The prices of one zone: tiers, lightest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scale {
    /// The tiers, by the weight they begin at.
    tiers: Vec<Tier>,
    /// Where its words leave open how a price of a range is meant: the tiers of
    /// each way, while nothing has decided between them.
    open: Vec<(Reading, Vec<Tier>)>,
}

/// How the price of a range of weights (续重 3-10kg) is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reading {
    /// Each kilogram at the price of its own range.
    ByRange,
    /// All that is beyond the first weight at the price of the range that the
    /// parcel reaches.
    BeyondFirst,
    /// The whole weight at the price of the range that the parcel reaches.
    Whole,
}

impl Reading {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::ByRange, Self::BeyondFirst, Self::Whole];
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
        Self { tiers, open: Vec::new() }
    }

    /// Leaves open which of several ways its prices are meant.
    #[must_use]
    pub fn or(mut self, readings: Vec<(Reading, Vec<Tier>)>) -> Self {
        let sorted = readings.into_iter().map(|(way, tiers)| (way, Self::new(tiers).tiers));
        self.open = sorted.collect();
        self
    }

    /// Returns the ways that are still open.
    pub fn readings(&self) -> impl Iterator<Item = Reading> + '_ {
        self.open.iter().map(|(way, _)| *way)
    }

    /// Reads its prices one way from now on.
    pub fn read_as(&mut self, reading: Reading) {
        let found = self.open.iter().position(|(way, _)| *way == reading);
        if let Some(at) = found {
            self.tiers = self.open.swap_remove(at).1;
        }
        self.open.clear();
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

    /// Prices a parcel; `None` if no tier is for its weight, or if the ways in
    /// which the prices may be meant come to different sums.
    pub fn price(&self, weight: Decimal, pieces: Decimal) -> Option<Weighed> {
        let priced = Self::by(&self.tiers, weight, pieces)?;
        let sum = |weighed: Weighed| weighed.first.checked_add(weighed.continued);
        let is_same = |(_, tiers): &(Reading, Vec<Tier>)| {
            Self::by(tiers, weight, pieces).and_then(sum) == sum(priced)
        };
        self.open.iter().all(is_same).then_some(priced)
    }

    fn by(tiers: &[Tier], weight: Decimal, pieces: Decimal) -> Option<Weighed> {
        let begun = |tier: &&Tier| weight > tier.over || tier.including && weight == tier.over;
        let lightest = tiers.first().filter(|tier| weight <= tier.over);
        let tier = tiers.iter().rev().find(begun).or(lightest)?;
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
