//! Which month the job is about, where nobody has said.

use super::super::period::most;
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
    let (mut stated, mut dated) = (Vec::new(), Vec::new());
    for statement in statements {
        stated.extend(statement.period.map(|period| period.last));
        dated.extend(statement.lines.iter().filter_map(|line| line.date));
    }
    match most(stated.into_iter()).or_else(|| most(dated.into_iter())) {
        Some(month) => Ok(month.into()),
        None => Err(Finding::of(codes::NO_PERIOD).into()),
    }
}
