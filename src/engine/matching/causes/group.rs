//! Groups of lines against each other: one sum is explained by one line of the
//! group where that reproduces it.

use rust_decimal::Decimal;

use super::Terms;
use super::digits::slip;
use super::ledger::Ledger;
use super::money::cents;
use crate::engine::matching::outcome::CauseCode;
use crate::engine::matching::paper::Figures;

/// Adds up lines; quantity and price stay only where all lines have them and
/// share the price.
pub(super) fn sum(lines: &[Figures]) -> Option<Figures> {
    let mut total = *lines.first()?;
    for line in &lines[1..] {
        total.amount = total.amount.checked_add(line.amount)?;
        total.quantity = match (total.quantity, line.quantity) {
            (Some(a), Some(b)) => Some(a.checked_add(b)?),
            _ => None,
        };
        total.price = total.price.filter(|&price| line.price == Some(price));
    }
    Some(total)
}

/// Explains what is left between two sums by one of the lines behind them.
pub(super) fn split(
    ledger: &mut Ledger,
    left: &[Figures],
    right: &[Figures],
    terms: &Terms<'_>,
) -> Option<()> {
    let rest = ledger.rest()?;
    if rest.abs() <= terms.rounding() {
        return ledger.correct_amount(CauseCode::Rounding, rest);
    }
    let lines: Vec<Figures> = right.iter().chain(left).copied().collect();
    let code = match ledger.left.quantity.zip(ledger.right.quantity) {
        Some((left, right)) if left != right => by_quantity(left - right, rest, &lines, terms),
        Some(_) => by_price(rest, &lines),
        None => slip(ledger.left.amount, ledger.right.amount)
            .or_else(|| by_part_of_a_line(rest, &lines)),
    };
    match code {
        Some(code) => ledger.correct_amount(code, rest),
        None => Some(()),
    }
}

/// The missing quantity, at the price of one of the lines, is the difference.
fn by_quantity(
    missing: Decimal,
    rest: Decimal,
    lines: &[Figures],
    terms: &Terms<'_>,
) -> Option<CauseCode> {
    let fits = |line: &Figures| {
        let part = line.price.and_then(|price| missing.checked_mul(price));
        part.is_some_and(|part| (part - rest).abs() <= terms.rounding())
    };
    lines.iter().any(fits).then_some(CauseCode::Quantity)
}

/// The quantities agree: another price on one of the lines, of no more
/// decimals than prices have and not far from the line's own, is the
/// difference.
fn by_price(rest: Decimal, lines: &[Figures]) -> Option<CauseCode> {
    let fits = |line: &Figures| {
        let (Some(quantity), Some(price)) = (line.quantity, line.price) else { return false };
        let Some(other) = rest.checked_div(quantity) else { return false };
        let step = other.round_dp(4);
        let is_small = step.abs() + step.abs() < price.abs();
        is_small && !step.is_zero() && step.checked_mul(quantity).map(cents) == Some(rest)
    };
    lines.iter().any(fits).then_some(CauseCode::Price)
}

/// Quantities are not known on both sides: a whole part of one line, counted as
/// finely as the line itself, is the difference.
fn by_part_of_a_line(rest: Decimal, lines: &[Figures]) -> Option<CauseCode> {
    let fits = |line: &Figures| {
        let (Some(quantity), Some(price)) = (line.quantity, line.price) else { return false };
        let decimals = quantity.normalize().scale();
        let Some(part) = rest.checked_div(price).map(|part| part.round_dp(decimals)) else {
            return false;
        };
        let is_part = !part.is_zero() && part.abs() < quantity.abs();
        is_part && part.checked_mul(price).map(cents) == Some(rest)
    };
    lines.iter().any(fits).then_some(CauseCode::Quantity)
}
