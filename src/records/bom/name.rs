//! The product's name where no cell has it: in titles, in the names of sheet
//! and file (`材料清單_MP-900.xlsx` is of MP-900).

use super::words::words;
use crate::text::fold;

/// Returns the codes in a text: words with digits that are no date, version or
/// counter.
pub(super) fn codes_in(text: &str) -> impl Iterator<Item = &str> {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/' | '#');
    text.split(move |c: char| !inside(c))
        .map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()))
        .map(without_kind)
        .filter(|word| is_code(word))
}

/// Cuts `BOM-` off `BOM-MP900`.
fn without_kind(word: &str) -> &str {
    let lower = word.to_ascii_lowercase();
    let cut = ["bom-", "bom.", "bom"].into_iter().find(|mark| lower.starts_with(mark));
    let rest = cut.map_or(word, |mark| &word[mark.len()..]);
    if is_code(rest) { rest } else { word }
}

fn is_code(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    let lower = word.to_ascii_lowercase();
    let counter = ["sheet", "rev", "ver", "bom", "no", "page"].iter().any(|mark| {
        lower
            .strip_prefix(mark)
            .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
    });
    let version = lower.strip_prefix('v').is_some_and(|rest| {
        !rest.is_empty() && rest.len() <= 5 && rest.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    });
    let code = digits > 0 && word.len() >= 2 && (letters > 0 || (digits >= 5 && !is_date(word)));
    code && !counter && !version
}

/// Whether a word of digits is a year, a month or a day.
fn is_date(word: &str) -> bool {
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    matches!(digits.len(), 4..=8) && (digits.starts_with("20") || digits.starts_with("19"))
}

/// Returns what is left of a name without the words of parts lists; nothing
/// if that is no name.
pub(super) fn rest_of(text: &str) -> Option<String> {
    let mut rest = text.to_lowercase();
    for word in &words().generic.words {
        rest = rest.replace(word.as_str(), " ");
    }
    let folded = fold(&rest);
    let kept: String =
        folded.chars().filter(|c| !c.is_ascii_digit() && c.is_alphanumeric()).collect();
    let dated = ["年", "月", "日", "年月", "年月日", "月日"].contains(&kept.as_str());
    let trimmed = rest.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    (kept.chars().count() >= 2 && !dated).then_some(trimmed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_in_names() {
        for (text, code) in [
            ("材料清單_MP-900", Some("MP-900")),
            ("K6101", Some("K6101")),
            ("BOM-MP900_V2.1", Some("MP900")),
            ("MP-806 BOM 2026.10", Some("MP-806")),
            ("物料定额表BOM", None),
            ("Sheet1", None),
            ("BOM2", None),
            ("2026年10月", None),
            ("20261031", None),
            ("88121 用料表", Some("88121")),
            ("V2.1", None),
        ] {
            assert_eq!(codes_in(text).next(), code, "{text}");
        }
    }

    #[test]
    fn a_name_without_the_words_of_the_kind_is_the_product() {
        assert_eq!(rest_of("台灯物料清单").as_deref(), Some("台灯"));
        assert_eq!(rest_of("物料清单"), None);
        assert_eq!(rest_of("10月"), None);
        assert_eq!(rest_of("Sheet1"), None);
    }
}
