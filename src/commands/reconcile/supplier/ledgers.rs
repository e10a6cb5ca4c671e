//! Ledgers of receivables: what a supplier has to receive from us, in its own
//! books' words. Among the papers of a month they are statements.

use crate::input::columns;
use crate::input::reading::{ReadTable, Reading};
use crate::kinds;
use crate::settings::Settings;

/// Takes every ledger of one customer for the statement that it is. One that
/// names customers row by row is our own, and of another job.
pub(super) fn take_as_statements(reading: &mut Reading, settings: &Settings) {
    let Some(statement) = kinds::named("supplier_statement") else { return };
    for table in reading.tables.iter_mut().filter(|table| is_of_one_customer(table)) {
        let missed = std::mem::take(&mut table.table.findings);
        let of_columns = |code| columns::FINDINGS.contains(&code);
        reading.findings.retain(|finding| !(of_columns(finding.code) && missed.contains(finding)));
        table.table.findings = missed;
        table.take_for(statement, settings);
        let found = table.table.findings.iter().filter(|finding| of_columns(finding.code));
        reading.findings.extend(found.cloned());
    }
}

fn is_of_one_customer(table: &ReadTable) -> bool {
    let is_ledger = table.kind.is_some_and(|kind| kind.id == "receivables");
    is_ledger && table.table.columns.iter().all(|column| column.field != Some("customer"))
}
