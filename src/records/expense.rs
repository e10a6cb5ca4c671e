//! Delivery fees and daily expenses, as the petty cash book has them.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::money::date_hints;
use super::reader::{Fields, RowReader};
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

/// Reads a register of expenses.
pub fn expenses(table: &Table, context: &ReadContext<'_>) -> ExpenseBook {
    let around = Surroundings::of(table, context);
    let mut reader =
        RowReader::new(table, FIELDS, date_hints(&around, context), &context.settings.tax.rates);
    let opening = opening(&reader, table).or_else(|| around.opening.clone());
    let mut lines = Vec::new();
    while reader.advance() {
        match line(&mut reader) {
            Some(line) => lines.push(line),
            None => reader.reject("no-amount", "amount"),
        }
    }
    ExpenseBook { records: Records::new(lines, reader.finish(), around), opening }
}

/// The balance of the row that brings it forward.
fn opening(reader: &RowReader<'_>, table: &Table) -> Option<Located<Decimal>> {
    let column = reader.column("balance")?;
    table.rows_of(Role::Opening).find_map(|row| {
        let value = reader.peek(row, "balance")?;
        Some(Located { value, at: table.at(row, column.col) })
    })
}

fn line(reader: &mut RowReader<'_>) -> Option<ExpenseLine> {
    let income = reader.decimal("income");
    let amount = reader.decimal("amount");
    let balance = reader.decimal("balance").map(|balance| balance.value);
    let at = amount.as_ref().or(income.as_ref()).map(|figure| figure.at.clone())?;
    Some(ExpenseLine {
        date: reader.date("expense_date"),
        category: reader.text("category"),
        description: reader.text("description"),
        route: reader.text("route"),
        income: income.map(|figure| figure.value),
        amount: amount.map(|figure| figure.value),
        balance,
        vouchers: reader.decimal("vouchers").map(|vouchers| vouchers.value),
        handler: reader.text("handler"),
        remark: reader.text("remark"),
        at,
        voucher_at: reader.has("vouchers").then(|| reader.at("vouchers")),
    })
}
