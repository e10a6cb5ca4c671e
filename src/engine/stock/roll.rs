//! Rolls the stock of one key forward, movement by movement.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::records::stock::MovementClass;

/// A movement of one key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) class: MovementClass,
    pub(super) comes_in: bool,
    pub(super) quantity: Decimal,
    pub(super) price: Option<Decimal>,
    pub(super) day: Option<NaiveDate>,
    /// Its place among all movements.
    pub(super) movement: usize,
}

/// What a key's movements came to.
#[derive(Debug, Clone, Default)]
pub(super) struct Rolled {
    pub(super) opening: Decimal,
    pub(super) received: Decimal,
    pub(super) issued: Decimal,
    pub(super) adjusted: Decimal,
    pub(super) closing: Decimal,
    /// The moving average cost at the end.
    pub(super) cost: Option<Decimal>,
    /// What was used, transfers and returns to suppliers apart.
    pub(super) used: Decimal,
    pub(super) last_moved: Option<NaiveDate>,
    /// The movements that brought the stock below nought, with what it was
    /// then.
    pub(super) negatives: Vec<(usize, Decimal)>,
    /// Whether a figure grew too large to be held.
    pub(super) overflowed: bool,
}

/// Rolls a stock forward from its opening. `cost` is that of the opening.
pub(super) fn roll(opening: Decimal, cost: Option<Decimal>, steps: &[Step]) -> Rolled {
    let mut rolled = Rolled { opening, closing: opening, cost, ..Rolled::default() };
    for step in steps {
        if rolled.take(step).is_none() {
            rolled.overflowed = true;
            break;
        }
    }
    rolled
}

impl Rolled {
    /// Takes one movement in; `None` if a figure grows too large.
    fn take(&mut self, step: &Step) -> Option<()> {
        let before = self.closing;
        self.closing = before.checked_add(step.quantity)?;
        let column = match (step.class, step.comes_in) {
            (MovementClass::Opening, _) => &mut self.opening,
            (MovementClass::Adjustment, _) => &mut self.adjusted,
            (_, true) => &mut self.received,
            (_, false) => &mut self.issued,
        };
        let sided = step.comes_in
            || matches!(step.class, MovementClass::Opening | MovementClass::Adjustment);
        let counted = if sided { step.quantity } else { -step.quantity };
        *column = column.checked_add(counted)?;
        if step.class == MovementClass::Issue {
            self.used = self.used.checked_sub(step.quantity)?;
        }
        self.average(before, step);
        if !step.quantity.is_zero() && step.class != MovementClass::Opening {
            self.last_moved = self.last_moved.max(step.day);
        }
        let fell = self.closing.is_sign_negative() && !self.closing.is_zero();
        let was = before.is_sign_negative() && !before.is_zero();
        if fell && !was {
            self.negatives.push((step.movement, self.closing));
        }
        Some(())
    }

    /// Moves the average cost: goods that come in at a price change it, all
    /// other movements go at it.
    fn average(&mut self, before: Decimal, step: &Step) {
        let Some(price) = step.price.filter(|_| step.comes_in && step.quantity > Decimal::ZERO)
        else {
            return;
        };
        let Some(cost) = self.cost.filter(|_| before > Decimal::ZERO) else {
            self.cost = Some(price);
            return;
        };
        let mixed = before
            .checked_mul(cost)
            .zip(step.quantity.checked_mul(price))
            .and_then(|(had, came)| had.checked_add(came)?.checked_div(self.closing));
        self.cost = mixed.or(Some(price));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn step(class: MovementClass, quantity: i64, price: Option<Decimal>) -> Step {
        Step {
            class,
            comes_in: quantity >= 0,
            quantity: quantity.into(),
            price,
            day: None,
            movement: 0,
        }
    }

    #[test]
    fn the_worked_month_closes_and_averages_as_written() {
        use MovementClass::{Adjustment, Issue, Receipt};
        let price = Some(Decimal::new(560, 2));
        let month = [
            step(Receipt, 300, price),
            step(Issue, -260, None),
            step(Adjustment, 10, None),
            step(Adjustment, -15, None),
        ];
        let rolled = roll(200.into(), Some(5.into()), &month);
        assert_eq!(rolled.closing, 235.into());
        assert_eq!((rolled.received, rolled.issued), (300.into(), 260.into()));
        assert_eq!(rolled.adjusted, Decimal::from(-5));
        assert_eq!(rolled.cost, Some(Decimal::new(536, 2)));
        assert!(rolled.negatives.is_empty());
    }

    #[test]
    fn every_fall_below_nought_has_its_movement() {
        use MovementClass::{Issue, Receipt};
        let mut month = [
            step(Issue, -5, None),
            step(Issue, -1, None),
            step(Receipt, 6, None),
            step(Issue, -1, None),
        ];
        for (at, step) in month.iter_mut().enumerate() {
            step.movement = at;
        }
        let rolled = roll(Decimal::ZERO, None, &month);
        assert_eq!(rolled.negatives, [(0, Decimal::from(-5)), (3, Decimal::from(-1))]);
    }

    #[test]
    fn figures_too_large_are_said_and_not_wrapped() {
        let huge = Step { quantity: Decimal::MAX, ..step(MovementClass::Receipt, 1, None) };
        assert!(roll(Decimal::MAX, None, &[huge]).overflowed);
    }

    proptest! {
        #[test]
        fn opening_and_movements_are_the_closing(
            opening in -1000_i64..1000,
            moves in prop::collection::vec((0_u8..4, -500_i64..500), 0..60),
        ) {
            use MovementClass::{Adjustment, Issue, Receipt, Transfer};
            let steps: Vec<Step> = moves
                .iter()
                .map(|(class, quantity)| {
                    let class = [Receipt, Issue, Transfer, Adjustment][usize::from(*class)];
                    step(class, *quantity, None)
                })
                .collect();
            let rolled = roll(opening.into(), None, &steps);
            let plain: i64 = opening + moves.iter().map(|(_, quantity)| quantity).sum::<i64>();
            prop_assert_eq!(rolled.closing, Decimal::from(plain));
            prop_assert_eq!(
                rolled.opening + rolled.received - rolled.issued + rolled.adjusted,
                rolled.closing
            );
        }
    }
}
