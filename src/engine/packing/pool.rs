//! What is left over, pooled as far as the rules let it share cartons.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::carton::{CartonKind, Outer};
use super::draft::{Draft, Left, Share, common_measure, filled};
use super::lot::{CartonType, Lot, Method, Mixing, Rules};
use super::tails::{Loose, Rest, fill_up, pack, split_into};

/// What keeps leftovers apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    po: Option<Arc<str>>,
    destination: Option<Arc<str>>,
    style: Option<Arc<str>>,
    colour: Option<Arc<str>>,
    size: Option<Arc<str>>,
    outer: Option<Outer>,
}

/// Leftovers that may share cartons.
#[derive(Debug)]
pub(super) struct Pool {
    pub(super) left: Vec<Left>,
    rules: Rules,
}

/// The cartons of a pool.
#[derive(Debug)]
pub(super) struct Tails {
    pub(super) drafts: Vec<Draft>,
    /// How many there must be at least.
    pub(super) lower: u64,
    /// What else it fills of cartons that are counted with a lot's.
    pub(super) filled: u128,
}

/// Returns what may share the cartons for leftovers of a lot.
fn mixing(rules: &Rules) -> Mixing {
    // Where sizes are mixed anyway, what is left of one is no unit.
    Mixing { split: rules.mixing.split || rules.method == Method::Mixed, ..rules.mixing }
}

/// Puts leftovers together that may share cartons, in the order of the lots.
pub(super) fn pools(lots: &[Lot], left: Vec<Left>) -> Vec<Pool> {
    let mut found: Vec<Pool> = Vec::new();
    let mut by_key: FxHashMap<Key, usize> = FxHashMap::default();
    for one in left {
        let lot = &lots[one.lot];
        let line = &lot.lines[one.line];
        let mixing = mixing(&lot.rules);
        let apart = |mixed: bool, value: &Option<Arc<str>>| value.clone().filter(|_| !mixed);
        let key = Key {
            po: apart(mixing.orders, &lot.po),
            destination: lot.destination.clone(),
            style: apart(mixing.styles, &lot.style),
            colour: apart(mixing.colours, &lot.colour),
            size: apart(mixing.sizes, &line.size),
            outer: line.facts.carton.outer,
        };
        let next = found.len();
        let at = *by_key.entry(key).or_insert(next);
        if at == next {
            found.push(Pool { left: Vec::new(), rules: lot.rules });
        }
        found[at].left.push(one);
    }
    found
}

impl Pool {
    /// Packs the leftovers.
    pub(super) fn pack(&self, lots: &[Lot]) -> Tails {
        let Some((each, capacity)) = common_measure(self.left.iter().map(|one| &one.cap)) else {
            return Tails { drafts: Vec::new(), lower: 0, filled: 0 };
        };
        let mut numbers = Numbers::default();
        let rests: Vec<Rest> = self
            .left
            .iter()
            .zip(&each)
            .map(|(one, each)| Rest {
                fill: one.parts * each,
                style: numbers.of(lots[one.lot].style.as_ref()),
                colour: numbers.of(lots[one.lot].colour.as_ref()),
                size: numbers.of(lots[one.lot].lines[one.line].size.as_ref()),
            })
            .collect();
        let whole = pack(&rests, capacity);
        let mut lower = whole.lower;
        let mut shares: Vec<Vec<(usize, u64)>> = whole
            .cartons
            .iter()
            .map(|carton| carton.iter().map(|&at| (at, self.left[at].parts)).collect())
            .collect();
        let full: u64 = rests.iter().map(|rest| rest.fill).sum();
        let by_fill = usize::try_from(full.div_ceil(capacity)).unwrap_or(usize::MAX);
        let mut odd_from = 0;
        if mixing(&self.rules).split {
            lower = by_fill;
            let loose = self.loose(lots, &each);
            if self.rules.odd_limit.is_some() && shares.len() > 1 {
                shares = fill_up(&loose, capacity);
                odd_from = shares.len().saturating_sub(1);
            } else {
                let fewer = (lower..shares.len()).find_map(|n| split_into(&loose, capacity, n));
                shares = fewer.unwrap_or(shares);
            }
        }
        let draft = |(at, carton): (usize, &Vec<(usize, u64)>)| Draft {
            odd: at >= odd_from,
            ..self.draft(lots, carton, &each, capacity)
        };
        let drafts = shares.iter().enumerate().map(draft).collect();
        let lower = u64::try_from(lower).unwrap_or(u64::MAX);
        // Other ratios would have left other rests: what fills such a lot is
        // counted with the whole of it.
        if !self.left.iter().any(|one| lots[one.lot].is_free()) {
            return Tails { drafts, lower, filled: 0 };
        }
        let others = self.left.iter().filter(|one| !lots[one.lot].is_free());
        let filled = others.map(|one| filled(one.parts, one.cap)).sum();
        Tails { drafts, lower: 0, filled }
    }

    /// Returns the leftovers as pieces that may be split.
    fn loose(&self, lots: &[Lot], each: &[u64]) -> Vec<Loose> {
        let loose = |(one, each): (&Left, &u64)| {
            let inner = lots[one.lot].lines[one.line].facts.inner.unwrap_or(1).max(1);
            Loose { pieces: one.parts, each: *each, together: inner * one.cap.cartons }
        };
        self.left.iter().zip(each).map(loose).collect()
    }

    /// Makes a carton of shares; one that is not half full may be a smaller
    /// one.
    fn draft(&self, lots: &[Lot], shares: &[(usize, u64)], each: &[u64], capacity: u64) -> Draft {
        let mut shares = shares.to_vec();
        shares.sort_unstable_by_key(|(at, _)| (self.left[*at].lot, self.left[*at].line));
        let contents: Vec<Share> = shares
            .iter()
            .map(|&(at, parts)| {
                let one = self.left[at];
                Share { lot: one.lot, line: one.line, parts, of: one.cap.cartons }
            })
            .collect();
        let full: u64 = shares.iter().map(|(at, parts)| parts * each[*at]).sum();
        Draft {
            kind: if contents.len() > 1 { CartonKind::Mixed } else { CartonKind::Solid },
            odd: true,
            carton: self.carton(lots, shares.first().map_or(0, |(at, _)| *at), full, capacity),
            contents,
            count: 1,
        }
    }

    fn carton(&self, lots: &[Lot], at: usize, full: u64, capacity: u64) -> CartonType {
        let Some(one) = self.left.get(at) else { return CartonType::default() };
        let usual = lots[one.lot].lines[one.line].facts.carton;
        match self.rules.small {
            Some(small) if full * 2 < capacity => {
                CartonType { outer: small.outer, tare: small.tare.or(usual.tare) }
            }
            _ => usual,
        }
    }
}

/// Numbers for names, in the order in which they come.
#[derive(Debug, Default)]
struct Numbers {
    known: FxHashMap<Arc<str>, u32>,
}

impl Numbers {
    fn of(&mut self, name: Option<&Arc<str>>) -> u32 {
        let Some(name) = name else { return 0 };
        let next = u32::try_from(self.known.len() + 1).unwrap_or(u32::MAX);
        *self.known.entry(Arc::clone(name)).or_insert(next)
    }
}
