//! The worked numbers of the trade, and laws that hold for any lists.
