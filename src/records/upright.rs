//! How a carton may stand, in people's words: `LH`, `L,H`, `立放`, `不可倒置`.

use crate::text::fold;

/// What a cell says about how a carton may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// These edges may stand upright: length, width, height.
    Edges([bool; 3]),
    /// Something, but not what.
    Unclear,
}

const ALL: Standing = Standing::Edges([true; 3]);
const HEIGHT: Standing = Standing::Edges([false, false, true]);

/// Words that allow every way.
const ANY: [&str; 14] = [
    "all",
    "any",
    "free",
    "任意",
    "任意放",
    "不限",
    "均可",
    "都可以",
    "no",
    "n",
    "否",
    "0",
    "false",
    "无",
];

/// Words that keep a carton upright.
const UPRIGHT: [&str; 22] = [
    "yes",
    "y",
    "是",
    "√",
    "✓",
    "v",
    "1",
    "true",
    "upright",
    "keepupright",
    "thissideup",
    "thiswayup",
    "向上",
    "立放",
    "要求立放",
    "竖放",
    "正放",
    "必须立放",
    "只能立放",
    "不可倒置",
    "不能倒放",
    "不可平放",
];

/// Parts of remarks that keep a carton upright.
const IN_REMARKS: [&str; 15] = [
    "立放",
    "竖放",
    "正放",
    "向上",
    "不可倒",
    "不能倒",
    "勿倒",
    "禁止倒",
    "不可平放",
    "不能平放",
    "不可侧放",
    "不能侧放",
    "upright",
    "thissideup",
    "thiswayup",
];

/// Reads a cell of edges that may stand upright.
pub(super) fn standing(text: &str) -> Standing {
    let word = fold(text);
    if ANY.contains(&word.as_str()) {
        return ALL;
    }
    if UPRIGHT.contains(&word.as_str()) {
        return HEIGHT;
    }
    let mut edges = [false; 3];
    for c in word.chars() {
        match c {
            'l' | '长' => edges[0] = true,
            'w' | '宽' => edges[1] = true,
            'h' | '高' => edges[2] = true,
            ',' | '/' | '、' | '+' | ';' | '&' | '|' | '-' | '和' | '或' | '边' | '向' | '朝'
            | '上' => {}
            _ => return Standing::Unclear,
        }
    }
    if edges == [false; 3] { Standing::Unclear } else { Standing::Edges(edges) }
}

/// Returns how a carton may stand if a remark says so.
pub(super) fn standing_in_remark(remark: &str) -> Option<[bool; 3]> {
    let folded = fold(remark);
    IN_REMARKS.iter().any(|words| folded.contains(words)).then_some([false, false, true])
}

/// Returns how many tiers a remark allows: `最多5层`, `限高4层`, `max 6 tiers`.
pub(super) fn tiers_in_remark(remark: &str) -> Option<u32> {
    let folded = fold(remark);
    let after = ["最多", "不超过", "限高", "限叠", "限堆", "最高", "max", "max.", "upto"]
        .iter()
        .filter_map(|word| folded.split_once(word))
        .map(|(_, after)| after.trim_start_matches(['叠', '堆', '码', '放', ':', '.']));
    after
        .filter_map(|after| {
            let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
            let unit = &after[digits.len()..];
            let tiers = ["层", "tier", "layer", "高"].iter().any(|word| unit.starts_with(word));
            digits.parse().ok().filter(|count| tiers && *count > 0)
        })
        .next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_words_and_remarks_say_how_a_carton_may_stand() {
        let edges = |text: &str| match standing(text) {
            Standing::Edges(edges) => Some(edges),
            Standing::Unclear => None,
        };
        for (text, expected) in [
            ("LH", [true, false, true]),
            ("L,H", [true, false, true]),
            ("l/w/h", [true, true, true]),
            ("H", [false, false, true]),
            ("W", [false, true, false]),
            ("长、高", [true, false, true]),
            ("要求立放", [false, false, true]),
            ("Keep upright", [false, false, true]),
            ("不限", [true; 3]),
        ] {
            assert_eq!(edges(text), Some(expected), "{text}");
        }
        assert_eq!(edges("2卡板"), None);
        assert_eq!(standing_in_remark("易碎，不可倒置"), Some([false, false, true]));
        assert_eq!(standing_in_remark("第一批"), None);
        assert_eq!(tiers_in_remark("最多堆5层"), Some(5));
        assert_eq!(tiers_in_remark("max 6 tiers"), Some(6));
        assert_eq!(tiers_in_remark("最多5天"), None);
    }
}
