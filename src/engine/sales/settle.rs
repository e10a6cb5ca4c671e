//! Links → lines: every row of both sides in exactly one, with its reason.

use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::amounts::{Basis, basis_of, basis_unbooked};
use super::before::Before;
use super::causes::causes;
use super::copies::Row;
use super::evidence::Buyer;
use super::link::{Certainty, Joint, Link, Links};
use super::nearby::Nearby;
use super::orders::{Beside, Order};
use crate::engine::entry::Entry;
use crate::engine::matching::conserve::Miscount;
use crate::engine::matching::outcome::{Line, Reason, Status, grouped};
use crate::location::Location;
use crate::period::Period;
use crate::records::shop::{Booking, OrderRow, State};

/// What is settled.
pub(super) struct Sides<'a> {
    pub(super) rows: &'a [Row<'a>],
    pub(super) orders: &'a [Order],
    pub(super) bookings: &'a [&'a Booking],
    pub(super) before: &'a Before,
    pub(super) period: Option<Period>,
    pub(super) tolerance: Decimal,
}

/// The lines, and on which basis each order is taken.
pub(super) struct Settled {
    pub(super) lines: Vec<Line>,
    pub(super) bases: Vec<Basis>,
}

/// Makes the lines.
pub(super) fn settle(sides: &Sides<'_>, links: Links) -> Result<Settled, Miscount> {
    let mut settling = Settling {
        sides,
        masked: FxHashSet::default(),
        links: links.of_booking,
        of_order: vec![Vec::new(); sides.orders.len()],
        settled: Settled { lines: Vec::new(), bases: vec![Basis::Due; sides.orders.len()] },
    };
    for (booking, link) in settling.links.iter().enumerate() {
        if let Some(link) = link {
            settling.of_order[link.order].push(booking);
        }
    }
    settling.masked = settling.masked_amounts();
    let mut undecided = vec![false; sides.orders.len()];
    let mut apart = vec![false; sides.bookings.len()];
    for (orders, bookings) in &links.ambiguous {
        orders.iter().for_each(|&order| undecided[order] = true);
        bookings.iter().for_each(|&booking| apart[booking] = true);
        settling.ambiguous(orders, bookings)?;
    }
    for joint in &links.joint {
        joint.orders.iter().for_each(|&order| undecided[order] = true);
        apart[joint.booking] = true;
        settling.joint(joint)?;
    }
    for (order, undecided) in undecided.into_iter().enumerate() {
        if !undecided {
            settling.order(order)?;
        }
        settling.rows_again(order);
    }
    for (booking, apart) in apart.into_iter().enumerate() {
        if !apart && settling.links[booking].is_none() {
            settling.booking_alone(booking, None);
        }
    }
    Nearby::of(sides, &settling.settled.lines).tell(&mut settling.settled.lines);
    Ok(settling.settled)
}

struct Settling<'a> {
    sides: &'a Sides<'a>,
    /// Amounts of orders without a booking whose buyers are masked.
    masked: FxHashSet<Decimal>,
    links: Vec<Option<Link>>,
    of_order: Vec<Vec<usize>>,
    settled: Settled,
}

