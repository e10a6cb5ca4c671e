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
    tax: Vec<String>,
}

/// Returns the cause of a one-sided line that is a charge or discount.
pub(super) fn cause(entry: &Entry, difference: Decimal) -> Option<Cause> {
    let code = match entry.entry_type {
        EntryType::Charge if is_for(entry, |words| &words.freight) => CauseCode::Freight,
        EntryType::Charge if is_for(entry, |words| &words.tax) => CauseCode::Tax,
        EntryType::Charge => CauseCode::Surcharge,
        EntryType::Discount => CauseCode::Discount,
        _ => return None,
    };
    Some(Cause { code, amount: difference })
}

fn is_for(entry: &Entry, list: fn(&Words) -> &Vec<String>) -> bool {
    static WORDS: OnceLock<Words> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let words: Words = data::read(compiled_in!("engine/matching/charge"));
        let folded = |words: &[String]| words.iter().map(|word| fold(word)).collect();
        Words { freight: folded(&words.freight), tax: folded(&words.tax) }
    });
    let texts = [entry.item.as_deref(), entry.remark.as_deref(), entry.item_code.as_deref()];
    texts
        .into_iter()
        .flatten()
        .map(fold)
        .any(|text| list(words).iter().any(|word| text.contains(word.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_there() {
        let words: Words = toml::from_str(include_str!("charge.toml")).unwrap();
        assert!(words.freight.contains(&"运费".to_owned()));
        assert!(words.freight.is_sorted() && words.tax.is_sorted());
    }
}
