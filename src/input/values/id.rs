//! Ids, verbatim: leading zeros stay, a number is its digits, and what a
//! spreadsheet destroyed is known as damaged, never compared as if whole.

mod split;

use std::sync::Arc;

use super::lexicon::lexicon;
use super::odd::{Bad, Odd, Odds, Parsed};
use crate::input::sheet::Value;

pub use split::ids;

/// An id, and what was odd about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Id {
    /// The id as the cell writes it, without padding, apostrophe or `No:`.
    pub text: Arc<str>,
    /// Whether a spreadsheet destroyed some of its digits.
    pub damaged: bool,
    /// What was odd.
    pub odds: Odds,
}

/// The digits that a spreadsheet keeps of a number.
const KEPT: usize = 15;
/// No word that says there is nothing is longer, in bytes.
const LONGEST_WORD: usize = 24;
/// The digits that tell any two binary numbers apart.
const BINARY_KEPT: usize = 17;

/// Reads a cell as one id.
pub fn id(value: &Value) -> Parsed<Id> {
    match value {
        Value::Empty => Parsed::Blank(Odds::NONE),
        Value::Text(text) => of_text(text),
        Value::Number(number) => {
            let text = number.normalize().to_string();
            let odds = Odds::NONE.with(Odd::NumberId);
            Parsed::Value(Id { text: text.into(), damaged: false, odds })
        }
        Value::LongNumber(digits) => {
            let odds = Odds::NONE.with(Odd::NumberId);
            let damaged = is_damaged_number(digits);
            Parsed::Value(Id { text: Arc::clone(digits), damaged, odds })
        }
        // `10-8` that the spreadsheet took for a day.
        Value::Date(moment) => {
            let text = moment.date().to_string();
            Parsed::Value(Id { text: text.into(), damaged: true, odds: Odds::NONE })
        }
        Value::Error(_) => Parsed::Bad(Bad::FormulaError),
        Value::Bool(_) => Parsed::Bad(Bad::NotThis),
    }
}

/// Reads text as one id.
fn of_text(text: &Arc<str>) -> Parsed<Id> {
    let trimmed = trim(text);
    let words = lexicon();
    if trimmed.is_empty() {
        return Parsed::Blank(Odds::NONE);
    }
    if trimmed.len() <= LONGEST_WORD {
        let lower = trimmed.to_lowercase();
        if words.is_blank(&lower) {
            return Parsed::Blank(Odds::NONE);
        }
        if words.is_blank_id(&lower) {
            return Parsed::Blank(Odds::NONE.with(Odd::SaidBlank));
        }
    }
    let mut odds = Odds::NONE;
    let mut bare = trimmed;
    if let Some(rest) = bare.strip_prefix(['\'', '‘', '’', '`']) {
        odds.add(Odd::Apostrophe);
        bare = trim(rest);
    }
    let bare = words.without_id_prefix(bare);
    if bare.is_empty() {
        return Parsed::Blank(odds);
    }
    // Exports write whole numbers as 2001.0.
    let bare = bare.strip_suffix(".0").filter(|digits| all_digits(digits)).unwrap_or(bare);
    let damaged = is_scientific(bare);
    // Nearly all ids are the whole cell: its text serves for both.
    let text = if bare.len() == text.len() { Arc::clone(text) } else { bare.into() };
    Parsed::Value(Id { text, damaged, odds })
}

/// Trims white space and characters that take no space.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}')
    })
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether text is a number that lost digits on display (`2.18E+18`).
fn is_scientific(text: &str) -> bool {
    if !text.contains('+') {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    let Some((mantissa, power)) = lower.split_once("e+") else { return false };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    whole.len() == 1 && all_digits(whole) && all_digits(fraction) && all_digits(power)
}

/// Whether the digits of a numeric cell are fewer than were typed.
fn is_damaged_number(digits: &str) -> bool {
    let digits = digits.strip_prefix('-').unwrap_or(digits);
    if !all_digits(digits) {
        return true;
    }
    let significant = digits.trim_end_matches('0').len();
    significant <= KEPT
        || (digits.len() > BINARY_KEPT && significant <= BINARY_KEPT)
        || is_binary(digits)
}

/// Whether the digits are exactly those of a binary number of 53 bits that
/// has no room for ones (2^53 and above).
fn is_binary(digits: &str) -> bool {
    let Ok(number) = digits.parse::<u128>() else { return false };
    spare_bits(number).is_some_and(|spare| number.trailing_zeros() >= spare)
}

/// Returns how many bits a number has past the 53 that binary numbers keep.
fn spare_bits(number: u128) -> Option<u32> {
    (128 - number.leading_zeros()).checked_sub(53).filter(|spare| *spare > 0)
}

/// Looks at the ids of a column together: long ones that end in zeros, or are
/// round in binary, far more often than chance are damaged, text or not.
pub fn mark_damaged(ids: &mut [Id]) {
    mark(ids, ends_in_zeros, 0.0);
    // One of a thousand whole ids is round in binary: of many, one is chance.
    mark(ids, is_round_in_binary, 1.0);
}

/// What an id shows of one kind of damage, and the chance that a whole one
/// does.
type Test = fn(&str) -> Option<(bool, f64)>;

/// Below this chance that any whole id shows it, one that does is no chance.
const NO_CHANCE: f64 = 0.005;

/// Marks what a test shows, if it shows it of `more` ids than chance explains.
/// An id that stands in several rows below each other is one witness.
fn mark(ids: &mut [Id], test: Test, more: f64) {
    let (mut hits, mut expected) = (0_usize, 0_f64);
    for same in ids.chunk_by(|one, next| one.text == next.text) {
        if let Some((hit, chance)) = test(&same[0].text) {
            hits += usize::from(hit);
            expected += chance;
        }
    }
    let more = if expected < NO_CHANCE { 0.0 } else { more };
    if (hits as f64) <= 3.0 * (expected + expected.sqrt()) + more {
        return;
    }
    for id in ids {
        id.damaged |= test(&id.text).is_some_and(|(hit, _)| hit);
    }
}

/// Whether a long id ends in zeros past the digits that a spreadsheet keeps,
/// and the chance that a whole one does; `None` for short ids and words.
fn ends_in_zeros(text: &str) -> Option<(bool, f64)> {
    if text.len() <= KEPT || !all_digits(text) {
        return None;
    }
    let places = i32::try_from(text.len() - KEPT).ok()?;
    Some((text.trim_end_matches('0').len() <= KEPT, 0.1_f64.powi(places)))
}

/// Whether a long id is exactly a binary number of 53 bits, and the chance
/// that a whole one is.
fn is_round_in_binary(text: &str) -> Option<(bool, f64)> {
    if text.len() <= KEPT || !all_digits(text) {
        return None;
    }
    let spare = spare_bits(text.parse().ok()?)?;
    Some((is_binary(text), 0.5_f64.powi(i32::try_from(spare).ok()?)))
}

#[cfg(test)]
mod tests;
