//! Cells → decimals, dates, ids, rates, with what was odd about them. Nothing
//! is guessed: what cannot be read for certain is said to be bad, and why.

pub mod decimal;
mod fold;
mod lexicon;
pub mod odd;

pub use decimal::{Number, decimal};
pub use odd::{Bad, Odd, Odds, Parsed};
