//! The plan: lots into cartons, numbered, with how few there could be.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::carton::{CartonRange, Content};
use super::draft::{Draft, Share, WHOLE, pack_full};
use super::lot::{Lot, OddLimit};
use super::pool::pools;
use super::top_up::top_up;
use super::weigh::{Weighed, weigh};
use super::weighings::Weighings;
use super::{CartonKind, numbering};

/// How few cartons an order could take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The customer's order.
    pub po: Option<Arc<str>>,
    /// How many it takes.
    pub cartons: u64,
    /// How many it must take at least, packed by its rules.
    pub lower: u64,
}

/// What a plan cannot do as it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A carton weighs more than it may.
    OverWeight {
        /// The cartons, by their place in the plan.
        carton: usize,
        /// The limit in kilograms.
        limit: Decimal,
    },
    /// More odd cartons than the rules allow.
    TooManyOdd {
        /// The lot (or the first of the order).
        lot: usize,
        /// How many there are.
        found: u64,
    },
    /// A carton holds fewer pieces than it must.
    BelowMinimum {
        /// The cartons, by their place in the plan.
        carton: usize,
        /// The minimum.
        minimum: u64,
    },
    /// A line could not be packed: nothing says how many a carton holds.
    Unpacked {
        /// The lot.
        lot: usize,
        /// Its line.
        line: usize,
    },
    /// Numbers of labels already printed that no carton has any more.
    Void {
        /// The order.
        po: Option<Arc<str>>,
        /// The first number.
        from: u32,
        /// The last number.
        to: u32,
    },
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// The cartons, by order and number.
    pub cartons: Vec<CartonRange>,
    /// How few each order could take.
    pub bounds: Vec<Bound>,
    /// What cannot be done as it should.
    pub problems: Vec<Problem>,
}

/// Plans the cartons of lots. Numbers of the plan before (`earlier`) stay with
/// cartons that hold the same; what a scale said goes before what the contents
/// make.
pub fn plan(lots: &[Lot], earlier: &[CartonRange], weighings: &mut Weighings<'_>) -> Plan {
    let mut plan = Plan::default();
    let mut drafts: Vec<Draft> = Vec::new();
    let mut left = Vec::new();
    let mut bounds = Bounds::of(lots);
    for (at, lot) in lots.iter().enumerate() {
        let full = pack_full(at, lot);
        bounds.add(at, full.lower, full.filled);
        drafts.extend(full.drafts);
        left.extend(full.left);
        let unpacked = full.unpacked.into_iter();
        plan.problems.extend(unpacked.map(|line| Problem::Unpacked { lot: at, line }));
    }
    for pool in pools(lots, left) {
        let mut tails = pool.pack(lots);
        bounds.add(pool.left[0].lot, tails.lower, tails.filled);
        top_up(lots, &mut drafts, &mut tails.drafts);
        drafts.append(&mut tails.drafts);
    }
    // Full cartons of a lot first, then what was left of it.
    drafts.sort_by_key(|draft| {
        (draft.contents.first().map_or(0, |share| share.lot), draft.odd, rank(draft.kind))
    });
    plan.problems.extend(odd_problems(lots, &drafts));
    let cartons: Vec<(CartonRange, Drafted)> =
        drafts.iter().map(|draft| carton(lots, draft)).collect();
    let (ranges, drafted): (Vec<_>, Vec<_>) = cartons.into_iter().unzip();
    plan.bounds = bounds.finish(lots, &drafts);
    let (numbered, void) = numbering::number(ranges, drafted, earlier);
    plan.problems.extend(void);
    for (range, drafted) in numbered {
        for part in weighings.apply(range) {
            plan.problems.extend(problems(plan.cartons.len(), &part, &lots[drafted.lot]));
            plan.cartons.push(part);
        }
    }
    plan
}

/// What a range was drafted from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drafted {
    /// Its first lot.
    pub(super) lot: usize,
    /// How many cartons.
    pub(super) count: u64,
}

fn rank(kind: CartonKind) -> u8 {
    match kind {
        CartonKind::Solid => 0,
        CartonKind::Ratio => 1,
        CartonKind::Mixed => 2,
    }
}

