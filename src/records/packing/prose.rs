//! Facts of packing told in sentences (`每箱12件，空箱1.1KG`), and facts that
//! differ by sizes in one cell (`S-L：24件；XL：20件`).

use std::sync::LazyLock;

use serde::Deserialize;

use super::amounts::{figures, grams};
use super::size_groups::names_sizes;
use crate::data::{self, compiled_in};
use crate::input::values::edges::edges;
use crate::text::fold;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    facts: Vec<Fact>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fact {
    field: String,
    needs: Needs,
    words: Vec<String>,
}

/// What a clause must have beside a fact's word.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Needs {
    Words,
    Figure,
    Weight,
    Edges,
}

static FACTS: LazyLock<Facts> = LazyLock::new(|| data::read(compiled_in!("records/packing/prose")));

/// Returns the facts that a sentence tells, clause by clause. A clause that
/// tells nothing belongs to the one before if that is a rule.
pub(super) fn sentences(text: &str) -> Vec<(&'static str, String)> {
    let mut found: Vec<(&'static str, String)> = Vec::new();
    let body = unnumbered(text);
    for sentence in body.split(['。', '；', ';', '\n']) {
        let mut rule = false;
        for clause in sentence.split(['，', ',']) {
            let clause = clause.trim();
            match fact(clause) {
                Some("packing_mode") | None if rule => {
                    if let Some((_, text)) = found.last_mut() {
                        text.push('，');
                        text.push_str(clause);
                    }
                }
                Some(field) => {
                    rule = field == "tail_rule";
                    found.push((field, clause.to_owned()));
                }
                None => {}
            }
        }
    }
    found
}

/// Takes the number off a point of a list: `1、`, `(2)`, `3.`.
fn unnumbered(text: &str) -> &str {
    let text = text.trim_start_matches(['(', '（', ' ']);
    let bare = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let marked = bare.strip_prefix(['、', ')', '）', '．']).or_else(|| {
        bare.strip_prefix('.').filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
    });
    marked.filter(|_| bare.len() < text.len()).unwrap_or(text)
}

/// Returns what a clause is about.
fn fact(clause: &str) -> Option<&'static str> {
    let folded = fold(clause);
    let has = |needs: Needs| match needs {
        Needs::Words => true,
        Needs::Figure => !figures(clause).is_empty(),
        Needs::Weight => {
            grams(clause, None, rust_decimal::Decimal::ZERO).is_some_and(|grams| !grams.is_zero())
        }
        Needs::Edges => outside(clause).is_some(),
    };
    let is = |fact: &&Fact| {
        fact.words.iter().any(|word| folded.contains(word.as_str())) && has(fact.needs)
    };
    FACTS.facts.iter().find(is).map(|fact| fact.field.as_str())
}

/// Returns the edges that a clause names, from its first digit on.
fn outside(clause: &str) -> Option<()> {
    let digits = clause.find(|c: char| c.is_ascii_digit())?;
    edges(&clause[digits..], None).map(|_| ())
}

/// Splits a value that differs by sizes; nothing if it does not.
pub(super) fn by_sizes(value: &str) -> Vec<(String, String)> {
    let parts = value.split(['；', ';', '，', ',', '、', '\n']).map(str::trim);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let several = parts.len() > 1;
    let pair = |part: &&str| {
        let spaced = || part.split_once(char::is_whitespace).filter(|_| several);
        let (sizes, value) = part.split_once(['：', ':', '=']).or_else(spaced)?;
        let is_pair = names_sizes(sizes) && !figures(value).is_empty();
        is_pair.then(|| (sizes.trim().to_owned(), value.trim().to_owned()))
    };
    parts.iter().map(pair).collect::<Option<Vec<_>>>().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_tell_facts() {
        let read = |text: &str| {
            let found = sentences(text).into_iter();
            found.map(|(field, text)| format!("{field}={text}")).collect::<Vec<_>>().join(" | ")
        };
        assert_eq!(
            read("1、独色独码，每箱12件，尾箱同色混码，不可混色"),
            "packing_mode=独色独码 | pcs_per_carton=每箱12件 | tail_rule=尾箱同色混码，不可混色"
        );
        assert_eq!(
            read("2、外箱：60*40*35cm，空箱1.1KG，限重15KG。"),
            "carton_size=外箱：60*40*35cm | carton_tare=空箱1.1KG | max_gross_weight=限重15KG"
        );
        assert_eq!(
            read("(3) 单件净重0.35KG；胶袋8克"),
            "unit_net_weight=单件净重0.35KG | polybag_weight=胶袋8克"
        );
        assert_eq!(read("请按时交货"), "");
    }

    #[test]
    fn values_may_differ_by_sizes() {
        let read = |text: &str| by_sizes(text).len();
        assert_eq!(read("90-110cm：40件；120-140cm：30件"), 2);
        assert_eq!(read("S-M 30, L-XL 24"), 2);
        assert_eq!(read("24件/箱"), 0);
        assert_eq!(read("50 x 40 x 30 cm"), 0);
        assert_eq!(read("每箱：24件"), 0);
    }
}
