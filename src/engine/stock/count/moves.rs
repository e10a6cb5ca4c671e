//! The movements of every item between two moments.

use chrono::NaiveDateTime;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::Stocktake;
use crate::engine::stock::items::{ItemId, Items};
use crate::records::stock::{MovementClass, MovementLine, MovementSource};
use crate::text::fold;

/// The movements of every item, in the order of time.
pub(super) struct Moves {
    by_item: FxHashMap<ItemId, Vec<Moved>>,
}

struct Moved {
    when: NaiveDateTime,
    warehouse: String,
    batch: String,
    quantity: Decimal,
}

impl Moves {
    /// Takes the movements of ledgers; of slips where there is none. What
    /// counts found is no movement between two moments.
    pub(super) fn of(stocktake: &Stocktake<'_>, items: &Items) -> Self {
        let has_ledger =
            stocktake.movements.iter().any(|paper| paper.source == MovementSource::Ledger);
        let papers = stocktake
            .movements
            .iter()
            .filter(|paper| !has_ledger || paper.source == MovementSource::Ledger);
        let mut by_item: FxHashMap<ItemId, Vec<Moved>> = FxHashMap::default();
        let counts = |line: &&MovementLine| {
            !matches!(line.class, MovementClass::Opening | MovementClass::Adjustment)
        };
        for line in papers.flat_map(|paper| &paper.records.lines).filter(counts) {
            let (Some(item), Some(moment)) = (items.id(&line.item), line.moment) else { continue };
            by_item.entry(item).or_default().push(Moved {
                when: moment.end(),
                warehouse: line.warehouse.as_deref().map(fold).unwrap_or_default(),
                batch: line.batch.as_deref().map(fold).unwrap_or_default(),
                quantity: line.quantity,
            });
        }
        Self { by_item }
    }

    /// Returns what moved after one moment and until another; the other way
    /// round where the count was before the book's moment.
    pub(super) fn between(
        &self,
        item: ItemId,
        warehouse: &str,
        batch: &str,
        cutoff: NaiveDateTime,
        counted: NaiveDateTime,
    ) -> Decimal {
        let Some(moves) = self.by_item.get(&item) else { return Decimal::ZERO };
        let (first, last) = (cutoff.min(counted), cutoff.max(counted));
        let same =
            |told: &str, wanted: &str| told.is_empty() || wanted.is_empty() || told == wanted;
        let moved = moves
            .iter()
            .filter(|moved| moved.when > first && moved.when <= last)
            .filter(|moved| same(&moved.warehouse, warehouse) && same(&moved.batch, batch))
            .fold(Decimal::ZERO, |sum, moved| sum.checked_add(moved.quantity).unwrap_or(sum));
        if counted < cutoff { -moved } else { moved }
    }
}
