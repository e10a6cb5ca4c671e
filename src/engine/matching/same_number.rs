//! Entries that carry the same document number.

use rustc_hash::FxHashMap;

use super::board::{Board, Certainty, Placement};
use super::sides::Side;

/// Places rows that say the same under the same number.
pub(super) fn run(board: &mut Board<'_>) {
    let mut waiting: FxHashMap<_, Vec<usize>> = FxHashMap::default();
    for at in board.free(Side::Left).into_iter().rev() {
        waiting.entry(key(board, Side::Left, at)).or_default().push(at);
    }
    for right in board.free(Side::Right) {
        let left = waiting.get_mut(&key(board, Side::Right, right)).and_then(Vec::pop);
        if let Some(left) = left {
            board.place(Placement::new(Certainty::Sure, vec![left], vec![right]));
        }
    }
}

fn key(board: &Board<'_>, side: Side, at: usize) -> impl std::hash::Hash + Eq + use<> {
    let fact = board.fact(side, at);
    let number = fact.numbers.first().map(|number| number.verbatim);
    (fact.party, fact.kind, number, fact.item.map(super::item::Item::key), fact.figures)
}
