//! Headers of one of several deliveries of a line: 第一批数量, 交期 below
//! 第二批, 2nd Delivery Date.

use super::words;
use crate::text::header_word;

/// What a header says of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfDelivery {
    /// How much comes.
    Quantity,
    /// When it comes.
    Day,
}

/// Returns which delivery a header, given by its parts from the top down, is
/// of, and what it says of it.
pub fn delivery(parts: &[&str]) -> Option<(usize, OfDelivery)> {
    let joined = parts[parts.len().saturating_sub(2)..].concat();
    let word = header_word(&joined.replace(['(', ')', '（', '）'], ""));
    let words = &words().delivery;
    let of = |name: &String| -> Option<OfDelivery> {
        let rest = word.strip_prefix(name.as_str()).or_else(|| word.strip_suffix(name.as_str()))?;
        let says = |list: &[String]| list.iter().any(|word| word == rest);
        let is_quantity = says(&words.quantities).then_some(OfDelivery::Quantity);
        is_quantity.or_else(|| says(&words.days).then_some(OfDelivery::Day))
    };
    let mut named = words.names.iter().enumerate();
    named.find_map(|(nth, names)| Some((nth, names.iter().find_map(of)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deliveries_are_told_by_their_number_and_by_what_is_said_of_them() {
        for (parts, expected) in [
            (&["第一批数量"][..], Some((0, OfDelivery::Quantity))),
            (&["第二批", "交期"], Some((1, OfDelivery::Day))),
            (&["數量", "第三批"], Some((2, OfDelivery::Quantity))),
            (&["首批交期"], Some((0, OfDelivery::Day))),
            (&["2nd Delivery Date"], Some((1, OfDelivery::Day))),
            (&["Qty (Batch 2)"], Some((1, OfDelivery::Quantity))),
            (&["批次"], None),
            (&["数量"], None),
            (&["第一批"], None),
            (&["首批单价"], None),
        ] {
            assert_eq!(delivery(parts), expected, "{parts:?}");
        }
    }
}
