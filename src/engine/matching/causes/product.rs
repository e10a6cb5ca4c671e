//! Quantity × price: what of a difference is quantity, price, a slip of the
//! pen in either, a side's own arithmetic, and rounding.

use rust_decimal::Decimal;

use super::Terms;
use super::digits::slip;
use super::ledger::Ledger;
use super::money::{self, cents, implied_price, implied_quantity, is_product};
use super::pack;
use crate::engine::matching::outcome::CauseCode;
use crate::engine::matching::paper::Figures;

/// Quantity, price and amount, all known.
#[derive(Debug, Clone, Copy)]
struct Product {
    quantity: Decimal,
    price: Decimal,
    amount: Decimal,
}

impl Product {
    /// Amount − quantity × price.
    fn own_error(self) -> Option<Decimal> {
        self.amount.checked_sub(self.quantity.checked_mul(self.price)?)
    }
}

/// Splits what is left of the difference.
pub(super) fn split(ledger: &mut Ledger, terms: &Terms<'_>) -> Option<()> {
    if terms.pack.is_none()
        && terms.same_unit == Some(false)
        && pack::are_worlds_apart(ledger.left, ledger.right)
    {
        return Some(());
    }
    let partial = ledger.left.price.is_none() || ledger.right.price.is_none();
    if partial && undo_amount_slip(ledger)? {
        return Some(());
    }
    let Some((left, right)) = products(ledger.left, ledger.right) else {
        return amounts_only(ledger, terms);
    };
    undo_arithmetic(ledger, left, right, terms)?;
    quantity_and_price(ledger, left, right, terms)
}

fn undo_amount_slip(ledger: &mut Ledger) -> Option<bool> {
    let Some(code) = slip(ledger.left.amount, ledger.right.amount) else { return Some(false) };
    ledger.correct_amount(code, ledger.rest()?)?;
    Some(true)
}

/// Takes quantity and price apart where the one error makes up for the other
/// to the cent; returns whether it did. Where the papers may count in different
/// units, a whole factor between the quantities is a way of writing.
pub(super) fn undo_offsetting(ledger: &mut Ledger, terms: &Terms<'_>) -> Option<bool> {
    let (left, right) = (ledger.left, ledger.right);
    let (Some(ql), Some(pl), Some(qr), Some(pr)) =
        (left.quantity, left.price, right.quantity, right.price)
    else {
        return Some(false);
    };
    let (few, many) = (ql.abs().min(qr.abs()), ql.abs().max(qr.abs()));
    let is_multiple = few.is_zero() || many.checked_rem(few)?.is_zero();
    let is_way_of_writing = match terms.same_unit {
        Some(same) => !same,
        None => is_multiple,
    };
    let adds_up = is_product(left.amount, ql, pl) && is_product(right.amount, qr, pr);
    if few == many || is_way_of_writing || !adds_up {
        return Some(false);
    }
    let quantity = |price: Decimal| Some(money::cents(ql.checked_sub(qr)?.checked_mul(price)?));
    if quantity(pr)?.is_zero() || quantity(pl)?.is_zero() {
        return Some(false);
    }
    ledger.correct_amount(CauseCode::Quantity, quantity(pr)?)?;
    let price = ledger.rest()?;
    ledger.correct_amount(CauseCode::Price, price)?;
    Some(true)
}

fn amounts_only(ledger: &mut Ledger, terms: &Terms<'_>) -> Option<()> {
    let rest = ledger.rest()?;
    if rest.abs() <= terms.rounding() {
        ledger.correct_amount(CauseCode::Rounding, rest)?;
    }
    Some(())
}

/// Completes both sides' figures from each other: a missing price or quantity
/// is the shortest one that gives the amount.
fn products(left: Figures, right: Figures) -> Option<(Product, Product)> {
    let (left, right) = (complete(left, right)?, complete(right, left)?);
    Some((with_true_price(left, right), with_true_price(right, left)))
}

fn complete(own: Figures, other: Figures) -> Option<Product> {
    let amount = own.amount;
    let (quantity, price) = match (own.quantity, own.price) {
        (Some(quantity), Some(price)) => (quantity, price),
        (Some(quantity), None) => {
            let same = other.price.filter(|&price| is_product(amount, quantity, price));
            (quantity, same.or_else(|| implied_price(quantity, amount))?)
        }
        (None, Some(price)) => {
            let same = other.quantity.filter(|&quantity| is_product(amount, quantity, price));
            (same.or_else(|| implied_quantity(price, amount))?, price)
        }
        (None, None) => return None,
    };
    Some(Product { quantity, price, amount })
}

/// A price printed with fewer decimals than it was calculated with is the
/// other side's price, if that one gives the amount.
fn with_true_price(own: Product, other: Product) -> Product {
    let printed_short = (own.price - other.price).abs() <= Decimal::new(5, 3)
        && !is_product(own.amount, own.quantity, own.price)
        && is_product(own.amount, own.quantity, other.price);
    if printed_short { Product { price: other.price, ..own } } else { own }
}

/// Takes what either side miscalculated itself.
fn undo_arithmetic(
    ledger: &mut Ledger,
    left: Product,
    right: Product,
    terms: &Terms<'_>,
) -> Option<()> {
    let (theirs, ours) = (left.own_error()?, right.own_error()?);
    if terms.is_miscalculated(theirs) {
        let product = cents(left.quantity.checked_mul(left.price)?);
        let code = own_mistake(left.amount, product);
        ledger.correct_amount(code, left.amount.checked_sub(product)?)?;
    }
    if terms.is_miscalculated(ours) {
        let product = cents(right.quantity.checked_mul(right.price)?);
        let code = own_mistake(right.amount, product);
        ledger.correct_amount(code, product.checked_sub(right.amount)?)?;
    }
    Some(())
}

/// Names what turns a side's own product into its amount.
fn own_mistake(amount: Decimal, product: Decimal) -> CauseCode {
    let dropped = [0, 1].into_iter().any(|decimals| {
        amount == money::round(product, decimals) || amount == product.trunc_with_scale(decimals)
    });
    match slip(amount, product) {
        Some(code) => code,
        None if dropped => CauseCode::Rounding,
        None => CauseCode::Arithmetic,
    }
}

/// Takes quantity at our price, price at their quantity, and the cents that
/// rounding each line leaves: with the one cause there is, else by itself.
fn quantity_and_price(
    ledger: &mut Ledger,
    left: Product,
    right: Product,
    terms: &Terms<'_>,
) -> Option<()> {
    let rest = ledger.rest()?;
    let quantity = left.quantity.checked_sub(right.quantity)?.checked_mul(right.price)?;
    let price = left.price.checked_sub(right.price)?.checked_mul(left.quantity)?;
    let of_quantity = ledger.slip_of_quantity(left.quantity, right.quantity);
    let of_quantity = of_quantity.unwrap_or(CauseCode::Quantity);
    let of_price = ledger.slip_of_price(left.price, right.price).unwrap_or(CauseCode::Price);
    match (quantity.is_zero(), price.is_zero()) {
        (true, true) if rest.abs() <= terms.rounding() => {
            ledger.correct_amount(CauseCode::Rounding, rest)
        }
        (true, true) => Some(()),
        (false, true) => ledger.correct_amount(of_quantity, rest),
        (true, false) => ledger.correct_amount(of_price, rest),
        (false, false) => {
            ledger.correct_amount(of_quantity, money::cents(quantity))?;
            let rest = ledger.rest()?;
            ledger.correct_amount(of_price, rest)
        }
    }
}
