//! What `gendan.toml` says of columns: further header words, and which column
//! of a file is what.

use rustc_hash::FxHashMap;

use super::super::table::Column;
use crate::kinds::Kind;
use crate::location::parse_column;
use crate::settings::{FileRule, Settings};
use crate::text::header_word;

/// What a person says of the columns of one sheet.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// Folded header word → field, by kind.
    words: FxHashMap<(String, String), String>,
    /// Fields by column letter or folded header.
    columns: Vec<(String, String)>,
}

impl Overrides {
    /// Returns what the settings say of a sheet, if `rule` is the rule for
    /// its file.
    pub fn new(settings: &Settings, rule: Option<&FileRule>) -> Self {
        let mut overrides = Self::default();
        for extra in &settings.words {
            for word in &extra.words {
                let key = (extra.kind.clone(), header_word(word));
                overrides.words.insert(key, extra.field.clone());
            }
        }
        if let Some(rule) = rule {
            let columns =
                rule.columns.iter().map(|(column, field)| (column.clone(), field.clone()));
            overrides.columns = columns.collect();
        }
        overrides
    }

    /// Says which fields headers stand for.
    pub fn headed<'a>(headers: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let owned = |(header, field): (&str, &str)| (header.to_owned(), field.to_owned());
        Self { columns: headers.into_iter().map(owned).collect(), ..Self::default() }
    }

    /// Returns the field that the person says a column is.
    pub(super) fn field(&self, column: &Column) -> Option<&str> {
        let letters = |name: &str| parse_column(name) == Some(column.col);
        let header = header_word(&column.header);
        let named = |name: &str| !header.is_empty() && header_word(name) == header;
        let by_letter = self.columns.iter().find(|(name, _)| letters(name));
        let found = by_letter.or_else(|| self.columns.iter().find(|(name, _)| named(name)));
        found.map(|(_, field)| field.as_str())
    }

    /// Returns the field that the person says a word means in a kind.
    pub(super) fn word(&self, kind: &Kind, word: &str) -> Option<&str> {
        if self.words.is_empty() {
            return None;
        }
        self.words.get(&(kind.id.clone(), word.to_owned())).map(String::as_str)
    }
}
