//! Currencies by what papers write for them: 币别, `HK$`, `US Dollars`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::data::{self, compiled_in};
use crate::lang::Lang;
use crate::text::fold;

/// A currency.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Currency {
    /// Its code (`HKD`).
    pub code: String,
    names: [String; 3],
    marks: Vec<String>,
    words: Vec<String>,
}

/// All of `currency.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    currencies: Vec<Currency>,
}

static SOURCE: LazyLock<Source> = LazyLock::new(|| {
    // A file that does not parse fails the test below.
    data::read(compiled_in!("currency"))
});

impl Currency {
    /// Returns the one currency that a text names; `None` if it names none, or
    /// several.
    pub fn in_text(text: &str) -> Option<&'static Self> {
        let folded = fold(text);
        let named = |currency: &&Self| {
            currency.words.contains(&folded)
                || currency.marks.iter().any(|mark| folded.contains(mark.as_str()))
        };
        let mut found = SOURCE.currencies.iter().filter(named);
        let only = found.next()?;
        found.next().is_none().then_some(only)
    }

    /// Returns its name on papers.
    pub fn name(&self, lang: Lang) -> &str {
        let [hans, hant, en] = &self.names;
        match lang {
            Lang::Hans => hans,
            Lang::Hant => hant,
            Lang::En => en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_parse_and_are_folded() {
        let source: Source = toml::from_str(include_str!("currency.toml")).unwrap();
        for currency in &source.currencies {
            for word in currency.marks.iter().chain(&currency.words) {
                assert_eq!(fold(word), *word, "{word} would never be found");
            }
        }
    }

    #[test]
    fn currencies_are_known_by_what_papers_write() {
        for (text, code) in [
            ("HKD", Some("HKD")),
            ("Debit (HK$)", Some("HKD")),
            ("All amounts in US Dollars", Some("USD")),
            ("單位：新臺幣元", Some("TWD")),
            ("NT$", Some("TWD")),
            ("人民币（元）", Some("CNY")),
            ("元", None),
            ("RMB / USD", None),
        ] {
            assert_eq!(Currency::in_text(text).map(|found| found.code.as_str()), code, "{text}");
        }
    }
}
