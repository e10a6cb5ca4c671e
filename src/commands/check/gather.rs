//! Everything that is wrong or doubtful in the inputs: what reading found,
//! what the rows of each kind say, and what papers of one job say of each
//! other.

use chrono::Datelike;
use rustc_hash::FxHashSet;

use crate::commands::{Context, bom, stock};
use crate::finding::{Finding, codes};
use crate::input::reading::{ReadTable, Reading, unusable_cells};
use crate::location::SheetId;
use crate::period::{Month, Period};
use crate::records::{ReadContext, typed};

/// Returns what is wrong or doubtful, each once.
pub(super) fn findings(reading: &Reading, context: &Context) -> Vec<Finding> {
    // A day without its year is no mistake: it is of these months.
    let near = || Month::new(context.today.year(), context.today.month());
    let period = context.month.or_else(near).map(Period::from);
    let records = ReadContext { period, near: None, settings: &context.settings };
    let mut found: Vec<Finding> = reading
        .findings
        .iter()
        .filter(|finding| is_sure(finding, &reading.tables))
        .cloned()
        .collect();
    for read in &reading.tables {
        found.extend(unusable_cells(&read.table));
        if let Some(kind) = read.kind {
            found.extend(typed(kind, &read.table, &records));
        }
    }
    let has = |kinds: &[&str]| {
        let known = reading.tables.iter().filter_map(|read| read.kind);
        known.into_iter().any(|kind| kinds.contains(&kind.id.as_str()))
    };
    if has(&["stock_movements", "stock_table"]) {
        found.extend(stock::problems(reading.clone(), context));
    }
    if has(&["bom"]) {
        found.extend(bom::problems(reading.clone(), context));
    }
    let mut seen = FxHashSet::default();
    found.retain(|finding| {
        let place = finding.at.as_ref().map(ToString::to_string);
        seen.insert((finding.code, place, finding.values.clone()))
    });
    found
}

/// Whether a finding holds for the sheet by itself. A statement's closing
/// balance is checked by what its lines are, which takes its cross-check.
fn is_sure(finding: &Finding, tables: &[ReadTable]) -> bool {
    let of_statement = |sheet: &SheetId| {
        let mut own = tables.iter().filter(|read| *read.table.sheet.id == *sheet);
        own.any(|read| read.kind.is_some_and(|kind| kind.id == "supplier_statement"))
    };
    let sheet = finding.at.as_ref().map(|at| &*at.sheet);
    finding.code != codes::CLOSING_MISMATCH || !sheet.is_some_and(of_statement)
}
