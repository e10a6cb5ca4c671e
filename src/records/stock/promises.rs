//! Promises of several deliveries in one cell: `分两批 11/8 300 11/11 200`.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::input::sheet::Value;
use crate::input::values::DateHints;
use crate::input::values::date::dates;
use crate::input::values::decimal::decimal_text;

/// A part of a promise.
enum Part {
    Day(NaiveDate),
    Quantity(Decimal),
}

/// Returns the deliveries that a text promises, each a day and a quantity;
/// nothing unless together they are just what is open.
pub(super) fn deliveries(
    text: &str,
    open: Decimal,
    hints: DateHints,
) -> Option<Vec<(NaiveDate, Decimal)>> {
    let inside = |c: char| c.is_ascii_digit() || matches!(c, '/' | '.' | '-' | '月' | '年');
    let words = text.split(|c: char| !inside(c)).map(|word| word.trim_matches(['.', '-', '/']));
    let parts: Vec<Part> = words
        .filter(|word| word.contains(|c: char| c.is_ascii_digit()))
        .map(|word| part(word, hints))
        .collect::<Option<_>>()?;
    let pair = |pair: &[Part]| match pair {
        [Part::Day(day), Part::Quantity(quantity)] | [Part::Quantity(quantity), Part::Day(day)] => {
            Some((*day, *quantity))
        }
        _ => None,
    };
    let pairs: Vec<(NaiveDate, Decimal)> = parts.chunks(2).map(pair).collect::<Option<_>>()?;
    let sum = pairs.iter().try_fold(Decimal::ZERO, |sum, (_, part)| sum.checked_add(*part));
    (pairs.len() > 1 && sum == Some(open)).then_some(pairs)
}

fn part(word: &str, hints: DateHints) -> Option<Part> {
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return decimal_text(word).value().map(|number| Part::Quantity(number.value));
    }
    let day = if word.contains('月') { format!("{word}日") } else { word.to_owned() };
    let cell = Value::Text(Arc::from(day));
    dates([&cell], hints).pop()?.value().map(|day| Part::Day(day.value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::Month;

    #[test]
    fn deliveries_count_only_where_they_are_all_that_is_open() {
        let near = Month::new(2026, 11).map(Into::into);
        let hints = DateHints { near, ..DateHints::default() };
        let read = |text: &str| {
            let found = deliveries(text, Decimal::from(500), hints)?;
            let shown = found.iter().map(|(day, part)| format!("{day} {part}"));
            Some(shown.collect::<Vec<_>>().join(", "))
        };
        let both = Some("2026-11-08 300, 2026-11-11 200".to_owned());
        assert_eq!(read("分两批 11/8 300 11/11 200"), both);
        assert_eq!(read("11月8日到300，11月11日到200"), both);
        assert_eq!(read("300(11/8); 200(11/11)"), both);
        assert_eq!(read("2026-11-08 300, 2026-11-11 200"), both);
        for other in ["11/8 300 11/11 100", "11/8", "分两批", "11/8 11/11", "500"] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
