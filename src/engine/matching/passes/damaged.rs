//! Long ids that lost digits, against the other side's intact ones (or against
//! ids damaged in the same way).

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Link, Run, Trust, note, sums};
use crate::engine::matching::board::{Certainty, Placement};
use crate::engine::matching::candidates::Candidate;
use crate::engine::matching::damage::{images, shown_digits, spelled_out};
use crate::engine::matching::explain::{Agreement, Evidence, Field};
use crate::engine::matching::links::{Linked, Sets, collect};
use crate::engine::matching::names::Id;
use crate::engine::matching::outcome::Note;
use crate::engine::matching::paper::Kind;
use crate::engine::matching::sides::{Both, Side};
use crate::engine::matching::weigh::{SURE, Setting, distinctness, weight_of_number};
use crate::text::fold;

/// Pairs under one image up to which all are compared.
const ALL: usize = 1024;

/// What a damaged number shows, within a party.
type Image = (Id, u128);

/// Settles entries whose numbers can be doubtful: where one damaged number
/// meets one number, line by line as any note; where it meets several, by what
/// else agrees.
pub(super) fn run(run: &mut Run<'_, '_>) {
    let meetings = Meetings::find(run);
    for linked in meetings.linked(run) {
        if is_one_number(run, Side::Left, &linked.left)
            && is_one_number(run, Side::Right, &linked.right)
        {
            let setting = note::setting(run, &linked);
            note::settle(run, &linked, setting, Some(Note::DocumentNoDamaged), Trust::Doubtful);
        } else {
            several(run, &meetings, &linked);
        }
    }
}

/// Settles numbers of which each may be several others: only pairs in which
/// damage makes the one of the other, by amount, then as whole notes, then by
/// item, then as far as they are likely.
fn several(run: &mut Run<'_, '_>, meetings: &Meetings, linked: &Linked) {
    let lines = linked.left.len().max(linked.right.len());
    let weight = weight_of_number(note::longest(run, linked));
    let setting = Setting::SameNumber { weight, lines, open: lines, several_days: true };
    let link = Link { setting, note: Some(Note::DocumentNoDamaged), trust: Trust::Doubtful };
    let candidates = meetings.candidates(run, linked);
    run.choose(&candidates, link, |weighed| weighed.same_amount);
    whole_notes(run, meetings, &run.still_free(linked), link);
    sums::per_item(run, &run.still_free(linked), link);
    let candidates = meetings.candidates(run, &run.still_free(linked));
    run.choose(&candidates, link, |_| true);
}

/// Places a damaged line against all lines of the only note whose sum it is.
fn whole_notes(run: &mut Run<'_, '_>, meetings: &Meetings, free: &Linked, link: Link) {
    for one in Side::BOTH {
        let free = run.still_free(free);
        let notes = notes(run, one.other(), free.of(one.other()));
        let mut of_sum: FxHashMap<Decimal, Vec<usize>> = FxHashMap::default();
        for (at, (_, sum)) in notes.iter().enumerate() {
            of_sum.entry(*sum).or_default().push(at);
        }
        let mut of_note: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for &at in free.of(one) {
            let fact = run.board.fact(one, at);
            let meets = |&&note: &&usize| {
                let other = notes[note].0[0];
                let days = fact.day.zip(run.board.fact(one.other(), other).day);
                let near = days.is_none_or(|(a, b)| (a - b).abs() <= run.spec.date_window);
                near && meetings.meet(one, at, other)
            };
            let fitting = of_sum.get(&fact.figures.amount).into_iter().flatten().filter(meets);
            if let [note] = fitting.collect::<Vec<_>>()[..] {
                of_note.entry(*note).or_default().push(at);
            }
        }
        for (note, (lines, sum)) in notes.into_iter().enumerate() {
            let Some(&[at]) = of_note.get(&note).map(Vec::as_slice) else { continue };
            let weight = distinctness(sum);
            let certainty = if weight >= SURE { Certainty::Sure } else { Certainty::Suggested };
            let (left, right) = match one {
                Side::Left => (vec![at], lines),
                Side::Right => (lines, vec![at]),
            };
            let equal = Agreement::Equal;
            let evidence = vec![Evidence { field: Field::Amount, agreement: equal, weight }];
            let placement = Placement { evidence, ..Placement::new(certainty, left, right) };
            run.place(placement, link);
        }
    }
}

/// Returns the goods under each number that has several lines, and their sum.
fn notes(run: &Run<'_, '_>, side: Side, lines: &[usize]) -> Vec<(Vec<usize>, Decimal)> {
    let mut at: FxHashMap<Id, usize> = FxHashMap::default();
    let mut notes: Vec<(Vec<usize>, Option<Decimal>)> = Vec::new();
    for &line in lines {
        let fact = run.board.fact(side, line);
        let (Some(number), Kind::Trade) = (fact.numbers.first(), fact.kind) else { continue };
        let slot = *at.entry(number.verbatim).or_insert(notes.len());
        if slot == notes.len() {
            notes.push((Vec::new(), Some(Decimal::ZERO)));
        }
        let (members, sum) = &mut notes[slot];
        members.push(line);
        *sum = sum.and_then(|sum| sum.checked_add(fact.figures.amount));
    }
    let several = notes.into_iter().filter(|(lines, _)| lines.len() > 1);
    several.filter_map(|(lines, sum)| Some((lines, sum?.normalize()))).collect()
}

