//! What was read, as every report shows it.

use super::model::{ColumnRead, InputRead};
use crate::input::reading::ReadTable;
use crate::location::column_name;

/// Returns how a table was understood. Who the party is and how many rows
/// could not be used, the job that used it knows.
pub fn input_read(read: &ReadTable, party: Option<&str>, rejected: usize) -> InputRead {
    let table = &read.table;
    let mut input = InputRead {
        path: table.sheet.id.path.clone(),
        sheet: table.sheet.id.sheet.clone(),
        kind: read.kind.map(|kind| kind.id.clone()),
        party: party.map(str::to_owned),
        table: Some(table.area.to_string()),
        header_rows: table.header_rows.iter().map(|row| row + 1).collect(),
        rejected: u32::try_from(rejected).unwrap_or(u32::MAX),
        ..InputRead::default()
    };
    input.columns = table
        .columns
        .iter()
        .map(|column| ColumnRead {
            column: column_name(column.col),
            header: column.header.clone(),
            field: column.field.map(str::to_owned),
        })
        .collect();
    for row in &table.rows {
        *input.rows.entry(row.role).or_default() += 1;
    }
    input
}
