//! Our own ledger of what we owe, one account a supplier: laid out like a
//! statement, but our side's paper. Its words and its book-keeping tell.

use std::collections::BTreeSet;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::super::classify::words;
use super::super::reader::{Fields, RowReader};
use super::super::{ReadContext, money, surroundings::Surroundings};
use super::columns::credit_raises;
use super::{Statement, statement};
use crate::input::table::{Role, Table};
use crate::input::values::decimal;
use crate::input::values::text::words as text_of;
use crate::location::{Located, Location};
use crate::text::fold;

/// The balance that an account begins with, and the supplier as its row writes
/// it, if it does.
type OpeningOf = (Option<Located<Arc<str>>>, Located<Decimal>);

/// Our own ledger of what we owe.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// Its lines, by their effect on what we owe, and what stands around them.
    pub statement: Statement,
    /// The balances that its accounts begin with: the supplier as written, if
    /// the row names one.
    pub openings: Vec<OpeningOf>,
}

/// Reads a table laid out like a statement as our own ledger; `None` for what
/// others send us.
pub fn own_ledger(table: &Table, context: &ReadContext<'_>) -> Option<Ledger> {
    if !is_ours(table, context) {
        return None;
    }
    let mut statement = statement(table, context);
    // One account's balance is no other's.
    if statement.lines.iter().any(|line| line.party.is_some()) {
        (statement.opening, statement.closing) = (None, None);
    }
    Some(Ledger { statement, openings: openings(table) })
}

/// Whether a table is a book of ours: it says so, or it is kept like one: by
/// vouchers, credits raising what is owed, or for several suppliers at once.
fn is_ours(table: &Table, context: &ReadContext<'_>) -> bool {
    let words = &words().ledger;
    let name = table.sheet.id.path.rsplit(['/', '\\']).next().unwrap_or_default();
    let sheet = table.sheet.id.sheet.as_deref().unwrap_or_default();
    let titles = table.titles.iter().map(|title| title.value.as_str());
    let said: Vec<String> = titles.chain([sheet, name]).map(fold).collect();
    let says = |list: &[String]| {
        said.iter().any(|text| list.iter().any(|word| text.contains(word.as_str())))
    };
    if says(&words.theirs) {
        return false;
    }
    let around = Surroundings::of(table, context);
    let hints = money::date_hints(&around, context);
    let reader = RowReader::new(table, Fields::default(), hints, &[]);
    let has_goods = reader.has("qty") || reader.has("unit_price");
    let has_balances = reader.has("balance");
    let several = suppliers(table, &reader).len() > 1;
    let keeps_both_ways =
        has_balances && !has_goods && (reader.has("paid_amount") || reader.has("credit"));
    if says(&words.ours) {
        return several || has_balances;
    }
    let by_voucher = reader.column("delivery_note_no").is_some_and(|column| {
        let header = fold(&column.header);
        words.vouchers.iter().any(|word| header.contains(word.as_str()))
    });
    let owes = reader.has("debit") && reader.has("credit") && credit_raises(&reader);
    let is_about_one = table.facts.iter().any(|fact| words.account.contains(&fold(&fact.key)));
    keeps_both_ways && (several || (by_voucher && (owes || is_about_one)))
}

/// Returns the suppliers that the rows name, folded.
fn suppliers(table: &Table, reader: &RowReader<'_>) -> BTreeSet<String> {
    let names = table.rows_of(Role::Body).filter_map(|row| reader.words_at(row, "supplier"));
    names.map(|name| fold(&name)).collect()
}

/// Returns the balances of the rows that open an account.
fn openings(table: &Table) -> Vec<OpeningOf> {
    let cell = |row: u32, field: &str| {
        let column = table.column(field)?;
        Some((table.cell(row, column.col)?, table.at(row, column.col)))
    };
    let figure = |row: u32| -> Option<Located<Decimal>> {
        ["balance", "amount", "credit", "debit"].into_iter().find_map(|field| {
            let (cell, at): (_, Location) = cell(row, field)?;
            Some(Located { value: decimal(&cell.value()).value()?.value, at })
        })
    };
    let party = |row: u32| {
        let (cell, at) = cell(row, "supplier")?;
        Some(Located { value: text_of(&cell.value())?, at })
    };
    table.rows_of(Role::Opening).filter_map(|row| Some((party(row), figure(row)?))).collect()
}
