//! A day, and the time of day where the paper gives one.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::input::sheet::Value;
use crate::input::values::date::{day_before, day_behind};
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

/// Returns the moment that a text names: the value of a fact, or a title.
pub(super) fn moment_in(text: &str, near: Option<Period>) -> Option<Moment> {
    let clock =
        clock(text).map(|(at, _)| text[..at].trim_end_matches(|c: char| c.is_ascii_digit()).len());
    let dated =
        text[..clock.unwrap_or(text.len())].trim_end_matches(['上', '下', '晚', '午', '早']);
    let day = day_in(dated, near)?;
    Some(Moment { day, time: clock.and_then(|_| time_in(text)) })
}

/// Returns the first day that stands in a text, edge by edge.
fn day_in(text: &str, near: Option<Period>) -> Option<NaiveDate> {
    let is_edge = |c: char| c.is_whitespace() || "（）()：:，,;；—~至".contains(c);
    text.split(is_edge).filter(|piece| !piece.is_empty()).find_map(|piece| {
        let lower = piece.to_lowercase();
        day_before(&lower, near).or_else(|| day_behind(&lower, near))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::Month;

    fn told(text: &str) -> String {
        let near = Month::new(2026, 10).map(Period::from);
        moment_in(text, near).map_or("none".to_owned(), |moment| moment.end().to_string())
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
}
