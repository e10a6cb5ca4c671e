//! What a movement is, by its words. The words are data:
//! `movement_words.toml`.

use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::MovementClass;
use crate::data::{self, compiled_in};
use crate::text::fold;

/// All of `movement_words.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    outside: Vec<String>,
    words: Vec<Words>,
    prefixes: Vec<Words>,
}

/// The words of one kind of movement.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    class: MovementClass,
    /// Whether it adds to the stock; neither: the figure's sign tells.
    adds: Option<bool>,
    list: Vec<String>,
}

/// What words say of a movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) class: MovementClass,
    pub(super) adds: Option<bool>,
}

static LISTS: LazyLock<Lists> =
    LazyLock::new(|| data::read(compiled_in!("records/stock/movement_words")));

/// Returns what a word of the type column says: the longest one it holds
/// decides (退供应商 before 供应商, 生产退料 before 生产).
pub(super) fn meaning(text: &str) -> Option<Meaning> {
    let folded = fold(text);
    let known =
        LISTS.words.iter().flat_map(|words| words.list.iter().map(move |word| (word, words)));
    let (_, words) = known
        .filter(|(word, _)| holds(&folded, word))
        .max_by_key(|(word, _)| word.chars().count())?;
    Some(Meaning { class: words.class, adds: words.adds })
}

/// Whether a place is none of our warehouses: a supplier's, a customer's, or
/// one that only the program knows.
pub(super) fn is_outside(place: &str) -> bool {
    let folded = fold(place);
    LISTS.outside.iter().any(|word| folded.contains(word.as_str()))
}

/// What words were found to say, so that a ledger's many rows of few words
/// are not each compared with every list.
#[derive(Debug, Default)]
pub(super) struct Meanings {
    known: FxHashMap<Arc<str>, Option<Meaning>>,
}

impl Meanings {
    /// Returns what a word of the type column says.
    pub(super) fn of(&mut self, text: &Arc<str>) -> Option<Meaning> {
        /// More words than this are prose, and no two rows have the same.
        const MOST: usize = 4_096;
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        let found = meaning(text);
        if self.known.len() < MOST {
            self.known.insert(Arc::clone(text), found);
        }
        found
    }
}

/// Whether a text holds a word; short Latin ones must be the whole of it.
fn holds(folded: &str, word: &str) -> bool {
    if word.len() <= 3 && word.is_ascii() { folded == word } else { folded.contains(word) }
}

/// Whether a name speaks of goods in and out alike (出入库流水, 收发存).
pub(super) fn is_both_ways(text: &str) -> bool {
    let folded = fold(text);
    ["出入", "进出", "收发", "流水", "进销存", "movement", "ledger", "transaction"]
        .iter()
        .any(|word| folded.contains(word))
}

/// Returns what the letters before a document's digits say: `RK`, `CK`.
pub(super) fn by_prefix(document_no: &str) -> Option<Meaning> {
    let letters: String = document_no
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .collect::<String>()
        .to_lowercase();
    let words = LISTS.prefixes.iter().find(|words| words.list.contains(&letters))?;
    Some(Meaning { class: words.class, adds: words.adds })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_parse_and_are_sorted() {
        let lists: Lists = toml::from_str(include_str!("movement_words.toml")).unwrap();
        for words in lists.words.iter().chain(&lists.prefixes) {
            assert!(words.list.is_sorted_by(|a, b| a < b), "{:?}", words.list);
            assert!(words.list.iter().all(|word| fold(word) == *word), "{:?}", words.list);
        }
    }

    #[test]
    fn words_say_which_way_goods_go() {
        use MovementClass::{Adjustment, Issue, Opening, Receipt, Transfer};
        for (text, class, adds) in [
            ("采购入库", Receipt, Some(true)),
            ("採購入庫", Receipt, Some(true)),
            ("生产领料", Issue, Some(false)),
            ("退供应商", Receipt, Some(false)),
            ("采购退货", Receipt, Some(false)),
            ("生产退料", Issue, Some(true)),
            ("退料", Issue, Some(true)),
            ("销售退货", Issue, Some(true)),
            ("退货入库", Issue, Some(true)),
            ("销售出库", Issue, Some(false)),
            ("补料", Issue, Some(false)),
            ("报废", Issue, Some(false)),
            ("盘盈", Adjustment, Some(true)),
            ("盤虧", Adjustment, Some(false)),
            ("盘点调整", Adjustment, None),
            ("调拨", Transfer, None),
            ("调拨入库", Transfer, Some(true)),
            ("調撥出庫", Transfer, Some(false)),
            ("期初", Opening, Some(true)),
            ("561", Opening, Some(true)),
            ("122", Receipt, Some(false)),
            ("261", Issue, Some(false)),
            ("311", Transfer, None),
            ("IN", Receipt, Some(true)),
            ("Goods issue", Issue, Some(false)),
        ] {
            assert_eq!(meaning(text), Some(Meaning { class, adds }), "{text}");
        }
        assert_eq!(meaning("印花"), None);
        assert_eq!(meaning("1010"), None);
        assert_eq!(by_prefix("CK0303-4").and_then(|meaning| meaning.adds), Some(false));
        assert_eq!(by_prefix("0000001832"), None);
    }
}
