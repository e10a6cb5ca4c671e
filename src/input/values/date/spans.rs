//! Periods in running text: titles, facts, names of files and sheets.
//! `2026年10月1日—10月31日`, `26 Sep 2026 - 25 Oct 2026`, `帳款月份：115/10`, `对账_11510`,
//! `10月对账单`.

use chrono::{Datelike, NaiveDate};

use super::forms::{Form, form};
use super::words::words;
use crate::input::sheet::Value;
use crate::input::values::fold::fold;
use crate::period::{Month, Period};

/// Texts longer than this are prose.
const LONGEST: usize = 240;

/// Returns the period that `text` tells, if it tells one. A month without a
/// year takes the year that brings it nearest `near`.
pub fn period_in(text: &str, near: Option<Period>) -> Option<Period> {
    let (folded, _) = fold(text);
    if folded.len() > LONGEST {
        return None;
    }
    let text = folded.to_lowercase();
    range_in(&text, near).or_else(|| month_in(&text, near).map(Period::from))
}

/// Returns the day that stands at the end of `text`.
pub(crate) fn day_before(text: &str, near: Option<Period>) -> Option<NaiveDate> {
    starts(text).find_map(|at| whole_day(&text[at..], near))
}

/// Returns the day that stands at the beginning of `text`.
pub(crate) fn day_behind(text: &str, near: Option<Period>) -> Option<NaiveDate> {
    first_day(text, near).map(|(day, _)| day)
}

/// Returns the days that stand in `text`, in their order.
pub(crate) fn days_in(text: &str, near: Option<Period>) -> Vec<NaiveDate> {
    let mut days = Vec::new();
    let mut before = ' ';
    let mut from = 0;
    for (at, c) in text.char_indices().take_while(|(at, _)| *at < LONGEST) {
        let begins = at >= from && c.is_ascii_digit() && !before.is_ascii_digit();
        before = c;
        let Some((day, length)) = begins.then(|| first_day(&text[at..], near)).flatten() else {
            continue;
        };
        days.push(day);
        from = at + length;
    }
    days
}

/// Returns the day that `text` begins with, and how long it is.
fn first_day(text: &str, near: Option<Period>) -> Option<(NaiveDate, usize)> {
    ends(text).find_map(|at| Some((whole_day(&text[..at], near)?, at)))
}

fn whole_day(text: &str, near: Option<Period>) -> Option<NaiveDate> {
    match form_of(text)? {
        Form::Day(day, _) => Some(day),
        Form::MonthDay { month, day, .. } => in_near_year(month, day, near?),
        Form::Pair { a, b, .. } if a <= 12 => in_near_year(a, b, near?),
        _ => None,
    }
}

/// Returns the form of a piece of text, if it is one that can stand in prose.
fn form_of(text: &str) -> Option<Form> {
    let trimmed = text.trim();
    // A bare number is no date in prose.
    if trimmed.len() < 3 || trimmed.bytes().all(|b| b.is_ascii_digit()) && trimmed.len() != 8 {
        return None;
    }
    match form(&Value::Text(trimmed.into())) {
        Form::Blank | Form::Bad(_) | Form::Serial { .. } => None,
        form => Some(form),
    }
}

/// The places where a date that ends the text may begin: the longest first.
fn starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    const REACH: usize = 40;
    let from = text.len().saturating_sub(REACH);
    let mut before = ' ';
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        let edge = !(before.is_ascii_alphanumeric() && c.is_ascii_alphanumeric());
        if at >= from && edge {
            found.push(at);
        }
        before = c;
    }
    found.into_iter()
}

/// The places where a date that begins the text may end: the longest first.
fn ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    const REACH: usize = 40;
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        if end > REACH {
            break;
        }
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        if !(c.is_ascii_alphanumeric() && next.is_ascii_alphanumeric()) {
            found.push(end);
        }
    }
    found.into_iter().rev()
}

fn in_near_year(month: u32, day: u32, near: Period) -> Option<NaiveDate> {
    let middle = near.first + (near.last - near.first) / 2;
    (near.first.year() - 1..=near.last.year() + 1)
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
        .min_by_key(|date| (*date - middle).num_days().abs())
}

/// Two days with a sign between them.
fn range_in(text: &str, near: Option<Period>) -> Option<Period> {
    const SIGNS: [&str; 7] = ["至", "到", "~", "--", "-", " to ", "—"];
    SIGNS.iter().find_map(|sign| {
        text.match_indices(sign)
            .find_map(|(at, sign)| range_of(&text[..at], &text[at + sign.len()..], near))
    })
}

