//! Packing: cartons as the one model that every list, label and total is a
//! sum of.

pub mod carton;
pub mod numbers;

pub use carton::{CartonKind, CartonRange, Content, Outer, Sum, Weights};
