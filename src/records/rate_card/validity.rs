//! From when to when a rate card holds, in words: `2026年10月15日起执行`,
//! `有效期：2026-01-01 至 2026-12-31`, `valid until 2026-12-31`.

use chrono::NaiveDate;

use crate::input::values::date::{days_in, period_in};
use crate::period::Period;
use crate::text::fold;

/// From when to when a card holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Validity {
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
}

const WORDS: [&str; 12] = [
    "有效",
    "执行",
    "生效",
    "起至",
    "起用",
    "启用",
    "实施",
    "适用",
    "截止",
    "valid",
    "effective",
    "from",
];
const ENDS: [&str; 7] = ["截止", "止", "有效期至", "有效至", "到期", "until", "through"];

impl Validity {
    /// Reads the first of some texts that says it.
    pub(super) fn read<'a>(texts: impl IntoIterator<Item = &'a str>, near: Option<Period>) -> Self {
        texts.into_iter().find_map(|text| Self::of(text, near)).unwrap_or_default()
    }

    fn of(text: &str, near: Option<Period>) -> Option<Self> {
        let folded = fold(text);
        if !WORDS.iter().any(|word| folded.contains(word)) {
            return None;
        }
        match days_in(text, near)[..] {
            [] => {
                let period = period_in(text, near)?;
                let open = folded.contains('起');
                Some(Self { from: Some(period.first), to: Some(period.last).filter(|_| !open) })
            }
            [day] if ENDS.iter().any(|word| folded.contains(word)) => {
                Some(Self { from: None, to: Some(day) })
            }
            [day] => Some(Self { from: Some(day), to: None }),
            [from, to, ..] => Some(Self { from: Some(from.min(to)), to: Some(to.max(from)) }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_when_to_when_in_words() {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        for (text, from, to) in [
            ("2026年10月15日起执行", "2026-10-15", ""),
            ("执行日期：2026-01-01", "2026-01-01", ""),
            ("有效期：2026-01-01 至 2026-12-31", "2026-01-01", "2026-12-31"),
            ("Valid until 2026-12-31", "", "2026-12-31"),
            ("有效期至2026年9月30日", "", "2026-09-30"),
            ("2026年10月起执行", "2026-10-01", ""),
            ("中通快递价格表2026年", "", ""),
        ] {
            let expected = Validity { from: day(from), to: day(to) };
            assert_eq!(Validity::read([text], None), expected, "{text}");
        }
    }
}
