//! One line on one side for several on the other, inside a note: exact sums
//! first, then sums of one item, then whole notes that differ.

use rust_decimal::Decimal;

use super::{Link, Run};
use crate::engine::matching::board::{Certainty, Placement};
use crate::engine::matching::explain::{Agreement, Evidence, Field};
use crate::engine::matching::item::ItemKey;
use crate::engine::matching::learn::Relation;
use crate::engine::matching::paper::Kind;
use crate::engine::matching::sides::{Both, Side};
use crate::engine::matching::subset::{search, whole};
use crate::engine::matching::weigh::Setting;

/// Lines of a note among which sums are looked for.
const MOST: usize = 200;

/// Entries of both sides that may be a group.
type Group = Both<Vec<usize>>;

/// Places groups whose sums agree: first per item, then the note as a whole.
pub(super) fn equal(run: &mut Run<'_, '_>, free: &Group, link: Link) {
    if free.left.len() + free.right.len() < 3 {
        return;
    }
    per_item(run, free, link);
    let rest = run.still_free(free);
    let no_pairs = has_no_equal_pair(run, &rest) && may_be_whole(run, &rest);
    if is_group(&rest) && no_pairs && agrees(run, &rest) {
        place(run, rest, link);
        return;
    }
    one_line_for_all(run, &rest, link);
    one_line_for_part(run, &rest, link);
}

/// Places groups of one item whose sums agree: all of its lines, or some.
pub(super) fn per_item(run: &mut Run<'_, '_>, free: &Group, link: Link) {
    for group in by_item(run, free) {
        if is_group(&group) && agrees(run, &group) {
            place(run, group, link);
        } else if is_group(&group) {
            part_of_one_item(run, &group, link);
        }
    }
}

/// Places several lines of one item against one line of it, if their
/// quantities are the same, or if together they come nearer to it than any of
/// them alone: a quantity is short, not missing.
pub(super) fn of_one_item(run: &mut Run<'_, '_>, free: &Group, link: Link) {
    let free = run.still_free(free);
    for group in by_item(run, &free) {
        if side_of_one(&group).is_some() {
            let same_quantity = quantities(run, &group).is_some_and(|(a, b)| a == b);
            if same_quantity || is_nearer_together(run, &group) == Some(true) {
                place(run, group, link);
            }
        }
    }
}

/// Several lines against several are one group only where items cannot tell
/// which of them belong together.
fn may_be_whole(run: &Run<'_, '_>, group: &Group) -> bool {
    side_of_one(group).is_some()
        || pairs(group)
            .all(|(left, right)| run.knowledge.relation(&run.board, left, right) != Relation::Same)
}

/// Places one line of an item against some of the other side's lines of it, if
/// only one choice gives its amount, and its quantity where known.
fn part_of_one_item(run: &mut Run<'_, '_>, group: &Group, link: Link) {
    const MOST_PARTS: usize = 12;
    for one in Side::BOTH {
        for &at in group.of(one) {
            let group = run.still_free(group);
            let many = group.of(one.other());
            if many.len() < 2 || many.len() > MOST_PARTS || !run.board.is_free(one, at) {
                continue;
            }
            let amount = |side: Side, at: usize| whole(run.board.fact(side, at).figures.amount);
            let Some(target) = amount(one, at) else { continue };
            let amounts = many.iter().map(|&other| amount(one.other(), other));
            let Some(amounts) = amounts.collect::<Option<Vec<i64>>>() else { continue };
            let Some(members) = search(&amounts, target).only else { continue };
            let parts = members.into_iter().map(|member| many[member]).collect();
            let found = match one {
                Side::Left => Both { left: vec![at], right: parts },
                Side::Right => Both { left: parts, right: vec![at] },
            };
            if quantities(run, &found).is_none_or(|(a, b)| a == b) {
                place(run, found, link);
            }
        }
    }
}

