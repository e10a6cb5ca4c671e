//! Carriers' bills against the freight log and the agreed rates.

mod cards;
mod carried;
mod carriers;
mod expenses;
mod matrix;
mod month;
mod months;
mod quality;
mod ran;
mod sizes;
mod tills;
mod witness;
