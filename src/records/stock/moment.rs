//! A day, and the time of day where the paper gives one.

use std::sync::Arc;

use chrono::{Months, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::input::sheet::Value;
use crate::input::values::date::{DateHints, dates, day_before, day_behind};
use crate::input::values::{Bad, Parsed};
use crate::period::Period;

/// A day, and the time of day where the paper gives one. A day alone is over
/// when it is over: it stands for its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The day.
    pub day: NaiveDate,
    /// The time of day.
    pub time: Option<NaiveTime>,
}

impl Moment {
    /// Returns the last second that it may mean.
    pub fn end(self) -> NaiveDateTime {
        let last = || NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default();
        self.day.and_time(self.time.unwrap_or_else(last))
    }
}

impl From<NaiveDate> for Moment {
    fn from(day: NaiveDate) -> Self {
        Self { day, time: None }
    }
}

/// Returns the time of day that a cell holds beside its day.
pub(super) fn time_of(value: &Value) -> Option<NaiveTime> {
    match value {
        Value::Date(moment) => {
            Some(moment.time()).filter(|time| time.num_seconds_from_midnight() > 0)
        }
        Value::Number(number) => {
            let part = number.fract();
            let whole = number.trunc().to_i64()?;
            // A serial number with a part of a day; not month.day.
            if part.is_zero() || whole < 20_000 {
                return None;
            }
            let seconds = part.checked_mul(Decimal::from(86_400))?.round().to_u32()?;
            NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)
        }
        Value::Text(text) => time_in(text),
        _ => None,
    }
}

/// Returns the time that a text holds: `17:30`, `下午5:30`, `5:30 pm`, `17时30分`.
fn time_in(text: &str) -> Option<NaiveTime> {
    let (at, sign) = clock(text)?;
    let digits = |c: &char| c.is_ascii_digit();
    let hour: String = text[..at].chars().rev().take_while(digits).collect();
    let hour: u32 = hour.chars().rev().collect::<String>().parse().ok()?;
    let behind = &text[at + sign.len_utf8()..];
    let minute: String = behind.chars().take_while(digits).collect();
    let minute: u32 = if minute.is_empty() { 0 } else { minute.parse().ok()? };
    let lower = text.to_ascii_lowercase();
    let afternoon = ["下午", "晚", "pm"].iter().any(|word| lower.contains(word));
    let hour = if afternoon && hour < 12 { hour + 12 } else { hour };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

/// Returns the sign between hour and minute and where it stands.
fn clock(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|&(at, c)| {
        let before = text[..at].chars().next_back().is_some_and(|c| c.is_ascii_digit());
        let behind = text[at + c.len_utf8()..].chars().next();
        let minute = behind.is_some_and(|c| c.is_ascii_digit());
        before && (matches!(c, ':' | '：') && minute || matches!(c, '时' | '時' | '点' | '點'))
    })
}

/// Returns the moment that a running text names: a title, a note.
pub(super) fn moment_in(text: &str, hints: DateHints) -> Option<Moment> {
    let (dated, time) = parts(text);
    let day = day_in(dated, hints.period).or_else(|| written_day(dated, hints, false))?;
    Some(Moment { day, time })
}

/// Returns the moment that the value of a fact names: there a day and a month
/// alone are a date too.
pub(super) fn moment_of(text: &str, hints: DateHints) -> Option<Moment> {
    let (dated, time) = parts(text);
    let day = day_in(dated, hints.period).or_else(|| written_day(dated, hints, true))?;
    Some(Moment { day, time })
}

/// Splits a text into what stands before the time of day, and the time.
fn parts(text: &str) -> (&str, Option<NaiveTime>) {
    let clock =
        clock(text).map(|(at, _)| text[..at].trim_end_matches(|c: char| c.is_ascii_digit()).len());
    let dated =
        text[..clock.unwrap_or(text.len())].trim_end_matches(['上', '下', '晚', '午', '早']);
    (dated, clock.and_then(|_| time_in(text)))
}

/// Signs that stand between a date and what is written beside it.
const EDGES: &str = "（）()：:，,;；—~至";

/// Returns the first day that stands in a text, edge by edge.
fn day_in(text: &str, near: Option<Period>) -> Option<NaiveDate> {
    let is_edge = |c: char| c.is_whitespace() || EDGES.contains(c);
    // `2-4` alone is a place on a shelf as well as a day.
    let is_range = |piece: &str| {
        let (first, last) = piece.split_once('-').unwrap_or_default();
        [first, last]
            .iter()
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    };
    text.split(is_edge).filter(|piece| !piece.is_empty() && !is_range(piece)).find_map(|piece| {
        let lower = piece.to_lowercase();
        day_before(&lower, near).or_else(|| day_behind(&lower, near))
    })
}

