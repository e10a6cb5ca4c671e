//! What freight costs for each order, and as a share of sales: parcels of the
//! log joined with the orders they carry, by the order's number, the waybill,
//! else the buyer.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};
use rustc_hash::FxHashMap;

use super::papers::Papers;
use super::sides::{Sides, waybill_key};
use super::tariff::cents;
use crate::engine::matching::outcome::Line;
use crate::engine::sales::counted;
use crate::location::Location;
use crate::records::shop::OrderRow;
use crate::text::fold;

/// An order, as far as freight is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderRef {
    /// Its number.
    pub order_no: Option<Arc<str>>,
    /// The buyer.
    pub buyer: Option<Arc<str>>,
    /// The waybills it went with, as the order names them.
    pub waybills: Vec<Arc<str>>,
    /// What was paid for it; nothing if nobody paid.
    pub paid: Decimal,
    /// The day it was made.
    pub date: Option<NaiveDate>,
    /// Where it stands.
    pub at: Location,
}

/// An order and its freight.
#[derive(Debug, Clone)]
pub struct OrderFreight {
    /// The order.
    pub order: OrderRef,
    /// The carriers it went with.
    pub carriers: Vec<Arc<str>>,
    /// Its waybills.
    pub waybills: Vec<Arc<str>>,
    /// What is billed for it, or what our papers have where no bill does.
    pub freight: Decimal,
    /// The parcels of our log.
    pub parcels: Vec<Location>,
}

/// What freight comes to beside sales.
#[derive(Debug, Clone, Default)]
pub struct FreightCost {
    /// Parcels of the month.
    pub parcels: usize,
    /// Their freight.
    pub freight: Decimal,
    /// Orders that were paid.
    pub orders: usize,
    /// What was paid for them.
    pub sales: Decimal,
    /// Orders with freight, each once.
    pub by_order: Vec<OrderFreight>,
}

impl FreightCost {
    /// Joins parcels and orders.
    pub(super) fn of(papers: &Papers, sides: &Sides, lines: &[Line]) -> Self {
        let orders = merged(&counted(&papers.orders));
        let paid = orders.iter().filter(|order| order.paid > Decimal::ZERO);
        let mut cost = Self {
            orders: paid.clone().count(),
            sales: paid.map(|order| order.paid).sum(),
            ..Self::default()
        };
        let index = Index::of(&orders);
        let mut found: BTreeMap<usize, OrderFreight> = BTreeMap::new();
        for line in lines.iter().filter(|line| !line.right.is_empty() || !line.left.is_empty()) {
            let left = line.left.iter().map(|&row| &sides.left[row]);
            let right = line.right.iter().map(|&row| &sides.right[row]);
            let freight: Decimal = if line.left.is_empty() {
                right.clone().map(|entry| entry.amount).sum()
            } else {
                left.clone().map(|entry| entry.amount).sum()
            };
            cost.freight += freight;
            cost.parcels += line.right.len().max(usize::from(line.right.is_empty()));
            let logged = line.right.iter().find_map(|&row| {
                let logged = sides.logged.get(row)?;
                Some((&sides.right[row], index.order(&logged.line, &logged.keys)?))
            });
            // The order itself may name a waybill that our log left out.
            let billed = || {
                line.left.iter().find_map(|&row| {
                    Some((&sides.left[row], index.of_waybill(&sides.billed.get(row)?.keys)?))
                })
            };
            let Some((entry, at)) = logged.or_else(billed) else { continue };
            let one = found.entry(at).or_insert_with(|| OrderFreight {
                order: orders[at].clone(),
                carriers: Vec::new(),
                waybills: Vec::new(),
                freight: Decimal::ZERO,
                parcels: Vec::new(),
            });
            one.freight += freight;
            if !one.carriers.contains(&entry.party) {
                one.carriers.push(Arc::clone(&entry.party));
            }
            for number in &entry.document_nos {
                if !one.waybills.contains(&number.text) {
                    one.waybills.push(Arc::clone(&number.text));
                }
            }
            one.parcels.push(entry.at.clone());
        }
        cost.by_order = found.into_values().collect();
        cost
    }

