//! Checks what a table says of its own sums: every subtotal, total and carried
//! sum against its rows, every running balance against its movements.

mod balance;
mod candidates;
mod check;
mod prefix;
mod unlabelled;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::columns::{Class, class};
use super::data::Data;
use crate::input::table::Table;

/// The sums so far of tables that go on below one another under equal headers.
#[derive(Debug, Default)]
pub(super) struct Before {
    sums: FxHashMap<Vec<String>, FxHashMap<u16, Decimal>>,
}

/// A table with what its columns are to sums.
struct Summed<'t> {
    table: &'t Table,
    data: Data<'t>,
    classes: Vec<Class>,
}

/// Gives rows that are sums without saying so their roles, and adds a finding
/// to the table for every sum that is not the sum of its rows.
pub(super) fn check(table: &mut Table, before: &mut Before) {
    let classes: Vec<Class> = table.columns.iter().map(class).collect();
    unlabelled::mark(table, &classes);
    let headers: Vec<String> = table.columns.iter().map(|column| column.header.clone()).collect();
    let so_far = before.sums.entry(headers).or_default();
    let mut findings = {
        let summed = Summed { table, data: Data::of(table), classes };
        let running = balance::running(&summed);
        let mut findings = check::sums(&summed, &running, so_far);
        findings.extend(balance::breaks(&summed, &running));
        findings
    };
    findings.sort_by_key(|finding| finding.at.as_ref().map(|at| at.cell));
    table.findings.append(&mut findings);
}
