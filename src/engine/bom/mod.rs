//! Parts lists at work: what an order needs at every level, what of it is
//! short, who gets what there is, what comes when, what is to be issued.

pub mod allocate;
pub mod arrivals;
pub mod check;
pub mod deadline;
mod descent;
pub mod explode;
pub mod fabric;
pub mod graph;
pub mod issue;
pub mod item;
mod needs;
pub mod norms;
pub mod order;
mod sets;
pub mod shortage;
mod sums;
#[cfg(test)]
mod tests;
mod used_up;
pub mod width;

use rust_decimal::{Decimal, RoundingStrategy};

pub use explode::{Explosion, Limits, Requirement};
pub use graph::{Convention, Graph, LineRef, StructId};
pub use item::{ItemId, Items};
pub use order::Order;

/// The digits behind the point that a quantity keeps: exact where it ends
/// before, else without the noise of its division.
const DIGITS: u32 = 12;

/// Returns a quantity as results show it.
pub fn tidy(quantity: Decimal) -> Decimal {
    quantity.round_dp_with_strategy(DIGITS, RoundingStrategy::MidpointAwayFromZero).normalize()
}
