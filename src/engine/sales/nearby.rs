//! What comes nearest to a line without a partner, and why it is not its
//! partner.

use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::evidence::{Buyer, days_apart};
use super::link::WINDOW;
use super::settle::Sides;
use crate::engine::matching::explain::{FailedTest, Field, Nearest};
use crate::engine::matching::outcome::{Line, Reason, Status};
use crate::engine::matching::sides::Side;

/// Candidates that are looked at for what comes nearest.
const NEAR: usize = 64;

/// Finds what comes nearest to a line without a partner: the same buyer's,
/// else what has the same amount at about the same time.
pub(super) struct Nearby<'a> {
    sides: &'a Sides<'a>,
    /// Orders of each buyer, by row.
    by_buyer: FxHashMap<Arc<str>, Vec<usize>>,
    /// Rows and bookings without a partner, by amount.
    open: FxHashMap<Decimal, (Vec<usize>, Vec<usize>)>,
}

impl<'a> Nearby<'a> {
    pub(super) fn of(sides: &'a Sides<'a>, lines: &[Line]) -> Self {
        let mut by_buyer: FxHashMap<Arc<str>, Vec<usize>> = FxHashMap::default();
        for order in sides.orders {
            if let Some(buyer) = order.buyer.known() {
                by_buyer.entry(Arc::clone(buyer)).or_default().push(order.rows[0]);
            }
        }
        let mut open: FxHashMap<Decimal, (Vec<usize>, Vec<usize>)> = FxHashMap::default();
        for line in lines {
            let amount = line.difference.abs().normalize();
            match line.status {
                Status::LeftOnly => open.entry(amount).or_default().0.extend(&line.left),
                Status::RightOnly => open.entry(amount).or_default().1.extend(&line.right),
                _ => {}
            }
        }
        Self { sides, by_buyer, open }
    }

    pub(super) fn tell(&self, lines: &mut [Line]) {
        for line in lines {
            let nearest = match (line.status, line.reason) {
                (_, Some(Reason::DoubleBooked | Reason::DoubleBilled)) => None,
                (Status::LeftOnly, Some(Reason::NotInRegister)) => self.near_order(line),
                (Status::RightOnly, _) => self.near_booking(line),
                _ => None,
            };
            line.nearest = nearest.map(Box::new);
        }
    }

    fn near_order(&self, line: &Line) -> Option<Nearest> {
        let row = &self.sides.rows[*line.left.first()?];
        let candidates = &self.open.get(&line.difference.abs().normalize())?.1;
        let near = candidates.iter().take(NEAR).filter_map(|&at| {
            let days = days_apart(self.sides.bookings[at].date, row.created)?;
            (days <= WINDOW).then_some((days, at))
        });
        let (_, index) = near.min()?;
        Some(Nearest {
            side: Side::Right,
            index,
            agrees: vec![Field::Amount],
            failed: FailedTest::DocumentNo,
        })
    }

    fn near_booking(&self, line: &Line) -> Option<Nearest> {
        let booking = &self.sides.bookings[*line.right.first()?];
        let days = |row: usize| days_apart(self.sides.rows[row].created, booking.date);
        let buyer = Buyer::of(booking.buyer.as_deref());
        let own = buyer.known().and_then(|buyer| self.by_buyer.get(buyer));
        if let Some(&row) =
            own.and_then(|rows| rows.iter().take(NEAR).min_by_key(|&&row| (days(row), row)))
        {
            let paid = self.sides.rows[row].paid;
            let difference = paid.checked_sub(booking.amount).unwrap_or_default();
            let failed = match booking.order_no {
                _ if difference.is_zero() => FailedTest::DocumentNo,
                _ => FailedTest::Amount { difference, tax_rate: None },
            };
            return Some(Nearest {
                side: Side::Left,
                index: row,
                agrees: vec![Field::OtherNo],
                failed,
            });
        }
        let candidates = &self.open.get(&line.difference.abs().normalize())?.0;
        let near = candidates.iter().take(NEAR);
        let near = near.filter_map(|&row| Some((days(row)?, row)).filter(|near| near.0 <= WINDOW));
        let (_, index) = near.min()?;
        Some(Nearest {
            side: Side::Left,
            index,
            agrees: vec![Field::Amount],
            failed: FailedTest::DocumentNo,
        })
    }
}
