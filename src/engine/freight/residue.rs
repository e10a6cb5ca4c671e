//! What shares no waybill: mistyped, damaged and missing numbers, by the one
//! matcher. Two whole numbers that are nowhere near each other are never one
//! parcel, however alike the rest is.

use rust_decimal::Decimal;

use crate::engine::entry::Entry;
use crate::engine::matching;
use crate::engine::matching::conserve::Miscount;
use crate::engine::matching::outcome::{Line, Note, Reason, Status};
use crate::engine::matching::spec::Spec;

use super::roles::Role;
use super::settle::{Settled, Settling};

/// Pairs what is left over on both sides.
pub(super) fn match_rest(
    settled: &mut Vec<Settled>,
    settling: &mut Settling<'_>,
    rules: &Spec,
) -> Result<(), Miscount> {
    other_parties(settled, settling);
    let open = |line: &Line, status: Status| line.status == status;
    let theirs: Vec<usize> = (0..settled.len())
        .filter(|&at| {
            let line = &settled[at].line;
            let alone = open(line, Status::LeftOnly)
                && matches!(
                    line.reason,
                    Some(Reason::NotShipped | Reason::NotInRegister | Reason::NoCandidate)
                );
            alone && settling.sides.billed[line.left[0]].role == Role::Freight
        })
        .collect();
    let ours: Vec<usize> = (0..settled.len())
        .filter(|&at| {
            let line = &settled[at].line;
            open(line, Status::RightOnly)
                && matches!(line.reason, Some(Reason::NotBilled | Reason::NextPeriod))
        })
        .collect();
    if theirs.is_empty() || ours.is_empty() {
        return Ok(());
    }
    let left: Vec<Entry> = theirs
        .iter()
        .map(|&at| as_numbered(&settling.sides.left[settled[at].line.left[0]]))
        .collect();
    let right: Vec<Entry> =
        ours.iter().map(|&at| settling.sides.right[settled[at].line.right[0]].clone()).collect();
    let spec = Spec { together: Vec::new(), ..rules.clone() };
    let found = matching::reconcile(&left, &right, &spec)?;
    let mut gone = Vec::new();
    let mut made = Vec::new();
    for line in found.lines {
        let ([one], [other]) = (&line.left[..], &line.right[..]) else { continue };
        if !is_one_parcel(&line, &left[*one], &right[*other]) {
            continue;
        }
        let (their, our) = (theirs[*one], ours[*other]);
        let (their_row, our_parcel) = (settled[their].line.left[0], settled[our].line.right[0]);
        let rows = settled[their].line.left.clone();
        let (freight, charges): (Vec<usize>, Vec<usize>) =
            rows.iter().partition(|&&row| settling.sides.billed[row].role == Role::Freight);
        let doubts = doubts(&line, &left[*one], &right[*other], settling, (their_row, our_parcel));
        if doubts > 1 {
            continue;
        }
        let mut pair = settling.pair(&freight, &charges, &settled[our].line.right.clone());
        if line.status == Status::Suggested || doubts > 0 {
            pair.line.status = Status::Suggested;
            pair.line.runner_up = None;
        }
        pair.line.notes.retain(|note| *note != Note::DocumentNoFormat);
        pair.line.notes.extend(line.notes.iter().filter(|note| is_about_number(**note)));
        pair.line.notes.sort();
        pair.line.notes.dedup();
        pair.line.evidence.clone_from(&line.evidence);
        gone.extend([their, our]);
        made.push(pair);
    }
    gone.sort_unstable();
    for at in gone.into_iter().rev() {
        settled.remove(at);
    }
    settled.extend(made);
    Ok(())
}

/// A bill states the weight that is charged, our log what the scales showed:
/// beside nearly the same waybill, two weights that are not one say nothing.
fn as_numbered(entry: &Entry) -> Entry {
    let is_whole = entry.document_nos.iter().any(|number| !number.damaged);
    Entry { quantity: entry.quantity.filter(|_| !is_whole), ..entry.clone() }
}