fn is_one_number(run: &Run<'_, '_>, side: Side, entries: &[usize]) -> bool {
    let mut numbers = entries
        .iter()
        .flat_map(|&at| run.board.fact(side, at).numbers.iter().map(|number| number.verbatim));
    let first = numbers.next();
    numbers.all(|number| Some(number) == first)
}

/// An entry under an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Holder {
    image: Image,
    side: Side,
    at: usize,
    /// Whether its number is the damaged one.
    damaged: bool,
}

/// Which entries damaged numbers may join: those of both sides under one
/// image, of which at least one is damaged.
#[derive(Debug, Default)]
struct Meetings {
    /// By image, then side and entry.
    holders: Vec<Holder>,
    /// The images of each entry, by their position among all.
    images: Both<FxHashMap<usize, Vec<(usize, bool)>>>,
}

impl Meetings {
    fn find(run: &Run<'_, '_>) -> Self {
        let mut meetings = Self { holders: holders(run), ..Self::default() };
        meetings.holders = meetings
            .holders
            .chunk_by(|a, b| a.image == b.image)
            .filter(|holders| joins_sides(holders))
            .flatten()
            .copied()
            .collect();
        for (image, holders) in meetings.holders.chunk_by(|a, b| a.image == b.image).enumerate() {
            for holder in holders {
                let images = meetings.images.of_mut(holder.side).entry(holder.at).or_default();
                images.push((image, holder.damaged));
            }
        }
        meetings
    }

    /// Returns the groups of entries that hang together.
    fn linked(&self, run: &Run<'_, '_>) -> Vec<Linked> {
        let offset = run.board.facts(Side::Left).len();
        let mut sets = Sets::new(offset + run.board.facts(Side::Right).len());
        let node = |holder: &Holder| match holder.side {
            Side::Left => holder.at,
            Side::Right => holder.at + offset,
        };
        for pair in self.holders.windows(2).filter(|pair| pair[0].image == pair[1].image) {
            sets.join(node(&pair[0]), node(&pair[1]));
        }
        let mut nodes: Vec<usize> = self.holders.iter().map(node).collect();
        nodes.sort_unstable();
        nodes.dedup();
        collect(&mut sets, &nodes, offset)
    }

    /// Whether damage makes the number of one of two entries that of the
    /// other, or both the same.
    fn meet(&self, one: Side, at: usize, other: usize) -> bool {
        let (Some(a), Some(b)) =
            (self.images.of(one).get(&at), self.images.of(one.other()).get(&other))
        else {
            return false;
        };
        a.iter().any(|(image, damaged)| {
            b.iter().any(|(other, also)| image == other && (*damaged || *also))
        })
    }

    /// Returns the pairs of these entries that meet: under an image of few
    /// entries all of them, else those that are worth comparing.
    fn candidates(&self, run: &Run<'_, '_>, entries: &Linked) -> Vec<Candidate> {
        let mut by_image: FxHashMap<usize, Linked> = FxHashMap::default();
        for side in Side::BOTH {
            for at in entries.of(side) {
                for &(image, _) in self.images.of(side).get(at).into_iter().flatten() {
                    by_image.entry(image).or_default().of_mut(side).push(*at);
                }
            }
        }
        let mut found = Vec::new();
        for group in by_image.into_values() {
            if group.left.len() * group.right.len() <= ALL {
                for &left in &group.left {
                    found.extend(group.right.iter().map(|&right| (left, right)));
                }
            } else {
                found.extend(run.candidates(&group));
            }
        }
        found.retain(|&(left, right)| self.meet(Side::Left, left, right));
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Returns the free entries under everything that a damaged number shows.
fn holders(run: &Run<'_, '_>) -> Vec<Holder> {
    let mut holders = Vec::new();
    let mut shown: BTreeSet<usize> = BTreeSet::new();
    for (side, at, party, text, damaged) in numbers(run) {
        if let Some(value) = spelled_out(&text).filter(|_| damaged) {
            shown.extend(shown_digits(&text));
            holders.push(Holder { image: (party, value), side, at, damaged });
        }
    }
    if holders.is_empty() {
        return holders;
    }
    let damage: FxHashSet<Image> = holders.iter().map(|holder| holder.image).collect();
    for (side, at, party, text, damaged) in numbers(run).filter(|number| !number.4) {
        // An id may end in zeros by itself.
        let images = images(&text, &shown).into_iter().map(|value| (party, value));
        let met = images.filter(|image| damage.contains(image));
        holders.extend(met.map(|image| Holder { image, side, at, damaged }));
    }
    holders.sort_unstable();
    holders.dedup();
    holders
}

/// Returns the numbers of all free entries, folded, and whether each is
/// damaged.
fn numbers(run: &Run<'_, '_>) -> impl Iterator<Item = (Side, usize, Id, String, bool)> {
    Side::BOTH.into_iter().flat_map(move |side| {
        run.board.free(side).into_iter().flat_map(move |at| {
            let fact = run.board.fact(side, at);
            fact.numbers.iter().map(move |number| {
                let text = fold(run.board.names.text(number.verbatim));
                (side, at, fact.party, text, number.damaged)
            })
        })
    })
}

/// Whether a damaged number of one side meets a number of the other.
fn joins_sides(holders: &[Holder]) -> bool {
    let has = |side: Side| holders.iter().any(|holder| holder.side == side);
    has(Side::Left) && has(Side::Right) && holders.iter().any(|holder| holder.damaged)
}
