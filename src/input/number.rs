//! The numbers of a spreadsheet, from the file's own digits: exact decimals of
//! the 15 significant digits a spreadsheet shows, longer ones as written, and
//! serial numbers as dates.

use std::sync::Arc;

use chrono::{Duration, NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;

use super::sheet::Value;

/// The significant digits that a spreadsheet keeps of a number.
const SIGNIFICANT: usize = 15;

/// The scale of the smallest decimal: smaller ones are zero.
const MAX_SCALE: i64 = 28;

/// Where a workbook's day numbers begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Epoch {
    /// Day 1 is 1900-01-01, and 1900 has a 29 February.
    #[default]
    Y1900,
    /// Day 0 is 1904-01-01.
    Y1904,
}

/// Reads the digits of a numeric cell. `None` if they are no number.
///
/// From 1e15 on a number has more digits than a spreadsheet keeps: what the
/// file writes is all that is known of it, and stays as it is.
pub(super) fn from_digits(raw: &str) -> Option<Value> {
    let raw = raw.trim_matches(|c: char| c.is_ascii_whitespace());
    let parts = Parts::parse(raw.as_bytes())?;
    if parts.integer_digits() > SIGNIFICANT as i64 {
        return Some(Value::LongNumber(Arc::from(raw)));
    }
    Some(Value::Number(parts.decimal()))
}

/// Reads a binary number, as xls, xlsb and ods files hold them. `None` if it
/// is infinite or not a number.
pub(super) fn from_f64(number: f64) -> Option<Value> {
    if !number.is_finite() {
        return None;
    }
    if number.abs() >= 1e15 {
        // The shortest digits that read back as the same number.
        return Some(Value::LongNumber(Arc::from(number.to_string())));
    }
    // 15 significant digits, correctly rounded from the binary value.
    Some(Value::Number(Parts::parse(format!("{number:.14e}").as_bytes())?.decimal()))
}

/// Returns the date and time of serial number `serial`, to the millisecond.
/// `None` outside the calendar of spreadsheets (negative, or after 9999).
pub(super) fn date_of_serial(serial: f64, epoch: Epoch) -> Option<NaiveDateTime> {
    const DAY: f64 = 86_400_000.0;
    let (year, month, day, last) = match epoch {
        // The leap day that never was: days before it count from a day later.
        Epoch::Y1900 if serial < 60.0 => (1899, 12, 31, 2_958_466.0),
        Epoch::Y1900 => (1899, 12, 30, 2_958_466.0),
        Epoch::Y1904 => (1904, 1, 1, 2_957_004.0),
    };
    if !(0.0..last).contains(&serial) {
        return None;
    }
    let start = NaiveDate::from_ymd_opt(year, month, day)?.and_hms_opt(0, 0, 0)?;
    start.checked_add_signed(Duration::milliseconds((serial * DAY).round() as i64))
}

/// A number taken apart: `mantissa` × 10^`exponent`.
#[derive(Debug, Clone, Copy)]
struct Parts {
    negative: bool,
    /// The leading digits, at most [`SIGNIFICANT`] of them and one to round by.
    mantissa: u64,
    /// How many digits `mantissa` has; 0 for zero.
    digits: usize,
    exponent: i64,
}

impl Parts {
    /// Takes `[+-]digits[.digits][E[+-]digits]` apart.
    fn parse(raw: &[u8]) -> Option<Self> {
        let (negative, rest) = match raw.split_first()? {
            (b'-', rest) => (true, rest),
            (b'+', rest) => (false, rest),
            _ => (false, raw),
        };
        let mut parts = Parts { negative, mantissa: 0, digits: 0, exponent: 0 };
        let mut seen = false;
        let mut point = false;
        let mut at = 0;
        while let Some(&byte) = rest.get(at) {
            match byte {
                b'0'..=b'9' => {
                    seen = true;
                    parts.push(byte - b'0', point);
                }
                b'.' if !point => point = true,
                b'e' | b'E' if seen => {
                    parts.exponent = parts.exponent.checked_add(exponent(&rest[at + 1..])?)?;
                    return Some(parts);
                }
                _ => return None,
            }
            at += 1;
        }
        seen.then_some(parts)
    }

    /// Takes in one more digit.
    fn push(&mut self, digit: u8, after_point: bool) {
        if self.digits > SIGNIFICANT {
            // Past the digit to round by: only its magnitude counts.
            self.exponent += i64::from(!after_point);
            return;
        }
        if self.digits > 0 || digit > 0 {
            self.mantissa = self.mantissa * 10 + u64::from(digit);
            self.digits += 1;
        }
        self.exponent -= i64::from(after_point);
    }

    /// Returns how many digits stand before the decimal point.
    fn integer_digits(&self) -> i64 {
        if self.mantissa == 0 { 0 } else { self.digits as i64 + self.exponent }
    }

