//! Document kinds as data: one TOML each (fields, types, header words, keys,
//! an example row), compiled in.
//!
//! A header word may mean different fields in different kinds; within a kind
//! it means one. Words that many kinds share are in `shared.toml`.

mod kind;
mod lookup;
mod pattern;
mod side_by_side;
mod sources;
pub mod titles;
pub mod vocabulary;

use std::sync::LazyLock;

pub use kind::{Field, FieldType, Kind, Required};
pub use lookup::{Claim, Strength, claims_line, coded_fields};
pub use pattern::Pattern;
pub use side_by_side::{OfDelivery, delivery, store_of, variant};

use crate::text::fold;

/// All kinds, in the order of their ids.
static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
    let mut kinds: Vec<Kind> =
        sources::KINDS.iter().filter_map(|text| serde_json::from_str(text).ok()).collect();
    kinds.sort_by(|a, b| a.id.cmp(&b.id));
    kinds
});

/// Returns all kinds, in the order of their ids.
pub fn all() -> &'static [Kind] {
    &KINDS
}

/// Returns the kind of an id (`supplier_statement`).
pub fn get(id: &str) -> Option<&'static Kind> {
    KINDS.binary_search_by(|kind| kind.id.as_str().cmp(id)).ok().map(|at| &KINDS[at])
}

/// Returns the kind a person calls `name`: its id, its number (`D08`), one of
/// its names or aliases, in either script and any case.
pub fn named(name: &str) -> Option<&'static Kind> {
    let plain = |text: &str| fold(text).replace(['_', '-'], "");
    let wanted = plain(name);
    let has = |test: &dyn Fn(&Kind) -> bool| KINDS.iter().find(|kind| test(kind));
    has(&|kind| plain(&kind.id) == wanted)
        .or_else(|| has(&|kind| kind.aliases.iter().any(|alias| plain(alias) == wanted)))
        .or_else(|| has(&|kind| kind.names.iter().any(|alias| plain(alias) == wanted)))
        .or_else(|| has(&|kind| kind.number.as_deref().is_some_and(|no| plain(no) == wanted)))
}

#[cfg(test)]
mod tests;
