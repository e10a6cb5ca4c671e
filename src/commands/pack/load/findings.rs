//! What a plan has a person look at.

use super::identity::{Loaded, Plan};
use crate::finding::{Finding, codes};
use crate::records::CartonRow;

/// How far the centre of gravity may be off the middle, in hundredths of the
/// length and of the width.
const ALLOWED: [u32; 2] = [5, 10];

/// Returns what is to be said about a plan.
pub(super) fn of(plan: &Plan, rows: &[CartonRow]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for left in &plan.left_over {
        let row = &rows[left.row];
        let finding = Finding::of(codes::CARTONS_LEFT_OVER)
            .with("label", &row.label)
            .with("count", left.count)
            .with("reason", left.reason);
        findings.push(finding.at(row.at.clone()));
    }
    let unknown = rows.iter().filter(|row| row.gross_weight.is_none() && row.quantity > 0);
    let count: u64 = unknown.clone().map(|row| u64::from(row.quantity)).sum();
    if let Some(first) = unknown.clone().next() {
        let finding = Finding::of(codes::WEIGHT_NOT_KNOWN).with("count", count);
        findings.push(finding.at(first.at.clone()));
    } else {
        let loads = plan.containers.iter().enumerate();
        findings.extend(loads.flat_map(|(at, loaded)| off_centre(at + 1, loaded)));
    }
    findings
}

fn off_centre(number: usize, loaded: &Loaded) -> Vec<Finding> {
    let Some(balance) = loaded.balance else { return Vec::new() };
    let offsets = balance.offset(&loaded.room);
    let sides = [["front", "door"], ["left", "right"]];
    let tell = |axis: usize| {
        let limit = u64::from(loaded.room.size[axis] * ALLOWED[axis] / 100);
        let offset = offsets[axis];
        (offset.unsigned_abs() > limit).then(|| {
            Finding::of(codes::LOAD_OFF_CENTRE)
                .with("container", number)
                .with("axis", sides[axis][usize::from(offset > 0)])
                .with("offset", offset.unsigned_abs())
                .with("limit", limit)
        })
    };
    (0..2).filter_map(tell).collect()
}
