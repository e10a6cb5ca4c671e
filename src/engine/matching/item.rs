//! What an item is called: its code, and its description taken apart so that
//! name, specification and colour may stand in any order and in any number of
//! cells.

use super::names::{Id, Names};
use crate::text::fold;

/// The item of an entry, as its own paper calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Item {
    /// Its code without leading zeros, which spreadsheets eat.
    pub(super) code: Option<Id>,
    /// The words of its description, sorted.
    pub(super) words: Option<Id>,
}

impl Item {
    /// Takes an item's code and description; `None` if it has neither.
    pub(super) fn new(code: Option<&str>, text: Option<&str>, names: &mut Names) -> Option<Self> {
        let code = code.and_then(|code| code_id(code, names));
        Self::of(code, text.and_then(|text| words_id(text, names)))
    }

    /// Makes an item of its code and words; `None` if it has neither.
    pub(super) fn of(code: Option<Id>, words: Option<Id>) -> Option<Self> {
        (code.is_some() || words.is_some()).then_some(Self { code, words })
    }

    /// Returns the name that tells it from the other items of its paper.
    pub(super) fn key(self) -> ItemKey {
        match (self.code, self.words) {
            (Some(code), _) => ItemKey::Code(code),
            (None, Some(words)) => ItemKey::Words(words),
            (None, None) => ItemKey::Words(Id::MAX),
        }
    }
}

/// What tells an item from the other items of its paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum ItemKey {
    /// By its code.
    Code(Id),
    /// By its description.
    Words(Id),
}

/// Returns a code; `None` if it holds no letter or digit.
pub(super) fn code_id(code: &str, names: &mut Names) -> Option<Id> {
    let key = code_key(code);
    (!key.is_empty()).then(|| names.id(&key))
}

/// Returns the words of a description; `None` if it has none.
pub(super) fn words_id(text: &str, names: &mut Names) -> Option<Id> {
    let words = words(text);
    (!words.is_empty()).then(|| names.id(&words))
}

/// Folds a code; a code of digits alone also loses its leading zeros.
fn code_key(code: &str) -> String {
    let folded: String = fold(code).chars().filter(|c| c.is_alphanumeric()).collect();
    if !folded.bytes().all(|b| b.is_ascii_digit()) {
        return folded;
    }
    let bare = folded.trim_start_matches('0');
    if bare.is_empty() { folded } else { bare.to_owned() }
}

/// Takes a description apart: runs of digits, words of letters, and each
/// ideograph by itself; sorted, each once.
fn words(text: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let apart = apart(text);
    for piece in apart.split_whitespace().map(fold) {
        let mut rest = piece.as_str();
        while let Some(first) = rest.chars().next() {
            let (word, after) = rest.split_at(word_length(rest, first));
            if first.is_alphanumeric() {
                words.push(word.to_owned());
            }
            rest = after;
        }
    }
    words.sort_unstable();
    words.dedup();
    words.join(" ")
}

/// Parts what was written without a space: `260gPE` is 260 g and PE.
fn apart(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut before = ' ';
    for c in text.chars() {
        if before.is_lowercase() && c.is_uppercase() {
            out.push(' ');
        }
        out.push(c);
        before = c;
    }
    out
}

/// Returns the bytes of the word that `text` begins with.
fn word_length(text: &str, first: char) -> usize {
    let end_of = |belongs: fn(char) -> bool| text.find(|c| !belongs(c)).unwrap_or(text.len());
    if first.is_ascii_digit() {
        let end = end_of(|c| c.is_ascii_digit() || c == '.');
        return text[..end].trim_end_matches('.').len();
    }
    if first.is_ascii_alphabetic() {
        return end_of(|c| c.is_ascii_alphabetic());
    }
    first.len_utf8()
}

/// How two descriptions compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// The same words.
    Same,
    /// One says all that the other says, and more; in per cent of shared words.
    Contained(u8),
    /// Each says something that the other does not; in per cent of shared words.
    Partial(u8),
    /// Their figures contradict each other (45 cm, 50 cm).
    Contradiction,
    /// Nothing to compare: other languages, no words.
    Incomparable,
}

