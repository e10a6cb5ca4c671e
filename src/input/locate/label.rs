//! What the label of a row says: a sum, a balance, a page break.

use super::below;
use super::words::{Group, words};
use crate::input::table::Role;
use crate::text::fold;

/// What a label says of its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// 上期结余, Balance b/f.
    Opening,
    /// 期末余额, Closing balance.
    Closing,
    /// 9月结欠: opening or closing, by where it stands.
    Balance,
    /// 小计, 客服A合计.
    Subtotal,
    /// 承前页, 过次页.
    Carried,
    /// 合计, 总计.
    Total,
}

/// The label of a row that is no data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// What it says.
    pub(super) says: Says,
    /// Whether the words leave no doubt: `合计` does not, `小美合计` may still
    /// be the name of something.
    pub(super) sure: bool,
    /// What it sums, folded: `小美` of `小美合计`; empty for all.
    pub(super) group: String,
}

impl Label {
    /// Returns the role of its row, where nothing around it tells more.
    pub(super) fn role(&self) -> Role {
        match self.says {
            Says::Opening => Role::Opening,
            Says::Closing | Says::Balance => Role::Closing,
            Says::Subtotal => Role::Subtotal,
            Says::Carried => Role::Carried,
            Says::Total => Role::Total,
        }
    }

    fn sure(says: Says) -> Option<Self> {
        Some(Self { says, sure: true, group: String::new() })
    }
}

/// Longer labels are prose.
const LONGEST: usize = 160;

/// What stands before an amount in words.
const AMOUNTS: [&str; 8] =
    ["人民币", "金额", "总金额", "大写", "人民币大写", "金额大写", "大写金额", "货款金额大写"];

/// Returns the role of the balance that a text names beyond doubt: opening
/// (上月未付货款) or closing (本期应付).
pub fn balance_named(text: &str) -> Option<Role> {
    match label(text).filter(|label| label.sure) {
        Some(found) => matches!(found.says, Says::Opening | Says::Closing).then(|| found.role()),
        None => below::balance(text),
    }
}

/// Reads the label in a cell, if it is one.
pub(super) fn label(text: &str) -> Option<Label> {
    if text.len() > LONGEST || text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let folded = fold(text);
    let text = trimmed(&folded);
    if text.is_empty() {
        return None;
    }
    if let Some(found) = in_two_languages(text).or_else(|| plain(text)) {
        return Some(found);
    }
    let bare = without_brackets(text);
    if bare != text
        && let Some(found) = plain(trimmed(&bare))
    {
        return Some(found);
    }
    if folded.contains("大写") && AMOUNTS.contains(&bare.split(':').next().unwrap_or_default()) {
        return Label::sure(Says::Total);
    }
    if let Some((head, tail)) = bare.split_once([':', '=']) {
        // Several keys with values are facts, not one label.
        return plain(trimmed(head)).filter(|_| !tail.contains(':'));
    }
    with_figure(&bare).or_else(|| several(&bare))
}

/// Reads a label that says the same twice: `TOTAL 合计`, `小计Subtotal`.
fn in_two_languages(text: &str) -> Option<Label> {
    let latin = |c: char| c.is_ascii();
    let first = latin(text.chars().next()?);
    let at = text.find(|c: char| latin(c) != first)?;
    let (head, tail) = text.split_at(at);
    let (head, tail) = (plain(trimmed(head))?, plain(trimmed(tail))?);
    (head.sure && tail.sure && head.says == tail.says).then_some(head)
}

/// Takes marks off both ends.
fn trimmed(text: &str) -> &str {
    text.trim_matches([':', ';', ',', '.', '-', '_', '=', '~', '·', '\'', '"', '>', '<', '#', '|'])
}

