//! Stock tables of several days: what there is now is in the latest of them.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use crate::finding::{Finding, codes};
use crate::records::stock::{StockLine, StockTable};

/// What a line is of, as it is written.
fn shelf(line: &StockLine) -> (Option<&str>, Option<&str>) {
    (line.item.code.as_deref().or(line.item.name.as_deref()), line.warehouse.as_deref())
}

/// Returns for each table the day of a later one of the same stock: half of
/// its lines at least stand there too. The table of another warehouse, made on
/// another day, is none.
pub fn replaced(tables: &[StockTable]) -> Vec<Option<NaiveDate>> {
    let mut last: FxHashMap<_, NaiveDate> = FxHashMap::default();
    for table in tables {
        let Some(day) = table.as_of else { continue };
        for line in &table.records.lines {
            let known = last.entry(shelf(line)).or_insert(day);
            *known = day.max(*known);
        }
    }
    let later = |table: &StockTable| {
        let day = table.as_of?;
        let days = table.records.lines.iter().filter_map(|line| last.get(&shelf(line)));
        let later: Vec<NaiveDate> = days.copied().filter(|last| *last > day).collect();
        let same = later.len() * 2 >= table.records.lines.len();
        later.into_iter().max().filter(|_| same)
    };
    tables.iter().map(later).collect()
}

/// Leaves the tables out that a later one replaces, and says so.
pub fn keep_latest(tables: &mut Vec<StockTable>) -> Vec<Finding> {
    let mut later = replaced(tables).into_iter();
    let mut findings = Vec::new();
    tables.retain(|table| {
        let Some((later, day)) = later.next().flatten().zip(table.as_of) else { return true };
        let finding = Finding::of(codes::STOCK_TABLE_REPLACED).with("found", day);
        let finding = finding.with("later", later);
        findings.extend(table.records.lines.first().map(|line| finding.at(line.item_at.clone())));
        false
    });
    findings
}
