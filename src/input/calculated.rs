//! Tells workbooks whose formulas were never calculated: programs that write
//! formulas put 0 or nothing where the value should be.

use rust_decimal::Decimal;

use super::sheet::{Cell, Formula, Sheet, Value};

/// Marks the formulas of a workbook as never calculated if nothing in it shows
/// that they were: not one of them has a value other than 0 or nothing.
pub(super) fn mark_uncomputed<'a>(sheets: impl Iterator<Item = &'a mut Sheet>) {
    let mut cells: Vec<&mut Cell> = sheets
        .flat_map(|sheet| &mut sheet.rows)
        .flat_map(|row| &mut row.cells)
        .filter(|cell| cell.formula != Formula::None)
        .collect();
    if cells.iter().all(|cell| is_placeholder(&cell.value)) {
        cells.iter_mut().for_each(|cell| cell.formula = Formula::Uncomputed);
    }
}

/// Whether a value may stand for one that was never calculated.
fn is_placeholder(value: &Value) -> bool {
    match value {
        Value::Empty => true,
        Value::Number(number) => *number == Decimal::ZERO,
        _ => false,
    }
}
