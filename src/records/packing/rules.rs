//! Rules as specs write them: how to fill full cartons, and how far leftovers
//! may be mixed.

use std::sync::LazyLock;

use rust_decimal::prelude::ToPrimitive;
use serde::Deserialize;

use super::amounts::figures;
use crate::data::{self, compiled_in};
use crate::engine::packing::Outer;
use crate::engine::packing::lot::{Method, OddLimit};
use crate::input::values::edges::edges;
use crate::text::fold;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    methods: Vec<MethodWords>,
    topics: Topics,
    modes: Modes,
    ratios: OneList,
    odd: OddWords,
    marks: OneList,
    subjects: OneList,
    small: OneList,
    minimum: OneList,
    unmixed: OneList,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct MethodWords {
    method: String,
    #[serde(default)]
    colours: bool,
    sizes: Option<bool>,
    words: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Topics {
    sizes: Vec<String>,
    colours: Vec<String>,
    styles: Vec<String>,
    orders: Vec<String>,
    split: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Modes {
    no: Vec<String>,
    within: Vec<String>,
    yes: Vec<String>,
    refused: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct OddWords {
    unless: Vec<String>,
    one: Vec<String>,
    colour: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct OneList {
    words: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| data::read(compiled_in!("records/packing/words")));

/// What a text says of mixing; `None` where it is silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SaidMixing {
    /// Several sizes in a carton.
    pub sizes: Option<bool>,
    /// Several colours.
    pub colours: Option<bool>,
    /// Several styles.
    pub styles: Option<bool>,
    /// Several customer's orders.
    pub orders: Option<bool>,
    /// The rest of a size in several cartons.
    pub split: Option<bool>,
}

impl SaidMixing {
    /// Takes from another text what this one is silent on.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            sizes: self.sizes.or(other.sizes),
            colours: self.colours.or(other.colours),
            styles: self.styles.or(other.styles),
            orders: self.orders.or(other.orders),
            split: self.split.or(other.split),
        }
    }
}

/// What a spec says of its last cartons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TailRule {
    /// What may share one.
    pub mixing: SaidMixing,
    /// Where there may be one at most.
    pub odd_limit: Option<OddLimit>,
    /// The smaller carton for what fills less than half.
    pub small: Option<Outer>,
    /// The fewest pieces.
    pub minimum: Option<u64>,
}

impl TailRule {
    /// Takes from another place what this one is silent on.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            mixing: self.mixing.or(other.mixing),
            odd_limit: self.odd_limit.or(other.odd_limit),
            small: self.small.or(other.small),
            minimum: self.minimum.or(other.minimum),
        }
    }
}

