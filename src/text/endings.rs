//! Other ways to end a header word: 到货日期, 到货时间, 到货日.

use std::sync::LazyLock;

use super::fold;

/// The fewest characters before an ending: 料号 and 数量 are words of their own.
const STEM: usize = 2;

/// Classes of endings that say the same.
static CLASSES: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let lines = include_str!("endings.txt").lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split_whitespace().map(fold).collect()).collect()
});

/// Returns the folded words that differ from a folded word by an ending that
/// says the same.
pub fn same_but_ending(word: &str) -> Vec<String> {
    let mut others = Vec::new();
    for class in CLASSES.iter() {
        let longest = class.iter().filter(|ending| word.ends_with(ending.as_str()));
        let Some(ending) = longest.max_by_key(|ending| ending.len()) else { continue };
        let stem = &word[..word.len() - ending.len()];
        if stem.chars().count() < STEM {
            continue;
        }
        let other = class.iter().filter(|other| *other != ending);
        others.extend(other.map(|other| format!("{stem}{other}")));
    }
    others
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_change_and_words_that_are_all_ending_stay() {
        assert!(same_but_ending("到货时间").contains(&"到货日期".to_owned()));
        assert!(same_but_ending("送货单编号").contains(&"送货单号".to_owned()));
        assert!(same_but_ending("裁剪数").contains(&"裁剪数量".to_owned()));
        for whole in ["单号", "料号", "数量", "金额", "余额", "重量", "date"] {
            assert!(same_but_ending(whole).is_empty(), "{whole}");
        }
    }
}
