//! Cartons before they have numbers: full ones of one size or in a ratio, and
//! what they leave over.

use super::carton::CartonKind;
use super::lot::{CartonType, Lot, Method, PerCarton};
use super::ratio::{Carton, Pattern, cartons_of, scaled};

/// Pieces of one line in a carton. They are counted in the fractions that the
/// line's cartons are counted in: halves where two cartons hold five sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Share {
    /// The lot.
    pub(super) lot: usize,
    /// Its line.
    pub(super) line: usize,
    /// How many fractions.
    pub(super) parts: u64,
    /// How many fractions make a piece.
    pub(super) of: u64,
}

/// Cartons packed alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) kind: CartonKind,
    pub(super) odd: bool,
    pub(super) contents: Vec<Share>,
    pub(super) carton: CartonType,
    pub(super) count: u64,
}

/// What full cartons leave of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Left {
    pub(super) lot: usize,
    pub(super) line: usize,
    /// How many fractions of a piece.
    pub(super) parts: u64,
    /// How many pieces a carton holds, in fractions: `cap.pieces` of them
    /// fill it.
    pub(super) cap: PerCarton,
}

/// What becomes of a lot.
#[derive(Debug, Default)]
pub(super) struct Full {
    pub(super) drafts: Vec<Draft>,
    pub(super) left: Vec<Left>,
    /// How many full cartons there must be at least.
    pub(super) lower: u64,
    /// Where ratios are free: how much of cartons all of the lot fills.
    pub(super) filled: u128,
    /// Lines that cannot be packed: nothing says how many a carton holds.
    pub(super) unpacked: Vec<usize>,
}

/// Packs the full cartons of a lot.
pub(super) fn pack_full(at: usize, lot: &Lot) -> Full {
    let mut full = Full::default();
    let caps: Vec<Option<PerCarton>> =
        lot.lines.iter().map(|line| line.cap(lot.rules.max_gross)).collect();
    let mut left: Vec<u64> = lot.lines.iter().map(|line| line.pieces).collect();
    for (line, cap) in caps.iter().enumerate() {
        if cap.is_none() && left[line] > 0 {
            full.unpacked.push(line);
            left[line] = 0;
        }
    }
    if lot.rules.method == Method::Ratio {
        for pattern in patterns(lot, &caps, &left) {
            take(at, lot, &pattern, &mut left, &mut full);
        }
    }
    for (line, cap) in caps.into_iter().enumerate() {
        let Some(cap) = cap.filter(|_| left[line] > 0) else { continue };
        solid(at, lot, line, cap, left[line], &mut full);
    }
    // Other ratios might do with fewer cartons: only what all of it fills is
    // sure.
    if lot.is_free() {
        let caps = lot.lines.iter().map(|line| line.cap(lot.rules.max_gross));
        let filled = lot.lines.iter().zip(caps).filter_map(|(line, cap)| {
            let cap = cap?;
            Some(filled(line.pieces.saturating_mul(cap.cartons), cap))
        });
        full.filled = filled.sum();
    } else {
        full.lower = full.drafts.iter().map(|draft| draft.count).sum();
    }
    full
}

/// A whole carton, in the parts that what is filled is counted in.
pub(super) const WHOLE: u128 = 1 << 32;

/// Returns how much of cartons these fractions of pieces fill, rounded down.
pub(super) fn filled(parts: u64, cap: PerCarton) -> u128 {
    u128::from(parts) * WHOLE / u128::from(cap.pieces.max(1))
}

/// Packs full cartons of one size and notes what is left.
fn solid(at: usize, lot: &Lot, line: usize, cap: PerCarton, pieces: u64, full: &mut Full) {
    let parts = pieces.saturating_mul(cap.cartons);
    let count = parts / cap.pieces;
    if count > 0 {
        let share = Share { lot: at, line, parts: cap.pieces, of: cap.cartons };
        full.drafts.push(Draft {
            kind: CartonKind::Solid,
            odd: false,
            contents: vec![share],
            carton: lot.lines[line].facts.carton,
            count,
        });
    }
    let rest = parts % cap.pieces;
    if rest > 0 {
        full.left.push(Left { lot: at, line, parts: rest, cap });
    }
}

/// Returns the ratios of a lot: the one given, or those chosen.
fn patterns(lot: &Lot, caps: &[Option<PerCarton>], left: &[u64]) -> Vec<Pattern> {
    let given: Vec<u64> =
        lot.lines.iter().map(|line| line.facts.in_ratio.unwrap_or_default()).collect();
    if given.iter().any(|one| *one > 0) {
        let cap = caps.iter().flatten().map(|cap| cap.pieces / cap.cartons).min();
        let pieces = scaled(&given, cap);
        let cartons = cartons_of(left, &pieces);
        return vec![Pattern { pieces, cartons }];
    }
    let Some((each, capacity)) = common_measure(caps.iter().flatten()) else { return Vec::new() };
    let mut of_line = each.into_iter();
    let each: Vec<u64> = caps
        .iter()
        .map(|cap| cap.map_or(0, |cap| of_line.next().unwrap_or(0) * cap.cartons))
        .collect();
    Carton { each: &each, capacity }.choose(left, lot.rules.patterns.max(1))
}

/// Takes cartons of a ratio from what is left.
fn take(at: usize, lot: &Lot, pattern: &Pattern, left: &mut [u64], full: &mut Full) {
    if pattern.cartons == 0 {
        return;
    }
    let mut contents = Vec::new();
    for (line, &pieces) in pattern.pieces.iter().enumerate().filter(|(_, pieces)| **pieces > 0) {
        left[line] -= pieces * pattern.cartons;
        contents.push(Share { lot: at, line, parts: pieces, of: 1 });
    }
    let [first, ..] = contents.as_slice() else { return };
    full.drafts.push(Draft {
        kind: if contents.len() > 1 { CartonKind::Ratio } else { CartonKind::Solid },
        odd: false,
        carton: lot.lines[first.line].facts.carton,
        contents,
        count: pattern.cartons,
    });
}

/// Returns how much of a carton one fraction of a piece fills, for each cap,
/// and how much a carton holds: exact as long as that can be counted, else
/// rounded up so that no carton is overfilled.
pub(super) fn common_measure<'a>(
    caps: impl Iterator<Item = &'a PerCarton> + Clone,
) -> Option<(Vec<u64>, u64)> {
    /// Beyond this, sums of fills could no longer be counted.
    const MOST: u64 = 1 << 40;
    let common = caps.clone().try_fold(1_u64, |common, cap| {
        let lowest = common / super::lot::gcd(common, cap.pieces);
        lowest.checked_mul(cap.pieces).filter(|common| *common <= MOST)
    });
    let capacity = common.unwrap_or(MOST);
    let each: Vec<u64> = caps.map(|cap| capacity.div_ceil(cap.pieces.max(1))).collect();
    (!each.is_empty()).then_some((each, capacity))
}
