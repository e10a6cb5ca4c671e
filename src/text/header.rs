//! The keys under which a header cell may be known: the whole of it, without
//! its unit, each half of a bilingual one.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::fold;
use super::simplified::is_ideograph;

/// What a header may be looked up by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HeaderKey {
    /// The header itself, then without its unit, best first.
    pub whole: Vec<String>,
    /// The halves of a bilingual or double header (`CTN NO.(箱号)`,
    /// `品名 Description`). Those that are known must mean the same.
    pub halves: Vec<String>,
    /// What is left when a bracketed remark that is no unit is taken off, or
    /// stands alone: weak evidence.
    pub rest: Vec<String>,
    /// The unit in the header, as it is written (`元`, `KG`, `元/箱`).
    pub unit: Option<String>,
}

impl HeaderKey {
    /// Returns all keys, best first.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.whole.iter().chain(&self.halves).chain(&self.rest).map(String::as_str)
    }
}

/// Remarks in brackets that say how to fill a form, not what a column holds.
const FORM_MARKS: [&str; 6] = ["必填", "选填", "必填项", "可选", "required", "optional"];

/// Whether prices and amounts hold tax: the word belongs to the name.
const TAX_WORDS: [&str; 8] =
    ["含税", "不含税", "未税", "税前", "税后", "无税", "taxincl", "taxexcl"];

/// Returns the keys of a header cell.
///
/// `*`, `（必填）`, quotes, full stops and hyphens do not count; `#` is `No`.
pub fn header_key(text: &str) -> HeaderKey {
    let mut found = HeaderKey::default();
    let (outer, inner) = split_brackets(&text.replace(['#', '＃'], " No "));
    push(&mut found.whole, key(text));
    let mut remarks = Vec::new();
    for part in &inner {
        let folded = key(part);
        if folded.is_empty() || FORM_MARKS.contains(&folded.as_str()) {
            continue;
        }
        if is_unit(part) {
            found.unit.get_or_insert_with(|| unit_text(part));
        } else {
            remarks.push((part.as_str(), folded));
        }
    }
    let base = key(&outer);
    for (part, folded) in &remarks {
        if TAX_WORDS.contains(&folded.as_str()) {
            push(&mut found.whole, format!("{folded}{base}"));
            push(&mut found.whole, base.clone());
        } else if has_ideograph(part) == has_ideograph(&outer) {
            push(&mut found.whole, format!("{folded}{base}"));
            push(&mut found.whole, format!("{base}{folded}"));
            push(&mut found.rest, base.clone());
            push(&mut found.rest, folded.clone());
        } else {
            push(&mut found.halves, base.clone());
            push(&mut found.halves, folded.clone());
        }
    }
    if remarks.is_empty() {
        push(&mut found.whole, base);
    }
    split_outer(&outer, &mut found);
    found
}

/// Returns what a column of lines is called in exports that name the lines
/// before it: `Order Lines/Product`.
pub fn of_lines(header: &str) -> Option<&str> {
    let (lines, own) = header.split_once('/')?;
    let lines = lines.trim_end();
    let names = lines.rsplit(' ').next().is_some_and(|word| word.eq_ignore_ascii_case("lines"));
    (names && lines.contains(' ')).then_some(own)
}

/// Looks at the text outside brackets: a unit behind it, halves in it.
fn split_outer(outer: &str, found: &mut HeaderKey) {
    if let Some(own) = of_lines(outer) {
        push(&mut found.whole, key(own));
    }
    if let Some((name, unit)) = trailing_unit(outer) {
        let list = if has_ideograph(outer) { &mut found.whole } else { &mut found.rest };
        push(list, key(name));
        found.unit.get_or_insert_with(|| unit_text(unit));
    }
    let lines = halves(outer);
    let short_codes = lines.iter().any(|part| key(part).chars().count() < 2);
    if lines.len() > 1 && !short_codes {
        for part in &lines {
            push_half(found, part);
        }
    }
    let (chinese, latin) = by_script(outer);
    let latin_key = key(&latin);
    if chinese.chars().filter(|c| is_ideograph(*c)).count() >= 2 && latin_key.len() >= 2 {
        push_half(found, &chinese);
        if !is_unit(&latin) {
            push(&mut found.halves, latin_key);
        }
    }
}

