//! The supplier month: statements against goods receipts, returns,
//! deductions, payments and agreed prices; balances and the bridge between
//! them. The reseller month is the same with the roles swapped.

pub mod balance;
pub mod bridge;
pub mod checks;
mod entries;
#[cfg(test)]
mod fixtures;
mod ledgers;
mod near_party;
mod numbering;
mod open_items;
pub mod papers;
pub mod prices;
pub mod reconcile;
mod same_party;
pub mod sides;
mod summary;
#[cfg(test)]
mod tests;

pub use balance::Balance;
pub use bridge::Step;
pub use papers::{Paper, Papers};
pub use reconcile::{PartyMonth, SupplierMonth, reconcile};
pub use same_party::{Cores, SameParty, owners, same_parties};
pub use sides::Sides;
