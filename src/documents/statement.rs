//! Our statement of a supplier's account, to be signed by both.

use std::sync::LazyLock;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::fill::{Document, Values};
use crate::data::{self, compiled_in};
use crate::engine::entry::EntryType;
use crate::lang::Lang;
use crate::report::{Cell, Row, RowStyle, Sheet, labels};
use crate::words;

static DOCUMENT: Document = Document {
    name: "supplier_statement",
    layout: LazyLock::new(|| data::read(compiled_in!("documents/supplier_statement"))),
};

static RECEIVABLE: Document = Document {
    name: "reseller_statement",
    layout: LazyLock::new(|| data::read(compiled_in!("documents/reseller_statement"))),
};

/// The account of one supplier over one period.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Our name.
    pub our_name: String,
    /// The supplier's name.
    pub their_name: String,
    /// The period, as people write it.
    pub period: String,
    /// The currency, as people write it.
    pub currency: String,
    /// The number of this statement.
    pub document_no: Option<String>,
    /// The day it is made.
    pub date: NaiveDate,
    /// What we owed at the beginning.
    pub opening: Decimal,
    /// What moved it, in the order of the days.
    pub lines: Vec<StatementLine>,
    /// Anything to be said beside the figures.
    pub remark: Option<String>,
    /// In how many days the supplier is to answer.
    pub reply_days: u32,
}

/// A line of the account.
#[derive(Debug, Clone)]
pub struct StatementLine {
    /// Its day.
    pub date: Option<NaiveDate>,
    /// What it is.
    pub entry_type: EntryType,
    /// The number both sides know it by.
    pub document_no: String,
    /// What was delivered, returned, deducted, paid.
    pub item: String,
    /// The unit of the quantity.
    pub unit: Option<String>,
    /// How much.
    pub quantity: Option<Decimal>,
    /// The price of one unit.
    pub unit_price: Option<Decimal>,
    /// The amount, signed by its effect on what we owe.
    pub amount: Decimal,
}

impl Statement {
    /// Makes the paper for one whom we owe.
    pub fn sheet(&self, lang: Lang) -> Sheet {
        self.filled(&DOCUMENT, lang)
    }

    /// Makes the paper for one who owes us.
    pub fn receivable(&self, lang: Lang) -> Sheet {
        self.filled(&RECEIVABLE, lang)
    }

    fn filled(&self, document: &'static Document, lang: Lang) -> Sheet {
        let in_words = self.closing().and_then(|closing| words::in_words(closing, lang));
        let values = Values::default()
            .text("our_name", self.our_name.as_str())
            .text("their_name", self.their_name.as_str())
            .text("period", self.period.as_str())
            .text("currency", self.currency.as_str())
            .text("document_no", self.document_no.as_deref())
            .text("closing_in_words", in_words)
            .text("remark", self.remark.as_deref())
            .date("date", self.date)
            .count("reply_days", self.reply_days as usize)
            .rows("lines", self.rows(lang))
            .rows("summary", vec![self.summary(lang)]);
        document.fill(&values, lang)
    }

    fn rows(&self, lang: Lang) -> Vec<Row> {
        let label = labels::text(lang, "document.opening");
        let mut opening = vec![Cell::Empty; 9];
        opening[3] = label.into();
        opening[8] = self.opening.into();
        let mut rows = vec![Row::new(opening).style(RowStyle::Strong)];
        let mut balance = Some(self.opening);
        for line in &self.lines {
            balance = balance.and_then(|balance| balance.checked_add(line.amount));
            let running = balance.map(|balance| Cell::calc("{balance@above}+{amount}", balance));
            rows.push(line.row(running.into(), lang));
        }
        rows
    }

    /// Returns opening + goods + others + returns + deductions + payments =
    /// closing, every figure a formula over the lines.
    fn summary(&self, lang: Lang) -> Row {
        let opening = Cell::calc("{this.balance@0}", self.opening);
        let parts = [
            self.part(&[EntryType::Goods], lang),
            self.part(&[EntryType::Charge, EntryType::Discount, EntryType::Adjustment], lang),
            self.part(&[EntryType::Return], lang),
            self.part(&[EntryType::Deduction], lang),
            self.part(&[EntryType::Payment], lang),
        ];
        let closing = self.closing().map(|closing| {
            Cell::calc("{opening}+{goods}+{others}+{returned}+{deducted}+{paid}", closing)
        });
        let cells = [opening].into_iter().chain(parts).chain([closing.into()]);
        Row::new(cells).style(RowStyle::Strong)
    }

    /// Returns what we owe at the end; `None` if it is too large to be held.
    pub fn closing(&self) -> Option<Decimal> {
        let mut amounts = self.lines.iter().map(|line| line.amount);
        amounts.try_fold(self.opening, Decimal::checked_add)
    }

    fn part(&self, types: &[EntryType], lang: Lang) -> Cell {
        let lines = self.lines.iter().filter(|line| types.contains(&line.entry_type));
        let sum = lines.map(|line| line.amount).try_fold(Decimal::ZERO, Decimal::checked_add);
        let terms = types.iter().map(|entry_type| {
            let word = type_word(*entry_type, lang);
            format!("SUMIF({{this.type@all}},\"{word}\",{{this.amount@all}})")
        });
        let formula = terms.collect::<Vec<_>>().join("+");
        sum.map(|sum| Cell::calc(formula, sum)).into()
    }
}

impl StatementLine {
    fn row(&self, balance: Cell, lang: Lang) -> Row {
        Row::new([
            self.date.into(),
            type_word(self.entry_type, lang).into(),
            self.document_no.as_str().into(),
            self.item.as_str().into(),
            self.unit.as_deref().into(),
            self.quantity.into(),
            self.unit_price.into(),
            self.amount.into(),
            balance,
        ])
    }
}

/// Returns the word for a type of line, as statements print it.
pub fn type_word(entry_type: EntryType, lang: Lang) -> &'static str {
    let key = match entry_type {
        EntryType::Goods => "document.goods",
        EntryType::Return => "document.return",
        EntryType::Deduction => "document.deduction",
        EntryType::Payment => "document.payment",
        EntryType::Charge => "document.charge",
        EntryType::Discount => "document.discount",
        EntryType::Adjustment => "document.adjustment",
    };
    labels::text(lang, key)
}
