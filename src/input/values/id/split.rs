//! Several numbers in one cell: `88121/88122`, `7712…、7713…`, one a line,
//! `88121~88125`.

use std::sync::Arc;

use super::{Id, all_digits, id, trim};
use crate::input::sheet::Value;
use crate::input::values::odd::{Odd, Odds, Parsed};

/// Signs without which no cell is a list.
const LIST_SIGNS: [char; 24] = [
    '、', ',', '，', ';', '；', '\n', '\r', '|', '&', '/', '／', '+', ' ', '\u{3000}', '~', '～',
    '〜', '至', '—', '–', '-', '\t', '\u{a0}', '\u{2028}',
];

/// The longest range of numbers that is written out.
const LONGEST_RANGE: u64 = 50;

/// Reads a cell as ids, in the order in which it lists them. A cell that
/// holds one gives one; what only looks like a list stays whole.
pub fn ids(value: &Value) -> Parsed<Vec<Id>> {
    let whole = match id(value) {
        Parsed::Value(whole) => whole,
        Parsed::Blank(odds) => return Parsed::Blank(odds),
        Parsed::Bad(bad) => return Parsed::Bad(bad),
    };
    if !matches!(value, Value::Text(_)) || whole.damaged || !whole.text.contains(LIST_SIGNS) {
        return Parsed::Value(vec![whole]);
    }
    let parts = split(&whole.text);
    if parts.len() < 2 {
        return Parsed::Value(vec![whole]);
    }
    let mut found = Vec::new();
    for part in parts {
        // Each part may carry its own apostrophe or `No:`.
        if let Parsed::Value(part) = id(&Value::Text(Arc::from(part.as_str()))) {
            let odds = part.odds.with(Odd::Several);
            found.push(Id { odds, ..part });
        }
    }
    if found.is_empty() { Parsed::Blank(Odds::NONE) } else { Parsed::Value(found) }
}

/// Splits at the signs that only lists have; then at those that ids have too,
/// where the parts are alike.
fn split(text: &str) -> Vec<String> {
    let hard = text.split(['、', ',', '，', ';', '；', '\n', '\r', '|', '&']);
    let mut found = Vec::new();
    for part in hard.map(trim).filter(|part| !part.is_empty()) {
        let soft = ['/', '／', '+', ' ', '\u{3000}'];
        match soft.into_iter().find_map(|sign| alike(part, sign)) {
            Some(parts) => found.extend(parts),
            None => match range(part) {
                Some(parts) => found.extend(parts),
                None => found.push(part.to_owned()),
            },
        }
    }
    found
}

/// Splits at `sign` if every part is a number of its own, or the end of the
/// first one (`HJ26100731/32`).
fn alike(text: &str, sign: char) -> Option<Vec<String>> {
    let parts: Vec<&str> = text.split(sign).map(trim).filter(|part| !part.is_empty()).collect();
    let (first, others) = parts.split_first()?;
    if others.is_empty() || first.len() < 4 || !(ends_in_digit(first) || is_drawn(first)) {
        return None;
    }
    let shape = shape(first);
    let mut found = vec![(*first).to_owned()];
    let mut before = (*first).to_owned();
    for part in others {
        let drawn = is_drawn(first) && is_drawn(part) && part.len() == first.len();
        let next = if drawn || (self::shape(part) == shape && part.len() >= 4) {
            (*part).to_owned()
        } else if sign != ' ' {
            continued(&before, part)?
        } else {
            return None;
        };
        before.clone_from(&next);
        found.push(next);
    }
    Some(found)
}

fn ends_in_digit(text: &str) -> bool {
    text.bytes().last().is_some_and(|b| b.is_ascii_digit())
}

/// Whether an id is drawn by lot from letters and digits (`26106Q0GWT22NV`):
/// no two of these are of one shape.
fn is_drawn(text: &str) -> bool {
    const SHORTEST: usize = 12;
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let drawn = text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    drawn && text.len() >= SHORTEST && (4..text.len()).contains(&digits)
}

/// The shape of an id: its letters and signs, and how many digits stand
/// between them. Years and days written with slashes have no like parts.
fn shape(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c.to_ascii_uppercase() }).collect()
}

/// Returns the id of which `end` writes only the last digits, a little past
/// `before`.
fn continued(before: &str, end: &str) -> Option<String> {
    let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    if !(2..digits).contains(&end.len()) || !all_digits(end) {
        return None;
    }
    let (head, tail) = before.split_at_checked(before.len() - end.len())?;
    let (from, to): (u64, u64) = (tail.parse().ok()?, end.parse().ok()?);
    (from < to && to - from <= LONGEST_RANGE).then(|| format!("{head}{end}"))
}

/// Writes a range out: `88121~88125`, `HJ101~HJ105`; with a hyphen only
/// between plain numbers of equal length.
fn range(text: &str) -> Option<Vec<String>> {
    let sign = ['~', '～', '〜', '至', '—', '–'].into_iter().find(|sign| text.contains(*sign));
    let (from, to) = match sign {
        Some(sign) => text.split_once(sign)?,
        None => text.split_once('-').filter(|(from, to)| {
            from.len() == to.len() && from.len() >= 5 && all_digits(from) && all_digits(to)
        })?,
    };
    let (from, to) = (trim(from), trim(to));
    if to.contains(['~', '～', '—', '–']) || shape(from) != shape(to) {
        return None;
    }
    let digits = from.bytes().rev().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 18 {
        return None;
    }
    let (head, low) = from.split_at(from.len() - digits);
    let high = to.strip_prefix(head)?;
    let (low, high): (u64, u64) = (low.parse().ok()?, high.parse().ok()?);
    if low >= high || high - low > LONGEST_RANGE {
        return None;
    }
    Some((low..=high).map(|number| format!("{head}{number:0digits$}")).collect())
}
