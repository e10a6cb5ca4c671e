//! Why a parcel is billed otherwise than we have it: undone step by step, from
//! our amount by way of the agreed rates to theirs, so that the parts sum to
//! the difference exactly.

use rust_decimal::Decimal;

use super::basis::Basis;
use super::tariff::{Priced, cents};
use crate::engine::matching::outcome::{Cause, CauseCode};
use crate::engine::matching::slip;

/// What is known of one parcel on both sides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case<'a> {
    /// What our papers come to, on the footing of the bill.
    pub(super) ours: Decimal,
    /// What is billed for the freight alone.
    pub(super) billed: Decimal,
    /// The list price that the bill shows beside it.
    pub(super) billed_list: Option<Decimal>,
    /// By the agreed rates: our weight, our place.
    pub(super) priced: Option<&'a Priced>,
    /// Billed weight, our place.
    pub(super) by_weight: Option<&'a Priced>,
    /// Billed weight, billed place.
    pub(super) by_place: Option<&'a Priced>,
    /// Our weight as the carrier would round it, and the billed one.
    pub(super) weights: Option<(Decimal, Decimal)>,
    /// Whether both sides name the same place.
    pub(super) same_place: bool,
    /// Whether our amount is by the agreed rates: no paper of ours has one.
    pub(super) by_rates: bool,
    /// How amounts are written.
    pub(super) basis: &'a Basis,
}

impl Case<'_> {
    /// Returns the causes; they sum to `billed` − `ours`.
    pub(super) fn causes(&self) -> Vec<Cause> {
        let mut ledger = Ledger { causes: Vec::new(), at: self.ours, end: self.billed };
        if let Some(priced) = self.priced {
            self.by_rates(priced, &mut ledger);
        } else {
            self.by_papers(&mut ledger);
        }
        ledger.causes
    }

    fn net(&self, priced: &Priced) -> Decimal {
        self.basis.of_list(priced.list)
    }

    fn by_rates(&self, priced: &Priced, ledger: &mut Ledger) {
        let agreed = self.net(priced);
        // Our own paper is not what the rates give.
        let own = slip(agreed, ledger.at).unwrap_or(CauseCode::Arithmetic);
        ledger.go(own, agreed);
        let weighed = self.by_weight.map_or(agreed, |priced| self.net(priced));
        ledger.go(CauseCode::Quantity, weighed);
        let placed = self.by_place.map_or(weighed, |priced| self.net(priced));
        ledger.go(CauseCode::Price, placed);
        let (rate_end, discounted) =
            self.before_discount(self.by_place.or(self.by_weight).unwrap_or(priced));
        let rate =
            slip(rate_end, placed).filter(|_| rate_end != placed).unwrap_or(CauseCode::Price);
        ledger.go(rate, rate_end);
        if discounted {
            ledger.go(CauseCode::Discount, self.billed);
        }
        ledger.go(CauseCode::Price, self.billed);
    }

    /// Returns what the billed list price comes to with the agreed discount,
    /// and whether the bill gives another discount.
    fn before_discount(&self, priced: &Priced) -> (Decimal, bool) {
        if !self.basis.bill_net {
            return (self.billed, false);
        }
        let share = self.basis.share;
        if let Some(list) = self.billed_list {
            let net = cents(list.saturating_mul(share));
            let away = net.saturating_sub(self.billed).abs();
            if list != self.billed && away > Decimal::new(1, 2)
                || list == self.billed && share < Decimal::ONE
            {
                return (net, true);
            }
        } else if share < Decimal::ONE && self.billed == cents(priced.list) {
            return (self.net(priced), true);
        }
        (self.billed, false)
    }

    /// Without rates, what differs on paper tells the cause.
    fn by_papers(&self, ledger: &mut Ledger) {
        let weighs_more = self
            .weights
            .is_some_and(|(ours, billed)| billed > ours.ceil() || billed < ours.floor());
        let code = if let Some(slip) = slip(self.billed, self.ours) {
            slip
        } else if weighs_more {
            CauseCode::Quantity
        } else if !self.same_place || self.weights.is_some() || self.by_rates {
            CauseCode::Price
        } else {
            CauseCode::Unexplained
        };
        ledger.go(code, self.billed);
    }
}

/// From our amount to theirs.
struct Ledger {
    causes: Vec<Cause>,
    at: Decimal,
    end: Decimal,
}

impl Ledger {
    /// Goes to an amount; what that moves is the cause's part.
    fn go(&mut self, code: CauseCode, to: Decimal) {
        let moved = to.saturating_sub(self.at);
        self.at = to;
        if moved.is_zero() {
            return;
        }
        debug_assert!(self.causes.len() < 8, "{} steps to {}", self.causes.len(), self.end);
        match self.causes.iter_mut().find(|cause| cause.code == code) {
            Some(cause) => cause.amount = cause.amount.saturating_add(moved),
            None => self.causes.push(Cause { code, amount: moved }),
        }
        self.causes.retain(|cause| !cause.amount.is_zero());
    }
}
