//! What the readers must withstand: targets that a fuzzer feeds, and the
//! files that it starts from.

pub mod targets;
