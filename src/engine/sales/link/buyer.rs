//! Bookings without a number → what their buyers bought.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::super::amounts::Basis;
use super::super::shops::Shop;
use super::{Certainty, Linker, SOON, WINDOW};
use crate::engine::matching::outcome::Note;

/// Pairs of one buyer and amount up to which all are compared.
const COMPARED: usize = 4096;
/// Orders of one buyer and few days of which sums are looked for.
const SUMMED: usize = 8;

impl Linker<'_> {
    /// Links a booking without a number to its buyer's order of which the rest
    /// is booked under the number: one order, written in two rows.
    pub(super) fn by_rest(&mut self) {
        let mut booked: FxHashMap<usize, Decimal> = FxHashMap::default();
        for (link, row) in self.links.iter().zip(self.bookings) {
            if let Some(link) = link.as_ref().filter(|link| link.certainty == Certainty::Sure) {
                let sum = booked.entry(link.order).or_default();
                *sum = sum.checked_add(row.amount).unwrap_or(*sum);
            }
        }
        for booking in self.open() {
            let row = &self.bookings[booking];
            let (None, Some(buyer)) = (self.form(booking), self.buyers[booking].known()) else {
                continue;
            };
            if row.amount.is_zero() {
                continue;
            }
            let own = self.own.few(buyer).iter().copied();
            let is_rest = |at: &usize| {
                let whole = booked.get(at).and_then(|sum| sum.checked_add(row.amount));
                whole.is_some_and(|whole| self.orders[*at].is_worth(whole))
            };
            let near = |at: &usize| self.orders[*at].days_from(row.date).is_none_or(|d| d <= SOON);
            let alone = |at: &usize| self.taken[*at] == 0 && self.orders[*at].is_worth(row.amount);
            let (rests, others): (Vec<usize>, Vec<usize>) = own.filter(near).partition(is_rest);
            if let ([order], false) = (&rests[..], others.iter().any(alone)) {
                // Whole now: nothing more is the rest of it.
                booked.remove(order);
                self.take(booking, *order, Certainty::Sure, Some(Note::DocumentNoMissing));
            }
        }
    }

    /// Links bookings without a number to what their buyers bought: first for
    /// the same money, then the only order that is left.
    pub(super) fn by_buyer(&mut self) {
        let mut same: BTreeMap<(Arc<str>, Decimal), Vec<usize>> = BTreeMap::new();
        for booking in self.open() {
            let (None, Some(buyer)) = (self.form(booking), self.buyers[booking].known()) else {
                continue;
            };
            let key = (Arc::clone(buyer), self.bookings[booking].amount.normalize());
            same.entry(key).or_default().push(booking);
        }
        for ((buyer, amount), bookings) in &same {
            self.same_money(buyer, *amount, bookings);
        }
        let same: Vec<_> = same.into_iter().collect();
        for of_buyer in same.chunk_by(|((one, _), _), ((other, _), _)| one == other) {
            self.last_of(&of_buyer[0].0.0, of_buyer.iter().map(|(_, bookings)| &bookings[..]));
        }
    }

    /// Links the one order that is left of a buyer to the first booking that
    /// is left alone with its money.
    fn last_of<'b>(&mut self, buyer: &str, bookings: impl Iterator<Item = &'b [usize]>) {
        let &[order] = &self.free(self.own.all(buyer))[..] else { return };
        for of_money in bookings {
            let mut open = of_money.iter().copied().filter(|&at| self.is_open(at));
            let (Some(booking), None) = (open.next(), open.next()) else { continue };
            let near = self.orders[order].days_from(self.bookings[booking].date);
            let sure = near.is_none_or(|days| days <= WINDOW);
            let certainty = if sure { Certainty::Sure } else { Certainty::Suggested };
            self.take(booking, order, certainty, Some(Note::DocumentNoMissing));
            return;
        }
    }

    /// Links bookings without a number to several orders that their buyers
    /// made within days, if only one choice of them comes to the amount.
    pub(super) fn by_sum(&mut self) {
        for booking in self.open() {
            let (None, Some(buyer)) = (self.form(booking), self.buyers[booking].known()) else {
                continue;
            };
            let row = self.bookings[booking];
            let near = |at: &usize| self.orders[*at].days_from(row.date).is_none_or(|d| d <= SOON);
            let due = |at: usize| {
                let amount = self.orders[at].amount(Basis::Due)?;
                (amount > Decimal::ZERO).then_some((at, amount))
            };
            let orders = self.free(self.own.few(buyer)).into_iter().filter(near).filter_map(due);
            if let Some(of) = only_sum(&orders.collect::<Vec<_>>(), row.amount) {
                self.take_jointly(of, booking, false);
            }
        }
    }

    /// Adds to an order what its buyer paid besides (补差价, 邮费补拍) where one
    /// booking is for both.
    pub(super) fn by_supplement(&mut self) {
        for booking in 0..self.bookings.len() {
            let Some(link) = &self.links[booking] else { continue };
            let order = link.order;
            if link.certainty != Certainty::Sure || self.taken[order] != 1 {
                continue;
            }
            let Some(besides) = self.besides(order, self.bookings[booking].amount) else {
                continue;
            };
            self.links[booking] = None;
            self.taken[order] = 0;
            self.take_jointly(std::iter::once(order).chain(besides).collect(), booking, true);
        }
    }

    /// Returns the orders that a buyer made about the same time, of which nothing
    /// is booked, and which make up what is booked beyond an order; `None` if
    /// none do, or not one choice of them alone.
    fn besides(&self, order: usize, booked: Decimal) -> Option<Vec<usize>> {
        let of = &self.orders[order];
        let due = of.amount(Basis::Due).filter(|due| !due.is_zero())?;
        let more = booked.checked_sub(due).filter(|more| *more > Decimal::ZERO)?;
        let (buyer, day) = (of.buyer.known()?, of.created.or(of.paid_on)?);
        if of.is_worth(booked) {
            return None;
        }
        let near = |at: &usize| self.orders[*at].days_from(Some(day)).is_some_and(|d| d <= SOON);
        let paid = |at: usize| {
            let amount = self.orders[at].amount(Basis::Due)?;
            (at != order && amount > Decimal::ZERO).then_some((at, amount))
        };
        let free = self.free(self.own.few(buyer)).into_iter().filter(near);
        let free: Vec<(usize, Decimal)> = free.filter_map(paid).collect();
        let mut alone = free.iter().filter(|(_, amount)| *amount == more).map(|(at, _)| *at);
        match (alone.next(), alone.next()) {
            (Some(one), None) => Some(vec![one]),
            (None, _) => only_sum(&free, more),
            _ => None,
        }
    }

    /// Returns those of some orders that nothing is booked of.
    pub(super) fn free(&self, orders: &[usize]) -> Vec<usize> {
        orders.iter().copied().filter(|&at| self.taken[at] == 0).collect()
    }

    /// Pairs one buyer's orders and bookings of one amount, the nearest in
    /// time first. Where more orders than bookings fit and no day tells them
    /// apart, none is chosen.
    fn same_money(&mut self, buyer: &str, amount: Decimal, bookings: &[usize]) {
        let mut orders = self.free(self.own.worth(buyer, amount));
        orders.retain(|&at| self.orders[at].is_worth(amount));
        if orders.len().saturating_mul(bookings.len()) > COMPARED {
            self.in_turn(orders, bookings);
            return;
        }
        let mut pairs: Vec<((Reverse<Shop>, u64), usize, usize)> = Vec::new();
        for &booking in bookings {
            for &order in &orders {
                let days = self.orders[order].days_from(self.bookings[booking].date);
                let shop = Reverse(self.shop(booking, order));
                pairs.push(((shop, days.unwrap_or(u64::MAX)), booking, order));
            }
        }
        pairs.sort_unstable();
        let (mut paired, mut chosen) = (Vec::new(), Vec::new());
        for &(fit, booking, order) in &pairs {
            if !paired.contains(&booking) && !chosen.contains(&order) {
                paired.push(booking);
                chosen.push(order);
                let rival = pairs.iter().any(|&(other_fit, other, rival)| {
                    other == booking
                        && other_fit == fit
                        && rival != order
                        && !chosen.contains(&rival)
                });
                if rival && orders.len() > bookings.len() {
                    self.leave_open(orders, bookings);
                    return;
                }
            }
        }
        self.take_all(paired, chosen);
    }

    /// Pairs a great many orders and bookings of one buyer and amount (a
    /// distributor's, a test account's) in turn: day by day where a day has as
    /// many of both, then what is left, unless more orders than bookings are.
    fn in_turn(&mut self, orders: Vec<usize>, bookings: &[usize]) {
        let mut days: BTreeMap<Option<NaiveDate>, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for order in orders {
            days.entry(self.orders[order].created).or_default().0.push(order);
        }
        for &booking in bookings {
            days.entry(self.bookings[booking].date).or_default().1.push(booking);
        }
        let (mut orders, mut bookings) = (Vec::new(), Vec::new());
        for (day, (of_orders, of_bookings)) in days {
            if day.is_some() && of_orders.len() == of_bookings.len() {
                self.take_all(of_bookings, of_orders);
            } else {
                orders.extend(of_orders);
                bookings.extend(of_bookings);
            }
        }
        if bookings.is_empty() {
            return;
        }
        if orders.len() > bookings.len() {
            self.leave_open(orders, &bookings);
        } else {
            self.take_all(bookings, orders);
        }
    }

    fn take_all(&mut self, bookings: Vec<usize>, orders: Vec<usize>) {
        for (booking, order) in bookings.into_iter().zip(orders) {
            self.take(booking, order, Certainty::Sure, Some(Note::DocumentNoMissing));
        }
    }

    /// Keeps orders and bookings together of which none was chosen.
    fn leave_open(&mut self, orders: Vec<usize>, bookings: &[usize]) {
        for &order in &orders {
            self.taken[order] += 1;
        }
        self.undecided.extend(bookings);
        self.ambiguous.push((orders, bookings.to_vec()));
    }

    /// What is left and repeats what its buyer's order is booked for.
    pub(super) fn again(&mut self) {
        for booking in self.open() {
            let Some(buyer) = self.buyers[booking].known() else { continue };
            if self.form(booking).is_some() {
                continue;
            }
            let row = &self.bookings[booking];
            let orders = self.own.near(buyer, row.amount).iter();
            let booked = |&&at: &&usize| self.taken[at] > 0 && self.orders[at].is_worth(row.amount);
            let near = |at: &usize| self.orders[*at].days_from(row.date);
            if let Some(&order) = orders.filter(booked).min_by_key(|at| (near(at), **at)) {
                self.take(booking, order, Certainty::Again, Some(Note::DocumentNoMissing));
            }
        }
    }
}

