//! Entries under the same document number: as written, then as normalised.

use rustc_hash::FxHashMap;

use super::{Run, Trust, note};
use crate::engine::matching::document_no::Number;
use crate::engine::matching::links::{Linked, by_number};
use crate::engine::matching::names::Id;
use crate::engine::matching::outcome::Note;
use crate::engine::matching::sides::{Both, Side};
use crate::engine::matching::weigh::{Setting, weight_of_number};

/// A way of reading a number. Numbers that lost digits are looked at later.
type Key = fn(Side, &Number) -> Option<Id>;

/// Places what shares a number, the strongest key first.
pub(super) fn run(run: &mut Run<'_, '_>) {
    const KEYS: [(Key, Option<Note>); 5] = [
        (|_, number| Some(number.verbatim), None),
        (|_, number| Some(number.spaced), Some(Note::DocumentNoFormat)),
        (|side, number| joined(side == Side::Left, number), Some(Note::DocumentNoFormat)),
        (|side, number| joined(side == Side::Right, number), Some(Note::DocumentNoFormat)),
        (|_, number| Some(number.bare), Some(Note::DocumentNoFormat)),
    ];
    for (key, said) in KEYS {
        let whole = |side: Side, number: &Number| key(side, number).filter(|_| !number.damaged);
        let groups = by_number(&run.board, whole);
        if groups.is_empty() {
            continue;
        }
        let extents = extents(run, whole);
        for linked in groups {
            let setting = setting(run, &linked, &extents, whole);
            note::settle(run, &linked, setting, said, Trust::Whole);
        }
    }
}

/// A number without separators meets one with separators, but two that are
/// separated differently (1-11, 11-1) do not meet.
fn joined(separated: bool, number: &Number) -> Option<Id> {
    let is_separated = number.spaced != number.joined;
    (is_separated == separated).then_some(number.joined)
}

/// How far one number reaches on one side, placed entries included.
#[derive(Debug, Clone, Copy, Default)]
struct Extent {
    lines: usize,
    first_day: Option<i64>,
    several_days: bool,
}

type Extents = FxHashMap<(Id, Id), Both<Extent>>;

fn extents(run: &Run<'_, '_>, key: impl Fn(Side, &Number) -> Option<Id>) -> Extents {
    let mut extents = Extents::default();
    for side in Side::BOTH {
        for fact in run.board.facts(side) {
            for key in fact.numbers.iter().filter_map(|number| key(side, number)) {
                let extent = extents.entry((fact.party, key)).or_default().of_mut(side);
                extent.lines += 1;
                let Some(day) = fact.day else { continue };
                let first = *extent.first_day.get_or_insert(day);
                extent.several_days |= first != day;
            }
        }
    }
    extents
}

/// Returns the setting in which the entries of a group are compared.
fn setting(
    run: &Run<'_, '_>,
    linked: &Linked,
    extents: &Extents,
    key: impl Fn(Side, &Number) -> Option<Id>,
) -> Setting {
    let (mut lines, mut several_days) = (1, false);
    for side in Side::BOTH {
        for &at in linked.of(side) {
            let fact = run.board.fact(side, at);
            let keys = fact.numbers.iter().filter_map(|number| key(side, number));
            for both in keys.filter_map(|key| extents.get(&(fact.party, key))) {
                lines = lines.max(both.left.lines).max(both.right.lines);
                several_days |= both.left.several_days || both.right.several_days;
            }
        }
    }
    let weight = weight_of_number(note::longest(run, linked));
    Setting::SameNumber { weight, lines, open: lines, several_days }
}
