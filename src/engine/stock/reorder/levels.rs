//! Safety stock and reorder point: as the sheets give them, or by the simple
//! or the statistical form.

use rust_decimal::{Decimal, RoundingStrategy};

use super::Rules;
use super::sources::Planned;

/// By which form a level was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// The sheet gives it.
    Given,
    /// Daily usage × days.
    Simple,
    /// By the deviations of usage and lead time.
    Statistical,
}

/// The levels that an item is held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Levels {
    /// Below this somebody is to be told.
    pub safety_stock: Option<Decimal>,
    /// How it was found.
    pub safety_method: Method,
    /// Below this it is to be bought; the safety stock where nothing gives
    /// another one.
    pub reorder_point: Option<Decimal>,
    /// How it was found.
    pub point_method: Method,
}

impl Levels {
    /// Finds the levels of an item.
    pub(super) fn of(planned: &Planned, rules: &Rules) -> Self {
        let (safety_stock, safety_method) = match planned.safety_stock {
            Some(given) => (Some(given), Method::Given),
            None => computed_safety(planned, rules),
        };
        let lead = planned.lead_days.or(rules.lead_days);
        let by_lead = || {
            let during = planned.daily_usage?.checked_mul(lead?)?;
            during.checked_add(safety_stock.unwrap_or_default()).map(whole)
        };
        let (reorder_point, point_method) = match planned.reorder_point {
            Some(given) => (Some(given), Method::Given),
            None => match by_lead() {
                Some(point) if safety_method == Method::Statistical => {
                    (Some(point), Method::Statistical)
                }
                Some(point) => (Some(point), Method::Simple),
                None => (safety_stock, safety_method),
            },
        };
        Self { safety_stock, safety_method, reorder_point, point_method }
    }

    /// Returns the level that stock and orders together are to reach.
    pub fn target(&self) -> Option<Decimal> {
        self.reorder_point.max(self.safety_stock)
    }
}

/// Computes the safety stock in the form that is asked for, or in the one for
/// which enough is known.
fn computed_safety(planned: &Planned, rules: &Rules) -> (Option<Decimal>, Method) {
    let simple = || {
        let days = planned.safety_days.or(rules.safety_days)?;
        planned.daily_usage?.checked_mul(days).map(whole)
    };
    let by_deviation = || {
        let lead = planned.lead_days.or(rules.lead_days)?;
        statistical(
            rules.service_factor,
            planned.daily_usage?,
            planned.usage_deviation?,
            lead,
            planned.lead_deviation.unwrap_or_default(),
        )
        .map(whole)
    };
    let wants = |method| rules.method.is_none_or(|asked| asked == method);
    let stated = planned.deviation_given || rules.method == Some(Method::Statistical);
    if wants(Method::Statistical)
        && stated
        && let Some(safety) = by_deviation()
    {
        return (Some(safety), Method::Statistical);
    }
    (simple(), Method::Simple)
}

/// Returns z·√(L·σd² + d²·σL²).
fn statistical(
    factor: Decimal,
    usage: Decimal,
    usage_deviation: Decimal,
    lead: Decimal,
    lead_deviation: Decimal,
) -> Option<Decimal> {
    let square = |number: Decimal| number.checked_mul(number);
    let of_usage = lead.checked_mul(square(usage_deviation)?)?;
    let of_lead = square(usage)?.checked_mul(square(lead_deviation)?)?;
    factor.checked_mul(root(of_usage.checked_add(of_lead)?)?)
}

/// Returns the square root of a number, to more digits than stock is kept in;
/// `None` for negative ones.
pub(super) fn root(number: Decimal) -> Option<Decimal> {
    /// Newton's steps double the digits that are right; the first ones only
    /// halve what is too large.
    const STEPS: usize = 120;
    if number.is_sign_negative() || number.is_zero() {
        return number.is_zero().then_some(Decimal::ZERO);
    }
    // Never below the root: from above, every step comes nearer.
    let mut guess = number.checked_div(Decimal::TWO)?.max(Decimal::TWO);
    for _ in 0..STEPS {
        let next = guess.checked_add(number.checked_div(guess)?)?.checked_div(Decimal::TWO)?;
        if next >= guess {
            break;
        }
        guess = next;
    }
    Some(guess)
}

/// Rounds a level to whole units, half up.
fn whole(level: Decimal) -> Decimal {
    level.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned() -> Planned {
        Planned {
            daily_usage: Some(40.into()),
            lead_days: Some(7.into()),
            safety_days: Some(3.into()),
            ..Planned::default()
        }
    }

    fn rules() -> Rules {
        Rules {
            method: None,
            lead_days: None,
            safety_days: None,
            service_factor: Decimal::new(165, 2),
        }
    }

    #[test]
    fn the_simple_form_is_usage_times_days() {
        let levels = Levels::of(&planned(), &rules());
        assert_eq!(levels.safety_stock, Some(120.into()));
        assert_eq!(levels.reorder_point, Some(400.into()));
        assert_eq!(levels.point_method, Method::Simple);
    }

    #[test]
    fn the_statistical_form_goes_by_deviations() {
        let deviations = Planned {
            usage_deviation: Some(12.into()),
            lead_deviation: Some(Decimal::new(15, 1)),
            deviation_given: true,
            ..planned()
        };
        let levels = Levels::of(&deviations, &rules());
        assert_eq!(levels.safety_stock, Some(112.into()));
        assert_eq!(levels.safety_method, Method::Statistical);
        assert_eq!(levels.reorder_point, Some(392.into()));
        let simple = Rules { method: Some(Method::Simple), ..rules() };
        assert_eq!(Levels::of(&deviations, &simple).safety_stock, Some(120.into()));
    }

    #[test]
    fn what_the_sheet_gives_goes_before_what_could_be_computed() {
        let given = Planned { safety_stock: Some(90.into()), ..planned() };
        let levels = Levels::of(&given, &rules());
        assert_eq!((levels.safety_stock, levels.safety_method), (Some(90.into()), Method::Given));
        assert_eq!(levels.reorder_point, Some(370.into()));
        let alone = Planned { safety_stock: Some(90.into()), ..Planned::default() };
        assert_eq!(Levels::of(&alone, &rules()).target(), Some(90.into()));
        assert_eq!(Levels::of(&Planned::default(), &rules()).target(), None);
    }

    #[test]
    fn roots_are_right_to_many_digits() {
        for (number, expected) in
            [("4", "2"), ("4608", "67.8822509939"), ("0.25", "0.5"), ("0", "0")]
        {
            let found = root(number.parse().unwrap()).unwrap().round_dp(10);
            assert_eq!(found, expected.parse().unwrap(), "{number}");
        }
        assert_eq!(root(Decimal::NEGATIVE_ONE), None);
        assert!(root(Decimal::MAX).is_some());
    }
}
