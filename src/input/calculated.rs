//! Tells workbooks whose formulas were never calculated: programs that write
//! formulas put 0 or nothing where the value should be.

use super::sheet::{Cell, Formula, Held, Row, Sheet};

/// Marks the formulas of a workbook as never calculated if nothing in it shows
/// that they were: not one of them has a value other than 0 or nothing.
pub(super) fn mark_uncomputed<'a>(sheets: impl Iterator<Item = &'a mut Sheet>) {
    let mut rows: Vec<&mut Row> = sheets
        .flat_map(|sheet| &mut sheet.rows)
        .filter(|row| row.cells.iter().any(is_formula))
        .collect();
    let formulas =
        |row: &&mut Row| row.cells.iter().filter(|cell| is_formula(*cell)).all(is_placeholder);
    if !rows.iter().all(formulas) {
        return;
    }
    for row in &mut rows {
        row.cells.alter(|cells| {
            let formulas = cells.iter_mut().filter(|cell| cell.formula != Formula::None);
            formulas.for_each(|cell| cell.formula = Formula::Uncomputed);
        });
    }
}

fn is_formula(cell: Cell<'_>) -> bool {
    cell.formula != Formula::None
}

/// Whether a cell may hold what stands for a value that was never calculated.
fn is_placeholder(cell: Cell<'_>) -> bool {
    match cell.held() {
        Held::Empty => true,
        Held::Number(number) => number.is_zero(),
        _ => false,
    }
}
