//! Every label and message that people read, in three languages, as data: one
//! file a topic, one line a label.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::lang::Lang;

/// The topics and their files. Each line of a file is a label: a name and its
/// words in the order of [`Lang::ALL`].
const TOPICS: &[(&str, &str)] = &[("common", include_str!("common.toml"))];

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
    fill_in(text(lang, key), values)
}

/// Fills the `{placeholders}` of a text. Values are never searched for
/// placeholders themselves; a placeholder without a value stays as it is.
pub fn fill_in(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        filled.push_str(before);
        let Some(close) = after.find('}') else {
            rest = after;
            break;
        };
        let name = &after[1..close];
        match values.iter().find(|(key, _)| *key == name) {
            Some((_, value)) => filled.push_str(value),
            None => filled.push_str(&after[..=close]),
        }
        rest = &after[close + 1..];
    }
    filled.push_str(rest);
    filled
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
