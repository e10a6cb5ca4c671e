//! Bytes → cells → tables → columns that are understood.

pub mod sheet;
pub mod table;
