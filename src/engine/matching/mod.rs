//! The one matcher that all cross-checks share: candidates, passes,
//! assignment, groups, causes.

mod alone;
pub(in crate::engine) mod assignment;
mod board;
mod candidates;
pub(in crate::engine) mod causes;
mod charge;
mod choose;
pub mod conserve;
pub mod damage;
mod document_no;
pub mod explain;
mod finish;
mod item;
mod learn;
mod links;
mod named;
mod names;
pub(in crate::engine) mod near_number;
pub mod outcome;
mod paper;
mod passes;
pub mod sides;
pub mod spec;
mod subset;
#[cfg(test)]
mod tests;
mod weigh;
mod words;

use board::Board;
use causes::Terms;
pub(in crate::engine) use causes::slip;
use conserve::Miscount;
use names::Names;
use outcome::{Cause, Outcome};
use paper::{Figures, Paper};
use sides::Both;
use spec::Spec;

use crate::engine::entry::Entry;

/// Explains left − right of entries that are known to be the same: the causes,
/// and whether the amounts agree.
pub(in crate::engine) fn explained(
    left: &[&Entry],
    right: &[&Entry],
    spec: &Spec,
) -> (Vec<Cause>, bool) {
    let terms = Terms {
        tax: None,
        pack: None,
        rates: &spec.tax_rates,
        supported: &[],
        lines: left.len() + right.len(),
        tolerance: spec.tolerance,
        same_unit: None,
    };
    let figures = |entries: &[&Entry]| -> Vec<Figures> {
        entries.iter().map(|entry| Figures::of(entry)).collect()
    };
    let explained = match (&figures(left)[..], &figures(right)[..]) {
        ([left], [right]) => Some(causes::pair(*left, *right, &terms)),
        (left, right) => causes::groups(left, right, &terms),
    };
    explained.map_or((Vec::new(), false), |explained| (explained.causes, explained.agrees))
}

/// Cross-checks two papers. Every entry of both is in exactly one line of the
/// result; the order of the entries does not change it; swapping the sides
/// mirrors it.
///
/// # Errors
///
/// [`Miscount`] if the result does not add up, which is gendan's own fault and
/// never the data's, or if the amounts are too large to be added.
pub fn reconcile(left: &[Entry], right: &[Entry], spec: &Spec) -> Result<Outcome, Miscount> {
    let mut names = Names::default();
    let mut papers =
        Both { left: Paper::new(left, &mut names), right: Paper::new(right, &mut names) };
    named::give_numbers(&mut papers, &mut names);
    let settled = Both {
        left: Paper::new(&spec.sides.left.settled, &mut names),
        right: Paper::new(&spec.sides.right.settled, &mut names),
    };
    finish::outcome(passes::run(Board::new(papers, names), settled, spec))
}
