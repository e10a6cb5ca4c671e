//! Figures and items in words and in JSON.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::engine::bom::{ItemId, Items};

/// Returns a quantity for people: four digits behind the point at most.
pub(super) fn shown(quantity: Decimal) -> Decimal {
    quantity.round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero).normalize()
}

/// Returns an item's code, else its name.
pub(super) fn label(items: &Items, id: ItemId) -> &str {
    &items.get(id).label
}

/// Returns what people call an item that has a code.
pub(super) fn name(items: &Items, id: ItemId) -> String {
    let known = items.get(id);
    match &known.item.code {
        Some(_) => known.item.text().map(|text| text.to_string()).unwrap_or_default(),
        None => String::new(),
    }
}

/// Returns an item's unit.
pub(super) fn unit(items: &Items, id: ItemId) -> Option<&str> {
    items.get(id).unit.as_deref()
}
