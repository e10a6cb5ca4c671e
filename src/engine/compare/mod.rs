//! Any two sheets: which columns belong together, which of them say what a
//! row is, and what differs in rows that are the same.

mod alike;
mod amounts;
mod columns;
mod keys;
mod profile;
pub mod reconcile;
mod rest;
mod rows;
mod shared;
mod values;

pub use columns::{Found, NoColumn, Pair, PairRole, Plan, Wanted, plan};
pub use reconcile::{Comparison, Differing, reconcile};
