//! Is this a header word at all, and whose?

use super::lookup;
pub use super::lookup::Use;
use crate::text::{header_key, header_word, same_but_ending};

/// The longest cell that can be a header.
const LONGEST: usize = 40;

/// Whether a cell's text is a header word of any kind, alone, with a unit, or
/// in two languages.
pub fn is_header_word(text: &str) -> bool {
    !fields_of(text).is_empty()
}

/// Whether a text is a header word as it stands, its colon included
/// (用量:分子).
pub fn is_listed(text: &str) -> bool {
    text.len() <= LONGEST * 4 && !lookup::uses(&header_word(text)).is_empty()
}

/// Returns the fields that a cell's text may mean as a header, each with its
/// kind: the meanings of the first of its keys that is known.
pub fn fields_of(text: &str) -> &'static [Use] {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST || is_figure(text) {
        return &[];
    }
    let key = header_key(text);
    let known = |word: &str| Some(lookup::uses(word)).filter(|uses| !uses.is_empty());
    let exact = key.all().find_map(known);
    exact.or_else(|| key.whole.iter().find_map(|key| ending_aside(key))).unwrap_or(&[])
}

/// Returns the meanings of a word that differs only by its ending.
fn ending_aside(word: &str) -> Option<&'static [Use]> {
    let others = same_but_ending(word);
    others.iter().map(|other| lookup::uses(other)).find(|uses| !uses.is_empty())
}

/// Returns how many kinds give a folded word a meaning of their own: 0 if
/// none does, `None` if the word is not known at all.
pub fn spread(word: &str) -> Option<usize> {
    let exact = Some(lookup::uses(word)).filter(|uses| !uses.is_empty());
    let meanings = exact.or_else(|| ending_aside(word))?;
    let mut kinds: Vec<&str> =
        meanings.iter().filter_map(|one| one.kind).map(|kind| kind.id.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    Some(kinds.len())
}

/// Returns how many different words are known, in how many readings.
#[cfg(test)]
pub(super) fn size() -> (usize, usize) {
    let distinct = |word: &str| {
        let names = lookup::uses(word).iter();
        let names = names.map(|one| (one.kind.map(|kind| &kind.id), &one.field.name));
        names.collect::<std::collections::BTreeSet<_>>().len()
    };
    (lookup::words().count(), lookup::words().map(distinct).sum())
}

/// Whether a text has nothing but digits and signs.
fn is_figure(text: &str) -> bool {
    !text.contains(|c: char| c.is_alphabetic()) && text.contains(|c: char| c.is_ascii_digit())
}
