//! The words in firms' names that tell form and place, not the firm.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::fold;

/// The words, longest first, so that the longest that fits is taken.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    /// Forms in law and trade.
    pub(super) legal: Vec<String>,
    /// Places.
    pub(super) regions: Vec<String>,
    /// Documents and periods.
    pub(super) document: Vec<String>,
}

pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    // A file that does not parse fails the test below; at run time it is empty.
    let mut words: Words = toml::from_str(include_str!("words.toml")).unwrap_or_default();
    for list in [&mut words.legal, &mut words.regions, &mut words.document] {
        list.iter_mut().for_each(|word| *word = fold(word));
        list.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
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
    }
}