/// Compares two descriptions by their sorted words.
pub(super) fn likeness(left: &str, right: &str) -> Likeness {
    if left == right {
        return if left.is_empty() { Likeness::Incomparable } else { Likeness::Same };
    }
    let left: Vec<&str> = left.split(' ').filter(|word| !word.is_empty()).collect();
    let right: Vec<&str> = right.split(' ').filter(|word| !word.is_empty()).collect();
    let figures = shared(&left, &right, is_figure);
    if figures.left > figures.both && figures.right > figures.both {
        return Likeness::Contradiction;
    }
    if left.is_empty() || right.is_empty() || are_of_two_scripts(&left, &right) {
        return Likeness::Incomparable;
    }
    let all = shared(&left, &right, |_| true);
    let percent = (200 * all.both / (all.left + all.right)) as u8;
    if all.both == all.left || all.both == all.right {
        Likeness::Contained(percent)
    } else {
        Likeness::Partial(percent)
    }
}

/// Whether one describes in Latin letters and the other in ideographs. Short
/// Latin words are units and types, which both use.
fn are_of_two_scripts(left: &[&str], right: &[&str]) -> bool {
    let telling = |word: &&&str| !is_figure(word) && (!word.is_ascii() || word.len() > 3);
    let scripts = |words: &[&str]| {
        let latin = words.iter().filter(telling).filter(|word| word.is_ascii()).count();
        (latin, words.iter().filter(telling).count() - latin)
    };
    let ((left_latin, left_other), (right_latin, right_other)) = (scripts(left), scripts(right));
    (left_latin > 0 && left_other == 0 && right_latin == 0)
        || (right_latin > 0 && right_other == 0 && left_latin == 0)
}

fn is_figure(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// Words of each side, and those that both have.
struct Shared {
    left: usize,
    right: usize,
    both: usize,
}

/// Counts the words that `counts`.
fn shared(left: &[&str], right: &[&str], counts: fn(&str) -> bool) -> Shared {
    let count = |words: &[&str]| words.iter().filter(|word| counts(word)).count();
    let is_common = |word: &&&str| counts(word) && right.binary_search(word).is_ok();
    Shared { left: count(left), right: count(right), both: left.iter().filter(is_common).count() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(left: &str, right: &str) -> Likeness {
        likeness(&words(left), &words(right))
    }

    #[test]
    fn order_cells_and_script_do_not_matter() {
        for (left, right) in [
            ("全棉斜纹布 150cm/260g 藏青", "藏青全棉斜紋布（260g，150cm）"),
            ("缝纫线 402 3000码", "縫紉線3000碼402"),
            ("不锈钢螺丝 M3*8", "螺丝 M3×8 不锈钢"),
            ("150cm/260gPE胶袋", "PE胶袋 150cm/260g"),
        ] {
            assert_eq!(like(left, right), Likeness::Same, "{left} and {right}");
        }
    }

    #[test]
    fn other_figures_are_another_item() {
        assert_eq!(like("隐形拉链 3# 45cm", "隐形拉链 3# 50cm"), Likeness::Contradiction);
        assert!(matches!(like("隐形拉链 3# 45cm 漂白", "隐形拉链 45cm"), Likeness::Contained(_)));
        assert!(matches!(like("拉链 麻灰", "拉链 黑色"), Likeness::Partial(_)));
    }

    #[test]
    fn two_languages_cannot_be_compared() {
        assert_eq!(like("Woven interlining 112cm", "有纺衬 112cm"), Likeness::Incomparable);
        assert_eq!(like("纽扣", "拉链"), Likeness::Partial(0));
    }

    #[test]
    fn codes_survive_lost_zeros() {
        assert_eq!(code_key("00151"), code_key("151"));
        assert_eq!(code_key("FB-1001"), code_key("fb 1001"));
        assert_ne!(code_key("FB-0151"), code_key("FB-151"));
        assert_eq!(code_key("000"), "000");
    }
}
