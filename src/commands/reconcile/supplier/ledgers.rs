//! Ledgers: what a supplier has to receive from us, in its own books' words, is
//! a statement among the papers of a month; and what we owe, kept supplier by
//! supplier, runs on within each supplier alone.

use std::collections::BTreeSet;

use crate::finding::{Finding, codes};
use crate::input::columns;
use crate::input::reading::{ReadTable, Reading};
use crate::input::table::Role;
use crate::kinds;
use crate::party::{are_alike, name_in};
use crate::settings::Settings;

/// Settles what the ledgers of a month are, and what is wrong with them.
pub(super) fn settle(reading: &mut Reading, settings: &Settings) {
    take_as(reading, "supplier_statement", settings, |table, _| is_laid_out_so(table));
    let has_receipts = reading.tables.iter().any(|table| is(table, "goods_receipt"));
    if !has_receipts {
        take_as(reading, "goods_receipt", settings, may_be_our_register);
    }
    take_as(reading, "supplier_statement", settings, is_a_suppliers_note);
    let (tables, findings) = (&mut reading.tables, &mut reading.findings);
    for table in tables.iter_mut() {
        let gone = of_several_accounts(table);
        table.table.findings.retain(|finding| !gone.contains(finding));
        findings.retain(|finding| !gone.contains(finding));
    }
}

fn is(table: &ReadTable, kind: &str) -> bool {
    table.kind.is_some_and(|own| own.id == kind)
}

/// Takes the tables that are `meant` for tables of another kind.
fn take_as(
    reading: &mut Reading,
    kind: &str,
    settings: &Settings,
    meant: impl Fn(&ReadTable, &[ReadTable]) -> bool,
) {
    let Some(kind) = kinds::named(kind) else { return };
    let tables = &reading.tables;
    let taken: Vec<bool> = tables.iter().map(|table| meant(table, tables)).collect();
    for (table, _) in reading.tables.iter_mut().zip(taken).filter(|(_, taken)| *taken) {
        let missed = std::mem::take(&mut table.table.findings);
        let of_columns = |code| columns::FINDINGS.contains(&code);
        reading.findings.retain(|finding| !(of_columns(finding.code) && missed.contains(finding)));
        table.table.findings = missed;
        table.take_for(kind, settings);
        let found = table.table.findings.iter().filter(|finding| of_columns(finding.code));
        reading.findings.extend(found.cloned());
    }
}

/// Whether a table is laid out like a statement: a ledger of one customer, or
/// a list of balances that is kept day by day. One that names customers row
/// by row is our own, and of another job.
fn is_laid_out_so(table: &ReadTable) -> bool {
    let has = |field| table.table.column(field).is_some();
    match table.kind.map(|kind| kind.id.as_str()) {
        Some("receivables") => !has("customer"),
        Some("supplier_balances") => has("doc_date"),
        _ => false,
    }
}

/// Whether a table taken for a statement is our register, where there is no
/// other: it names the supplier on its rows, with what was delivered, and
/// somebody has sent a statement that does not.
fn may_be_our_register(table: &ReadTable, all: &[ReadTable]) -> bool {
    let has = |table: &ReadTable, field| table.table.column(field).is_some();
    let statements = || all.iter().filter(|other| is(other, "supplier_statement"));
    let names = |table: &ReadTable| has(table, "supplier");
    is(table, "supplier_statement")
        && table.confidence < 100
        && table.runners_up.iter().any(|other| other.kind.id == "goods_receipt")
        && names(table)
        && has(table, "qty")
        && !has(table, "balance")
        && statements().filter(|other| names(other)).count() == 1
        && statements().any(|other| !names(other))
}

/// Whether a delivery note is what a supplier sent for a statement: it bears
/// the name of one whom our receipts know, and no statement does.
fn is_a_suppliers_note(table: &ReadTable, all: &[ReadTable]) -> bool {
    if !is(table, "shipping_slip") || table.confidence == 100 {
        return false;
    }
    let titles = |table: &ReadTable| -> Vec<String> {
        table.table.titles.iter().filter_map(|title| name_in(&title.value)).collect()
    };
    let own = titles(table);
    let suppliers: BTreeSet<&str> = all
        .iter()
        .filter(|other| is(other, "goods_receipt"))
        .filter_map(|other| Some((&other.table, other.table.column("supplier")?.col)))
        .flat_map(|(table, col)| {
            table.rows_of(Role::Body).filter_map(move |row| table.cell(row, col)?.text())
        })
        .collect();
    let bears = |name: &str| own.iter().any(|own| are_alike(own, name));
    let statements = || all.iter().filter(|other| is(other, "supplier_statement"));
    suppliers.iter().any(|name| bears(name))
        && !statements().flat_map(titles).any(|name| bears(&name))
}

/// Returns what is no mistake in a sheet of several suppliers' accounts: a
/// balance that does not go on from another supplier's, and a total of the
/// balances.
fn of_several_accounts(table: &ReadTable) -> Vec<Finding> {
    let is_statement = table.kind.is_some_and(|kind| kind.id == "supplier_statement");
    let table = &table.table;
    let (Some(party), Some(balance)) = (table.column("supplier"), table.column("balance")) else {
        return Vec::new();
    };
    let name = |row: u32| table.cell(row, party.col).map(|cell| cell.value().clone());
    let begins = |row: u32| {
        let above = table.rows_of(Role::Body).take_while(|&above| above < row).last();
        above.is_some_and(|above| name(above) != name(row))
    };
    let several = || {
        let names = table.rows_of(Role::Body).filter_map(|row| table.cell(row, party.col)?.text());
        names.collect::<BTreeSet<&str>>().len() > 1
    };
    let is_none = |finding: &&Finding| {
        let Some(at) = finding.at.as_ref().map(|at| at.cell) else { return false };
        (finding.code == codes::BALANCE_BREAK && begins(at.row))
            || (finding.code == codes::TOTAL_MISMATCH && at.col == balance.col && several())
    };
    let found = table.findings.iter().filter(|_| is_statement).filter(is_none);
    found.cloned().collect()
}
