//! The words of `dates.toml`, ready to be asked.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::data::{self, compiled_in};

/// What `dates.toml` lists.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    months: Vec<Vec<String>>,
    weekdays: Vec<String>,
    fillers: Vec<String>,
    roc: Vec<String>,
    vague: Vec<String>,
}

/// Words in cells of dates.
#[derive(Debug, Default)]
pub(super) struct Words {
    months: FxHashMap<String, u32>,
    ignored: FxHashSet<String>,
    roc: FxHashSet<String>,
    /// By their first characters: every text that is no date is looked
    /// through for all of them.
    vague: FxHashMap<char, Vec<String>>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let lists: Lists = data::read(compiled_in!("input/values/dates"));
    let months = (1..).zip(lists.months).flat_map(|(number, names)| {
        names.into_iter().map(move |name| (name, number)).collect::<Vec<_>>()
    });
    let mut vague: FxHashMap<char, Vec<String>> = FxHashMap::default();
    for word in lists.vague {
        if let Some(first) = word.chars().next() {
            vague.entry(first).or_default().push(word);
        }
    }
    Words {
        months: months.collect(),
        ignored: lists.weekdays.into_iter().chain(lists.fillers).collect(),
        roc: lists.roc.into_iter().collect(),
        vague,
    }
});

/// Returns the compiled-in words.
pub(super) fn words() -> &'static Words {
    &WORDS
}

impl Words {
    /// Returns the number of an English month.
    pub(super) fn month(&self, word: &str) -> Option<u32> {
        self.months.get(word).copied()
    }

    /// Whether the word stands beside dates without changing them.
    pub(super) fn is_ignored(&self, word: &str) -> bool {
        self.ignored.contains(word)
    }

    /// Whether the word names the calendar of the Republic.
    pub(super) fn is_roc(&self, word: &str) -> bool {
        self.roc.contains(word)
    }

    /// Whether the text says when without saying which day.
    pub(super) fn is_vague(&self, text: &str) -> bool {
        text.char_indices().any(|(at, first)| {
            let words = self.vague.get(&first);
            words.is_some_and(|words| words.iter().any(|word| text[at..].starts_with(word)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_parse() {
        let lists: Lists = toml::from_str(include_str!("../dates.toml")).unwrap();
        assert_eq!(lists.months.len(), 12);
        assert_eq!(words().month("oct"), Some(10));
        assert!(words().is_vague("4月底"));
    }
}
