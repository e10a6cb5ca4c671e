//! What the papers call us, and what a statement calls its own firm.

use std::collections::{BTreeMap, BTreeSet};

use crate::party::{Parties, are_alike, full_name_in, name_in};
use crate::records::{HintFrom, PartyHint};
use crate::settings::Settings;
use crate::text::fold;

/// Returns our own names: those of the settings, then those under which the
/// statements address us, the commonest first.
pub(super) fn our_names<'a>(
    addressed: impl Iterator<Item = &'a str>,
    settings: &Settings,
) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in addressed {
        *counts.entry(name.trim()).or_default() += 1;
    }
    let mut names: Vec<(&str, usize)> = counts.into_iter().collect();
    names.sort_by_key(|&(name, count)| (std::cmp::Reverse(count), name));
    let mut ours: Vec<String> = settings.company.names().map(str::to_owned).collect();
    ours.extend(names.into_iter().map(|(name, _)| name.to_owned()));
    ours
}

/// Returns the full name that the titles of a statement give the party, where
/// our sheets call it by a shorter one.
pub(super) fn fuller_name(hints: &[PartyHint], party: &str) -> Option<String> {
    let titles = hints.iter().filter(|hint| hint.from == HintFrom::Title);
    let full = titles.filter_map(|hint| full_name_in(&hint.text));
    let length = party.chars().count();
    full.into_iter().find(|name| name.chars().count() > length && are_alike(party, name))
}

/// Returns the name a statement gives itself, by its strongest hint.
pub(super) fn own_name(hints: &[PartyHint], known: &Parties) -> Option<String> {
    let mut hints: Vec<&PartyHint> =
        hints.iter().filter(|hint| hint.from != HintFrom::Customer).collect();
    hints.sort_by_key(|hint| hint.from);
    hints.iter().filter_map(|hint| name_in(&hint.text)).find(|name| !known.is_ours(name))
}

/// A reseller's own paper is addressed to us (致：…): where its title or name
/// names one whom we supply, and the address does not, the address is ours.
pub(super) fn addressed_to_us(hints: &mut [PartyHint], supplied: &BTreeSet<String>) {
    let names_one = |hint: &PartyHint| {
        let text = fold(&hint.text);
        supplied.iter().any(|name| name.chars().count() > 1 && text.contains(name.as_str()))
    };
    if !hints.iter().any(|hint| hint.from > HintFrom::Fact && names_one(hint)) {
        return;
    }
    for hint in hints.iter_mut().filter(|hint| hint.from == HintFrom::Fact && !names_one(hint)) {
        hint.from = HintFrom::Customer;
    }
}
