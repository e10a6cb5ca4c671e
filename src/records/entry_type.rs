//! What a line of a paper is.

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryType {
    /// Goods delivered.
    Goods,
    /// Goods sent back.
    Return,
    /// Money taken off (扣款).
    Deduction,
    /// Money paid.
    Payment,
    /// A charge beside the goods (freight, moulds, packaging).
    Charge,
    /// A discount or rebate (折让, 返利).
    Discount,
    /// Anything else that moves the balance.
    Adjustment,
}
