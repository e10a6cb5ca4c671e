//! Every label and message that people read, in three languages, as data: one
//! file a topic, one line a label.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::data;
use crate::lang::{self, Lang, Text};

/// Lists topics with their data.
macro_rules! topics {
    ($($topic:literal),* $(,)?) => {
        &[$(($topic, include_str!(concat!(env!("OUT_DIR"), "/report/labels/", $topic, ".json")))),*]
    };
}

/// The topics and their data. Each line of a topic's file is a label: a name
/// and its words in the order of [`Lang::ALL`].
const TOPICS: &[(&str, &str)] = topics![
    "appendix",
    "bom",
    "cartonlabel",
    "check",
    "cli",
    "common",
    "compare",
    "decision",
    "demo",
    "document",
    "explain",
    "freight",
    "init",
    "inspect",
    "kinds",
    "letter",
    "lines",
    "load",
    "pack",
    "recognise",
    "reconcile",
    "reseller",
    "sales",
    "warehouse",
];

/// Returns the label `key` (`topic.name`) in a language; a key that does not
/// exist is returned itself (tests keep that from happening).
pub fn text(lang: Lang, key: &'static str) -> &'static str {
    let Some((topic, name)) = key.split_once('.') else { return key };
    find(lang, topic, name).unwrap_or(key)
}

/// Returns the label `key` with its `{placeholders}` filled in.
pub fn fill(lang: Lang, key: &'static str, values: &[(&str, &str)]) -> String {
    lang::fill(text(lang, key), values)
}

fn find(lang: Lang, topic: &str, name: &str) -> Option<&'static str> {
    static LABELS: OnceLock<FxHashMap<&'static str, FxHashMap<String, Text>>> = OnceLock::new();
    let labels = LABELS
        .get_or_init(|| TOPICS.iter().map(|(topic, words)| (*topic, data::read(words))).collect());
    labels.get(topic)?.get(name).map(|words| words.get(lang))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;

    fn labels() -> impl Iterator<Item = (String, Text)> {
        TOPICS.iter().flat_map(|(topic, source)| {
            let labels: std::collections::BTreeMap<String, Text> =
                serde_json::from_str(source).unwrap();
            labels.into_iter().map(move |(name, text)| (format!("{topic}.{name}"), text))
        })
    }

    #[test]
    fn files_are_sorted() {
        for (topic, _) in TOPICS {
            let file = format!("src/report/labels/{topic}.toml");
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
            let source = fs::read_to_string(file).unwrap();
            let names: Vec<&str> = source
                .lines()
                .filter_map(|line| line.split_once(" = "))
                .map(|(name, _)| name)
                .filter(|name| !name.starts_with('#'))
                .collect();
            assert!(names.is_sorted(), "{topic}: {names:?}");
        }
    }

    #[test]
    fn the_three_languages_say_the_same() {
        let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        for (key, text) in labels() {
            let expected: BTreeSet<&str> =
                lang::placeholders(text.get(Lang::En)).into_iter().collect();
            for lang in Lang::ALL {
                let words = text.get(lang);
                let found: BTreeSet<&str> = lang::placeholders(words).into_iter().collect();
                assert_eq!(found, expected, "{key} in {}", lang.code());
                assert!(!words.trim().is_empty(), "{key} in {}", lang.code());
            }
            assert!(!han(text.get(Lang::En)), "{key} is not English");
        }
    }

    #[test]
    fn keys_of_the_sources_exist_and_none_is_unused() {
        let mut used = BTreeSet::new();
        scan(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut used);
        let known: BTreeSet<String> = labels().map(|(key, _)| key).collect();
        let missing: Vec<_> = used.difference(&known).collect();
        assert!(missing.is_empty(), "no such label: {missing:?}");
        let unused: Vec<_> = known.difference(&used).collect();
        assert!(unused.is_empty(), "nobody uses: {unused:?}");
    }

    /// Collects what looks like a key in string literals of code and layouts.
    fn scan(folder: &Path, used: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                scan(&path, used);
            } else if path.extension().is_some_and(|ext| ext == "rs" || ext == "toml") {
                let source = fs::read_to_string(&path).unwrap();
                used.extend(source.split('"').filter(|text| is_key(text)).map(str::to_owned));
            }
        }
    }

    fn is_key(text: &str) -> bool {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        text.split_once('.').is_some_and(|(topic, name)| {
            TOPICS.iter().any(|(known, _)| *known == topic)
                && !name.is_empty()
                && name != "toml"
                && name.chars().all(plain)
        })
    }
}
