//! How much an order's own paper lets it be over or short: `±5%`,
//! `+5/-2.5%`, `不可短溢`.

use rust_decimal::Decimal;

use crate::engine::packing::tolerance::Tolerance;
use crate::text::fold;

/// Reads what a paper allows; `None` if it cannot be read.
pub fn over_short(text: &str) -> Option<Tolerance> {
    const NONE: [&str; 9] = [
        "不可短溢",
        "不可溢短",
        "不允许",
        "不得短溢",
        "无短溢",
        "不可",
        "none",
        "noover",
        "notallowed",
    ];
    let folded = fold(text).replace("+/-", "±").replace("-/+", "±");
    if NONE.iter().any(|word| folded.contains(word)) || folded == "0" {
        return Some(Tolerance::default());
    }
    let mut over = None;
    let mut short = None;
    let mut sign = '±';
    let mut digits = String::new();
    for c in folded.chars().chain([' ']) {
        if c.is_ascii_digit() || c == '.' && !digits.is_empty() {
            digits.push(c);
            continue;
        }
        if let Ok(percent) = digits.parse::<Decimal>() {
            match sign {
                '+' => over = Some(percent),
                '-' => short = Some(percent),
                _ => (over, short) = (Some(percent), Some(percent)),
            }
        }
        digits.clear();
        if matches!(c, '+' | '-' | '±') {
            sign = c;
        }
    }
    let believable = |percent: &Decimal| *percent <= Decimal::ONE_HUNDRED;
    if over.is_none() && short.is_none() {
        return None;
    }
    let (over, short) = (over.unwrap_or_default(), short.unwrap_or_default());
    (believable(&over) && believable(&short)).then_some(Tolerance { over, short })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_say_it_in_many_ways() {
        let read = |text: &str| {
            over_short(text).map(|found| (found.over.to_string(), found.short.to_string()))
        };
        let pair = |over: &str, short: &str| Some((over.to_owned(), short.to_owned()));
        assert_eq!(read("±5%"), pair("5", "5"));
        assert_eq!(read("+/-5%"), pair("5", "5"));
        assert_eq!(read("+5/-2.5%"), pair("5", "2.5"));
        assert_eq!(read("+3%"), pair("3", "0"));
        assert_eq!(read("不可短溢"), pair("0", "0"));
        assert_eq!(read("0"), pair("0", "0"));
        assert_eq!(read("按客户要求"), None);
    }
}
