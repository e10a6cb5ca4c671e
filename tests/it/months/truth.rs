//! What is known of a generated month: for every entry its true partners, and
//! what a careful clerk would say of them.

use gendan::engine::entry::Entry;
use gendan::engine::matching::outcome::{CauseCode, Note, Reason, Status};
use rust_decimal::Decimal;

use super::catalogue::Supplier;

/// What was planted, or what shape the papers have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Class {
    Plain,
    Quantity,
    Price,
    QuantityAndPrice,
    TransposedDigits,
    DecimalShift,
    Arithmetic,
    Rounding,
    TaxPaper,
    UnitPaper,
    UnitError,
    Sign,
    Split,
    Combined,
    Grouped,
    WholeNote,
    WholeNoteDiffers,
    TwoNotesInOneLine,
    DateWrong,
    AmountTyped,
    NumberFormat,
    NumberTypo,
    NumberDamaged,
    NumberTruncated,
    NumberMissing,
    NotReceived,
    NotBilled,
    DoubleBilled,
    DoubleBilledSettled,
    ThreeAgainstTwo,
    DoubleBooked,
    NextPeriod,
    AfterCutOff,
    GoodsInTransit,
    PriorPeriod,
    CarriedFound,
    CarriedLost,
    OtherParty,
    AmbiguousTwins,
    Decoy,
    DecoySum,
    Substitution,
    NearStranger,
    SwappedAmounts,
    LastYear,
    Freight,
    Surcharge,
    Discount,
    Return,
    Deduction,
    DeductionUnrecognised,
    Payment,
    PaymentParts,
    PaymentFee,
    PaymentInTransit,
}

impl Class {
    /// All of them.
    pub(crate) const ALL: [Class; 55] = [
        Class::Plain,
        Class::Quantity,
        Class::Price,
        Class::QuantityAndPrice,
        Class::TransposedDigits,
        Class::DecimalShift,
        Class::Arithmetic,
        Class::Rounding,
        Class::TaxPaper,
        Class::UnitPaper,
        Class::UnitError,
        Class::Sign,
        Class::Split,
        Class::Combined,
        Class::Grouped,
        Class::WholeNote,
        Class::WholeNoteDiffers,
        Class::TwoNotesInOneLine,
        Class::DateWrong,
        Class::AmountTyped,
        Class::NumberFormat,
        Class::NumberTypo,
        Class::NumberDamaged,
        Class::NumberTruncated,
        Class::NumberMissing,
        Class::NotReceived,
        Class::NotBilled,
        Class::DoubleBilled,
        Class::DoubleBilledSettled,
        Class::ThreeAgainstTwo,
        Class::DoubleBooked,
        Class::NextPeriod,
        Class::AfterCutOff,
        Class::GoodsInTransit,
        Class::PriorPeriod,
        Class::CarriedFound,
        Class::CarriedLost,
        Class::OtherParty,
        Class::AmbiguousTwins,
        Class::Decoy,
        Class::DecoySum,
        Class::Substitution,
        Class::NearStranger,
        Class::SwappedAmounts,
        Class::LastYear,
        Class::Freight,
        Class::Surcharge,
        Class::Discount,
        Class::Return,
        Class::Deduction,
        Class::DeductionUnrecognised,
        Class::Payment,
        Class::PaymentParts,
        Class::PaymentFee,
        Class::PaymentInTransit,
    ];

    /// Returns the name it has in tables.
    pub(crate) fn name(self) -> String {
        let mut name = String::new();
        for letter in format!("{self:?}").chars() {
            if letter.is_ascii_uppercase() && !name.is_empty() {
                name.push('-');
            }
            name.push(letter.to_ascii_lowercase());
        }
        name
    }
}

/// A cause that must, or may, be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Expected {
    pub(crate) code: CauseCode,
    /// A code that is as right.
    pub(crate) or: Option<CauseCode>,
    pub(crate) amount: Decimal,
    /// Whether leaving it out is wrong.
    pub(crate) needed: bool,
}

impl Expected {
    /// A cause that must be named.
    pub(crate) fn needed(code: CauseCode, amount: Decimal) -> Self {
        Self { code, or: None, amount, needed: true }
    }

    /// A cause that may be named.
    pub(crate) fn allowed(code: CauseCode, amount: Decimal) -> Self {
        Self { code, or: None, amount, needed: false }
    }
}

/// The truth of some entries that belong together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fact {
    /// All that was planted in it.
    pub(crate) classes: Vec<Class>,
    /// The left entries, by index.
    pub(crate) left: Vec<usize>,
    /// The right entries, by index.
    pub(crate) right: Vec<usize>,
    /// What may be said of them.
    pub(crate) statuses: Vec<Status>,
    /// Why they differ.
    pub(crate) causes: Vec<Expected>,
    /// Of these at least one must be noted; empty: nothing must.
    pub(crate) notes: Vec<Note>,
    /// Of these one must be the reason; empty: there must be none.
    pub(crate) reasons: Vec<Reason>,
    /// Whether leaving the reason out is right as well.
    pub(crate) reason_optional: bool,
    /// Facts of one pool may be `suggested` together.
    pub(crate) pool: Option<usize>,
}

impl Fact {
    /// Whether both sides have a part in it.
    pub(crate) fn two_sided(&self) -> bool {
        !self.left.is_empty() && !self.right.is_empty()
    }

    /// Whether it is sure enough that anything less than a confirmed match
    /// misses it.
    pub(crate) fn must_be_confirmed(&self) -> bool {
        self.two_sided()
            && self.statuses.iter().all(|s| matches!(s, Status::Matched | Status::Differs))
    }
}

/// What the month's other papers say.
#[derive(Debug, Clone, Default)]
pub(crate) struct Papers {
    /// What was settled on last month's paper, as they billed it.
    pub(crate) settled: Vec<Entry>,
    /// The last day a party's statement covers, where it is not the month's.
    pub(crate) cut_offs: Vec<(std::sync::Arc<str>, chrono::NaiveDate)>,
    /// Pieces a box, by party and item code.
    pub(crate) factors: Vec<(std::sync::Arc<str>, std::sync::Arc<str>, Decimal)>,
}

/// A generated month.
#[derive(Debug, Clone, Default)]
pub(crate) struct Month {
    pub(crate) left: Vec<Entry>,
    pub(crate) right: Vec<Entry>,
    pub(crate) papers: Papers,
    pub(crate) facts: Vec<Fact>,
    pub(crate) suppliers: Vec<Supplier>,
    /// The right entries that were received last month and not billed then:
    /// our open items.
    pub(crate) carried: Vec<usize>,
    /// For every entry the number of its kind: entries of one kind can stand
    /// for each other.
    pub(crate) left_kinds: Vec<usize>,
    pub(crate) right_kinds: Vec<usize>,
}
