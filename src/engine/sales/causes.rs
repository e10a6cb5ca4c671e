//! Why an order and what was booked of it differ: a slip of the pen, postage,
//! a discount, or nothing that the papers tell.

use rust_decimal::Decimal;

use super::orders::Beside;
use crate::engine::matching::causes::slip;
use crate::engine::matching::outcome::{Cause, CauseCode};

/// Explains left − right of an order (or a slip) and what stands against it.
/// `beside` is what the export says beside the amount; its part of the
/// difference is turned round where the export stands on the right.
pub(super) fn causes(
    left: Decimal,
    right: Decimal,
    beside: impl FnOnce() -> Beside,
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
    let found = counts.then(|| parts(&beside(), export, other)).flatten().unwrap_or_default();
    let turned = |(code, amount): (CauseCode, Decimal)| Cause {
        code,
        amount: if export_is_left { amount } else { -amount },
    };
    let found: Vec<Cause> = found.into_iter().map(turned).collect();
    if found.is_empty() { one(CauseCode::Unexplained) } else { found }
}

/// Returns the parts of an order that make up export − other, if they do
/// exactly: its postage, its discount, both, or what the platform adds or
/// keeps when it hands the money on.
fn parts(beside: &Beside, export: Decimal, other: Decimal) -> Option<Vec<(CauseCode, Decimal)>> {
    let difference = export.checked_sub(other)?;
    let some = |amount: &Decimal| !amount.is_zero();
    let postage = beside.postage.filter(some);
    let goods = || beside.goods?.checked_add(postage.unwrap_or_default());
    let below = |gross: Option<Decimal>| {
        gross.and_then(|gross| export.checked_sub(gross)).filter(|less| less < &Decimal::ZERO)
    };
    let discount = below(beside.total).or_else(|| below(goods()));
    let stated = beside.discount.filter(some).map(|discount| discount.abs());
    let freight = postage.map(|postage| (CauseCode::Freight, postage));
    let discount = discount.map(|discount| (CauseCode::Discount, discount));
    for (code, amount) in freight.into_iter().chain(discount) {
        if amount == difference {
            return Some(vec![(code, amount)]);
        }
    }
    // Booked with the postage that the export keeps beside what was paid.
    if postage == Some(-difference) {
        return Some(vec![(CauseCode::Freight, difference)]);
    }
    if stated == Some(difference.abs()) {
        return Some(vec![(CauseCode::Discount, difference)]);
    }
    if beside.income == Some(other) {
        let kept =
            if difference > Decimal::ZERO { CauseCode::Surcharge } else { CauseCode::Discount };
        return Some(vec![(kept, difference)]);
    }
    let (freight, discount) = (freight?, discount?);
    (freight.1.checked_add(discount.1)? == difference).then(|| vec![freight, discount])
}
