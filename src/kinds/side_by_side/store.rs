//! Headers of what there is in one warehouse: 主仓库存, WH-A Qty.

use super::words;
use crate::kinds::pattern::Pattern;
use crate::text::header_word;

/// Returns the warehouse whose stock a header says it is.
pub fn store_of(text: &str) -> Option<&str> {
    /// No such header is longer, in characters.
    const LONGEST: usize = 24;
    if text.chars().count() > LONGEST {
        return None;
    }
    let is_store = |name: &str| Pattern::Warehouse.matches(&header_word(name));
    let halves = text.char_indices().skip(1).filter_map(|(at, _)| text.split_at_checked(at));
    let is_stock = |rest: &str| words().store.stock.contains(&header_word(rest));
    let mut named = halves.filter(|(name, rest)| is_stock(rest) && is_store(name));
    named.next().map(|(name, _)| name.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stock_of_one_warehouse_is_told_from_other_stock() {
        for (text, expected) in [
            ("主仓库存", Some("主仓")),
            ("二倉數量", Some("二倉")),
            ("WH-A Qty", Some("WH-A")),
            ("面料仓 结存", Some("面料仓")),
            ("库存数量", None),
            ("仓库数量", None),
            ("入仓数量", None),
            ("主仓", None),
        ] {
            assert_eq!(store_of(text), expected, "{text}");
        }
    }
}
