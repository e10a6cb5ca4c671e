//! Which orders wait for which purchase order: what is promised first goes to
//! whoever is served first, as far as stock does not reach.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::plan::Plan;
use super::super::supplies::{Supplies, factor};
use crate::engine::bom::ItemId;
use crate::engine::bom::shortage::Shortage;

/// Returns for every open purchase order line the orders that wait for it, in
/// the order in which they are served.
pub(super) fn linked(plan: &Plan, supplies: &Supplies, result: &Shortage) -> Vec<Vec<usize>> {
    let mut orders: Vec<Vec<usize>> = vec![Vec::new(); plan.papers.open.len()];
    for (item, mut lines) in by_item(plan, supplies) {
        let Some(net) = result.item(item) else { continue };
        lines.sort_by_key(|line| (line.promised.is_none(), line.promised, line.place));
        let mut lines = lines.into_iter();
        let mut line = lines.next();
        for share in &net.shares {
            let mut missing = share.demand.needed - share.from_stock;
            while let Some(one) = line.as_mut().filter(|_| missing > Decimal::ZERO) {
                orders[one.place].push(share.demand.order);
                let taken = missing.min(one.open);
                missing -= taken;
                one.open -= taken;
                if one.open <= Decimal::ZERO {
                    line = lines.next();
                }
            }
        }
    }
    orders
}

/// An open line in the unit of the lists.
struct Open {
    place: usize,
    promised: Option<NaiveDate>,
    open: Decimal,
}

fn by_item(plan: &Plan, supplies: &Supplies) -> BTreeMap<ItemId, Vec<Open>> {
    let mut lines: BTreeMap<ItemId, Vec<Open>> = BTreeMap::new();
    for (place, line) in plan.papers.open.iter().enumerate() {
        let Some(item) = supplies.open_items.get(place).copied().flatten() else { continue };
        let (factor, _) = factor(&plan.graph.items, item, line.unit.as_deref(), &line.item);
        let open = factor.and_then(|factor| line.open.checked_mul(factor));
        if let Some(open) = open.filter(|open| *open > Decimal::ZERO) {
            lines.entry(item).or_default().push(Open { place, promised: line.promised, open });
        }
    }
    lines
}
