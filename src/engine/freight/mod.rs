//! The freight month: carriers' bills against our freight log, every billed
//! waybill priced again by the agreed rates; petty cash and delivery fees.

pub mod basis;
pub mod card;
mod carried;
mod causes;
pub mod checks;
mod discounts;
pub mod expenses;
mod groups;
pub mod month;
pub mod orders;
pub mod pair;
pub mod papers;
mod pricing;
mod readings;
pub mod reconcile;
mod residue;
mod roles;
mod settle;
mod shipped;
pub mod sides;
pub mod tariff;
mod trips;

pub use expenses::Expenses;
pub use month::CarrierMonth;
pub use orders::FreightCost;
pub use pair::Repricing;
pub use papers::Papers;
pub use reconcile::{FreightMonth, reconcile};
pub use sides::waybill_key;
