//! Duties with a number of days: when they are due, in calendar or working
//! days, and how late they are.

use chrono::{Days, NaiveDate};

use crate::calendar::Calendar;

/// How days are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Count {
    /// Every day counts.
    #[default]
    Calendar,
    /// Only days that are worked.
    Working,
}

/// A duty and how it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// The day it is due.
    pub due: NaiveDate,
    /// Whether nobody works on that day.
    pub on_holiday: bool,
    /// The day it was done.
    pub done: Option<NaiveDate>,
    /// How many days late it was done, or is.
    pub days_late: i64,
}

/// Returns the day that comes `days` after another; nothing if nobody works
/// within a month of it.
pub fn after(from: NaiveDate, days: u32, count: Count, calendar: &Calendar) -> Option<NaiveDate> {
    match count {
        Count::Calendar => from.checked_add_days(Days::new(days.into())),
        Count::Working => (0..days).try_fold(from, |day, _| calendar.after(day)),
    }
}

/// Returns the day by which the step before must be finished so that a step of
/// `days` working days ends on another.
pub fn before(end: NaiveDate, days: u32, calendar: &Calendar) -> Option<NaiveDate> {
    (0..days).try_fold(end, |day, _| calendar.before(day))
}

/// Says how a duty stands that is due some days after another day.
pub fn deadline(
    from: NaiveDate,
    days: u32,
    done: Option<NaiveDate>,
    today: NaiveDate,
    count: Count,
    calendar: &Calendar,
) -> Option<Deadline> {
    let due = after(from, days, count, calendar)?;
    let late = done.unwrap_or(today).signed_duration_since(due).num_days();
    Some(Deadline { due, on_holiday: !calendar.is_working_day(due), done, days_late: late.max(0) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::CalendarSettings;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn calendar() -> Calendar {
        Calendar::new(&CalendarSettings::default())
    }

    #[test]
    fn a_shipment_is_scheduled_backwards() {
        let mut end = day("2026-10-16");
        for (days, expected) in [
            (2, "2026-10-14"),
            (3, "2026-10-10"),
            (12, "2026-09-17"),
            (3, "2026-09-14"),
            (1, "2026-09-11"),
            (3, "2026-09-08"),
            (20, "2026-08-11"),
        ] {
            end = before(end, days, &calendar()).unwrap();
            assert_eq!(end, day(expected));
        }
    }

    #[test]
    fn days_after_an_order_are_counted_either_way() {
        let order = day("2026-09-28");
        let after = |from, days, count| after(from, days, count, &calendar()).unwrap();
        assert_eq!(after(order, 2, Count::Calendar), day("2026-09-30"));
        let bom = day("2026-09-30");
        assert_eq!(after(bom, 3, Count::Calendar), day("2026-10-03"));
        assert_eq!(after(bom, 3, Count::Working), day("2026-10-10"));
        assert_eq!(after(order, 7, Count::Calendar), day("2026-10-05"));
        let sample = day("2026-02-12");
        assert_eq!(after(sample, 2, Count::Working), day("2026-02-14"));
        assert_eq!(after(sample, 3, Count::Working), day("2026-02-24"));
        let late = deadline(bom, 3, None, day("2026-10-12"), Count::Calendar, &calendar()).unwrap();
        assert!(late.on_holiday);
        assert_eq!((late.due, late.days_late), (day("2026-10-03"), 9));
    }
}
