//! Exports by item that write the whole order's amount on every item: it
//! counts once.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::copies::Row;
use super::reconcile::Booked;
use crate::location::SheetId;
use crate::records::shop::{Booking, OrderForm, OrderRow};

/// Orders of several items from which a habit is believed that nobody else
/// confirms.
const ENOUGH: usize = 3;

/// Takes the amount of an order off its further rows, in exports that repeat
/// it. What was booked tells; else that all rows of every order agree though
/// their items differ.
pub(super) fn once_an_order(rows: &mut [Row<'_>], bookings: &[&Booking]) {
    let mut orders: BTreeMap<(Arc<SheetId>, Arc<str>), Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        if let Some(number) = row.order_no.as_ref().filter(|n| n.form != OrderForm::Damaged) {
            let key = (Arc::clone(&row.at.sheet), Arc::clone(&number.key));
            orders.entry(key).or_default().push(at);
        }
    }
    orders.retain(|_, rows| rows.len() > 1);
    if orders.is_empty() {
        return;
    }
    let booked = Booked::of(bookings);
    let mut habits: BTreeMap<Arc<SheetId>, Habit> = BTreeMap::new();
    for ((sheet, number), of) in &orders {
        let habit = habits.entry(Arc::clone(sheet)).or_default();
        habit.see(of, rows, booked.under(number, rows[of[0]].shop.as_deref()));
    }
    for ((sheet, _), of) in &orders {
        if habits.get(sheet).is_some_and(Habit::repeats) {
            for &at in &of[1..] {
                rows[at].change(|row| {
                    let none = |figure: Option<Decimal>| figure.map(|_| Decimal::ZERO);
                    row.paid = Decimal::ZERO;
                    row.refunded = none(row.refunded);
                    row.postage = none(row.postage);
                    row.total = none(row.total);
                    row.discount = none(row.discount);
                    row.income = none(row.income);
                });
            }
        }
    }
}

/// How one sheet writes the amounts of orders with several items.
#[derive(Debug, Default)]
struct Habit {
    /// Orders all of whose rows have one amount, for different items.
    alike: usize,
    /// Orders whose rows have different amounts.
    different: usize,
    /// Orders whose goods and postage come to the amount of one row.
    reckoned: usize,
    /// Orders booked for the amount of one row.
    booked_once: usize,
    /// Orders booked for the sum of their rows.
    booked_sum: usize,
}

impl Habit {
    fn see(&mut self, of: &[usize], rows: &[Row<'_>], booked: Option<Decimal>) {
        let first = rows[of[0]].paid;
        if of.iter().all(|&at| rows[at].paid.is_zero()) {
            // Nobody has paid it: it says nothing.
            return;
        }
        let alike = of.iter().all(|&at| rows[at].paid == first);
        if !alike {
            self.different += 1;
            return;
        }
        let mut items: FxHashMap<_, usize> = FxHashMap::default();
        for &at in of {
            let row = &rows[at];
            *items.entry((&row.item, &row.variant, &row.sub_order_no)).or_default() += 1;
        }
        if items.len() < of.len() {
            return;
        }
        self.alike += 1;
        self.reckoned += usize::from(is_of_all(of, rows));
        let sum = of.iter().try_fold(Decimal::ZERO, |sum, &at| sum.checked_add(rows[at].paid));
        self.booked_once += usize::from(booked == Some(first));
        self.booked_sum += usize::from(booked.is_some() && booked == sum);
    }

    fn repeats(&self) -> bool {
        if self.booked_once + self.booked_sum > 0 {
            return self.booked_once > self.booked_sum && self.different == 0;
        }
        self.different == 0 && (self.alike >= ENOUGH || self.all_reckoned())
    }
}

impl Habit {
    fn all_reckoned(&self) -> bool {
        self.alike > 0 && self.reckoned == self.alike
    }
}

/// Whether the goods of all rows, their postage and discount come to the
/// amount that every single row states.
fn is_of_all(of: &[usize], rows: &[Row<'_>]) -> bool {
    let sum = |figure: fn(&OrderRow) -> Option<Decimal>| {
        of.iter().try_fold(Decimal::ZERO, |sum, &at| sum.checked_add(figure(&rows[at])?))
    };
    let first = &rows[of[0]];
    // Beside the goods of each row the order's postage may stand once.
    let ways = |figure: fn(&OrderRow) -> Option<Decimal>| {
        let ways = [Some(Decimal::ZERO), figure(first), sum(figure)];
        ways.into_iter().flatten().map(|way| way.abs())
    };
    let Some(goods) = sum(|row| row.goods) else { return false };
    ways(|row| row.postage).any(|postage| {
        let whole = goods.checked_add(postage);
        ways(|row| row.discount)
            .any(|discount| whole.and_then(|whole| whole.checked_sub(discount)) == Some(first.paid))
    })
}
