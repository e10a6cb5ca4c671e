//! Why two amounts differ: hypotheses in a fixed order, each accepted only if
//! it reproduces the figures; together they make up the difference exactly.
//!
//! Each hypothesis undoes one error in the left figures. What the amount loses
//! by that is the cause's part, so the parts always sum to the difference.

mod digits;
mod group;
mod ledger;
pub(super) mod money;
mod pack;
mod product;
mod sign;
mod tax;
#[cfg(test)]
mod tests;
mod unit;

use rust_decimal::Decimal;

use super::outcome::{Cause, CauseCode};
use super::paper::Figures;
use super::sides::Side;
pub(in crate::engine) use digits::slip;
use ledger::Ledger;
pub(super) use pack::{of_equal_prices, of_line};
pub(super) use tax::whole_slack;
pub(super) use unit::in_units_of;

/// Both papers' way with tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TaxHabit {
    /// The rate (0.13).
    pub(super) rate: Decimal,
    /// The side whose prices and amounts contain the tax.
    pub(super) inclusive: Side,
}

/// How many of one side's units the other side's unit holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PackHabit {
    /// Small units in a large one.
    pub(super) factor: Decimal,
    /// The side that counts in the large ones.
    pub(super) larger: Side,
}

/// What is known of a pair beside its figures.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms<'a> {
    /// The papers' way with tax, where it is known to differ.
    pub(super) tax: Option<TaxHabit>,
    /// The papers' units, where they are known to differ.
    pub(super) pack: Option<PackHabit>,
    /// Whether both count in the same unit, where both say in which.
    pub(super) same_unit: Option<bool>,
    /// Rates to try on this line alone.
    pub(super) rates: &'a [Decimal],
    /// Those of them that other lines of the party speak for.
    pub(super) supported: &'a [Decimal],
    /// Rounded lines behind the two amounts.
    pub(super) lines: usize,
    /// What the caller lets pass.
    pub(super) tolerance: Decimal,
}

impl Terms<'_> {
    /// What rounding alone may make the amounts differ by.
    fn rounding(&self) -> Decimal {
        money::HALF_CENT * Decimal::from(self.lines.max(2))
    }

    /// Whether a side's own amount is off its product by more than the
    /// rounding of its lines.
    fn is_miscalculated(&self, off: Decimal) -> bool {
        let off = off.abs();
        off >= Decimal::new(1, 2) && (self.lines <= 2 || off > self.rounding())
    }
}

/// A difference, explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Explained {
    /// The causes; they sum to the difference.
    pub(super) causes: Vec<Cause>,
    /// Whether the amounts agree but for rounding, tolerance and the papers'
    /// known ways of writing.
    pub(super) agrees: bool,
}

/// Explains the difference between one left and one right line.
pub(super) fn pair(left: Figures, right: Figures, terms: &Terms<'_>) -> Explained {
    explain(left, right, terms, product::split)
}

/// Explains the difference between groups of lines.
pub(super) fn groups(left: &[Figures], right: &[Figures], terms: &Terms<'_>) -> Option<Explained> {
    let (left_sum, right_sum) = (group::sum(left)?, group::sum(right)?);
    let mixed = |lines: &[Figures], sum: Figures| lines.len() > 1 && sum.price.is_none();
    if !mixed(left, left_sum) && !mixed(right, right_sum) {
        return Some(pair(left_sum, right_sum, terms));
    }
    let split = |ledger: &mut Ledger, terms: &Terms<'_>| group::split(ledger, left, right, terms);
    Some(explain(left_sum, right_sum, terms, split))
}

fn explain(
    left: Figures,
    right: Figures,
    terms: &Terms<'_>,
    split: impl Fn(&mut Ledger, &Terms<'_>) -> Option<()>,
) -> Explained {
    let mut ledger = Ledger::new(left, right);
    let agrees = undo_all(&mut ledger, terms, split);
    let agrees = agrees.unwrap_or(false);
    ledger.close();
    Explained { causes: ledger.causes(agrees), agrees }
}

/// Runs the hypotheses; returns whether the amounts agree. `None`: a figure
/// grew out of bounds, what is left stays unexplained.
fn undo_all(
    ledger: &mut Ledger,
    terms: &Terms<'_>,
    split: impl Fn(&mut Ledger, &Terms<'_>) -> Option<()>,
) -> Option<bool> {
    let equal = ledger.rest()?.is_zero();
    let flipped = !equal && sign::undo(ledger)?;
    if !equal {
        tax::undo_habit(ledger, terms)?;
    }
    unit::undo_habit(ledger, terms)?;
    let rest = ledger.rest()?;
    if rest.is_zero() {
        unit::undo_plain(ledger, terms);
        let offsets = product::undo_offsetting(ledger, terms)?;
        return Some(!flipped && !offsets);
    }
    if !tax::undo_line(ledger, terms)? {
        unit::undo_line(ledger, terms)?;
    }
    let other_basis = ledger.rest()? != rest;
    split(ledger, terms)?;
    let within = rest.abs() <= terms.tolerance;
    let rounded = rest.abs() <= terms.rounding()
        && ledger.rest()?.is_zero()
        && ledger.holds_only(CauseCode::Rounding);
    Some(!flipped && !other_basis && (within || rounded))
}
