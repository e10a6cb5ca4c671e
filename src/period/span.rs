//! The run of days a paper covers: a month, or a period of its own.

use std::fmt;

use chrono::{Days, NaiveDate};

use super::Month;

/// A run of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
}

impl Period {
    /// Whether it is one whole calendar month.
    pub fn is_month(&self) -> bool {
        Self::from(Month::of(self.first)) == *self
    }

    /// Whether `day` lies in it.
    pub fn contains(&self, day: NaiveDate) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// Returns the month before, or the run of as many days before it.
    pub fn previous(&self) -> Option<Self> {
        let last = self.first.pred_opt()?;
        if self.is_month() {
            return Some(Month::of(last).into());
        }
        let days = u64::try_from((self.last - self.first).num_days()).ok()?;
        Some(Self { first: last.checked_sub_days(Days::new(days))?, last })
    }

    /// Returns the month after, or the run of as many days after it.
    pub fn next(&self) -> Option<Self> {
        let first = self.last.succ_opt()?;
        if self.is_month() {
            return Some(Month::of(first).into());
        }
        let days = u64::try_from((self.last - self.first).num_days()).ok()?;
        Some(Self { first, last: first.checked_add_days(Days::new(days))? })
    }
}

impl From<Month> for Period {
    fn from(month: Month) -> Self {
        Self { first: month.first_day(), last: month.last_day() }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_month() {
            Month::of(self.first).fmt(f)
        } else {
            write!(f, "{}..{}", self.first, self.last)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_months_on_both_sides() {
        let october = Period::from(Month::new(2026, 10).unwrap());
        assert_eq!(october.to_string(), "2026-10");
        assert_eq!(october.last, NaiveDate::from_ymd_opt(2026, 10, 31).unwrap());
        assert_eq!(october.previous().unwrap().to_string(), "2026-09");
        assert_eq!(october.next().unwrap().to_string(), "2026-11");
    }

    #[test]
    fn a_period_of_its_own_has_neighbours_of_equal_length() {
        let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
        let period = Period { first: day(9, 26), last: day(10, 25) };
        assert_eq!(period.to_string(), "2026-09-26..2026-10-25");
        assert_eq!(period.next().unwrap().first, day(10, 26));
        assert_eq!(period.previous().unwrap().last, day(9, 25));
        assert!(period.contains(day(10, 25)) && !period.contains(day(10, 26)));
    }
}