/// Returns the several of these that come to a sum, if only one choice does.
fn only_sum(amounts: &[(usize, Decimal)], wanted: Decimal) -> Option<Vec<usize>> {
    if !(2..=SUMMED).contains(&amounts.len()) {
        return None;
    }
    let chosen = |mask: u32| amounts.iter().enumerate().filter(move |(at, _)| mask >> at & 1 == 1);
    let comes_to = |mask: &u32| {
        let mut sum = chosen(*mask).map(|(_, (_, amount))| *amount);
        sum.try_fold(Decimal::ZERO, Decimal::checked_add) == Some(wanted)
    };
    let mut several = (1..1_u32 << amounts.len()).filter(|mask| mask.count_ones() > 1);
    let found = several.find(comes_to)?;
    let is_only = !several.any(|mask| comes_to(&mask));
    is_only.then(|| chosen(found).map(|(_, (at, _))| *at).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_are_chosen_only_where_no_other_choice_comes_to_the_sum() {
        let of = |amounts: &[i64], wanted: i64| {
            let amounts: Vec<(usize, Decimal)> =
                amounts.iter().map(|&fen| Decimal::new(fen, 2)).enumerate().collect();
            only_sum(&amounts, Decimal::new(wanted, 2))
        };
        assert_eq!(of(&[1990, 2580, 4570], 4570), Some(vec![0, 1]), "one alone is no sum");
        assert_eq!(of(&[1990, 2580, 600, 5170], 7150), None, "not one choice comes to it");
        assert_eq!(of(&[1990, 2580, 600], 5170), Some(vec![0, 1, 2]));
        assert_eq!(of(&[1000, 2000, 1500, 1500], 3000), None, "two choices come to it");
        assert_eq!(of(&[1990], 1990), None);
        assert_eq!(of(&[100; SUMMED + 1], 200), None, "too many to try");
        let huge = [(0, Decimal::MAX), (1, Decimal::MAX)];
        assert_eq!(only_sum(&huge, Decimal::ONE), None);
    }
}
