//! Pure engines: records in, results out; no I/O, no clock, no terminal.

pub mod ageing;
pub mod bom;
pub mod compare;
pub mod decisions;
pub mod entry;
pub mod freight;
pub mod line_id;
pub mod loading;
pub mod matching;
pub mod measure;
pub mod packing;
pub mod sales;
pub mod stock;
pub mod supplier;
