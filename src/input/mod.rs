//! Bytes → cells → tables → columns that are understood.

mod grid;
pub mod guard;
pub mod locate;
mod number;
mod refusal;
pub mod sheet;
mod sniff;
pub mod table;
mod text;
pub mod values;
pub mod workbook;
