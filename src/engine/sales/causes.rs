//! Why an order and what was booked of it differ: a slip of the pen, postage,
//! a discount, or nothing that the papers tell.

use rust_decimal::Decimal;

use super::orders::Order;
use crate::engine::matching::causes::slip;
use crate::engine::matching::outcome::{Cause, CauseCode};

/// Explains left − right of an order (or a slip) and what stands against it.
/// `order` is what the export says beside the amount; its part of the
/// difference is turned round where the export stands on the right.
pub(super) fn causes(
    left: Decimal,
    right: Decimal,
    order: &Order,
    export_is_left: bool,
    tolerance: Decimal,
) -> Vec<Cause> {
    let Some(difference) = left.checked_sub(right).filter(|difference| !difference.is_zero())
    else {
        return Vec::new();
    };
    let one = |code| vec![Cause { code, amount: difference }];
    if difference.abs() <= tolerance {
        return one(CauseCode::Rounding);
    }
    if left == -right {
        return one(CauseCode::Sign);
    }
    if let Some(code) = slip(left, right) {
        return one(code);
    }
    let (export, other) = if export_is_left { (left, right) } else { (right, left) };
    // Of an order that counts for nothing, the reason tells why.
    let counts = !export.is_zero();
    let parts = counts.then(|| beside(order, export, other)).flatten().unwrap_or_default();
    let turned = |(code, amount): (CauseCode, Decimal)| Cause {
        code,
        amount: if export_is_left { amount } else { -amount },
    };
    let found: Vec<Cause> = parts.into_iter().map(turned).collect();
    if found.is_empty() { one(CauseCode::Unexplained) } else { found }
}

/// Returns the postage and the discount that make up export − other, if they
/// do exactly.
fn beside(order: &Order, export: Decimal, other: Decimal) -> Option<Vec<(CauseCode, Decimal)>> {
    let difference = export.checked_sub(other)?;
    let postage = order.postage.filter(|postage| !postage.is_zero());
    let gross = order.total.or(order.goods.and_then(|goods| goods.checked_add(postage?)));
    let discount = gross
        .and_then(|gross| export.checked_sub(gross))
        .filter(|less| less.is_sign_negative() && !less.is_zero());
    let freight = postage.map(|postage| (CauseCode::Freight, postage));
    let discount = discount.map(|discount| (CauseCode::Discount, discount));
    if freight.is_some_and(|(_, amount)| amount == difference) {
        return freight.map(|part| vec![part]);
    }
    if discount.is_some_and(|(_, amount)| amount == difference) {
        return discount.map(|part| vec![part]);
    }
    let (freight, discount) = (freight?, discount?);
    (freight.1.checked_add(discount.1)? == difference).then(|| vec![freight, discount])
}
