//! What every code means, as data: the codes of findings (`codes.toml`) and
//! the words that cross-checks use for their lines (`terms.toml`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::Severity;
use crate::data::{self, compiled_in};
use crate::lang::Text;

/// What a code is said of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Something wrong or doubtful in the data or the command line.
    Finding,
    /// How settled a line of a cross-check is.
    Status,
    /// Why the amounts of a pair differ.
    Cause,
    /// What is odd about a line without moving its amount.
    Note,
    /// Why a line has no partner.
    Reason,
}

/// One code and all that is known of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What it is said of.
    #[serde(default = "finding")]
    pub group: Group,
    /// How much it matters where nothing else is said; findings only.
    pub severity: Option<Severity>,
    /// Its short name, as reports print it.
    pub name: Text,
    /// The sentence with `{placeholders}`; findings only.
    pub message: Option<Text>,
    /// The placeholders whose values are sums: people read them in thousands.
    #[serde(default)]
    pub sums: Vec<String>,
    /// By placeholder, what its values stand for where they are words of the
    /// program: a `{reason}` of `damaged` is a clause in the message. `*` is
    /// any other value.
    #[serde(default)]
    pub words: BTreeMap<String, BTreeMap<String, Text>>,
    /// What it means.
    pub meaning: Text,
    /// An example.
    pub example: Text,
    /// What to do about it.
    pub advice: Text,
}

fn finding() -> Group {
    Group::Finding
}

const SOURCES: [&str; 2] = [compiled_in!("finding/codes"), compiled_in!("finding/terms")];

static ENTRIES: LazyLock<BTreeMap<String, Entry>> =
    LazyLock::new(|| SOURCES.into_iter().flat_map(data::read::<BTreeMap<String, Entry>>).collect());

/// Returns what is known of a code.
pub fn entry(code: &str) -> Option<&'static Entry> {
    ENTRIES.get(code)
}

/// Returns all codes, sorted.
pub fn entries() -> impl Iterator<Item = (&'static str, &'static Entry)> {
    ENTRIES.iter().map(|(code, entry)| (code.as_str(), entry))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::lang::{Lang, placeholders};

    fn names(template: &str) -> BTreeSet<&str> {
        placeholders(template).into_iter().collect()
    }

    #[test]
    fn the_sources_parse() {
        for source in SOURCES {
            serde_json::from_str::<BTreeMap<String, Entry>>(source).unwrap();
        }
    }

    #[test]
    fn codes_are_sorted_and_unique() {
        let mut all = BTreeSet::new();
        for source in [include_str!("codes.toml"), include_str!("terms.toml")] {
            let codes: Vec<&str> = source
                .lines()
                .filter_map(|line| line.strip_prefix('[')?.strip_suffix(']'))
                .filter(|code| !code.contains('.'))
                .collect();
            assert!(codes.is_sorted(), "{codes:?}");
            assert!(codes.iter().all(|code| all.insert(*code)), "{codes:?}");
        }
        assert_eq!(all.len(), ENTRIES.len());
    }

    #[test]
    fn every_code_of_the_program_is_explained_and_the_other_way_round() {
        let named: BTreeSet<&str> = include_str!("codes.rs")
            .split("Code(\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let explained: BTreeSet<&str> = entries()
            .filter(|(_, entry)| entry.group == Group::Finding)
            .map(|(code, _)| code)
            .collect();
        assert_eq!(named, explained);
    }

    #[test]
    fn findings_have_a_severity_and_a_message_and_other_words_have_none() {
        for (code, entry) in entries() {
            let is_finding = entry.group == Group::Finding;
            assert_eq!(entry.severity.is_some(), is_finding, "{code}");
            assert_eq!(entry.message.is_some(), is_finding, "{code}");
        }
    }

    #[test]
    fn messages_name_the_same_values_in_every_language() {
        for (code, entry) in entries() {
            let words = entry.words.values().flat_map(BTreeMap::values);
            for text in entry.message.iter().chain(words) {
                let expected = names(text.get(Lang::En));
                assert!(Lang::ALL.iter().all(|lang| names(text.get(*lang)) == expected), "{code}");
            }
        }
    }

    #[test]
    fn no_text_is_missing_and_none_is_in_the_wrong_language() {
        let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        for (code, entry) in entries() {
            let words = entry.words.values().flat_map(BTreeMap::values);
            let texts = [&entry.name, &entry.meaning, &entry.example, &entry.advice];
            for text in texts.into_iter().chain(&entry.message).chain(words) {
                assert!(han(text.get(Lang::Hans)), "{code}");
                assert!(han(text.get(Lang::Hant)), "{code}");
                assert!(!text.get(Lang::En).trim().is_empty(), "{code}");
            }
        }
    }
}
