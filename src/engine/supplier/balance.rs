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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::supplier::fixtures::{amount, entry};

    #[test]
    fn a_statement_rolls_forward_to_its_closing_balance() {
        // The worked month of the trade: 1,000 × 3.20, 480 × 12.50 and
        // 2,000 × 0.85 received, 20 × 12.50 returned, 150 deducted, 12,500 paid.
        let month = [
            (EntryType::Goods, "3200.00"),
            (EntryType::Goods, "6000.00"),
            (EntryType::Goods, "1700.00"),
            (EntryType::Return, "-250.00"),
            (EntryType::Deduction, "-150.00"),
            (EntryType::Payment, "-12500.00"),
        ]
        .map(|(entry_type, money)| entry("甲", entry_type, money));
        let balance = Balance::roll(Some(amount("12500.00")), month.iter());
        assert_eq!(balance.lines, amount("10900.00"));
        assert_eq!(balance.returned, amount("250.00"));
        assert_eq!(balance.deducted, amount("150.00"));
        assert_eq!(balance.paid, amount("12500.00"));
        assert_eq!(balance.closing, Some(amount("10500.00")));
    }

    #[test]
    fn a_return_printed_as_goods_sent_raises_the_balance() {
        let month = [entry("甲", EntryType::Return, "186.00")];
        let balance = Balance::roll(None, month.iter());
        assert_eq!(balance.movement(), amount("186.00"));
        assert_eq!(balance.closing, None);
    }
}