/// Splits a header at line breaks and bars, and at a slash between Chinese
/// words (`C/NO.` is one word).
fn halves(outer: &str) -> Vec<&str> {
    let slashed = |part: &str| part.split(['/', '／']).all(has_ideograph);
    let lines = outer.split(['\n', '\r', '|', '｜']);
    let parts = lines.flat_map(|line| {
        let whole = if slashed(line) { None } else { Some(line) };
        whole.into_iter().chain(line.split(['/', '／']).filter(move |_| whole.is_none()))
    });
    parts.filter(|part| !key(part).is_empty()).collect()
}

/// Adds one half of a header, without its unit too.
fn push_half(found: &mut HeaderKey, part: &str) {
    push(&mut found.halves, key(part));
    if let Some((name, unit)) = trailing_unit(part) {
        push(&mut found.halves, key(name));
        found.unit.get_or_insert_with(|| unit_text(unit));
    }
}

/// Adds a key that is not there yet.
fn push(keys: &mut Vec<String>, key: String) {
    if !key.is_empty() && !keys.contains(&key) {
        keys.push(key);
    }
}

/// Returns the key of a header word as it stands: what [`header_key`] makes of
/// a header that is nothing but this word.
pub fn header_word(word: &str) -> String {
    key(word)
}

/// Returns the comparison key of a header or of a part of one.
fn key(text: &str) -> String {
    let mut folded = match text.contains(['*', '＊', '`']) {
        true => fold(&text.replace(['*', '＊', '`'], "")),
        false => fold(text),
    };
    if folded.contains('(') {
        for mark in ["(必填)", "(选填)", "(必填项)", "(可选)", "(required)", "(optional)"]
        {
            folded = folded.replace(mark, "");
        }
    }
    folded.retain(|c| !matches!(c, '.' | '\'' | '"' | '_' | '-' | '?'));
    let trimmed = folded.trim_matches([':', ',', ';', '·']);
    let mut word = match trimmed.strip_suffix('#') {
        Some(name) => format!("{name}no"),
        None => trimmed.to_owned(),
    };
    for (long, short) in [("quantity", "qty"), ("number", "no"), ("amt", "amount")] {
        if word.contains(long) {
            word = word.replace(long, short);
        }
    }
    word
}

/// Splits `名称(单位)` into what stands outside all brackets and what inside.
fn split_brackets(text: &str) -> (String, Vec<String>) {
    let mut outer = String::with_capacity(text.len());
    let mut inner = Vec::new();
    let mut part = String::new();
    let mut depth = 0_u32;
    for c in text.chars() {
        match c {
            '(' | '（' | '[' | '［' | '【' | '〔' | '{' | '﹝' => depth += 1,
            ')' | '）' | ']' | '］' | '】' | '〕' | '}' | '﹞' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && !part.is_empty() {
                    inner.push(std::mem::take(&mut part));
                    outer.push(' ');
                }
            }
            _ if depth > 0 => part.push(c),
            _ => outer.push(c),
        }
    }
    if !part.is_empty() {
        inner.push(part);
    }
    (outer, inner)
}

/// Splits a unit off the end: `净重/箱`, `重量KG`, `Amount USD`, `length_mm`.
fn trailing_unit(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    if let Some((name, unit)) = text.rsplit_once(['/', '／', ':', '：'])
        && is_unit(unit)
        && key(name).chars().count() >= 2
    {
        return Some((name, unit));
    }
    let ends = |c: char| is_ideograph(c) || c.is_whitespace() || c == '_';
    let boundary = text.char_indices().rev().find(|(_, c)| ends(*c));
    let (at, c) = boundary?;
    let (name, unit) = text.split_at(at + c.len_utf8());
    (is_unit(unit) && !name.trim().is_empty()).then_some((name, unit))
}

