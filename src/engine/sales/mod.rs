//! The shop's sales: orders of the platform's export against the register of
//! sales ids, and the audit of shipping slips.
//!
//! An order has a number that is its own, so entries are linked by it, by what
//! is left of it, or by the buyer, and not weighed against all others.

mod amounts;
mod before;
mod by_number;
mod causes;
mod copies;
mod damaged;
mod evidence;
mod link;
mod narrow;
mod nearby;
mod orders;
mod own;
pub mod papers;
pub mod reconcile;
mod registers;
mod repeats;
mod settle;
mod shops;
mod slips;
#[cfg(test)]
mod tests;
pub mod totals;

pub use copies::Copied;
pub(in crate::engine) use copies::counted;
pub use damaged::Damaged;
pub use papers::{List, SalesPapers};
pub use reconcile::{SalesMonth, Unchecked, reconcile};
pub use slips::SlipAudit;
pub use totals::{By, Total};
