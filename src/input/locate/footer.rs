//! Rows that are no data by their words: notes, terms, signatures, page
//! numbers.

use super::grid::Line;
use super::look::is_pair;
use super::shape::{Shape, text_shape};
use super::words::words;
use crate::text::fold;

/// A row that is neither data nor header, as its own words tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loose {
    /// A title, a caption, facts: a title above a table, a note below it.
    Caption,
    /// Notes, terms, an amount in words.
    Note,
    /// Who made, checked, received it; copies; page numbers.
    Signature,
    /// An opening balance below a sum: of the table above, or of the next.
    Opening,
    /// Data, but of no table yet.
    Data,
}

/// Returns what the words of a row without figures say, if they say it.
pub(super) fn footer(line: Line<'_>) -> Option<Loose> {
    let heads: Vec<Option<&str>> = line.filled().map(|cell| cell.head()).collect();
    let texts: Vec<&str> = heads.iter().copied().flatten().collect();
    let first = texts.first()?;
    if begins_note(first) {
        return Some(Loose::Note);
    }
    let (mut parts, mut signed, mut hinted, mut certain) = (0, 0, 0, false);
    for (at, text) in heads.iter().enumerate().filter_map(|(at, head)| Some((at, (*head)?))) {
        let folded = fold(text);
        let next = heads.get(at + 1).copied();
        let is_filled_in = next.is_some_and(|next| !next.is_some_and(ends_in_colon));
        // A sentence that speaks of signing is no place to sign.
        let place = text_shape(text) != Shape::Prose || folded.contains(':');
        certain |= (place && words().signature.holds.is_in(&folded)) || is_page_number(&folded);
        for part in segments(text) {
            parts += 1;
            match signs(part, is_filled_in) {
                Signs::Surely => signed += 1,
                Signs::Maybe => hinted += 1,
                Signs::Not => {}
            }
        }
    }
    let enough = (signed + hinted) * 2 >= parts;
    if certain || (enough && (signed > 0 || hinted > 1)) {
        return Some(Loose::Signature);
    }
    let holds = |text: &&str| words().note.holds.is_in(&fold(text));
    let keyed = segments(first).any(is_pair);
    let sentence = text_shape(first) == Shape::Prose && texts.len() <= 2 && !keyed;
    (texts.iter().any(holds) || sentence).then_some(Loose::Note)
}

/// Splits a text where people leave wide gaps between one thing and the next.
pub(super) fn segments(text: &str) -> impl Iterator<Item = &str> {
    let wide = |c: char| matches!(c, '\u{3000}' | '\t' | '\n' | '\r');
    text.split(wide)
        .flat_map(|part| part.split("  "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// Whether a text begins as notes do: `注：`, `备注:`, `1、…`, `一、…`.
fn begins_note(text: &str) -> bool {
    let folded = fold(text);
    if let Some(after) = words().note.begins.after(&folded) {
        let after = after.trim_start_matches(|c: char| c.is_ascii_digit());
        if after.starts_with([':', ',', '.', ';', '(', '-']) {
            return true;
        }
    }
    let numbers = "一二三四五六七八九十0123456789(";
    let rest = folded.trim_start_matches(|c: char| numbers.contains(c));
    let numbered = rest.len() < folded.len() && rest.starts_with([',', '.', ')']);
    numbered
        && rest.chars().count() > 5
        && !rest.contains(|c: char| c.is_ascii_digit() && rest.len() < 12)
}

/// How much a part of a row is a place to sign.
enum Signs {
    /// `制表：仓管A`, `审核：`, `经手人`.
    Surely,
    /// `业务：`, `软件组：`: somebody's name may follow, a fact may too.
    Maybe,
    /// Something else.
    Not,
}

fn ends_in_colon(text: &str) -> bool {
    text.trim_end().ends_with([':', '：'])
}

/// Returns how much a part of a row is a place to sign. `is_filled_in`: the
/// next cell has what its label asks for.
fn signs(part: &str, is_filled_in: bool) -> Signs {
    let folded = fold(part);
    let head = folded.split([':', '(', '_']).next().unwrap_or(&folded);
    // A label that is left blank is there to be filled by hand.
    let open = folded.ends_with(':') && folded.chars().count() <= 12 && !is_filled_in;
    if words().signature.words.has(head) {
        Signs::Surely
    } else if open || (words().signature.whole.has(head) && head.len() < folded.len()) {
        Signs::Maybe
    } else {
        Signs::Not
    }
}

/// Whether a text numbers pages: `第1页 共3页`, `Page 1 of 3`, `1/3页`.
fn is_page_number(folded: &str) -> bool {
    let page = folded.contains('页') && (folded.contains('第') || folded.contains('共'));
    let digits = folded.chars().any(|c| c.is_ascii_digit());
    (page && folded.chars().count() <= 24)
        || (folded.starts_with("page") && digits && folded.len() <= 16)
}
