//! Figures of cells, as sums take them.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::input::sheet::{Cell, Value};
use crate::input::values::decimal::decimal_text;

/// Returns the figure in a cell, if it holds one.
pub(super) fn figure(cell: &Cell) -> Option<Decimal> {
    match &cell.value {
        Value::Number(number) => Some(*number),
        Value::Text(text) => decimal_text(text).value().map(|number| number.value),
        _ => None,
    }
}

/// Whether a stated sum is the sum of its figures: to the last digit, or to
/// the cent where the figures go beyond it.
pub(super) fn is_sum(stated: Decimal, sum: Decimal) -> bool {
    let cents =
        |value: Decimal| value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    stated == sum || (sum.normalize().scale() > 2 && cents(sum) == cents(stated))
}
