//! What a line is, by its words: goods unless they say otherwise. The words
//! are data: `line_words.toml`.

use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::EntryType;
use crate::data::{self, compiled_in};
use crate::text::fold;

/// The words of one kind of line.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LineWords {
    anywhere: Vec<String>,
    alone: Vec<String>,
    /// Words of `alone` that name goods as well.
    #[serde(default)]
    goods_too: Vec<String>,
}

/// The keys of facts beside a table.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Keys {
    pub(super) supplier: Vec<String>,
    pub(super) customer: Vec<String>,
    pub(super) period: Vec<String>,
    pub(super) currency: Vec<String>,
    pub(super) opening: Vec<String>,
    pub(super) closing: Vec<String>,
}

/// What notes say of days that are not on the paper.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CutoffWords {
    pub(super) after: Vec<String>,
    pub(super) inclusive: Vec<String>,
    pub(super) next: Vec<String>,
    pub(super) until: Vec<String>,
}

/// Whether money is with tax.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TaxWords {
    gross: Vec<String>,
    net: Vec<String>,
    yes: Vec<String>,
    no: Vec<String>,
    pub(super) rest: Vec<String>,
    pub(super) except: Vec<String>,
}

/// What stands for whole notes, and for whole periods.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WholeWords {
    notes: Vec<String>,
    periods: Vec<String>,
}

/// What the labels of lines below the sum say.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct BelowWords {
    charges: Vec<String>,
    lowers: Vec<String>,
}

/// Words of our own ledgers of what we owe.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LedgerWords {
    pub(super) ours: Vec<String>,
    pub(super) theirs: Vec<String>,
    pub(super) vouchers: Vec<String>,
    pub(super) account: Vec<String>,
}

/// Words for their books and for ours.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OpenWords {
    theirs: Vec<String>,
    ours: Vec<String>,
}

/// All of `line_words.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    #[serde(rename = "return")]
    returned: LineWords,
    payment: LineWords,
    discount: LineWords,
    deduction: LineWords,
    charge: LineWords,
    adjustment: LineWords,
    below: BelowWords,
    whole: WholeWords,
    pub(super) keys: Keys,
    pub(super) cutoff: CutoffWords,
    pub(super) tax: TaxWords,
    pub(super) ledger: LedgerWords,
    side: OpenWords,
    open: OpenWords,
    pub(super) many: ManyWords,
    pub(super) note: NoteWords,
}

/// What the titles of delivery notes say.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoteWords {
    pub(super) titles: Vec<String>,
}

/// How many a price is for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ManyWords {
    pub(super) hundred: Vec<String>,
    pub(super) thousand: Vec<String>,
    pub(super) ten_thousand: Vec<String>,
    /// Units that begin alike.
    pub(super) none: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| data::read(compiled_in!("records/line_words")));

/// Returns the compiled-in words.
pub(super) fn words() -> &'static Words {
    &WORDS
}

impl LineWords {
    fn name(&self, folded: &str, parts: &[String]) -> bool {
        self.anywhere.iter().any(|word| folded.contains(word.as_str()))
            || parts.iter().any(|part| self.alone.contains(part))
    }
}

/// Returns what the words of a line say that it is; `None` if they say
/// nothing.
pub(super) fn by_words(text: &str) -> Option<EntryType> {
    let folded = fold(text);
    let mut parts: Vec<String> = std::iter::once(folded.clone())
        .chain(text.split(|c: char| c.is_whitespace() || "()（）-—:：,，、".contains(c)).map(fold))
        .collect();
    // A rate says nothing of what it is a rate of (税13%, GST@9%).
    let is_rate = |c: char| c.is_ascii_digit() || ".%@".contains(c);
    let rated = parts.iter().filter(|part| part.ends_with('%'));
    let named: Vec<String> = rated.map(|part| part.trim_matches(is_rate).to_owned()).collect();
    parts.extend(named);
    let phrase = without_periods(&folded);
    lists().into_iter().find(|(list, _)| list.name(&phrase, &parts)).map(|(_, kind)| kind)
}

/// Returns what a line below the sum is whose label names no kind of line.
pub(super) fn by_label(label: &str) -> EntryType {
    let folded = fold(label);
    let charged = words().below.charges.iter().any(|word| folded.contains(word.as_str()));
    if charged { EntryType::Charge } else { EntryType::Adjustment }
}

/// Whether the label of a line below the sum says that it is taken off.
pub(super) fn is_lowered(label: &str) -> bool {
    let folded = fold(label);
    words().below.lowers.iter().any(|word| folded.starts_with(word.as_str()))
}

/// Returns the words for returns: those that may stand anywhere in a text, and
/// those that must stand alone.
pub(super) fn return_words() -> (&'static [String], &'static [String]) {
    (&words().returned.anywhere, &words().returned.alone)
}

