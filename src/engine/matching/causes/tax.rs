//! One side writes with tax, the other without.

use rust_decimal::Decimal;

use super::ledger::Ledger;
use super::money::{self, cents};
use super::{TaxHabit, Terms};
use crate::engine::matching::outcome::CauseCode;
use crate::engine::matching::paper::Figures;
use crate::engine::matching::sides::Side;

/// Puts the left figures on the right side's tax basis where the papers are
/// known to differ in it.
pub(super) fn undo_habit(ledger: &mut Ledger, terms: &Terms<'_>) -> Option<()> {
    if let Some(habit) = terms.tax {
        let rate = rate_of_line(ledger, habit, terms).unwrap_or(habit.rate);
        let converted = convert(ledger, rate, habit.inclusive)?;
        ledger.correct(CauseCode::Tax, converted)?;
    }
    ledger.end_habits();
    Some(())
}

/// Returns the rate that reproduces this line to the cent: a paper with tax may
/// hold goods of several rates.
fn rate_of_line(ledger: &Ledger, habit: TaxHabit, terms: &Terms<'_>) -> Option<Decimal> {
    let (gross, net) = match habit.inclusive {
        Side::Left => (ledger.left.amount, ledger.right.amount),
        Side::Right => (ledger.right.amount, ledger.left.amount),
    };
    let fits = |rate: &Decimal| {
        let with_tax = rate.checked_add(Decimal::ONE);
        let product = with_tax.and_then(|with_tax| net.checked_mul(with_tax)).map(cents);
        product.is_some_and(|product| (product - gross).abs() <= whole_slack(gross, net))
    };
    std::iter::once(habit.rate).chain(terms.rates.iter().copied()).find(fits)
}

/// Returns the left figures on the right side's basis. Quantity × price on
/// that basis, where it can be told, is what the amount would have been;
/// otherwise the amount itself is converted.
fn convert(ledger: &Ledger, rate: Decimal, inclusive: Side) -> Option<Figures> {
    let left = ledger.left;
    let with_tax = rate.checked_add(Decimal::ONE)?;
    let amount = match inclusive {
        Side::Left => left.amount.checked_div(with_tax)?,
        Side::Right => left.amount.checked_mul(with_tax)?,
    };
    let price =
        left.price.and_then(|price| convert_price(price, ledger.right.price, rate, inclusive));
    let rounded = cents(amount);
    let off = |candidate: Decimal| (candidate - amount).abs();
    let product = left.quantity.zip(price).and_then(|(q, p)| q.checked_mul(p)).map(cents);
    let slack = Decimal::new(15, 3).max(whole_slack(left.amount, ledger.right.amount));
    let near = |candidate: &Decimal| off(*candidate) <= slack;
    let amount = Some(ledger.right.amount).filter(near).or(product.filter(near)).unwrap_or(rounded);
    Some(Figures { quantity: left.quantity, price, amount })
}

/// By how much an amount with tax may be off where both papers write whole
/// units of money, as they do in NT$: half of one.
pub(in crate::engine::matching) fn whole_slack(gross: Decimal, net: Decimal) -> Decimal {
    let whole = |amount: Decimal| amount.fract().is_zero() && amount.abs() >= Decimal::ONE_HUNDRED;
    if whole(gross) && whole(net) { Decimal::new(5, 1) } else { Decimal::ZERO }
}

/// Returns a left price on the right side's basis: the right price itself if
/// tax and the printed decimals are all that lies between them.
fn convert_price(
    left: Decimal,
    right: Option<Decimal>,
    rate: Decimal,
    inclusive: Side,
) -> Option<Decimal> {
    let with_tax = rate.checked_add(Decimal::ONE)?;
    let prints_as = |net: Decimal, gross: Decimal| {
        let decimals = gross.normalize().scale().max(2);
        net.checked_mul(with_tax).map(|exact| money::round(exact, decimals)) == Some(gross)
    };
    match inclusive {
        Side::Left => {
            right.filter(|&right| prints_as(right, left)).or_else(|| money::net_price(left, rate))
        }
        Side::Right => {
            right.filter(|&right| prints_as(left, right)).or_else(|| left.checked_mul(with_tax))
        }
    }
}

/// Tries the rates on this line alone; returns whether one fits.
pub(super) fn undo_line(ledger: &mut Ledger, terms: &Terms<'_>) -> Option<bool> {
    if terms.tax.is_some() {
        return Some(false);
    }
    for &rate in terms.rates {
        let with_tax = rate.checked_add(Decimal::ONE)?;
        if let Some(corrected) = on_our_basis(ledger, with_tax, terms.supported.contains(&rate)) {
            ledger.correct(CauseCode::Tax, corrected)?;
            return Some(true);
        }
    }
    Some(false)
}

/// Returns the left figures without the tax if `with_tax` (1.13) explains them.
fn on_our_basis(ledger: &Ledger, with_tax: Decimal, supported: bool) -> Option<Figures> {
    let (left, right) = (ledger.left, ledger.right);
    let strong = supported || is_telling(left, right, with_tax);
    let same_quantity = match (left.quantity, right.quantity) {
        (Some(left), Some(right)) => left == right,
        _ => true,
    };
    if same_quantity && strong && is_taxed(left.amount, right.amount, with_tax) {
        return Some(Figures { quantity: left.quantity, ..right });
    }
    let (quantity, price) = left.quantity.zip(left.price)?;
    let product = cents(quantity.checked_mul(price)?);
    if left.amount != product && is_taxed(left.amount, product, with_tax) {
        return Some(Figures { amount: product, ..left });
    }
    let theirs = right.price?;
    let exact = theirs.checked_mul(with_tax)? == price || theirs == price.checked_mul(with_tax)?;
    if strong && exact && money::is_product(left.amount, quantity, price) {
        let amount = cents(quantity.checked_mul(theirs)?);
        return Some(Figures { quantity: Some(quantity), price: Some(theirs), amount });
    }
    None
}

/// Whether one amount is the other with tax, to the cent.
fn is_taxed(left: Decimal, right: Decimal, with_tax: Decimal) -> bool {
    let gross = |net: Decimal| net.checked_mul(with_tax).map(cents);
    gross(right) == Some(left) || gross(left) == Some(right)
}

/// Whether the figures by themselves speak for tax rather than for another
/// price: the full rate, or a price with the additional decimals that only a
/// percentage gives. A price of 5.15 for 5.00 may be 3 % tax, and may be dear;
/// so may an amount of 50.50 for 50.00 that stands alone.
fn is_telling(left: Figures, right: Figures, with_tax: Decimal) -> bool {
    if with_tax == Decimal::new(113, 2) {
        return true;
    }
    let (Some(left), Some(right)) = (left.price, right.price) else {
        let gross = left.amount.abs().max(right.amount.abs());
        return gross.normalize().scale() >= 2;
    };
    let (low, high) = if left.abs() < right.abs() { (left, right) } else { (right, left) };
    let decimals = |number: Decimal| number.normalize().scale().max(2);
    low.checked_mul(with_tax) == Some(high) && decimals(high) > decimals(low)
}
