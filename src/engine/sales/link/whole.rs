//! Bookings whose numbers orders have as they stand: of two shops' orders under
//! one number, whose it is.

use std::cmp::Reverse;

use super::{Certainty, Linker, PLATFORM};
use crate::engine::matching::outcome::Note;
use crate::engine::sales::by_number::ByNumber;
use crate::engine::sales::shops::Shop;
use crate::records::shop::OrderForm;

impl Linker<'_> {
    pub(super) fn by_whole_number(&mut self, orders: &ByNumber<'_>) {
        // What a shop has itself is no other one's.
        let (own, others): (Vec<usize>, Vec<usize>) =
            self.open().into_iter().partition(|&booking| self.names_own_shop(booking, orders));
        for booking in own.into_iter().chain(others) {
            if self.take_several(booking, orders) {
                continue;
            }
            // Of several numbers the others may be another month's.
            let row = self.bookings[booking];
            let mut numbers = row.order_no.iter().chain(&row.more_nos);
            let found = numbers.find_map(|number| {
                let is_whole = matches!(number.form, OrderForm::Whole | OrderForm::Short);
                let order = self.of_number(booking, &number.key, orders)?;
                is_whole.then_some((number, order))
            });
            if let Some((number, order)) = found {
                let written = self.orders[order].number.as_ref().map(|number| &number.text);
                let note = (written != Some(&number.text)).then_some(Note::DocumentNoFormat);
                let shared = self.is_one_of_two(booking, order, &number.key, orders);
                let certainty = if shared { Certainty::Suggested } else { Certainty::Sure };
                self.take(booking, order, certainty, note);
                let notes = self.links[booking].iter_mut().filter(|_| shared);
                notes.for_each(|link| link.notes.push(Note::DocumentNoShared));
            }
        }
    }

    /// Returns the order of a number that a booking is of: of two shops' orders
    /// the one of its own shop, its buyer, its money. Another shop's is none of
    /// its, unless the buyer or the money say so, or a platform gave the number:
    /// it gives each once.
    fn of_number(&self, booking: usize, number: &str, orders: &ByNumber<'_>) -> Option<usize> {
        let may_be = |&at: &usize| {
            let order = &self.orders[at];
            let says = order.buyer.agrees(&self.buyers[booking]);
            let worth = || order.is_worth(self.bookings[booking].amount);
            self.shop(booking, at) == Shop::Same
                || number.len() >= PLATFORM
                || says.unwrap_or_else(|| worth() && self.taken[at] == 0)
        };
        let order_of = |at: &usize| (self.fit(booking, *at), Reverse((self.taken[*at], *at)));
        orders.of(number).filter(may_be).max_by_key(order_of)
    }

    /// Whether a booking's shop, as far as it names one, has its number.
    fn names_own_shop(&self, booking: usize, orders: &ByNumber<'_>) -> bool {
        let row = self.bookings[booking];
        let mut numbers = row.order_no.iter().chain(&row.more_nos);
        row.shop.is_none()
            || numbers
                .any(|number| orders.of(&number.key).any(|at| self.shop(booking, at) == Shop::Same))
    }

    /// How well an order under a booking's number is the booking's.
    fn fit(&self, booking: usize, at: usize) -> (Shop, bool, Option<bool>, bool) {
        let order = &self.orders[at];
        let buyer = order.buyer.agrees(&self.buyers[booking]);
        let worth = order.is_worth(self.bookings[booking].amount);
        (self.shop(booking, at), buyer != Some(false), buyer, worth)
    }

    /// Whether another order under the number fits a booking as well: nothing
    /// but the number says that it is this one's.
    fn is_one_of_two(
        &self,
        booking: usize,
        order: usize,
        number: &str,
        orders: &ByNumber<'_>,
    ) -> bool {
        let fit = self.fit(booking, order);
        orders.of(number).any(|at| at != order && self.fit(booking, at) == fit)
    }

    /// Takes a booking that names several orders together with all of them,
    /// unless one is booked already.
    fn take_several(&mut self, booking: usize, orders: &ByNumber<'_>) -> bool {
        let row = self.bookings[booking];
        let numbers = row.order_no.iter().chain(&row.more_nos);
        let mut of: Vec<usize> =
            numbers.filter_map(|number| self.of_number(booking, &number.key, orders)).collect();
        of.sort_unstable();
        of.dedup();
        let is_free = of.iter().all(|&order| self.taken[order] == 0);
        if row.more_nos.is_empty() || of.len() < 2 || !is_free {
            return false;
        }
        self.take_jointly(of, booking, true);
        true
    }
}