/// Returns the first day that is written as a cell would have it, in up to
/// three words: `31/10/2026`, `31 Oct 2026`, `Oct 31, 2026`.
fn written_day(text: &str, hints: DateHints, is_alone: bool) -> Option<NaiveDate> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let sizes = [3_usize, 2, 1].into_iter();
    sizes.flat_map(|size| words.windows(size)).find_map(|window| {
        let piece = window.join(" ");
        let piece = piece.trim_matches(|c: char| EDGES.contains(c));
        (is_alone || tells_year(piece) || piece.contains('月')).then(|| day_of(piece, hints))?
    })
}

/// Whether a text has a year of four digits.
fn tells_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
}

/// Returns the day of a whole text. Where day and month could change places,
/// it is the one of them that lies in the last two months.
fn day_of(text: &str, hints: DateHints) -> Option<NaiveDate> {
    if text.len() < 3 || text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let cell = Value::Text(Arc::from(text));
    let (one, other) = match (turned(text), dates([&cell], hints).pop()?) {
        (Some(two), _) => two,
        (None, Parsed::Bad(Bad::TwoDays(one, other))) => (one, other),
        (None, Parsed::Value(day)) => return Some(day.value),
        _ => return None,
    };
    let near = hints.period.or(hints.near)?;
    let first = near.first.checked_sub_months(Months::new(1))?;
    let mut days = [one, other].into_iter().filter(|day| (first..=near.last).contains(day));
    days.next().filter(|_| days.next().is_none())
}

/// Returns both days of `03/11/2026`: no column settles what stands alone.
fn turned(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let mut parts = text.split(['/', '.', '-']).map(str::parse);
    let (Some(Ok(a)), Some(Ok(b)), Some(Ok(year)), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let year = i32::try_from(year).ok().filter(|year| *year > 1900)?;
    let two = NaiveDate::from_ymd_opt(year, b, a).zip(NaiveDate::from_ymd_opt(year, a, b));
    two.filter(|(one, other)| one != other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::Month;

    fn hints() -> DateHints {
        let period = Month::new(2026, 10).map(Period::from);
        DateHints { period, ..DateHints::default() }
    }

    fn told(text: &str) -> String {
        moment_in(text, hints()).map_or("none".to_owned(), |moment| moment.end().to_string())
    }

    #[test]
    fn a_day_alone_means_its_end() {
        for (text, moment) in [
            ("2026-10-31", "2026-10-31 23:59:59"),
            ("2026年10月31日", "2026-10-31 23:59:59"),
            ("面辅料库存表   2026年10月31日", "2026-10-31 23:59:59"),
            ("凌川電子　　截止日期：115/10/31　　（可用量）", "2026-10-31 23:59:59"),
            ("2026-10-31 17:30", "2026-10-31 17:30:00"),
            ("2026/10/31 下午5:30", "2026-10-31 17:30:00"),
            ("10月31日 17时30分", "2026-10-31 17:30:00"),
            ("2026-10-31 17:30:00", "2026-10-31 17:30:00"),
            ("10月31日17:30", "2026-10-31 17:30:00"),
            ("空白=0", "none"),
        ] {
            assert_eq!(told(text), moment, "{text}");
        }
    }

    #[test]
    fn days_are_read_as_cells_have_them() {
        for (text, moment) in [
            ("Stock count as at 31.10.2026", "2026-10-31 23:59:59"),
            ("As of 31 Oct 2026", "2026-10-31 23:59:59"),
            ("Physical inventory, October 31, 2026 17:30", "2026-10-31 17:30:00"),
            ("Physical inventory 10/31/2026 5:30 pm", "2026-10-31 17:30:00"),
            ("Store 3, rack 2-4", "none"),
        ] {
            assert_eq!(told(text), moment, "{text}");
        }
        let near = Month::new(2026, 11).map(Period::from);
        let alone = |text| {
            let hints = DateHints { near, ..DateHints::default() };
            moment_of(text, hints).map(|moment| moment.day.to_string())
        };
        assert_eq!(alone("31/10/2026").as_deref(), Some("2026-10-31"));
        assert_eq!(alone("31/10/26").as_deref(), Some("2026-10-31"));
        assert_eq!(alone("10月31日").as_deref(), Some("2026-10-31"));
        // The third of November or the eleventh of March: near today.
        assert_eq!(alone("03/11/2026").as_deref(), Some("2026-11-03"));
        // The first of October or the tenth of January.
        assert_eq!(alone("01/10/2026").as_deref(), Some("2026-10-01"));
        assert_eq!(alone("04/05/2026"), None);
    }
}
