//! The fewest pieces of a carton: one that holds fewer gets some from a full
//! carton of the same goods, as long as both then hold enough.

use super::carton::CartonKind;
use super::draft::{Draft, Share, common_measure};
use super::lot::{Lot, PerCarton};

/// Tops up the cartons that hold too little.
pub(super) fn top_up(lots: &[Lot], full: &mut Vec<Draft>, tails: &mut [Draft]) {
    for tail in tails {
        let Some(first) = tail.contents.first().copied() else { continue };
        let Some(minimum) = lots[first.lot].rules.minimum else { continue };
        let pieces: u64 = tail.contents.iter().map(|share| share.parts / share.of).sum();
        if pieces >= minimum || tail.contents.iter().any(|share| share.of != 1) {
            continue;
        }
        let need = minimum - pieces;
        // A size that is in the carton already makes it no more mixed.
        let giving = full.iter().position(|draft| gives(draft, tail, lots, need, minimum));
        let Some(at) = giving else { continue };
        let mut given = full[at].contents[0];
        full[at].count -= 1;
        let mut opened = Draft { count: 1, ..full[at].clone() };
        opened.contents[0].parts -= need;
        if full[at].count == 0 {
            full.remove(at);
        }
        full.push(opened);
        given.parts = need;
        add(&mut tail.contents, given);
        tail.kind = if tail.contents.len() > 1 { CartonKind::Mixed } else { CartonKind::Solid };
    }
}

/// Whether a full carton can give so many pieces of a size that is in the
/// other one.
fn gives(draft: &Draft, tail: &Draft, lots: &[Lot], need: u64, minimum: u64) -> bool {
    let [share] = draft.contents.as_slice() else { return false };
    let same = |other: &Share| (other.lot, other.line) == (share.lot, share.line);
    draft.kind == CartonKind::Solid
        && share.of == 1
        && share.parts >= need + minimum
        && tail.contents.iter().any(same)
        && has_room(tail, *share, need, lots)
}

fn has_room(tail: &Draft, share: Share, need: u64, lots: &[Lot]) -> bool {
    let cap = |share: &Share| -> Option<PerCarton> {
        let lot = &lots[share.lot];
        lot.lines[share.line].cap(lot.rules.max_gross)
    };
    let caps: Option<Vec<PerCarton>> = tail.contents.iter().chain([&share]).map(cap).collect();
    let Some((each, capacity)) = caps.as_ref().and_then(|caps| common_measure(caps.iter())) else {
        return false;
    };
    let parts = tail.contents.iter().map(|share| share.parts).chain([need]);
    parts.zip(each).map(|(parts, each)| parts * each).sum::<u64>() <= capacity
}

fn add(contents: &mut Vec<Share>, given: Share) {
    match contents.iter_mut().find(|one| (one.lot, one.line) == (given.lot, given.line)) {
        Some(own) => own.parts += given.parts,
        None => contents.push(given),
    }
}
