//! Bytes → cells → tables → columns that are understood.

pub mod locate;
pub mod sheet;
pub mod table;
pub mod values;
