//! The keys under which a document number is looked up, strongest first.

use super::names::{Id, Names};
use crate::text::fold;

/// One document number of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    /// As the paper writes it, without white space around it.
    pub(super) verbatim: Id,
    /// Folded; separators stay only between digits, all as `-`.
    pub(super) spaced: Id,
    /// Folded, without any separator.
    pub(super) joined: Id,
    /// `spaced` without the leading zeros of each run of digits, and without
    /// ideographs in front (送货单8821).
    pub(super) bare: Id,
    /// Letters and digits in it: short numbers prove little.
    pub(super) length: u8,
    /// Whether a spreadsheet destroyed some of its digits.
    pub(super) damaged: bool,
}

impl Number {
    /// Takes a number apart; `None` if it holds no letter or digit.
    pub(super) fn new(text: &str, damaged: bool, names: &mut Names) -> Option<Self> {
        let text = text.trim();
        let folded = fold(text);
        let folded = without_label(&folded);
        let spaced = spaced(folded);
        let joined: String = spaced.chars().filter(|&c| c != '-').collect();
        if joined.is_empty() {
            return None;
        }
        Some(Self {
            verbatim: names.id(text),
            spaced: names.id(&spaced),
            joined: names.id(&joined),
            bare: names.id(&bare(&spaced)),
            length: joined.chars().count().min(255) as u8,
            damaged: damaged || is_scientific(folded),
        })
    }
}

/// Drops `No.` and `#` before a number.
fn without_label(folded: &str) -> &str {
    let rest = folded.trim_start_matches(['#', ':', '\'']);
    let Some(after) = rest.strip_prefix("no") else { return rest };
    let bare = after.trim_start_matches(['.', ':', '#']);
    let is_label = bare.len() < after.len() || bare.starts_with(|c: char| c.is_ascii_digit());
    if is_label { bare } else { rest }
}

/// Keeps letters and digits, and one `-` for whatever stands between two
/// digits: `1-11` is not `11-1`.
fn spaced(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    let mut gap = false;
    for c in folded.chars() {
        if !c.is_alphanumeric() {
            gap = true;
            continue;
        }
        let digits = c.is_ascii_digit() && out.ends_with(|last: char| last.is_ascii_digit());
        if gap && digits {
            out.push('-');
        }
        gap = false;
        out.push(c);
    }
    out
}

/// Drops ideographs in front, and the leading zeros of each run of digits.
fn bare(spaced: &str) -> String {
    let ascii = spaced.trim_start_matches(|c: char| !c.is_ascii());
    let spaced = if ascii.len() < 4 { spaced } else { ascii };
    let mut out = String::with_capacity(spaced.len());
    let mut chars = spaced.chars().peekable();
    let mut inside = false;
    while let Some(c) = chars.next() {
        let more = chars.peek().is_some_and(char::is_ascii_digit);
        if c == '0' && !inside && more {
            continue;
        }
        inside = c.is_ascii_digit();
        out.push(c);
    }
    out
}

/// Whether a number is written as `2.18e+18`.
pub(super) fn is_scientific(folded: &str) -> bool {
    let Some((mantissa, exponent)) = folded.split_once("e+") else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits(exponent) && digits(&mantissa.replacen('.', "", 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> (String, String, String) {
        let mut names = Names::default();
        let number = Number::new(text, false, &mut names).unwrap();
        let of = |id| names.text(id).to_owned();
        (of(number.spaced), of(number.joined), of(number.bare))
    }

    #[test]
    fn spellings_of_one_number_share_a_key() {
        for text in
            ["HJ26101799", "hj 26101799", "ＨＪ２６１０１７９９", "HJ.26101799", "No.HJ26101799"]
        {
            assert_eq!(keys(text).0, "hj26101799", "{text}");
        }
        assert_eq!(keys("HJ-2610-1799").1, "hj26101799");
        assert_eq!(keys("№8821").0, "8821");
    }

    #[test]
    fn digits_keep_their_groups() {
        assert_ne!(keys("1-11").0, keys("11-1").0);
        assert_eq!(keys("1/11").0, keys("1－11").0);
        assert_eq!(keys("nova-8").0, "nova8");
        assert_ne!(keys("1-11").2, keys("11-1").2);
    }

    #[test]
    fn leading_zeros_are_a_key_of_their_own() {
        assert_eq!(keys("00151").2, "151");
        assert_eq!(keys("HJ-0012").2, keys("hj12").2);
        assert_eq!(keys("送货单HJ-0012").2, keys("HJ12").2);
        assert_eq!(keys("000").2, "0");
        assert_ne!(keys("100").2, keys("1").2);
    }

    #[test]
    fn scientific_notation_is_damage() {
        assert!(is_scientific("2.18e+18"));
        assert!(!is_scientific("e+18"));
        assert!(!is_scientific("hj2e+1x"));
    }
}
