//! How carriers round a weight before they price it.

use rust_decimal::Decimal;

/// A carrier's way with fractions of a kilogram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// The weight as it is.
    Actual,
    /// Up to the next multiple of a step (1 kg, 0.5 kg, 100 g).
    Up(Decimal),
    /// To the nearest multiple of a step, halves up.
    Nearest(Decimal),
    /// Up to half a kilogram lies on the scale: half; more: up to whole ones.
    HalfThenWhole,
    /// Up to whole kilograms, with so much of each forgiven (1.3 is still 1).
    Forgiving(Decimal),
}

impl Rounding {
    /// Rounds a weight; `None` if the figures are beyond reason.
    pub fn apply(self, weight: Decimal) -> Option<Decimal> {
        let half = Decimal::new(5, 1);
        match self {
            Self::Actual => Some(weight),
            Self::Up(step) => steps(weight, step)?.checked_mul(step),
            Self::Nearest(step) => {
                let shifted = weight.checked_div(positive(step)?)?.checked_add(half)?;
                shifted.floor().checked_mul(step)
            }
            Self::HalfThenWhole if weight <= half => Some(half),
            Self::HalfThenWhole => Some(weight.ceil()),
            Self::Forgiving(share) => Some(weight.checked_sub(share)?.ceil().max(Decimal::ONE)),
        }
        .map(|rounded| rounded.normalize())
    }
}

/// Returns how many steps a weight takes, the last one whole.
pub(super) fn steps(weight: Decimal, step: Decimal) -> Option<Decimal> {
    Some(weight.checked_div(positive(step)?)?.ceil())
}

fn positive(step: Decimal) -> Option<Decimal> {
    (step > Decimal::ZERO).then_some(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded(rounding: Rounding, weight: &str) -> String {
        rounding.apply(weight.parse().unwrap()).unwrap().to_string()
    }

    #[test]
    fn every_way_that_carriers_have() {
        let tenth = Decimal::new(1, 1);
        let (half, one) = (Decimal::new(5, 1), Decimal::ONE);
        for (rounding, weight, expected) in [
            (Rounding::Actual, "2.34", "2.34"),
            (Rounding::Up(one), "2.01", "3"),
            (Rounding::Up(one), "3.00", "3"),
            (Rounding::Up(half), "2.01", "2.5"),
            (Rounding::Up(half), "2.5", "2.5"),
            (Rounding::Up(half), "2.51", "3"),
            (Rounding::Up(tenth), "2.34", "2.4"),
            (Rounding::HalfThenWhole, "0.3", "0.5"),
            (Rounding::HalfThenWhole, "0.5", "0.5"),
            (Rounding::HalfThenWhole, "0.51", "1"),
            (Rounding::HalfThenWhole, "1.2", "2"),
            (Rounding::Nearest(one), "1.49", "1"),
            (Rounding::Nearest(one), "1.5", "2"),
            (Rounding::Nearest(half), "1.25", "1.5"),
            (Rounding::Forgiving(Decimal::new(3, 1)), "1.3", "1"),
            (Rounding::Forgiving(Decimal::new(3, 1)), "1.31", "2"),
            (Rounding::Forgiving(Decimal::new(3, 1)), "2.3", "2"),
            (Rounding::Forgiving(Decimal::new(3, 1)), "3.4", "4"),
            (Rounding::Forgiving(Decimal::new(3, 1)), "0.2", "1"),
        ] {
            assert_eq!(rounded(rounding, weight), expected, "{rounding:?} of {weight}");
        }
    }

    #[test]
    fn a_step_of_nothing_is_refused() {
        assert_eq!(Rounding::Up(Decimal::ZERO).apply(Decimal::ONE), None);
        assert_eq!(Rounding::Nearest(-Decimal::ONE).apply(Decimal::ONE), None);
    }
}
