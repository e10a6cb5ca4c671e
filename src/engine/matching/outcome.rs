//! What the matcher says of every entry of both sides.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde::Serialize;

use super::explain::{Evidence, Nearest, RunnerUp};
use super::sides::Side;
use crate::finding::Finding;
use crate::location::{Location, SheetId};

/// How sure and how settled a line is (DESIGN: status).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// A pair or group whose amounts agree within the stated tolerance.
    Matched,
    /// Surely the same transaction, and values differ.
    Differs,
    /// Probably the same; not counted as settled.
    Suggested,
    /// Two or more equally good partners, none chosen.
    Ambiguous,
    /// Only on their paper.
    LeftOnly,
    /// Only on our paper.
    RightOnly,
}

/// Why a matched pair's amounts differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CauseCode {
    /// (q_left − q_right) · p_right.
    Quantity,
    /// (p_left − p_right) · q_left.
    Price,
    /// What per-line rounding leaves.
    Rounding,
    /// One side writes with tax, the other without.
    Tax,
    /// One side counts in boxes, the other in pieces.
    Unit,
    /// A return printed as a positive amount.
    Sign,
    /// A freight line.
    Freight,
    /// A charge that was not agreed.
    Surcharge,
    /// A discount or rebate line.
    Discount,
    /// Two neighbouring digits swapped.
    TransposedDigits,
    /// A decimal point in the wrong place (×10, ×100, ×1000).
    DecimalShift,
    /// The side's own quantity × price is not its amount.
    Arithmetic,
    /// What no hypothesis explains.
    Unexplained,
}

/// One cause and its part of the difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// What it is.
    pub code: CauseCode,
    /// Its part of the difference, signed. All causes sum to the difference.
    pub amount: Decimal,
}

/// What is odd about a line without moving its amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Note {
    /// The same number in another spelling.
    DocumentNoFormat,
    /// One digit wrong or two swapped.
    DocumentNoTypo,
    /// The number lost digits in a spreadsheet.
    DocumentNoDamaged,
    /// Only part of the number was written.
    DocumentNoTruncated,
    /// One side has no number.
    DocumentNoMissing,
    /// One left line, several right.
    Split,
    /// Several left lines, one right.
    Combined,
    /// Several on both sides.
    Grouped,
    /// Another day or another period.
    Date,
    /// Several have the number, and nothing else tells them apart.
    DocumentNoShared,
    /// The two sides name different shops.
    OtherShop,
}

/// Returns the note that says how many stand on each side.
pub(in crate::engine) fn grouped(left: usize, right: usize) -> Option<Note> {
    match (left, right) {
        (1, 1) => None,
        (1, _) => Some(Note::Split),
        (_, 1) => Some(Note::Combined),
        _ => Some(Note::Grouped),
    }
}

/// Why a line has no partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Billed, never received.
    NotReceived,
    /// Received, not billed.
    NotBilled,
    /// Billed twice.
    DoubleBilled,
    /// Booked twice by us.
    DoubleBooked,
    /// Belongs to the next period.
    NextPeriod,
    /// Belongs to an earlier period.
    PriorPeriod,
    /// Among last period's open items.
    CarriedForward,
    /// Booked under another party.
    OtherParty,
    /// Freight, discount or other line without a partner.
    OtherCharge,
    /// Paid in advance, and no partner.
    Prepaid,
    /// Sold, not in the register.
    NotInRegister,
    /// In the register, not sold.
    NotInSales,
    /// The order is not paid.
    Unpaid,
    /// The order was closed.
    Closed,
    /// The order was refunded.
    Refunded,
    /// Billed by the carrier, not shipped.
    NotShipped,
    /// Nothing comes near.
    NoCandidate,
}

/// One line of the result. Every entry of both sides is in exactly one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// How sure and how settled.
    pub status: Status,
    /// The left entries, by index into the left side.
    pub left: Vec<usize>,
    /// The right entries, by index into the right side.
    pub right: Vec<usize>,
    /// Left amounts − right amounts.
    pub difference: Decimal,
    /// Why they differ; the amounts sum to `difference` to the last digit.
    /// Empty on one-sided and ambiguous lines unless a cause is known.
    pub causes: Vec<Cause>,
    /// What is odd without moving the amount.
    pub notes: Vec<Note>,
    /// Why it has no partner (or why a pair is not settled).
    pub reason: Option<Reason>,
    /// Other places that explain it (the first billing of a double one, the
    /// open item it was carried as).
    pub related: Vec<Location>,
    /// The entry of its own side that offsets it to the cent: what was booked
    /// and its reversal in red.
    pub reversal: Option<Location>,
    /// What speaks for and against it, field by field.
    pub evidence: Vec<Evidence>,
    /// The next best partner of a line that is not sure.
    pub runner_up: Option<RunnerUp>,
    /// What came nearest to a line without a partner, and why it failed.
    pub nearest: Option<Box<Nearest>>,
    /// For a group found by its sum alone: how many such groups chance would
    /// be expected to offer.
    pub coincidences: Option<Decimal>,
}

impl Line {
    /// Makes a line of these entries; everything else is empty.
    pub fn new(status: Status, left: Vec<usize>, right: Vec<usize>, difference: Decimal) -> Self {
        Self {
            status,
            left,
            right,
            difference,
            causes: Vec::new(),
            notes: Vec::new(),
            reason: None,
            related: Vec::new(),
            reversal: None,
            evidence: Vec::new(),
            runner_up: None,
            nearest: None,
            coincidences: None,
        }
    }

    /// Returns its entries of one side.
    pub fn of(&self, side: Side) -> &[usize] {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }
}

/// What holds for a whole paper and is stated once instead of on every line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileVerdict {
    /// The party whose paper it is.
    pub party: Arc<str>,
    /// The left sheet.
    pub sheet: Arc<SheetId>,
    /// What holds for it.
    pub habit: Habit,
    /// Lines that show it.
    pub agreeing: usize,
    /// Lines that could have shown it.
    pub of: usize,
    /// Some of the lines that show it: left and right places.
    pub examples: Vec<(Location, Location)>,
}

/// How a whole paper is written differently from the other side's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Habit {
    /// One side's prices and amounts contain the tax, the other's do not.
    Tax {
        /// The rate (0.13).
        rate: Decimal,
        /// The side that includes it.
        inclusive: Side,
    },
    /// One side counts in larger units (箱) than the other (个).
    Unit {
        /// The side with the larger unit.
        larger: Side,
    },
}

/// What the matcher says of both papers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Every entry of both sides, each in exactly one line, sorted by place:
    /// lines with a left entry first.
    pub lines: Vec<Line>,
    /// What holds for whole papers.
    pub verdicts: Vec<FileVerdict>,
    /// What the matcher could not do as well as it should (a search that was
    /// cut short).
    pub findings: Vec<Finding>,
}
