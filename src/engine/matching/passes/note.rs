//! The lines of one delivery note, or of several that were chained: who goes
//! with whom inside it.

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Link, Run, Trust, falls_on_several_days, sums};
use crate::engine::matching::board::{Certainty, Placement};
use crate::engine::matching::learn::Relation;
use crate::engine::matching::links::Linked;
use crate::engine::matching::names::Id;
use crate::engine::matching::outcome::Note;
use crate::engine::matching::sides::{Both, Side};
use crate::engine::matching::weigh::{Setting, weight_of_number};

/// Places the lines of a note: equal rows, equal amounts, equal sums, then
/// what differs.
pub(super) fn settle(
    run: &mut Run<'_, '_>,
    linked: &Linked,
    setting: Setting,
    note: Option<Note>,
    trust: Trust,
) {
    let link = Link { setting, note, trust };
    equal_rows(run, linked, link);
    let free = run.still_free(linked);
    if free.left.is_empty() || free.right.is_empty() {
        return;
    }
    sums::unnamed(run, &free, link);
    let free = run.still_free(&free);
    let candidates = run.candidates(&free);
    run.choose(&candidates, link, |weighed| {
        weighed.same_amount && weighed.relation != Relation::Different
    });
    sums::equal(run, &free, link);
    sums::of_one_item(run, &free, link);
    sums::whole_note(run, &free, link);
    let free = run.still_free(&free);
    if free.left.is_empty() || free.right.is_empty() {
        return;
    }
    let candidates = run.candidates(&free);
    let open = free.left.len().max(free.right.len());
    let setting = match setting {
        Setting::SameNumber { weight, lines, several_days, .. } => {
            Setting::SameNumber { weight, lines, open, several_days }
        }
        setting => setting,
    };
    run.choose(&candidates, Link { setting, ..link }, |_| true);
    sums::leftover(run, &free, link);
}

/// Returns the setting in which the lines of notes are compared that had no
/// counterpart before.
pub(super) fn setting(run: &Run<'_, '_>, linked: &Linked) -> Setting {
    let several = |side: Side| falls_on_several_days(&run.board, side, linked.of(side));
    let lines = linked.left.len().max(linked.right.len());
    Setting::SameNumber {
        weight: weight_of_number(longest(run, linked)),
        lines,
        open: lines,
        several_days: several(Side::Left) || several(Side::Right),
    }
}

/// Returns the length of the longest number among entries.
pub(super) fn longest(run: &Run<'_, '_>, linked: &Linked) -> u8 {
    let of = |side: Side| {
        let facts = linked.of(side).iter().map(move |&at| run.board.fact(side, at));
        facts.flat_map(|fact| fact.numbers.iter().map(|number| number.length)).max().unwrap_or(0)
    };
    of(Side::Left).max(of(Side::Right))
}

/// What rows that say the same share.
type RowKey = ((u8, Id), Option<Decimal>, Decimal, Option<i64>);

/// Pairs rows of the same item, quantity and amount by count; those of the
/// same day first.
fn equal_rows(run: &mut Run<'_, '_>, linked: &Linked, link: Link) {
    for same_day in [true, false] {
        let free = run.still_free(linked);
        if free.left.is_empty() || free.right.is_empty() {
            return;
        }
        for (left, right) in pairs(run, &free, same_day) {
            if !run.board.is_free(Side::Left, left) || !run.board.is_free(Side::Right, right) {
                continue;
            }
            let weighed = run.scale().weigh(left, right, link.setting);
            let placement = Placement::new(Certainty::Sure, vec![left], vec![right]);
            if !run.is_of_other_years(&placement) {
                run.place(Placement { evidence: weighed.evidence, ..placement }, link);
            }
        }
    }
}

/// Returns pairs of rows with equal keys; an entry may be in several.
fn pairs(run: &Run<'_, '_>, free: &Both<Vec<usize>>, same_day: bool) -> Vec<(usize, usize)> {
    let mut waiting: FxHashMap<RowKey, Vec<usize>> = FxHashMap::default();
    for &left in free.left.iter().rev() {
        for key in keys(run, Side::Left, left, same_day) {
            waiting.entry(key).or_default().push(left);
        }
    }
    let mut pairs = Vec::new();
    let mut used = FxHashSet::default();
    for &right in &free.right {
        for key in keys(run, Side::Right, right, same_day) {
            let Some(lefts) = waiting.get_mut(&key) else { continue };
            while lefts.last().is_some_and(|left| used.contains(left)) {
                lefts.pop();
            }
            if let Some(left) = lefts.pop() {
                used.insert(left);
                pairs.push((left, right));
                break;
            }
        }
    }
    pairs
}

fn keys(run: &Run<'_, '_>, side: Side, at: usize, same_day: bool) -> Vec<RowKey> {
    let fact = run.board.fact(side, at);
    let figures = fact.figures;
    let day = if same_day { fact.day } else { None };
    let keys = run.knowledge.item_keys(side, fact);
    let key = |item| (item, figures.quantity.map(|q| q.abs()), figures.amount, day);
    keys.into_iter().map(key).collect()
}
