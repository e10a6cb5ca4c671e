//! One cell → the form in which it writes a date, with what it leaves open.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::words::words;
use crate::input::sheet::Value;
use crate::input::values::fold::fold;
use crate::input::values::lexicon::lexicon;
use crate::input::values::odd::{Bad, Odd, Odds};

/// The form in which a cell writes a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    /// Nothing.
    Blank,
    /// A whole date.
    Day(NaiveDate, Odds),
    /// A month and a day, in this order.
    MonthDay { month: u32, day: u32, odds: Odds },
    /// Two small numbers: month and day, or day and month.
    Pair { a: u32, b: u32, odds: Odds },
    /// A decimal whose last zero may be lost: the first or the tenth.
    Decimal { month: u32, digit: u32, odds: Odds },
    /// Two small numbers and a whole year: their order is open.
    WithYear { a: u32, b: u32, year: i32, odds: Odds },
    /// Three small numbers: their order is open.
    Triple { a: u32, b: u32, c: u32, odds: Odds },
    /// A day number of either epoch.
    Serial { days: i64, odds: Odds },
    /// The day of the month alone (8日).
    DayOnly { day: u32, odds: Odds },
    /// No date that can be used.
    Bad(Bad),
}

/// Longer texts are prose, not dates.
const LONGEST_WRITTEN: usize = 1024;

/// Reads the form of a cell.
pub(super) fn form(value: &Value) -> Form {
    match value {
        Value::Empty => Form::Blank,
        Value::Date(moment) => of_moment(*moment),
        Value::Number(number) => of_number(*number),
        Value::Text(text) if text.len() <= LONGEST_WRITTEN => of_text(text),
        Value::Error(_) => Form::Bad(Bad::FormulaError),
        Value::Text(_) | Value::LongNumber(_) | Value::Bool(_) => Form::Bad(Bad::NotThis),
    }
}

/// A date cell. A cell formatted as a date into which somebody typed 10.8
/// holds a moment of January 1900.
fn of_moment(moment: NaiveDateTime) -> Form {
    let date = moment.date();
    if date.year() > 1900 {
        let odds = Odds::NONE;
        let timed = moment.num_seconds_from_midnight() > 0;
        return Form::Day(date, if timed { odds.with(Odd::Time) } else { odds });
    }
    let Some(start) = NaiveDate::from_ymd_opt(1899, 12, 31) else { return Form::Bad(Bad::NotThis) };
    let hundredths = i64::from(moment.num_seconds_from_midnight()) * 100;
    let part = (hundredths + 43_200) / 86_400;
    let days = (date - start).num_days();
    of_number(Decimal::new(days.saturating_mul(100).saturating_add(part), 2).normalize())
}

/// A plain number: a serial, eight digits, or month and day as a decimal.
fn of_number(number: Decimal) -> Form {
    let whole = number.trunc();
    let Some(integer) = whole.to_i64().filter(|n| (1..100_000_000).contains(n)) else {
        return Form::Bad(Bad::NotThis);
    };
    let fraction = number.fract().normalize();
    if fraction.is_zero() {
        return of_digits(integer.unsigned_abs(), Odds::NONE);
    }
    if integer <= 12 && fraction.scale() <= 2 {
        let digits = u32::try_from(fraction.mantissa()).unwrap_or(0);
        return of_decimal(integer.unsigned_abs() as u32, digits, fraction.scale(), true);
    }
    if is_serial(integer) {
        // A moment: the day and a part of it.
        return Form::Serial { days: integer, odds: Odds::NONE.with(Odd::Serial).with(Odd::Time) };
    }
    let month_of_a_year = (1990..2100).contains(&integer);
    Form::Bad(if month_of_a_year { Bad::Vague } else { Bad::NotThis })
}

/// A month and a decimal part of one or two digits.
fn of_decimal(month: u32, digits: u32, scale: u32, may_have_lost_a_zero: bool) -> Form {
    let odds = Odds::NONE.with(Odd::DecimalDate);
    if may_have_lost_a_zero && scale == 1 && (1..=3).contains(&digits) {
        return Form::Decimal { month, digit: digits, odds };
    }
    Form::MonthDay { month, day: digits, odds }
}

