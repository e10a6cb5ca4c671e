//! One line on one side for several on the other, inside a note: exact sums
//! first, then sums of one item, then whole notes that differ.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::{Link, Run, Trust};
use crate::engine::matching::board::{Certainty, Placement};
use crate::engine::matching::explain::{Agreement, Evidence, Field};
use crate::engine::matching::item::ItemKey;
use crate::engine::matching::learn::Relation;
use crate::engine::matching::names::Id;
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
    let is_whole = is_group(&rest)
        && agrees(run, &rest)
        && has_no_equal_pair(run, &rest)
        && may_be_whole(run, &rest);
    if is_whole {
        place(run, rest, link);
        return;
    }
    one_line_for_all(run, &rest, link, |_, _, _| true);
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
    for group in by_likeness(run, &run.still_free(free)) {
        let one_to_many = side_of_one(&group).is_some();
        let all_agrees = agrees(run, &group) && (one_to_many || !contradicts(run, &group));
        if group == run.still_free(&group) && all_agrees {
            place(run, group, link);
        }
    }
}

/// Places several lines of one item against one line of it, if their
/// quantities are the same, or if none of them is the line by itself and
/// together they come near it: a quantity is short, not missing.
pub(super) fn of_one_item(run: &mut Run<'_, '_>, free: &Group, link: Link) {
    let free = run.still_free(free);
    for group in by_item(run, &free).into_iter().chain(by_likeness(run, &free)) {
        if side_of_one(&group).is_some() && group == run.still_free(&group) {
            let same_quantity = quantities(run, &group).is_some_and(|(a, b)| a == b);
            let one_by_itself = pairs(&group).any(|pair| is_same_quantity(run, pair));
            if same_quantity || (!one_by_itself && is_within(run, &group, 4) == Some(true)) {
                place(run, group, link);
            }
        }
    }
}

fn is_same_quantity(run: &Run<'_, '_>, (left, right): (usize, usize)) -> bool {
    let pair = Both { left: vec![left], right: vec![right] };
    quantities(run, &pair).is_some_and(|(a, b)| a == b)
}

