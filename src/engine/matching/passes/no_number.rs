//! Entries that no number links: party, item, quantity, amount and day.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::{Link, Run};
use crate::engine::matching::board::{Certainty, Placement};
use crate::engine::matching::learn::Relation;
use crate::engine::matching::names::Id;
use crate::engine::matching::paper::{Fact, Kind};
use crate::engine::matching::sides::{Both, Side};
use crate::engine::matching::weigh::{SURE, Setting, Weighed};

/// Places entries that agree in amount.
pub(super) fn equal(run: &mut Run<'_, '_>) {
    for free in by_party(run) {
        let setting = setting(&free);
        equal_rows(run, &free, setting);
        let free = run.still_free(&free);
        choose(run, &free, setting, |weighed| {
            weighed.same_amount && weighed.relation != Relation::Different && !weighed.other_number
        });
    }
}

/// Places or suggests what is left, as far as it is likely.
pub(super) fn rest(run: &mut Run<'_, '_>) {
    for free in by_party(run) {
        let setting = setting(&free);
        choose(run, &free, setting, |_| true);
    }
}

fn setting(free: &Both<Vec<usize>>) -> Setting {
    Setting::NoNumber { rivals: free.left.len().max(free.right.len()) }
}

/// Returns the free entries of each party, payments apart; parties with
/// entries on one side only are left out.
fn by_party(run: &Run<'_, '_>) -> Vec<Both<Vec<usize>>> {
    let mut parties: FxHashMap<(Id, bool), Both<Vec<usize>>> = FxHashMap::default();
    for side in Side::BOTH {
        for at in run.board.free(side) {
            let fact = run.board.fact(side, at);
            let key = (fact.party, fact.kind == Kind::Payment);
            parties.entry(key).or_default().of_mut(side).push(at);
        }
    }
    let mut parties: Vec<_> = parties
        .into_iter()
        .filter(|(_, free)| !free.left.is_empty() && !free.right.is_empty())
        .collect();
    let names = &run.board.names;
    parties.sort_unstable_by(|(a, _), (b, _)| (names.text(a.0), a.1).cmp(&(names.text(b.0), b.1)));
    parties.into_iter().map(|(_, free)| free).collect()
}

fn choose(
    run: &mut Run<'_, '_>,
    free: &Both<Vec<usize>>,
    setting: Setting,
    allowed: impl Fn(&Weighed) -> bool,
) {
    let candidates = run.candidates(free);
    run.choose(&candidates, Link { setting, note: None, restored: false }, allowed);
}

/// What rows that say the same share.
type RowKey = (Kind, (u8, Id), Option<Decimal>, Decimal, Option<i64>);

/// Pairs rows of the same item, quantity, amount and day where both sides have
/// as many of them.
fn equal_rows(run: &mut Run<'_, '_>, free: &Both<Vec<usize>>, setting: Setting) {
    let mut rows: FxHashMap<RowKey, Both<Vec<usize>>> = FxHashMap::default();
    for side in Side::BOTH {
        for &at in free.of(side) {
            let fact = run.board.fact(side, at);
            for item in run.knowledge.item_keys(side, fact) {
                rows.entry(row_key(fact, item)).or_default().of_mut(side).push(at);
            }
        }
    }
    let mut groups: Vec<Both<Vec<usize>>> =
        rows.into_values().filter(|both| both.left.len() == both.right.len()).collect();
    groups.sort_unstable_by(|a, b| (&a.left, &a.right).cmp(&(&b.left, &b.right)));
    for group in groups {
        for (&left, &right) in group.left.iter().zip(&group.right) {
            if !run.board.is_free(Side::Left, left) || !run.board.is_free(Side::Right, right) {
                continue;
            }
            let weighed = run.scale().weigh(left, right, setting);
            if weighed.total < SURE || weighed.other_number {
                continue;
            }
            let placement = Placement::new(Certainty::Sure, vec![left], vec![right]);
            let link = Link { setting, note: None, restored: false };
            run.place(Placement { evidence: weighed.evidence, ..placement }, link);
        }
    }
}

fn row_key(fact: &Fact, item: (u8, Id)) -> RowKey {
    let figures = fact.figures;
    (fact.kind, item, figures.quantity.map(|q| q.abs()), figures.amount, fact.day)
}
