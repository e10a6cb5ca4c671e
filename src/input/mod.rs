//! Bytes → cells → tables → columns that are understood.

mod calculated;
mod cells;
mod cfb;
pub mod columns;
mod contained;
#[cfg(test)]
mod fixtures;
pub mod form;
mod grid;
pub mod guard;
mod html;
pub mod inputs;
mod iso;
mod library;
pub mod locate;
mod metered;
mod number;
mod number_format;
mod ods;
mod package;
mod palette;
pub mod parts;
pub mod read;
pub mod reading;
pub mod recognise;
mod refusal;
pub mod selector;
pub mod sheet;
mod sniff;
mod spreadsheetml;
pub mod table;
mod text;
pub mod values;
pub mod workbook;
mod xls;
mod xlsx;
mod xml;
