//! The month a job is about, and the run of days a paper covers.

mod span;

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};

pub use span::Period;

/// A calendar month; shown as `2026-10`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    first: NaiveDate,
}

impl Month {
    /// Makes the month; `None` if there is none such.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, 1).map(|first| Self { first })
    }

    /// Returns the month of a day.
    pub fn of(day: NaiveDate) -> Self {
        Self { first: day.with_day(1).unwrap_or(day) }
    }

    /// Returns the calendar year.
    pub fn year(self) -> i32 {
        self.first.year()
    }

    /// Returns the month's number, 1 to 12.
    pub fn month(self) -> u32 {
        self.first.month()
    }

    /// Returns the first day.
    pub fn first_day(self) -> NaiveDate {
        self.first
    }

    /// Returns the last day.
    pub fn last_day(self) -> NaiveDate {
        self.next().first.checked_sub_days(Days::new(1)).unwrap_or(self.first)
    }

    /// Returns the month after.
    #[must_use]
    pub fn next(self) -> Self {
        Self { first: self.first.checked_add_months(Months::new(1)).unwrap_or(self.first) }
    }

    /// Returns the month before.
    #[must_use]
    pub fn previous(self) -> Self {
        Self { first: self.first.checked_sub_months(Months::new(1)).unwrap_or(self.first) }
    }

    /// Whether the day lies in it.
    pub fn contains(self, day: NaiveDate) -> bool {
        Self::of(day) == self
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

/// What was written is no month or no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}`")]
pub struct NoDate(pub String);

impl FromStr for Month {
    type Err = NoDate;

    /// Reads `2026-10`, `2026年10月`, `2026/10`, `2026.10` or `202610`.
    fn from_str(text: &str) -> Result<Self, NoDate> {
        let month = match numbers(text)[..] {
            [year, month] => month_of(year, month),
            [both] if (100_000..1_000_000).contains(&both) => month_of(both / 100, both % 100),
            _ => None,
        };
        month.ok_or_else(|| NoDate(text.to_owned()))
    }
}

/// Reads a day as a person types it for `--today`: `2026-11-03`,
/// `2026年11月3日`, `2026/11/3`, `2026.11.3` or `20261103`.
pub fn parse_day(text: &str) -> Result<NaiveDate, NoDate> {
    let day = match numbers(text)[..] {
        [year, month, day] => day_of(year, month, day),
        [all] if (10_000_000..100_000_000).contains(&all) => {
            day_of(all / 10_000, all / 100 % 100, all % 100)
        }
        _ => None,
    };
    day.ok_or_else(|| NoDate(text.to_owned()))
}

fn month_of(year: u32, month: u32) -> Option<Month> {
    (1900..=9999).contains(&year).then(|| Month::new(year.cast_signed(), month)).flatten()
}

fn day_of(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    (1900..=9999)
        .contains(&year)
        .then(|| NaiveDate::from_ymd_opt(year.cast_signed(), month, day))
        .flatten()
}

/// Returns the numbers of a text between the signs that dates are written
/// with; nothing if it holds anything else.
fn numbers(text: &str) -> Vec<u32> {
    let text = text.trim().trim_end_matches(['月', '日', '号', '號']);
    text.split(['-', '/', '.', '年', '月'])
        .map(|part| part.trim().parse().ok())
        .collect::<Option<Vec<u32>>>()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_read_as_people_type_them() {
        for text in ["2026-10", "2026年10月", "2026/10", "2026.10", "202610", " 2026-10 "] {
            assert_eq!(text.parse::<Month>().map(|month| month.to_string()), Ok("2026-10".into()));
        }
        for text in ["2026", "2026-13", "10-2026", "26-10", "abc", "", "2026-10-01"] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
    }

    #[test]
    fn days_read_as_people_type_them() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 3);
        for text in ["2026-11-03", "2026年11月3日", "2026/11/3", "2026.11.3", "20261103"] {
            assert_eq!(parse_day(text).ok(), day, "{text}");
        }
        for text in ["2026-02-30", "11-3", "today", ""] {
            assert!(parse_day(text).is_err(), "{text}");
        }
    }

    #[test]
    fn months_have_their_edges() {
        let month = Month::new(2026, 12).unwrap();
        assert_eq!(month.last_day(), NaiveDate::from_ymd_opt(2026, 12, 31).unwrap());
        assert_eq!(month.next().to_string(), "2027-01");
        assert_eq!(month.previous().to_string(), "2026-11");
        assert!(month.contains(NaiveDate::from_ymd_opt(2026, 12, 31).unwrap()));
        assert!(!month.contains(NaiveDate::from_ymd_opt(2027, 1, 1).unwrap()));
    }
}
