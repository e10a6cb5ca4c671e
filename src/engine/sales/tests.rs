//! Small shops.