    /// Returns the number, rounded half up to [`SIGNIFICANT`] digits. The
    /// caller has seen to it that no more digits stand before the point.
    fn decimal(mut self) -> Decimal {
        if self.digits > SIGNIFICANT {
            self.mantissa = (self.mantissa + 5) / 10;
            self.exponent += 1;
        }
        while self.exponent < 0 && self.mantissa.is_multiple_of(10) && self.mantissa > 0 {
            self.mantissa /= 10;
            self.exponent += 1;
        }
        while self.exponent < -MAX_SCALE && self.mantissa > 0 {
            self.mantissa /= 10;
            self.exponent += 1;
        }
        if self.mantissa == 0 {
            return Decimal::ZERO;
        }
        if self.exponent > 0 {
            // At most 15 digits in all, so the power and the product fit.
            self.mantissa *= 10_u64.pow(self.exponent as u32);
            self.exponent = 0;
        }
        let number = if self.negative { -(self.mantissa as i64) } else { self.mantissa as i64 };
        Decimal::new(number, (-self.exponent) as u32)
    }
}

/// Reads the exponent of a number; past any real one it stays at its bound.
fn exponent(raw: &[u8]) -> Option<i64> {
    let (negative, digits) = match raw.split_first()? {
        (b'-', rest) => (true, rest),
        (b'+', rest) => (false, rest),
        _ => (false, raw),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let value = digits
        .iter()
        .fold(0_i64, |value, digit| (value * 10 + i64::from(digit - b'0')).min(1_000_000));
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(raw: &str) -> String {
        match from_digits(raw) {
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::LongNumber(raw)) => format!("long {raw}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn binary_noise_goes_and_nothing_else() {
        for (raw, expected) in [
            ("17.150000000000002", "17.15"),
            ("17000.400000000001", "17000.4"),
            ("1.0049999999999999", "1.005"),
            ("0.30000000000000004", "0.3"),
            ("-8.6099999999999994", "-8.61"),
            ("99.999999999999999", "100"),
            ("0", "0"),
            ("-0", "0"),
            ("0.000", "0"),
            ("007", "7"),
            ("100", "100"),
            ("1.50", "1.5"),
            (".5", "0.5"),
            ("5.", "5"),
            ("1E3", "1000"),
            ("1.2E-05", "0.000012"),
            ("4.5E+14", "450000000000000"),
            ("999999999999999", "999999999999999"),
            ("123456789012.345", "123456789012.345"),
            ("123456789012.3456", "123456789012.346"),
            ("3.5527136788005009E-15", "0.0000000000000035527136788005"),
            ("1E-40", "0"),
            ("1E-999999999999999999", "0"),
            (" 12\n", "12"),
        ] {
            assert_eq!(number(raw), expected, "{raw}");
        }
    }

    #[test]
    fn digits_past_a_spreadsheets_keep_stay_as_written() {
        for raw in [
            "3250136542540229684",
            "3.25013654254022E+18",
            "1000000000000000",
            "1E15",
            "-6222021234567890123",
            "9999999999999999.5",
            "1E+999999999999999999",
        ] {
            assert_eq!(number(raw), format!("long {raw}"));
        }
        // 16 digits, of which the last stands behind the point.
        assert_eq!(number("123456789012345.6"), "123456789012346");
    }

    #[test]
    fn what_is_no_number_is_none() {
        for raw in ["", "-", ".", "1.2.3", "1,5", "abc", "1e", "e5", "1_000", "0x1F", "NaN", "INF"]
        {
            assert_eq!(from_digits(raw), None, "{raw}");
        }
    }

    #[test]
    fn binary_numbers_become_what_the_sheet_shows() {
        let shown = |number| match from_f64(number) {
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::LongNumber(raw)) => format!("long {raw}"),
            other => format!("{other:?}"),
        };
        assert_eq!(shown(0.1 + 0.2), "0.3");
        assert_eq!(shown(17.150000000000002), "17.15");
        assert_eq!(shown(1e15 - 1.0), "999999999999999");
        assert_eq!(shown(3_250_136_542_540_229_684.0), "long 3250136542540229600");
        assert_eq!(shown(-0.0), "0");
        assert_eq!(from_f64(f64::NAN), None);
        assert_eq!(from_f64(f64::INFINITY), None);
    }

    #[test]
    fn serials_are_days_in_either_epoch() {
        let day = |serial, epoch| date_of_serial(serial, epoch).map(|date| date.to_string());
        assert_eq!(day(46_327.0, Epoch::Y1900).as_deref(), Some("2026-11-01 00:00:00"));
        assert_eq!(day(44_865.0, Epoch::Y1904).as_deref(), Some("2026-11-01 00:00:00"));
        assert_eq!(day(1.0, Epoch::Y1900).as_deref(), Some("1900-01-01 00:00:00"));
        assert_eq!(day(61.0, Epoch::Y1900).as_deref(), Some("1900-03-01 00:00:00"));
        let time = 46_327.541_666_666_664;
        assert_eq!(day(time, Epoch::Y1900).as_deref(), Some("2026-11-01 13:00:00"));
        assert_eq!(day(-1.0, Epoch::Y1900), None);
        assert_eq!(day(2_958_466.0, Epoch::Y1900), None);
        assert_eq!(day(f64::NAN, Epoch::Y1900), None);
    }
}
