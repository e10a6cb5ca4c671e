//! What earlier reports of ours bring along: the decisions taken in this
//! month's, the balances, open and settled items of last month's.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::finding::Finding;
use crate::input::columns::{self, Overrides};
use crate::input::locate::{self, LocateOptions};
use crate::input::reading::ReadTable;
use crate::input::sheet::Workbook;
use crate::kinds;
use crate::lang::Lang;
use crate::period::Period;
use crate::report::decisions::{self, Written};
use crate::report::labels;

/// What earlier reports bring along.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    /// Decisions on lines of this period.
    pub(super) decisions: Vec<Written>,
    /// Last period's balances, open and settled items.
    pub(super) tables: Vec<ReadTable>,
    /// What could not be understood.
    pub(super) findings: Vec<Finding>,
}

/// Sheets of a report that the next month reads, by label, and their kinds.
const CARRIED: [(&str, &str); 3] = [
    ("reconcile.summary", "supplier_balances"),
    ("reconcile.open_items", "open_items"),
    ("reconcile.matched", "settled_items"),
];

/// Reads the reports of ours among the inputs. A decision that bears no date
/// was made by the day it is first read, `today`.
pub(super) fn earlier(ours: &[Workbook], period: Period, today: NaiveDate) -> Earlier {
    let mut earlier = Earlier::default();
    for workbook in ours {
        let Some(decided) = decisions::read(workbook) else { continue };
        if decided.mark.report != super::REPORT {
            continue;
        }
        let of = decided.mark.period.as_deref().unwrap_or_default();
        if of == period.to_string() {
            earlier.decisions.extend(decided.decisions.into_iter().map(|mut decision| {
                if decision.choice.is_some() {
                    decision.decided_on.get_or_insert(today);
                }
                decision
            }));
            earlier.findings.extend(decided.findings);
        } else if period.previous().is_some_and(|previous| of == previous.to_string()) {
            earlier.tables.extend(tables(workbook));
        }
    }
    earlier
}

fn tables(workbook: &Workbook) -> Vec<ReadTable> {
    let mut tables = Vec::new();
    for sheet in &workbook.sheets {
        let name = sheet.id.sheet.as_deref().unwrap_or_default();
        let is = |label| Lang::ALL.iter().any(|&lang| labels::text(lang, label) == name);
        let kind =
            CARRIED.iter().find(|(label, _)| is(label)).and_then(|(_, kind)| kinds::get(kind));
        let Some(kind) = kind else { continue };
        for mut table in locate::tables(&Arc::new(sheet.clone()), &LocateOptions::default()) {
            columns::map(&mut table, kind, &Overrides::default());
            tables.push(ReadTable {
                table,
                kind: Some(kind),
                confidence: 100,
                runners_up: Vec::new(),
                party: None,
            });
        }
    }
    tables
}
