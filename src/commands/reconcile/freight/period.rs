//! Which month the job is about, where nobody has said.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::error::Result;
use crate::finding::{Finding, codes};
use crate::input::reading::ReadTable;
use crate::period::{Month, Period};
use crate::records::{self, ReadContext};
use crate::settings::Settings;

/// Returns the period: the month that was named, else the latest that bills
/// say they are of, else the one most of their rows are dated in, then those
/// of logs, then of cash books.
pub(super) fn of(
    named: Option<Month>,
    tables: &[ReadTable],
    settings: &Settings,
) -> Result<Period> {
    if let Some(month) = named {
        return Ok(month.into());
    }
    let context = ReadContext { period: None, near: None, settings };
    for kind in ["carrier_bill", "freight_log", "expense_register"] {
        let of_kind = tables.iter().filter(|table| table.kind.is_some_and(|own| own.id == kind));
        let (mut stated, mut dated) = (BTreeMap::new(), BTreeMap::new());
        for table in of_kind {
            let (period, dates) = days(kind, table, &context);
            if let Some(period) = period {
                *stated.entry(Month::of(period.last)).or_insert(0_usize) += dates.len().max(1);
            }
            for date in dates {
                *dated.entry(Month::of(date)).or_insert(0_usize) += 1;
            }
        }
        let most = |months: &BTreeMap<Month, usize>| {
            months.iter().max_by_key(|&(month, count)| (*count, *month)).map(|(month, _)| *month)
        };
        if let Some(month) = most(&stated).or(most(&dated)) {
            return Ok(month.into());
        }
    }
    Err(Finding::of(codes::NO_PERIOD).into())
}

/// Returns the period that a table tells, and the days of its rows.
fn days(
    kind: &str,
    table: &ReadTable,
    context: &ReadContext<'_>,
) -> (Option<Period>, Vec<NaiveDate>) {
    match kind {
        "carrier_bill" => {
            let records = records::bill_lines(&table.table, context);
            (records.period, records.lines.iter().filter_map(|line| line.date).collect())
        }
        "freight_log" => {
            let records = records::shipments(&table.table, context);
            (records.period, records.lines.iter().filter_map(|line| line.date).collect())
        }
        _ => {
            let records = records::expenses(&table.table, context).records;
            (records.period, records.lines.iter().filter_map(|line| line.date).collect())
        }
    }
}
