//! What last month's report brings along: orders that nobody had booked,
//! bookings without an order, amounts still to be put right; and what was
//! settled, so that nothing is asked of it again.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::papers::{List, SalesPapers};
use crate::engine::entry::EntryType;
use crate::location::{Location, SheetId};
use crate::period::Period;
use crate::records::OpenItem;
use crate::records::shop::{Booking, OrderForm, OrderNo, OrderRow};

/// What was before this month.
#[derive(Debug, Default)]
pub(super) struct Before {
    /// Open orders, and what is still to be booked of some.
    pub(super) orders: Vec<OrderRow>,
    /// Bookings of which no order was found.
    pub(super) bookings: Vec<Booking>,
    /// Numbers of whatever was open.
    open: FxHashSet<Arc<str>>,
    /// Where the numbers stand that were settled.
    settled: FxHashMap<Arc<str>, Location>,
    /// The sheets of open items.
    sheets: FxHashSet<Arc<SheetId>>,
    /// The month that is checked.
    period: Option<Period>,
}

impl Before {
    /// Takes what last month left. What this month's papers have themselves is
    /// theirs to tell.
    pub(super) fn of(papers: &SalesPapers, period: Option<Period>) -> Self {
        let mut before = Self { period, ..Self::default() };
        for item in papers.settled.iter().flat_map(|list| &list.rows) {
            for number in item.document_nos.iter().filter_map(OrderNo::of) {
                before.settled.entry(number.key).or_insert_with(|| item.at.clone());
            }
        }
        let sold = numbers(&papers.exports, |row| row.order_no.as_ref());
        let booked = numbers(&papers.register, |row| row.order_no.as_ref());
        for item in papers.carried.iter().flat_map(|list| &list.rows) {
            let number = item.document_nos.first().and_then(OrderNo::of);
            let stands_in = |known: &FxHashSet<&str>| {
                number.as_ref().is_some_and(|number| known.contains(&*number.key))
            };
            before.sheets.insert(Arc::clone(&item.at.sheet));
            before.open.extend(number.iter().map(|number| Arc::clone(&number.key)));
            let is_rest = item.entry_type == EntryType::Adjustment;
            match (is_rest, item.theirs) {
                (true, _) => {
                    // The order itself was told last month.
                    before
                        .settled
                        .extend(number.iter().map(|no| (no.key.clone(), item.at.clone())));
                    before.orders.push(order(item, number));
                }
                (false, true) if !stands_in(&sold) => before.orders.push(order(item, number)),
                (false, false) if !stands_in(&booked) => {
                    before.bookings.push(booking(item, number));
                }
                _ => {}
            }
        }
        before
    }

    /// Returns where a number was settled last month.
    fn settled(&self, number: Option<&OrderNo>, at: &Location) -> Option<&Location> {
        let number = number.filter(|number| number.form == OrderForm::Whole)?;
        self.settled.get(&number.key).filter(|_| !self.sheets.contains(&at.sheet))
    }

    /// Returns where an order was settled last month.
    pub(super) fn order_settled(&self, row: &OrderRow) -> Option<&Location> {
        self.settled(row.order_no.as_ref(), &row.at)
    }

    /// Returns where the order of a booking was settled last month.
    pub(super) fn booking_settled(&self, row: &Booking) -> Option<&Location> {
        self.settled(row.order_no.as_ref(), &row.at)
    }

    /// Whether a booking books again what last month's report has settled:
    /// this month's day stands beside it, and it is not money given back.
    pub(super) fn is_booked_again(&self, row: &Booking) -> bool {
        let this_month =
            self.period.zip(row.date).is_some_and(|(period, day)| period.contains(day));
        let is_open = row.order_no.as_ref().is_some_and(|number| self.open.contains(&number.key));
        let given_back = row.amount.is_sign_negative();
        this_month && !is_open && !given_back && self.booking_settled(row).is_some()
    }

    /// Whether a row was open at the end of last month.
    pub(super) fn is_carried(&self, number: Option<&OrderNo>, at: &Location) -> bool {
        let known = number.is_some_and(|number| self.open.contains(&number.key));
        self.sheets.contains(&at.sheet) || known
    }
}

fn numbers<T>(lists: &[List<T>], of: fn(&T) -> Option<&OrderNo>) -> FxHashSet<&str> {
    lists.iter().flat_map(|list| &list.rows).filter_map(of).map(|number| &*number.key).collect()
}

/// Makes an open item an order that is paid and not booked.
fn order(item: &OpenItem, number: Option<OrderNo>) -> OrderRow {
    let is_rest = item.entry_type == EntryType::Adjustment;
    // What is to be added to our side was short of theirs.
    let paid = if is_rest { -item.amount } else { item.amount };
    OrderRow {
        order_no: number,
        buyer: buyer(item),
        shop: shop(item),
        item: item.item.name.clone(),
        created: item.date,
        ..OrderRow::bare(paid, &item.at)
    }
}

fn booking(item: &OpenItem, number: Option<OrderNo>) -> Booking {
    Booking {
        date: item.date,
        shop: shop(item),
        buyer: buyer(item),
        order_no: number,
        more_nos: Box::default(),
        item: item.item.name.clone(),
        amount: item.amount,
        remark: item.remark.clone(),
        at: item.at.clone(),
    }
}

fn shop(item: &OpenItem) -> Option<Arc<str>> {
    item.party.as_ref().map(|party| Arc::clone(&party.value))
}

fn buyer(item: &OpenItem) -> Option<Arc<str>> {
    item.other_nos.first().map(|buyer| Arc::clone(&buyer.text))
}
