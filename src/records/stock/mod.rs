//! The papers of the warehouse: stock tables, movements, slips, counts, and
//! the purchase orders that are still open.

mod count;
mod facts;
mod layout;
mod moment;
mod movement;
mod order;
mod parts;
mod promises;
mod sides;
mod table;
#[cfg(test)]
mod tests;
mod warehouse;
mod words;

pub use count::{CountLine, CountSheet, count_sheet};
pub use moment::Moment;
pub use movement::{MovementClass, MovementLine, MovementSource, Movements, movements};
pub use order::{OpenOrderLine, open_orders};
pub use table::{Planning, StockFigures, StockLine, StockTable, stock_table};
