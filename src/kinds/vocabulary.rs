//! Is this a header word at all, and whose?

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::kind::{Field, Kind};
use super::lookup;
use crate::text::{header_key, header_word, same_but_ending};

/// A field of a kind that a word may mean. Words of fields that all kinds
/// share stand without a kind.
#[derive(Debug, Clone, Copy)]
pub struct Meaning {
    /// The kind.
    pub kind: Option<&'static Kind>,
    /// Its field.
    pub field: &'static Field,
}

/// The longest cell that can be a header.
const LONGEST: usize = 40;

/// Every header word of every kind.
static WORDS: LazyLock<FxHashMap<String, Vec<Meaning>>> = LazyLock::new(|| {
    let mut words: FxHashMap<String, Vec<Meaning>> = FxHashMap::default();
    let mut add = |word: &str, meaning: Meaning| {
        let meanings = words.entry(header_word(word)).or_default();
        let same = |known: &Meaning| {
            known.field.name == meaning.field.name
                && known.kind.map(|kind| &kind.id) == meaning.kind.map(|kind| &kind.id)
        };
        if !meanings.iter().any(same) {
            meanings.push(meaning);
        }
    };
    for field in lookup::shared() {
        let words = field.words().chain(field.also.iter().map(String::as_str));
        words.for_each(|word| add(word, Meaning { kind: None, field }));
    }
    for kind in super::all() {
        for field in &kind.fields {
            let meaning = Meaning { kind: Some(kind), field };
            field.words().for_each(|word| add(word, meaning));
            field.also.iter().for_each(|word| add(word, meaning));
        }
    }
    words
});

/// Whether a cell's text is a header word of any kind, alone, with a unit, or
/// in two languages.
pub fn is_header_word(text: &str) -> bool {
    !fields_of(text).is_empty()
}

/// Returns what a cell's text may mean as a header: the meanings of the first
/// of its keys that is known.
pub fn fields_of(text: &str) -> &'static [Meaning] {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST || is_figure(text) {
        return &[];
    }
    let key = header_key(text);
    let exact = key.all().find_map(|key| WORDS.get(key));
    let near = || key.whole.iter().find_map(|key| ending_aside(key));
    exact.or_else(near).map_or(&[], Vec::as_slice)
}

/// Returns the meanings of a word that differs only by its ending.
fn ending_aside(word: &str) -> Option<&'static Vec<Meaning>> {
    same_but_ending(word).iter().find_map(|other| WORDS.get(other))
}

/// Returns how many kinds give a folded word a meaning of their own: 0 if
/// none does, `None` if the word is not known at all.
pub fn spread(word: &str) -> Option<usize> {
    let meanings = WORDS.get(word).or_else(|| ending_aside(word))?;
    let mut kinds: Vec<&str> =
        meanings.iter().filter_map(|one| one.kind).map(|kind| kind.id.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    Some(kinds.len())
}

/// Returns how many different words are known, in how many readings.
#[cfg(test)]
pub(super) fn size() -> (usize, usize) {
    (WORDS.len(), WORDS.values().map(Vec::len).sum())
}

/// Whether a text has nothing but digits and signs.
fn is_figure(text: &str) -> bool {
    !text.contains(|c: char| c.is_alphabetic()) && text.contains(|c: char| c.is_ascii_digit())
}
