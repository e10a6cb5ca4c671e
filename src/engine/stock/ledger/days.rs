//! The days of the books: of every movement, and how many they span.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::books::Sorted;
use crate::location::SheetId;
use crate::period::Period;
use crate::records::stock::{MovementClass, MovementLine};

/// Returns the day of every movement; one without a day is of the day of the
/// row above it in its sheet. A balance brought forward without a day is
/// before all days.
pub(super) fn days(moves: &[&MovementLine]) -> Vec<Option<NaiveDate>> {
    let (mut last, mut sheet): (Option<NaiveDate>, Option<Arc<SheetId>>) = (None, None);
    let day = |line: &&MovementLine| {
        if sheet.as_ref().is_none_or(|known| !Arc::ptr_eq(known, &line.at.sheet)) {
            (last, sheet) = (None, Some(Arc::clone(&line.at.sheet)));
        }
        let own = line.moment.map(|moment| moment.day);
        if line.class == MovementClass::Opening {
            return own;
        }
        last = own.or(last);
        last
    };
    moves.iter().map(day).collect()
}

/// Returns how many days movements span: those of the period, else from the
/// first to the last.
pub(super) fn span(days: &[Option<NaiveDate>], period: Option<Period>) -> u32 {
    if let Some(period) = period {
        return whole_days(period.first, period.last);
    }
    let (first, last) = (days.iter().flatten().min(), days.iter().flatten().max());
    first.zip(last).map_or(1, |(first, last)| whole_days(*first, *last))
}

fn whole_days(first: NaiveDate, last: NaiveDate) -> u32 {
    u32::try_from((last - first).num_days() + 1).unwrap_or(1).max(1)
}

/// Returns how many days a table's own columns span: from the first of its
/// month to its day.
pub(super) fn table_days(sorted: &Sorted<'_>, period: Option<Period>) -> u32 {
    /// A month of which no day is known.
    const MONTH: u32 = 30;
    let as_of = sorted.closing.iter().filter_map(|table| table.as_of).max();
    match (period, as_of) {
        (Some(period), _) => whole_days(period.first, period.last),
        (None, Some(day)) => day.day(),
        (None, None) => MONTH,
    }
}
