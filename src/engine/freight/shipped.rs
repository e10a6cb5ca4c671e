//! What shipping slips and orders say went out: a witness beside our freight
//! log, and in its place where there is none.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::papers::Papers;
use super::sides::{Sides, keys};
use crate::location::Location;
use crate::places::Place;
use crate::records::Shipment;
use crate::records::shop::OrderRow;

/// Parcels that slips and orders name, by waybill.
#[derive(Debug, Clone, Default)]
pub(super) struct Shipped {
    /// The parcels: those of slips first, which say more.
    pub(super) parcels: Vec<Shipment>,
    by_key: FxHashMap<String, usize>,
}

impl Shipped {
    /// Collects them.
    pub(super) fn of(papers: &Papers) -> Self {
        let mut shipped = Self::default();
        for paper in &papers.slips {
            paper.records.lines.iter().for_each(|parcel| shipped.add(parcel.clone()));
        }
        for row in papers.orders.iter().flat_map(|list| &list.rows) {
            if !row.waybills.is_empty() {
                shipped.add(of_order(row));
            }
        }
        shipped
    }

    fn add(&mut self, parcel: Shipment) {
        let keys = keys(&parcel.waybills);
        if keys.iter().any(|key| self.by_key.contains_key(key)) {
            return;
        }
        for key in keys {
            self.by_key.insert(key, self.parcels.len());
        }
        self.parcels.push(parcel);
    }

    /// Returns where one of some waybills is named.
    pub(super) fn place(&self, keys: &[String]) -> Option<&Location> {
        let at = keys.iter().find_map(|key| self.by_key.get(key))?;
        Some(&self.parcels[*at].at)
    }

    /// Returns the parcels that may stand for our log: any of them on one of
    /// the bills shows that they speak of the same parcels.
    pub(super) fn instead_of_log(&self, billed: &FxHashSet<&str>) -> &[Shipment] {
        let shared = self.by_key.keys().any(|key| billed.contains(key.as_str()));
        if shared { &self.parcels } else { &[] }
    }
}

impl Sides {
    /// Fills our side from slips and orders; `false` if these name no parcel
    /// of the bills.
    pub(super) fn add_shipped(&mut self, resolve: super::sides::Resolve<'_>) -> bool {
        let mut billed: FxHashMap<&str, usize> = FxHashMap::default();
        for (index, row) in self.billed.iter().enumerate() {
            for key in &row.keys {
                billed.entry(key).or_insert(index);
            }
        }
        let names: FxHashSet<&str> = billed.keys().copied().collect();
        let mut found = Vec::new();
        for parcel in self.shipped.instead_of_log(&names) {
            let keys = keys(&parcel.waybills);
            let row = keys.iter().find_map(|key| billed.get(key.as_str()));
            let named = parcel.carrier.as_ref().map(|carrier| resolve(&carrier.value));
            let carrier = named
                .filter(|carrier| self.billing.contains(carrier))
                .or_else(|| row.map(|&row| Arc::clone(&self.left[row].party)));
            // Without a bill nothing is expected of it.
            let Some(carrier) = carrier else { continue };
            let mut parcel = parcel.clone();
            if parcel
                .destination
                .as_deref()
                .is_none_or(|text| Place::parse(text).province().is_none())
            {
                parcel.destination = row.and_then(|&row| self.billed[row].line.destination.clone());
            }
            found.push((parcel, keys, carrier));
        }
        let any = !found.is_empty();
        for (parcel, keys, carrier) in found {
            self.add_parcel(parcel, keys, carrier, true);
        }
        any
    }
}

fn of_order(row: &OrderRow) -> Shipment {
    Shipment {
        date: row.paid_on.or(row.created),
        buyer: row.buyer.clone(),
        order_nos: row.order_no.iter().map(|number| number.document_no()).collect(),
        ..Shipment::bare(row.waybills.clone(), row.at.clone())
    }
}
