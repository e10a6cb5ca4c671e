//! The one matcher that all cross-checks share: candidates, passes,
//! assignment, groups, causes.

mod board;
pub mod conserve;
mod document_no;
pub mod explain;
mod finish;
mod item;
mod names;
pub mod outcome;
mod paper;
mod same_number;
pub mod sides;
pub mod spec;

use board::Board;
use conserve::Miscount;
use names::Names;
use outcome::Outcome;
use paper::Paper;
use sides::Both;
use spec::Spec;

use crate::engine::entry::Entry;

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
    let papers = Both { left: Paper::new(left, &mut names), right: Paper::new(right, &mut names) };
    let mut board = Board::new(papers);
    same_number::run(&mut board);
    finish::outcome(board, spec)
}
