//! Keys and values that stand above and below a table: `客户：青禾岭`,
//! `Period: | 26 Sep 2026 - 25 Oct 2026`, several in a cell or one in two.

use super::below::leads_to_balance;
use super::columns::value_text;
use super::footer::segments;
use super::grid::Line;
use super::label::label;
use super::look::Reader;
use super::shape::{Shape, shape, text_shape};
use super::words::words;
use crate::input::sheet::{Cell, Sheet};
use crate::input::table::{Fact, Role};
use crate::kinds::vocabulary;
use crate::location::{CellRef, Located};
use crate::text::fold;

/// Longer texts before a colon are sentences, not keys.
const LONGEST_KEY: usize = 24;

/// Reads the facts of the rows that are no data, in order, each once.
pub(super) fn facts<'a>(
    sheet: &'a Sheet,
    lines: impl Iterator<Item = (Line<'a>, Role)>,
    reader: &Reader<'a>,
) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    for (line, role) in lines {
        // What a signature row leaves open is filled by hand, not by the cell
        // beside it.
        let signed = role == Role::Signature;
        for fact in of_line(sheet, line, signed, reader) {
            let same =
                |other: &Fact| other.key == fact.key && other.value.value == fact.value.value;
            if !facts.iter().any(same) {
                facts.push(fact);
            }
        }
    }
    facts
}

/// Reads the facts of one row.
fn of_line<'a>(sheet: &'a Sheet, line: Line<'a>, signed: bool, reader: &Reader<'a>) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut open: Option<String> = None;
    let mut cells = line.filled().peekable();
    while let Some(cell) = cells.next() {
        let at = sheet.at(CellRef::new(line.row, cell.col));
        let mut add = |key: String, value: String| {
            facts.push(Fact { key, value: Located { value, at: at.clone() } });
        };
        let text = cell.head().unwrap_or_default();
        // `旺旺号：| 买家7`: what stands beside a key is its value, whatever it
        // begins with.
        let answers = |_: &mut String| !text.is_empty() && !text.contains([':', '：']);
        if let Some(key) = open.take_if(answers) {
            add(key, value_text(cell.held()));
            continue;
        }
        let pairs = pairs(text, signed);
        let (closed, left) = (pairs.closed, pairs.open);
        if closed.is_empty() && left.is_none() {
            match open.take() {
                Some(key) => add(key, value_text(cell.held())),
                None if is_bare_key(cell, cells.peek().copied(), reader) => {
                    open = Some(trimmed(text))
                }
                None => {}
            }
            continue;
        }
        open = left.filter(|_| !signed);
        closed.into_iter().for_each(|(key, value)| add(key, value));
    }
    facts
}

/// Whether a cell without a colon is a key whose value stands beside it.
fn is_bare_key<'a>(cell: Cell<'a>, next: Option<Cell<'_>>, reader: &Reader<'a>) -> bool {
    let Some(text) = cell.head() else { return false };
    let moved = || next.is_some_and(|next| shape(next) == Shape::Number) && leads_to_balance(text);
    reader.knows(text) || reader.label(text).is_some_and(|label| label.sure) || moved()
}

/// The keys of one cell: those with their values, and one whose value must
/// stand in the next cell.
#[derive(Debug, Default, PartialEq, Eq)]
struct Pairs {
    closed: Vec<(String, String)>,
    open: Option<String>,
}

/// Reads the keys and values in a text.
///
/// In a row of signatures nothing beside a key is its value.
fn pairs(text: &str, signed: bool) -> Pairs {
    let mut found = Pairs::default();
    for segment in segments(text) {
        let parts = keyed(segment);
        if parts.is_empty() {
            if is_figure_of_label(&found, segment) {
                // `本期应付合计：大写 壹万零伍佰元整      10,500.00`.
                if let Some((_, value)) = found.closed.last_mut() {
                    segment.clone_into(value);
                }
            } else if let Some(key) = found.open.take().filter(|_| !signed) {
                found.closed.push((key, segment.to_owned()));
            } else if let Some(pair) = without_colon(segment) {
                found.closed.push(pair);
            }
            continue;
        }
        for (key, value) in parts {
            if value.is_empty() {
                found.open = Some(key);
            } else {
                found.open = None;
                found.closed.push((key, value));
            }
        }
    }
    // `上期结余    12,500.00`: a label and its figure, a wide gap between.
    let bare: Vec<&str> = segments(text).collect();
    if let ([key, value], true) = (bare.as_slice(), found == Pairs::default()) {
        let figure = text_shape(value) == Shape::Number && text_shape(key) == Shape::Word;
        if figure && label(key).is_some_and(|label| label.sure) {
            found.closed.push((trimmed(key), (*value).to_owned()));
        }
    }
    found
}

/// Whether a segment is the figure that a label before it states in words.
fn is_figure_of_label(found: &Pairs, segment: &str) -> bool {
    let Some((key, value)) = found.closed.last() else { return false };
    found.open.is_none()
        && text_shape(segment) == Shape::Number
        && text_shape(value) != Shape::Number
        && label(key).is_some_and(|label| label.sure)
}

/// Splits a segment at its colons: `供方：甲 需方：乙` is two pairs.
fn keyed(segment: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut rest = segment;
    while let Some((head, tail, key)) = next_key(rest, !pairs.is_empty()) {
        // What stands before the first key is a title.
        if let Some((_, value)) = pairs.last_mut() {
            *value = value_of(head);
        }
        pairs.push((key, String::new()));
        rest = tail;
    }
    if let Some((_, value)) = pairs.last_mut() {
        *value = value_of(rest);
    }
    pairs
}

