//! placeholder
mod bridge_sheet;
mod report;
mod summary;
