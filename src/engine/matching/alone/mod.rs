//! Entries without a partner: why they have none, what explains it, and what
//! came nearest.

mod duplicates;
mod nearest;
mod other_party;
mod reversals;
mod timing;

use rustc_hash::FxHashMap;

pub(super) use duplicates::set_aside;
pub(super) use nearest::Finder;
use timing::Timing;

use super::charge;
use super::outcome::Reason;
use super::passes::Run;
use super::sides::{Both, Side};
use crate::engine::entry::EntryType;
use crate::location::Location;

/// Why an entry stands alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alone {
    pub(super) reason: Reason,
    /// Places that explain it.
    pub(super) related: Vec<Location>,
    /// The entry of its own side that offsets it.
    pub(super) reversal: Option<Location>,
}

impl Alone {
    fn because(reason: Reason) -> Self {
        Self::explained(reason, Vec::new())
    }

    fn explained(reason: Reason, related: Vec<Location>) -> Self {
        Self { reason, related, reversal: None }
    }
}

/// Why each entry without a partner has none, by side and entry.
pub(super) fn reasons(run: &mut Run<'_, '_>) -> Both<FxHashMap<usize, Alone>> {
    let mut known = std::mem::take(&mut run.alone);
    other_party::find(run, &mut known);
    let timing = Timing::of(run);
    for side in Side::BOTH {
        for at in run.board.free(side) {
            let reason = || Alone::because(general(run, &timing, side, at));
            known.of_mut(side).entry(at).or_insert_with(reason);
        }
    }
    reversals::find(run, &mut known);
    known
}

/// The reason of an entry that nothing in particular explains.
fn general(run: &Run<'_, '_>, timing: &Timing, side: Side, at: usize) -> Reason {
    let fact = run.board.fact(side, at);
    if run.spec.side(side).carried.contains(&fact.index) {
        return Reason::CarriedForward;
    }
    if let Some(reason) = timing.reason(run, side, at) {
        return reason;
    }
    let entry = run.board.papers.of(side).entry(at);
    if side == Side::Left && charge::is_prepaid(entry) {
        return Reason::Prepaid;
    }
    let entry_type = entry.entry_type;
    match (side, entry_type) {
        (_, EntryType::Charge | EntryType::Discount | EntryType::Adjustment) => Reason::OtherCharge,
        (Side::Left, EntryType::Deduction) => Reason::OtherCharge,
        (Side::Left, EntryType::Goods) => Reason::NotReceived,
        (Side::Left, EntryType::Return | EntryType::Payment) => Reason::NoCandidate,
        (Side::Right, _) => Reason::NotBilled,
    }
}