/// The end of `left` and the beginning of `right`, if both are days.
fn range_of(left: &str, right: &str, near: Option<Period>) -> Option<Period> {
    let left = left.trim_end();
    let right = right.trim_start();
    let to = |at: usize| form_of(&right[..at]).or_else(|| day_alone(&right[..at]));
    let to = ends(right).find_map(to)?;
    let from = starts(left).find_map(|at| form_of(&left[at..]))?;
    let (first, last) = match (from, to) {
        (Form::Day(first, _), Form::Day(last, _)) => (first, last),
        (Form::Day(first, _), to) => (first, after(first, &to)?),
        (from, Form::Day(last, _)) => (before(&from, last)?, last),
        (from, to) => {
            let near = near?;
            let first = match from {
                Form::MonthDay { month, day, .. } => in_near_year(month, day, near)?,
                Form::Pair { a, b, .. } => in_near_year(a, b, near)?,
                _ => return None,
            };
            (first, after(first, &to)?)
        }
    };
    let days = (last - first).num_days();
    (0..=400).contains(&days).then_some(Period { first, last })
}

/// `31日` and, in a range, `31`.
fn day_alone(text: &str) -> Option<Form> {
    let digits = text.trim().trim_end_matches(['日', '号', '號']);
    let day: u32 = digits.parse().ok().filter(|_| digits.len() <= 2)?;
    Some(Form::DayOnly { day, odds: Default::default() })
}

/// The day of `form` on or after `first`.
fn after(first: NaiveDate, form: &Form) -> Option<NaiveDate> {
    let (month, day) = match *form {
        Form::MonthDay { month, day, .. } => (month, day),
        Form::Pair { a, b, .. } => (a, b),
        Form::DayOnly { day, .. } => (first.month(), day),
        _ => return None,
    };
    let year = if month < first.month() { first.year() + 1 } else { first.year() };
    NaiveDate::from_ymd_opt(year, month, day)
}

/// The day of `form` on or before `last`.
fn before(form: &Form, last: NaiveDate) -> Option<NaiveDate> {
    let (month, day) = match *form {
        Form::MonthDay { month, day, .. } => (month, day),
        Form::Pair { a, b, .. } => (a, b),
        Form::DayOnly { day, .. } => (last.month(), day),
        _ => return None,
    };
    let year = if month > last.month() { last.year() - 1 } else { last.year() };
    NaiveDate::from_ymd_opt(year, month, day)
}

/// A number in a text, and what stands around it.
#[derive(Debug, Clone, Copy)]
struct Run<'t> {
    digits: &'t str,
    before: &'t str,
    behind: &'t str,
}

/// The month that a text names: with its year first.
fn month_in(text: &str, near: Option<Period>) -> Option<Month> {
    let runs = runs(text);
    let with_year = runs.iter().find_map(|run| with_year(*run));
    with_year
        .or_else(|| english_month(text, near))
        .or_else(|| runs.iter().find_map(|run| run_together(*run, near)))
        .or_else(|| runs.iter().find_map(|run| alone(*run, near?)))
}

fn runs(text: &str) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|start| at + start) {
        let length = text[start..].bytes().take_while(u8::is_ascii_digit).count();
        at = start + length;
        runs.push(Run { digits: &text[start..at], before: &text[..start], behind: &text[at..] });
    }
    runs
}

/// `2026年10月`, `2026-10`, `115/10`; not `2026-10-08`.
fn with_year(run: Run<'_>) -> Option<Month> {
    let number: i32 = run.digits.parse().ok()?;
    let year = match run.digits.len() {
        4 if (1990..2100).contains(&number) => number,
        3 if (100..150).contains(&number) => number + 1911,
        2 if run.behind.starts_with('年') => 2000 + number,
        _ => return None,
    };
    let rest = run.behind.trim_start();
    let rest = rest.strip_prefix(['年', '-', '/', '.', '_'])?.trim_start();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) {
        return None;
    }
    let (month, behind) = rest.split_at(digits);
    // Three numbers are a day; the month of a day is no period.
    let goes_on = behind.strip_prefix(['-', '/', '.', '月']).map(str::trim_start);
    if goes_on.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    let short_year = run.digits.len() == 3 && !behind.starts_with('月');
    if short_year && run.before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '-') {
        return None;
    }
    Month::new(year, month.parse().ok()?)
}

