//! Entries that no number links: party, item, quantity, amount and day.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::{Link, Run, Trust};
use crate::engine::matching::board::{Certainty, Placement};
use crate::engine::matching::links::{Sets, collect};
use crate::engine::matching::names::Id;
use crate::engine::matching::paper::{Fact, Kind};
use crate::engine::matching::sides::{Both, Side};
use crate::engine::matching::weigh::{SURE, Setting, Weighed};

/// Places entries that agree in amount.
pub(super) fn equal(run: &mut Run<'_, '_>) {
    for free in by_party(run) {
        let setting = setting(run, &free);
        equal_rows(run, &free, setting);
        let free = run.still_free(&free);
        choose(run, &free, setting, |weighed| {
            weighed.same_amount
                && !weighed.contradicts
                && !weighed.relation.is_other()
                && !weighed.other_number
        });
    }
}

/// Places or suggests what is left, as far as it is likely.
pub(super) fn rest(run: &mut Run<'_, '_>) {
    for free in by_party(run) {
        let setting = setting(run, &free);
        choose(run, &free, setting, |_| true);
    }
}

fn setting(run: &Run<'_, '_>, free: &Both<Vec<usize>>) -> Setting {
    let mut rivals = [0; 3];
    for side in Side::BOTH {
        let mut count = [0; 3];
        for &at in free.of(side) {
            count[run.board.fact(side, at).kind as usize] += 1;
        }
        rivals = std::array::from_fn(|kind| rivals[kind].max(count[kind]));
    }
    Setting::NoNumber { rivals }
}

/// Returns the free entries of each party, payments apart.
fn by_party(run: &Run<'_, '_>) -> Vec<Both<Vec<usize>>> {
    run.free_by_party(|fact| fact.kind == Kind::Payment)
}

fn choose(
    run: &mut Run<'_, '_>,
    free: &Both<Vec<usize>>,
    setting: Setting,
    allowed: impl Fn(&Weighed) -> bool,
) {
    let candidates = run.candidates(free);
    run.choose(&candidates, Link { setting, note: None, trust: Trust::Whole }, allowed);
}

/// What rows that say the same share, the day aside.
type RowKey = (Kind, (u8, Id), Option<Decimal>, Decimal);

/// Pairs rows of the same item, quantity, amount and day where, on every day,
/// both sides have as many of them: then no other choice is as good.
fn equal_rows(run: &mut Run<'_, '_>, free: &Both<Vec<usize>>, setting: Setting) {
    for group in alike(run, free) {
        let days = |side: Side| -> Vec<Option<i64>> {
            group.of(side).iter().map(|&at| run.board.fact(side, at).day).collect()
        };
        if days(Side::Left) != days(Side::Right) {
            continue;
        }
        for (&left, &right) in group.left.iter().zip(&group.right) {
            let weighed = run.scale().weigh(left, right, setting);
            if weighed.total < SURE || weighed.other_number || weighed.relation.is_other() {
                continue;
            }
            let placement = Placement::new(Certainty::Sure, vec![left], vec![right]);
            let link = Link { setting, note: None, trust: Trust::Whole };
            run.place(Placement { evidence: weighed.evidence, ..placement }, link);
        }
    }
}

/// Returns groups of entries that share item, quantity and amount under any of
/// the item's names, each side sorted by day.
fn alike(run: &Run<'_, '_>, free: &Both<Vec<usize>>) -> Vec<Both<Vec<usize>>> {
    let mut holders: FxHashMap<RowKey, usize> = FxHashMap::default();
    let offset = free.left.len();
    let mut sets = Sets::new(offset + free.right.len());
    for side in Side::BOTH {
        for (position, &at) in free.of(side).iter().enumerate() {
            let node = if side == Side::Left { position } else { position + offset };
            let fact = run.board.fact(side, at);
            for item in run.knowledge.item_keys(side, fact) {
                let first = *holders.entry(row_key(fact, item)).or_insert(node);
                sets.join(first, node);
            }
        }
    }
    let nodes: Vec<usize> = (0..offset + free.right.len()).collect();
    let mut groups = collect(&mut sets, &nodes, offset);
    for group in &mut groups {
        for side in Side::BOTH {
            for at in group.of_mut(side).iter_mut() {
                *at = free.of(side)[*at];
            }
            group.of_mut(side).sort_by_key(|&at| (run.board.fact(side, at).day, at));
        }
    }
    groups
}

fn row_key(fact: &Fact, item: (u8, Id)) -> RowKey {
    let figures = fact.figures;
    (fact.kind, item, figures.quantity.map(|q| q.abs()), figures.amount)
}
