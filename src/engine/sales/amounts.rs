//! What an order is worth: what was paid, less what was given back, or
//! nothing.

use rust_decimal::Decimal;

use super::orders::Order;
use crate::records::shop::{OrderRow, Refund, State};

/// How the amount of an order is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    /// What was paid; of an unpaid or closed order nothing.
    Due,
    /// What was paid, even if the order was closed and the money given back:
    /// a register is written when the money comes in.
    Paid,
    /// What was paid less what was given back.
    Net,
}

impl Basis {
    /// All, the usual one first.
    pub(super) const ALL: [Basis; 3] = [Basis::Due, Basis::Paid, Basis::Net];

    /// Returns the amount of one row.
    pub(super) fn of(self, row: &OrderRow) -> Decimal {
        let counts = row.state == State::Paid;
        match self {
            Basis::Paid => row.paid,
            _ if !counts => Decimal::ZERO,
            Basis::Due => row.paid,
            Basis::Net if row.refund == Refund::Done => {
                let back = row.refunded.unwrap_or(row.paid);
                row.paid.checked_sub(back).unwrap_or(row.paid)
            }
            Basis::Net => row.paid,
        }
    }
}

/// Returns the basis on which an order is what was booked; the usual one if
/// none is.
pub(super) fn basis_of(order: &Order, booked: Decimal) -> Basis {
    let same = |basis: &Basis| order.amount(*basis) == Some(booked);
    Basis::ALL.into_iter().find(same).unwrap_or(Basis::Due)
}

/// Returns the basis of an order that nobody has booked: nothing is missing of
/// one whose money went back.
pub(super) fn basis_unbooked(order: &Order) -> Basis {
    let net = order.amount(Basis::Net);
    if net == Some(Decimal::ZERO) { Basis::Net } else { Basis::Due }
}
