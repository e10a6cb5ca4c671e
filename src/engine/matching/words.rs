//! What the texts of one side's entries come to, each text taken apart once:
//! a note has many lines, and an item stands on many notes.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::document_no::Number;
use super::item::{self, Item};
use super::names::{Id, Names};
use crate::engine::measure::pieces_in;
use crate::text::fold;

/// The texts that were taken apart so far.
pub(super) struct Words<'a, 'n> {
    names: &'n mut Names,
    numbers: FxHashMap<(&'a str, bool), Option<Number>>,
    codes: FxHashMap<&'a str, Option<Id>>,
    descriptions: FxHashMap<&'a str, Option<Id>>,
    units: FxHashMap<&'a str, (Id, Option<Decimal>)>,
    parties: FxHashMap<&'a str, Id>,
}

impl<'a, 'n> Words<'a, 'n> {
    /// Begins with the texts that are named already.
    pub(super) fn new(names: &'n mut Names) -> Self {
        Self {
            names,
            numbers: FxHashMap::default(),
            codes: FxHashMap::default(),
            descriptions: FxHashMap::default(),
            units: FxHashMap::default(),
            parties: FxHashMap::default(),
        }
    }

    /// Returns a document number taken apart; see [`Number::new`].
    pub(super) fn number(&mut self, text: &'a str, damaged: bool) -> Option<Number> {
        let names = &mut *self.names;
        *self.numbers.entry((text, damaged)).or_insert_with(|| Number::new(text, damaged, names))
    }

    /// Returns an item by its code and description; `None` if they say nothing.
    pub(super) fn item(&mut self, code: Option<&'a str>, text: Option<&'a str>) -> Option<Item> {
        let names = &mut *self.names;
        let code = code
            .and_then(|code| *self.codes.entry(code).or_insert_with(|| item::code_id(code, names)));
        let words = text.and_then(|text| {
            *self.descriptions.entry(text).or_insert_with(|| item::words_id(text, names))
        });
        Item::of(code, words)
    }

    /// Returns a unit, and how many pieces it holds where its name says so.
    pub(super) fn unit(&mut self, unit: &'a str) -> (Id, Option<Decimal>) {
        let names = &mut *self.names;
        *self.units.entry(unit).or_insert_with(|| (names.id(&fold(unit)), pieces_in(unit)))
    }

    /// Returns a party.
    pub(super) fn party(&mut self, party: &'a str) -> Id {
        let names = &mut *self.names;
        *self.parties.entry(party).or_insert_with(|| names.id(party))
    }
}
