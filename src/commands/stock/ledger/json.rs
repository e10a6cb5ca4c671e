//! The machine side of the ledger: its balances and its postings.

use chrono::NaiveDate;
use serde::Serialize;

use super::super::numbers::{money, plain};
use crate::engine::stock::items::Items;
use crate::engine::stock::ledger::{Balance, Ledger};
use crate::engine::stock::postings::Posting;

/// One key's stock and how it came about.
#[derive(Debug, Serialize)]
pub(super) struct BalanceRow {
    item: String,
    warehouse: Option<String>,
    batch: Option<String>,
    opening: String,
    opening_derived: bool,
    received: String,
    issued: String,
    adjusted: String,
    closing: String,
    table_closing: Option<String>,
    difference: Option<String>,
    value: Option<String>,
    name: Option<String>,
    unit: Option<String>,
    unit_cost: Option<String>,
    last_moved: Option<NaiveDate>,
    days_of_cover: Option<String>,
    lowest: Option<String>,
    at: Vec<String>,
}

/// Returns the rows of `balances`.
pub(super) fn balances(rolled: &Ledger) -> impl Iterator<Item = BalanceRow> + '_ {
    rolled.balances.iter().map(|balance| row(balance, &rolled.items))
}

fn row(balance: &Balance, items: &Items) -> BalanceRow {
    let text = |name: &std::sync::Arc<str>| name.to_string();
    BalanceRow {
        item: items.name(balance.item).to_string(),
        warehouse: balance.warehouse.as_ref().map(text),
        batch: balance.batch.as_ref().map(text),
        opening: plain(balance.opening),
        opening_derived: balance.opening_derived,
        received: plain(balance.received),
        issued: plain(balance.issued),
        adjusted: plain(balance.adjusted),
        closing: plain(balance.closing),
        table_closing: balance.table_closing.map(plain),
        difference: balance.difference.map(plain),
        value: balance.value.map(money),
        name: items.text(balance.item).as_ref().map(text),
        unit: items.unit(balance.item).as_ref().map(text),
        unit_cost: balance.cost.map(|cost| plain(cost.round_dp(6))),
        last_moved: balance.last_moved,
        days_of_cover: balance.days_of_cover.map(plain),
        lowest: balance.lowest.map(plain),
        at: balance.table_rows.iter().map(ToString::to_string).collect(),
    }
}

/// A line of a slip and how it stands in the ledger.
#[derive(Debug, Serialize)]
pub(super) struct PostingRow {
    date: Option<NaiveDate>,
    document_no: Option<String>,
    item: String,
    warehouse: Option<String>,
    batch: Option<String>,
    quantity: String,
    posted: Option<String>,
    is_posted: bool,
    at: String,
}

/// Returns the rows of `postings`.
pub(super) fn postings<'p>(
    postings: &'p [&Posting<'p>],
    items: &'p Items,
) -> impl Iterator<Item = PostingRow> + 'p {
    postings.iter().map(|posting| {
        let line = posting.line;
        PostingRow {
            date: line.moment.map(|moment| moment.day),
            document_no: line.document_no.as_ref().map(|number| number.text.to_string()),
            item: items.name(posting.item).to_string(),
            warehouse: line.warehouse.as_deref().map(str::to_owned),
            batch: line.batch.as_deref().map(str::to_owned),
            quantity: plain(line.quantity),
            posted: posting.posted.map(plain),
            is_posted: posting.is_posted(),
            at: line.at.to_string(),
        }
    })
}
