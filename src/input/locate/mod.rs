//! Finds the tables of a sheet and gives every row that holds something one
//! role in one table.
//!
//! ```text
//! region ─ islands ─→ regions side by side ─ scan ─→ drafts (header, rows with roles)
//!        ─ assemble ─→ tables ─ facts, fill, sums ─→ what stands around them, what repeats, what does not add up
//! ```

mod assemble;
mod below;
mod body;
mod columns;
mod data;
mod facts;
mod figure;
mod fill;
mod footer;
mod grid;
mod header;
mod islands;
mod label;
mod look;
mod open;
mod preamble;
mod rates;
mod read;
mod row;
mod scan;
mod series;
mod shape;
mod sums;
mod words;

#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use self::label::balance_named;

use self::grid::Region;
use self::look::Reader;
use super::sheet::Sheet;
use super::table::Table;
use crate::location::Area;

/// What a person says about where the tables are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LocateOptions {
    /// Only this area of the sheet is read (`#SHEET!A5:K99`).
    pub area: Option<Area>,
    /// The rows of the header, from 0, when the sheet does not show them.
    pub header_rows: Option<Vec<u32>>,
}

/// Tables within tables within tables: no sheet goes deeper.
const DEEPEST: usize = 6;

/// Returns the tables of `sheet`, from top to bottom and left to right.
/// Every row that holds something has exactly one role in exactly one table;
/// tables side by side each have their own list of rows, over their own
/// columns.
pub fn tables(sheet: &Arc<Sheet>, options: &LocateOptions) -> Vec<Table> {
    let region = Region::of(sheet, options.area);
    let reader = Reader::default();
    let mut tables = match &options.header_rows {
        Some(rows) => {
            let lines = region.lines.iter().enumerate();
            let forced: Vec<usize> =
                lines.filter(|(_, line)| rows.contains(&line.row)).map(|(at, _)| at).collect();
            finished(sheet, &region, &scan::scan(&region, &reader, &forced), &reader)
        }
        None => within(sheet, &region, &reader, DEEPEST),
    };
    tables.sort_by_key(|table| {
        (table.rows.first().map(|row| row.row), table.columns.first().map(|column| column.col))
    });
    let mut before = sums::Before::of(&tables);
    for table in &mut tables {
        sums::check(table, &mut before);
        fill::fill(table);
    }
    tables
}

/// Finds the tables of a region, side by side first, then one below the other.
fn within<'a>(
    sheet: &Arc<Sheet>,
    region: &Region<'a>,
    reader: &Reader<'a>,
    deepest: usize,
) -> Vec<Table> {
    let lines = 0..region.lines.len();
    if deepest == 0 {
        return finished(sheet, region, &scan::scan(region, reader, &[]), reader);
    }
    if let Some(parts) = islands::split(region, reader) {
        let parts = parts.into_iter().map(|cols| region.part(lines.clone(), cols));
        return parts.flat_map(|part| within(sheet, &part, reader, deepest - 1)).collect();
    }
    let drafts = scan::scan(region, reader, &[]);
    let mut tables = Vec::with_capacity(drafts.len());
    for draft in &drafts {
        match side_by_side(region, draft, reader) {
            Some(parts) => {
                let inner = parts.iter().flat_map(|part| within(sheet, part, reader, deepest - 1));
                tables.extend(inner);
            }
            None => tables.extend(finished(sheet, region, std::slice::from_ref(draft), reader)),
        }
    }
    tables
}

/// Returns the regions of a draft that is several tables wide.
fn side_by_side<'a>(
    region: &Region<'a>,
    draft: &scan::Draft,
    reader: &Reader<'a>,
) -> Option<Vec<Region<'a>>> {
    let (first, last) = (draft.rows.first()?.0, draft.rows.last()?.0);
    let header = *draft.header.first().filter(|at| **at >= first)?;
    let own = region.part(first..last + 1, region.cols);
    let parts = islands::folded_list(region, header, reader).or_else(|| {
        let narrower = first > 0 || last + 1 < region.lines.len();
        narrower.then(|| islands::split(&own, reader)).flatten()
    })?;
    Some(parts.into_iter().map(|cols| own.part(0..own.lines.len(), cols)).collect())
}

/// Makes the tables of drafts.
fn finished<'a>(
    sheet: &Arc<Sheet>,
    region: &Region<'a>,
    drafts: &[scan::Draft],
    reader: &Reader<'a>,
) -> Vec<Table> {
    drafts.iter().map(|draft| assemble::table(sheet, region, draft, reader)).collect()
}
