//! What a workbook can hold: sheet names, lengths of text, exact numbers.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::report::visible::visible;

/// The longest sheet name, in UTF-16 units.
const SHEET_NAME: usize = 31;
/// The longest text of a cell, in UTF-16 units.
const CELL_TEXT: usize = 32_767;
/// The first mantissa with more digits than a spreadsheet keeps.
const TOO_LONG: u128 = 1_000_000_000_000_000;

/// Returns a name a sheet can have, unlike those in `taken` (which ignores
/// case), and adds it to them.
pub(super) fn sheet_name(wanted: &str, taken: &mut Vec<String>) -> String {
    let cleaned: String = visible(wanted)
        .chars()
        .map(|char| if "[]:*?/\\\n".contains(char) { '_' } else { char })
        .collect();
    let trimmed = cleaned.trim().trim_matches('\'');
    // Excel keeps "History" for itself.
    let base = match trimmed {
        "" => "Sheet",
        name if name.eq_ignore_ascii_case("history") => "History_",
        name => name,
    };
    let mut name = cut(base, SHEET_NAME).into_owned();
    let mut count = 2;
    while taken.contains(&name.to_lowercase()) {
        let suffix = format!("({count})");
        name = format!("{}{suffix}", cut(base, SHEET_NAME - suffix.len()));
        count += 1;
    }
    taken.push(name.to_lowercase());
    name
}

/// Returns text that a cell can hold: nothing hidden in it, and cut with `…`
/// where it is too long.
pub(super) fn cell_text(text: &str) -> Cow<'_, str> {
    match visible(text) {
        Cow::Borrowed(text) => shortened(text),
        Cow::Owned(text) => Cow::Owned(shortened(&text).into_owned()),
    }
}

fn shortened(text: &str) -> Cow<'_, str> {
    if text.len() <= CELL_TEXT || text.encode_utf16().count() <= CELL_TEXT {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("{}…", cut(text, CELL_TEXT - 1)))
}

fn cut(text: &str, units: usize) -> Cow<'_, str> {
    let mut used = 0;
    for (at, char) in text.char_indices() {
        used += char.len_utf16();
        if used > units {
            return Cow::Borrowed(&text[..at]);
        }
    }
    Cow::Borrowed(text)
}

/// Returns the number as a spreadsheet holds numbers; `None` if it has more
/// digits than that keeps.
pub(super) fn exact(number: Decimal) -> Option<f64> {
    let number = number.normalize();
    if number.mantissa().unsigned_abs() >= TOO_LONG {
        return None;
    }
    // Through the digits: the nearest double, whose shortest form they are.
    number.to_string().parse().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sheet_names_are_valid_and_differ() {
        let mut taken = vec!["gendan".to_owned()];
        assert_eq!(sheet_name("恒锦川[10月]", &mut taken), "恒锦川_10月_");
        assert_eq!(sheet_name("恒锦川[10月]", &mut taken), "恒锦川_10月_(2)");
        assert_eq!(sheet_name("Gendan", &mut taken), "Gendan(2)");
        assert_eq!(sheet_name(" '' ", &mut taken), "Sheet");
        let long = "长".repeat(40);
        assert_eq!(sheet_name(&long, &mut taken).chars().count(), 31);
        assert_eq!(sheet_name(&long, &mut taken).chars().count(), 31);
    }

    #[test]
    fn long_texts_are_cut_visibly() {
        let text = cell_text(&"𠮷".repeat(20_000)).into_owned();
        assert_eq!(text.encode_utf16().count(), 32_767);
        assert!(text.ends_with('…'));
    }

    proptest! {
        #[test]
        fn numbers_survive_or_are_refused(mantissa in any::<i64>(), scale in 0u32..10) {
            let number = Decimal::new(mantissa, scale);
            match exact(number) {
                Some(float) => {
                    // Excel shows at most 15 significant digits.
                    let back: Decimal = format!("{float:.14e}").parse().or_else(
                        |_| Decimal::from_scientific(&format!("{float:.14e}"))).unwrap();
                    prop_assert_eq!(back, number);
                }
                None => prop_assert!(number.normalize().mantissa().unsigned_abs() >= TOO_LONG),
            }
        }
    }
}
