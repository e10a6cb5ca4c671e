//! What last month's report brings along: parcels that no bill had yet, and
//! waybills that are settled.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::papers::Papers;
use super::sides::{Resolve, Sides, keys};
use crate::engine::entry::EntryType;
use crate::records::{OpenItem, Shipment};

/// Adds what was carried over: parcels that this month's log has too are left
/// to the log.
pub(super) fn add(sides: &mut Sides, papers: &Papers, resolve: Resolve<'_>) {
    let logged: FxHashSet<String> =
        sides.logged.iter().flat_map(|logged| logged.keys.iter().cloned()).collect();
    for item in papers.carried.iter().flat_map(|paper| &paper.records.lines) {
        let keys = keys(&item.document_nos);
        let is_parcel = !item.theirs && item.entry_type == EntryType::Goods && !keys.is_empty();
        let Some(party) = item.party.as_ref().filter(|_| is_parcel) else { continue };
        if keys.iter().any(|key| logged.contains(key)) {
            continue;
        }
        let carrier = resolve(&party.value);
        sides.add_parcel(parcel(item), keys, carrier, true);
        if let Some(last) = sides.logged.last_mut() {
            last.carried = true;
        }
    }
    for item in papers.settled.iter().flat_map(|paper| &paper.records.lines) {
        let Some(party) = &item.party else { continue };
        let carrier = resolve(&party.value);
        for key in keys(&item.document_nos) {
            sides.settled.entry((Arc::clone(&carrier), key)).or_insert_with(|| item.at.clone());
        }
    }
}

fn parcel(item: &OpenItem) -> Shipment {
    Shipment {
        date: item.date,
        order_nos: item.other_nos.clone(),
        destination: item.item.name.clone(),
        weight: item.quantity,
        freight: Some(item.amount),
        remark: item.remark.clone(),
        ..Shipment::bare(item.document_nos.clone(), item.at.clone())
    }
}