impl Settling<'_> {
    fn masked_amounts(&self) -> FxHashSet<Decimal> {
        let orders = self.sides.orders.iter().zip(&self.of_order);
        let open = orders.filter(|(order, of)| of.is_empty() && order.buyer == Buyer::Masked);
        open.filter_map(|(order, _)| Some(order.amount(Basis::Due)?.normalize())).collect()
    }

    /// Settles an order with the bookings that are linked to it.
    fn order(&mut self, order: usize) -> Result<(), Miscount> {
        let linked = std::mem::take(&mut self.of_order[order]);
        let of = |wanted: Certainty| -> Vec<usize> {
            let is = |&&at: &&usize| {
                self.links[at].as_ref().is_some_and(|link| link.certainty == wanted)
            };
            linked.iter().filter(is).copied().collect()
        };
        let (sure, suggested) = (of(Certainty::Sure), of(Certainty::Suggested));
        let (main, status) = match (&sure[..], &suggested[..]) {
            ([], []) => (Vec::new(), Status::LeftOnly),
            ([], [first, ..]) => (vec![*first], Status::Suggested),
            _ => (self.main(order, &sure), Status::Matched),
        };
        if main.is_empty() {
            self.order_alone(order)?;
        } else {
            self.pair(order, &main, status)?;
        }
        let first = main.first().map(|&at| self.sides.bookings[at].at.clone());
        // All three are in the order of the register.
        for &booking in linked.iter().filter(|at| main.binary_search(at).is_err()) {
            let again = suggested.binary_search(&booking).is_err();
            self.booking_alone(booking, first.clone().filter(|_| again));
        }
        Ok(())
    }

    /// Settles orders with the one booking that is of all of them.
    fn joint(&mut self, joint: &Joint) -> Result<(), Miscount> {
        let (sides, orders, booking) = (self.sides, &joint.orders, joint.booking);
        let booked = sides.bookings[booking].amount;
        let whole = |basis: Basis| {
            let amounts = orders.iter().map(|&at| sides.orders[at].amount(basis));
            amounts.into_iter().try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(amount?))
        };
        let is_booked = |basis: &Basis| whole(*basis) == Some(booked);
        let basis = Basis::ALL.into_iter().find(is_booked).unwrap_or(Basis::Due);
        let left = whole(basis).ok_or(Miscount::Overflow)?;
        let difference = left.checked_sub(booked).ok_or(Miscount::Overflow)?;
        let agrees = difference.abs() <= sides.tolerance;
        let status = if agrees { Status::Matched } else { Status::Differs };
        let mut rows: Vec<usize> = Vec::new();
        for &at in orders {
            self.settled.bases[at] = basis;
            rows.extend(&sides.orders[at].rows);
            for again in std::mem::take(&mut self.of_order[at]) {
                self.booking_alone(again, Some(sides.bookings[booking].at.clone()));
            }
        }
        rows.sort_unstable();
        self.settled.lines.push(Line {
            causes: causes(left, booked, Beside::default, true, sides.tolerance),
            notes: joint.note().into_iter().chain(grouped(rows.len(), 1)).collect(),
            reason: orders.iter().find_map(|&at| standing(&sides.orders[at])),
            evidence: joint.evidence(difference.is_zero()),
            ..Line::new(status, rows, vec![booking], difference)
        });
        Ok(())
    }

    /// Returns those of an order's bookings that together are its amount; else
    /// the one that is; else all of them, unless they repeat each other.
    fn main(&self, order: usize, sure: &[usize]) -> Vec<usize> {
        let amount = |at: usize| self.sides.bookings[at].amount;
        let order = &self.sides.orders[order];
        let sum = sure.iter().try_fold(Decimal::ZERO, |sum, &at| sum.checked_add(amount(at)));
        if sure.len() == 1 || sum.is_some_and(|sum| order.is_worth(sum)) {
            return sure.to_vec();
        }
        // Money that the register gives back is of the order like the rest.
        if sure.iter().any(|&at| amount(at) < Decimal::ZERO) {
            return sure.to_vec();
        }
        let by_number =
            |at: &usize| self.links[*at].as_ref().is_some_and(|link| link.notes.is_empty());
        let mut ordered = sure.to_vec();
        ordered.sort_by_key(|at| (!by_number(at), *at));
        if let Some(&one) = ordered.iter().find(|&&at| order.is_worth(amount(at))) {
            return vec![one];
        }
        let repeats = ordered.iter().all(|&at| amount(at) == amount(ordered[0]));
        if repeats { vec![ordered[0]] } else { sure.to_vec() }
    }

    fn pair(&mut self, at: usize, bookings: &[usize], status: Status) -> Result<(), Miscount> {
        let order = &self.sides.orders[at];
        let amounts = bookings.iter().map(|&booking| self.sides.bookings[booking].amount);
        let booked = sum(amounts)?;
        let basis = basis_of(order, booked);
        let left = order.amount(basis).ok_or(Miscount::Overflow)?;
        let difference = left.checked_sub(booked).ok_or(Miscount::Overflow)?;
        let agrees = difference.abs() <= self.sides.tolerance;
        let status = match status {
            Status::Matched if !agrees => Status::Differs,
            status => status,
        };
        let link = self.links[bookings[0]].as_ref();
        let mut notes = link.map(|link| link.notes.clone()).unwrap_or_default();
        notes.extend(grouped(order.rows.len(), bookings.len()));
        notes.sort_unstable();
        let carried = || self.is_carried(at, bookings).then_some(Reason::CarriedForward);
        let reason = standing(order).or_else(carried);
        self.settled.bases[at] = basis;
        self.settled.lines.push(Line {
            causes: causes(
                left,
                booked,
                || order.beside(self.sides.rows),
                true,
                self.sides.tolerance,
            ),
            notes,
            reason,
            evidence: link.map(|link| link.evidence.clone()).unwrap_or_default(),
            ..Line::new(status, order.rows.clone(), bookings.to_vec(), difference)
        });
        Ok(())
    }

    /// Whether an order, or a booking of it, was open last month.
    fn is_carried(&self, order: usize, bookings: &[usize]) -> bool {
        let (sides, before) = (self.sides, self.sides.before);
        let row = &sides.rows[sides.orders[order].rows[0]];
        let mut bookings = bookings.iter().map(|&at| sides.bookings[at]);
        before.is_carried(row.order_no.as_ref(), &row.at)
            || bookings.any(|row| before.is_carried(row.order_no.as_ref(), &row.at))
    }

    fn order_alone(&mut self, at: usize) -> Result<(), Miscount> {
        let order = &self.sides.orders[at];
        let basis = basis_unbooked(order);
        let amount = order.amount(basis).ok_or(Miscount::Overflow)?;
        let known = self.sides.before.order_settled(&self.sides.rows[order.rows[0]]);
        let carried = || self.is_carried(at, &[]).then_some(Reason::CarriedForward);
        let settled = || known.map(|_| Reason::PriorPeriod);
        // An order of the last night that is paid for in the next month is
        // registered there.
        let paid_later = || self.timing(order.paid_on).filter(|at| *at == Reason::NextPeriod);
        let timing = || paid_later().or_else(|| self.timing(order.created.or(order.paid_on)));
        let reason = standing(order).or_else(settled).or_else(carried).or_else(timing);
        self.settled.bases[at] = basis;
        self.settled.lines.push(Line {
            reason: Some(reason.unwrap_or(Reason::NotInRegister)),
            related: known.into_iter().cloned().collect(),
            ..Line::new(Status::LeftOnly, order.rows.clone(), Vec::new(), amount)
        });
        Ok(())
    }

    /// Adds the rows that the export has twice, each on its own.
    fn rows_again(&mut self, at: usize) {
        let order = &self.sides.orders[at];
        let first = order.rows.first().map(|&row| self.sides.rows[row].at.clone());
        for &row in &order.again {
            let amount = Basis::Due.of(&self.sides.rows[row]);
            self.settled.lines.push(Line {
                reason: Some(Reason::DoubleBilled),
                related: first.iter().cloned().collect(),
                ..Line::new(Status::LeftOnly, vec![row], Vec::new(), amount)
            });
        }
    }

    /// Adds a booking that no order is left for; `first` is where its order is
    /// booked already.
    fn booking_alone(&mut self, at: usize, first: Option<Location>) {
        let booking = &self.sides.bookings[at];
        // A booking without a number may be of any order whose buyer is
        // masked.
        let may_be_masked = || self.masked.contains(&booking.amount.normalize());
        let nothing_to_go_by = booking.order_no.is_none()
            && (Buyer::of(booking.buyer.as_deref()).known().is_none() || may_be_masked());
        let before = self.sides.before;
        let known = before.booking_settled(booking).cloned().filter(|_| first.is_none());
        let reason = if first.is_some() || before.is_booked_again(booking) {
            Reason::DoubleBooked
        } else if known.is_some() {
            Reason::PriorPeriod
        } else if before.is_carried(booking.order_no.as_ref(), &booking.at) {
            Reason::CarriedForward
        } else if nothing_to_go_by {
            Reason::NoCandidate
        } else {
            self.timing(booking.date).unwrap_or(Reason::NotInSales)
        };
        self.settled.lines.push(Line {
            reason: Some(reason),
            related: first.into_iter().chain(known).collect(),
            ..Line::new(Status::RightOnly, Vec::new(), vec![at], -booking.amount)
        });
    }

    fn ambiguous(&mut self, orders: &[usize], bookings: &[usize]) -> Result<(), Miscount> {
        let amounts = orders.iter().map(|&at| self.sides.orders[at].amount(Basis::Due));
        let left = sum(amounts.collect::<Option<Vec<_>>>().ok_or(Miscount::Overflow)?.into_iter())?;
        let right = sum(bookings.iter().map(|&at| self.sides.bookings[at].amount))?;
        let mut rows: Vec<usize> =
            orders.iter().flat_map(|&at| self.sides.orders[at].rows.iter().copied()).collect();
        rows.sort_unstable();
        let difference = left.checked_sub(right).ok_or(Miscount::Overflow)?;
        let line = Line::new(Status::Ambiguous, rows, bookings.to_vec(), difference);
        self.settled.lines.push(line);
        Ok(())
    }

    /// Returns the reason of what another month's papers have.
    fn timing(&self, day: Option<chrono::NaiveDate>) -> Option<Reason> {
        let (period, day) = (self.sides.period?, day?);
        if day > period.last {
            Some(Reason::NextPeriod)
        } else {
            (day < period.first).then_some(Reason::PriorPeriod)
        }
    }
}

