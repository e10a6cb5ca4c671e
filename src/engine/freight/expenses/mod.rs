//! The petty cash books: totals by category, day and month, the running
//! balance of every till, vouchers that are missing or used twice, rows out of
//! their days or written twice; and each day's freight that was paid on the
//! spot against what the books paid out for freight.

mod cash;
mod freight;
mod order;
mod summary;
mod tills;
mod twice;
mod vouchers;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::papers::Papers;
use super::sides::Sides;
use crate::engine::supplier::Paper;
use crate::finding::Finding;
use crate::period::Month;
use crate::records::{ExpenseBook, ExpenseLine};
pub use cash::{CashDay, Till};
pub use freight::FreightDay;

/// One sheet of a cash book.
type Book = Paper<ExpenseBook>;

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

impl Sum {
    /// Adds a row.
    fn add(&mut self, line: &ExpenseLine) {
        self.count += 1;
        self.income = self.income.saturating_add(line.income.unwrap_or_default());
        self.amount = self.amount.saturating_add(line.amount.unwrap_or_default());
    }
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
    /// The tills, each with its balance at the beginning and at the end.
    pub tills: Vec<Till>,
    /// Every day's balance, till by till.
    pub cash: Vec<CashDay>,
    /// Every day's freight.
    pub freight: BTreeMap<NaiveDate, FreightDay>,
    /// What is wrong or doubtful.
    pub findings: Vec<Finding>,
}

impl Expenses {
    /// Adds up the books, and the log's days beside them.
    pub(super) fn of(papers: &Papers, sides: &Sides) -> Self {
        let mut expenses = Self::default();
        let (books, summaries) = summary::apart(&papers.expenses);
        for book in &books {
            expenses.add_book(book);
            expenses.findings.extend(vouchers::missing(&book.records));
            expenses.findings.extend(order::out_of_order(&book.records));
        }
        let tills = tills::tills(&books);
        for till in &tills {
            expenses.add_till(till);
        }
        let again = twice::written_twice(&books);
        expenses.findings.extend(vouchers::used_twice(&tills, &again));
        expenses.findings.extend(again);
        expenses.findings.extend(summary::check(&summaries, &books));
        expenses.freight = freight::days(&books, sides);
        if !books.is_empty() {
            expenses.findings.extend(freight::check(&expenses.freight, sides));
        }
        expenses
    }

    fn add_book(&mut self, book: &Book) {
        for line in &book.records.records.lines {
            // Money that comes in has no category as a rule, and is none.
            let category = line.category.clone().unwrap_or_default();
            match line.date {
                Some(date) => {
                    self.days.entry((date, Arc::clone(&category))).or_default().add(line);
                    self.months.entry((Month::of(date), category)).or_default().add(line);
                }
                None => self.undated.entry(category).or_default().add(line),
            }
        }
    }

    fn add_till(&mut self, books: &[&Book]) {
        let walked = cash::walk(books);
        self.tills.push(walked.till);
        self.cash.extend(walked.days);
        self.findings.extend(walked.findings);
    }

    /// The balance of all tills at the beginning, as far as they state it.
    pub fn opening(&self) -> Option<Decimal> {
        self.of_tills(|till| till.opening)
    }

    /// The balance of all tills at the end, as it must be.
    pub fn closing(&self) -> Option<Decimal> {
        self.of_tills(|till| till.closing)
    }

    /// The balance of all tills at the end, as the books state it.
    pub fn stated_closing(&self) -> Option<Decimal> {
        self.of_tills(|till| till.stated)
    }

    fn of_tills(&self, of: impl Fn(&Till) -> Option<Decimal>) -> Option<Decimal> {
        self.tills.iter().filter_map(of).reduce(Decimal::saturating_add)
    }
}
