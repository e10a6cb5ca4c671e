//! The cross-checks: two papers of one month against each other.

mod explain;
mod json;
mod lines;
mod sheets;
pub mod supplier;
mod words;
