//! Rounding and the shortest price behind an amount.

use rust_decimal::{Decimal, RoundingStrategy};

/// What one rounded line may be off on one side.
pub(super) const HALF_CENT: Decimal = Decimal::from_parts(5, 0, 0, false, 3);

/// Rounds half up, as papers do.
pub(in crate::engine::matching) fn round(number: Decimal, decimals: u32) -> Decimal {
    number.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

/// Rounds half up to cents.
pub(in crate::engine::matching) fn cents(number: Decimal) -> Decimal {
    round(number, 2)
}

/// Whether an amount is its quantity × price, but for the rounding of a line.
pub(super) fn is_product(amount: Decimal, quantity: Decimal, price: Decimal) -> bool {
    quantity
        .checked_mul(price)
        .and_then(|product| amount.checked_sub(product))
        .is_some_and(|off| off.abs() < Decimal::new(1, 2))
}

/// Returns the price of fewest decimals (at most four) that makes `amount` of
/// `quantity`.
pub(super) fn implied_price(quantity: Decimal, amount: Decimal) -> Option<Decimal> {
    shortest(amount.checked_div(quantity)?, 4, |price| {
        quantity.checked_mul(price).is_some_and(|product| cents(product) == amount)
    })
}

/// Returns the quantity (at most three decimals) that makes `amount` at
/// `price`.
pub(super) fn implied_quantity(price: Decimal, amount: Decimal) -> Option<Decimal> {
    shortest(amount.checked_div(price)?, 3, |quantity| {
        quantity.checked_mul(price).is_some_and(|product| cents(product) == amount)
    })
}

/// Returns the net price of fewest decimals that becomes `price` with tax.
pub(in crate::engine::matching) fn net_price(price: Decimal, rate: Decimal) -> Option<Decimal> {
    let with_tax = rate.checked_add(Decimal::ONE)?;
    let decimals = price.normalize().scale().max(2);
    shortest(price.checked_div(with_tax)?, 6, |net| {
        net.checked_mul(with_tax).is_some_and(|gross| round(gross, decimals) == price)
    })
}

/// Returns `number` rounded to as few decimals as `fits` allows.
fn shortest(number: Decimal, most: u32, fits: impl Fn(Decimal) -> bool) -> Option<Decimal> {
    (0..=most).map(|decimals| round(number, decimals)).find(|&rounded| fits(rounded))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn the_shortest_price_is_found() {
        assert_eq!(implied_price(d("627.5"), d("3357.13")), Some(d("5.35")));
        assert_eq!(implied_price(d("3"), d("10.00")), Some(d("3.333")));
        assert_eq!(implied_price(d("0"), d("10.00")), None);
        assert_eq!(net_price(d("0.1356"), d("0.13")), Some(d("0.12")));
        assert_eq!(net_price(d("5.65"), d("0.13")), Some(d("5")));
        assert_eq!(implied_quantity(d("1.85"), d("370")), Some(d("200")));
    }
}
