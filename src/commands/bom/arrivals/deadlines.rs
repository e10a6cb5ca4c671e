//! Whether all arrivals were checked: short material that nobody says the
//! arrival of, and lists that should have been done three days after they
//! came.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::Told;
use crate::calendar::Calendar;
use crate::commands::Context;
use crate::engine::bom::allocate::Due;
use crate::engine::bom::deadline::{Count, deadline};
use crate::engine::bom::shortage::Supply;
use crate::engine::bom::tidy;
use crate::finding::{Finding, codes};
use crate::records::bom::{Bom, tells_arrival};
use crate::records::order::OrderLine;
use crate::text::fold;

/// All arrivals are to be checked this many days after the list came.
const DAYS: u32 = 3;

/// Returns what is missing.
pub(super) fn findings(told: &Told<'_>, count: Count, context: &Context) -> Vec<Finding> {
    let received = received(&told.plan.papers.orders);
    let calendar = Calendar::new(&context.settings.calendar);
    let mut findings = Vec::new();
    for (at, bom) in told.plan.papers.boms.iter().enumerate() {
        let open = without_arrival(told, at, bom);
        let lines = open.len();
        findings.extend(open);
        let number = bom.head.order.as_ref().map(|order| fold(&order.value));
        // What the order book says, else the list's own day.
        let from = number.and_then(|number| *received.get(&number)?);
        let from = from.or(bom.head.date.as_ref().map(|date| date.value)).filter(|_| lines > 0);
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

/// Returns the days on which the order book says that the lists of its orders
/// came; the first line of an order tells.
fn received(orders: &[OrderLine]) -> FxHashMap<String, Option<NaiveDate>> {
    let mut received = FxHashMap::default();
    for line in orders {
        if let Some(no) = &line.order_no {
            received.entry(fold(&no.text)).or_insert(line.bom_on);
        }
    }
    received
}

/// Returns the lines of a list whose stock does not cover the need and of
/// whose arrival neither the list nor a purchase order says a word.
fn without_arrival(told: &Told<'_>, at: usize, bom: &Bom) -> Vec<Finding> {
    let list = told.plan.graph.roots[at];
    let mut findings = Vec::new();
    for line in &bom.lines {
        let Some(item) = told.plan.graph.items.find(&line.item) else { continue };
        let Some(net) = told.result.item(item) else { continue };
        let supply = told.supplies.of.get(&item);
        let missing = net.gross - supply.map_or(Decimal::ZERO, |supply| supply.on_hand);
        let ordered = || supply.is_some_and(is_ordered);
        let needed = told.standing.need(list, item).is_some();
        let told_beside =
            [&line.arrival, &line.remark].into_iter().flatten().any(|text| tells_arrival(text));
        if missing <= Decimal::ZERO || told_beside || !needed || ordered() {
            continue;
        }
        let finding = Finding::of(codes::BOM_NO_ARRIVAL)
            .with("item", &told.plan.graph.items.get(item).label)
            .with("found", super::super::words::shown(tidy(missing)));
        findings.push(finding.at(bom.at(line, bom.columns.arrival.or(bom.columns.remark))));
    }
    findings
}

/// Whether a purchase order of the item is open: then it is chased there.
fn is_ordered(supply: &Supply) -> bool {
    supply.coming.iter().any(|coming| coming.due != Due::Stated && coming.quantity > Decimal::ZERO)
}
