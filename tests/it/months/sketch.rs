//! A month before it is written: what was delivered, what each side will
//! write about it, and what is planted in it.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use gendan::engine::entry::{DocumentNo, Entry};
use gendan::engine::matching::outcome::{CauseCode, Note, Reason, Status};
use rust_decimal::{Decimal, RoundingStrategy};

use super::catalogue::{Numbering, Supplier};
use super::random::Random;
use super::truth::{Class, Fact, Papers};

/// Which sides wrote it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sides {
    Both,
    /// Only they, for one of these reasons.
    Left(Vec<Reason>),
    /// Only we.
    Right(Vec<Reason>),
}

/// A delivery note.
#[derive(Debug, Clone)]
pub(crate) struct Delivery {
    pub(crate) supplier: usize,
    pub(crate) number: String,
    pub(crate) receipt_no: Arc<str>,
    pub(crate) date: NaiveDate,
    /// Days that their paper is later than its habit.
    pub(crate) late: i64,
    /// How the number stands on their paper, if not as on ours.
    pub(crate) written: Option<Written>,
    /// Whether it is among last month's open items.
    pub(crate) carried: bool,
    /// Whether it was settled on last month's paper.
    pub(crate) settled: bool,
}

/// A delivery note's number, written in another way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    /// Nothing: the paper has no number there.
    pub(crate) number: Option<DocumentNo>,
    pub(crate) class: Class,
    /// Any of these says so.
    pub(crate) notes: Vec<Note>,
}

impl Written {
    /// Whether it is enough to be sure of a match of so many lines: six digits
    /// of nineteen are not, for a sum.
    pub(crate) fn decides(&self, lines: usize) -> bool {
        let short = self.number.as_ref().is_some_and(|no| no.damaged && no.text.contains("E+"));
        lines == 2 || !short
    }
}

/// One item of a delivery note, as both sides write it.
#[derive(Debug, Clone)]
pub(crate) struct Deal {
    pub(crate) delivery: usize,
    pub(crate) item: usize,
    /// Our lines' quantities, in our unit.
    pub(crate) right: Vec<Decimal>,
    /// Their lines' quantities, in our unit.
    pub(crate) left: Vec<Decimal>,
    pub(crate) right_price: Decimal,
    /// Their price on our basis: without tax, per piece.
    pub(crate) left_price: Decimal,
    /// Why the quantities differ.
    pub(crate) quantity_cause: CauseCode,
    /// Why the prices differ.
    pub(crate) price_cause: CauseCode,
    /// What their amount is above their own quantity × price.
    pub(crate) slip: Decimal,
    /// What our amount is above ours.
    pub(crate) right_slip: Decimal,
    /// Why.
    pub(crate) slip_cause: CauseCode,
    /// Whether they cut the third decimal off.
    pub(crate) cut: bool,
    /// Whether they count pieces at the price of boxes.
    pub(crate) pieces_as_boxes: bool,
    pub(crate) written: Option<Written>,
    pub(crate) sides: Sides,
    /// Our receipt is booked again, the next day.
    pub(crate) booked_again: bool,
    /// The party our paper has it under, if not the supplier's.
    pub(crate) booked_under: Option<usize>,
    /// Their entries with one mark can stand for each other.
    pub(crate) twin: Option<usize>,
    pub(crate) classes: Vec<Class>,
    /// Whether something was planted that a second plant would blur.
    pub(crate) closed: bool,
    /// Deals of one pool may be suggested together.
    pub(crate) pool: Option<usize>,
}

impl Deal {
    /// A deal that both sides write alike.
    pub(crate) fn plain(delivery: usize, item: usize, quantity: Decimal, price: Decimal) -> Self {
        Self {
            delivery,
            item,
            right: vec![quantity],
            left: vec![quantity],
            right_price: price,
            left_price: price,
            quantity_cause: CauseCode::Quantity,
            price_cause: CauseCode::Price,
            slip: Decimal::ZERO,
            right_slip: Decimal::ZERO,
            slip_cause: CauseCode::Arithmetic,
            cut: false,
            pieces_as_boxes: false,
            written: None,
            sides: Sides::Both,
            booked_again: false,
            booked_under: None,
            twin: None,
            classes: Vec::new(),
            closed: false,
            pool: None,
        }
    }

