//! What a person has decided belongs together.

use rustc_hash::FxHashMap;

use super::Run;
use crate::engine::matching::board::{Certainty, Placement};
use crate::engine::matching::sides::{Both, Side};

/// Places the entries that the caller says belong together. What does not
/// exist, or is said twice, is left to the passes.
pub(super) fn run(run: &mut Run<'_, '_>) {
    if run.spec.together.is_empty() {
        return;
    }
    let positions: Both<FxHashMap<usize, usize>> = Both::from_fn(|side| {
        run.board.facts(side).iter().enumerate().map(|(at, fact)| (fact.index, at)).collect()
    });
    for both in &run.spec.together {
        let known = |side: Side| -> Option<Vec<usize>> {
            let mut entries: Vec<usize> = both
                .of(side)
                .iter()
                .map(|index| positions.of(side).get(index).copied())
                .collect::<Option<_>>()?;
            entries.sort_unstable();
            entries.dedup();
            Some(entries).filter(|entries| !entries.is_empty())
        };
        let (Some(left), Some(right)) = (known(Side::Left), known(Side::Right)) else { continue };
        let mut placement = Placement::new(Certainty::Sure, left, right);
        placement.notes.extend(super::group_note(&placement));
        run.board.place(placement);
    }
}
