//! The words in and around parts lists, as data.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::SupplyType;
use crate::data::{self, compiled_in};
use crate::text::fold;

/// Everything in `words.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) keys: Keys,
    pub(super) generic: Generic,
    supply: Supply,
    pub(super) parent_quantity: Generic,
    yes: Generic,
    pub(super) alternate: Alternates,
    arrival: Generic,
    pub(super) factors: Generic,
}

/// Keys of facts around a list.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Keys {
    pub(super) product: Vec<String>,
    pub(super) name: Vec<String>,
    pub(super) order: Vec<String>,
    pub(super) quantity: Vec<String>,
    pub(super) revision: Vec<String>,
    pub(super) date: Vec<String>,
    pub(super) color: Vec<String>,
    pub(super) base: Vec<String>,
}

/// What names no product.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Generic {
    pub(super) words: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Supply {
    letters_under: Vec<String>,
    letters: BTreeMap<String, SupplyType>,
    remark: Vec<String>,
    phantom: Vec<String>,
    customer: Vec<String>,
    outsourced: Vec<String>,
    made: Vec<String>,
    bought: Vec<String>,
}

/// Words of alternate columns.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Alternates {
    pub(super) main: Vec<String>,
    pub(super) other: Vec<String>,
    pub(super) remark: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    // A file that does not parse fails the test below.
    data::read(compiled_in!("records/bom/words"))
});

/// Returns the words.
pub(super) fn words() -> &'static Words {
    &WORDS
}

/// Whether a remark tells when material comes, or why nobody knows yet: a day
/// (`11/5`, `11月5日`), or a word of arrivals.
pub fn tells_arrival(text: &str) -> bool {
    let folded = fold(text);
    let signs: Vec<char> = folded.chars().collect();
    let day = signs.windows(3).any(|three| {
        three[0].is_ascii_digit()
            && matches!(three[1], '.' | '/' | '-' | '月')
            && three[2].is_ascii_digit()
    });
    day || words().arrival.words.iter().any(|word| folded.contains(word.as_str()))
}

/// Whether a mark in a column of its own says yes.
pub(super) fn says_yes(text: &str) -> bool {
    words().yes.words.contains(&fold(text))
}

/// Whether a remark says that the customer gives the item.
pub(super) fn is_given(remark: &str) -> bool {
    let folded = fold(remark);
    words().supply.remark.iter().any(|word| folded.starts_with(word.as_str()))
}

/// Returns what a supply type's text means below its header.
pub(super) fn supply(text: &str, header: &str) -> SupplyType {
    let text = fold(text);
    let supply = &words().supply;
    if supply.letters_under.contains(&fold(header))
        && let Some(found) = supply.letters.get(&text)
    {
        return *found;
    }
    let says = |list: &[String]| list.iter().any(|word| text.contains(word.as_str()));
    match () {
        () if says(&supply.phantom) => SupplyType::Phantom,
        () if says(&supply.customer) => SupplyType::Customer,
        () if says(&supply.outsourced) => SupplyType::Outsourced,
        () if says(&supply.made) => SupplyType::Made,
        () if says(&supply.bought) => SupplyType::Bought,
        () => SupplyType::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_parse_and_are_folded() {
        let words: Words = toml::from_str(include_str!("words.toml")).unwrap();
        let keys = words.keys;
        for list in [keys.product, keys.name, keys.order, keys.quantity, keys.revision, keys.date] {
            assert!(!list.is_empty());
            assert!(list.iter().all(|word| fold(word) == *word), "{list:?}");
        }
    }

    #[test]
    fn remarks_tell_of_arrivals_or_of_something_else() {
        for text in ["預計到料 11/20", "11.12到", "待定", "分批 11/8 600", "客戶未定稿", "11/5"]
        {
            assert!(tells_arrival(text), "{text}");
        }
        for text in ["", "總裝用", "第二批", "A级"] {
            assert!(!tells_arrival(text), "{text}");
        }
    }

    #[test]
    fn supply_types_are_known_in_both_scripts() {
        for (text, expected) in [
            ("虚拟件", SupplyType::Phantom),
            ("虛擬件", SupplyType::Phantom),
            ("Phantom", SupplyType::Phantom),
            ("客供", SupplyType::Customer),
            ("委外", SupplyType::Outsourced),
            ("自製件", SupplyType::Made),
            ("採購件", SupplyType::Bought),
            ("外购件", SupplyType::Bought),
            ("", SupplyType::Unknown),
        ] {
            assert_eq!(supply(text, "供料属性"), expected, "{text}");
        }
        assert_eq!(supply("Y", "品號屬性"), SupplyType::Phantom);
        assert_eq!(supply("Y", "客供/自购"), SupplyType::Unknown);
    }
}
