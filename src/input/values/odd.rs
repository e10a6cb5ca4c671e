//! What a cell gave: a value, nothing, or a reason why not; and what was odd.

use chrono::NaiveDate;

/// What a cell gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parsed<T> {
    /// Nothing: the cell is empty, or writes nothing (`-`, `无`, `null`).
    Blank(Odds),
    /// A value.
    Value(T),
    /// Something that cannot be read for certain.
    Bad(Bad),
}

impl<T> Parsed<T> {
    /// Returns the value, if there is one.
    pub fn value(self) -> Option<T> {
        match self {
            Parsed::Value(value) => Some(value),
            Parsed::Blank(_) | Parsed::Bad(_) => None,
        }
    }

    /// Whether the cell writes nothing.
    pub fn is_blank(&self) -> bool {
        matches!(self, Parsed::Blank(_))
    }

    /// Changes the value, if there is one.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Parsed<U> {
        match self {
            Parsed::Blank(odds) => Parsed::Blank(odds),
            Parsed::Value(value) => Parsed::Value(change(value)),
            Parsed::Bad(bad) => Parsed::Bad(bad),
        }
    }
}

/// Why a cell cannot be read for certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bad {
    /// A formula's error value (`#REF!`).
    FormulaError,
    /// Text that is not what the column holds.
    NotThis,
    /// `1.234,50`, `0,25`: points and commas that can be read in two ways.
    Separators,
    /// `5-10`, `100~120`: more than one figure.
    Several,
    /// A figure with text that is not a unit (`100左右`, `1O0`).
    TrailingText,
    /// Superscripts, circled digits, vulgar fractions.
    Symbols,
    /// `2.18E+18`: a display that dropped digits.
    Scientific,
    /// More digits than can be kept exactly.
    TooLong,
    /// A day that no calendar has (2026-02-30).
    NoSuchDay,
    /// A date that can be read in two ways, and the column does not decide.
    TwoDays(NaiveDate, NaiveDate),
    /// A month and a day whose year nothing tells.
    NoYear,
    /// A rate that may be a share or per cent, and the column does not decide
    /// (0.5 among 0.03 and 2).
    TwoRates,
    /// A rough or conditional date (`4月底`, `12月上旬`, `分批`, `待定`).
    Vague,
}

impl Bad {
    /// Returns the kebab-case name, for messages and JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Bad::FormulaError => "formula-error",
            Bad::NotThis => "not-this",
            Bad::Separators => "separators",
            Bad::Several => "several",
            Bad::TrailingText => "trailing-text",
            Bad::Symbols => "symbols",
            Bad::Scientific => "scientific",
            Bad::TooLong => "too-long",
            Bad::NoSuchDay => "no-such-day",
            Bad::TwoDays(..) => "two-days",
            Bad::NoYear => "no-year",
            Bad::TwoRates => "two-rates",
            Bad::Vague => "vague",
        }
    }
}

/// One thing that was odd about a cell whose value was read all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Odd {
    /// A figure or date stored as text.
    Text,
    /// Full-width digits or signs.
    FullWidth,
    /// A mark of money.
    Currency,
    /// Thousands separators.
    Thousands,
    /// Separators that do not stand in groups of three.
    UnevenThousands,
    /// Accounting brackets for a negative.
    Brackets,
    /// A minus behind the figure.
    TrailingMinus,
    /// A sign in words or symbols (负, ▲).
    WordSign,
    /// `CR` or `DR` behind the figure.
    CreditMark,
    /// Per cent or per mille.
    Percent,
    /// 千, 万, 亿.
    Magnitude,
    /// A unit glued to the figure.
    Unit,
    /// Zeros before the figure (`00123`).
    LeadingZeros,
    /// An exponent (`5E-05`).
    Exponent,
    /// A figure in words (免费, 壹佰元整).
    Words,
    /// An apostrophe that marks text.
    Apostrophe,
    /// Words that say there is nothing (无退款申请).
    SaidBlank,
    /// A date written as a number of days (46300).
    Serial,
    /// A date written as eight digits (20261008).
    EightDigits,
    /// A date written as a decimal (10.8).
    DecimalDate,
    /// A year of the Republic calendar (115/10/05).
    RocYear,
    /// A year that came from the period, the title or the file's name.
    YearSupplied,
    /// A date whose order the column decided (03/04/2026).
    OrderDecided,
    /// A date that its neighbours decided (10.1 among 10.9 and 10.11).
    NeighboursDecided,
    /// A time of day beside the date.
    Time,
    /// An id written as a number.
    NumberId,
    /// Several values in one cell.
    Several,
}

impl Odd {
    /// All of them, in order.
    pub const ALL: [Odd; 27] = [
        Odd::Text,
        Odd::FullWidth,
        Odd::Currency,
        Odd::Thousands,
        Odd::UnevenThousands,
        Odd::Brackets,
        Odd::TrailingMinus,
        Odd::WordSign,
        Odd::CreditMark,
        Odd::Percent,
        Odd::Magnitude,
        Odd::Unit,
        Odd::LeadingZeros,
        Odd::Exponent,
        Odd::Words,
        Odd::Apostrophe,
        Odd::SaidBlank,
        Odd::Serial,
        Odd::EightDigits,
        Odd::DecimalDate,
        Odd::RocYear,
        Odd::YearSupplied,
        Odd::OrderDecided,
        Odd::NeighboursDecided,
        Odd::Time,
        Odd::NumberId,
        Odd::Several,
    ];
}

/// A set of [`Odd`] things; cheap to copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Odds(u32);

impl Odds {
    /// Nothing odd.
    pub const NONE: Odds = Odds(0);

    /// Adds one.
    pub fn add(&mut self, odd: Odd) {
        self.0 |= 1 << odd as u8;
    }

    /// Returns the set with one more.
    #[must_use]
    pub fn with(mut self, odd: Odd) -> Self {
        self.add(odd);
        self
    }

    /// Whether `odd` is among them.
    pub fn has(self, odd: Odd) -> bool {
        self.0 & (1 << odd as u8) != 0
    }

    /// Whether there is none.
    pub fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Returns them, in the order of [`Odd::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Odd> {
        Odd::ALL.into_iter().filter(move |odd| self.has(*odd))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_odd_thing_has_its_own_bit() {
        for (at, odd) in Odd::ALL.into_iter().enumerate() {
            assert_eq!(odd as usize, at);
            assert_eq!(Odds::NONE.with(odd).iter().collect::<Vec<_>>(), [odd]);
        }
    }
}
