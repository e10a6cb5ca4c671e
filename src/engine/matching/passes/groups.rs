//! Sums that no number links: what one side books in one line and the other in
//! several, by day, by another number, over the whole period; then by search.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Link, Run, Trust, subset, sums};
use crate::engine::matching::board::{Certainty, Placement};
use crate::engine::matching::explain::{Agreement, Evidence, Field};
use crate::engine::matching::learn::Knowledge;
use crate::engine::matching::paper::Fact;
use crate::engine::matching::sides::{Both, Side};
use crate::engine::matching::subset::{GATE, GATE_WITH_ITEM, of_one, whole};
use crate::engine::matching::weigh::{SURE, Setting, distinctness};

/// Entries of both sides that may be a group.
type Group = Both<Vec<usize>>;

/// Places sums among free entries.
pub(super) fn run(run: &mut Run<'_, '_>) {
    for free in run.free_by_party(|fact| fact.kind) {
        natural(run, &free, |_, _, fact| fact.other_numbers.clone(), Field::OtherNo);
        natural(run, &free, |_, _, fact| fact.day.into_iter().collect(), Field::Date);
        natural(run, &free, Knowledge::item_keys, Field::Item);
        natural(run, &free, |_, _, _| vec![()], Field::Amount);
        let free = run.still_free(&free);
        if !free.left.is_empty() && !free.right.is_empty() {
            subset::run(run, &free);
        }
    }
}

/// Places groups that a common value forms by itself, one line against
/// several, if their sums agree and the sum is telling.
fn natural<K: Ord>(
    run: &mut Run<'_, '_>,
    free: &Group,
    key: impl Fn(&Knowledge, Side, &Fact) -> Vec<K>,
    field: Field,
) {
    let free = run.still_free(free);
    let mut groups: BTreeMap<K, Group> = BTreeMap::new();
    for side in Side::BOTH {
        for &at in free.of(side) {
            for key in key(&run.knowledge, side, run.board.fact(side, at)) {
                groups.entry(key).or_default().of_mut(side).push(at);
            }
        }
    }
    for group in groups.into_values() {
        let one_to_many = matches!((group.left.len(), group.right.len()), (1, 2..) | (2.., 1));
        if !one_to_many || !may_belong(run, &group) {
            continue;
        }
        if let Some(weight) = agreement(run, &group, field) {
            place(run, group, field, weight);
        }
    }
}

/// Whether neither items nor shared numbers speak against the group.
fn may_belong(run: &Run<'_, '_>, group: &Group) -> bool {
    group.left.iter().all(|&left| {
        group.right.iter().all(|&right| {
            let (a, b) = (run.board.fact(Side::Left, left), run.board.fact(Side::Right, right));
            let other_number = run.knowledge.shares_numbers(a.party)
                && !a.numbers.is_empty()
                && !b.numbers.is_empty();
            let different = run.knowledge.relation(&run.board, left, right).is_other();
            !other_number && !different
        })
    })
}

/// Returns what an agreeing sum weighs, if it agrees and is telling: chance
/// would hardly offer it, or a number says the same.
fn agreement(run: &Run<'_, '_>, group: &Group, field: Field) -> Option<i32> {
    let sum = |side: Side| {
        let mut amounts = group.of(side).iter().map(|&at| run.board.fact(side, at).figures.amount);
        amounts.try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(amount))
    };
    let (left, right) = (sum(Side::Left)?, sum(Side::Right)?);
    let allowed = Decimal::new(5, 3) * Decimal::from(group.left.len() + group.right.len());
    let weight = distinctness(left).min(distinctness(right));
    let agrees = left.checked_sub(right)?.abs() <= allowed;
    let is_telling = match field {
        Field::OtherNo => true,
        Field::Item => coincidences(run, group)? <= GATE_WITH_ITEM,
        _ => coincidences(run, group)? <= GATE,
    };
    (agrees && weight >= SURE && is_telling && !sums::contradicts(run, group)).then_some(weight)
}

/// Returns how often chance would offer such a sum, in millionths.
fn coincidences(run: &Run<'_, '_>, group: &Group) -> Option<u64> {
    let amounts = |side: Side| -> Option<Vec<i64>> {
        group.of(side).iter().map(|&at| whole(run.board.fact(side, at).figures.amount)).collect()
    };
    let (left, right) = (amounts(Side::Left)?, amounts(Side::Right)?);
    let (one, many) = if left.len() == 1 { (left[0], right) } else { (right[0], left) };
    Some(of_one(&many, one))
}

fn place(run: &mut Run<'_, '_>, group: Group, field: Field, weight: i32) {
    let equal = |field, weight| Evidence { field, agreement: Agreement::Equal, weight };
    let mut evidence = vec![equal(Field::Amount, weight)];
    if field != Field::Amount {
        evidence.push(equal(field, 300));
    }
    let placement = Placement::new(Certainty::Sure, group.left, group.right);
    let link =
        Link { setting: Setting::NoNumber { rivals: [1; 3] }, note: None, trust: Trust::Whole };
    run.place(Placement { evidence, ..placement }, link);
}
