//! What a job made of each table it was given, and which findings of the
//! reading concern it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::finding::{Finding, Severity, codes};
use crate::input::reading::ReadTable;
use crate::input::table::Table;
use crate::kinds::Kind;
use crate::location::SheetId;
use crate::report::InputRead;

/// What was made of one table.
#[derive(Debug, Clone, Default)]
pub(in crate::commands) struct Use {
    /// The party it belongs to as a whole.
    pub(in crate::commands) party: Option<Arc<str>>,
    /// How many of its body rows could not be used.
    pub(in crate::commands) rejected: usize,
    /// Whether this job has a use for it.
    pub(in crate::commands) used: bool,
}

/// Keeps what was found of tables that a job uses, and of files as a whole.
/// That a table is of no known kind matters to it only if it may be one of
/// its `kinds`; else it is told without alarm.
pub(in crate::commands) fn of_use(
    findings: Vec<Finding>,
    tables: &[ReadTable],
    uses: &[Use],
    kinds: &[&str],
) -> Vec<Finding> {
    let mut used: BTreeMap<&SheetId, bool> = BTreeMap::new();
    for (table, made) in tables.iter().zip(uses) {
        *used.entry(&table.table.sheet.id).or_default() |= made.used;
    }
    // The job checks a statement's closing balance by what its lines are,
    // which a look at columns alone cannot.
    let statements: BTreeSet<&SheetId> = tables
        .iter()
        .filter(|table| table.kind.is_some_and(|kind| kind.id == "supplier_statement"))
        .map(|table| &*table.table.sheet.id)
        .collect();
    let is_kept = |finding: &Finding| {
        let at = finding.at.as_ref().map(|at| &*at.sheet);
        if finding.code == codes::CLOSING_MISMATCH && at.is_some_and(|at| statements.contains(at)) {
            return false;
        }
        let sheet = finding.at.as_ref().and_then(|at| used.get(&*at.sheet));
        sheet.copied().unwrap_or(true) || finding.code == codes::UNKNOWN_KIND
    };
    let mut kept: Vec<Finding> = findings.into_iter().filter(is_kept).collect();
    for finding in kept.iter_mut().filter(|finding| finding.code == codes::UNKNOWN_KIND) {
        let table = tables
            .iter()
            .find(|table| finding.at.as_ref().is_some_and(|at| table.table.at_start() == *at));
        let may_matter = table.is_some_and(|table| {
            table.runners_up.iter().any(|near| kinds.contains(&near.kind.id.as_str()))
        });
        if !may_matter {
            finding.severity = Severity::Info;
        }
    }
    kept
}

/// Whether a table has a column for all that a kind cannot do without.
pub(in crate::commands) fn has_needed(table: &Table, kind: &Kind) -> bool {
    let has = |field: &String| table.columns.iter().any(|column| column.field == Some(field));
    kind.needs.iter().all(|group| group.iter().any(has))
}

/// Returns how every table was understood and used.
pub(in crate::commands) fn inputs(tables: &[ReadTable], uses: &[Use]) -> Vec<InputRead> {
    let read = |(table, made): (&ReadTable, &Use)| InputRead {
        party: made.party.as_ref().map(ToString::to_string),
        rejected: u32::try_from(made.rejected).unwrap_or(u32::MAX),
        ..InputRead::of(table)
    };
    tables.iter().zip(uses).map(read).collect()
}