/// Returns why an order does not count, or no longer.
pub(super) fn standing(order: &Order) -> Option<Reason> {
    match order.state {
        State::Unpaid => Some(Reason::Unpaid),
        State::Closed => Some(Reason::Closed),
        // What was given back in part was sold all the same.
        State::Paid => order.is_refunded().then_some(Reason::Refunded),
    }
}

/// Adds up amounts.
pub(super) fn sum(mut amounts: impl Iterator<Item = Decimal>) -> Result<Decimal, Miscount> {
    let sum = amounts.try_fold(Decimal::ZERO, Decimal::checked_add);
    sum.ok_or(Miscount::Overflow)
}

/// Makes the left entries; the amount of each on the basis of its order.
pub(super) fn left_entries(rows: &[Row<'_>], orders: &[Order], bases: &[Basis]) -> Vec<Entry> {
    let mut basis = vec![Basis::Due; rows.len()];
    for (order, &of) in orders.iter().zip(bases) {
        order.rows.iter().for_each(|&row| basis[row] = of);
    }
    let entry = |(row, basis): (&OrderRow, Basis)| Entry {
        document_nos: row.order_no.iter().map(|number| number.document_no()).collect(),
        other_nos: row.buyer.iter().cloned().collect(),
        item: row.item.clone(),
        quantity: row.quantity,
        date: row.created.or(row.paid_on),
        remark: row.status.clone(),
        ..bare(row.shop.clone(), basis.of(row), &row.at)
    };
    rows.iter().map(|row| &**row).zip(basis).map(entry).collect()
}

/// Makes the right entries.
pub(super) fn right_entries(bookings: &[&Booking]) -> Vec<Entry> {
    let entry = |row: &&Booking| Entry {
        document_nos: row.order_no.iter().map(|number| number.document_no()).collect(),
        other_nos: row.buyer.iter().cloned().collect(),
        item: row.item.clone(),
        date: row.date,
        remark: row.remark.clone(),
        ..bare(row.shop.clone(), row.amount, &row.at)
    };
    bookings.iter().map(entry).collect()
}

/// Makes an entry of a shop and an amount.
pub(super) fn bare(shop: Option<Arc<str>>, amount: Decimal, at: &Location) -> Entry {
    Entry::by_sign(shop.unwrap_or_else(|| Arc::from("")), amount, at)
}
