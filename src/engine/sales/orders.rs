//! Rows of exports → orders: one, however many rows it has.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::amounts::Basis;
use super::by_number::{ByNumber, of_two_shops};
use super::copies::Row;
use super::evidence::{Buyer, days_apart};
use super::narrow::Holder;
use crate::records::shop::{OrderForm, OrderNo, OrderRow, Refund, State};

/// An order: its rows, by index into the left side, and what they say of it.
#[derive(Debug, Clone)]
pub(super) struct Order {
    pub(super) rows: Vec<usize>,
    /// Rows that say again what another of its rows says.
    pub(super) again: Vec<usize>,
    pub(super) number: Option<OrderNo>,
    pub(super) shop: Option<Arc<str>>,
    pub(super) buyer: Buyer,
    pub(super) state: State,
    pub(super) refund: Refund,
    pub(super) created: Option<NaiveDate>,
    pub(super) paid_on: Option<NaiveDate>,
    /// Its amount on each basis; `None`: too large to be added.
    sums: [Option<Decimal>; 3],
}

/// What an export says beside an order's amount.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Beside {
    pub(super) goods: Option<Decimal>,
    pub(super) postage: Option<Decimal>,
    pub(super) total: Option<Decimal>,
    pub(super) discount: Option<Decimal>,
    pub(super) income: Option<Decimal>,
}

impl Order {
    fn of(rows: Vec<usize>, all: &[Row<'_>]) -> Self {
        let (rows, again) = apart(rows, all);
        let lines = || rows.iter().map(|&row| &*all[row]);
        let first = &all[rows[0]];
        let sum = |basis: Basis| {
            lines().try_fold(Decimal::ZERO, |sum, row| sum.checked_add(basis.of(row)))
        };
        Self {
            number: first.order_no.clone(),
            shop: first.shop.clone(),
            buyer: lines()
                .map(|row| Buyer::of(row.buyer.as_deref()))
                .max_by_key(known)
                .unwrap_or_default(),
            // One item that counts makes the order count.
            state: lines().map(|row| row.state).min().unwrap_or(first.state),
            refund: lines().map(|row| row.refund).max().unwrap_or(first.refund),
            created: first.created,
            paid_on: first.paid_on,
            sums: Basis::ALL.map(sum),
            rows,
            again,
        }
    }

    /// Returns what the export says beside its amount, all its rows together.
    pub(super) fn beside(&self, all: &[Row<'_>]) -> Beside {
        // Exports of items often write what belongs to the order once.
        let figure = |of: fn(&OrderRow) -> Option<Decimal>| {
            let rows = self.rows.iter().filter_map(|&row| of(&all[row]));
            rows.map(Some).reduce(|sum, figure| sum?.checked_add(figure?)).flatten()
        };
        Beside {
            goods: figure(|row| row.goods),
            postage: figure(|row| row.postage),
            total: figure(|row| row.total),
            discount: figure(|row| row.discount),
            income: figure(|row| row.income),
        }
    }

    /// Returns its amount on a basis; `None`: too large to be added.
    pub(super) fn amount(&self, basis: Basis) -> Option<Decimal> {
        self.sums[basis as usize]
    }

    /// Whether all of its money went back.
    pub(super) fn is_refunded(&self) -> bool {
        let left = self.amount(Basis::Net);
        self.refund == Refund::Done && left.is_some_and(|left| left <= Decimal::ZERO)
    }

    /// Whether it is worth an amount on any basis.
    pub(super) fn is_worth(&self, amount: Decimal) -> bool {
        self.sums.contains(&Some(amount))
    }

    /// Returns what it is known by beside its number.
    pub(super) fn holder(&self) -> Holder<'_> {
        Holder { amounts: self.amounts().collect(), buyer: self.buyer.known() }
    }

    /// Returns its amounts on all bases.
    pub(super) fn amounts(&self) -> impl Iterator<Item = Decimal> {
        self.sums.into_iter().flatten()
    }

    /// Returns how far a day is from when it was made or paid.
    pub(super) fn days_from(&self, day: Option<NaiveDate>) -> Option<u64> {
        let made = days_apart(self.created, day);
        made.into_iter().chain(days_apart(self.paid_on, day)).min()
    }

    /// Returns the number, if it is whole.
    pub(super) fn whole_number(&self) -> Option<&OrderNo> {
        self.number.as_ref().filter(|number| number.form != OrderForm::Damaged)
    }
}

fn known(buyer: &Buyer) -> bool {
    buyer.known().is_some()
}

/// Takes the rows apart that say what another row of their order says: the
/// same item under the same number, for the same money.
fn apart(rows: Vec<usize>, all: &[Row<'_>]) -> (Vec<usize>, Vec<usize>) {
    if rows.len() == 1 {
        return (rows, Vec::new());
    }
    let mut said = FxHashSet::default();
    rows.into_iter().partition(|&row| {
        let row = &all[row];
        said.insert((&row.item, &row.variant, &row.sub_order_no, row.quantity, row.paid))
    })
}

/// Collects rows into orders, in the order of their first rows. Rows without a
/// number, and such as lost digits, are orders of their own.
pub(super) fn orders(rows: &[Row<'_>]) -> Vec<Order> {
    let mut by_number = ByNumber::default();
    let mut found: Vec<Vec<usize>> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let whole = row.order_no.as_ref().filter(|number| number.form != OrderForm::Damaged);
        match whole {
            Some(number) => {
                let known = by_number
                    .of(&number.key)
                    .find(|&order| !of_two_shops(row, &rows[found[order][0]]));
                match known {
                    Some(order) => found[order].push(at),
                    None => {
                        by_number.add(&number.key, found.len());
                        found.push(vec![at]);
                    }
                }
            }
            None => found.push(vec![at]),
        }
    }
    found.into_iter().map(|of| Order::of(of, rows)).collect()
}
