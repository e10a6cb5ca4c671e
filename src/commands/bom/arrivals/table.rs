//! How every line of the parts lists stands: what is promised, what came,
//! against the day its order needs it.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use super::super::plan::Plan;
use super::standing::Standing;
use crate::engine::bom::allocate::Due;
use crate::engine::bom::arrivals::{Arrival, State};
use crate::engine::bom::{ItemId, tidy};
use crate::location::Location;
use crate::records::bom::Alternate;

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
pub(super) fn arrivals(plan: &Plan, standing: &Standing, today: NaiveDate) -> Vec<LineArrival> {
    let mut found = Vec::new();
    for (bom, list) in plan.papers.boms.iter().zip(&plan.graph.roots) {
        let order = standing.orders(*list).first().copied();
        for line in bom.lines.iter().filter(|line| !matches!(line.alternate, Alternate::Of(_))) {
            let Some(item) = plan.graph.items.find(&line.item) else { continue };
            let Some(need) = standing.need(*list, item) else { continue };
            let arrival = standing.arrival(*list, item, need);
            let (state, days_late) = arrival.state(today);
            let (needed, at) = (need.needed, line.at.clone());
            found.push(LineArrival { item, order, needed, arrival, state, days_late, at });
        }
    }
    found
}
