//! Small papers for the tests of the supplier month.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::papers::{Paper, Papers};
use crate::engine::entry::{Entry, EntryType};
use crate::location::{CellRef, Located, Location, SheetId};
use crate::records::{
    BalanceLine, DocumentNo, Item, OpenItem, PaymentLine, PriceLine, ReceiptLine, Records,
    Statement, StatementLine,
};

pub(super) fn amount(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn sheet(name: &str) -> Arc<SheetId> {
    Arc::new(SheetId { path: format!("{name}.xlsx"), sheet: Some("10月".to_owned()) })
}

pub(super) fn at(name: &str, row: u32) -> Location {
    Location::new(&sheet(name), CellRef::new(row, 7))
}

pub(super) fn entry(party: &str, entry_type: EntryType, money: &str) -> Entry {
    Entry::bare(party.into(), entry_type, amount(money), &at("x", 0))
}

/// Date, number, item code, quantity, price: one line of goods.
pub(super) type Goods<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str);

fn number(text: &str) -> Vec<DocumentNo> {
    vec![DocumentNo { text: text.into(), damaged: false }]
}

fn item(code: &str) -> Item {
    Item { code: Some(code.into()), ..Item::default() }
}

fn located<T>(value: T, name: &str, row: u32) -> Located<T> {
    Located { value, at: at(name, row) }
}

fn records<T>(lines: Vec<T>) -> Records<T> {
    Records {
        body: lines.len(),
        lines,
        findings: Vec::new(),
        rejected: 0,
        party_hints: Vec::new(),
        period: None,
    }
}

fn paper<T>(name: &str, party: Option<&str>, records: T) -> Paper<T> {
    Paper { sheet: sheet(name), party: party.map(Arc::from), records }
}

fn statement_line(row: u32, entry_type: EntryType, date: &str, amount: Decimal) -> StatementLine {
    let bare = StatementLine::bare(entry_type, amount, &at("statement", row));
    StatementLine { date: Some(day(date)), ..bare }
}

/// A statement of 甲: opening, goods, payments, stated closing.
pub(super) fn statement(
    opening: Option<&str>,
    goods: &[Goods<'_>],
    payments: &[(&str, &str)],
    closing: Option<&str>,
) -> Paper<Statement> {
    let mut row = 4;
    let mut lines = Vec::new();
    for &(date, document_no, code, quantity, price) in goods {
        row += 1;
        let (quantity, price) = (amount(quantity), amount(price));
        lines.push(StatementLine {
            document_nos: number(document_no),
            item: item(code),
            quantity: Some(quantity),
            unit_price: Some(price),
            ..statement_line(row, EntryType::Goods, date, quantity * price)
        });
    }
    for &(date, money) in payments {
        row += 1;
        lines.push(statement_line(row, EntryType::Payment, date, -amount(money)));
    }
    let statement = Statement {
        party_hints: Vec::new(),
        period: None,
        cutoff: None,
        opening: opening.map(|money| located(amount(money), "statement", 3)),
        closing: closing.map(|money| located(amount(money), "statement", row + 1)),
        in_words: None,
        tax_included: None,
        tax_rate: None,
        currency: None,
        body: lines.len(),
        lines,
        told: Vec::new(),
        findings: Vec::new(),
        rejected: 0,
    };
    paper("statement", Some("甲"), statement)
}

/// Goods receipts from 甲.
pub(super) fn receipts(goods: &[Goods<'_>]) -> Paper<Records<ReceiptLine>> {
    let line = |(row, &(date, document_no, code, quantity, price)): (usize, &Goods<'_>)| {
        let (quantity, price) = (amount(quantity), amount(price));
        ReceiptLine {
            due: None,
            party: Some(located("甲".into(), "receipts", 0)),
            date: Some(day(date)),
            document_nos: number(document_no),
            receipt_no: None,
            other_nos: Vec::new(),
            item: item(code),
            quantity: Some(quantity),
            delivered: None,
            unit: None,
            pack_factor: None,
            unit_price: Some(price),
            amount: quantity * price,
            charge: false,
            amount_computed: false,
            tax_rate: None,
            tax_included: None,
            remark: None,
            at: at("receipts", u32::try_from(row).unwrap() + 4),
        }
    };
    paper("receipts", None, records(goods.iter().enumerate().map(line).collect()))
}

/// Payments to 甲.
pub(super) fn payments(paid: &[(&str, &str)]) -> Paper<Records<PaymentLine>> {
    let line = |(row, &(date, money)): (usize, &(&str, &str))| PaymentLine {
        party: Some(located("甲".into(), "payments", 0)),
        date: Some(day(date)),
        document_nos: Vec::new(),
        other_nos: Vec::new(),
        amount: -amount(money),
        for_period: None,
        pay_type: None,
        method: None,
        remark: None,
        at: at("payments", u32::try_from(row).unwrap() + 4),
    };
    paper("payments", None, records(paid.iter().enumerate().map(line).collect()))
}

/// Last month's balances of 甲.
pub(super) fn balances(ours: &str, theirs: &str) -> Paper<Records<BalanceLine>> {
    let line = BalanceLine {
        party: Some(located("甲".into(), "balances", 3)),
        opening: None,
        ours: Some(located(amount(ours), "balances", 3)),
        theirs: Some(located(amount(theirs), "balances", 3)),
        remark: None,
        at: at("balances", 3),
    };
    paper("balances", None, records(vec![line]))
}

/// Open items of 甲 that we had booked.
pub(super) fn open_items(goods: &[Goods<'_>]) -> Paper<Records<OpenItem>> {
    let line = |(row, &(date, document_no, code, quantity, price)): (usize, &Goods<'_>)| {
        let (quantity, price) = (amount(quantity), amount(price));
        OpenItem {
            party: Some(located("甲".into(), "open", 0)),
            date: Some(day(date)),
            document_nos: number(document_no),
            other_nos: Vec::new(),
            item: item(code),
            quantity: Some(quantity),
            unit: None,
            unit_price: Some(price),
            amount: quantity * price,
            theirs: false,
            entry_type: EntryType::Goods,
            status: None,
            expected_in: None,
            remark: None,
            at: at("open", u32::try_from(row).unwrap() + 4),
        }
    };
    paper("open", None, records(goods.iter().enumerate().map(line).collect()))
}

/// One agreed price of 甲.
pub(super) fn price(code: &str, price: &str) -> PriceLine {
    PriceLine {
        lead_days: None,
        party: Some(located("甲".into(), "prices", 3)),
        order_nos: Vec::new(),
        item: item(code),
        unit: None,
        unit_price: amount(price),
        tax_included: None,
        tax_rate: None,
        pack_factor: None,
        order_multiple: None,
        min_order: None,
        valid_from: None,
        valid_to: None,
        currency: None,
        remark: None,
        at: at("prices", 3),
    }
}

/// Papers that hold only these agreed prices.
pub(super) fn with_prices(prices: Vec<PriceLine>) -> Papers {
    Papers { prices: vec![paper("prices", None, records(prices))], ..Papers::default() }
}
