//! The papers of a shop: platform exports, the register of sales ids,
//! shipping slips.

mod booking;
mod number;
mod order;
mod slip;
mod state;
#[cfg(test)]
mod tests;

pub use booking::{Booking, bookings};
pub use number::{OrderForm, OrderNo};
pub use order::{OrderRow, orders};
pub use slip::{Slip, SlipPart, slips};
pub use state::{Refund, State};
