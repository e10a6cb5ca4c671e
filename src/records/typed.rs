//! The cells of a table by the types of its fields: which figures and days
//! cannot be read. For looking at sheets of any kind without their records.

use super::ReadContext;
use super::money::date_hints;
use super::reader::{Fields, RowReader};
use super::surroundings::Surroundings;
use crate::finding::Finding;
use crate::input::table::Table;
use crate::kinds::{FieldType, Kind};

/// Days that often are words (待定, 11月中旬), which is no mistake.
const WORDS_TOO: [&str; 6] =
    ["actual_date", "arrival_date", "delivery_date", "needed_by", "promise_date", "ship_date"];

/// Returns what is wrong with the figures and days of a table.
pub fn typed(kind: &'static Kind, table: &Table, context: &ReadContext<'_>) -> Vec<Finding> {
    let hints = date_hints(&Surroundings::of(table, context), context);
    let mut reader = RowReader::new(table, Fields::default(), hints, &[]);
    let (mut figures, mut days) = (Vec::new(), Vec::new());
    for column in &table.columns {
        let Some(field) = column.field.and_then(|name| kind.field(name)) else { continue };
        match field.field_type {
            FieldType::Money | FieldType::Decimal => figures.push(column),
            FieldType::Date if !WORDS_TOO.contains(&field.name.as_str()) => {
                days.push(field.name.as_str());
            }
            _ => {}
        }
    }
    for field in &days {
        reader.read_dates(field, hints);
    }
    while reader.advance() {
        for column in &figures {
            reader.decimal_of(column);
        }
        for field in &days {
            reader.date(field);
        }
    }
    reader.finish().findings
}
