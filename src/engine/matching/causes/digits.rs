//! Slips of the pen: a decimal point in the wrong place, two neighbouring
//! digits swapped.

use rust_decimal::Decimal;

use crate::engine::matching::outcome::CauseCode;

/// Names the slip that turns `right` into `left`, if one does.
pub(in crate::engine) fn slip(left: Decimal, right: Decimal) -> Option<CauseCode> {
    if left == right || left.is_zero() || right.is_zero() {
        return None;
    }
    if is_shifted(left, right) {
        return Some(CauseCode::DecimalShift);
    }
    is_transposed(left, right).then_some(CauseCode::TransposedDigits)
}

/// Whether one is 10, 100 or 1000 times the other.
fn is_shifted(left: Decimal, right: Decimal) -> bool {
    [10, 100, 1000].into_iter().any(|power| {
        let power = Decimal::from(power);
        left.checked_mul(power) == Some(right) || right.checked_mul(power) == Some(left)
    })
}

/// Whether swapping two neighbouring digits of one gives the other.
fn is_transposed(left: Decimal, right: Decimal) -> bool {
    if left.is_sign_negative() != right.is_sign_negative() {
        return false;
    }
    let (left, right) = (left.normalize(), right.normalize());
    let scale = left.scale().max(right.scale());
    let (Some(left), Some(right)) = (digits(left, scale), digits(right, scale)) else {
        return false;
    };
    if left.len() != right.len() {
        return false;
    }
    let mut differing = (0..left.len()).filter(|&at| left[at] != right[at]);
    let (Some(first), Some(second), None) = (differing.next(), differing.next(), differing.next())
    else {
        return false;
    };
    second == first + 1 && left[first] == right[second] && left[second] == right[first]
}

/// Returns the digits of a number written with `scale` decimals.
fn digits(number: Decimal, scale: u32) -> Option<Vec<u8>> {
    let factor = 10_i128.checked_pow(scale - number.scale())?;
    Some(number.mantissa().checked_mul(factor)?.unsigned_abs().to_string().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(left: &str, right: &str) -> Option<CauseCode> {
        slip(left.parse().unwrap(), right.parse().unwrap())
    }

    #[test]
    fn points_and_neighbours_slip() {
        assert_eq!(of("8.50", "0.85"), Some(CauseCode::DecimalShift));
        assert_eq!(of("100", "100000"), Some(CauseCode::DecimalShift));
        assert_eq!(of("126", "162"), Some(CauseCode::TransposedDigits));
        assert_eq!(of("5.30", "3.5"), Some(CauseCode::TransposedDigits));
        assert_eq!(of("-12", "-21"), Some(CauseCode::TransposedDigits));
    }

    #[test]
    fn other_differences_are_no_slips() {
        for (left, right) in
            [("100", "98"), ("126", "621"), ("1", "10000"), ("12", "-21"), ("1221", "2112")]
        {
            assert_eq!(of(left, right), None, "{left} and {right}");
        }
    }
}
