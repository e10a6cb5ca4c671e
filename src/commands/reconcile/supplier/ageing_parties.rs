//! What every customer owes, by age: one row each, for the boss and the next
//! round of calls.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::Serialize;

use super::super::json::money;
use super::ageing::bucket_label;
use crate::engine::ageing::{Aged, Bucket};
use crate::finding::name;
use crate::lang::Lang;
use crate::report::{Cell, Column, Row, Section, Table, labels};

/// What one customer owes, by age.
type Sums = BTreeMap<Bucket, Decimal>;

#[derive(Debug, Serialize)]
struct PartyRow<'a> {
    party: &'a str,
    buckets: BTreeMap<String, String>,
    balance: String,
    overdue: String,
}

/// Adds up the open items of every customer.
pub(super) fn by_party(aged: &[Aged]) -> BTreeMap<Arc<str>, Sums> {
    let mut parties: BTreeMap<Arc<str>, Sums> = BTreeMap::new();
    for one in aged {
        let sums = parties.entry(Arc::clone(&one.owed.party)).or_default();
        *sums.entry(one.bucket).or_default() += one.balance;
    }
    parties
}

/// Returns the machine's rows: `party`, `buckets` (all of them, by name),
/// `balance`, `overdue` (what is past its day).
pub(super) fn section(parties: &BTreeMap<Arc<str>, Sums>) -> Section {
    let rows = parties.iter().map(|(party, sums)| PartyRow {
        party,
        buckets: Bucket::ALL
            .iter()
            .map(|bucket| (name(*bucket), money(of(sums, *bucket))))
            .collect(),
        balance: money(sums.values().sum()),
        overdue: money(overdue(sums)),
    });
    Section::new("ageing_by_party", rows)
}

fn of(sums: &Sums, bucket: Bucket) -> Decimal {
    sums.get(&bucket).copied().unwrap_or_default()
}

fn overdue(sums: &Sums) -> Decimal {
    let late =
        sums.iter().filter(|(bucket, _)| !matches!(bucket, Bucket::NotDue | Bucket::Undated));
    late.map(|(_, sum)| *sum).sum()
}

/// The machine names of the columns of ages.
const COLUMNS: [&str; 8] =
    ["not_due", "to_30", "to_60", "to_90", "to_180", "to_365", "over_365", "undated"];

/// Builds the table: a row a customer, a column an age.
pub(super) fn table(parties: &BTreeMap<Arc<str>, Sums>, lang: Lang) -> Table {
    let label = |key| labels::text(lang, key);
    let ages = Bucket::ALL
        .into_iter()
        .zip(COLUMNS)
        .map(|(bucket, name)| Column::money(name, bucket_label(bucket, lang)).sum().width(11));
    let columns = std::iter::once(Column::text("party", label("reseller.party")).width(20))
        .chain(ages)
        .chain([Column::money("balance", label("reseller.balance")).sum().width(12)]);
    let mut table = Table::new(columns).total(label("common.total"));
    let sum: String = COLUMNS.map(|name| format!("N({{{name}}})")).join("+");
    for (party, sums) in parties {
        let cells = Bucket::ALL.map(|bucket| Cell::from(of(sums, bucket)));
        let balance: Decimal = sums.values().sum();
        let cells = std::iter::once(Cell::from(party.as_ref())).chain(cells);
        table.push(Row::new(cells.chain([Cell::calc(sum.clone(), balance)])));
    }
    table
}
