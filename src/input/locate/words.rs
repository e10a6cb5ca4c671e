//! The words of `words.toml`: what the labels and footers of rows and the
//! headers of columns say.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use crate::data::{self, compiled_in};
use crate::text::fold;

/// A list of words, folded; longest first where a part is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub(super) struct List {
    by_length: Vec<String>,
    set: FxHashSet<String>,
    /// What the words begin with, as written and folded.
    starts: FxHashSet<char>,
}

impl From<Vec<String>> for List {
    fn from(words: Vec<String>) -> Self {
        let set: FxHashSet<String> =
            words.iter().map(|word| fold(word)).filter(|word| !word.is_empty()).collect();
        let mut by_length: Vec<String> = set.iter().cloned().collect();
        by_length.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        let starts =
            words.iter().chain(&by_length).filter_map(|word| word.chars().next()).collect();
        Self { by_length, set, starts }
    }
}

impl List {
    /// Whether the folded text is one of the words.
    pub(super) fn has(&self, folded: &str) -> bool {
        self.set.contains(folded)
    }

    /// Whether the text, as it is written, is one of the words; most texts are
    /// told apart by their first character.
    pub(super) fn is(&self, text: &str) -> bool {
        let text = text.trim();
        text.chars().next().is_some_and(|c| self.starts.contains(&c)) && self.has(&fold(text))
    }

    /// Whether the folded text holds one of the words.
    pub(super) fn is_in(&self, folded: &str) -> bool {
        self.by_length.iter().any(|word| folded.contains(word.as_str()))
    }

    /// Returns what stands behind the longest word the text begins with.
    pub(super) fn after<'t>(&self, folded: &'t str) -> Option<&'t str> {
        self.by_length.iter().find_map(|word| folded.strip_prefix(word.as_str()))
    }

    /// Returns what stands before the longest word the text ends with.
    pub(super) fn before<'t>(&self, folded: &'t str) -> Option<&'t str> {
        self.by_length.iter().find_map(|word| folded.strip_suffix(word.as_str()))
    }
}

/// The words of one role.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Group {
    /// The word itself, which others may stand around.
    pub(super) words: List,
    /// Whole labels, nothing around them.
    pub(super) whole: List,
    /// What may stand before it.
    pub(super) before: List,
    /// What may stand behind it.
    pub(super) after: List,
    /// What a text of the role begins with.
    pub(super) begins: List,
    /// What a text of the role holds somewhere.
    pub(super) holds: List,
}

/// The words of headers, by what they say of their column.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Columns {
    pub(super) single: List,
    pub(super) rate: List,
    pub(super) serial: List,
    pub(super) balance: List,
    pub(super) remark: List,
    pub(super) document: List,
    pub(super) additive: List,
    pub(super) measured: List,
    pub(super) cartons: List,
    pub(super) key: List,
    pub(super) item: List,
}

/// Words that stand in cells.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cells {
    pub(super) ditto: List,
    pub(super) sizes: List,
    pub(super) index: List,
    pub(super) lowers: List,
}

/// All words of the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) total: Group,
    pub(super) year: Group,
    pub(super) subtotal: Group,
    pub(super) carried: Group,
    pub(super) opening: Group,
    pub(super) closing: Group,
    pub(super) balance: Group,
    pub(super) moved: Group,
    pub(super) told: Group,
    pub(super) settled: Group,
    pub(super) tax: Group,
    pub(super) note: Group,
    pub(super) signature: Group,
    pub(super) column: Columns,
    pub(super) cell: Cells,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| data::read(compiled_in!("input/locate/words")));

/// Returns the compiled-in words.
pub(super) fn words() -> &'static Words {
    &WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_parse() {
        let words: Words = toml::from_str(include_str!("words.toml")).unwrap();
        assert!(words.total.words.has("合计"));
        assert!(words.total.words.has("grandtotal"));
    }
}
