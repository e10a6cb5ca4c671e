//! What a carrier charges beside the freight: fees that belong to every
//! parcel (面单费), and fees that are agreed for when they occur (包装费).

use std::sync::Arc;

use rust_decimal::{Decimal, RoundingStrategy};

/// A fee that was agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fee {
    /// Its name as the card writes it.
    pub name: Arc<str>,
    /// What it is.
    pub amount: FeeAmount,
    /// Whether every parcel pays it; otherwise it is paid where it is billed.
    pub always: bool,
}

/// How a fee is reckoned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeeAmount {
    /// The same for every parcel.
    Fixed(Decimal),
    /// By the chargeable kilogram, at least `minimum`.
    PerKg {
        /// For one kilogram.
        rate: Decimal,
        /// At least this.
        minimum: Decimal,
    },
    /// A share of the freight (燃油附加费 8%).
    OfFreight(Decimal),
    /// A share of the declared value: of its full multiples of `unit`, if it
    /// has one.
    OfValue {
        /// The share (0.005).
        rate: Decimal,
        /// Values below a full multiple of this count as nothing.
        unit: Option<Decimal>,
        /// At least this.
        minimum: Decimal,
    },
    /// Agreed, whatever it comes to.
    AsBilled,
}

/// What a fee may depend on.
#[derive(Debug, Clone, Copy, Default)]
pub struct FeeBase {
    /// The chargeable weight.
    pub weight: Decimal,
    /// The freight at list price.
    pub freight: Decimal,
    /// The value that the sender declared.
    pub value: Option<Decimal>,
}

impl Fee {
    /// Returns what is agreed for a parcel for which `billed` was charged;
    /// `None` if that cannot be known (no declared value).
    pub fn agreed(&self, base: FeeBase, billed: Decimal) -> Option<Decimal> {
        let agreed = match self.amount {
            FeeAmount::Fixed(amount) => amount,
            FeeAmount::PerKg { rate, minimum } => base.weight.checked_mul(rate)?.max(minimum),
            FeeAmount::OfFreight(rate) => base.freight.checked_mul(rate)?,
            FeeAmount::OfValue { rate, unit, minimum } => {
                let value = base.value?;
                let counted = match unit.filter(|unit| *unit > Decimal::ZERO) {
                    Some(unit) => value.checked_div(unit)?.floor().checked_mul(unit)?,
                    None => value,
                };
                counted.checked_mul(rate)?.max(minimum)
            }
            FeeAmount::AsBilled => billed,
        };
        Some(agreed.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fee(amount: FeeAmount) -> Fee {
        Fee { name: "x".into(), amount, always: false }
    }

    #[test]
    fn insurance_counts_full_thousands() {
        let insurance = fee(FeeAmount::OfValue {
            rate: Decimal::new(5, 3),
            unit: Some(Decimal::from(1000)),
            minimum: Decimal::ZERO,
        });
        let of = |value: i64| {
            let base = FeeBase { value: Some(value.into()), ..FeeBase::default() };
            insurance.agreed(base, Decimal::ZERO).unwrap()
        };
        assert_eq!(of(2999), Decimal::from(10));
        assert_eq!(of(3000), Decimal::from(15));
        assert_eq!(of(999), Decimal::from(0));
        assert_eq!(insurance.agreed(FeeBase::default(), Decimal::ONE), None);
    }

    #[test]
    fn shares_weights_and_minimums() {
        let base = FeeBase { weight: Decimal::from(3), freight: Decimal::from(40), value: None };
        let fuel = fee(FeeAmount::OfFreight(Decimal::new(8, 2)));
        assert_eq!(fuel.agreed(base, Decimal::ZERO), Some(Decimal::new(320, 2)));
        let transfer = |minimum: i64| {
            fee(FeeAmount::PerKg { rate: Decimal::new(12, 1), minimum: minimum.into() })
        };
        assert_eq!(transfer(1).agreed(base, Decimal::ZERO), Some(Decimal::new(36, 1)));
        assert_eq!(transfer(5).agreed(base, Decimal::ZERO), Some(Decimal::from(5)));
        let any = fee(FeeAmount::AsBilled);
        assert_eq!(any.agreed(base, Decimal::new(77, 1)), Some(Decimal::new(77, 1)));
    }
}