/// Takes brackets and what is in them off: `期末应付(含税)`.
fn without_brackets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0_u32;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// Reads a label with its figure in the same cell: `总计110项`,
/// `合计12,500.00`, `total3pcs`.
fn with_figure(text: &str) -> Option<Label> {
    let at = text.find(|c: char| c.is_ascii_digit() || matches!(c, '¥' | '$'))?;
    let (head, tail) = text.split_at(at);
    let end = tail.trim_start_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, ',' | '.' | '-' | '¥' | '$')
    });
    let short = end.chars().count() <= 3 && !end.contains(|c: char| c.is_ascii_digit());
    if short && !head.is_empty() { plain(trimmed(head)).filter(|found| found.sure) } else { None }
}

/// Reads a label of several: `本月合计/期末余额`, `合计及余额`.
fn several(text: &str) -> Option<Label> {
    let parts: Vec<&str> = text.split(['/', ',', '&', '及', '和', '与', '+']).collect();
    if parts.len() < 2 {
        return None;
    }
    let labels: Option<Vec<Label>> = parts.iter().map(|part| plain(trimmed(part))).collect();
    let labels = labels?;
    let total = labels.iter().find(|label| label.says == Says::Total);
    total.or(labels.first()).cloned()
}

/// Reads a label that is nothing else.
fn plain(text: &str) -> Option<Label> {
    let words = words();
    if words.carried.words.has(text) {
        return Label::sure(Says::Carried);
    }
    if words.opening.words.has(text) {
        return Label::sure(Says::Opening);
    }
    if words.closing.words.has(text) {
        return Label::sure(Says::Closing);
    }
    balance(text).or_else(|| subtotal(text)).or_else(|| total(text))
}

/// Reads `上月结欠`, `期末应付`, `9月余额`.
fn balance(text: &str) -> Option<Label> {
    let words = words();
    let before = words.balance.words.before(text)?;
    if before.is_empty() {
        return ["余额", "结余", "结欠", "结存"].contains(&text).then(|| Label {
            says: Says::Balance,
            sure: true,
            group: String::new(),
        });
    }
    if is_period(before) {
        Label::sure(Says::Balance)
    } else if consumed(before, &words.opening) {
        Label::sure(Says::Opening)
    } else if consumed(before, &words.closing) {
        Label::sure(Says::Closing)
    } else {
        None
    }
}

/// Reads `小计`, `9月小计`, `五金仓小计`, `小计金额`.
fn subtotal(text: &str) -> Option<Label> {
    let words = words();
    if let Some(group) = words.subtotal.words.before(text) {
        return named(group, Says::Subtotal);
    }
    let after = words.subtotal.words.after(text)?;
    if text.is_ascii() && !words.total.after.has(after) {
        // In English the group stands behind: `Subtotal WH-A`.
        let group = after.strip_prefix("for").unwrap_or(after);
        return named(group, Says::Subtotal);
    }
    words.total.after.has(after).then(|| Label::sure(Says::Subtotal))?
}

/// Reads `合计`, `本月合计`, `合计金额`, `本页合计`, `小美合计`.
fn total(text: &str) -> Option<Label> {
    let words = words();
    if words.total.whole.has(text) || words.total.words.has(text) {
        return Label::sure(Says::Total);
    }
    if let Some(after) = words.total.words.after(text)
        && all_of(after, &words.total.after)
    {
        return Label::sure(Says::Total);
    }
    // `合计金额` behind something: the sum is of that.
    let mut head = text;
    while let Some(shorter) = words.total.after.before(head) {
        head = shorter;
    }
    let before = words.total.words.before(text).or_else(|| words.total.words.before(head))?;
    if let Some(rest) = words.subtotal.before.after(before)
        && rest.is_empty()
    {
        return Label::sure(Says::Subtotal);
    }
    if is_day(before) {
        return Label::sure(Says::Subtotal);
    }
    if consumed(before, &words.total) {
        return Label::sure(Says::Total);
    }
    named(before, Says::Subtotal)
}

/// Makes the label of a named group.
fn named(group: &str, says: Says) -> Option<Label> {
    let group = trimmed(group);
    let length = group.chars().count();
    let sure = length == 0 || is_period(group) || words().subtotal.before.has(group);
    (length <= 16).then(|| Label { says, sure, group: group.to_owned() })
}

