//! The words of `words.toml`, ready to be asked.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use crate::data::{self, compiled_in};

/// What `words.toml` lists.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    blank: Vec<String>,
    blank_said: Vec<String>,
    blank_ids: Vec<String>,
    id_prefixes: Vec<String>,
    zero: Vec<String>,
    currency: Vec<String>,
    units: Vec<String>,
    whole_units: Vec<String>,
    not_units: Vec<String>,
}

/// Words that stand in cells beside or instead of figures.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    blank: FxHashSet<String>,
    blank_said: FxHashSet<String>,
    blank_ids: FxHashSet<String>,
    id_prefixes: Vec<String>,
    zero: FxHashSet<String>,
    currency: FxHashSet<String>,
    units: FxHashSet<String>,
    whole_units: Vec<String>,
    not_units: FxHashSet<String>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let lists: Lists = data::read(compiled_in!("input/values/words"));
    Lexicon {
        blank: lists.blank.into_iter().collect(),
        blank_said: lists.blank_said.into_iter().collect(),
        blank_ids: lists.blank_ids.into_iter().collect(),
        id_prefixes: lists.id_prefixes,
        zero: lists.zero.into_iter().collect(),
        currency: lists.currency.into_iter().collect(),
        units: lists.units.into_iter().collect(),
        whole_units: lists.whole_units,
        not_units: lists.not_units.into_iter().collect(),
    }
});

/// Returns the compiled-in words.
pub(super) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    /// Whether the folded, lower-case `text` writes nothing.
    pub(super) fn is_blank(&self, text: &str) -> bool {
        self.blank.contains(text)
    }

    /// Whether it says in words that there is nothing.
    pub(super) fn says_blank(&self, text: &str) -> bool {
        self.blank_said.contains(text)
    }

    /// Whether it says that no number was written.
    pub(super) fn is_blank_id(&self, text: &str) -> bool {
        self.blank_ids.contains(text)
    }

    /// Returns `text` without a word such as `No:` before the number.
    pub(super) fn without_id_prefix<'a>(&self, text: &'a str) -> &'a str {
        let marks = [':', '：', '.', '#'];
        if !text.contains(marks) && !text.starts_with('№') {
            return text;
        }
        let found = self.id_prefixes.iter().find_map(|prefix| {
            let (head, rest) = text.split_at_checked(prefix.len())?;
            let rest = rest.trim_start();
            let marked = rest.starts_with(marks) || head == "№";
            (head.to_lowercase() == *prefix && marked).then(|| rest.trim_start_matches(marks))
        });
        found.map_or(text, str::trim_start)
    }

    /// Whether it is zero in words.
    pub(super) fn is_zero(&self, text: &str) -> bool {
        self.zero.contains(text)
    }

    /// Whether it is a mark of money.
    pub(super) fn is_currency(&self, text: &str) -> bool {
        self.currency.contains(text)
    }

    /// Returns the length in bytes of the mark of money that `text` begins
    /// with, the longest there is.
    pub(super) fn currency_prefix(&self, text: &str) -> Option<usize> {
        const LONGEST: usize = 4;
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST);
        ends.filter(|&end| self.currency.contains(&text[..end])).last()
    }

    /// Whether `text` can be the unit of a figure.
    pub(super) fn is_unit(&self, text: &str) -> bool {
        if text.is_ascii() || self.units.contains(text) {
            return self.units.contains(text);
        }
        text.chars().count() <= 4
            && text.chars().all(is_han)
            && !self.not_units.iter().any(|word| text.starts_with(word.as_str()))
    }

    /// Whether `text` begins with a measure whose first character only looks
    /// like a magnitude (千克).
    pub(super) fn begins_with_whole_unit(&self, text: &str) -> bool {
        self.whole_units.iter().any(|unit| text.starts_with(unit.as_str()))
    }
}

/// Whether `c` is a Chinese character.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_parse_and_are_folded() {
        let lists: Lists = toml::from_str(include_str!("words.toml")).unwrap();
        let all = [
            &lists.blank,
            &lists.blank_said,
            &lists.blank_ids,
            &lists.id_prefixes,
            &lists.zero,
            &lists.currency,
            &lists.units,
        ];
        for word in all.into_iter().flatten() {
            assert_eq!(word.to_lowercase().trim(), word, "{word} would never be found");
        }
        assert!(!lists.units.is_empty() && !lists.whole_units.is_empty());
    }
}