/// Several lines against several are one group only where items cannot tell
/// which of them belong together.
fn may_be_whole(run: &Run<'_, '_>, group: &Group) -> bool {
    let few = group.left.len() <= MOST && group.right.len() <= MOST;
    let relation = |(left, right)| run.knowledge.relation(&run.board, left, right);
    side_of_one(group).is_some()
        || (few && pairs(group).all(|pair| relation(pair) != Relation::Same))
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

/// Places the one line that names no item and bills all of a note's lines:
/// those that cost nothing, too, before the one with its amount takes it alone.
pub(super) fn unnamed(run: &mut Run<'_, '_>, free: &Group, link: Link) {
    one_line_for_all(run, free, link, |run, one, at| run.board.fact(one, at).item.is_none());
}

/// Places the one line of those that `may` that bills all of a note's lines,
/// although its own side may have others left: of several that do, the one
/// nearest in time.
fn one_line_for_all(
    run: &mut Run<'_, '_>,
    free: &Group,
    link: Link,
    may: impl Fn(&Run<'_, '_>, Side, usize) -> bool,
) {
    let free = trade(run, &run.still_free(free));
    for one in Side::BOTH {
        let many = free.of(one.other());
        if many.len() < 2 {
            continue;
        }
        let Some(total) = total(run, one.other(), many) else { continue };
        let days: Vec<i64> =
            many.iter().filter_map(|&at| run.board.fact(one.other(), at).day).collect();
        let (first, last) = (days.iter().min(), days.iter().max());
        let apart = |at: usize| {
            let far = |day: i64| first.into_iter().chain(last).map(move |d| (d - day).abs()).max();
            run.board.fact(one, at).day.and_then(far).unwrap_or(0)
        };
        let allowed = rounding(many.len() + 1);
        let agrees = |at: usize| {
            let amount = run.board.fact(one, at).figures.amount;
            amount.checked_sub(total).is_some_and(|off| off.abs() <= allowed)
        };
        let fitting = free.of(one).iter().copied().filter(|&at| may(run, one, at) && agrees(at));
        let nearest = fitting.min_by_key(|&at| (apart(at), run.board.fact(one, at).day, at));
        if let Some(at) = nearest {
            let group = match one {
                Side::Left => Both { left: vec![at], right: many.clone() },
                Side::Right => Both { left: many.clone(), right: vec![at] },
            };
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
        let near = is_within(run, &free, 2) == Some(true);
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
    if unknown && is_within(run, &free, 2) == Some(true) {
        place_as(run, free, link, false);
    }
}

fn place(run: &mut Run<'_, '_>, group: Group, link: Link) {
    place_as(run, group, link, true);
}

fn place_as(run: &mut Run<'_, '_>, group: Group, link: Link, sure: bool) {
    let sure =
        sure && (link.trust == Trust::Whole || (agrees(run, &group) && !contradicts(run, &group)));
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
    let mut groups = Vec::new();
    for left in of_each_item(run, Side::Left, &free.left) {
        let relation = |right: usize| run.knowledge.relation(&run.board, left[0], right);
        let is_same = |&&right: &&usize| relation(right) == Relation::Same;
        let right = free.right.iter().filter(is_same).copied().collect();
        groups.push(Both { left, right });
    }
    groups
}

/// Several lines of one item on one side, and the only lines of the other whose
/// words are like it and like no other item there, if those too name one item.
fn by_likeness(run: &Run<'_, '_>, free: &Group) -> Vec<Group> {
    if free.left.len() > MOST || free.right.len() > MOST {
        return Vec::new();
    }
    let mut groups = Vec::new();
    for one in Side::BOTH {
        let items = of_each_item(run, one.other(), free.of(one.other()));
        let mut likes: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
        for &at in free.of(one) {
            let is_like = |item: &Vec<usize>| {
                let (left, right) = if one == Side::Left { (at, item[0]) } else { (item[0], at) };
                matches!(run.knowledge.relation(&run.board, left, right), Relation::Like(_))
            };
            let mut like = (0..items.len()).filter(|&item| is_like(&items[item]));
            if let (Some(only), None) = (like.next(), like.next()) {
                likes[only].push(at);
            }
        }
        for (many, like) in items.into_iter().zip(likes) {
            if many.len() > 1 && of_each_item(run, one, &like).len() == 1 {
                groups.push(match one {
                    Side::Left => Both { left: like, right: many },
                    Side::Right => Both { left: many, right: like },
                });
            }
        }
    }
    groups
}

/// Sorts the lines of one side by the item that they name; those that name
/// none are left out.
fn of_each_item(run: &Run<'_, '_>, side: Side, lines: &[usize]) -> Vec<Vec<usize>> {
    let mut at: FxHashMap<ItemKey, usize> = FxHashMap::default();
    let mut items: Vec<Vec<usize>> = Vec::new();
    for &line in lines {
        let Some(item) = run.board.fact(side, line).item else { continue };
        let slot = *at.entry(item.key()).or_insert(items.len());
        if slot == items.len() {
            items.push(Vec::new());
        }
        items[slot].push(line);
    }
    items
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
    let allowed = rounding(group.left.len() + group.right.len());
    difference(run, group).is_some_and(|difference| difference.abs() <= allowed)
}

/// What the rounding of so many lines may leave.
fn rounding(lines: usize) -> Decimal {
    Decimal::new(5, 3) * Decimal::from(lines)
}

/// Whether the sums are no farther apart than one part in so many of the
/// larger.
fn is_within(run: &Run<'_, '_>, group: &Group, part: i64) -> Option<bool> {
    let difference = difference(run, group)?.abs();
    Some(difference.checked_mul(Decimal::from(part))? <= size(run, group)?)
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

/// Whether the quantities speak against a group whose sums agree. Where they
/// cannot be compared, several lines on both sides say nothing for it either.
pub(super) fn contradicts(run: &Run<'_, '_>, group: &Group) -> bool {
    let units: BTreeSet<Id> = Side::BOTH
        .into_iter()
        .flat_map(|side| group.of(side).iter().filter_map(move |&at| run.board.fact(side, at).unit))
        .collect();
    match quantities(run, group).filter(|_| units.len() < 2) {
        Some((left, right)) => left != right,
        None => side_of_one(group).is_none(),
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