fn is_about_number(note: Note) -> bool {
    matches!(
        note,
        Note::DocumentNoTypo
            | Note::DocumentNoDamaged
            | Note::DocumentNoTruncated
            | Note::DocumentNoMissing
            | Note::DocumentNoFormat
    )
}

fn is_one_parcel(line: &Line, left: &Entry, right: &Entry) -> bool {
    let numbered = !left.document_nos.is_empty() && !right.document_nos.is_empty();
    let near = line.notes.iter().any(|note| is_about_number(*note));
    matches!(line.status, Status::Matched | Status::Differs | Status::Suggested)
        && (near || !numbered)
}

/// Counts what speaks against two waybills being one that was mistyped, where
/// they are neighbours on a pad: two parcels in turn often go to one city for
/// one price, but not on two days, nor with two weights.
fn doubts(
    line: &Line,
    left: &Entry,
    right: &Entry,
    settling: &Settling<'_>,
    (row, parcel): (usize, usize),
) -> usize {
    let numbers = left.document_nos.first().zip(right.document_nos.first());
    let next = numbers.is_some_and(|(one, other)| are_neighbours(&one.text, &other.text));
    if !next || !line.notes.contains(&Note::DocumentNoTypo) {
        return 0;
    }
    let days = left.date.zip(right.date).is_some_and(|(one, other)| one != other);
    let billed = &settling.sides.billed[row].line;
    let billed = billed.chargeable_weight.or(billed.actual_weight);
    let weights = billed.zip(settling.sides.logged[parcel].line.weight);
    // A carrier rounds up, by less than a kilogram.
    let other_weight =
        weights.is_some_and(|(billed, own)| own > billed || billed - own >= Decimal::ONE);
    usize::from(days) + usize::from(other_weight)
}

/// Whether two numbers of one length lie a few apart.
fn are_neighbours(one: &str, other: &str) -> bool {
    const FEW: u64 = 20;
    let alike = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    // The last two digits alone may differ.
    if one.len() != other.len() || alike + 2 < one.len() {
        return false;
    }
    let end = |text: &str| text.get(alike..)?.parse::<u64>().ok();
    end(one).zip(end(other)).is_some_and(|(one, other)| one.abs_diff(other) <= FEW)
}

/// A waybill billed by one carrier that our log has under another: two lines,
/// each with the other's place.
fn other_parties(settled: &mut [Settled], settling: &Settling<'_>) {
    let keys = |at: usize, settled: &[Settled]| -> Vec<String> {
        let line = &settled[at].line;
        let left = line.left.first().map(|&row| settling.sides.billed[row].keys.clone());
        left.or_else(|| line.right.first().map(|&row| settling.sides.logged[row].keys.clone()))
            .unwrap_or_default()
    };
    let theirs: Vec<usize> = (0..settled.len())
        .filter(|&at| {
            let line = &settled[at].line;
            line.status == Status::LeftOnly
                && matches!(line.reason, Some(Reason::NotShipped | Reason::NotInRegister))
        })
        .collect();
    let mut ours: rustc_hash::FxHashMap<String, usize> = rustc_hash::FxHashMap::default();
    for (at, one) in settled.iter().enumerate() {
        if one.line.status == Status::RightOnly {
            for key in keys(at, settled) {
                ours.entry(key).or_insert(at);
            }
        }
    }
    for their in theirs {
        let found = keys(their, settled).iter().find_map(|key| ours.get(key).copied());
        let Some(our) = found else { continue };
        let left = settling.sides.left[settled[their].line.left[0]].at.clone();
        let right = settling.sides.right[settled[our].line.right[0]].at.clone();
        settled[their].line.reason = Some(Reason::OtherParty);
        settled[their].line.related = vec![right];
        settled[our].line.reason = Some(Reason::OtherParty);
        settled[our].line.related = vec![left];
    }
}
