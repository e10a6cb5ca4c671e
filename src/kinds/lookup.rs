//! From a header word to the fields it may mean in a kind.

use std::sync::{LazyLock, OnceLock};

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::kind::{Field, Kind};
use crate::text::header_word;

/// How surely a word means a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// The kind gives it this word, or the word is the shared field's and
    /// the kind has no other use for it.
    Own,
    /// The field takes it if no column is called more exactly; the number is
    /// the word's place in the field's list.
    Also(u16),
    /// The shared field's word, which the kind gives to another field first,
    /// or a shared field that the kind does not name.
    Common,
}

/// A field that a header word may mean.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    /// How surely.
    pub strength: Strength,
    /// Whether the word is the field's label in one of the languages.
    pub label: bool,
    /// Whether the word goes before the field's label.
    pub ahead: bool,
    /// The field.
    pub field: &'static Field,
}

impl Field {
    /// Returns the words it takes if they are free, with their strength.
    fn also_words(&self) -> impl Iterator<Item = (&str, Strength)> {
        let strength = |place| Strength::Also(u16::try_from(place).unwrap_or(u16::MAX));
        self.also.iter().enumerate().map(move |(place, word)| (word.as_str(), strength(place)))
    }
}

/// The shape of `shared.toml`.
#[derive(Deserialize)]
struct Shared {
    fields: Vec<Field>,
}

/// Fields that many kinds share.
static SHARED: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let shared = serde_json::from_str(super::sources::SHARED);
    shared.map_or_else(|_| Vec::new(), |shared: Shared| shared.fields)
});

/// Word → claims.
type Words = FxHashMap<String, Vec<Claim>>;

/// The words of every kind, by its position; made when first asked for.
static WORDS: LazyLock<Vec<OnceLock<Words>>> =
    LazyLock::new(|| super::all().iter().map(|_| OnceLock::new()).collect());

/// Returns the fields that many kinds share.
pub(super) fn shared() -> &'static [Field] {
    &SHARED
}

/// Returns the claims of a word in a kind, the surest first.
pub(super) fn claims(kind: &'static Kind, word: &str) -> &'static [Claim] {
    let words = WORDS.get(kind.position).map(|words| words.get_or_init(|| collect(kind)));
    words.and_then(|words| words.get(word)).map_or(&[], Vec::as_slice)
}

/// Collects the words of a kind: its own, those it takes if they are free,
/// and the shared ones it has no other use for.
fn collect(kind: &'static Kind) -> Words {
    let mut words = Words::default();
    for field in &kind.fields {
        for word in field.words() {
            add(&mut words, header_word(word), Strength::Own, field);
        }
        for (word, strength) in field.also_words() {
            add(&mut words, header_word(word), strength, field);
        }
    }
    let listed = |shared: &Field| kind.fields.iter().find(|field| field.name == shared.name);
    // The shared words of fields that the kind names, unless the kind uses
    // the word otherwise; what a shared field only takes if it is free comes
    // after all that.
    let named = || shared().iter().filter_map(|shared| Some((shared, listed(shared)?)));
    let own = named()
        .flat_map(|(shared, field)| shared.words().map(move |word| (word, Strength::Own, field)));
    let also = named().flat_map(|(shared, field)| {
        shared.also_words().map(move |(word, strength)| (word, strength, field))
    });
    for list in [own.collect::<Vec<_>>(), also.collect()] {
        let before = words.clone();
        for (word, strength, field) in list {
            let word = header_word(word);
            let taken = before.contains_key(&word);
            add(&mut words, word, if taken { Strength::Common } else { strength }, field);
        }
    }
    for shared in shared().iter().filter(|shared| listed(shared).is_none()) {
        for word in shared.words() {
            add(&mut words, header_word(word), Strength::Common, shared);
        }
    }
    for claims in words.values_mut() {
        claims.sort_by_key(|claim| claim.strength);
    }
    words
}

/// Adds a claim, unless the field has one on this word already.
fn add(words: &mut Words, word: String, strength: Strength, field: &'static Field) {
    let label = field.is_label(&word);
    let claims = words.entry(word.clone()).or_default();
    if !claims.iter().any(|known| known.field.name == field.name) {
        let ahead = field.ahead.iter().any(|first| header_word(first) == word);
        claims.push(Claim { strength, label, ahead, field });
    }
}
