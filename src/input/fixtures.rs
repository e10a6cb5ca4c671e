//! Small tables for tests, written as text.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::locate::{self, LocateOptions};
use super::sheet::{NewCell, Row, Sheet, Value};
use super::table::Table;
use crate::location::SheetId;

/// Makes the table of a grid: rows by line, cells by bar; figures are figures.
pub(crate) fn table(grid: &str) -> Table {
    let id = SheetId { path: "a.xlsx".into(), sheet: Some("1".into()) };
    let mut sheet = Sheet::new(Arc::new(id));
    for (index, line) in grid.trim().lines().enumerate() {
        let cells = line.trim().split('|').enumerate();
        let cells = cells.map(|(col, text)| NewCell {
            value: match (text.trim(), text.trim().parse::<Decimal>()) {
                ("", _) => Value::Empty,
                (_, Ok(number)) => Value::Number(number),
                (text, _) => Value::Text(text.into()),
            },
            col: u16::try_from(col).unwrap(),
            ..NewCell::default()
        });
        let cells = cells.filter(|cell| !cell.is_empty()).collect();
        sheet.rows.push(Row { index: u32::try_from(index).unwrap(), cells, ..Row::default() });
    }
    let mut tables = locate::tables(&Arc::new(sheet), &LocateOptions::default());
    assert_eq!(tables.len(), 1, "one table");
    tables.remove(0)
}
