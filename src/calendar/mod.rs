//! Working days: weekdays, public holidays and the weekends worked for them,
//! the factory's own closures.

mod settlement;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::Deserialize;

use crate::data::{self, compiled_in};
use crate::settings::CalendarSettings;

pub use settlement::{Settlement, settlement};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    off: Vec<(NaiveDate, NaiveDate)>,
    worked: Vec<NaiveDate>,
}

static YEARS: LazyLock<BTreeMap<String, Year>> = LazyLock::new(|| {
    // A file that does not parse fails the tests; without it weekdays count.
    data::read(compiled_in!("calendar/holidays"))
});

/// Which days are worked.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    off: Vec<(NaiveDate, NaiveDate)>,
    worked: BTreeSet<NaiveDate>,
    closed: Vec<(NaiveDate, NaiveDate)>,
    six_day_week: bool,
}

impl Calendar {
    /// Makes the calendar: public holidays, and what the settings add.
    pub fn new(settings: &CalendarSettings) -> Self {
        let years = YEARS.values();
        Self {
            off: years.clone().flat_map(|year| year.off.iter().copied()).collect(),
            worked: years.flat_map(|year| &year.worked).chain(&settings.worked).copied().collect(),
            closed: settings.closed.clone(),
            six_day_week: settings.six_day_week,
        }
    }

    /// Whether the public holidays of the day's year are known.
    pub fn knows(day: NaiveDate) -> bool {
        YEARS.contains_key(&day.year().to_string())
    }

    /// Whether the day is worked. The factory's own closures go before
    /// everything, days worked in place of others before holidays.
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        let within = |spans: &[(NaiveDate, NaiveDate)]| {
            spans.iter().any(|&(first, last)| (first..=last).contains(&day))
        };
        if within(&self.closed) {
            return false;
        }
        if self.worked.contains(&day) {
            return true;
        }
        let weekend = match day.weekday() {
            Weekday::Sun => true,
            Weekday::Sat => !self.six_day_week,
            _ => false,
        };
        !weekend && !within(&self.off)
    }

    /// Counts the working days from `first` to `last`, both included.
    pub fn working_days(&self, first: NaiveDate, last: NaiveDate) -> usize {
        days(first, last).filter(|&day| self.is_working_day(day)).count()
    }

    /// Returns the last working day before `day`, within a month.
    pub fn before(&self, day: NaiveDate) -> Option<NaiveDate> {
        std::iter::successors(day.pred_opt(), NaiveDate::pred_opt)
            .take(31)
            .find(|&day| self.is_working_day(day))
    }

    /// Returns the first working day after `day`, within a month.
    pub fn after(&self, day: NaiveDate) -> Option<NaiveDate> {
        std::iter::successors(day.succ_opt(), NaiveDate::succ_opt)
            .take(31)
            .find(|&day| self.is_working_day(day))
    }
}

fn days(first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    first.iter_days().take_while(move |&day| day <= last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn calendar() -> Calendar {
        Calendar::new(&CalendarSettings::default())
    }

    #[test]
    fn every_month_has_its_published_number_of_working_days() {
        let published = [
            (2025, [19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23]),
            (2026, [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]),
        ];
        for (year, months) in published {
            for (month, expected) in (1..).zip(months) {
                let month = crate::period::Month::new(year, month).unwrap();
                let counted = calendar().working_days(month.first_day(), month.last_day());
                assert_eq!(counted, expected, "{month}");
            }
        }
    }

    #[test]
    fn a_six_day_week_works_the_saturdays() {
        let settings = CalendarSettings { six_day_week: true, ..CalendarSettings::default() };
        let calendar = Calendar::new(&settings);
        let year = |year: i32| {
            let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
            calendar.working_days(first, NaiveDate::from_ymd_opt(year, 12, 31).unwrap())
        };
        assert_eq!((year(2025), year(2026)), (293, 289));
    }

    #[test]
    fn own_closures_and_own_working_days_count() {
        let settings = CalendarSettings {
            closed: vec![(day("2026-02-08"), day("2026-02-28"))],
            worked: vec![day("2026-03-01")],
            six_day_week: false,
        };
        let calendar = Calendar::new(&settings);
        assert!(!calendar.is_working_day(day("2026-02-28")));
        assert!(calendar.is_working_day(day("2026-03-01")));
        assert_eq!(calendar.before(day("2026-03-01")), Some(day("2026-02-06")));
        assert_eq!(calendar.after(day("2026-02-06")), Some(day("2026-03-01")));
        assert!(Calendar::knows(day("2026-01-01")) && !Calendar::knows(day("2027-01-01")));
    }
}
