//! What a cell looks like, whatever it means.

use super::figure::plain;
use crate::input::sheet::{Cell, Held};
use crate::input::values::Parsed;
use crate::input::values::decimal::any_figure;

/// The look of a cell's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Nothing, or a mark that stands for nothing (`-`, `/`, `无`).
    Blank,
    /// A figure, also as text, also with a unit.
    Number,
    /// A date, also as text.
    Date,
    /// Letters and digits mixed: a number of a document, an item, a size.
    Code,
    /// A few words.
    Word,
    /// A sentence.
    Prose,
    /// An error value.
    Error,
}

impl Shape {
    /// Whether it is what data has and headers have not.
    pub(super) fn is_typed(self) -> bool {
        matches!(self, Shape::Number | Shape::Date | Shape::Code | Shape::Error)
    }

    /// Whether it is words.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Shape::Word | Shape::Prose)
    }
}

/// Longer texts are sentences.
const LONGEST_WORDS: usize = 30;

/// Returns the look of a cell.
pub(super) fn shape(cell: Cell<'_>) -> Shape {
    match cell.held() {
        Held::Empty => Shape::Blank,
        Held::Number(_) => Shape::Number,
        Held::LongNumber(_) => Shape::Code,
        Held::Date(_) => Shape::Date,
        Held::Bool(_) => Shape::Word,
        Held::Error(_) => Shape::Error,
        Held::Text(_) => cell.head().map_or(Shape::Blank, text_shape),
    }
}

/// Returns the look of a text.
pub(super) fn text_shape(text: &str) -> Shape {
    let text = text.trim();
    if is_sentence(text) {
        return Shape::Prose;
    }
    if plain(text).is_some() {
        return Shape::Number;
    }
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    if digits == 0 {
        return word_shape(text);
    }
    if looks_like_date(text) {
        return Shape::Date;
    }
    if begins_as_code(text) {
        return coded(text, digits);
    }
    match any_figure(text) {
        Parsed::Value(_) => Shape::Number,
        Parsed::Blank(_) => Shape::Blank,
        Parsed::Bad(_) => coded(text, digits),
    }
}

/// Whether a text begins with letters that are no currency: it is no figure,
/// and need not be read as one.
fn begins_as_code(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let money = ["us", "usd", "rmb", "cny", "hk", "hkd", "nt", "ntd", "twd", "eur", "gbp", "jpy"];
    letters > 0 && !money.iter().any(|money| text[..letters].eq_ignore_ascii_case(money))
}

/// Returns the look of a text without digits.
fn word_shape(text: &str) -> Shape {
    let short = text.chars().count() <= LONGEST_WORDS;
    if short && text.chars().count() <= 8 && any_figure(text).is_blank() {
        return Shape::Blank;
    }
    if short { Shape::Word } else { Shape::Prose }
}

/// Whether a text has the marks and the length of a sentence.
fn is_sentence(text: &str) -> bool {
    text.contains(['，', '。', '；', '！']) && text.chars().count() > 16
}

/// Returns the look of a text with digits that is no figure: a code if it is
/// mostly Latin, words otherwise.
fn coded(text: &str, digits: usize) -> Shape {
    let count = text.chars().count();
    let latin = text.chars().filter(|c| c.is_ascii_graphic()).count();
    if count > LONGEST_WORDS && latin < count {
        return Shape::Prose;
    }
    let spaces = text.split_whitespace().count();
    let named = (count - latin) > 1 && latin < 4 * (count - latin);
    if !named && digits * 8 >= count && spaces <= 3 {
        Shape::Code
    } else if spaces > 8 || count > 2 * LONGEST_WORDS {
        Shape::Prose
    } else {
        Shape::Word
    }
}

/// Whether a text is written like a date: `2026-10-08`, `2026年10月8日`,
/// `10月5日`, `10/5`, `28/09/2026`, `115/10/05`, with a time behind or not.
pub(super) fn looks_like_date(text: &str) -> bool {
    let (day, rest) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    let time = rest.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | 'Z' | '+'));
    if !day.starts_with(|c: char| c.is_ascii_digit()) || day.len() > 24 || !time {
        return false;
    }
    let mut parts = 0;
    let mut length = 0;
    let mut marks = 0;
    for c in day.chars() {
        match c {
            '0'..='9' => {
                length += 1;
                if length == 1 {
                    parts += 1;
                }
                if length > 4 {
                    return false;
                }
            }
            '-' | '/' | '年' | '月' => (length, marks) = (0, marks + 1),
            '.' => {
                (length, marks) = (0, marks + i32::from(parts > 1 || day.matches('.').count() > 1))
            }
            '日' | '号' | '號' => length = 0,
            _ => return false,
        }
    }
    (2..=3).contains(&parts) && marks > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_look_like_what_they_are() {
        for (text, expected) in [
            ("12箱", Shape::Number),
            ("1,234.50", Shape::Number),
            ("¥12.00", Shape::Number),
            ("10.8", Shape::Number),
            ("10/5", Shape::Date),
            ("2026年10月8日", Shape::Date),
            ("10月5日", Shape::Date),
            ("2026.10.8", Shape::Date),
            ("28/09/2026", Shape::Date),
            ("2026-10-08 12:00:00", Shape::Date),
            ("2026年10月9日  星期五   送货员：司机A", Shape::Word),
            ("RK20261006-002", Shape::Code),
            ("60*40*35cm", Shape::Code),
            ("1-50", Shape::Date),
            ("金属拉链 4YG 14cm", Shape::Word),
            ("拉链", Shape::Word),
            ("-", Shape::Blank),
            ("null", Shape::Blank),
            ("请于3日内核对回传，逾期视为认可，谢谢配合", Shape::Prose),
            ("以上货款请于本月底前付清，谢谢合作。", Shape::Prose),
        ] {
            assert_eq!(text_shape(text), expected, "{text}");
        }
    }
}
