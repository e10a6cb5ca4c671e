//! Sheets of packing: what is ordered by size, how it is to be packed, and
//! what was packed.

mod about;
mod amounts;
mod basis;
mod breakdown;
mod list;
mod names;
mod over_short;
mod ratio;
mod row;
mod rules;
mod sizes;
mod spec;

pub use about::About;
pub use breakdown::{Breakdown, OrderedPieces, adds_up, size_breakdown};
pub use list::{CartonList, ListedCartons, Printed, carton_list};
pub use names::{colour_key, po_key, size_key, style_key};
pub use over_short::over_short;
pub use ratio::{Ratio, ratio};
pub use rules::{SaidMixing, TailRule};
pub use spec::{Goods, SpecEntry, packing_spec};
