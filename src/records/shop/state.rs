//! What an order's status says: paid, unpaid, closed; refunded or not. The
//! words are data: `state_words.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::data::compiled_in;
use crate::text::fold;

/// Whether an order counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// The buyer has paid.
    Paid,
    /// The buyer has not paid yet.
    Unpaid,
    /// The order was closed or cancelled.
    Closed,
}

/// What became of the buyer's money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refund {
    /// Nobody has asked for it back.
    None,
    /// The buyer has asked for it back.
    Applied,
    /// It was given back.
    Done,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    unpaid: Vec<String>,
    closed: Vec<String>,
    no_refund: Vec<String>,
    refunded: Vec<String>,
    refunding: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let words: Option<Words> = serde_json::from_str(compiled_in!("records/shop/state_words")).ok();
    let folded = |words: Vec<String>| words.iter().map(|word| fold(word)).collect();
    // A table that does not parse is caught by the tests below.
    words.map_or_else(Words::none, |words| Words {
        unpaid: folded(words.unpaid),
        closed: folded(words.closed),
        no_refund: folded(words.no_refund),
        refunded: folded(words.refunded),
        refunding: folded(words.refunding),
    })
});

impl Words {
    fn none() -> Self {
        let none = Vec::new;
        Self {
            unpaid: none(),
            closed: none(),
            no_refund: none(),
            refunded: none(),
            refunding: none(),
        }
    }
}

fn says(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| match word.strip_prefix('=') {
        Some(whole) => text == whole,
        None => text.contains(word.as_str()),
    })
}

/// Returns what the status of an order says; `None` if it has none.
pub(super) fn state(status: Option<&str>) -> Option<State> {
    let status = fold(status?);
    Some(if says(&status, &WORDS.closed) {
        State::Closed
    } else if says(&status, &WORDS.unpaid) {
        State::Unpaid
    } else {
        State::Paid
    })
}

/// Returns what the column of refunds, and the status itself, say.
pub(super) fn refund(refund: Option<&str>, status: Option<&str>) -> Refund {
    let of = |text: &str| {
        let text = fold(text);
        if says(&text, &WORDS.no_refund) {
            None
        } else if says(&text, &WORDS.refunded) {
            Some(Refund::Done)
        } else if says(&text, &WORDS.refunding) {
            Some(Refund::Applied)
        } else {
            None
        }
    };
    refund.and_then(of).or_else(|| status.and_then(of)).unwrap_or(Refund::None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn platforms_say_it_in_many_ways() {
        for (text, expected) in [
            ("交易成功", State::Paid),
            ("买家已付款，等待卖家发货", State::Paid),
            ("卖家已发货，等待买家确认", State::Paid),
            ("等待买家付款", State::Unpaid),
            ("等待買家付款", State::Unpaid),
            ("待支付", State::Unpaid),
            ("交易关闭", State::Closed),
            ("(删除)等待付款", State::Closed),
            ("已取消", State::Closed),
            ("未发货，退款成功", State::Closed),
            ("已发货，待签收", State::Paid),
            ("Awaiting payment", State::Unpaid),
            ("Cancelled", State::Closed),
            ("Completed", State::Paid),
            ("pending", State::Unpaid),
            ("Pending shipment", State::Paid),
            ("voided", State::Closed),
            ("不成立", State::Closed),
            ("尚未付款", State::Unpaid),
        ] {
            assert_eq!(state(Some(text)), Some(expected), "{text}");
        }
        assert_eq!(state(None), None);
    }

    #[test]
    fn a_refund_is_asked_for_or_given_or_neither() {
        for (text, expected) in [
            ("没有申请退款", Refund::None),
            ("无售后或售后取消", Refund::None),
            ("退款成功", Refund::Done),
            ("买家已经申请退款，等待卖家同意", Refund::Applied),
            ("退款关闭", Refund::None),
            ("售后处理中", Refund::Applied),
            ("Refunded", Refund::Done),
        ] {
            assert_eq!(refund(Some(text), None), expected, "{text}");
        }
        assert_eq!(refund(None, Some("已发货，退款成功")), Refund::Done);
        assert_eq!(refund(None, Some("交易成功")), Refund::None);
    }
}
