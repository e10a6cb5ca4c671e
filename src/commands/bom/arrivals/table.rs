//! How every line of the parts lists stands: what is promised, what came,
//! against the day its order needs it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use super::super::papers::Arrived;
use super::super::plan::Plan;
use super::super::supplies::Supplies;
use super::lines::orders_of;
use crate::engine::bom::allocate::{Due, Ready, Share};
use crate::engine::bom::arrivals::{Arrival, State};
use crate::engine::bom::shortage::{Shortage, Supply};
use crate::engine::bom::{ItemId, tidy};
use crate::location::Location;
use crate::records::bom::Alternate;
use crate::text::fold;

/// How one line stands.
#[derive(Debug)]
pub(super) struct LineArrival {
    pub(super) item: ItemId,
    /// The first order that goes by the list.
    pub(super) order: Option<usize>,
    /// What all orders of the list need of it.
    pub(super) needed: Decimal,
    pub(super) arrival: Arrival,
    pub(super) state: State,
    pub(super) days_late: Option<i64>,
    /// The cell of the line's item.
    pub(super) at: Location,
}

/// That as JSON shows it.
#[derive(Debug, Serialize)]
pub(super) struct LineRow<'a> {
    at: &'a Location,
    order: Option<&'a str>,
    item: &'a str,
    unit: Option<&'a str>,
    needed: Decimal,
    short: Decimal,
    promised: Option<NaiveDate>,
    arrived: Option<NaiveDate>,
    needed_by: Option<NaiveDate>,
    days_late: Option<i64>,
    state: State,
}

impl LineArrival {
    /// Returns the day that is promised, kept or not.
    pub(super) fn promised_day(&self) -> Option<NaiveDate> {
        match self.arrival.promised? {
            Due::On(day) | Due::Overdue(day) => Some(day),
            Due::Stated | Due::Undated => None,
        }
    }

    /// Returns the line as JSON shows it.
    pub(super) fn row<'a>(&'a self, plan: &'a Plan) -> LineRow<'a> {
        let known = plan.graph.items.get(self.item);
        LineRow {
            at: &self.at,
            order: self.order.map(|order| &*plan.orders[order].id),
            item: &known.label,
            unit: known.unit.as_deref(),
            needed: tidy(self.needed),
            short: tidy(self.arrival.short),
            promised: self.promised_day(),
            arrived: self.arrival.arrived,
            needed_by: self.arrival.needed_by,
            days_late: self.days_late,
            state: self.state,
        }
    }
}

/// Returns how the lines of all lists stand that orders go by.
pub(super) fn arrivals(
    plan: &Plan,
    supplies: &Supplies,
    result: &Shortage,
    today: NaiveDate,
) -> Vec<LineArrival> {
    let mut came: BTreeMap<ItemId, Vec<&Arrived>> = BTreeMap::new();
    for arrived in &plan.papers.arrived {
        if let Some(item) = plan.graph.items.find(&arrived.item) {
            came.entry(item).or_default().push(arrived);
        }
    }
    let mut found = Vec::new();
    for (at, bom) in plan.papers.boms.iter().enumerate() {
        let orders = orders_of(plan, at);
        for line in bom.lines.iter().filter(|line| !matches!(line.alternate, Alternate::Of(_))) {
            let Some(item) = plan.graph.items.find(&line.item) else { continue };
            let Some(net) = result.item(item) else { continue };
            let shares: Vec<&Share> =
                net.shares.iter().filter(|share| orders.contains(&share.demand.order)).collect();
            if shares.is_empty() {
                continue;
            }
            let came = came.get(&item).map(Vec::as_slice).unwrap_or_default();
            let arrival = Arrival {
                arrived: arrived(plan, &orders, came),
                ..arrival(&shares, supplies.of.get(&item))
            };
            let (state, days_late) = arrival.state(today);
            let needed = shares.iter().map(|share| share.demand.needed).sum();
            let (order, at) = (orders.first().copied(), line.at.clone());
            found.push(LineArrival { item, order, needed, arrival, state, days_late, at });
        }
    }
    found
}

/// Returns what is promised against what orders need and miss.
fn arrival(shares: &[&Share], supply: Option<&Supply>) -> Arrival {
    let short: Decimal = shares.iter().map(|share| share.short().max(Decimal::ZERO)).sum();
    let promised = match shares.iter().map(|share| share.ready).max() {
        Some(Ready::On(day)) if short.is_zero() => Some(Due::On(day)),
        _ if short.is_zero() => None,
        _ => supply.and_then(promised),
    };
    let needed_by = shares.iter().filter_map(|share| share.demand.by).min();
    Arrival { short, promised, arrived: None, needed_by }
}

/// Returns the last day on which something came that may be for these orders.
fn arrived(plan: &Plan, orders: &[usize], came: &[&Arrived]) -> Option<NaiveDate> {
    let ids: Vec<String> = orders.iter().map(|order| fold(&plan.orders[*order].id)).collect();
    let own = came.iter().filter(|arrived| {
        let named = arrived.order.as_deref().map(fold);
        named.is_none_or(|named| ids.contains(&named))
    });
    own.map(|arrived| arrived.day).max()
}

/// Returns what a line that is short waits for: what is overdue, else the last
/// that is promised, else what is ordered at all.
fn promised(supply: &Supply) -> Option<Due> {
    let dues = || supply.coming.iter().filter(|c| c.quantity > Decimal::ZERO).map(|c| c.due);
    let overdue = dues().filter(|due| matches!(due, Due::Overdue(_))).min();
    let last = || dues().filter(|due| matches!(due, Due::On(_))).max();
    let undated = || dues().find(|due| *due == Due::Undated);
    overdue.or_else(last).or_else(undated)
}
