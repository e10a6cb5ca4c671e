//! Dates, times and durations as ISO 8601 writes them, in strict xlsx and in
//! ods files.

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::number::{self, Epoch};
use super::sheet::Value;

/// Reads a date, a date and time, or a time of no day, to the millisecond.
pub(super) fn date(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim().trim_end_matches('Z');
    let (day, time) = match text.split_once('T') {
        Some((day, time)) => (day, time),
        // Where a spreadsheet puts times of no day.
        None if text.contains(':') => ("1899-12-31", text),
        None => (text, "00:00:00"),
    };
    let day: NaiveDate = day.parse().ok()?;
    // More digits than a nanosecond has do not parse.
    let time = time.get(..18).unwrap_or(time);
    let time: NaiveTime = time.parse().ok()?;
    let nanos = i64::from(time.nanosecond());
    let rounded = (nanos + 500_000) / 1_000_000 * 1_000_000;
    day.and_time(time).checked_add_signed(Duration::nanoseconds(rounded - nanos))
}

/// Reads a duration (`PT8H30M00S`): a time of day if it is less than a day,
/// else a number of days.
pub(super) fn duration(text: &str) -> Option<Value> {
    let days = duration_days(text.trim())?;
    let time = (0.0..1.0).contains(&days).then(|| number::date_of_serial(days, Epoch::Y1900));
    time.flatten().map(Value::Date).or_else(|| number::from_f64(days))
}

fn duration_days(text: &str) -> Option<f64> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(text) => (-1.0, text),
        None => (1.0, text),
    };
    let (days, times) = match text.strip_prefix('P')?.split_once('T') {
        Some((days, times)) => (days, times),
        None => (text.strip_prefix('P')?, ""),
    };
    let days = sum(days, &[('D', 86_400.0)])?;
    let seconds = sum(times, &[('H', 3_600.0), ('M', 60.0), ('S', 1.0)])?;
    Some(sign * (days + seconds) / 86_400.0)
}

/// Adds up `8H30M` as seconds.
fn sum(text: &str, units: &[(char, f64)]) -> Option<f64> {
    let mut seconds = 0.0;
    let mut rest = text;
    while !rest.is_empty() {
        let at = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let unit = rest[at..].chars().next()?;
        let (_, worth) = units.iter().find(|(name, _)| *name == unit)?;
        let number: f64 = rest[..at].parse().ok()?;
        seconds += number * worth;
        rest = &rest[at + 1..];
    }
    Some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_read_to_the_millisecond() {
        for (text, expected) in [
            ("2026-10-03", "2026-10-03 00:00:00"),
            ("2026-10-03T08:30:00", "2026-10-03 08:30:00"),
            ("2026-10-03T08:30:00.000Z", "2026-10-03 08:30:00"),
            ("10:59:59.9999999999984025", "1899-12-31 11:00:00"),
            ("2026-10-31T23:59:59.9999999", "2026-11-01 00:00:00"),
        ] {
            assert_eq!(date(text).map(|date| date.to_string()).as_deref(), Some(expected));
        }
        for text in ["", "10.3", "2026-13-01", "2026-10-03T25:00:00", "T", "入库"] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn durations_are_times_of_day_or_days() {
        let shown = |text| match duration(text) {
            Some(Value::Date(date)) => date.time().to_string(),
            Some(Value::Number(days)) => days.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(shown("PT08H30M00S"), "08:30:00");
        assert_eq!(shown("PT36H00M00.000S"), "1.5");
        assert_eq!(shown("P1DT12H"), "1.5");
        assert_eq!(shown("-PT06H"), "-0.25");
        assert_eq!(shown("PT0H0M0.000S"), "00:00:00");
        assert_eq!(shown("8:30"), "None");
        assert_eq!(shown("PT8"), "None");
    }
}
