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
pub(in crate::commands) struct Earlier {
    /// Decisions on lines of this period.
    pub(in crate::commands) decisions: Vec<Written>,
    /// Last period's balances, open and settled items.
    pub(in crate::commands) tables: Vec<ReadTable>,
    /// What could not be understood.
    pub(in crate::commands) findings: Vec<Finding>,
}

/// A sheet of a report that the next month reads.
#[derive(Debug, Clone, Copy)]
pub(in crate::commands) struct Carried {
    /// The key of its name.
    pub(in crate::commands) sheet: &'static str,
    /// The kind that it is read as.
    pub(in crate::commands) kind: &'static str,
    /// Keys of headers that the kind does not know, with their fields.
    pub(in crate::commands) headers: &'static [(&'static str, &'static str)],
}

impl Carried {
    /// Names a sheet whose headers its kind knows.
    pub(in crate::commands) const fn named(sheet: &'static str, kind: &'static str) -> Self {
        Self { sheet, kind, headers: &[] }
    }

    /// Returns what the headers of a job's own words are, in every language.
    fn overrides(&self) -> Overrides {
        let in_all = |(label, field): &(&'static str, &'static str)| {
            let (label, field) = (*label, *field);
            Lang::ALL.iter().map(move |&lang| (labels::text(lang, label), field))
        };
        Overrides::headed(self.headers.iter().flat_map(in_all))
    }
}

/// Reads the reports of ours named `report` among the inputs: decisions of
/// this period's, the `carried` sheets of last period's. A decision that bears
/// no date was made by the day it is first read, `today`.
pub(in crate::commands) fn earlier(
    report: &str,
    ours: &[Workbook],
    period: Option<Period>,
    carried: &[Carried],
    today: NaiveDate,
) -> Earlier {
    let mut earlier = Earlier::default();
    let this = period.map(|period| period.to_string()).unwrap_or_default();
    let last = period.and_then(|period| period.previous()).map(|previous| previous.to_string());
    for workbook in ours {
        let Some(decided) = decisions::read(workbook) else { continue };
        if decided.mark.report != report {
            continue;
        }
        let of = decided.mark.period.as_deref().unwrap_or_default();
        if of == this {
            earlier.decisions.extend(decided.decisions.into_iter().map(|mut decision| {
                if decision.choice.is_some() {
                    decision.decided_on.get_or_insert(today);
                }
                decision
            }));
            earlier.findings.extend(decided.findings);
        } else if last.as_deref() == Some(of) {
            earlier.tables.extend(tables(workbook, carried));
        }
    }
    earlier
}

fn tables(workbook: &Workbook, carried: &[Carried]) -> Vec<ReadTable> {
    let mut tables = Vec::new();
    for sheet in &workbook.sheets {
        let name = sheet.id.sheet.as_deref().unwrap_or_default();
        let is = |label| Lang::ALL.iter().any(|&lang| labels::text(lang, label) == name);
        let Some(known) = carried.iter().find(|carried| is(carried.sheet)) else { continue };
        let Some(kind) = kinds::get(known.kind) else { continue };
        for mut table in locate::tables(&Arc::new(sheet.clone()), &LocateOptions::default()) {
            columns::map(&mut table, kind, &known.overrides());
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
