//! Why a line is what it is, as values: what spoke for a pair, what came
//! nearest to a line without a partner and the first test it failed. Reports
//! turn them into sentences.

use rust_decimal::Decimal;
use serde::Serialize;

use super::sides::Side;

/// A field that was compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The document numbers that both sides know.
    DocumentNo,
    /// Other numbers (receipt, purchase order).
    OtherNo,
    /// The item's code or description.
    Item,
    /// The quantity, in one unit.
    Quantity,
    /// The price, in one unit and on one tax basis.
    UnitPrice,
    /// The amount, on one tax basis.
    Amount,
    /// The day.
    Date,
    /// What kind of line it is (goods, return, payment …).
    Type,
}

/// How two entries compare in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Agreement {
    /// The same.
    Equal,
    /// Nearly the same: another spelling, a day or two apart, a similar text.
    Near,
    /// Different.
    Differs,
    /// At least one side does not say.
    Missing,
}

/// What one field says, and how much it weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The field.
    pub field: Field,
    /// How it compares.
    pub agreement: Agreement,
    /// Its weight in hundredths of a bit (log2 of how much likelier this is
    /// between true partners than between strangers); negative speaks against.
    pub weight: i32,
}

/// The next best partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RunnerUp {
    /// The side it stands on.
    pub side: Side,
    /// Its index into that side.
    pub index: usize,
    /// By how many hundredths of a bit the line is better than with it.
    pub margin: i32,
}

/// What came nearest to an entry without a partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest {
    /// The side it stands on.
    pub side: Side,
    /// Its index into that side.
    pub index: usize,
    /// The fields in which it agrees.
    pub agrees: Vec<Field>,
    /// The first test it failed.
    pub failed: FailedTest,
}

/// The first test that the nearest candidate failed, with the value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "test", rename_all = "kebab-case")]
pub enum FailedTest {
    /// It is settled with another line.
    Taken,
    /// It is another party's.
    Party,
    /// Another kind of line.
    Type,
    /// It carries another document number.
    DocumentNo,
    /// Another item.
    Item,
    /// The quantities are this far apart (left − right, in one unit).
    Quantity {
        /// Left − right.
        difference: Decimal,
    },
    /// The amounts are this far apart (left − right).
    Amount {
        /// Left − right.
        difference: Decimal,
        /// The tax rate that would explain it.
        tax_rate: Option<Decimal>,
    },
    /// The days are too far apart.
    Date {
        /// Days between them.
        days: i64,
        /// Days that are allowed.
        limit: i64,
    },
    /// All compared fields agree too weakly.
    Evidence {
        /// Hundredths of a bit reached.
        weight: i32,
        /// Hundredths of a bit needed.
        needed: i32,
    },
}