/// Digits without any sign between them.
fn of_digits(digits: u64, odds: Odds) -> Form {
    let whole = |year: u64, odd| {
        let (month, day) = (digits / 100 % 100, digits % 100);
        let date = NaiveDate::from_ymd_opt(year as i32, month as u32, day as u32);
        date.map_or(Form::Bad(Bad::NoSuchDay), |date| Form::Day(date, odds.with(odd)))
    };
    match digits {
        19_000_101..=21_001_231 => whole(digits / 10_000, Odd::EightDigits),
        900_101..=1_991_231 if digits >= 1_000_000 => whole(digits / 10_000 + 1911, Odd::RocYear),
        100_000..=991_231 => of_six_digits(digits as u32, odds),
        _ if is_serial(digits as i64) => {
            Form::Serial { days: digits as i64, odds: odds.with(Odd::Serial) }
        }
        _ => Form::Bad(Bad::NotThis),
    }
}

/// `261008`; `202610` is a month.
fn of_six_digits(digits: u32, odds: Odds) -> Form {
    let (a, b, c) = (digits / 10_000, digits / 100 % 100, digits % 100);
    if (1..=12).contains(&b) && (1..=31).contains(&c) {
        return Form::Triple { a, b, c, odds: odds.with(Odd::EightDigits) };
    }
    Form::Bad(Bad::Vague)
}

/// Whether a number can be the serial of a day between 2000 and 2050.
fn is_serial(number: i64) -> bool {
    // Epoch 1904 counts 1462 days fewer.
    (35_064..=55_153).contains(&number)
}

/// Text.
fn of_text(text: &str) -> Form {
    let (folded, full_width) = fold(text);
    if folded.len() > 64 {
        return Form::Bad(Bad::NotThis);
    }
    let lower = folded.to_lowercase();
    if lower.is_empty() || lexicon().is_blank(&lower) {
        return Form::Blank;
    }
    let mut odds = Odds::NONE.with(Odd::Text);
    if full_width {
        odds.add(Odd::FullWidth);
    }
    let vague = |text: &str| if words().is_vague(text) { Bad::Vague } else { Bad::NotThis };
    let (day, timed) = without_time(&lower);
    if timed {
        odds.add(Odd::Time);
    }
    match parts(day) {
        Some(parts) => of_parts(&parts, odds).unwrap_or_else(|| Form::Bad(vague(&lower))),
        None => Form::Bad(vague(&lower)),
    }
}

/// Cuts a time of day off (`2026-10-08 13:45:00`, `…T13:45:00Z`).
fn without_time(text: &str) -> (&str, bool) {
    let Some(colon) = text.find(':') else { return (text, false) };
    let hour = text[..colon].bytes().rev().take_while(u8::is_ascii_digit).count();
    let rest_is_time = text[colon..].chars().all(|c| c.is_ascii_digit() || " :.+zapm".contains(c));
    if !(1..=2).contains(&hour) || !rest_is_time {
        return (text, false);
    }
    let day = &text[..colon - hour];
    let day = day.strip_suffix('t').unwrap_or(day);
    let day = day.trim_end().trim_end_matches("上午").trim_end_matches("下午");
    (day.trim_end(), true)
}

/// The numbers and months of a text, and what stands behind each.
#[derive(Debug, Default)]
struct Parts {
    /// Value and number of digits; months in letters have 0 digits.
    items: Vec<(u32, usize)>,
    /// The sign behind each item: one of `-/.,年月日`, a space, or `\0`.
    signs: Vec<char>,
    /// Whether the calendar of the Republic is named.
    roc: bool,
}

