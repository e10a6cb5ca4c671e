//! The money in a till from day to day: what it begins with, what moves it,
//! what it must end with and what its book says.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Book, Sum, order};
use crate::finding::{Finding, codes};
use crate::location::{Located, SheetId};
use crate::records::{ExpenseBook, ExpenseLine};

/// One day of a till.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CashDay {
    /// Its book.
    pub sheet: Arc<SheetId>,
    /// The day.
    pub date: NaiveDate,
    /// The balance it begins with; `None`: the book states none.
    pub opening: Option<Decimal>,
    /// What moved.
    pub sum: Sum,
    /// The balance it ends with.
    pub closing: Option<Decimal>,
    /// What the book says it ends with.
    pub stated: Option<Decimal>,
}

/// A till as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Till {
    /// Its first book.
    pub sheet: Arc<SheetId>,
    /// The balance it begins with.
    pub opening: Option<Decimal>,
    /// What moved.
    pub sum: Sum,
    /// The balance it ends with, as it must be.
    pub closing: Option<Decimal>,
    /// The balance it ends with, as the book states it.
    pub stated: Option<Decimal>,
}

/// A till, its days, and what does not follow.
pub(super) struct Walked {
    pub(super) till: Till,
    pub(super) days: Vec<CashDay>,
    pub(super) findings: Vec<Finding>,
}

/// Returns the balance that a book begins with: as it says, or as its first
/// balance makes it.
pub(super) fn opening(book: &ExpenseBook) -> Option<Located<Decimal>> {
    let implied = || {
        let mut moved = Decimal::ZERO;
        for line in order::lines(book) {
            moved = moved.saturating_add(line.moved());
            if let Some(Located { value, at }) = &line.balance {
                return Some(Located { value: value.saturating_sub(moved), at: at.clone() });
            }
        }
        None
    };
    book.opening.clone().or_else(implied)
}

/// Returns the last balance that a book states.
pub(super) fn closing(book: &ExpenseBook) -> Option<Located<Decimal>> {
    order::lines(book).filter_map(|line| line.balance.clone()).last()
}

/// Goes through the books of a till, one behind the other.
pub(super) fn walk(books: &[&Book]) -> Walked {
    let begins = books.first().map(|book| opening(&book.records));
    let mut balance = begins.flatten().map(|opening| opening.value);
    let mut till = Till {
        sheet: Arc::clone(&books[0].sheet),
        opening: balance,
        sum: Sum::default(),
        closing: None,
        stated: None,
    };
    let mut walked = Vec::new();
    let mut findings = Vec::new();
    let mut before: Option<Located<Decimal>> = None;
    for book in books {
        let begins = opening(&book.records);
        findings.extend(not_carried(before.as_ref(), balance, begins.as_ref()));
        balance = begins.map(|opening| opening.value).or(balance);
        for line in order::lines(&book.records) {
            let begun = balance;
            balance = balance.map(|balance| balance.saturating_add(line.moved()));
            till.sum.add(line);
            till.stated = line.balance.as_ref().map(|stated| stated.value).or(till.stated);
            if let Some(date) = line.date {
                add(&mut walked, &book.sheet, date, begun, line, balance);
            }
        }
        before = closing(&book.records).or(before);
    }
    till.closing = balance;
    Walked { till, days: walked, findings }
}

fn add(
    days: &mut Vec<CashDay>,
    sheet: &Arc<SheetId>,
    date: NaiveDate,
    opening: Option<Decimal>,
    line: &ExpenseLine,
    closing: Option<Decimal>,
) {
    if days.last().is_none_or(|day| day.date != date || day.sheet != *sheet) {
        let sheet = Arc::clone(sheet);
        let sum = Sum::default();
        days.push(CashDay { sheet, date, opening, sum, closing: None, stated: None });
    }
    let Some(day) = days.last_mut() else { return };
    day.sum.add(line);
    day.closing = closing;
    day.stated = line.balance.as_ref().map(|stated| stated.value).or(day.stated);
}

/// Says that a book does not begin with what the one before it ended with. A
/// break inside that one was told there: what its rows make is right as well.
fn not_carried(
    before: Option<&Located<Decimal>>,
    reckoned: Option<Decimal>,
    opening: Option<&Located<Decimal>>,
) -> Option<Finding> {
    let (before, opening) = (before?, opening?);
    if opening.value == before.value || Some(opening.value) == reckoned {
        return None;
    }
    let difference = opening.value.saturating_sub(before.value).normalize();
    let finding = Finding::of(codes::CASH_NOT_CARRIED)
        .at(opening.at.clone())
        .related(before.at.clone())
        .with("found", opening.value)
        .with("expected", before.value)
        .with("difference", difference);
    Some(finding)
}