/// Whether a text where the item should stand names none: it is a whole note's.
pub(super) fn is_whole_note(text: &str) -> bool {
    words().whole.notes.contains(&fold(text))
}

/// Whether a text calls a line a payment by a word that names goods as well
/// (货款: what is paid, and what is owed).
pub(super) fn may_be_goods(text: &str) -> bool {
    words().payment.goods_too.contains(&fold(text))
}

/// Returns what a text says that is nothing but one of the words (退货, 付款单):
/// in a column of unknown meaning longer ones may speak of anything.
pub(super) fn by_word_alone(text: &str) -> Option<EntryType> {
    let folded = fold(text);
    let bare = folded.strip_suffix('单').unwrap_or(&folded);
    let is = |word: &String| word == bare || *word == folded;
    let named = |list: &LineWords| list.anywhere.iter().chain(&list.alone).any(is);
    let goods = || is_whole_note(text).then_some(EntryType::Goods);
    lists().into_iter().find(|(list, _)| named(list)).map(|(_, kind)| kind).or_else(goods)
}

/// The words of each kind of line, in the order in which they are asked.
fn lists() -> [(&'static LineWords, EntryType); 6] {
    let words = words();
    [
        (&words.returned, EntryType::Return),
        (&words.payment, EntryType::Payment),
        (&words.discount, EntryType::Discount),
        (&words.deduction, EntryType::Deduction),
        (&words.charge, EntryType::Charge),
        (&words.adjustment, EntryType::Adjustment),
    ]
}

/// What the words of many lines say; the same words are looked at once.
#[derive(Debug, Default)]
pub(super) struct Naming {
    seen: FxHashMap<Arc<str>, Named>,
    loose: FxHashMap<Arc<str>, Option<EntryType>>,
}

/// What one text says.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Named {
    /// What the line is.
    pub(super) entry_type: Option<EntryType>,
    /// What the line is even beside a quantity: single words that name goods
    /// too (扣 is a button) say nothing there.
    pub(super) beside_quantity: Option<EntryType>,
}

impl Naming {
    /// Returns what texts of unknown meaning say.
    pub(super) fn of_loose(&mut self, texts: impl Iterator<Item = Arc<str>>) -> Named {
        let alone = |text: Arc<str>| {
            if let Some(named) = self.loose.get(&text) {
                return *named;
            }
            let named = by_word_alone(&text);
            self.loose.insert(text, named);
            named
        };
        let entry_type = texts.into_iter().find_map(alone);
        Named { entry_type, beside_quantity: entry_type }
    }

    /// Returns what a text says; nothing if there is none.
    pub(super) fn of(&mut self, text: Option<&Arc<str>>) -> Named {
        let Some(text) = text else { return Named::default() };
        if let Some(named) = self.seen.get(text) {
            return *named;
        }
        let entry_type = by_words(text);
        let beside_quantity = entry_type.filter(|kind| says_anywhere(text, *kind));
        let named = Named { entry_type, beside_quantity };
        self.seen.insert(Arc::clone(text), named);
        named
    }
}

/// Whether a text names a kind of line by more than a single short word.
fn says_anywhere(text: &str, kind: EntryType) -> bool {
    let folded = fold(text);
    lists().into_iter().any(|(list, named)| {
        named == kind && list.anywhere.iter().any(|word| folded.contains(word.as_str()))
    })
}

