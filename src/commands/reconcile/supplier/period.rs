//! Which month the job is about, where nobody has said.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::finding::{Finding, codes};
use crate::input::reading::ReadTable;
use crate::period::{Month, Period};
use crate::records::{self, ReadContext};
use crate::settings::Settings;

/// Returns the period: the month that was named, else the one that most
/// statements say they are of, else the one most of their lines are dated in.
pub(super) fn of(
    named: Option<Month>,
    tables: &[ReadTable],
    settings: &Settings,
) -> Result<Period> {
    if let Some(month) = named {
        return Ok(month.into());
    }
    let context = ReadContext { period: None, settings };
    let statements = tables
        .iter()
        .filter(|table| table.kind.is_some_and(|kind| kind.id == "supplier_statement"))
        .map(|table| records::statement(&table.table, &context));
    let (mut stated, mut dated) = (BTreeMap::new(), BTreeMap::new());
    for statement in statements {
        if let Some(period) = statement.period {
            *stated.entry(Month::of(period.last)).or_insert(0_usize) += 1;
        }
        for date in statement.lines.iter().filter_map(|line| line.date) {
            *dated.entry(Month::of(date)).or_insert(0_usize) += 1;
        }
    }
    let most = |months: &BTreeMap<Month, usize>| {
        months.iter().max_by_key(|&(month, count)| (*count, *month)).map(|(month, _)| *month)
    };
    match most(&stated).or(most(&dated)) {
        Some(month) => Ok(month.into()),
        None => Err(Finding::of(codes::NO_PERIOD).into()),
    }
}
