//! What is said below a sum to have been settled of it.

use super::super::below::is_settled;
use super::super::figure::figure;
use crate::finding::{Finding, codes};
use crate::input::table::{Role, Table};
use crate::location::CellRef;

/// Returns a finding for every row that says that more or less was settled
/// (实付) than the sum above it states.
pub(super) fn differing(table: &Table) -> Vec<Finding> {
    let mut total = None;
    let mut findings = Vec::new();
    for row in &table.rows {
        match row.role {
            Role::Total => total = Some(row.row),
            Role::Note => findings.extend(total.and_then(|total| differs(table, total, row.row))),
            _ => {}
        }
    }
    findings
}

fn differs(table: &Table, total: u32, row: u32) -> Option<Finding> {
    let cells = &table.sheet.row(row)?.cells;
    let label = cells.iter().find_map(|cell| cell.text()).filter(|label| is_settled(label))?;
    let (col, settled) = cells.iter().find_map(|cell| Some((cell.col, figure(cell)?)))?;
    let sum = table.sheet.row(total)?.cells.iter().find(|cell| cell.col == col).and_then(figure)?;
    let difference = settled.checked_sub(sum)?;
    let finding = Finding::of(codes::SETTLED_DIFFERS)
        .with("label", label.trim().trim_end_matches([':', '：']))
        .with("found", settled)
        .with("expected", sum)
        .with("difference", difference)
        .at(table.sheet.at(CellRef::new(row, col)))
        .related(table.sheet.at(CellRef::new(total, col)));
    (!difference.is_zero()).then_some(finding)
}
