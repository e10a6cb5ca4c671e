//! gendan (跟单): reads the sheets of a factory as they are, cross-checks them
//! and explains every difference to the cent and to the cell.
//!
//! The way of the data, one way through the house:
//!
//! ```text
//! file ─ input ─→ tables ─ records ─→ typed rows ─ engine ─→ results ─ report ─→ xlsx, terminal, JSON
//!         └ kinds (what a header word means)          └ findings: bad data is a value, never an error
//! ```
//!
//! Engines are pure: no I/O, no clock, no terminal. Commands only wire. Only
//! [`cli`] prints.

pub mod args;
pub mod calendar;
pub mod cli;
pub mod commands;
pub mod containers;
pub mod currency;
mod data;
pub mod documents;
pub mod engine;
pub mod error;
pub mod finding;
pub mod input;
pub mod kinds;
pub mod lang;
pub mod location;
pub mod output;
pub mod party;
pub mod period;
pub mod places;
pub mod progress;
pub mod records;
pub mod report;
pub mod settings;
pub mod text;
pub mod words;
pub mod writeback;