/// Makes the cartons of a draft; numbers come later.
fn carton(lots: &[Lot], draft: &Draft) -> (CartonRange, Drafted) {
    let pieces = |share: &Share| {
        let parts = Decimal::from(share.parts).checked_div(Decimal::from(share.of));
        parts.unwrap_or_default()
    };
    let content = |share: &Share| {
        let lot = &lots[share.lot];
        Content {
            po: lot.po.clone(),
            style: lot.style.clone(),
            colour: lot.colour.clone(),
            size: lot.lines[share.line].size.clone(),
            pieces: pieces(share),
        }
    };
    let weighed: Vec<Weighed> = draft
        .contents
        .iter()
        .map(|share| {
            let facts = lots[share.lot].lines[share.line].facts;
            Weighed { pieces: pieces(share), grams: facts.grams, bag_grams: facts.bag_grams }
        })
        .collect();
    let lot = draft.contents.first().map_or(0, |share| share.lot);
    let range = CartonRange {
        from: 0,
        to: 0,
        destination: lots.get(lot).and_then(|lot| lot.destination.clone()),
        contents: draft.contents.iter().map(content).collect(),
        kind: draft.kind,
        odd: draft.odd,
        weights: weigh(&weighed, draft.carton.tare),
        weighed: false,
        outer: draft.carton.outer,
        cbm: draft.carton.outer.and_then(|outer| outer.cbm()),
        at: None,
    };
    (range, Drafted { lot, count: draft.count })
}

/// Returns what is wrong with numbered cartons.
fn problems(carton: usize, range: &CartonRange, lot: &Lot) -> Vec<Problem> {
    let mut found = Vec::new();
    if let (Some(limit), Some(gross)) = (lot.rules.max_gross, range.weights.gross)
        && gross > limit
    {
        found.push(Problem::OverWeight { carton, limit });
    }
    if let Some(minimum) = lot.rules.minimum
        && range.pieces_each() < Decimal::from(minimum)
    {
        found.push(Problem::BelowMinimum { carton, minimum });
    }
    found
}

/// Returns where there are more odd cartons than the rules allow.
fn odd_problems(lots: &[Lot], drafts: &[Draft]) -> Vec<Problem> {
    let mut found = Vec::new();
    for (at, lot) in lots.iter().enumerate() {
        let Some(limit) = lot.rules.odd_limit else { continue };
        let same = |other: &Lot| match limit {
            OddLimit::Order => other.po == lot.po,
            OddLimit::Colour => {
                (&other.po, &other.destination, &other.style, &other.colour)
                    == (&lot.po, &lot.destination, &lot.style, &lot.colour)
            }
        };
        if lots[..at].iter().any(same) {
            continue;
        }
        let odd = drafts.iter().filter(|draft| {
            draft.odd && draft.contents.first().is_some_and(|share| same(&lots[share.lot]))
        });
        let odd: u64 = odd.map(|draft| draft.count).sum();
        if odd > 1 {
            found.push(Problem::TooManyOdd { lot: at, found: odd });
        }
    }
    found
}

/// Adds up bounds by order.
struct Bounds {
    pos: Vec<Option<Arc<str>>>,
    of_lot: Vec<usize>,
    lower: Vec<u64>,
    filled: Vec<u128>,
}

impl Bounds {
    fn of(lots: &[Lot]) -> Self {
        let mut pos: Vec<Option<Arc<str>>> = Vec::new();
        let of_lot = lots.iter().map(|lot| match pos.iter().position(|po| *po == lot.po) {
            Some(at) => at,
            None => {
                pos.push(lot.po.clone());
                pos.len() - 1
            }
        });
        let of_lot: Vec<usize> = of_lot.collect();
        Self { lower: vec![0; pos.len()], filled: vec![0; pos.len()], pos, of_lot }
    }

    fn add(&mut self, lot: usize, cartons: u64, filled: u128) {
        self.lower[self.of_lot[lot]] += cartons;
        self.filled[self.of_lot[lot]] += filled;
    }

    fn finish(self, lots: &[Lot], drafts: &[Draft]) -> Vec<Bound> {
        let mut cartons = vec![0; self.pos.len()];
        for draft in drafts {
            let lot = draft.contents.first().map_or(0, |share| share.lot);
            cartons[self.of_lot[lot]] += draft.count;
        }
        debug_assert_eq!(lots.len(), self.of_lot.len());
        // Where orders share cartons, none of them has what it fills alone.
        let shared = lots.iter().any(|lot| lot.rules.mixing.orders);
        let whole = |filled: u128| match shared {
            true => 0,
            false => u64::try_from(filled.div_ceil(WHOLE)).unwrap_or(u64::MAX),
        };
        let lower = self.lower.into_iter().zip(self.filled);
        let lower = lower.map(|(lower, filled)| lower + whole(filled));
        let all = self.pos.into_iter().zip(cartons).zip(lower);
        all.map(|((po, cartons), lower)| Bound { po, cartons, lower }).collect()
    }
}
