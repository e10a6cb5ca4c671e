//! A discount that the bill takes off in a row of its own: against what was
//! agreed for all the lines together.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::basis::Basis;
use super::roles::Role;
use super::settle::Settled;
use super::sides::Sides;
use super::tariff::cents;
use crate::engine::entry::{Entry, EntryType};
use crate::engine::matching::outcome::{Cause, CauseCode, Status};

/// Sets beside every carrier's discount row what our own figures come to by
/// the agreed share, as an entry of ours.
pub(super) fn judge(
    settled: &mut [Settled],
    sides: &mut Sides,
    bases: &BTreeMap<Arc<str>, Basis>,
    tolerance: Decimal,
) {
    for (carrier, basis) in bases {
        if basis.bill_net || basis.share >= Decimal::ONE {
            continue;
        }
        let of_carrier = |entry: &Entry| entry.party == *carrier;
        let goods = |entry: &&Entry| of_carrier(entry) && entry.entry_type == EntryType::Goods;
        let paired: Decimal = settled
            .iter()
            .filter(|one| !one.line.left.is_empty())
            .flat_map(|one| &one.line.right)
            .map(|&index| &sides.right[index])
            .filter(goods)
            .map(|entry| entry.amount)
            .sum();
        let expected = cents(paired.saturating_mul(basis.share)) - paired;
        let row = settled.iter_mut().find(|one| {
            let [row] = one.line.left[..] else { return false };
            sides.billed[row].role == Role::Discount && of_carrier(&sides.left[row])
        });
        let Some(row) = row else { continue };
        let left = sides.left[row.line.left[0]].clone();
        let difference = left.amount - expected;
        sides.right.push(Entry { amount: expected, document_nos: Vec::new(), ..left });
        row.line.right = vec![sides.right.len() - 1];
        row.line.difference = difference;
        row.line.reason = None;
        row.line.related.clear();
        let agrees = difference.abs() <= tolerance;
        row.line.status = if agrees { Status::Matched } else { Status::Differs };
        let code = if agrees { CauseCode::Rounding } else { CauseCode::Discount };
        row.line.causes = vec![Cause { code, amount: difference }];
        row.line.causes.retain(|cause| !cause.amount.is_zero());
    }
}
