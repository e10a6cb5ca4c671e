//! The letter that asks a supplier, customer or carrier to settle what differs.

use std::sync::LazyLock;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::fill::{Document, Values};
use super::wording;
use crate::data::{self, compiled_in};
use crate::engine::matching::outcome::{Cause, Reason, Status};
use crate::lang::Lang;
use crate::report::{Cell, Row, Sheet};

static DOCUMENT: Document = Document {
    name: "difference_letter",
    layout: LazyLock::new(|| data::read(compiled_in!("documents/difference_letter"))),
};

static TO_CARRIER: Document = Document {
    name: "carrier_letter",
    layout: LazyLock::new(|| data::read(compiled_in!("documents/carrier_letter"))),
};

/// The differences with one supplier over one period.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Our name.
    pub our_name: String,
    /// The supplier's name.
    pub their_name: String,
    /// The period, as people write it.
    pub period: String,
    /// The currency, as people write it.
    pub currency: String,
    /// The day of the letter.
    pub date: NaiveDate,
    /// The day by which we ask for an answer.
    pub reply_by: NaiveDate,
    /// Whom to ask at our side.
    pub contact: Option<String>,
    /// The balance their statement closes at.
    pub left_closing: Decimal,
    /// The balance our books close at.
    pub right_closing: Decimal,
    /// By how much the opening balances differ (theirs − ours), beyond the
    /// lines below.
    pub opening_difference: Decimal,
    /// How many entries agree.
    pub matched_count: usize,
    /// What they sum up to.
    pub matched_amount: Decimal,
    /// What does not agree.
    pub lines: Vec<LetterLine>,
}

/// One difference.
#[derive(Debug, Clone)]
pub struct LetterLine {
    /// Its day.
    pub date: Option<NaiveDate>,
    /// The number the supplier knows it by.
    pub document_no: String,
    /// What it is about.
    pub item: String,
    /// Their figures, if it is on their paper.
    pub left: Option<Figures>,
    /// Our figures, if it is on ours.
    pub right: Option<Figures>,
    /// Their amount − ours.
    pub difference: Decimal,
    /// How settled it is.
    pub status: Status,
    /// Why the amounts differ.
    pub causes: Vec<Cause>,
    /// Why it has no partner.
    pub reason: Option<Reason>,
    /// Why, in the job's own words, where those of the causes would not do.
    pub told: Option<String>,
}

/// One side's figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// How much; `None` where a line stands for several.
    pub quantity: Option<Decimal>,
    /// The price of one unit.
    pub unit_price: Option<Decimal>,
    /// The amount, signed by its effect on the balance.
    pub amount: Decimal,
}

impl Letter {
    /// Makes the paper for one whom we trade with.
    pub fn sheet(&self, lang: Lang) -> Sheet {
        self.filled(&DOCUMENT, lang)
    }

    /// Makes the paper for a carrier: of waybills, weights and destinations.
    pub fn to_carrier(&self, lang: Lang) -> Sheet {
        self.filled(&TO_CARRIER, lang)
    }

    fn filled(&self, document: &'static Document, lang: Lang) -> Sheet {
        let rows = self.lines.iter().zip(1..).map(|(line, number)| line.row(number, lang));
        let mut values = Values::default()
            .text("our_name", self.our_name.as_str())
            .text("their_name", self.their_name.as_str())
            .text("period", self.period.as_str())
            .text("currency", self.currency.as_str())
            .text("contact", self.contact.as_deref())
            .date("date", self.date)
            .date("reply_by", self.reply_by)
            .money("left_closing", self.left_closing)
            .money("right_closing", self.right_closing)
            .count("matched_count", self.matched_count)
            .money("matched_amount", self.matched_amount)
            .count("count", self.lines.len())
            .rows("lines", rows.collect());
        if let Some(difference) = self.left_closing.checked_sub(self.right_closing) {
            values = values.money("difference", difference);
        }
        if !self.opening_difference.is_zero() {
            values = values.money("opening_difference", self.opening_difference);
        }
        document.fill(&values, lang)
    }
}

impl LetterLine {
    /// Takes another line of the same note in; `item` says what they are
    /// together.
    pub fn join(&mut self, other: Self, item: String) {
        let sum = |one: Option<Figures>, other: Option<Figures>| match (one, other) {
            (Some(one), Some(other)) => Some(Figures {
                quantity: None,
                unit_price: None,
                amount: one.amount.saturating_add(other.amount),
            }),
            (one, other) => one.or(other),
        };
        self.left = sum(self.left, other.left);
        self.right = sum(self.right, other.right);
        self.difference = self.difference.saturating_add(other.difference);
        self.item = item;
    }

    fn row(&self, number: usize, lang: Lang) -> Row {
        let figures = |side: Option<Figures>| -> [Cell; 3] {
            [
                side.and_then(|side| side.quantity).into(),
                side.and_then(|side| side.unit_price).into(),
                side.map(|side| side.amount).into(),
            ]
        };
        let start = [
            number.into(),
            self.date.into(),
            self.document_no.as_str().into(),
            self.item.as_str().into(),
        ];
        let end = [
            Cell::calc("{left_amount}-{right_amount}", self.difference),
            wording::sentence(self, lang).into(),
        ];
        let sides = figures(self.left).into_iter().chain(figures(self.right));
        Row::new(start.into_iter().chain(sides).chain(end))
    }
}