/// Splits a text into its Chinese and its Latin part.
fn by_script(text: &str) -> (String, String) {
    let mut chinese = String::new();
    let mut latin = String::new();
    for word in text.split_whitespace() {
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let of_first = is_ideograph(first);
            let end = rest.find(|c: char| c.is_alphabetic() && is_ideograph(c) != of_first);
            let (part, after) = rest.split_at(end.unwrap_or(rest.len()));
            let list = if of_first { &mut chinese } else { &mut latin };
            list.push_str(part);
            rest = after;
        }
        latin.push(' ');
    }
    (chinese, latin)
}

/// Whether the text has a Chinese character.
fn has_ideograph(text: &str) -> bool {
    text.chars().any(is_ideograph)
}

/// Returns a unit as it is shown: `单位：元` is `元`, `/打` is `打`.
fn unit_text(text: &str) -> String {
    let text = text.trim();
    let text =
        ["单位", "單位", "Unit"].iter().find_map(|name| text.strip_prefix(name)).unwrap_or(text);
    text.trim_start_matches(['/', '／', ':', '：', ' ']).trim().to_owned()
}

/// Whether a text is a unit or a currency, alone or as `元/箱`, `元/1kg`.
pub fn is_unit(text: &str) -> bool {
    static UNITS: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
        let lines = include_str!("units.txt").lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(str::split_whitespace).map(fold).collect()
    });
    let folded = fold(&unit_text(text));
    let folded = folded.trim_end_matches('.');
    !folded.is_empty()
        && folded.split('/').all(|part| {
            let name = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            UNITS.contains(name)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knows(header: &str, word: &str) -> bool {
        let word = key(word);
        header_key(header).all().any(|key| key == word)
    }

    #[test]
    fn a_header_is_known_by_its_name_whatever_stands_around_it() {
        for (header, word) in [
            ("'运单号码", "运单号码"),
            ("*商品名称（必填）", "商品名称"),
            ("单价\n(元/箱)", "单价"),
            ("数量（米）", "数量"),
            ("金額（RMB）", "金额"),
            ("CTN NO.\n(箱号)", "箱号"),
            ("CTN NO.\n(箱号)", "CTN NO"),
            ("P/N.                  (系统料号 )", "P/N"),
            ("G.W（KG)\n总毛重", "总毛重"),
            ("箱号\nC/NO.", "C/NO."),
            ("品名 Description", "品名"),
            ("品名Description", "Description"),
            ("净重/箱\nN.W.(KG)", "净重"),
            ("重量KG", "重量"),
            ("P.O. No.", "PO#"),
            ("品　　號", "品号"),
            ("Sub-total", "Subtotal"),
            ("数量(实收)", "实收数量"),
            ("Order Lines/Product", "Product"),
            ("单价（未税）", "未税单价"),
        ] {
            assert!(knows(header, word), "{header}: {:?}", header_key(header));
        }
    }

    #[test]
    fn units_leave_the_name_and_remarks_do_not() {
        for (header, unit) in [
            ("单价\n(元/箱)", Some("元/箱")),
            ("金额（单位：元）", Some("元")),
            ("首重价(元/1kg)", Some("元/1kg")),
            ("价格(/打)", Some("打")),
            ("重量KG", Some("KG")),
            ("length_mm", Some("mm")),
            ("净重/箱", Some("箱")),
            ("损耗率%", Some("%")),
            ("单价(未税)", None),
            ("送货单号", None),
            ("CTN NO.(箱号)", None),
        ] {
            assert_eq!(header_key(header).unit.as_deref(), unit, "{header}");
        }
    }

    #[test]
    fn a_remark_is_weaker_than_the_name_with_it() {
        let key = header_key("金额(退货)");
        assert!(key.whole.contains(&"退货金额".to_owned()));
        assert!(!key.whole.contains(&"金额".to_owned()));
        assert!(key.rest.contains(&"金额".to_owned()));
    }
}
