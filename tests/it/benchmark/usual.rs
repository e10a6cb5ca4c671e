//! The usual ways to do the same job, to stand beside ours: a lookup on the
//! amount, sums by document number, best-first greedy matching.

use std::collections::{BTreeMap, HashMap};

use gendan::engine::entry::Entry;
use rust_decimal::Decimal;

use super::score::Share;
use crate::months::truth::{Fact, Month};

/// A claim that these left entries are settled by these right entries.
pub(crate) type Claim = (Vec<usize>, Vec<usize>);

/// VLOOKUP on the amount: the first row of the party with that amount, as
/// often as it is asked for.
pub(crate) fn lookup(month: &Month) -> Vec<Claim> {
    let mut first: HashMap<(&str, Decimal), usize> = HashMap::new();
    for (index, entry) in month.right.iter().enumerate() {
        first.entry((&entry.party, entry.amount)).or_insert(index);
    }
    let claim = |(index, entry): (usize, &Entry)| {
        let found = first.get(&(&*entry.party, entry.amount))?;
        Some((vec![index], vec![*found]))
    };
    month.left.iter().enumerate().filter_map(claim).collect()
}

/// SUMIF by document number on both sides; equal sums are settled.
pub(crate) fn sums(month: &Month) -> Vec<Claim> {
    let mut groups: BTreeMap<(&str, &str), Claim> = BTreeMap::new();
    let key = |entry: &'_ Entry| entry.document_nos.first().map(|no| no.text.clone());
    let (mut left_keys, mut right_keys) = (Vec::new(), Vec::new());
    left_keys.extend(month.left.iter().map(key));
    right_keys.extend(month.right.iter().map(key));
    for (index, (entry, key)) in month.left.iter().zip(&left_keys).enumerate() {
        if let Some(key) = key {
            groups.entry((&entry.party, key)).or_default().0.push(index);
        }
    }
    for (index, (entry, key)) in month.right.iter().zip(&right_keys).enumerate() {
        if let Some(key) = key {
            groups.entry((&entry.party, key)).or_default().1.push(index);
        }
    }
    let equal = |claim: &Claim| {
        let left: Decimal = claim.0.iter().map(|&index| month.left[index].amount).sum();
        let right: Decimal = claim.1.iter().map(|&index| month.right[index].amount).sum();
        !claim.0.is_empty() && !claim.1.is_empty() && left == right
    };
    groups.into_values().filter(equal).collect()
}

/// Every possible pair scored by what it has in common, the best taken first.
pub(crate) fn greedy(month: &Month) -> Vec<Claim> {
    let mut blocks: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, entry) in month.right.iter().enumerate() {
        for key in keys(entry) {
            blocks.entry(key).or_default().push(index);
        }
    }
    let mut pairs: Vec<(i32, usize, usize)> = Vec::new();
    for (left, entry) in month.left.iter().enumerate() {
        let mut seen: Vec<usize> =
            keys(entry).iter().filter_map(|k| blocks.get(k)).flatten().copied().collect();
        seen.sort_unstable();
        seen.dedup();
        for right in seen {
            let score = likeness(entry, &month.right[right]);
            if score >= 5 {
                pairs.push((-score, left, right));
            }
        }
    }
    pairs.sort_unstable();
    let mut left_free = vec![true; month.left.len()];
    let mut right_free = vec![true; month.right.len()];
    let mut claims = Vec::new();
    for (_, left, right) in pairs {
        if left_free[left] && right_free[right] {
            left_free[left] = false;
            right_free[right] = false;
            claims.push((vec![left], vec![right]));
        }
    }
    claims
}

fn keys(entry: &Entry) -> Vec<String> {
    let party = &entry.party;
    let mut keys = vec![format!("{party} amount {}", entry.amount)];
    keys.extend(entry.document_nos.iter().map(|no| format!("{party} number {}", no.text)));
    if let (Some(item), Some(quantity)) = (&entry.item, entry.quantity) {
        keys.push(format!("{party} item {item} {quantity}"));
    }
    keys
}

fn likeness(left: &Entry, right: &Entry) -> i32 {
    let number = left.document_nos.iter().any(|no| right.document_nos.contains(no));
    let item = left.item.is_some() && left.item == right.item;
    let quantity = left.quantity.is_some() && left.quantity == right.quantity;
    let days = match (left.date, right.date) {
        (Some(left), Some(right)) => (left - right).num_days().abs(),
        _ => 99,
    };
    4 * i32::from(number)
        + 4 * i32::from(left.amount == right.amount)
        + 2 * i32::from(item)
        + 2 * i32::from(quantity)
        + i32::from(days <= 3)
}

/// How many left entries a way claims to have settled rightly, and how many
/// of those that it should have settled it did.
pub(crate) fn judge(month: &Month, claims: &[Claim]) -> (Share, Share) {
    // Of entries that can stand for each other any may be settled by the
    // partner of any.
    let mut facts_of_kind: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut recall = Share::default();
    for (index, fact) in month.facts.iter().enumerate().filter(|(_, fact)| fact.two_sided()) {
        for &left in &fact.left {
            facts_of_kind.entry(month.left_kinds[left]).or_default().push(index);
            recall.all += usize::from(fact.must_be_confirmed());
        }
    }
    let mut used = vec![false; month.right.len()];
    let mut precision = Share::default();
    for (lefts, rights) in claims {
        let fresh = rights.iter().all(|&right| !used[right]);
        // Judged kindly: it is enough that all of its true partners, or
        // entries that can stand for them, are among the claimed ones.
        let inside = |fact: &Fact| {
            fact.right.iter().all(|&right| {
                rights.iter().any(|&r| month.right_kinds[r] == month.right_kinds[right])
            })
        };
        for &left in lefts {
            let facts = facts_of_kind.entry(month.left_kinds[left]).or_default();
            let hit = facts.iter().position(|&fact| fresh && inside(&month.facts[fact]));
            precision.count(hit.is_some());
            if let Some(hit) = hit {
                let fact = facts.remove(hit);
                recall.right += usize::from(month.facts[fact].must_be_confirmed());
            }
        }
        rights.iter().for_each(|&right| used[right] = true);
    }
    (precision, recall)
}
