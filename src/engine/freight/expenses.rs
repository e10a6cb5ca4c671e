//! The petty cash book: totals by category, day and month, the running
//! balance, missing vouchers, rows written twice; and each day's freight
//! that was paid on the spot against what the book paid out for freight.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::papers::Papers;
use super::roles::is_freight_expense;
use super::sides::{Sides, Source};
use crate::finding::{Finding, codes};
use crate::location::Location;
use crate::period::Month;
use crate::records::{ExpenseBook, ExpenseLine};
use crate::text::fold;

/// What came in and went out under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sum {
    /// Rows.
    pub count: usize,
    /// Money in.
    pub income: Decimal,
    /// Money out.
    pub amount: Decimal,
}

/// One day of the book as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CashDay {
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

/// One day's freight.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FreightDay {
    /// Parcels.
    pub parcels: usize,
    /// For the month's bill, as the log has it.
    pub monthly: Decimal,
    /// Paid on the spot, as the log has it.
    pub cash: Decimal,
    /// To be paid by the receivers.
    pub collect: Decimal,
    /// Paid out for freight that day, as the book has it.
    pub paid: Decimal,
}

/// What the books of the month come to.
#[derive(Debug, Clone, Default)]
pub struct Expenses {
    /// By day and category.
    pub days: BTreeMap<(NaiveDate, Arc<str>), Sum>,
    /// By month and category.
    pub months: BTreeMap<(Month, Arc<str>), Sum>,
    /// Rows without a day, by category.
    pub undated: BTreeMap<Arc<str>, Sum>,
    /// Every day's balance.
    pub cash: Vec<CashDay>,
    /// The balance at the beginning.
    pub opening: Option<Decimal>,
    /// The balance at the end, as it must be.
    pub closing: Option<Decimal>,
    /// The balance at the end, as the book states it.
    pub stated_closing: Option<Decimal>,
    /// Every day's freight.
    pub freight: BTreeMap<NaiveDate, FreightDay>,
    /// What is wrong or doubtful.
    pub findings: Vec<Finding>,
}

impl Expenses {
    /// Adds up the books, and the log's days beside them.
    pub(super) fn of(papers: &Papers, sides: &Sides) -> Self {
        let mut expenses = Self::default();
        for paper in &papers.expenses {
            let book = &paper.records;
            expenses.add_book(book);
            expenses.findings.extend(missing_vouchers(&book.records.lines));
            expenses.findings.extend(written_twice(&book.records.lines));
        }
        expenses.add_freight(sides);
        if !papers.expenses.is_empty() {
            expenses.check_days(sides);
        }
        expenses
    }

    fn add_book(&mut self, book: &ExpenseBook) {
        let mut balance = book.opening.as_ref().map(|opening| opening.value);
        self.opening = self.opening.or(balance);
        for line in &book.records.lines {
            let category = line.category.clone().unwrap_or_default();
            // Money that comes in has no category as a rule, and is none.
            let add = |sum: &mut Sum| {
                sum.count += 1;
                sum.income += line.income.unwrap_or_default();
                sum.amount += line.amount.unwrap_or_default();
            };
            match line.date {
                Some(date) => {
                    add(self.days.entry((date, Arc::clone(&category))).or_default());
                    add(self.months.entry((Month::of(date), category)).or_default());
                }
                None => add(self.undated.entry(category).or_default()),
            }
            let moved = line.income.unwrap_or_default() - line.amount.unwrap_or_default();
            let before = balance;
            balance = match (balance, line.balance) {
                (Some(balance), _) => Some(balance + moved),
                (None, stated) => stated,
            };
            self.stated_closing = line.balance.or(self.stated_closing);
            if let Some(date) = line.date {
                self.add_cash(
                    date,
                    before.or(balance.map(|balance| balance - moved)),
                    line,
                    balance,
                );
            }
        }
        self.closing = balance.or(self.closing);
    }