/// Takes a text apart; `None` if something in it belongs to no date.
fn parts(text: &str) -> Option<Parts> {
    let mut parts = Parts::default();
    let mut rest = text.strip_prefix('\'').unwrap_or(text);
    while let Some(c) = rest.chars().next() {
        if let Some(length) = weekday(rest) {
            rest = &rest[length..];
        } else if c.is_ascii_digit() {
            let length = rest.bytes().take_while(u8::is_ascii_digit).count();
            let digits = &rest[..length];
            // Fourteen digits are a moment: its day counts.
            let digits = if length == 14 { &digits[..8] } else { digits };
            parts.push(digits.parse().ok()?, digits.len())?;
            rest = &rest[length..];
        } else if let Some((number, length)) = han_number(rest) {
            let digits = if number > 999 { 4 } else { 2 };
            parts.push(number, digits)?;
            rest = &rest[length..];
        } else if c.is_alphabetic() && !is_day_sign(c) {
            let length = rest.find(|c: char| !c.is_alphabetic() || is_day_sign(c));
            let (word, after) = rest.split_at(length.unwrap_or(rest.len()));
            rest = after;
            match words().month(word) {
                Some(month) => parts.push(month, 0)?,
                None if words().is_roc(word) => parts.roc = true,
                None if words().is_ignored(word) => {}
                None => return None,
            }
        } else {
            parts.sign(c)?;
            rest = &rest[c.len_utf8()..];
        }
    }
    Some(parts)
}

impl Parts {
    fn push(&mut self, number: u32, digits: usize) -> Option<()> {
        if self.items.len() == 3 {
            return None;
        }
        self.items.push((number, digits));
        self.signs.push('\0');
        Some(())
    }

    /// Notes the sign behind the last item. Two signs in a row are none,
    /// unless one is a space or a comma.
    fn sign(&mut self, c: char) -> Option<()> {
        let c = match c {
            '號' | '号' => '日',
            '\\' => '/',
            '(' | ')' | ',' | ' ' => ' ',
            '-' | '/' | '.' | '年' | '月' | '日' => c,
            _ => return None,
        };
        match self.signs.last_mut() {
            Some(sign @ ('\0' | ' ')) => *sign = c,
            Some(_) if c == ' ' => {}
            Some(_) => return None,
            None if c == ' ' => {}
            None => return None,
        }
        Some(())
    }
}

fn is_day_sign(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '号' | '號')
}

/// Returns the length of a Chinese weekday at the front (`星期四`, `(周四)`).
fn weekday(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('(').unwrap_or(text);
    let name = ["星期", "周", "週", "礼拜", "禮拜"];
    let rest = name.iter().find_map(|name| inner.strip_prefix(name))?;
    let day = rest.chars().next().filter(|c| "一二三四五六日天".contains(*c))?;
    let rest = &rest[day.len_utf8()..];
    let rest = if inner.len() < text.len() { rest.strip_prefix(')').unwrap_or(rest) } else { rest };
    Some(text.len() - rest.len())
}

/// Reads Chinese numerals at the front that 年, 月, 日 or 号 follows: `十月`, `廿八日`,
/// `二0二六年` (〇 is already 0).
fn han_number(text: &str) -> Option<(u32, usize)> {
    const DIGITS: &str = "零一二三四五六七八九";
    let end =
        text.find(|c: char| !c.is_ascii_digit() && !"十廿卅".contains(c) && !DIGITS.contains(c))?;
    let (run, rest) = text.split_at(end);
    if run.is_empty() || !rest.chars().next().is_some_and(is_day_sign) {
        return None;
    }
    let digit =
        |c: char| c.to_digit(10).or_else(|| DIGITS.chars().position(|d| d == c).map(|n| n as u32));
    if run.chars().count() == 4 && run.chars().all(|c| digit(c).is_some()) {
        let year = run.chars().filter_map(digit).fold(0, |year, digit| year * 10 + digit);
        return Some((year, end));
    }
    let mut number = 0;
    let mut ones = None;
    for c in run.chars() {
        match c {
            '十' => number += 10 * ones.take().unwrap_or(1),
            '廿' => number += 20,
            '卅' => number += 30,
            _ if ones.is_some() => return None,
            _ => ones = digit(c),
        }
    }
    Some((number + ones.unwrap_or(0), end)).filter(|(number, _)| *number <= 31)
}

