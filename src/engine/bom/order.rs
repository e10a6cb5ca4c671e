//! Orders that need material: what, how much, by when, for whom.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::graph::StructId;
use crate::location::Location;

/// An order for a product that has a parts list.
#[derive(Debug, Clone)]
pub struct Order {
    /// Its number.
    pub id: Arc<str>,
    /// The make-up of its product.
    pub root: StructId,
    /// The product as results name it.
    pub product: Arc<str>,
    /// How many are ordered.
    pub quantity: Decimal,
    /// The day its material must be there.
    pub needed_by: Option<NaiveDate>,
    /// The customer's rank; 1 is served first. `None`: after all ranks.
    pub rank: Option<u32>,
    /// The customer.
    pub customer: Option<Arc<str>>,
    /// Where the order stands.
    pub at: Location,
}

/// Who gets material that is short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rule {
    /// Who needs it first; of one day the main customers first.
    #[default]
    Date,
    /// Main customers first, whatever their day.
    Rank,
    /// Who needs it first; those of one day in proportion to their needs.
    ProRata,
}

/// Returns the orders' places in the order in which they are served.
pub fn served(orders: &[Order], rule: Rule) -> Vec<usize> {
    let mut places: Vec<usize> = (0..orders.len()).collect();
    let day = |at: usize| orders[at].needed_by.unwrap_or(NaiveDate::MAX);
    let rank = |at: usize| orders[at].rank.unwrap_or(u32::MAX);
    match rule {
        Rule::Date | Rule::ProRata => places.sort_by_key(|&at| (day(at), rank(at), at)),
        Rule::Rank => places.sort_by_key(|&at| (rank(at), day(at), at)),
    }
    places
}

/// Reads a customer's rank: A before B before C, 1 before 2, VIP before all.
pub fn rank(text: &str) -> Option<u32> {
    let folded = crate::text::fold(text);
    let bare = folded.trim_end_matches(['级', '类', '等', '级', '户', '客', '档']);
    const FIRST: [&str; 8] = ["vip", "key", "主要", "重点", "大", "战略", "核心", "main"];
    if FIRST.contains(&bare) {
        return Some(0);
    }
    const NORMAL: [&str; 5] = ["普通", "一般", "normal", "小", "散"];
    if NORMAL.contains(&bare) {
        return Some(1_000);
    }
    if let Ok(number) = bare.trim_start_matches("第").parse::<u32>() {
        return (number < 1_000).then_some(number);
    }
    if let Some(at) = "一二三四五六七八九".chars().position(|c| bare == c.to_string()) {
        return u32::try_from(at + 1).ok();
    }
    let mut chars = bare.chars();
    let letter = chars.next().filter(char::is_ascii_lowercase)?;
    let pluses = chars.as_str();
    let base = (letter as u32 - 'a' as u32 + 1) * 10;
    match pluses {
        "" => Some(base),
        _ if pluses.chars().all(|c| c == '+') => Some(base.saturating_sub(pluses.len() as u32)),
        _ if pluses.chars().all(|c| c == '-') => Some(base + pluses.len() as u32),
        _ if pluses.chars().all(|c| c == letter) => Some(base.saturating_sub(pluses.len() as u32)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_read_as_the_trade_writes_them() {
        assert!(rank("A") < rank("B") && rank("B") < rank("C级"));
        assert!(rank("1") < rank("2") && rank("一级") < rank("二级"));
        assert!(rank("VIP客户") < rank("A") && rank("A+") < rank("A") && rank("AA") < rank("A"));
        assert_eq!(rank("Ａ级"), rank("a"));
        assert_eq!(rank("青竹"), None);
        assert_eq!(rank(""), None);
    }
}
