//! The left figures as hypotheses correct them, and what each correction took.

use rust_decimal::Decimal;

use super::digits::slip;
use crate::engine::matching::outcome::{Cause, CauseCode};
use crate::engine::matching::paper::Figures;

/// Both sides' figures and the causes found so far.
#[derive(Debug)]
pub(super) struct Ledger {
    /// The left figures, with all errors found so far undone.
    pub(super) left: Figures,
    /// The right figures.
    pub(super) right: Figures,
    taken: Vec<Cause>,
    /// The left figures before and after they were counted in the right side's
    /// unit.
    converted: Option<(Figures, Figures)>,
    /// Causes taken after the papers' ways of writing were undone.
    after_habits: usize,
}

impl Ledger {
    /// Opens the ledger of a pair.
    pub(super) fn new(left: Figures, right: Figures) -> Self {
        let (left, right) = (signed(left), signed(right));
        Self { left, right, taken: Vec::new(), converted: None, after_habits: 0 }
    }

    /// What is still to be explained.
    pub(super) fn rest(&self) -> Option<Decimal> {
        self.left.amount.checked_sub(self.right.amount)
    }

    /// Replaces the left figures by corrected ones; what the amount loses is
    /// the cause's part.
    pub(super) fn correct(&mut self, code: CauseCode, corrected: Figures) -> Option<()> {
        let amount = self.left.amount.checked_sub(corrected.amount)?;
        self.left = corrected;
        self.take(code, amount);
        Some(())
    }

    /// Takes a part of the amount without changing quantity and price.
    pub(super) fn correct_amount(&mut self, code: CauseCode, part: Decimal) -> Option<()> {
        let amount = self.left.amount.checked_sub(part)?;
        self.correct(code, Figures { amount, ..self.left })
    }

    /// Says that quantities and prices were in other units.
    pub(super) fn convert_units(&mut self, converted: Figures) {
        self.converted = Some((self.left, converted));
        self.left = converted;
    }

    /// Names the slip between two quantities, as the right side counts or as
    /// the left one wrote them: 12 boxes for 21.
    pub(super) fn slip_of_quantity(&self, left: Decimal, right: Decimal) -> Option<CauseCode> {
        slip(left, right).or_else(|| {
            let (written, counted) = self.quantities()?;
            let right = right.checked_mul(written)?.checked_div(counted)?;
            slip(written, right.normalize())
        })
    }

    /// Names the slip between two prices, of a piece or as the left side wrote
    /// them: 92.4 a dozen for 94.2.
    pub(super) fn slip_of_price(&self, left: Decimal, right: Decimal) -> Option<CauseCode> {
        slip(left, right).or_else(|| {
            let (written, counted) = self.quantities()?;
            let price = self.converted?.0.price?;
            let right = right.checked_mul(counted)?.checked_div(written)?;
            slip(price, right.normalize())
        })
    }

    /// Returns the left quantity as written and as counted in the right unit.
    fn quantities(&self) -> Option<(Decimal, Decimal)> {
        let (written, counted) = self.converted?;
        written.quantity.zip(counted.quantity)
    }

    /// Says that all the papers' ways of writing have been undone.
    pub(super) fn end_habits(&mut self) {
        self.after_habits = self.taken.len();
    }

    /// Whether, ways of writing aside, nothing but `code` was taken.
    pub(super) fn holds_only(&self, code: CauseCode) -> bool {
        self.taken.iter().skip(self.after_habits).all(|cause| cause.code == code)
    }

    /// Books what is left as unexplained.
    pub(super) fn close(&mut self) {
        if let Some(rest) = self.rest().filter(|rest| !rest.is_zero()) {
            self.take(CauseCode::Unexplained, rest);
        }
    }

    fn take(&mut self, code: CauseCode, amount: Decimal) {
        if amount.is_zero() {
            return;
        }
        self.taken.push(Cause { code, amount });
    }

    /// Returns the causes. A unit that leaves the amount equal is listed only
    /// where nothing else differs.
    pub(super) fn causes(self, agrees: bool) -> Vec<Cause> {
        let mut causes: Vec<Cause> = Vec::with_capacity(self.taken.len() + 1);
        for cause in self.taken {
            match causes.iter_mut().find(|known| known.code == cause.code) {
                Some(known) => known.amount += cause.amount,
                None => causes.push(cause),
            }
        }
        causes.retain(|cause| !cause.amount.is_zero());
        if agrees && self.converted.is_some() && causes.iter().all(|c| c.code != CauseCode::Unit) {
            causes.push(Cause { code: CauseCode::Unit, amount: Decimal::ZERO });
        }
        causes.sort_by_key(|cause| cause.code);
        causes
    }
}

/// Gives the quantity the sign of the amount: papers print returns with either.
fn signed(figures: Figures) -> Figures {
    let (Some(quantity), Some(price)) = (figures.quantity, figures.price) else { return figures };
    let opposite = !quantity.is_zero()
        && !figures.amount.is_zero()
        && (quantity.is_sign_negative() != price.is_sign_negative())
            != figures.amount.is_sign_negative();
    if opposite && !price.is_zero() {
        return Figures { quantity: Some(-quantity), ..figures };
    }
    figures
}
