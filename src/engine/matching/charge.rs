//! What a charge or discount without a partner is for.

use std::sync::OnceLock;

use rust_decimal::Decimal;
use serde::Deserialize;

use super::outcome::{Cause, CauseCode};
use crate::data::{self, compiled_in};
use crate::engine::entry::{Entry, EntryType};
use crate::text::fold;

/// Words by which a charge is known.
#[derive(Debug, Default, Deserialize)]
struct Words {
    freight: Vec<String>,
    prepaid: Vec<String>,
    tax: Vec<String>,
    /// Whole words that name the tax.
    tax_alone: Vec<String>,
}

/// Returns the cause of a one-sided line that is a charge or discount.
pub(super) fn cause(entry: &Entry, difference: Decimal) -> Option<Cause> {
    let code = match entry.entry_type {
        EntryType::Charge if is_for(entry, |words| &words.freight) => CauseCode::Freight,
        EntryType::Charge if is_for(entry, |words| &words.tax) || is_tax(entry) => CauseCode::Tax,
        EntryType::Charge => CauseCode::Surcharge,
        EntryType::Discount => CauseCode::Discount,
        _ => return None,
    };
    Some(Cause { code, amount: difference })
}

/// Whether a payment was made in advance.
pub(in crate::engine) fn is_prepaid(entry: &Entry) -> bool {
    entry.entry_type == EntryType::Payment && is_for(entry, |words| &words.prepaid)
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let words: Words = data::read(compiled_in!("engine/matching/charge"));
        let folded = |words: &[String]| words.iter().map(|word| fold(word)).collect();
        Words {
            freight: folded(&words.freight),
            prepaid: folded(&words.prepaid),
            tax: folded(&words.tax),
            tax_alone: folded(&words.tax_alone),
        }
    })
}

fn texts(entry: &Entry) -> impl Iterator<Item = &str> {
    let texts = [entry.item.as_deref(), entry.remark.as_deref(), entry.item_code.as_deref()];
    texts.into_iter().flatten()
}

fn is_for(entry: &Entry, list: fn(&Words) -> &Vec<String>) -> bool {
    let names = |text: String| list(words()).iter().any(|word| text.contains(word.as_str()));
    texts(entry).map(fold).any(names)
}

/// Whether one of the words of a line is the tax itself: `VAT 13%`, `Add: GST`.
fn is_tax(entry: &Entry) -> bool {
    let words_of = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(fold).collect()
    };
    texts(entry).flat_map(words_of).any(|word| words().tax_alone.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_there() {
        let words: Words = toml::from_str(include_str!("charge.toml")).unwrap();
        assert!(words.freight.contains(&"运费".to_owned()));
        assert!(words.freight.is_sorted() && words.tax.is_sorted());
        assert!(words.tax_alone.is_sorted() && words.prepaid.is_sorted());
    }

    #[test]
    fn charges_are_called_by_what_they_are_for() {
        let at = crate::location::Location::new(
            &std::sync::Arc::new(crate::location::SheetId { path: "a".into(), sheet: None }),
            crate::location::CellRef::new(0, 0),
        );
        for (text, code) in [
            ("VAT 13%", CauseCode::Tax),
            ("Add: GST@9%", CauseCode::Tax),
            ("税13%", CauseCode::Tax),
            ("增值税", CauseCode::Tax),
            ("Freight incl. VAT", CauseCode::Freight),
            ("Private label setup charge", CauseCode::Surcharge),
        ] {
            let line = Entry::bare("A".into(), EntryType::Charge, Decimal::TEN, &at);
            let line = Entry { item: Some(text.into()), ..line };
            assert_eq!(cause(&line, Decimal::TEN).map(|cause| cause.code), Some(code), "{text}");
        }
    }
}
