//! Tells workbooks whose formulas were never calculated: programs that write
//! formulas put 0 or nothing where the value should be.

use rust_decimal::Decimal;

use super::sheet::{Cell, Formula, Row, Sheet, Value};

/// Marks the formulas of a workbook as never calculated if nothing in it shows
/// that they were: not one of them has a value other than 0 or nothing.
pub(super) fn mark_uncomputed<'a>(sheets: impl Iterator<Item = &'a mut Sheet>) {
    let mut rows: Vec<&mut Row> = sheets
        .flat_map(|sheet| &mut sheet.rows)
        .filter(|row| row.cells.iter().any(is_formula))
        .collect();
    let mut formulas = rows.iter().flat_map(|row| &row.cells).filter(|cell| is_formula(cell));
    if !formulas.all(|cell| is_placeholder(&cell.value)) {
        return;
    }
    for row in &mut rows {
        row.cells.change(|cells| {
            let formulas = cells.iter_mut().filter(|cell| is_formula(cell));
            formulas.for_each(|cell| cell.formula = Formula::Uncomputed);
        });
    }
}

fn is_formula(cell: &Cell) -> bool {
    cell.formula != Formula::None
}

/// Whether a value may stand for one that was never calculated.
fn is_placeholder(value: &Value) -> bool {
    match value {
        Value::Empty => true,
        Value::Number(number) => *number == Decimal::ZERO,
        _ => false,
    }
}