/// Whether a text says that money is with tax (`true`) or without; `None` if
/// it says neither, or both.
pub(super) fn tax_included(text: &str) -> Option<bool> {
    let mut folded = without_rates(&fold(text));
    let words = &words().tax;
    let mut net = false;
    for word in &words.net {
        if folded.contains(word.as_str()) {
            net = true;
            folded = folded.replace(word.as_str(), " ");
        }
    }
    let gross = words.gross.iter().any(|word| folded.contains(word.as_str()));
    match (gross, net) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// Takes the periods out of what is said of them: `付9月份货款`, `付上月货款`.
fn without_periods(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    let mut rest = folded;
    while let Some(c) = rest.chars().next() {
        let marks = |c: char| c.is_ascii_digit() || "年月-至到、.".contains(c);
        let end = rest.find(|c| !marks(c)).unwrap_or(rest.len());
        let period = &rest[..end];
        if c.is_ascii_digit() && period.ends_with('月') {
            rest = rest[end..].strip_prefix('份').unwrap_or(&rest[end..]);
        } else if let Some(behind) =
            words().whole.periods.iter().find_map(|word| rest.strip_prefix(word.as_str()))
        {
            rest = behind;
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// Takes the rate out of `含13%税`, `含13个点增值税`.
fn without_rates(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    let mut rest = folded;
    while let Some((before, behind)) = rest.split_once('含') {
        out.push_str(before);
        out.push('含');
        let after = behind.trim_start_matches(|c: char| c.is_ascii_digit() || "%.".contains(c));
        let after =
            ["个点", "点"].iter().find_map(|mark| after.strip_prefix(mark)).unwrap_or(after);
        let after = after.strip_prefix("的").unwrap_or(after);
        let after = after.strip_prefix("增值").unwrap_or(after);
        rest = if after.starts_with('税') { after } else { behind };
    }
    out.push_str(rest);
    out
}

/// Reads a cell of a column that says whether a price is with tax (含税, √).
pub(super) fn tax_flag(text: &str) -> Option<bool> {
    let folded = fold(text);
    let words = &words().tax;
    if words.yes.contains(&folded) {
        return Some(true);
    }
    if words.no.contains(&folded) {
        return Some(false);
    }
    tax_included(text)
}

/// Whether an open item stands in their books alone; `None` if its words do
/// not say.
pub(super) fn open_in_theirs(text: &str) -> Option<bool> {
    words().open.say_theirs(text)
}

/// Whether a cell names their side, or ours.
pub(super) fn side_is_theirs(text: &str) -> Option<bool> {
    words().side.say_theirs(text)
}

impl OpenWords {
    fn say_theirs(&self, text: &str) -> Option<bool> {
        let folded = fold(text);
        let says = |list: &[String]| list.iter().any(|word| folded.contains(word.as_str()));
        match (says(&self.theirs), says(&self.ours)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_parse_are_folded_and_name_one_kind_each() {
        let words: Words = toml::from_str(include_str!("line_words.toml")).unwrap();
        let kinds = [
            &words.returned,
            &words.payment,
            &words.discount,
            &words.deduction,
            &words.charge,
            &words.adjustment,
        ];
        let mut seen = std::collections::BTreeSet::new();
        for list in kinds.into_iter().flat_map(|kind| [&kind.anywhere, &kind.alone]) {
            for word in list {
                assert_eq!(fold(word), *word, "{word} would never be found");
                assert!(seen.insert(word.clone()), "{word} stands twice");
            }
        }
        for word in words.whole.notes.iter().chain(&words.whole.periods) {
            assert_eq!(fold(word), *word, "{word} would never be found");
        }
        let keys = &words.keys;
        let keys = [
            &keys.supplier,
            &keys.customer,
            &keys.period,
            &keys.currency,
            &keys.opening,
            &keys.closing,
        ];
        for word in keys.into_iter().flatten() {
            assert_eq!(fold(word), *word, "{word} would never be found");
            assert!(seen.insert(format!("key {word}")), "{word} is two keys");
        }
    }

    #[test]
    fn lines_are_what_their_words_say() {
        for (text, kind) in [
            ("付款 承兑", Some(EntryType::Payment)),
            ("Payment received - T/T", Some(EntryType::Payment)),
            ("轉帳", Some(EntryType::Payment)),
            ("10月返利折让", Some(EntryType::Discount)),
            ("扣款 纸箱受潮扣款", Some(EntryType::Deduction)),
            ("Freight charge", Some(EntryType::Charge)),
            ("運費", Some(EntryType::Charge)),
            ("税13%", Some(EntryType::Charge)),
            ("Add: GST@9%", Some(EntryType::Charge)),
            ("棉95%", None),
            ("灯罩退货", Some(EntryType::Return)),
            ("松紧带 3.5cm 黑色（退）", Some(EntryType::Return)),
            ("更正9月差价", Some(EntryType::Adjustment)),
            ("全棉斜纹布", None),
            ("四合扣 12mm", None),
            ("付9月份货款", Some(EntryType::Payment)),
            ("付2026年8-9月货款", Some(EntryType::Payment)),
            ("付上月货款", Some(EntryType::Payment)),
            ("9月货款", None),
            ("树脂扣", None),
            ("退浆布", None),
            ("打包带", None),
            ("运动面料", None),
            ("收口罗纹", None),
        ] {
            assert_eq!(by_words(text), kind, "{text}");
        }
    }

    #[test]
    fn a_word_alone_tells_what_longer_texts_do_not() {
        assert_eq!(by_word_alone("退货"), Some(EntryType::Return));
        assert_eq!(by_word_alone("付款單"), Some(EntryType::Payment));
        assert_eq!(by_word_alone("退货仓"), None);
        assert_eq!(by_word_alone("运费到付"), None);
    }

    #[test]
    fn tax_words_are_told_apart() {
        assert_eq!(tax_included("对 账 单（含税13%）"), Some(true));
        assert_eq!(tax_included("不含稅單價"), Some(false));
        assert_eq!(tax_included("价格均含13%税"), Some(true));
        assert_eq!(tax_included("单价不含13个点增值税"), Some(false));
        assert_eq!(tax_included("含量13%"), None);
        assert_eq!(tax_included("单价为未税价，其余为含税结算价"), None);
        assert_eq!(tax_included("单价"), None);
        assert_eq!(tax_flag("未税"), Some(false));
        assert_eq!(tax_flag("√"), Some(true));
    }
}
