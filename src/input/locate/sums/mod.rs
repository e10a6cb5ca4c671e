//! Checks what a table says of its own sums: every subtotal, total and carried
//! sum against its rows, every running balance against its movements.

mod balance;
mod candidates;
mod check;
mod prefix;
mod settled;
mod unlabelled;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::columns::{Class, class};
use super::data::Data;
use crate::input::table::Table;

/// The sums of tables that are parts of one: below one another under equal
/// headers, or side by side.
#[derive(Debug, Default)]
pub(super) struct Before {
    /// Of the tables above so far, by column.
    sums: FxHashMap<Vec<String>, FxHashMap<u16, Decimal>>,
    /// Of all tables of a list that was folded to save paper, by the place of
    /// the column.
    folded: FxHashMap<(Vec<String>, u32), Vec<Decimal>>,
}

impl Before {
    /// Sums up the lists among `tables` that were folded.
    pub(super) fn of(tables: &[Table]) -> Self {
        let mut groups: FxHashMap<(Vec<String>, u32), Vec<&Table>> = FxHashMap::default();
        for table in tables {
            if let Some(row) = table.header_rows.first() {
                groups.entry((headers(table), *row)).or_default().push(table);
            }
        }
        groups.retain(|_, parts| parts.len() > 1);
        let sum = |parts: Vec<&Table>| {
            let mut sums = vec![Decimal::ZERO; parts.first().map_or(0, |part| part.columns.len())];
            for part in parts {
                for (sum, more) in sums.iter_mut().zip(prefix::all(&Data::of(part))) {
                    *sum = sum.checked_add(more).unwrap_or_default();
                }
            }
            sums
        };
        let folded = groups.into_iter().map(|(key, parts)| (key, sum(parts))).collect();
        Self { sums: FxHashMap::default(), folded }
    }
}

fn headers(table: &Table) -> Vec<String> {
    table.columns.iter().map(|column| column.header.clone()).collect()
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
    let headers = headers(table);
    let row = table.header_rows.first().copied().unwrap_or_default();
    let Before { sums, folded } = before;
    let folded = folded.get(&(headers.clone(), row));
    let so_far = sums.entry(headers).or_default();
    let mut findings = {
        let summed = Summed { table, data: Data::of(table), classes };
        let running = balance::running(&summed);
        let mut findings = check::sums(&summed, &running, so_far, folded.map(Vec::as_slice));
        findings.extend(balance::breaks(&summed, &running));
        findings.extend(settled::differing(table));
        findings
    };
    findings.sort_by_key(|finding| finding.at.as_ref().map(|at| at.cell));
    table.findings.append(&mut findings);
}