    fn add_cash(
        &mut self,
        date: NaiveDate,
        opening: Option<Decimal>,
        line: &ExpenseLine,
        closing: Option<Decimal>,
    ) {
        let same = self.cash.last().is_some_and(|day| day.date == date);
        if !same {
            let sum = Sum::default();
            self.cash.push(CashDay { date, opening, sum, closing: None, stated: None });
        }
        let Some(day) = self.cash.last_mut() else { return };
        day.sum.count += 1;
        day.sum.income += line.income.unwrap_or_default();
        day.sum.amount += line.amount.unwrap_or_default();
        day.closing = closing;
        day.stated = line.balance.or(day.stated);
    }

    fn add_freight(&mut self, sides: &Sides) {
        if sides.source != Source::Log {
            return;
        }
        let billed = sides.logged.iter().map(|logged| (&logged.line, None));
        let otherwise = sides.otherwise.iter().map(|parcel| (&parcel.shipment, Some(parcel.cash)));
        for (shipment, cash) in billed.chain(otherwise) {
            let Some(date) = shipment.date else { continue };
            let day = self.freight.entry(date).or_default();
            let freight = shipment.freight.unwrap_or_default();
            day.parcels += 1;
            match cash {
                None => day.monthly += freight,
                Some(true) => day.cash += freight,
                Some(false) => day.collect += freight,
            }
        }
        for ((date, category), sum) in &self.days {
            if is_freight_expense(category, "") {
                self.freight.entry(*date).or_default().paid += sum.amount;
            }
        }
    }

    /// Freight that the log has as paid on the spot must be in the book.
    fn check_days(&mut self, sides: &Sides) {
        for (date, day) in &self.freight {
            if day.cash.is_zero() || day.cash == day.paid {
                continue;
            }
            let mut places = sides
                .otherwise
                .iter()
                .filter(|parcel| parcel.cash && parcel.shipment.date == Some(*date))
                .map(|parcel| parcel.shipment.at.clone());
            let mut finding = Finding::of(codes::FREIGHT_DAY_MISMATCH)
                .with("date", date)
                .with("found", day.paid)
                .with("expected", day.cash);
            finding.at = places.next();
            finding.related = places.collect();
            self.findings.push(finding);
        }
    }
}

/// Rows that paid something out and have no voucher, in a book that counts
/// vouchers.
fn missing_vouchers(lines: &[ExpenseLine]) -> Vec<Finding> {
    let pays = |line: &&ExpenseLine| line.amount.is_some_and(|amount| amount > Decimal::ZERO);
    let has = |line: &ExpenseLine| line.vouchers.is_some_and(|count| count > Decimal::ZERO);
    let counted = lines.iter().filter(pays).filter(|line| has(line)).count();
    let without = || lines.iter().filter(pays).filter(|line| !has(line));
    if counted <= without().count() {
        return Vec::new();
    }
    let finding = |line: &ExpenseLine| {
        let what = line.description.as_deref().or(line.category.as_deref()).unwrap_or_default();
        let mut finding = Finding::of(codes::MISSING_VOUCHER)
            .with("item", what)
            .with("amount", line.amount.unwrap_or_default());
        finding.at = Some(line.voucher_at.clone().unwrap_or_else(|| line.at.clone()));
        finding
    };
    without().map(finding).collect()
}

/// Rows that say the same in everything.
fn written_twice(lines: &[ExpenseLine]) -> Vec<Finding> {
    type Key = (Option<NaiveDate>, [String; 4], Option<Decimal>, Option<Decimal>);
    let mut first: BTreeMap<Key, &Location> = BTreeMap::new();
    let mut findings = Vec::new();
    for line in lines {
        let texts = [&line.category, &line.description, &line.route, &line.handler];
        let texts = texts.map(|text| text.as_deref().map(fold).unwrap_or_default());
        let key = (line.date, texts, line.income, line.amount);
        match first.get(&key) {
            Some(&at) => {
                let amount = line.amount.or(line.income).unwrap_or_default();
                let what =
                    line.description.as_deref().or(line.category.as_deref()).unwrap_or_default();
                let finding = Finding::of(codes::DUPLICATE_EXPENSE)
                    .with("item", what)
                    .with("amount", amount)
                    .at(line.at.clone())
                    .related(at.clone());
                findings.push(finding);
            }
            None => {
                first.insert(key, &line.at);
            }
        }
    }
    findings
}
