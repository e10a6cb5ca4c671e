//! From a header word to the fields it may mean in a kind.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::kind::{Field, Kind};
use crate::data;
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
#[derive(Default, Deserialize)]
struct Shared {
    fields: Vec<Field>,
}

/// Fields that many kinds share.
static SHARED: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let shared: Shared = data::read(super::sources::SHARED);
    shared.fields
});

/// A field that has a word, as the data files list it.
#[derive(Debug, Clone, Copy)]
pub struct Use {
    /// The kind; `None`: a field that all kinds share.
    pub kind: Option<&'static Kind>,
    /// The field.
    pub field: &'static Field,
    /// Whether the word is the field's own, or one it takes if it is free.
    strength: Strength,
}

/// Every word of every kind, and who has it: first the shared fields, then
/// the kinds, each in the order of its fields.
static USES: LazyLock<FxHashMap<String, Vec<Use>>> = LazyLock::new(|| {
    let mut uses: FxHashMap<String, Vec<Use>> = FxHashMap::default();
    let shared = SHARED.iter().map(|field| (None, field));
    let own = super::all().iter().flat_map(|kind| {
        let kind_of = Some(kind);
        kind.fields.iter().map(move |field| (kind_of, field))
    });
    for (kind, field) in shared.chain(own) {
        let words = field.words().map(|word| (word, Strength::Own));
        for (word, strength) in words.chain(field.also_words()) {
            uses.entry(header_word(word)).or_default().push(Use { kind, field, strength });
        }
    }
    uses
});

/// Returns the fields that many kinds share.
pub(super) fn shared() -> &'static [Field] {
    &SHARED
}

/// Returns the shared fields that have words for codes alone.
pub fn coded_fields() -> impl Iterator<Item = &'static Field> {
    SHARED.iter().filter(|field| !field.coded.is_empty())
}

/// Whether a folded word heads names, or the numbers of lines where those
/// stand below it (Item).
pub fn claims_line(word: &str) -> bool {
    let is_line = |one: &Use| one.kind.is_none() && one.field.name == "line_no";
    uses(word).iter().any(|one| is_line(one) && one.strength != Strength::Own)
}

/// Returns who has a word.
pub(super) fn uses(word: &str) -> &'static [Use] {
    USES.get(word).map_or(&[], Vec::as_slice)
}

/// Returns all words.
#[cfg(test)]
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    USES.keys().map(String::as_str)
}

/// Returns the claims of a word in a kind, the surest first: the kind's own,
/// and those of the shared fields it has no other use for.
pub(super) fn claims(kind: &'static Kind, word: &str) -> Vec<Claim> {
    let mut claims = Claims { word, found: Vec::new() };
    let uses = uses(word);
    for own in uses.iter().filter(|one| one.kind.is_some_and(|other| other.id == kind.id)) {
        claims.add(own.strength, own.field);
    }
    // The shared words of fields that the kind names, unless the kind uses
    // the word otherwise; what a shared field only takes if it is free comes
    // after all that.
    let listed = |shared: &Use| kind.fields.iter().find(|field| field.name == shared.field.name);
    let shared = || uses.iter().filter(|one| one.kind.is_none());
    for is_own in [true, false] {
        let taken = !claims.found.is_empty();
        for one in shared().filter(|one| (one.strength == Strength::Own) == is_own) {
            if let Some(field) = listed(one) {
                claims.add(if taken { Strength::Common } else { one.strength }, field);
            }
        }
    }
    let unlisted = shared().filter(|one| listed(one).is_none());
    for one in unlisted.filter(|one| one.strength == Strength::Own) {
        claims.add(Strength::Common, one.field);
    }
    claims.found.sort_by_key(|claim| claim.strength);
    claims.found
}

/// The claims found so far on a word.
struct Claims<'a> {
    word: &'a str,
    found: Vec<Claim>,
}

impl Claims<'_> {
    /// Adds a claim, unless the field has one on this word already.
    fn add(&mut self, strength: Strength, field: &'static Field) {
        if self.found.iter().any(|known| known.field.name == field.name) {
            return;
        }
        let label = field.is_label(self.word);
        let ahead = field.ahead.iter().any(|first| header_word(first) == self.word);
        self.found.push(Claim { strength, label, ahead, field });
    }
}