/// `202610`, and `11510` in a likely year.
fn run_together(run: Run<'_>, near: Option<Period>) -> Option<Month> {
    if run.before.ends_with(|c: char| c.is_ascii_alphabetic() || c == '.') {
        return None;
    }
    let number: u32 = run.digits.parse().ok()?;
    let year = (number / 100).cast_signed();
    let year = match run.digits.len() {
        6 if (1990..2100).contains(&year) => year,
        5 if (110..140).contains(&year) => year + 1911,
        _ => return None,
    };
    let likely = near.is_none_or(|near| (near.first.year() - year).abs() <= 2);
    Month::new(year, number % 100).filter(|_| likely)
}

/// `Oct 2026`, `Oct2026`, `October`.
fn english_month(text: &str, near: Option<Period>) -> Option<Month> {
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_alphabetic()) {
        let length = rest[start..].bytes().take_while(u8::is_ascii_alphabetic).count();
        let (word, behind) = rest[start..].split_at(length);
        if let Some(month) = words().month(word) {
            let digits = behind.trim_start_matches([' ', '-', '/', '\'', ',', '.', '_']);
            let year = digits.get(..4).and_then(|year| year.parse().ok());
            if let Some(year) = year.filter(|year| (1990..2100).contains(year)) {
                return Month::new(year, month);
            }
            // `may` is a word of its own.
            if word != "may" && !digits.starts_with(|c: char| c.is_ascii_digit()) {
                return near_month(month, near?);
            }
        }
        rest = behind;
    }
    None
}

/// `10月`, `10月份`; not `10月28日`.
fn alone(run: Run<'_>, near: Period) -> Option<Month> {
    let behind = run.behind.trim_start().strip_prefix('月')?;
    let behind = behind.trim_start();
    if run.digits.len() > 2 || behind.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    near_month(run.digits.parse().ok()?, near)
}

fn near_month(month: u32, near: Period) -> Option<Month> {
    in_near_year(month, 15, near).map(Month::of)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(text: &str) -> String {
        let near = Month::new(2026, 11).map(Period::from);
        period_in(text, near).map_or_else(|| "none".to_owned(), |period| period.to_string())
    }

    #[test]
    fn periods_are_found_where_people_write_them() {
        for text in [
            "账期：2026年10月1日—10月31日  单位：元",
            "2026年10月1日-31日",
            "2026.10.1~2026.10.31",
            "2026-10-01至2026-10-31",
            "2026-10-01 - 2026-10-31",
            "10.1-10.31",
            "10/1—10/31",
            "10月1日至10月31日送货明细",
            "对账月份：2026-10",
            "2026年10月份    （单价按箱计）",
            "2026.10",
            "2026/10",
            "202610",
            "帳款月份：115/10",
            "115年10月",
            "民國115年10月份",
            "昱昌灣紡織_對帳單_11510",
            "宏昌岗纽扣2026.10",
            "Brightway_SOA_Oct2026",
            "Statement for October 2026",
            "Oct-2026",
            "鸿运谷包装_2026-10_含税对账",
            "恒锦川织造-10月对账单",
            "10月",
            "For the month of October",
            "1 Oct 2026 to 31 Oct 2026",
        ] {
            assert_eq!(told(text), "2026-10", "{text}");
        }
        for text in [
            "26 Sep 2026 - 25 Oct 2026",
            "9.26-10.25",
            "2026年9月26日—10月25日",
            "2026-09-26~10-25",
        ] {
            assert_eq!(told(text), "2026-09-26..2026-10-25", "{text}");
        }
        assert_eq!(told("12月26日-1月25日"), "2026-12-26..2027-01-25");
    }

    #[test]
    fn what_is_no_period_is_none() {
        for text in [
            "",
            "绍兴恒锦川织造有限公司",
            "采购价格表（经采购主管确认）",
            "更新：2026-11-02",
            "盘点表20261031",
            "电话：0575-8888 1234",
            "HJ26100731-HJ26100799",
            "60-40-35cm",
            "注：请于3日内核对回传。",
            "开票税率13%",
            "Balance may change",
        ] {
            assert_eq!(told(text), "none", "{text}");
        }
        assert_eq!(period_in("10月对账单", None), None);
    }

    #[test]
    fn days_at_the_edge_of_a_text_are_found() {
        let near = Month::new(2026, 10).map(Period::from);
        let day = NaiveDate::from_ymd_opt(2026, 10, 28);
        assert_eq!(day_before("注：10月28日", near), day);
        assert_eq!(day_before("deliveries after 28 oct", near), day);
        assert_eq!(day_behind("10.28,次月结算", near), day);
        assert_eq!(day_before("注：28", near), None);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,60}") {
            let _ = told(&text);
        }

        #[test]
        fn no_text_of_figures_makes_it_panic(text in "[0-9年月日至到~ —./oct-]{0,30}") {
            let _ = told(&text);
        }
    }
}
