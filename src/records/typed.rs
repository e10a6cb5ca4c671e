//! The cells of a table by the types of its fields: which figures and days
//! cannot be read. For looking at sheets of any kind without their records.

use super::ReadContext;
use super::money::date_hints;
use super::reader::{Fields, RowReader};
use super::surroundings::Surroundings;
use crate::finding::{Finding, codes};
use crate::input::table::{Role, Table};
use crate::kinds::{FieldType, Kind};

/// Days that often are words (待定, 11月中旬), which is no mistake.
const WORDS_TOO: [&str; 6] =
    ["actual_date", "arrival_date", "delivery_date", "needed_by", "promise_date", "ship_date"];

/// One cell in so many may be no day before the column is taken to mean it.
const MANY: usize = 5;

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
    let found = reader.finish().findings;
    let odd = |col: u16| {
        let of_column = |finding: &&Finding| {
            let at = finding.at.as_ref();
            finding.code == codes::BAD_DATE && at.is_some_and(|at| at.cell.col == col)
        };
        found.iter().filter(of_column).count()
    };
    let filled = |col: u16| {
        let cells = table.rows_of(Role::Body).filter_map(|row| table.cell(row, col));
        cells.filter(|cell| !cell.is_empty()).count()
    };
    // Where many cells are no days, the column is meant to hold more than days.
    let own_way: Vec<u16> = days
        .iter()
        .filter_map(|field| table.column(field).map(|column| column.col))
        .filter(|col| odd(*col) > 1 && odd(*col) * MANY > filled(*col))
        .collect();
    let is_slip = |finding: &Finding| {
        let col = finding.at.as_ref().map(|at| at.cell.col);
        finding.code != codes::BAD_DATE || !col.is_some_and(|col| own_way.contains(&col))
    };
    found.into_iter().filter(is_slip).collect()
}
