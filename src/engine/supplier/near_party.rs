//! Two names that may be one firm's: what is billed under the one is booked
//! under the other. They are told and never joined: two firms may have shared a
//! van.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::sides::Sides;
use crate::engine::entry::{Entry, EntryType};
use crate::engine::matching::explain::{FailedTest, Field};
use crate::engine::matching::outcome::{Line, Reason, Status};
use crate::engine::matching::sides::Side;
use crate::finding::{Finding, codes};
use crate::location::Location;
use crate::text::fold;

/// So many lines tell of one firm, however its names are written.
const LINES: usize = 2;

/// The name on their papers and the one on our books.
type Names<'a> = (&'a Arc<str>, &'a Arc<str>);

/// How many lines two names share, and where the first stands.
type Shared<'a> = (usize, &'a Location);

/// Finds statements of a name under which nothing is booked, whose lines are
/// booked under a name that bills nothing.
pub(super) fn near_parties(lines: &[Line], sides: &Sides) -> Vec<Finding> {
    let mut shared: BTreeMap<Names<'_>, Shared<'_>> = BTreeMap::new();
    let at_right: FxHashMap<&Location, &Entry> = match lines.iter().any(is_elsewhere) {
        true => sides.right.iter().map(|entry| (&entry.at, entry)).collect(),
        false => return Vec::new(),
    };
    for line in lines.iter().filter(|line| is_elsewhere(line)) {
        let nearest = || match line.nearest.as_deref() {
            Some(nearest) if nearest.side == Side::Right => sides.right.get(nearest.index),
            _ => None,
        };
        let named = line.related.iter().find_map(|at| at_right.get(at).copied());
        let (Some(left), Some(right)) = (line.left.first(), named.or_else(nearest)) else {
            continue;
        };
        let left = &sides.left[*left];
        shared.entry((&left.party, &right.party)).or_insert((0, &left.at)).0 += 1;
    }
    let goods = |entry: &&Entry| entry.entry_type == EntryType::Goods;
    let booked: BTreeSet<&Arc<str>> =
        sides.right.iter().filter(goods).map(|entry| &entry.party).collect();
    let billed: BTreeSet<&Arc<str>> = sides.left.iter().map(|entry| &entry.party).collect();
    let are_one = |&(&(theirs, ours), &(count, _)): &(&Names<'_>, &Shared<'_>)| {
        let names = !theirs.is_empty() && !ours.is_empty();
        let apart = booked.contains(theirs) || billed.contains(ours);
        names && !apart && (count >= LINES || is_within(theirs, ours))
    };
    let told = shared.iter().filter(are_one).map(|((theirs, ours), (count, at))| {
        Finding::of(codes::PARTY_SIMILAR)
            .with("found", theirs)
            .with("other", ours)
            .with("count", count)
            .at((*at).clone())
    });
    told.collect()
}

/// Whether a billed line is booked under another name.
fn is_elsewhere(line: &Line) -> bool {
    let same_number = || {
        line.nearest.as_deref().is_some_and(|nearest| {
            nearest.failed == FailedTest::Party && nearest.agrees.contains(&Field::DocumentNo)
        })
    };
    line.status == Status::LeftOnly && (line.reason == Some(Reason::OtherParty) || same_number())
}

/// Whether one name is the other with something left out: 永盛电镀 of 永盛五金电镀.
fn is_within(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    let mut rest = long.chars();
    short.chars().count() > 2 && short.chars().all(|c| rest.any(|other| other == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_something_left_out_is_within_the_other() {
        assert!(is_within("永盛电镀", "永盛五金电镀"));
        assert!(is_within("东莞市永盛五金电镀厂", "永盛電鍍"));
        assert!(!is_within("华盛电镀", "永盛五金电镀"));
        assert!(!is_within("永盛", "永盛五金"), "two characters say little");
    }
}