fn any(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

/// Reads how full cartons are filled, and what that says of mixing.
pub(super) fn method(text: &str) -> Option<(Method, SaidMixing)> {
    let folded = fold(text);
    let found = WORDS.methods.iter().find(|known| any(&folded, &known.words))?;
    let method = match found.method.as_str() {
        "ratio" => Method::Ratio,
        "mixed" => Method::Mixed,
        _ => Method::Solid,
    };
    let colours = found.colours.then_some(true);
    Some((method, SaidMixing { colours, sizes: found.sizes, ..SaidMixing::default() }))
}

/// Reads an answer: 可, 不可, yes, no, √, ×.
pub(super) fn answer(text: &str) -> Option<bool> {
    let folded = fold(text);
    let is = |words: &[String]| words.contains(&folded);
    if is(&WORDS.modes.refused) || WORDS.modes.no.iter().any(|no| folded.starts_with(no.as_str())) {
        return Some(false);
    }
    (is(&WORDS.modes.yes)
        || WORDS.modes.yes.iter().any(|yes| yes.len() > 1 && folded.starts_with(yes.as_str())))
    .then_some(true)
}

/// Reads how many ratios may be chosen.
pub(super) fn ratios(text: &str) -> Option<u64> {
    let spoken = |clause: &&str| any(&fold(clause), &WORDS.ratios.words);
    let clause = text.split(['，', ',', '；', ';', '。', '\n', '、']).find(spoken)?;
    figures(clause).first()?.0.to_u64().filter(|count| *count > 0)
}

/// Whether a clause says that there may be one carton of leftovers.
fn limits_to_one(folded: &str) -> bool {
    let one = |word: &String| {
        let before = folded.find(word.as_str()).map(|at| folded[..at].chars().next_back());
        before.is_some_and(|before| !before.is_some_and(|c| c.is_ascii_digit()))
    };
    WORDS.odd.one.iter().any(one) && !any(folded, &WORDS.odd.unless)
}

/// Whether a clause needs no reading: it tells what to write on a carton, or
/// names what the rule is about.
fn is_no_rule(folded: &str) -> bool {
    let mut rest = folded.to_owned();
    for subject in &WORDS.subjects.words {
        rest = rest.replace(subject.as_str(), "");
    }
    any(folded, &WORDS.marks.words) || !rest.chars().any(char::is_alphanumeric)
}

/// Reads the rule for the last cartons; the clauses that are not understood
/// come with it.
pub(super) fn tail_rule(text: &str) -> (TailRule, Vec<String>) {
    let mut rule = TailRule::default();
    let mut unread = Vec::new();
    for clause in clauses(text) {
        let folded = fold(&clause);
        let before = rule;
        let clause_says = said(&clause);
        rule.mixing = clause_says.or(rule.mixing);
        // `尾箱不混` is about all that no other clause speaks of.
        if clause_says == SaidMixing::default() && any(&folded, &WORDS.unmixed.words) {
            let no = Some(false);
            let all = SaidMixing { sizes: no, colours: no, styles: no, ..SaidMixing::default() };
            rule.mixing = rule.mixing.or(all);
        }
        if limits_to_one(&folded) {
            let per_colour = any(&folded, &WORDS.odd.colour);
            rule.odd_limit = Some(if per_colour { OddLimit::Colour } else { OddLimit::Order });
        }
        if any(&folded, &WORDS.small.words) {
            rule.small = edges(dimensions(&clause), None).map(Outer::new).or(rule.small);
        }
        if any(&folded, &WORDS.minimum.words) {
            let pieces = figures(&clause).first().and_then(|(figure, _)| figure.to_u64());
            rule.minimum = pieces.or(rule.minimum);
        }
        let repeats = clause_says != SaidMixing::default();
        if rule == before && !repeats && !is_no_rule(&folded) {
            unread.push(clause);
        }
    }
    (rule, unread)
}

/// Returns the part of a clause from its first digit on.
fn dimensions(clause: &str) -> &str {
    clause.find(|c: char| c.is_ascii_digit()).map_or("", |at| &clause[at..])
}

/// Splits a rule at punctuation, and before words that turn it round.
fn clauses(text: &str) -> Vec<String> {
    const TURNS: [&str; 7] = ["不可", "不能", "不得", "不允许", "但", "可混", "可拆"];
    let mut marked = text.to_lowercase();
    for turn in TURNS {
        // 不可混: the turn is 不可, not 可混.
        marked = marked.replace(turn, &format!("\u{1}{turn}")).replace("不\u{1}可", "\u{1}不可");
    }
    marked = marked.replace(" and ", "\u{1}").replace(" but ", "\u{1}").replace(" or ", "\u{1}or ");
    let parts = marked.split(['，', ',', '；', ';', '。', '\n', '\u{1}', '、']);
    parts.map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Whether a clause says that something must not be. Latin words count as
/// whole words only: `within one` has no `no`.
fn turns_round(text: &str, folded: &str) -> bool {
    let lower = text.to_lowercase();
    let is_word = |word: &str| {
        lower.split(|c: char| !c.is_ascii_alphabetic() && c != '\'').any(|part| part == word)
    };
    WORDS.modes.no.iter().any(|no| match no.is_ascii() {
        true => is_word(no),
        false => folded.contains(no.as_str()),
    })
}

/// Returns what one clause says of mixing.
fn said(text: &str) -> SaidMixing {
    let words = &*WORDS;
    let folded = fold(text);
    let clause = folded.as_str();
    let no = turns_round(text, clause);
    let about = |topic: &[String]| any(clause, topic).then_some(!no);
    // Sizes mixed within a colour: the colour is what stays together.
    let within = |topic: &[String], same: &[&str]| {
        same.iter().any(|word| clause.contains(word))
            || any(clause, topic)
                && words.modes.within.iter().any(|word| {
                    topic.iter().any(|topic| {
                        [
                            format!("{word}{topic}"),
                            format!("{word}a{topic}"),
                            format!("{word}one{topic}"),
                            format!("{word}same{topic}"),
                            format!("{word}the{topic}"),
                        ]
                        .iter()
                        .any(|phrase| clause.contains(phrase.as_str()))
                    })
                })
    };
    let topics = &words.topics;
    let kept = |topic: &[String], same: &[&str]| match within(topic, same) {
        true => Some(false),
        false => about(topic),
    };
    SaidMixing {
        sizes: kept(&topics.sizes, &["独码", "同码", "单码"]),
        colours: kept(&topics.colours, &["独色", "同色", "单色"]),
        styles: kept(&topics.styles, &["独款", "同款", "单款"]),
        orders: kept(&topics.orders, &["同单"]),
        split: about(&topics.split),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mixing(text: &str) -> (Option<bool>, Option<bool>, Option<bool>, Option<bool>) {
        let said = tail_rule(text).0.mixing;
        (said.sizes, said.colours, said.styles, said.split)
    }

    #[test]
    fn the_rule_for_last_cartons_is_read_clause_by_clause() {
        let (yes, no) = (Some(true), Some(false));
        for (text, expected) in [
            ("尾箱可混码，不可混色；不足半箱用40*40*35cm小箱", (yes, no, None, None)),
            ("配比装完后余数同色混码一箱，每色最多一个尾箱", (yes, no, None, None)),
            ("同色混码；尾箱注明MIXED", (yes, no, None, None)),
            ("可混码不可混色", (yes, no, None, None)),
            ("可混码混色，不可混款，不可拆", (yes, yes, no, no)),
            ("尾箱不可混码", (no, None, None, None)),
            ("尾数可拆分装箱", (None, None, None, yes)),
            ("sizes may be mixed, no mixed colours", (yes, no, None, None)),
            ("Mixed sizes allowed within a colour; rest may be split", (yes, no, None, yes)),
            ("colours may be mixed within one style", (None, yes, no, None)),
            ("Do not mix colors", (None, no, None, None)),
            ("last carton solid size, solid colour", (no, no, None, None)),
            ("尾箱不混装", (no, no, no, None)),
            ("同色可混码，不同颜色不可混装", (yes, no, no, None)),
        ] {
            assert_eq!(mixing(text), expected, "{text}");
        }
    }

    #[test]
    fn limits_and_small_cartons_are_read() {
        let rule =
            tail_rule("配比装完后余数同色混码一箱，每色最多一个尾箱；不足半箱用40*40*35cm小箱").0;
        assert_eq!(rule.odd_limit, Some(OddLimit::Colour));
        assert_eq!(rule.small.map(|outer| outer.height.to_string()).as_deref(), Some("350"));
        let odd_limit = |text: &str| tail_rule(text).0.odd_limit;
        assert_eq!(odd_limit("每单最多一个尾箱"), Some(OddLimit::Order));
        assert_eq!(odd_limit("Only one odd carton per PO"), Some(OddLimit::Order));
        assert_eq!(odd_limit("不足1箱的可混码"), None);
        assert_eq!(odd_limit("余数超过11箱另报"), None);
        assert_eq!(tail_rule("每箱不少于6件").0.minimum, Some(6));
    }

    #[test]
    fn clauses_that_nobody_understands_are_named() {
        let unread = |text: &str| tail_rule(text).1;
        assert_eq!(unread("可混码不可混色；按乙方案处理"), ["按乙方案处理"]);
        assert_eq!(unread("see appendix C"), ["see appendix c"]);
        for text in [
            "尾箱注明MIXED，同色混码",
            "尾箱不混装",
            "余数：可拆",
            "每箱不少于6件",
            "Last carton: mixed sizes ok",
        ] {
            assert!(unread(text).is_empty(), "{text}: {:?}", unread(text));
        }
    }

    #[test]
    fn how_many_ratios_may_be_chosen_is_read() {
        assert_eq!(ratios("按配比，最多3种配比"), Some(3));
        assert_eq!(ratios("ratio, at most 2 patterns"), Some(2));
        assert_eq!(ratios("独色混码 配比S4 M8 L8 XL4=24件"), None);
    }

    #[test]
    fn methods_are_told_apart() {
        let read = |text: &str| method(text).map(|(method, said)| (method, said.colours));
        assert_eq!(read("独色独码"), Some((Method::Solid, None)));
        assert_eq!(read("獨色混碼"), Some((Method::Mixed, None)));
        assert_eq!(read("混色混码"), Some((Method::Mixed, Some(true))));
        assert_eq!(read("按配比"), Some((Method::Ratio, None)));
        assert_eq!(read("Solid colour solid size"), Some((Method::Solid, None)));
        assert_eq!(read("ratio"), Some((Method::Ratio, None)));
        assert_eq!(read("?"), None);
        assert_eq!(answer("不可"), Some(false));
        assert_eq!(answer("可"), Some(true));
        assert_eq!(answer("Yes"), Some(true));
    }
}
