//! Sheets of packing: what is ordered by size, how it is to be packed, and
//! what was packed.

mod about;
mod amounts;
mod basis;
mod breakdown;
mod edge_columns;
mod list;
mod names;
mod order_rows;
mod over_short;
mod prose;
mod ratio;
mod row;
mod rules;
mod sequence;
mod size_groups;
mod sizes;
mod spec;
mod spec_sheet;

pub use about::About;
pub use breakdown::{Breakdown, OrderedPieces, reads_as_order, size_breakdown};
pub use list::{CartonList, ListedCartons, Printed, carton_list};
pub use names::{colour_key, po_key, size_key, style_key};
pub use over_short::over_short;
pub use ratio::{Ratio, ratio};
pub use rules::{SaidMixing, TailRule};
pub use sequence::size_sequence;
pub use spec::{Goods, SpecEntry};
pub use spec_sheet::{packing_spec, spec_across};
