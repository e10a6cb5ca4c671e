//! Numbers of GS1: check digits, and serial shipping container codes.

/// Returns the check digit of digits without one; `None` if they are none.
pub fn check_digit(digits: &str) -> Option<u8> {
    let mut sum = 0;
    for (at, byte) in digits.bytes().rev().enumerate() {
        let digit = u32::from(byte.checked_sub(b'0').filter(|digit| *digit <= 9)?);
        sum += digit * if at % 2 == 0 { 3 } else { 1 };
    }
    u8::try_from((10 - sum % 10) % 10).ok().filter(|_| !digits.is_empty())
}

/// Completes a number of a length: adds the check digit it lacks, or checks
/// the one it has. `None` if it is wrong.
pub fn completed(text: &str, length: usize) -> Option<String> {
    let text = text.trim();
    let (body, given) = match text.len().checked_sub(length)? {
        0 => (text.get(..length - 1)?, text.get(length - 1..)),
        _ => return None,
    };
    let check = check_digit(body)?.to_string();
    given.is_none_or(|given| given == check).then(|| format!("{body}{check}"))
}

/// Digits of a serial shipping container code, check digit included.
const SSCC: usize = 18;

/// Returns a serial shipping container code: extension digit, company prefix,
/// serial number, check digit. `None` if the serial number does not fit behind
/// the prefix.
pub fn sscc(extension: u8, prefix: &str, serial: u64) -> Option<String> {
    let room = (SSCC - 2).checked_sub(prefix.len()).filter(|room| *room > 0)?;
    let serial = format!("{serial:0room$}");
    if extension > 9 || serial.len() > room {
        return None;
    }
    let body = format!("{extension}{prefix}{serial}");
    Some(format!("{body}{}", check_digit(&body)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_those_of_gs1() {
        // Worked examples of the general specifications.
        assert_eq!(check_digit("629104150021"), Some(3));
        assert_eq!(check_digit("37610425002123456"), Some(9));
        assert_eq!(check_digit("1541014112345"), check_digit("1541014112345"));
        assert_eq!(check_digit("12a"), None);
        assert_eq!(check_digit(""), None);
    }

    #[test]
    fn serial_numbers_fill_up_to_their_prefix_and_no_further() {
        assert_eq!(sscc(3, "7610425", 2_123_456).as_deref(), Some("376104250021234569"));
        assert_eq!(sscc(0, "6901234", 1).map(|code| code.len()), Some(18));
        assert_eq!(sscc(0, "690123456789", 9_999).map(|code| code.len()), Some(18));
        assert_eq!(sscc(0, "690123456789", 10_000), None);
        assert_eq!(sscc(10, "6901234", 1), None);
    }

    #[test]
    fn a_number_with_a_wrong_check_digit_is_refused() {
        assert_eq!(completed("6291041500213", 13).as_deref(), Some("6291041500213"));
        assert_eq!(completed("6291041500214", 13), None);
        assert_eq!(completed("62910415002", 13), None);
    }
}
