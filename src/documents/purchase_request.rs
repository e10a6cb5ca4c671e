//! The request to buy from one supplier, to be signed and sent.

use std::sync::LazyLock;

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

use super::fill::{Document, Values};
use crate::data::{self, compiled_in};
use crate::lang::Lang;
use crate::report::{Cell, Row, Sheet};

static DOCUMENT: Document = Document {
    name: "purchase_request",
    layout: LazyLock::new(|| data::read(compiled_in!("documents/purchase_request"))),
};

/// What is to be bought from one supplier.
#[derive(Debug, Clone)]
pub struct PurchaseRequest {
    /// Its place among the requests of one run, from 1.
    pub number: usize,
    /// Our name.
    pub our_name: Option<String>,
    /// The supplier's name; `None`: nobody is known to sell these.
    pub supplier: Option<String>,
    /// The day it is made.
    pub date: NaiveDate,
    /// What is to be bought.
    pub lines: Vec<RequestLine>,
}

/// A line of the request.
#[derive(Debug, Clone)]
pub struct RequestLine {
    /// The item's code.
    pub item: String,
    /// What it is.
    pub description: Option<String>,
    /// The unit of the quantity.
    pub unit: Option<String>,
    /// How much.
    pub quantity: Decimal,
    /// What it was last bought at.
    pub unit_price: Option<Decimal>,
    /// The day by which it is needed.
    pub needed_by: NaiveDate,
}

impl PurchaseRequest {
    /// Makes the paper.
    pub fn sheet(&self, lang: Lang) -> Sheet {
        let rows = (1..).zip(&self.lines).map(|(number, line)| line.row(number));
        let priced = self.lines.iter().any(|line| line.unit_price.is_some());
        let values = Values::default()
            .text("priced", priced.then_some(" "))
            .text("unpriced", (!priced).then_some(" "))
            .text("our_name", self.our_name.as_deref())
            .text("supplier", self.supplier.as_deref())
            .text("nobody", self.supplier.is_none().then_some(" "))
            .date("date", self.date)
            .rows("lines", rows.collect());
        let mut sheet = DOCUMENT.fill(&values, lang);
        sheet.name = format!("{} {}", sheet.name, self.number);
        sheet
    }
}

impl RequestLine {
    fn row(&self, number: usize) -> Row {
        let amount = self.unit_price.and_then(|price| self.quantity.checked_mul(price));
        let amount = amount
            .map(|amount| amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero));
        Row::new([
            number.into(),
            self.item.as_str().into(),
            self.description.as_deref().into(),
            self.unit.as_deref().into(),
            self.quantity.into(),
            self.unit_price.into(),
            amount.map(|amount| Cell::calc("ROUND({quantity}*{unit_price},2)", amount)).into(),
            self.needed_by.into(),
            Cell::Empty,
        ])
    }
}
