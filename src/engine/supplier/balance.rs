//! The roll-forward of one party's balance on one side:
//! closing = opening + lines − returned − deducted − paid.
//!
//! Source of the formula: the statement itself (期末应付 = 期初应付 + 本期收货 −
//! 退货 − 扣款(折让) − 本期付款).

use rust_decimal::Decimal;
use serde::Serialize;

use crate::engine::entry::{Entry, EntryType};

/// One side's balance of one party in the period. Money; `returned`,
/// `deducted` and `paid` are positive when they lower the balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Balance {
    /// What was owed before the period; `None` where the papers do not say.
    pub opening: Option<Decimal>,
    /// Goods, charges and adjustments of the period.
    pub lines: Decimal,
    /// Goods sent back.
    pub returned: Decimal,
    /// Deductions and discounts.
    pub deducted: Decimal,
    /// Money paid.
    pub paid: Decimal,
    /// What is owed at the end; `None` where the opening is not known.
    pub closing: Option<Decimal>,
}

impl Balance {
    /// Rolls `opening` forward over the entries of one party.
    pub fn roll<'a>(opening: Option<Decimal>, entries: impl Iterator<Item = &'a Entry>) -> Self {
        let mut balance = Self { opening, ..Self::default() };
        for entry in entries {
            match entry.entry_type {
                EntryType::Goods | EntryType::Charge | EntryType::Adjustment => {
                    balance.lines += entry.amount;
                }
                EntryType::Return => balance.returned -= entry.amount,
                EntryType::Deduction | EntryType::Discount => balance.deducted -= entry.amount,
                EntryType::Payment => balance.paid -= entry.amount,
            }
        }
        balance.closing = opening.map(|opening| opening + balance.movement());
        balance
    }

    /// Returns what the period added to the balance.
    pub fn movement(&self) -> Decimal {
        self.lines - self.returned - self.deducted - self.paid
    }
}