/// Places the one line that bills all of a note's lines, although its own side
/// has others left: of several that do, the one nearest in time.
fn one_line_for_all(run: &mut Run<'_, '_>, free: &Group, link: Link) {
    let free = trade(run, &run.still_free(free));
    for one in Side::BOTH {
        let many = free.of(one.other());
        if free.of(one).len() < 2 || many.len() < 2 {
            continue;
        }
        let group = |at: usize| match one {
            Side::Left => Both { left: vec![at], right: many.clone() },
            Side::Right => Both { left: many.clone(), right: vec![at] },
        };
        let days = |at: usize| {
            let day = run.board.fact(one, at).day;
            let apart = |other: &usize| {
                day.zip(run.board.fact(one.other(), *other).day).map_or(0, |(a, b)| (a - b).abs())
            };
            many.iter().map(apart).max().unwrap_or(0)
        };
        let fitting = free.of(one).iter().copied().filter(|&at| agrees(run, &group(at)));
        let nearest = fitting.min_by_key(|&at| (days(at), run.board.fact(one, at).day, at));
        if let Some(group) = nearest.map(group) {
            place(run, group, link);
            return;
        }
    }
}

/// Places the one line that bills a whole note, although the sums differ: a
/// line that names no item, where no single line has its amount.
pub(super) fn whole_note(run: &mut Run<'_, '_>, free: &Group, link: Link) {
    let free = trade(run, &run.still_free(free));
    let Some(one) = side_of_one(&free) else { return };
    let names_no_item = run.board.fact(one, free.of(one)[0]).item.is_none();
    if names_no_item && has_no_equal_pair(run, &free) {
        let near = is_within_half(run, &free) == Some(true);
        place_as(run, free, link, near);
    }
}

/// Suggests what is left of a note when one line stands against several whose
/// items cannot be compared with its own.
pub(super) fn leftover(run: &mut Run<'_, '_>, free: &Group, link: Link) {
    let free = trade(run, &run.still_free(free));
    let unknown = side_of_one(&free).is_some()
        && pairs(&free).all(|(left, right)| {
            run.knowledge.relation(&run.board, left, right) == Relation::Unknown
        });
    if unknown && is_within_half(run, &free) == Some(true) {
        place_as(run, free, link, false);
    }
}

fn place(run: &mut Run<'_, '_>, group: Group, link: Link) {
    place_as(run, group, link, true);
}

fn place_as(run: &mut Run<'_, '_>, group: Group, link: Link, sure: bool) {
    let sure = sure && (!link.doubtful || agrees(run, &group));
    let certainty = if sure { Certainty::Sure } else { Certainty::Suggested };
    let weight = match link.setting {
        Setting::SameNumber { weight, .. } => weight,
        Setting::NoNumber { .. } => 0,
    };
    let number = Evidence { field: Field::DocumentNo, agreement: Agreement::Equal, weight };
    let placement = Placement::new(certainty, group.left, group.right);
    run.place(Placement { evidence: vec![number], ..placement }, link);
}

/// Whether both sides have entries, and one of them several.
fn is_group(group: &Group) -> bool {
    !group.left.is_empty() && !group.right.is_empty() && group.left.len() + group.right.len() > 2
}

fn side_of_one(group: &Group) -> Option<Side> {
    match (group.left.len(), group.right.len()) {
        (1, 2..) => Some(Side::Left),
        (2.., 1) => Some(Side::Right),
        _ => None,
    }
}

fn trade(run: &Run<'_, '_>, group: &Group) -> Group {
    Both::from_fn(|side| {
        let is_trade = |&&at: &&usize| run.board.fact(side, at).kind == Kind::Trade;
        group.of(side).iter().filter(is_trade).copied().collect()
    })
}

fn pairs(group: &Group) -> impl Iterator<Item = (usize, usize)> + '_ {
    group.left.iter().flat_map(|&left| group.right.iter().map(move |&right| (left, right)))
}