/// Makes a form of the parts; `None` if they are no date.
fn of_parts(parts: &Parts, odds: Odds) -> Option<Form> {
    match parts.items[..] {
        [a, b, c] => of_three(parts, a, b, c, odds),
        [a, b] => of_two(parts, a, b, odds),
        [(number, digits)] => match parts.signs[0] {
            '日' => Some(Form::DayOnly { day: number, odds }),
            '\0' | '.' if digits >= 5 && !parts.roc => Some(of_digits(number.into(), odds)),
            '\0' if digits >= 6 => Some(of_digits(number.into(), odds)),
            _ => None,
        },
        _ => None,
    }
}

/// A whole date, or the reason why there is none.
fn whole(year: i32, month: u32, day: u32, odds: Odds) -> Form {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => Form::Day(date, odds),
        None => Form::Bad(Bad::NoSuchDay),
    }
}

type Item = (u32, usize);

fn of_three(parts: &Parts, a: Item, b: Item, c: Item, odds: Odds) -> Option<Form> {
    let year_of = |(number, digits): Item| match digits {
        4 => Some(number.cast_signed()),
        2 => Some(2000 + number.cast_signed()),
        _ => None,
    };
    let small = |(_, digits): Item| (1..=2).contains(&digits);
    if parts.roc || (a.1 == 3 && (80..=199).contains(&a.0)) {
        let year = a.0.cast_signed() + 1911;
        let fits = small(b) && small(c);
        return fits.then(|| whole(year, b.0, c.0, odds.with(Odd::RocYear)));
    }
    if c.1 == 0 || !month_in_letters_once(a, b) {
        return None;
    }
    if b.1 == 0 {
        // 8 Oct 2026, 8-Oct-26, 2026-Oct-08.
        return Some(match a.1 {
            4 => whole(a.0.cast_signed(), b.0, c.0, odds),
            _ => whole(year_of(c)?, b.0, a.0, odds),
        });
    }
    if a.1 == 0 {
        return Some(whole(year_of(c)?, a.0, b.0, odds));
    }
    let written_out = parts.signs[0] == '年' && parts.signs[1] == '月';
    if a.1 == 4 && small(b) && small(c) {
        return Some(whole(a.0.cast_signed(), b.0, c.0, odds));
    }
    if !small(a) || !small(b) {
        return None;
    }
    if c.1 == 4 {
        return Some(Form::WithYear { a: a.0, b: b.0, year: c.0.cast_signed(), odds });
    }
    if !small(c) {
        return None;
    }
    Some(match written_out {
        true => whole(2000 + a.0.cast_signed(), b.0, c.0, odds),
        false => Form::Triple { a: a.0, b: b.0, c: c.0, odds },
    })
}

/// Whether at most one of the two is a month in letters.
fn month_in_letters_once(a: Item, b: Item) -> bool {
    a.1 != 0 || b.1 != 0
}

fn of_two(parts: &Parts, a: Item, b: Item, odds: Odds) -> Option<Form> {
    let small = |(_, digits): Item| (1..=2).contains(&digits);
    match (a.1, b.1) {
        (0, _) if small(b) => return Some(Form::MonthDay { month: a.0, day: b.0, odds }),
        (_, 0) if small(a) => return Some(Form::MonthDay { month: b.0, day: a.0, odds }),
        _ => {}
    }
    if !small(a) || !small(b) {
        // A year and a month.
        let month = (a.1 == 4 || b.1 == 4) && (a.0 <= 12 || b.0 <= 12 || a.1 == 0 || b.1 == 0);
        return month.then_some(Form::Bad(Bad::Vague));
    }
    match (parts.signs[0], parts.signs[1]) {
        ('月', '\0' | '日' | ' ') => Some(Form::MonthDay { month: a.0, day: b.0, odds }),
        ('年', '月') => Some(Form::Bad(Bad::Vague)),
        ('.', '\0') => Some(Form::Pair { a: a.0, b: b.0, odds: odds.with(Odd::DecimalDate) }),
        ('/' | '-', '\0' | '日' | ' ') => Some(Form::Pair { a: a.0, b: b.0, odds }),
        _ => None,
    }
}
