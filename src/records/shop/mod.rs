//! The papers of a shop: platform exports, the register of sales ids,
//! shipping slips.

mod booking;
mod dispatched;
mod number;
mod order;
mod slip;
mod state;
#[cfg(test)]
mod tests;

pub use booking::{Booking, bookings};
pub use dispatched::dispatched;
pub use number::{OrderForm, OrderNo};
pub use order::{OrderRow, order_days, orders};
pub use slip::{Slip, SlipPart, slips};
pub use state::{Refund, State};
