//! Carriers' bills against the freight log and the agreed rates.

mod cards;
mod expenses;
mod month;
mod months;
mod ran;