/// Groups free lines by item, as far as items are known to be the same.
fn by_item(run: &Run<'_, '_>, free: &Group) -> Vec<Group> {
    if free.left.len() > MOST || free.right.len() > MOST {
        return Vec::new();
    }
    let mut groups: Vec<(ItemKey, Group)> = Vec::new();
    for &left in &free.left {
        let Some(item) = run.board.fact(Side::Left, left).item else { continue };
        match groups.iter_mut().find(|(key, _)| *key == item.key()) {
            Some((_, group)) => group.left.push(left),
            None => groups.push((item.key(), Both { left: vec![left], right: Vec::new() })),
        }
    }
    for (_, group) in &mut groups {
        let same = |&&right: &&usize| {
            run.knowledge.relation(&run.board, group.left[0], right) == Relation::Same
        };
        group.right = free.right.iter().filter(same).copied().collect();
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// Whether no single pair has the same amount: then a sum may be looked at.
fn has_no_equal_pair(run: &Run<'_, '_>, group: &Group) -> bool {
    let mut amounts: Vec<Decimal> =
        group.right.iter().map(|&at| run.board.fact(Side::Right, at).figures.amount).collect();
    amounts.sort_unstable();
    group
        .left
        .iter()
        .all(|&at| amounts.binary_search(&run.board.fact(Side::Left, at).figures.amount).is_err())
}

fn total(run: &Run<'_, '_>, side: Side, entries: &[usize]) -> Option<Decimal> {
    total_of(entries.iter().map(|&at| Some(run.board.fact(side, at).figures.amount)))
}

/// Returns left sum − right sum.
fn difference(run: &Run<'_, '_>, group: &Group) -> Option<Decimal> {
    total(run, Side::Left, &group.left)?.checked_sub(total(run, Side::Right, &group.right)?)
}

/// Whether the sums agree but for the rounding of each line.
fn agrees(run: &Run<'_, '_>, group: &Group) -> bool {
    let lines = Decimal::from(group.left.len() + group.right.len());
    let allowed = Decimal::new(5, 3) * lines;
    difference(run, group).is_some_and(|difference| difference.abs() <= allowed)
}

/// Whether the one line is nearer to the sum of the others than to any of
/// them, and near to it: within a quarter.
fn is_nearer_together(run: &Run<'_, '_>, group: &Group) -> Option<bool> {
    let together = difference(run, group)?.abs();
    let apart = |(left, right): (usize, usize)| {
        let pair = Both { left: vec![left], right: vec![right] };
        difference(run, &pair).map(|difference| difference.abs())
    };
    let alone = pairs(group).map(apart).collect::<Option<Vec<Decimal>>>()?.into_iter().min()?;
    Some(together < alone && together.checked_mul(Decimal::from(4))? <= size(run, group)?)
}

fn is_within_half(run: &Run<'_, '_>, group: &Group) -> Option<bool> {
    let difference = difference(run, group)?.abs();
    Some(difference.checked_mul(Decimal::TWO)? <= size(run, group)?)
}

/// Returns the larger of both sums.
fn size(run: &Run<'_, '_>, group: &Group) -> Option<Decimal> {
    let left = total(run, Side::Left, &group.left)?.abs();
    Some(left.max(total(run, Side::Right, &group.right)?.abs()))
}

/// Places one line that bills a part of a note: all of its lines but one, if
/// only one choice gives the exact sum and the quantity, where known.
fn one_line_for_part(run: &mut Run<'_, '_>, free: &Group, link: Link) {
    let free = trade(run, &run.still_free(free));
    let Some(one) = side_of_one(&free) else { return };
    let many = free.of(one.other());
    if many.len() > MOST || many.len() < 3 || !has_no_equal_pair(run, &free) {
        return;
    }
    let fits = |&without: &usize| {
        let rest: Vec<usize> = many.iter().copied().filter(|&at| at != without).collect();
        let group = match one {
            Side::Left => Both { left: free.left.clone(), right: rest },
            Side::Right => Both { left: rest, right: free.right.clone() },
        };
        let same_quantity = quantities(run, &group).is_none_or(|(a, b)| a == b);
        (agrees(run, &group) && same_quantity).then_some(group)
    };
    let mut fitting = many.iter().filter_map(fits);
    if let (Some(group), None) = (fitting.next(), fitting.next()) {
        place(run, group, link);
    }
}

/// Returns the sums of both sides' quantities in one unit, where all are known.
fn quantities(run: &Run<'_, '_>, group: &Group) -> Option<(Decimal, Decimal)> {
    let first = *group.right.first()?;
    let scale = run.scale();
    let left = group.left.iter().map(|&at| scale.comparable(at, first).quantity);
    let right = group.right.iter().map(|&at| run.board.fact(Side::Right, at).figures.quantity);
    Some((total_of(left)?, total_of(right)?))
}

fn total_of(quantities: impl Iterator<Item = Option<Decimal>>) -> Option<Decimal> {
    let mut total = Decimal::ZERO;
    for quantity in quantities {
        total = total.checked_add(quantity?)?;
    }
    Some(total)
}
