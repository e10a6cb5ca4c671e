//! Long ids that lost digits, against the other side's intact ones (or against
//! ids damaged in the same way).

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::{Link, Run, note, sums};
use crate::engine::matching::damage::{images, shown_digits, spelled_out};
use crate::engine::matching::links::{Linked, Sets, collect};
use crate::engine::matching::names::Id;
use crate::engine::matching::outcome::Note;
use crate::engine::matching::sides::Side;
use crate::engine::matching::weigh::{Setting, weight_of_number};
use crate::text::fold;

/// Settles entries whose numbers can be doubtful: where one damaged number
/// meets one number, line by line as any note; where it meets several, by what
/// else agrees.
pub(super) fn run(run: &mut Run<'_, '_>) {
    for linked in linked(run) {
        if is_one_number(run, Side::Left, &linked.left)
            && is_one_number(run, Side::Right, &linked.right)
        {
            let setting = note::setting(run, &linked);
            note::settle(run, &linked, setting, Some(Note::DocumentNoDamaged), true);
            continue;
        }
        let lines = linked.left.len().max(linked.right.len());
        let weight = weight_of_number(note::longest(run, &linked));
        let setting = Setting::SameNumber { weight, lines, several_days: true };
        let link = Link { setting, note: Some(Note::DocumentNoDamaged), doubtful: true };
        let candidates = run.candidates(&linked);
        run.choose(&candidates, link, |weighed| weighed.same_amount);
        sums::per_item(run, &run.still_free(&linked), link);
        let candidates = run.candidates(&run.still_free(&linked));
        run.choose(&candidates, link, |_| true);
    }
}

fn is_one_number(run: &Run<'_, '_>, side: Side, entries: &[usize]) -> bool {
    let mut numbers = entries
        .iter()
        .flat_map(|&at| run.board.fact(side, at).numbers.iter().map(|number| number.verbatim));
    let first = numbers.next();
    numbers.all(|number| Some(number) == first)
}

/// Returns the groups of free entries that a damaged number may join.
fn linked(run: &Run<'_, '_>) -> Vec<Linked> {
    let shown = shown(run);
    let Some(shown) = shown else { return Vec::new() };
    let offset = run.board.facts(Side::Left).len();
    let mut holders: FxHashMap<(Id, String), Vec<(usize, bool)>> = FxHashMap::default();
    for side in Side::BOTH {
        for at in run.board.free(side) {
            let fact = run.board.fact(side, at);
            let node = if side == Side::Left { at } else { at + offset };
            for number in &fact.numbers {
                let text = fold(run.board.names.text(number.verbatim));
                if number.damaged {
                    let Some(image) = spelled_out(&text) else { continue };
                    holders.entry((fact.party, image)).or_default().push((node, true));
                } else {
                    // An id may end in zeros by itself.
                    let whole = spelled_out(&text);
                    for image in images(&text, &shown).into_iter().chain(whole) {
                        holders.entry((fact.party, image)).or_default().push((node, false));
                    }
                }
            }
        }
    }
    let mut sets = Sets::new(offset + run.board.facts(Side::Right).len());
    let mut nodes = Vec::new();
    for holders in holders.into_values().filter(|holders| joins_sides(holders, offset)) {
        for pair in holders.windows(2) {
            sets.join(pair[0].0, pair[1].0);
        }
        nodes.extend(holders.iter().map(|&(node, _)| node));
    }
    nodes.sort_unstable();
    nodes.dedup();
    collect(&mut sets, &nodes, offset)
}

/// Returns how many digits the E+ texts show; `None` if nothing is damaged.
fn shown(run: &Run<'_, '_>) -> Option<BTreeSet<usize>> {
    let mut shown = BTreeSet::new();
    let mut any = false;
    for side in Side::BOTH {
        for number in run.board.facts(side).iter().flat_map(|fact| &fact.numbers) {
            if number.damaged {
                any = true;
                shown.extend(shown_digits(&fold(run.board.names.text(number.verbatim))));
            }
        }
    }
    any.then_some(shown)
}

/// Whether a damaged number of one side meets a number of the other.
fn joins_sides(holders: &[(usize, bool)], offset: usize) -> bool {
    let has = |left: bool, damaged: Option<bool>| {
        holders.iter().any(|&(node, is)| (node < offset) == left && damaged.is_none_or(|d| d == is))
    };
    (has(true, Some(true)) && has(false, None)) || (has(false, Some(true)) && has(true, None))
}
