//! Every label and message that people read, in three languages, as data: one
//! file a topic, one line a label.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::lang::{self, Lang};

/// The topics and their files. Each line of a file is a label: a name and its
/// words in the order of [`Lang::ALL`].
const TOPICS: &[(&str, &str)] =
    &[("common", include_str!("common.toml")), ("explain", include_str!("explain.toml"))];

type Words = [String; 3];

/// Returns the label `key` (`topic.name`) in a language; a key that does not
/// exist is returned itself (tests keep that from happening).
pub fn text(lang: Lang, key: &'static str) -> &'static str {
    let Some((topic, name)) = key.split_once('.') else { return key };
    find(lang, topic, name).unwrap_or(key)
}

/// Returns the label of a name that comes from a table of names: a status, a
/// cause, a reason, a kind.
pub fn named<'a>(lang: Lang, topic: &str, name: &'a str) -> &'a str {
    find(lang, topic, name).unwrap_or(name)
}

/// Returns the label `key` with its `{placeholders}` filled in.
pub fn fill(lang: Lang, key: &'static str, values: &[(&str, &str)]) -> String {
    lang::fill(text(lang, key), values)
}

fn find(lang: Lang, topic: &str, name: &str) -> Option<&'static str> {
    static LABELS: OnceLock<FxHashMap<&'static str, FxHashMap<String, Words>>> = OnceLock::new();
    let labels = LABELS.get_or_init(|| {
        // A file that does not parse is caught by the tests; at run time its
        // keys stand for its words.
        TOPICS
            .iter()
            .map(|(topic, text)| (*topic, toml::from_str(text).unwrap_or_default()))
            .collect()
    });
    let words = labels.get(topic)?.get(name)?;
    words.get(lang as usize).map(String::as_str)
}
