//! Entries that belong to another period: before it, after it, after the other
//! side's cut-off, or on their way when it ended.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use crate::engine::matching::names::Id;
use crate::engine::matching::outcome::Reason;
use crate::engine::matching::paper::{Kind, day};
use crate::engine::matching::passes::Run;
use crate::engine::matching::sides::{Both, Side};

/// The edges of the period, and how far each side's papers reach.
#[derive(Debug)]
pub(super) struct Timing {
    from: Option<i64>,
    to: Option<i64>,
    /// The last day that a side's paper covers, by party, where it is stated.
    stated: Both<FxHashMap<Id, i64>>,
    /// The last day of goods on it.
    last_goods: Both<FxHashMap<Id, i64>>,
}

impl Timing {
    /// Looks at both papers.
    pub(super) fn of(run: &Run<'_, '_>) -> Self {
        let mut last_goods: Both<FxHashMap<Id, i64>> = Both::default();
        let mut stated: Both<FxHashMap<Id, i64>> = Both::default();
        for side in Side::BOTH {
            let cut_off = &run.spec.side(side).cut_off;
            for (at, fact) in run.board.facts(side).iter().enumerate() {
                let party = &run.board.papers.of(side).entry(at).party;
                if let Some(&date) = cut_off.get(party) {
                    stated.of_mut(side).insert(fact.party, day(date));
                }
                let Some(day) = fact.day.filter(|_| fact.kind == Kind::Trade) else { continue };
                let last = last_goods.of_mut(side).entry(fact.party).or_insert(day);
                *last = day.max(*last);
            }
            // A party with entries on one side only still has its cut-off.
            for fact in run.board.facts(side.other()) {
                let party = run.board.names.text(fact.party);
                if let Some((_, &date)) = cut_off.get_key_value(party) {
                    stated.of_mut(side).insert(fact.party, day(date));
                }
            }
        }
        let edge = |date: Option<NaiveDate>| date.map(day);
        Self { from: edge(run.spec.from), to: edge(run.spec.to), stated, last_goods }
    }

    /// Returns the reason that an entry's day gives for standing alone.
    pub(super) fn reason(&self, run: &Run<'_, '_>, side: Side, at: usize) -> Option<Reason> {
        let fact = run.board.fact(side, at);
        let day = fact.day?;
        if self.from.is_some_and(|from| day < from) {
            return Some(Reason::PriorPeriod);
        }
        if self.to.is_some_and(|to| day > to) || self.is_after_cut_off(side, fact.party, day) {
            return Some(Reason::NextPeriod);
        }
        let transit = run.spec.transit_window;
        let near_end = self.to.is_some_and(|to| day > to - transit);
        let near_start = self.from.is_some_and(|from| day < from + transit);
        match fact.kind {
            Kind::Payment if near_end => Some(Reason::NextPeriod),
            Kind::Payment if near_start && side == Side::Left => Some(Reason::PriorPeriod),
            Kind::Trade if near_end && self.is_after_last(side, fact.party, day) => {
                Some(Reason::NextPeriod)
            }
            _ => None,
        }
    }

    /// Whether the other side's paper says that it ends before this day.
    fn is_after_cut_off(&self, side: Side, party: Id, day: i64) -> bool {
        self.stated.of(side.other()).get(&party).is_some_and(|&cut_off| day > cut_off)
    }

    /// Whether the other side's paper, without saying so, ends before this day.
    fn is_after_last(&self, side: Side, party: Id, day: i64) -> bool {
        let other = side.other();
        !self.stated.of(other).contains_key(&party)
            && self.last_goods.of(other).get(&party).is_some_and(|&last| day > last)
    }
}
