//! What a title, a file name or a sheet name says of the kind.

use std::sync::LazyLock;

use super::kind::Kind;
use crate::text::fold;

/// A word of a title that points to a kind.
#[derive(Debug, Clone, Copy)]
pub struct Hint {
    /// The kind.
    pub kind: &'static Kind,
    /// How many characters of the title say so: longer is surer.
    pub length: usize,
}

/// A folded title word and its kind, longest first.
static WORDS: LazyLock<Vec<(String, &'static Kind)>> = LazyLock::new(|| {
    let all = super::all().iter();
    let mut words: Vec<_> =
        all.flat_map(|kind| kind.titles.iter().map(move |word| (fold(word), kind))).collect();
    words.sort_by(|a, b| b.0.chars().count().cmp(&a.0.chars().count()).then(a.0.cmp(&b.0)));
    words
});

/// The bytes of a title that are listened to: what is longer is no title, and
/// every word is looked for in it.
const LONGEST: usize = 512;

/// Returns the kinds that a title speaks of, longest word first. A word inside
/// a longer one does not count (入库 in 出入库流水).
pub fn hints(title: &str) -> Vec<Hint> {
    let mut rest = fold(&title[..title.floor_char_boundary(LONGEST)]);
    let mut found: Vec<Hint> = Vec::new();
    let mut at = 0;
    while let Some((word, _)) = WORDS.get(at) {
        let same = WORDS[at..].iter().take_while(|(other, _)| other == word).count();
        if contains_word(&rest, word) {
            let length = word.chars().count();
            found.extend(WORDS[at..at + same].iter().map(|(_, kind)| Hint { kind, length }));
            rest = rest.replace(word.as_str(), "\u{1}");
        }
        at += same;
    }
    found
}

/// Whether `text` has `word`; Latin words must stand alone (`po` not in `report`).
fn contains_word(text: &str, word: &str) -> bool {
    let short_latin = word.is_ascii() && word.len() <= 5;
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find(word)) {
        let (start, end) = (from + at, from + at + word.len());
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        let inside =
            letter(text[..start].chars().next_back()) || letter(text[end..].chars().next());
        if !(short_latin && inside) {
            return true;
        }
        from = end;
    }
    false
}
