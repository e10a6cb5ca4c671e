//! Traditional and variant characters → the simplified character that stands
//! for them in comparisons.

use std::sync::LazyLock;

/// The block that the table covers: CJK Unified Ideographs.
const FIRST: u32 = 0x4E00;
/// Its last character.
const LAST: u32 = 0x9FFF;

/// The character that stands for every character of the block.
static TABLE: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut table: Vec<char> = (FIRST..=LAST).filter_map(char::from_u32).collect();
    let data = include_str!("simplified.txt");
    let groups = data.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
    for group in groups {
        let mut group = group.chars();
        let Some(simplified) = group.next() else { continue };
        for variant in group {
            if let Some(place) = place(variant).and_then(|at| table.get_mut(at)) {
                *place = simplified;
            }
        }
    }
    table
});

/// Returns the place of a character in the table, if it lies in its block.
fn place(c: char) -> Option<usize> {
    usize::try_from(u32::from(c).checked_sub(FIRST)?).ok()
}

/// Whether `c` is a Chinese character of the common block.
pub(super) fn is_ideograph(c: char) -> bool {
    (FIRST..=LAST).contains(&u32::from(c))
}

/// Returns the character that stands for `c`: itself, or its simplified form.
pub(super) fn simplified(c: char) -> char {
    place(c).and_then(|at| TABLE.get(at)).copied().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_is_of_the_block_and_no_character_is_in_two() {
        let mut seen = std::collections::BTreeSet::new();
        let data = include_str!("simplified.txt");
        for line in data.lines().filter(|line| !line.starts_with('#')) {
            for c in line.chars().filter(|c| !c.is_whitespace()) {
                assert!(is_ideograph(c), "{c} is outside the block");
                assert!(seen.insert(c), "{c} stands twice");
            }
        }
        assert!(seen.len() > 5000);
    }

    #[test]
    fn words_of_the_trade_meet_in_both_scripts() {
        for (traditional, simple) in [
            ("單號數量備註貨號", "单号数量备注货号"),
            ("產品廠商應收帳款對帳單", "产品厂商应收账款对账单"),
            ("帐款", "账款"),
            ("裏裡台臺後發麵麪綫線", "里里台台后发面面线线"),
            ("託運憑證採購驗收進貨價稅總額", "托运凭证采购验收进货价税总额"),
            ("紡織股份乾淨損秏週餘額結餘鏽銹", "纺织股份干净损耗周余额结余锈锈"),
            ("說説產産為爲衛衞", "说说产产为为卫卫"),
        ] {
            let left: String = traditional.chars().map(simplified).collect();
            let right: String = simple.chars().map(simplified).collect();
            assert_eq!(left, right, "{traditional}");
        }
    }
}
