//! Cells → decimals, dates, ids, rates, with what was odd about them. Nothing
//! is guessed: what cannot be read for certain is said to be bad, and why.

pub mod date;
pub mod decimal;
pub mod edges;
mod fold;
pub mod id;
mod lexicon;
pub mod odd;
pub mod rate;
pub mod text;

pub use date::{DateContext, DateHints, Day, date, dates};
pub use decimal::{Number, decimal};
pub use id::{Id, id, ids, mark_damaged};
pub use odd::{Bad, Odd, Odds, Parsed};
pub use rate::{RateKind, rates};
