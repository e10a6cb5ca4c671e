//! Numbers that stand in an entry's words: `10月HJ26100835单价更正` has no
//! number of its own, and yet says which note it corrects.

use rustc_hash::FxHashSet;

use super::document_no::Number;
use super::names::{Id, Names};
use super::paper::{Kind, Paper};
use super::sides::{Both, Side};

/// Characters, and digits among them, that words need to name a note.
const LEAST_LENGTH: usize = 6;
const LEAST_DIGITS: usize = 4;

/// Gives charges, deductions and adjustments without a number the one that
/// their words name, where a line of the same kind of the other side stands
/// under it.
pub(super) fn give_numbers(papers: &mut Both<Paper<'_>>, names: &mut Names) {
    let known = Both { left: numbers_of(&papers.left), right: numbers_of(&papers.right) };
    for side in Side::BOTH {
        let paper = papers.of_mut(side);
        for at in 0..paper.facts.len() {
            if paper.facts[at].kind != Kind::Other || !paper.facts[at].numbers.is_empty() {
                continue;
            }
            let (party, entry) = (paper.facts[at].party, paper.entry(at));
            for words in [&entry.item, &entry.remark].into_iter().flatten() {
                let named = tokens(words).filter_map(|token| Number::new(token, false, names));
                let numbers = &mut paper.facts[at].numbers;
                for number in named {
                    let is_theirs = known.of(side.other()).contains(&(party, number.joined));
                    if is_theirs && !numbers.contains(&number) {
                        numbers.push(number);
                    }
                }
            }
        }
    }
}

fn numbers_of(paper: &Paper<'_>) -> FxHashSet<(Id, Id)> {
    let others = paper.facts.iter().filter(|fact| fact.kind == Kind::Other);
    others.flat_map(|fact| fact.numbers.iter().map(|n| (fact.party, n.joined))).collect()
}

/// Returns what may be a number among words.
fn tokens(words: &str) -> impl Iterator<Item = &str> {
    let tokens = words.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    tokens.map(|token| token.trim_matches('-')).filter(|token| {
        token.len() >= LEAST_LENGTH
            && token.bytes().filter(u8::is_ascii_digit).count() >= LEAST_DIGITS
    })
}
