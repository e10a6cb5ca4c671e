//! The words in firms' names that tell form and place, not the firm.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::data::{self, compiled_in};
use crate::text::fold;

/// The words, longest first, so that the longest that fits is taken.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    /// Forms in law and trade.
    pub(super) legal: Vec<String>,
    /// What a payment is for.
    pub(super) purpose: Vec<String>,
    /// Endings of expenses.
    pub(super) expense: Vec<String>,
    /// How a person is called behind a surname.
    pub(super) address: Vec<String>,
    /// Surnames.
    pub(super) surnames: String,
    /// What ends like a town and is none.
    pub(super) no_town: Vec<String>,
    /// Documents and periods.
    pub(super) document: Vec<String>,
    /// Places, with the places inside them.
    places: BTreeMap<String, Vec<String>>,
    /// All places.
    #[serde(skip)]
    pub(super) regions: Vec<String>,
    /// The place a place lies in.
    #[serde(skip)]
    outer: BTreeMap<String, String>,
}

impl Words {
    /// Whether one place lies in the other, or they are the same.
    pub(super) fn is_within(&self, inner: &str, outer: &str) -> bool {
        let around = |place: &&str| self.outer.get(*place).map(String::as_str);
        std::iter::successors(Some(inner), around).any(|place| place == outer)
    }
}

pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    // A file that does not parse fails the test below; at run time it is empty.
    let mut words: Words = data::read(compiled_in!("party/words"));
    for (outer, inner) in &words.places {
        words.regions.push(fold(outer));
        for place in inner {
            words.outer.insert(fold(place), fold(outer));
            words.regions.push(fold(place));
        }
    }
    words.surnames = fold(&words.surnames);
    let Words { legal, regions, document, purpose, expense, address, no_town, .. } = &mut words;
    for list in [legal, regions, document, purpose, expense, address, no_town] {
        list.iter_mut().for_each(|word| *word = fold(word));
        list.sort_by_key(|word| (std::cmp::Reverse(word.chars().count()), word.clone()));
        list.dedup();
    }
    words
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_parse() {
        toml::from_str::<Words>(include_str!("words.toml")).unwrap();
        assert!(WORDS.legal.iter().all(|word| !word.is_empty()));
        assert!(WORDS.is_within("柯桥", "浙江") && WORDS.is_within("柯桥", "柯桥"));
        assert!(!WORDS.is_within("浙江", "柯桥") && !WORDS.is_within("柯桥", "广东"));
    }
}
