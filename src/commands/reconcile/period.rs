//! Which month a job is about, where nobody has said.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::period::Month;

/// Returns the month that most of the days are in; of equal ones the latest.
pub(super) fn most(days: impl Iterator<Item = NaiveDate>) -> Option<Month> {
    let mut counts: BTreeMap<Month, usize> = BTreeMap::new();
    for day in days {
        *counts.entry(Month::of(day)).or_default() += 1;
    }
    counts.into_iter().max_by_key(|&(month, count)| (count, month)).map(|(month, _)| month)
}
