//! Whether all arrivals were checked: short material that nobody says the
//! arrival of, and lists that should have been done three days after they
//! came.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::Told;
use crate::calendar::Calendar;
use crate::commands::Context;
use crate::engine::bom::allocate::Due;
use crate::engine::bom::deadline::{Count, deadline};
use crate::engine::bom::shortage::Supply;
use crate::engine::bom::{ItemId, tidy};
use crate::finding::{Finding, codes};
use crate::records::bom::{Bom, tells_arrival};
use crate::text::fold;

/// All arrivals are to be checked this many days after the list came.
const DAYS: u32 = 3;

/// Returns what is missing.
pub(super) fn findings(told: &Told<'_>, count: Count, context: &Context) -> Vec<Finding> {
    let calendar = Calendar::new(&context.settings.calendar);
    let mut findings = Vec::new();
    for (at, bom) in told.plan.papers.boms.iter().enumerate() {
        let open = without_arrival(told, at, bom);
        let lines = open.len();
        findings.extend(open);
        let from = received(told, bom).filter(|_| lines > 0);
        let duty = from.and_then(|from| {
            Some((from, deadline(from, DAYS, None, context.today, count, &calendar)?))
        });
        if let Some((from, duty)) = duty.filter(|(_, duty)| duty.days_late > 0) {
            let order = bom.head.order.as_ref().map_or("—", |order| &*order.value);
            let finding = Finding::of(codes::BOM_ARRIVAL_LATE)
                .with("order", order)
                .with("from", from)
                .with("due", duty.due)
                .with("count", lines)
                .with("days", duty.days_late);
            findings.push(finding.at(bom.product_at.clone()));
        }
    }
    findings
}

/// Returns the day a list came: what the order book says, else its own day.
fn received(told: &Told<'_>, bom: &Bom) -> Option<NaiveDate> {
    let order = bom.head.order.as_ref().map(|order| fold(&order.value));
    let of_order =
        told.plan.papers.orders.iter().find(|line| {
            line.order_no.as_ref().map(|no| fold(&no.text)) == order && order.is_some()
        });
    of_order.and_then(|line| line.bom_on).or(bom.head.date.as_ref().map(|date| date.value))
}

/// Returns the lines of a list whose stock does not cover the need and of
/// whose arrival neither the list nor a purchase order says a word.
fn without_arrival(told: &Told<'_>, at: usize, bom: &Bom) -> Vec<Finding> {
    let own: FxHashSet<ItemId> = of_orders(told, at);
    let mut findings = Vec::new();
    for line in &bom.lines {
        let Some(item) = told.plan.graph.items.find(&line.item) else { continue };
        let Some(net) = told.result.item(item) else { continue };
        let supply = told.supplies.of.get(&item).cloned().unwrap_or_default();
        let missing = net.gross - supply.on_hand;
        let told_beside =
            [&line.arrival, &line.remark].into_iter().flatten().any(|text| tells_arrival(text));
        if missing <= Decimal::ZERO || told_beside || is_ordered(&supply) || !own.contains(&item) {
            continue;
        }
        let finding = Finding::of(codes::BOM_NO_ARRIVAL)
            .with("item", &told.plan.graph.items.get(item).label)
            .with("found", super::super::words::shown(tidy(missing)));
        findings.push(finding.at(bom.at(line, bom.columns.arrival.or(bom.columns.remark))));
    }
    findings
}

/// Returns the items that orders going by a list need.
fn of_orders(told: &Told<'_>, bom: usize) -> FxHashSet<ItemId> {
    let root = told.plan.graph.roots[bom];
    let shares = told.result.items.iter().filter(|net| {
        let orders = net.shares.iter().map(|share| &told.plan.orders[share.demand.order]);
        orders.into_iter().any(|order| order.root == root)
    });
    shares.map(|net| net.item).collect()
}

/// Whether a purchase order of the item is open: then it is chased there.
fn is_ordered(supply: &Supply) -> bool {
    supply.coming.iter().any(|coming| coming.due != Due::Stated && coming.quantity > Decimal::ZERO)
}
