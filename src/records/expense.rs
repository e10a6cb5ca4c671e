//! Delivery fees and daily expenses, as the petty cash book has them.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::money::date_hints;
use super::reader::{Fields, Figure, RowReader};
use super::surroundings::Surroundings;
use super::{ReadContext, Records};
use crate::input::table::{Role, Table};
use crate::location::{Located, Location};

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
    pub balance: Option<Decimal>,
    /// How many vouchers, if the row says so.
    pub vouchers: Option<Decimal>,
    /// Who handled it.
    pub handler: Option<Arc<str>>,
    /// Free text beside it.
    pub remark: Option<Arc<str>>,
    /// The cell of its amount.
    pub at: Location,
    /// The cell of its vouchers, where the book has such a column.
    pub voucher_at: Option<Location>,
}

/// The book.
#[derive(Debug, Clone)]
pub struct ExpenseBook {
    /// Its rows.
    pub records: Records<ExpenseLine>,
    /// The balance it begins with.
    pub opening: Option<Located<Decimal>>,
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
    ExpenseBook { records: Records::new(lines, reader.finish(), around), opening }
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
        balance: line.balance.filter(|_| at == last),
        at: figure.at,
        ..line.clone()
    });
    parts.collect()
}

/// The balance of the row that brings it forward.
fn opening(reader: &RowReader<'_>, table: &Table) -> Option<Located<Decimal>> {
    let column = reader.column("balance")?;
    table.rows_of(Role::Opening).find_map(|row| {
        let value = reader.peek(row, "balance")?;
        Some(Located { value, at: table.at(row, column.col) })
    })
}

fn line(reader: &mut RowReader<'_>, parts: &[Part]) -> Option<ExpenseLine> {
    let income = reader.decimal("income");
    let amount = reader.decimal("amount");
    let balance = reader.decimal("balance").map(|balance| balance.value);
    let part = parts.first().map(|(_, part)| part);
    let figure = amount.as_ref().or(part).or(income.as_ref());
    let at = figure.map(|figure| figure.at.clone())?;
    let counted = reader.decimal("vouchers").map(|vouchers| vouchers.value);
    let numbered = reader.text("voucher_no").map(|_| Decimal::ONE);
    let field = ["vouchers", "voucher_no"].into_iter().find(|field| reader.has(field));
    Some(ExpenseLine {
        date: reader.date("expense_date"),
        category: reader.text("category"),
        description: reader.text("description"),
        route: reader.text("route"),
        income: income.map(|figure| figure.value),
        amount: amount.map(|figure| figure.value),
        balance,
        vouchers: counted.or(numbered),
        handler: reader.text("handler"),
        remark: reader.text("remark"),
        at,
        voucher_at: field.map(|field| reader.at(field)),
    })
}
