//! Figures of cells, as sums take them.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::input::sheet::{Cell, Held};
use crate::input::values::decimal::decimal_text;

/// Returns the figure in a cell, if it holds one.
pub(super) fn figure(cell: Cell<'_>) -> Option<Decimal> {
    match cell.held() {
        Held::Number(number) => Some(number),
        Held::Text(text) => {
            plain(text).or_else(|| decimal_text(text).value().map(|number| number.value))
        }
        _ => None,
    }
}

/// Reads a text that is nothing but digits, with a sign and a point or not:
/// the most usual figure by far, and the cheapest to read.
pub(super) fn plain(text: &str) -> Option<Decimal> {
    const MOST_DIGITS: u32 = 17;
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (mut value, mut count, mut point) = (0_i64, 0, None);
    for byte in digits.bytes() {
        match byte {
            b'0'..=b'9' if count < MOST_DIGITS => {
                value = value * 10 + i64::from(byte - b'0');
                count += 1;
            }
            b'.' if point.is_none() && count > 0 => point = Some(count),
            _ => return None,
        }
    }
    let scale = count - point.unwrap_or(count);
    let complete = count > 0 && (point.is_none() || scale > 0);
    let signed = if digits.len() < text.len() { -value } else { value };
    complete.then(|| Decimal::new(signed, scale))
}

/// Whether a stated sum is the sum of its figures: to the last digit, or to
/// the cent where the figures go beyond it.
pub(super) fn is_sum(stated: Decimal, sum: Decimal) -> bool {
    let cents =
        |value: Decimal| value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    stated == sum || (sum.normalize().scale() > 2 && cents(sum) == cents(stated))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_digits_are_read_as_they_are_written() {
        for text in ["0", "12", "-12.50", "00120", "1234567890123456.7", "0.045"] {
            assert_eq!(plain(text), text.parse().ok(), "{text}");
        }
        for text in ["", "-", ".5", "5.", "1,234", "1.2.3", "12箱", "1e5", "123456789012345678"] {
            assert_eq!(plain(text), None, "{text}");
        }
    }
}
