//! The plan for people: a summary, and a sheet for every container that a
//! loader can work by.

mod container;
mod drawing;
mod summary;

use super::identity::{Loaded, Plan};
use crate::lang::Lang;
use crate::records::CartonRow;
use crate::report::Sheet;

/// Containers loaded in the same way share a sheet; more sheets than this
/// nobody turns over.
const MOST_SHEETS: usize = 60;

/// Returns the sheets of a plan.
pub(super) fn of(plan: &Plan, rows: &[CartonRow], lang: Lang) -> Vec<Sheet> {
    let mut sheets = vec![summary::sheet(plan, rows, lang)];
    let planned = plan.containers.iter().enumerate().filter(|(_, loaded)| !loaded.is_loose());
    let planned: Vec<(usize, &Loaded)> = planned.collect();
    for &(at, loaded) in planned.iter().take(MOST_SHEETS) {
        sheets.push(container::sheet(at + 1, loaded, rows, lang));
    }
    sheets
}
