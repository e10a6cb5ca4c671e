//! One side counts in boxes, the other in pieces.

use rust_decimal::Decimal;

use super::ledger::Ledger;
use super::{PackHabit, Terms};
use crate::engine::matching::outcome::CauseCode;
use crate::engine::matching::paper::Figures;
use crate::engine::matching::sides::Side;

/// Counts the left quantity in the right side's unit where the pack is known
/// and the conversion brings the quantities together.
pub(super) fn undo_habit(ledger: &mut Ledger, terms: &Terms<'_>) -> Option<()> {
    let converted = terms.pack.and_then(|pack| in_units_of(ledger.left, ledger.right, pack));
    if let Some(converted) = converted {
        ledger.convert_units(converted);
    }
    Some(())
}

/// Counts the left quantity in the right side's unit where the amounts agree,
/// the papers say that their units differ, and the one quantity is so many
/// times the other: then it is a way of writing, however many a pack holds.
pub(super) fn undo_plain(ledger: &mut Ledger, terms: &Terms<'_>) {
    let (left, right) = (ledger.left, ledger.right);
    let Some((a, b)) = left.quantity.zip(right.quantity) else { return };
    let (few, many) = (a.abs().min(b.abs()), a.abs().max(b.abs()));
    let is_multiple = many.checked_rem(few).is_some_and(|rest| rest.is_zero());
    if terms.same_unit == Some(false) && few != many && is_multiple {
        ledger.convert_units(Figures { amount: left.amount, ..right });
    }
}

/// Returns the left figures in the right side's unit, if the pack brings the
/// prices together; where they are not known, the quantities.
pub(in crate::engine::matching) fn in_units_of(
    left: Figures,
    right: Figures,
    pack: PackHabit,
) -> Option<Figures> {
    let converted = convert(left, right, pack)?;
    let nearer = match (left.price, converted.price, right.price) {
        (Some(before), _, Some(ours)) if before == ours && !ours.is_zero() => false,
        (Some(before), Some(after), Some(ours)) if before != ours => {
            ratio(after, ours)? < ratio(before, ours)?
        }
        _ => ratio(converted.quantity?, right.quantity?)? < ratio(left.quantity?, right.quantity?)?,
    };
    nearer.then_some(converted)
}

/// How many times the larger of two figures is the smaller.
fn ratio(a: Decimal, b: Decimal) -> Option<Decimal> {
    let (a, b) = (a.abs(), b.abs());
    a.max(b).checked_div(a.min(b))
}

/// Converts quantity and price; the amount stays.
fn convert(left: Figures, right: Figures, pack: PackHabit) -> Option<Figures> {
    let factor = pack.factor;
    let (quantity, price) = match pack.larger {
        Side::Left => (
            left.quantity?.checked_mul(factor)?,
            left.price.and_then(|price| price.checked_div(factor)),
        ),
        Side::Right => (
            left.quantity?.checked_div(factor)?,
            left.price.and_then(|price| price.checked_mul(factor)),
        ),
    };
    let price = price.map(|price| match right.price {
        Some(ours) if (price - ours).abs() < Decimal::new(1, 10) => ours,
        _ => price,
    });
    Some(Figures { quantity: Some(quantity.normalize()), price, amount: left.amount })
}

/// Finds an amount that is off by the pack: boxes at the price of a piece, or
/// pieces at the price of a box.
pub(super) fn undo_line(ledger: &mut Ledger, terms: &Terms<'_>) -> Option<bool> {
    let (left, right) = (ledger.left, ledger.right);
    let (Some(pack), Some(ql), Some(pl), Some(qr), Some(pr)) =
        (terms.pack, left.quantity, left.price, right.quantity, right.price)
    else {
        return Some(false);
    };
    let factor = pack.factor;
    let times = |a: Decimal, b: Decimal| a.checked_mul(factor) == Some(b);
    let by_quantity = pl == pr && (times(ql, qr) || times(qr, ql));
    let by_price = ql == qr && (times(pl, pr) || times(pr, pl));
    if by_quantity || by_price {
        ledger.correct(CauseCode::Unit, right)?;
    }
    Some(by_quantity || by_price)
}
