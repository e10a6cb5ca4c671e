//! A supplier's account as both sides keep it, before anything goes wrong.

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

use super::goods::{Goods, Supplier};

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Goods,
    Return,
    Deduction,
    Payment,
    Freight,
    Discount,
}

/// A line of one side's paper. Amounts carry their effect on the balance.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// The name by which the plants and the list of differences know it.
    pub key: String,
    pub kind: Kind,
    pub day: NaiveDate,
    pub document: String,
    /// The supplier's goods, by position.
    pub goods: Option<usize>,
    pub quantity: Decimal,
    pub price: Decimal,
    pub amount: Decimal,
    /// What it says where it is not goods.
    pub text: &'static str,
}

/// What a cross-check should say of some lines.
#[derive(Debug)]
pub(super) struct Expected {
    pub name: &'static str,
    pub left: Vec<String>,
    pub right: Vec<String>,
    pub status: &'static str,
    pub causes: Vec<(&'static str, Decimal)>,
    pub note: Option<&'static str>,
    pub reason: Option<&'static str>,
    pub difference: Decimal,
}

/// One supplier's month on both papers.
#[derive(Debug)]
pub(super) struct Account {
    pub supplier: &'static Supplier,
    pub their_opening: Decimal,
    pub theirs: Vec<Line>,
    /// The balance of both at the end of September, as agreed.
    pub agreed: Decimal,
    /// Received in September and not billed then: part of our opening.
    pub open_items: Vec<Line>,
    pub ours: Vec<Line>,
    pub expected: Vec<Expected>,
}

impl Account {
    pub(super) fn our_opening(&self) -> Decimal {
        self.open_items.iter().map(|line| line.amount).sum::<Decimal>() + self.agreed
    }

    pub(super) fn their_closing(&self) -> Decimal {
        self.their_opening + self.theirs.iter().map(|line| line.amount).sum::<Decimal>()
    }

    pub(super) fn our_closing(&self) -> Decimal {
        self.our_opening() + self.ours.iter().map(|line| line.amount).sum::<Decimal>()
    }

    pub(super) fn goods(&self, line: &Line) -> Option<&'static Goods> {
        line.goods.map(|at| &self.supplier.goods[at])
    }
}

pub(super) fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default()
}

/// Half up to the fen, as an honest clerk rounds.
pub(super) fn fen(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// Makes the goods lines of a supplier's month, the same on both papers.
pub(super) fn deliveries(supplier: &'static Supplier, number: u32) -> Vec<Line> {
    let mut lines = Vec::new();
    for (note, date) in supplier.days.iter().enumerate() {
        for nth in 0..supplier.lines {
            let goods = (note * 2 + nth * (1 + note % 2) + number as usize) % supplier.goods.len();
            let steps = 2 + (note * 7 + nth * 11 + number as usize * 5) % 13;
            let document = format!("{}{:02}", supplier.prefix, 11 + note as u32 * 7 + number);
            lines.push(goods_line(
                supplier,
                format!("{note}/{nth}"),
                (day(10, *date), document),
                goods,
                Decimal::new(supplier.goods[goods].step * steps as i64, 1).normalize(),
            ));
        }
    }
    lines
}

/// Makes a line of goods at the agreed price.
pub(super) fn goods_line(
    supplier: &'static Supplier,
    key: String,
    (day, document): (NaiveDate, String),
    goods: usize,
    quantity: Decimal,
) -> Line {
    let price = supplier.goods[goods].price();
    let amount = fen(quantity * price);
    let goods = Some(goods);
    Line { key, kind: Kind::Goods, day, document, goods, quantity, price, amount, text: "" }
}