/// Whether nothing is left of `text` when the words that may stand before the
/// group's own, and periods, are taken off.
fn consumed(text: &str, group: &Group) -> bool {
    let mut rest = text;
    while !rest.is_empty() {
        if is_period(rest) {
            return true;
        }
        match group.before.after(rest) {
            Some(shorter) => rest = shorter,
            None => return false,
        }
    }
    true
}

/// Whether the text is made of these words only.
fn all_of(text: &str, list: &super::words::List) -> bool {
    let mut rest = trimmed(text);
    while !rest.is_empty() {
        match list.after(rest) {
            Some(shorter) => rest = trimmed(shorter),
            None => return false,
        }
    }
    true
}

/// Whether the text names a day or a week: its total is a part of the month's.
fn is_day(text: &str) -> bool {
    is_period(text) && text.ends_with(['日', '号', '周', '旬'])
}

/// Whether the text is a period: `9月`, `2026年10月`, `10.1-10.31`, `第3周`.
fn is_period(text: &str) -> bool {
    const MARKS: &str = "年月日号至到份季度第周上中下旬截止-~./,";
    const NUMERALS: &str = "一二三四五六七八九十";
    let mut counted = false;
    let period = text.chars().all(|c| {
        counted |= c.is_ascii_digit() || NUMERALS.contains(c);
        c.is_ascii_digit() || MARKS.contains(c) || NUMERALS.contains(c)
    });
    period && counted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(text: &str) -> Option<Says> {
        label(text).map(|label| label.says)
    }

    #[test]
    fn labels_say_what_their_rows_are() {
        for (text, expected) in [
            ("合    计", Says::Total),
            ("總　計", Says::Total),
            ("合计：", Says::Total),
            ("合计（大写）", Says::Total),
            ("合计金额", Says::Total),
            ("人民币（大写）：壹佰元整", Says::Total),
            ("大写：壹佰元整", Says::Total),
            ("总计 110 项", Says::Total),
            ("本月合计", Says::Total),
            ("10月合计", Says::Total),
            ("本月合计 / 期末余额", Says::Total),
            ("本期应付合计：大写 壹万零伍佰元整", Says::Total),
            ("GRAND TOTAL", Says::Total),
            ("Total Amount:", Says::Total),
            ("累计", Says::Total),
            ("小计", Says::Subtotal),
            ("Subtotal WH-A", Says::Subtotal),
            ("本页小计", Says::Subtotal),
            ("本页合计", Says::Subtotal),
            ("9月小计", Says::Subtotal),
            ("10月3日合计", Says::Subtotal),
            ("本日合计", Says::Subtotal),
            ("客服A合计", Says::Subtotal),
            ("五金塑膠倉 小計", Says::Subtotal),
            ("Sub-Total", Says::Subtotal),
            ("上期结余", Says::Opening),
            ("上月欠款", Says::Opening),
            ("期初余额", Says::Opening),
            ("前期未付", Says::Opening),
            ("上期未付", Says::Opening),
            ("Balance brought forward", Says::Opening),
            ("Balance b/f", Says::Opening),
            ("期末余额", Says::Closing),
            ("本月结欠", Says::Closing),
            ("期末应付（含税）", Says::Closing),
            ("Closing balance", Says::Closing),
            ("9月结欠", Says::Balance),
            ("截至9月30日余额", Says::Balance),
            ("承前页", Says::Carried),
            ("過次頁", Says::Carried),
            ("结转下页", Says::Carried),
        ] {
            assert_eq!(says(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn names_and_movements_are_no_labels() {
        for text in [
            "合计器",
            "小计算器",
            "总计量箱",
            "付上月欠款",
            "收回上期货款",
            "9月货款",
            "付款",
            "退货",
            "扣款",
            "返利",
            "拉链",
            "Total station",
            "余料",
            "A26-0901",
            "期初余额调整单",
            "2026",
            "应付",
            "运费",
        ] {
            assert_eq!(says(text), None, "{text}");
        }
    }
}
