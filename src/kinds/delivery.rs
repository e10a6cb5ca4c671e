//! Headers of one of several deliveries of a line: 第一批数量, 交期 below
//! 第二批, 2nd Delivery Date.

use crate::text::header_word;

/// What a header says of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfDelivery {
    /// How much comes.
    Quantity,
    /// When it comes.
    Day,
}

/// What may stand for how much, folded.
const QUANTITIES: [&str; 10] =
    ["qty", "quantity", "交数", "交货数", "交货数量", "交货量", "交量", "到货数量", "数", "数量"];

/// What may stand for when, folded.
const DAYS: [&str; 19] = [
    "date",
    "day",
    "deliverydate",
    "due",
    "duedate",
    "eta",
    "promise",
    "promised",
    "promiseddate",
    "交期",
    "交货期",
    "交货日期",
    "到料日期",
    "到货日期",
    "日期",
    "时间",
    "承诺交期",
    "预计交期",
    "预计到货日期",
];

/// Names of the deliveries in their order, folded.
const NAMES: [&[&str]; 5] = [
    &[
        "第一批",
        "首批",
        "第1批",
        "一批",
        "1stbatch",
        "1stdelivery",
        "1stlot",
        "1st",
        "batch1",
        "lot1",
        "delivery1",
    ],
    &[
        "第二批",
        "第2批",
        "二批",
        "2ndbatch",
        "2nddelivery",
        "2ndlot",
        "2nd",
        "batch2",
        "lot2",
        "delivery2",
    ],
    &[
        "第三批",
        "第3批",
        "三批",
        "3rdbatch",
        "3rddelivery",
        "3rdlot",
        "3rd",
        "batch3",
        "lot3",
        "delivery3",
    ],
    &[
        "第四批",
        "第4批",
        "四批",
        "4thbatch",
        "4thdelivery",
        "4thlot",
        "4th",
        "batch4",
        "lot4",
        "delivery4",
    ],
    &[
        "第五批",
        "第5批",
        "五批",
        "5thbatch",
        "5thdelivery",
        "5thlot",
        "5th",
        "batch5",
        "lot5",
        "delivery5",
    ],
];

/// Returns which delivery a header, given by its parts from the top down, is
/// of, and what it says of it.
pub fn delivery(parts: &[&str]) -> Option<(usize, OfDelivery)> {
    let joined = parts[parts.len().saturating_sub(2)..].concat();
    let word = header_word(&joined.replace(['(', ')', '（', '）'], ""));
    let of = |name: &&str| -> Option<OfDelivery> {
        let rest = word.strip_prefix(*name).or_else(|| word.strip_suffix(*name))?;
        let is_quantity = QUANTITIES.contains(&rest).then_some(OfDelivery::Quantity);
        is_quantity.or_else(|| DAYS.contains(&rest).then_some(OfDelivery::Day))
    };
    let named = NAMES.iter().enumerate();
    named.into_iter().find_map(|(nth, names)| Some((nth, names.iter().find_map(of)?)))
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
