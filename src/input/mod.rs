//! Bytes → cells → tables → columns that are understood.

mod grid;
pub mod guard;
pub mod inputs;
pub mod locate;
mod number;
pub mod read;
mod refusal;
pub mod selector;
pub mod sheet;
mod sniff;
pub mod table;
mod text;
pub mod values;
pub mod workbook;
