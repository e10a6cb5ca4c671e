//! Tables for tests, written as text: cells between `|`, a line a row.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::ReadContext;
use crate::input::columns::{self, Overrides};
use crate::input::locate::{self, LocateOptions};
use crate::input::sheet::{Formula, NewCell, Row, Sheet, Value};
use crate::input::table::{Role, Table};
use crate::kinds;
use crate::location::SheetId;
use crate::period::Month;
use crate::settings::Settings;

/// Makes the table of a sheet called `name`, understood as `kind`. Numbers
/// are numbers, `'12` is text, `#REF!` an error, `=12` a formula's value and
/// `=` one that was never calculated.
pub(super) fn table_named(name: &str, kind: &str, text: &str) -> Table {
    let tables = tables(name, kind, text);
    let mut filled = tables.into_iter().filter(|table| table.rows_of(Role::Body).next().is_some());
    let table = filled.next().unwrap();
    assert!(filled.next().is_none(), "{text}");
    table
}

/// Makes all tables of a sheet, one below the other.
pub(super) fn tables(name: &str, kind: &str, text: &str) -> Vec<Table> {
    let mut sheet =
        Sheet::new(Arc::new(SheetId { path: name.into(), sheet: Some("10月".into()) }));
    for (index, line) in text.trim_matches('\n').lines().enumerate() {
        let cells = line.split('|').enumerate().map(|(col, text)| cell(col as u16, text.trim()));
        let cells: Vec<NewCell> =
            cells.filter(|cell| !cell.is_empty() || cell.formula != Formula::None).collect();
        if !cells.is_empty() {
            sheet.rows.push(Row { index: index as u32, hidden: false, cells: cells.into() });
        }
    }
    let mut tables = locate::tables(&Arc::new(sheet), &LocateOptions::default());
    for table in &mut tables {
        columns::map(table, kinds::get(kind).unwrap(), &Overrides::default());
    }
    tables
}

/// Makes the table of a file with a name that says nothing.
pub(super) fn table(kind: &str, text: &str) -> Table {
    table_named("表.xlsx", kind, text)
}

fn cell(col: u16, text: &str) -> NewCell {
    let (text, formula) = match text.strip_prefix('=') {
        Some("") => ("", Formula::Uncomputed),
        Some(value) => (value, Formula::Computed),
        None => (text, Formula::None),
    };
    let value = match (text, text.parse::<Decimal>()) {
        ("", _) => Value::Empty,
        (_, Ok(number)) => Value::Number(number),
        _ if text.starts_with('#') => Value::Error(text.into()),
        _ => Value::Text(text.strip_prefix('\'').unwrap_or(text).into()),
    };
    NewCell { value, col, formula, ..NewCell::default() }
}

/// Runs `read` for October 2026.
pub(super) fn in_october<T>(read: impl FnOnce(&ReadContext<'_>) -> T) -> T {
    let settings = Settings::default();
    let period = Month::new(2026, 10).map(Into::into);
    read(&ReadContext { period, near: None, settings: &settings })
}
