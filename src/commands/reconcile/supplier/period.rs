//! Which month the job is about, where nobody has said.

use super::super::period::most;
use super::job::Job;
use crate::commands::Context;
use crate::error::Result;
use crate::finding::{Finding, codes};
use crate::input::reading::ReadTable;
use crate::period::{Month, Period};
use crate::records::{self, ReadContext};

/// Returns the period: the month that was named, else the one that most
/// statements say they are of, else the one most of their lines are dated in.
/// A month with resellers may have none yet: then what we supplied tells, or
/// the day it is.
pub(super) fn of(job: Job, context: &Context, tables: &[ReadTable]) -> Result<Period> {
    if let Some(month) = context.month {
        return Ok(month.into());
    }
    let reading = ReadContext { period: None, near: None, settings: &context.settings };
    let of = |kind: &'static str| {
        tables.iter().filter(move |table| table.kind.is_some_and(|found| found.id == kind))
    };
    let statements =
        of("supplier_statement").map(|table| records::statement(&table.table, &reading));
    let (mut stated, mut dated) = (Vec::new(), Vec::new());
    for statement in statements {
        stated.extend(statement.period.map(|period| period.last));
        dated.extend(statement.lines.iter().filter_map(|line| line.date));
    }
    let supplied = || {
        let slips = of("shipping_slip").map(|table| records::supplied(&table.table, &reading));
        let noted = of("goods_receipt").map(|table| records::receipts(&table.table, &reading));
        most(slips.chain(noted).flat_map(|records| records.lines).filter_map(|line| line.date))
            .or(Some(Month::of(context.today)))
    };
    let found = most(stated.into_iter()).or_else(|| most(dated.into_iter()));
    match found.or_else(|| if job == Job::Reseller { supplied() } else { None }) {
        Some(month) => Ok(month.into()),
        None => Err(Finding::of(codes::NO_PERIOD).into()),
    }
}