    /// Whether nothing was planted in it yet.
    pub(crate) fn untouched(&self) -> bool {
        self.classes.is_empty() && !self.closed && self.sides == Sides::Both
    }

    /// Whether both sides give it the same quantities and prices.
    pub(crate) fn agrees(&self) -> bool {
        self.left.iter().sum::<Decimal>() == self.right.iter().sum::<Decimal>()
            && self.left_price == self.right_price
            && self.slip.is_zero()
            && self.right_slip.is_zero()
            && !self.pieces_as_boxes
    }
}

/// Lines that are written as they are: payments, returns, charges.
#[derive(Debug, Clone)]
pub(crate) struct Extra {
    pub(crate) left: Vec<Entry>,
    pub(crate) right: Vec<Entry>,
    /// Its truth; the indices are filled in when it is placed.
    pub(crate) fact: Fact,
}

/// A month before it is written.
#[derive(Debug)]
pub(crate) struct Sketch {
    pub(crate) suppliers: Vec<Supplier>,
    pub(crate) deliveries: Vec<Delivery>,
    pub(crate) deals: Vec<Deal>,
    pub(crate) extras: Vec<Extra>,
    pub(crate) papers: Papers,
    pub(crate) random: Random,
    pub(crate) twins: usize,
    /// The last of the dense numbers of each supplier.
    pub(crate) counters: Vec<u64>,
}

impl Sketch {
    /// Returns the supplier of a deal.
    pub(crate) fn supplier_of(&self, deal: usize) -> &Supplier {
        &self.suppliers[self.deliveries[self.deals[deal].delivery].supplier]
    }

    /// Returns the deals of a delivery.
    pub(crate) fn deals_of(&self, delivery: usize) -> Vec<usize> {
        (0..self.deals.len()).filter(|&d| self.deals[d].delivery == delivery).collect()
    }

    /// Returns a new mark for entries that can stand for each other.
    pub(crate) fn twin(&mut self) -> usize {
        self.twins += 1;
        self.twins
    }

    /// Adds an empty delivery note with the supplier's next number.
    pub(crate) fn deliver(&mut self, supplier: usize, date: NaiveDate) -> usize {
        let number = self.next_number(supplier, date);
        let receipt_no =
            Arc::from(format!("RK{}-{:04}", date.format("%Y%m%d"), self.deliveries.len() % 10_000));
        self.deliveries.push(Delivery {
            supplier,
            number,
            receipt_no,
            date,
            late: 0,
            written: None,
            carried: false,
            settled: false,
        });
        self.deliveries.len() - 1
    }

    fn next_number(&mut self, supplier: usize, date: NaiveDate) -> String {
        loop {
            self.counters[supplier] += 1;
            let count = self.counters[supplier];
            let of = &self.suppliers[supplier];
            let number = match of.numbering {
                Numbering::Dated => {
                    let day = date.format("%y%m%d");
                    format!("{}{day}{:02}", of.prefix, self.random.below(100))
                }
                Numbering::Dense => {
                    // Neighbours in the list use the same numbers.
                    format!("{:07}", 84_000 + supplier as u64 / 2 * 9_000 + count)
                }
                Numbering::Dashed => {
                    format!("{}-{}-{:03}", of.prefix, date.format("%Y%m%d"), count % 1_000)
                }
                Numbering::Long => {
                    let step = 1_000_003 + (self.random.bits() % 9_999_991);
                    format!("{}", 3_250_136_542_540_229_684_u64 + count * step * 7_919)
                }
            };
            let taken =
                self.deliveries.iter().any(|d| d.supplier == supplier && d.number == number);
            if !taken {
                return number;
            }
        }
    }
}

/// Rounds money, half up.
pub(crate) fn cents(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// Moves a date by some days.
pub(crate) fn shift(date: NaiveDate, days: i64) -> NaiveDate {
    let by = Days::new(days.unsigned_abs());
    let moved = if days < 0 { date.checked_sub_days(by) } else { date.checked_add_days(by) };
    moved.unwrap_or(date)
}

/// A day of October 2026.
pub(crate) fn october(day: i64) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2026, 10, 1).unwrap_or_default();
    shift(first, day - 1)
}

/// The statuses of what is surely the same.
pub(crate) const SURE: [Status; 1] = [Status::Matched];
