//! Cells and rows that an OpenDocument file writes once and means many times.

use crate::input::xml::Attributes;

/// Empty cells repeated more often than this are filling, not a form.
const MOST_EMPTY: u32 = 64;

/// How often a cell or row stands, by its attribute; at least once.
pub(super) fn count(attributes: Attributes<'_>, name: &str) -> u32 {
    // What does not fit a number is more than a sheet has.
    let more = attributes.number::<f64>(name).is_some_and(|count| count > f64::from(u32::MAX));
    attributes.number::<u32>(name).unwrap_or(if more { u32::MAX } else { 1 }).max(1)
}

/// Returns how many of `count` repeated cells are kept.
pub(super) fn kept(count: u32, is_empty: bool) -> u32 {
    if is_empty && count > MOST_EMPTY { 0 } else { count }
}
