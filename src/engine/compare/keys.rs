//! The key by the values themselves: columns that hold the same values on both
//! sides and tell the rows apart, one or a few together.

use std::cmp::Reverse;

use super::amounts::says_amount;
use super::profile::{Class, Profile};
use super::shared::Shared;
use crate::engine::matching::sides::{Both, Side};
use crate::input::table::{Column, Table};
use crate::text::header_word;

/// Columns a key may be made of.
const LONGEST: usize = 3;
/// Different rows of a hundred that make a key good enough.
const ENOUGH: usize = 97;
/// Values of a hundred that both sides must have in common.
const SHARED: usize = 20;
/// Values of a hundred in common that make a column of few values part of a
/// key.
const NEARLY_ALL: usize = 80;

/// What the header counts for, beside values in common × different values.
const NAMED: usize = 600;
const CALLED_KEY: usize = 2500;
const CALLED_KEY_AND_TELLING: usize = 6000;
/// What takes off: small counting numbers, days, amounts.
const COUNTING: usize = 4000;
const DAYS: usize = 2000;
const AMOUNT: usize = 3000;

/// Finds the columns of the key; none if nothing tells the rows apart.
pub(super) fn by_values(
    shared: &Shared<'_>,
    tables: &Both<&Table>,
    by_header: &[Both<usize>],
) -> Vec<Both<usize>> {
    let mut candidates = candidates(shared, tables, by_header);
    candidates.sort_by_key(|one| (Reverse(one.score), one.at.left, one.at.right));
    let Some(first) = candidates.first() else {
        return by_name(shared, tables, by_header).into_iter().collect();
    };
    let mut key = vec![first.at];
    let mut apart = shared.apart(&key);
    while apart < ENOUGH && key.len() < LONGEST {
        let more = candidates.iter().filter(|one| {
            key.iter().all(|known| known.left != one.at.left && known.right != one.at.right)
        });
        let with = |at: Both<usize>| {
            let longer: Vec<Both<usize>> = key.iter().copied().chain([at]).collect();
            shared.apart(&longer)
        };
        // Money is no name of a row, but where nothing else tells rows apart.
        let best = more
            .map(|one| (one, with(one.at)))
            .filter(|(_, better)| *better > apart)
            .max_by_key(|(one, better)| {
                let place = (Reverse(one.at.left), Reverse(one.at.right));
                (!one.is_amount, *better, one.score, place)
            });
        let Some((&Candidate { at, .. }, better)) = best else { break };
        key.push(at);
        apart = better;
    }
    key
}

/// Returns the column that both sheets call a key, where no values are in
/// common: all rows are new, lost digits, or a sheet is empty.
fn by_name(
    shared: &Shared<'_>,
    tables: &Both<&Table>,
    by_header: &[Both<usize>],
) -> Option<Both<usize>> {
    let tells = |at: &&Both<usize>| {
        let profiles = shared.profiles(**at);
        is_called_key(tables, **at)
            && [profiles.left, profiles.right]
                .into_iter()
                .all(|p| p.filled == 0 || p.distinct >= 50)
    };
    by_header.iter().find(tells).copied()
}

struct Candidate {
    at: Both<usize>,
    /// Whether it says an amount.
    is_amount: bool,
    score: usize,
}

/// Returns pairs of columns that share values and tell rows apart.
fn candidates(
    shared: &Shared<'_>,
    tables: &Both<&Table>,
    by_header: &[Both<usize>],
) -> Vec<Candidate> {
    let usable = |profile: &Profile| {
        let amounts = profile.class == Class::Number && profile.fractions;
        profile.filled >= 50 && !amounts
    };
    let mut found = Vec::new();
    for at in shared.pairs(by_header) {
        let profiles = shared.profiles(at);
        let named = by_header
            .binary_search_by_key(&(at.left, at.right), |pair| (pair.left, pair.right))
            .is_ok();
        let telling = profiles.left.distinct >= 20 && profiles.right.distinct >= 20;
        let words = profiles.left.class == Class::Text && profiles.right.class == Class::Text;
        if !usable(profiles.left) || !usable(profiles.right) || !(named || telling || words) {
            continue;
        }
        // Small counting numbers are the same everywhere.
        let counts = profiles.left.class == Class::Number && shared.is_counting(at);
        let share = shared.share(at);
        let least = if named || telling { SHARED } else { NEARLY_ALL };
        if share < least || (counts && !named) {
            continue;
        }
        let distinct = profiles.left.distinct.min(profiles.right.distinct);
        let numbers =
            shared.numbers_rows(Side::Left, at.left) || shared.numbers_rows(Side::Right, at.right);
        let key = is_called_key(tables, at) && !numbers;
        let called = match key {
            true if distinct >= ENOUGH => CALLED_KEY_AND_TELLING,
            true => CALLED_KEY,
            false => 0,
        };
        let bonus = usize::from(named) * NAMED + called;
        let amount = says_amount(&tables.left.columns[at.left])
            || says_amount(&tables.right.columns[at.right]);
        let malus = usize::from(counts && !key) * COUNTING
            + usize::from(profiles.left.class == Class::Day) * DAYS
            + usize::from(amount) * AMOUNT;
        found.push(Candidate {
            at,
            is_amount: amount,
            score: (share * distinct + bonus).saturating_sub(malus),
        });
    }
    found
}

/// Whether a column of either sheet is called a number that something is known
/// by.
fn is_called_key(tables: &Both<&Table>, at: Both<usize>) -> bool {
    says_key(&tables.left.columns[at.left]) || says_key(&tables.right.columns[at.right])
}

/// Whether a column is called a number that something is known by.
pub(super) fn says_key(column: &Column) -> bool {
    const WHOLE: [&str; 6] = ["order", "invoice", "ref", "reference", "key", "item"];
    const ENDS: [&str; 9] = ["no", "id", "code", "sku", "号", "编号", "编码", "号码", "代码"];
    let word = header_word(&column.header);
    let field =
        column.field.is_some_and(|field| field.ends_with("_no") || field.ends_with("_code"));
    field || WHOLE.contains(&word.as_str()) || ENDS.iter().any(|end| word.ends_with(end))
}
