//! Numbers that are nearly the same: one slip of a key, or the last digits
//! alone.

use std::collections::BTreeSet;

/// Digits that a shortened number must still have.
const LEAST_DIGITS: usize = 3;
/// Characters that a number with a slip must have: in shorter ones, a slip is
/// another number.
const LEAST_LENGTH: usize = 4;

/// How two different numbers may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::engine) enum Nearness {
    /// One key wrong, missing or too many, or two neighbours swapped.
    Typo,
    /// One is the end of the other.
    Truncated,
}

/// Returns how two numbers (letters and digits only) may be one.
pub(in crate::engine) fn nearness(a: &str, b: &str) -> Option<Nearness> {
    let (a_chars, b_chars): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if is_end_of(a, b) || is_end_of(b, a) {
        return Some(Nearness::Truncated);
    }
    let long_enough = a_chars.len().min(b_chars.len()) >= LEAST_LENGTH;
    (long_enough && is_one_slip(&a_chars, &b_chars)).then_some(Nearness::Typo)
}

/// Splits the last run of digits off a number.
fn tail(number: &str) -> (&str, &str) {
    let digits = number.bytes().rev().take_while(u8::is_ascii_digit).count();
    number.split_at(number.len() - digits)
}

/// Whether `short` is `long` without its beginning: its last digits, perhaps
/// with the letters in front of them.
fn is_end_of(short: &str, long: &str) -> bool {
    let ((short_head, short_tail), (long_head, long_tail)) = (tail(short), tail(long));
    if short_tail.len() < LEAST_DIGITS || short.len() >= long.len() {
        return false;
    }
    let same_head = short_head == long_head || short_head.is_empty();
    same_head && long_tail.ends_with(short_tail)
}

/// Whether one substitution, insertion, deletion or swap of neighbours makes
/// one of the other.
fn is_one_slip(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (short, long) = (&short[same..], &long[same..]);
    match long.len() - short.len() {
        0 if long.is_empty() => false,
        0 => {
            let swapped = long.len() > 1
                && short[0] == long[1]
                && short[1] == long[0]
                && short[2..] == long[2..];
            short[1..] == long[1..] || swapped
        }
        1 => *short == long[1..],
        _ => false,
    }
}

/// Returns keys of which two numbers one slip apart share at least one: the
/// number itself and the number without each of its characters.
pub(super) fn slip_keys(number: &str) -> Vec<String> {
    let count = number.chars().count();
    if !(LEAST_LENGTH..=40).contains(&count) {
        return Vec::new();
    }
    let without = |skip: usize| {
        number.chars().enumerate().filter(move |&(at, _)| at != skip).map(|(_, c)| c).collect()
    };
    let mut keys: BTreeSet<String> = (0..count).map(without).collect();
    keys.insert(number.to_owned());
    keys.into_iter().collect()
}

/// Returns the last digits by which a number may be quoted, of the given
/// lengths, and its whole run of last digits' length.
pub(super) fn end_keys(number: &str, lengths: &BTreeSet<usize>) -> Vec<String> {
    let (head, tail) = tail(number);
    lengths
        .iter()
        .filter(|&&length| length <= tail.len() && (length < tail.len() || !head.is_empty()))
        .map(|&length| tail[tail.len() - length..].to_owned())
        .collect()
}

/// Returns the run of last digits of a number that may be a shortened one.
pub(super) fn short_end(number: &str) -> Option<&str> {
    let (_, tail) = tail(number);
    (tail.len() >= LEAST_DIGITS).then_some(tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_one_key() {
        for (a, b) in [
            ("hj26102048", "hj26102084"),
            ("hj26102048", "hj26102049"),
            ("hj26102048", "hj2610248"),
            ("hj26102048", "hj261020048"),
        ] {
            assert_eq!(nearness(a, b), Some(Nearness::Typo), "{a} and {b}");
            let shared = slip_keys(a).iter().any(|key| slip_keys(b).contains(key));
            assert!(shared, "{a} and {b} must meet under some key");
        }
    }

    #[test]
    fn last_digits_stand_for_the_number() {
        for (short, long) in
            [("2984", "hj26102984"), ("26101799", "hj26101799"), ("hj984", "hj26102984")]
        {
            assert_eq!(nearness(short, long), Some(Nearness::Truncated), "{short} and {long}");
            let length = short_end(short).unwrap().len();
            let ends = end_keys(long, &BTreeSet::from([length]));
            assert_eq!(ends, [short_end(short).unwrap()]);
        }
    }

    #[test]
    fn parts_of_a_number_are_not_the_number() {
        for (a, b) in
            [("991", "inv99910"), ("2610", "hj26102984"), ("84", "hj26102984"), ("101", "111")]
        {
            assert_eq!(nearness(a, b), None, "{a} and {b}");
        }
        assert_eq!(nearness("hj26102048", "hj26104820"), None);
    }
}
