//! Packing: cartons as the one model that every list, label and total is a
//! sum of.

mod bound;
pub mod carton;
mod draft;
pub mod gs1;
pub mod lot;
mod numbering;
pub mod numbers;
pub mod over_short;
pub mod plan;
mod pool;
mod ratio;
mod tails;
#[cfg(test)]
mod tests;
pub mod tolerance;
mod top_up;
mod weigh;
pub mod weighings;

pub use carton::{CartonKind, CartonRange, Content, Outer, Sum, Weights};