/// Returns the text before the next key, the text behind its colon, and the
/// key itself. Behind a key (`goes_on`) a value comes before the next one.
fn next_key(text: &str, goes_on: bool) -> Option<(&str, &str, String)> {
    let mut depth = 0_u32;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' | '[' | '【' => depth += 1,
            ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
            ':' | '：' if depth == 0 => {
                let tail = &text[at + c.len_utf8()..];
                let (head, key) = key_before(&text[..at], goes_on);
                let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
                let time = digit(key.chars().next_back()) && digit(tail.chars().next());
                // `减：已收货款` is one label.
                let sign = words().moved.before.has(&fold(key));
                if !key.is_empty() && !sign && !time && !tail.starts_with("//") {
                    let key = trimmed(key);
                    return (key.chars().count() <= LONGEST_KEY).then_some((head, tail, key));
                }
            }
            _ => {}
        }
    }
    None
}

/// Splits the key off the end of a text: the last word if it is Chinese, all
/// of a short English phrase, or the words of it that are known (`采购订单 PO
/// NO`; behind another key `K1 PO`).
fn key_before(text: &str, goes_on: bool) -> (&str, &str) {
    let text = text.trim_end();
    if goes_on || !text.is_ascii() {
        let starts = text.char_indices().filter(|(_, c)| c.is_whitespace());
        let mut tails = starts.map(|(at, c)| text.split_at(at + c.len_utf8()));
        let known = tails.find(|(_, tail)| {
            tail.is_ascii() && tail.len() <= LONGEST_KEY && vocabulary::is_header_word(tail)
        });
        if let Some(split) = known {
            return split;
        }
    }
    let cut = |c: char| c.is_whitespace() || matches!(c, '，' | ',' | '；' | ';' | '。');
    let Some((at, c)) = text.char_indices().rev().find(|(_, c)| cut(*c)) else {
        return ("", text);
    };
    if text.is_ascii() && text.len() <= LONGEST_KEY && !text.contains([',', ';']) {
        return ("", text);
    }
    text.split_at(at + c.len_utf8())
}

/// Reads a key and a code without a colon between: `款号K5199`, `№0003121`,
/// `No. Q260305`.
fn without_colon(segment: &str) -> Option<(String, String)> {
    let number_sign = ["№", "No.", "NO.", "no.", "No", "NO"];
    if let Some(mark) = number_sign.iter().find(|mark| segment.starts_with(**mark)) {
        let code = segment[mark.len()..].trim();
        let coded = code.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.'));
        let digits = code.chars().filter(char::is_ascii_digit).count();
        return (coded && digits >= 3).then(|| ("№".to_owned(), code.to_owned()));
    }
    let at = segment.find(|c: char| c.is_ascii())?;
    let (key, code) = segment.split_at(at);
    let coded = code.chars().all(|c| c.is_ascii_graphic());
    let known = !key.is_empty() && crate::kinds::vocabulary::is_header_word(key);
    (coded && known && code.chars().any(|c| c.is_ascii_digit()))
        .then(|| (key.to_owned(), code.to_owned()))
}

/// Returns a value without what divides it from the next key.
fn value_of(text: &str) -> String {
    let marks = |c: char| c.is_whitespace() || matches!(c, '，' | ',' | '；' | ';');
    text.trim_matches(marks).to_owned()
}

/// Returns a key without white space and marks at its ends.
fn trimmed(text: &str) -> String {
    let marks =
        |c: char| c.is_whitespace() || matches!(c, ':' | '：' | '，' | ',' | '；' | ';' | '*');
    let text = text.trim_matches(marks);
    let spaced = !text.is_ascii() && text.chars().count() <= 12;
    // `供 应 商` is padded, `WESTMARK APPAREL` is not.
    let padded = spaced && text.split_whitespace().all(|part| part.chars().count() == 1);
    if padded { text.split_whitespace().collect() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let found = pairs(text, false);
        let mut shown: Vec<String> =
            found.closed.iter().map(|(key, value)| format!("{key}={value}")).collect();
        shown.extend(found.open.map(|key| format!("{key}=?")));
        shown.join("|")
    }

    #[test]
    fn keys_and_values_are_read_from_one_cell() {
        for (text, expected) in [
            ("客户：青禾岭制衣有限公司", "客户=青禾岭制衣有限公司"),
            (
                "包装资料   款号：K6101   客户：WESTMARK APPAREL   PO：PO#88121",
                "款号=K6101|客户=WESTMARK APPAREL|PO=PO#88121",
            ),
            ("供方：XX公司 需方：ABC GmbH", "供方=XX公司|需方=ABC GmbH"),
            ("旺旺号：tb_88　收货人：张三", "旺旺号=tb_88|收货人=张三"),
            ("应到：46  实到：45", "应到=46|实到=45"),
            ("Period:", "Period=?"),
            ("制表：仓管A      复核：", "制表=仓管A|复核=?"),
            ("青竹里灯饰  发货单 №0003121", ""),
            ("№0003121", "№=0003121"),
            ("大货首件确认单  订单号A26-0301  型号MP-806", "订单号=A26-0301|型号=MP-806"),
            ("单位：元     空白=0", "单位=元"),
            ("上期结余                    12,500.00", "上期结余=12,500.00"),
            ("本期应付合计：大写 壹万零伍佰元整     10,500.00", "本期应付合计=10,500.00"),
            (
                "QUOTATION 报价单   No.: Q260305   Date: 2026-03-05   To: ABC GmbH",
                "No.=Q260305|Date=2026-03-05|To=ABC GmbH",
            ),
            ("营业时间 08:30-17:30", ""),
            ("编号：   CG2026", "编号=CG2026"),
            ("2026年10月 客户：X", "客户=X"),
            ("订单尺码明细 款号：K1 PO：17", "款号=K1|PO=17"),
            ("采购订单 PO NO: 2026-881", "PO NO=2026-881"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
