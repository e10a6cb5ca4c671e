//! The settlement window: days 1 to 5 of the month after the period, in which
//! suppliers are reconciled and paid.

use chrono::NaiveDate;

use super::Calendar;
use crate::period::Month;

/// How a month's settlement window stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settlement {
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
    /// Working days in it.
    pub working_days: usize,
    /// Working days of it that are left, today included.
    pub left: usize,
    /// Where it has no working day: the last one before it and the first one
    /// after it.
    pub instead: Option<(NaiveDate, NaiveDate)>,
    /// Whether the public holidays of its year are known.
    pub holidays_known: bool,
}

/// The last day of the window.
const LAST_DAY: u64 = 5;

/// Returns how the settlement window of `period` stands on `today`.
pub fn settlement(calendar: &Calendar, period: Month, today: NaiveDate) -> Settlement {
    let first = period.next().first_day();
    let last = first + chrono::Days::new(LAST_DAY - 1);
    let working_days = calendar.working_days(first, last);
    let left = if today > last { 0 } else { calendar.working_days(today.max(first), last) };
    let instead = match (calendar.before(first), calendar.after(last)) {
        (Some(before), Some(after)) if working_days == 0 => Some((before, after)),
        _ => None,
    };
    let holidays_known = Calendar::knows(first);
    Settlement { first, last, working_days, left, instead, holidays_known }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::CalendarSettings;

    fn window(period: &str, today: &str) -> Settlement {
        let calendar = Calendar::new(&CalendarSettings::default());
        settlement(&calendar, period.parse().unwrap(), today.parse().unwrap())
    }

    #[test]
    fn working_days_are_counted_down() {
        let window = window("2026-10", "2026-11-03");
        // 1 November 2026 is a Sunday.
        assert_eq!((window.working_days, window.left), (4, 3));
        assert_eq!(window.instead, None);
    }

    #[test]
    fn a_window_full_of_holidays_names_the_days_around_it() {
        for (period, before, after) in
            [("2026-04", "2026-04-30", "2026-05-06"), ("2026-09", "2026-09-30", "2026-10-08")]
        {
            let window = window(period, "2026-04-28");
            assert_eq!(window.working_days, 0);
            let expected = (before.parse().unwrap(), after.parse().unwrap());
            assert_eq!(window.instead, Some(expected), "{period}");
        }
    }

    #[test]
    fn before_and_after_the_window() {
        assert_eq!(window("2026-10", "2026-10-20").left, 4);
        assert_eq!(window("2026-10", "2026-11-06").left, 0);
    }
}