    /// Returns what freight costs an order on average, of orders that have it.
    pub fn per_order(&self) -> Option<Decimal> {
        let freight: Decimal = self.by_order.iter().map(|one| one.freight).sum();
        freight.checked_div(Decimal::from(self.by_order.len())).map(cents)
    }

    /// Returns freight as a share of sales.
    pub fn share(&self) -> Option<Decimal> {
        share(self.freight, self.sales)
    }
}

/// Returns a share, to the tenth of a thousandth.
pub fn share(part: Decimal, whole: Decimal) -> Option<Decimal> {
    let share = part.checked_div(whole)?;
    Some(share.round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero).normalize())
}

/// Joins the rows of one order.
fn merged(rows: &[OrderRow]) -> Vec<OrderRef> {
    let mut orders: Vec<OrderRef> = Vec::new();
    let mut by_no: FxHashMap<Arc<str>, usize> = FxHashMap::default();
    for row in rows {
        let number = row.order_no.as_ref().map(|number| Arc::clone(&number.key));
        let waybills = row.waybills.iter().map(|number| Arc::clone(&number.text));
        if let Some(&at) = number.as_ref().and_then(|number| by_no.get(number)) {
            orders[at].paid += row.paid;
            orders[at].waybills.extend(waybills);
            continue;
        }
        if let Some(number) = &number {
            by_no.insert(Arc::clone(number), orders.len());
        }
        orders.push(OrderRef {
            order_no: row.order_no.as_ref().map(|number| Arc::clone(&number.text)),
            buyer: row.buyer.clone(),
            waybills: waybills.collect(),
            paid: row.paid,
            date: row.created,
            at: row.at.clone(),
        });
    }
    orders
}

/// Orders by what parcels name them.
struct Index<'a> {
    orders: &'a [OrderRef],
    by_no: FxHashMap<String, usize>,
    by_waybill: FxHashMap<String, usize>,
    by_buyer: FxHashMap<String, Vec<usize>>,
}

impl<'a> Index<'a> {
    fn of(orders: &'a [OrderRef]) -> Self {
        let mut index = Self {
            orders,
            by_no: FxHashMap::default(),
            by_waybill: FxHashMap::default(),
            by_buyer: FxHashMap::default(),
        };
        for (at, order) in orders.iter().enumerate() {
            if let Some(number) = &order.order_no {
                index.by_no.insert(fold(number), at);
            }
            for waybill in &order.waybills {
                index.by_waybill.insert(waybill_key(waybill), at);
            }
            if let Some(buyer) = &order.buyer {
                index.by_buyer.entry(fold(buyer)).or_default().push(at);
            }
        }
        index
    }

    fn order(&self, parcel: &crate::records::Shipment, keys: &[String]) -> Option<usize> {
        let by_no = parcel.order_nos.iter().find_map(|number| self.by_no.get(&fold(&number.text)));
        by_no.copied().or_else(|| self.of_waybill(keys)).or_else(|| self.of_buyer(parcel))
    }

    /// Returns the order that names one of some waybills.
    fn of_waybill(&self, keys: &[String]) -> Option<usize> {
        keys.iter().find_map(|key| self.by_waybill.get(key)).copied()
    }

    /// Returns the buyer's only paid order, or the last one before the day
    /// the parcel was sent.
    fn of_buyer(&self, parcel: &crate::records::Shipment) -> Option<usize> {
        let own = self.by_buyer.get(&fold(parcel.buyer.as_deref()?))?;
        let paid = || own.iter().copied().filter(|&at| self.orders[at].paid > Decimal::ZERO);
        let before = |at: &usize| {
            let dates: Option<(NaiveDate, NaiveDate)> = self.orders[*at].date.zip(parcel.date);
            dates.is_none_or(|(ordered, sent)| ordered <= sent)
        };
        paid().filter(before).max_by_key(|&at| self.orders[at].date).or_else(|| paid().next())
    }
}
