//! Figures as JSON shows them: decimals as strings, without needless zeros;
//! money with its cents.

use rust_decimal::Decimal;

/// Returns a quantity as JSON shows it.
pub(super) fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}

/// Returns an amount as JSON shows it.
pub(super) fn money(amount: Decimal) -> String {
    let mut amount = amount.normalize();
    if amount.scale() < 2 {
        amount.rescale(2);
    }
    amount.to_string()
}
