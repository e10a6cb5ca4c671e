//! A return that one paper prints and adds up as a positive amount.

use super::ledger::Ledger;
use crate::engine::matching::outcome::CauseCode;
use crate::engine::matching::paper::Figures;

/// Turns the left figures round if the two amounts have opposite signs;
/// returns whether it did.
pub(super) fn undo(ledger: &mut Ledger) -> Option<bool> {
    let (left, right) = (ledger.left.amount, ledger.right.amount);
    if left.is_zero() || right.is_zero() || left.is_sign_negative() == right.is_sign_negative() {
        return Some(false);
    }
    let turned = Figures {
        quantity: ledger.left.quantity.map(|quantity| -quantity),
        price: ledger.left.price,
        amount: -left,
    };
    ledger.correct(CauseCode::Sign, turned)?;
    Some(true)
}
