//! Delivery fees and daily expenses, as the petty cash book has them.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::money::date_hints;
use super::reader::{Fields, Figure, RowReader};
use super::surroundings::Surroundings;
use super::{ReadContext, Records};
use crate::input::table::{Role, Table};
use crate::location::{CellRef, Located, Location};

/// One row of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpenseLine {
    /// Its day.
    pub date: Option<NaiveDate>,
    /// What kind of expense, as written.
    pub category: Option<Arc<str>>,
    /// What it was for.
    pub description: Option<Arc<str>>,
    /// Which way or trip.
    pub route: Option<Arc<str>>,
    /// Money that came in.
    pub income: Option<Decimal>,
    /// Money that went out.
    pub amount: Option<Decimal>,
    /// The balance that the row states.
    pub balance: Option<Located<Decimal>>,
    /// How many vouchers belong to it, if the row says so.
    pub vouchers: Option<Decimal>,
    /// The number of its voucher, as written.
    pub voucher_no: Option<Arc<str>>,
    /// Who handled it.
    pub handler: Option<Arc<str>>,
    /// Free text beside it.
    pub remark: Option<Arc<str>>,
    /// The cell of its amount.
    pub at: Location,
}

impl ExpenseLine {
    /// What it moves in the till: in, less out.
    pub fn moved(&self) -> Decimal {
        self.income.unwrap_or_default().saturating_sub(self.amount.unwrap_or_default())
    }

    /// What a person knows it by.
    pub fn what(&self) -> &str {
        self.description.as_deref().or(self.category.as_deref()).unwrap_or_default()
    }

    /// Returns its cell of a column.
    pub fn cell(&self, column: &BookColumn) -> Location {
        let row = self.at.cell.row;
        Location::new(&self.at.sheet, CellRef::new(row, column.col))
    }
}

/// A column of a book, by the words that stand over it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookColumn {
    /// Its header, as written.
    pub header: Arc<str>,
    /// The sheet's column.
    pub col: u16,
}

/// The book.
#[derive(Debug, Clone)]
pub struct ExpenseBook {
    /// Its rows.
    pub records: Records<ExpenseLine>,
    /// The balance it begins with.
    pub opening: Option<Located<Decimal>>,
    /// Its days.
    pub day_column: Option<BookColumn>,
    /// How many vouchers each row has.
    pub count_column: Option<BookColumn>,
    /// The number of each row's voucher.
    pub number_column: Option<BookColumn>,
}

const FIELDS: Fields = Fields { dates: &["expense_date"], ids: &[], rates: &[] };

/// Reads a register of expenses. A row of a book that has a column for each
/// category is as many lines as it has figures there.
pub fn expenses(table: &Table, context: &ReadContext<'_>) -> ExpenseBook {
    let around = Surroundings::of(table, context);
    let mut reader =
        RowReader::new(table, FIELDS, date_hints(&around, context), &context.settings.tax.rates);
    let opening = opening(&reader, table).or_else(|| around.opening.clone());
    let mut lines = Vec::new();
    while reader.advance() {
        let parts = by_category(&mut reader);
        match line(&mut reader, &parts) {
            Some(line) if parts.is_empty() => lines.push(line),
            Some(line) => lines.extend(shared_out(&line, parts)),
            None => reader.reject("no-amount", "amount"),
        }
    }
    let column = |fields: &[&str]| {
        let column = fields.iter().find_map(|field| reader.column(field))?;
        Some(BookColumn { header: Arc::from(&*column.header), col: column.col })
    };
    let day_column = column(&["expense_date", "day"]);
    let (count_column, number_column) = (column(&["vouchers"]), column(&["voucher_no"]));
    let records = Records::new(lines, reader.finish(), around);
    ExpenseBook { records, opening, day_column, count_column, number_column }
}

/// A figure in the column of a category.
type Part = (Arc<str>, Figure);

/// Returns the figures of a row in columns of their own category. If the row
/// has a sum that they do not make, the sum holds and they are left alone.
fn by_category(reader: &mut RowReader<'_>) -> Vec<Part> {
    let columns = reader.columns("category_amount");
    let parts: Vec<Part> = columns
        .into_iter()
        .filter_map(|column| Some((Arc::from(&*column.header), reader.decimal_of(column)?)))
        .filter(|(_, figure)| !figure.value.is_zero())
        .collect();
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, (_, part)| sum.checked_add(part.value));
    let stated = reader.peek(reader.row(), "amount");
    if stated.is_some_and(|stated| sum != Some(stated)) { Vec::new() } else { parts }
}

/// Makes a line of each part of a row; the row's income and balance stay with
/// the last.
fn shared_out(line: &ExpenseLine, parts: Vec<Part>) -> Vec<ExpenseLine> {
    let last = parts.len() - 1;
    let parts = parts.into_iter().enumerate().map(|(at, (category, figure))| ExpenseLine {
        category: Some(category),
        income: line.income.filter(|_| at == last),
        amount: Some(figure.value),
        balance: line.balance.clone().filter(|_| at == last),
        at: figure.at,
        ..line.clone()
    });
    parts.collect()
}

/// The balance of the row that brings it forward, from last month or from the
/// page before.
fn opening(reader: &RowReader<'_>, table: &Table) -> Option<Located<Decimal>> {
    let column = reader.column("balance")?;
    let first = table.rows_of(Role::Body).next().unwrap_or(u32::MAX);
    let carried = table.rows_of(Role::Carried).filter(|row| *row < first);
    table.rows_of(Role::Opening).chain(carried).find_map(|row| {
        let value = reader.peek(row, "balance")?;
        Some(Located { value, at: table.at(row, column.col) })
    })
}

fn line(reader: &mut RowReader<'_>, parts: &[Part]) -> Option<ExpenseLine> {
    let income = reader.decimal("income");
    let amount = reader.decimal("amount");
    let balance = reader.decimal("balance");
    let part = parts.first().map(|(_, part)| part);
    let figure = amount.as_ref().or(part).or(income.as_ref());
    let at = figure.map(|figure| figure.at.clone())?;
    Some(ExpenseLine {
        date: reader.date("expense_date"),
        category: reader.text("category"),
        description: reader.text("description"),
        route: reader.text("route"),
        income: income.map(|figure| figure.value),
        amount: amount.map(|figure| figure.value),
        balance: balance.map(|figure| Located { value: figure.value, at: figure.at }),
        vouchers: reader.decimal("vouchers").map(|vouchers| vouchers.value),
        voucher_no: reader.text("voucher_no"),
        handler: reader.text("handler"),
        remark: reader.text("remark"),
        at,
    })
}
