//! Checks what a table says of its own sums: every subtotal, total and carried
//! sum against its rows, every running balance against its movements.

mod balance;
mod candidates;
mod check;
mod prefix;
mod unlabelled;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::columns::class;
use crate::input::table::Table;

/// The sums so far of tables that go on below one another under equal headers.
#[derive(Debug, Default)]
pub(super) struct Before {
    sums: FxHashMap<Vec<String>, FxHashMap<u16, Decimal>>,
}

/// Gives rows that are sums without saying so their roles, and adds a finding
/// to the table for every sum that is not the sum of its rows.
pub(super) fn check(table: &mut Table, before: &mut Before) {
    unlabelled::mark(table);
    let classes: Vec<_> = table.columns.iter().map(class).collect();
    let running = balance::running(table, &classes);
    let headers: Vec<String> = table.columns.iter().map(|column| column.header.clone()).collect();
    let so_far = before.sums.entry(headers).or_default();
    let mut findings = check::sums(table, &classes, &running, so_far);
    findings.extend(balance::breaks(table, &running));
    findings.sort_by_key(|finding| finding.at.as_ref().map(|at| at.cell));
    table.findings.append(&mut findings);
}
