//! What one cross-check asks of the matcher: tolerances, windows, the period,
//! and what is known from outside the two papers.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::sides::{Both, Side};
use crate::engine::entry::Entry;

/// What a cross-check asks of the matcher.
#[derive(Debug, Clone)]
pub struct Spec {
    /// Amounts that differ by no more than this agree, beyond rounding.
    pub tolerance: Decimal,
    /// The first day of the period.
    pub from: Option<NaiveDate>,
    /// The last day of the period.
    pub to: Option<NaiveDate>,
    /// Days that goods without a usable number may be apart.
    pub date_window: i64,
    /// Days that the two bookings of one payment may be apart.
    pub payment_window: i64,
    /// Days before the period's end within which goods and money may still be
    /// on their way.
    pub transit_window: i64,
    /// Tax rates to try (0.13), likeliest first.
    pub tax_rates: Vec<Decimal>,
    /// Known sizes of packs.
    pub packs: Vec<Pack>,
    /// What is known of each side alone.
    pub sides: Both<SideSpec>,
    /// Entries (by index) that a person has said belong together: they are
    /// placed first, and only their difference is explained.
    pub together: Vec<Both<Vec<usize>>>,
    /// How far searches may go.
    pub budget: Budget,
}

/// How many base units (个) one larger unit (箱) of an item holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// The party it holds for; `None`: all.
    pub party: Option<Arc<str>>,
    /// The item's code, or its description where it has none.
    pub item: Arc<str>,
    /// Base units in one pack.
    pub factor: Decimal,
}

/// What is known of one side alone.
#[derive(Debug, Clone, Default)]
pub struct SideSpec {
    /// The last day that this side's paper covers, by party.
    pub cut_off: BTreeMap<Arc<str>, NaiveDate>,
    /// Lines that this side's earlier papers have settled already.
    pub settled: Vec<Entry>,
    /// Which of this side's entries (by index) are last period's open items.
    pub carried: FxHashSet<usize>,
}

/// How far searches may go before a cheaper way is taken and a finding says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Entries of the larger side that are assigned optimally together.
    pub component: usize,
    /// Candidates of one group search.
    pub group_candidates: usize,
    /// Steps of all group searches of one run.
    pub group_steps: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self { component: 300, group_candidates: 28, group_steps: 40_000_000 }
    }
}

impl Default for Spec {
    fn default() -> Self {
        Self {
            tolerance: Decimal::ZERO,
            from: None,
            to: None,
            date_window: 7,
            payment_window: 10,
            transit_window: 5,
            tax_rates: [13, 9, 6, 3, 1].map(|rate| Decimal::new(rate, 2)).to_vec(),
            packs: Vec::new(),
            sides: Both::default(),
            together: Vec::new(),
            budget: Budget::default(),
        }
    }
}

impl Spec {
    /// Returns the spec of the same cross-check with its sides swapped.
    #[must_use]
    pub fn mirrored(&self) -> Self {
        let mut spec = self.clone();
        std::mem::swap(&mut spec.sides.left, &mut spec.sides.right);
        for both in &mut spec.together {
            std::mem::swap(&mut both.left, &mut both.right);
        }
        spec
    }

    /// Returns what is known of one side.
    pub fn side(&self, side: Side) -> &SideSpec {
        self.sides.of(side)
    }
}
