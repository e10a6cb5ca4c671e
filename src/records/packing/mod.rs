//! Sheets of packing: what is ordered by size, how it is to be packed, and
//! what was packed.

mod about;
mod basis;
mod list;
mod names;
mod row;
mod sizes;

pub use about::About;
pub use list::{CartonList, ListedCartons, Printed, carton_list};
pub use names::{colour_key, po_key, size_key, style_key};
