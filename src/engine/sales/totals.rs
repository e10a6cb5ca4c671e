//! The totals of a sales check: in all, by shop, by day, by the status of
//! lines, by the status of orders.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::engine::entry::Entry;
use crate::engine::matching::conserve::Miscount;
use crate::engine::matching::outcome::Line;
use crate::finding::name;

/// What lines are added up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// All of them.
    Total,
    /// The shop.
    Shop,
    /// The day of the order, else of the booking.
    Day,
    /// The status of the line.
    Status,
    /// The status of the order, as the platform writes it.
    OrderStatus,
}

/// The lines that share a value, added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// What they share.
    pub by: By,
    /// The value they share; `None`: they have none.
    pub value: Option<String>,
    /// How many there are.
    pub lines: usize,
    /// How many rows of the export.
    pub left_rows: usize,
    /// How many rows of the register.
    pub right_rows: usize,
    /// What the export adds up to.
    pub left: Decimal,
    /// What the register adds up to.
    pub right: Decimal,
}

/// Adds up lines.
pub(super) fn totals(
    lines: &[Line],
    left: &[Entry],
    right: &[Entry],
) -> Result<Vec<Total>, Miscount> {
    let mut sums: BTreeMap<(By, Option<String>), Total> = BTreeMap::new();
    for line in lines {
        let lefts = || line.left.iter().map(|&at| &left[at]);
        let rights = || line.right.iter().map(|&at| &right[at]);
        let first = lefts().next().or_else(|| rights().next());
        let shop = first.map(|entry| entry.party.to_string()).filter(|shop| !shop.is_empty());
        let day = first.and_then(|entry| entry.date).map(|day| day.to_string());
        let status = lefts().next().and_then(|entry| entry.remark.as_deref());
        let values = [
            (By::Total, None),
            (By::Shop, shop),
            (By::Day, day),
            (By::Status, Some(name(line.status))),
            (By::OrderStatus, status.map(str::to_owned)),
        ];
        for (by, value) in values {
            let total = sums.entry((by, value.clone())).or_insert_with(|| Total {
                by,
                value,
                lines: 0,
                left_rows: 0,
                right_rows: 0,
                left: Decimal::ZERO,
                right: Decimal::ZERO,
            });
            total.add(line, lefts().map(|e| e.amount), rights().map(|e| e.amount))?;
        }
    }
    Ok(sums.into_values().collect())
}

impl Total {
    /// Returns what the export has more than the register.
    pub fn difference(&self) -> Decimal {
        self.left.checked_sub(self.right).unwrap_or_default()
    }

    fn add(
        &mut self,
        line: &Line,
        mut left: impl Iterator<Item = Decimal>,
        mut right: impl Iterator<Item = Decimal>,
    ) -> Result<(), Miscount> {
        self.lines += 1;
        self.left_rows += line.left.len();
        self.right_rows += line.right.len();
        let sum = left.try_fold(self.left, Decimal::checked_add);
        self.left = sum.ok_or(Miscount::Overflow)?;
        let sum = right.try_fold(self.right, Decimal::checked_add);
        self.right = sum.ok_or(Miscount::Overflow)?;
        Ok(())
    }
}
