//! What clerks wrote into the register, and what became of it.

use super::damage::Damage;
use super::sketch::{Fate, Sketch};
use super::{Column, Numbers};

/// How an order stands in the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Written {
    /// Once, as it is.
    Once,
    /// Not at all.
    Never,
    /// Twice.
    Twice,
    /// In two parcels, each for a part of the money.
    Parcels,
    /// Under a number that lost digits.
    Damaged(Damage),
    /// With the last four digits of its number.
    LastDigits,
    /// Without its number.
    WithoutNumber,
    /// Without its number and its buyer.
    WithoutAnything,
    /// With a key wrong in its number.
    Mistyped,
    /// The number in full width, with spaces.
    OtherWidth,
    /// The buyer in other letters.
    OtherBuyer,
    /// For an amount with two digits swapped.
    AmountTyped,
    /// Without the postage.
    WithoutPostage,
    /// Before the discount.
    BeforeDiscount,
    /// Something that nobody sold.
    Invented,
}

/// What is planted in a month whose numbers are whole.
const PLANTS: [Written; 19] = [
    Written::Never,
    Written::Twice,
    Written::Parcels,
    Written::Damaged(Damage::Cut),
    Written::Damaged(Damage::Cut),
    Written::Damaged(Damage::Rounded),
    Written::Damaged(Damage::Double),
    Written::Damaged(Damage::SixDigits),
    Written::Damaged(Damage::ThreeDigits),
    Written::LastDigits,
    Written::WithoutNumber,
    Written::WithoutAnything,
    Written::Mistyped,
    Written::OtherWidth,
    Written::OtherBuyer,
    Written::AmountTyped,
    Written::WithoutPostage,
    Written::BeforeDiscount,
    Written::Invented,
];

/// Decides what is written of each order.
pub(super) fn write(sketch: &mut Sketch) {
    let recipe = sketch.recipe;
    for at in 0..sketch.orders.len() {
        let random = &mut sketch.random;
        let order = &mut sketch.orders[at];
        order.fate = match random.below(100) {
            0 => Fate::Unpaid,
            1 => Fate::Closed,
            2 | 3 => Fate::Refunded,
            _ => Fate::Paid,
        };
        order.written = match (order.fate, recipe.column) {
            // Hardly anybody books what was never paid.
            (Fate::Unpaid | Fate::Closed, _) if random.chance(70) => Written::Never,
            (_, Column::Cut) => Written::Damaged(Damage::Cut),
            (_, Column::Scientific) => Written::Damaged(Damage::ThreeDigits),
            (Fate::Paid, Column::Whole) if random.chance(recipe.percent) => *random.pick(&PLANTS),
            _ => Written::Once,
        };
        let nothing = match order.written {
            Written::WithoutPostage => order.postage.is_zero() || !order.discount.is_zero(),
            Written::BeforeDiscount => order.discount.is_zero() || !order.postage.is_zero(),
            // Six digits more or less are no damage where all share them.
            Written::Damaged(Damage::Rounded) => recipe.numbers == Numbers::Dense,
            _ => false,
        };
        if nothing {
            order.written = Written::Once;
        }
    }
}
