//! The columns of a carton's edges where each edge has its own and none says
//! more than a letter.

use crate::input::table::{Column, Table};
use crate::text::{header_key, header_word};

/// Finds three columns side by side that are called L, W and H: not a size L.
pub(super) fn edge_columns(table: &Table) -> Option<[&Column; 3]> {
    const CALLED: [&str; 3] = ["l", "w", "h"];
    let is = |column: &Column, name: &str| {
        let own = column.parts.last().map_or(column.header.as_str(), String::as_str);
        // `L (in)` is called L.
        header_key(own).all().any(|word| word == name) || header_word(&column.header) == name
    };
    let columns: Vec<&Column> = table.columns.iter().collect();
    let three = columns
        .windows(3)
        .find(|three| three.iter().zip(CALLED).all(|(column, name)| is(column, name)))?;
    <[&Column; 3]>::try_from(three).ok()
}
