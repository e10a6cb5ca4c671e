//! The machine side of a sales check beside its lines: totals, damaged
//! numbers, copied lists.

use serde::Serialize;

use super::super::json::money;
use crate::engine::matching::explain::Field;
use crate::engine::sales::{By, Copied, Damaged, Total};

/// The lines that share a value, added up.
#[derive(Debug, Serialize)]
pub(super) struct TotalRow<'a> {
    by: By,
    value: Option<&'a str>,
    lines: usize,
    left_rows: usize,
    right_rows: usize,
    left: String,
    right: String,
    difference: String,
}

impl<'a> From<&'a Total> for TotalRow<'a> {
    fn from(total: &'a Total) -> Self {
        Self {
            by: total.by,
            value: total.value.as_deref(),
            lines: total.lines,
            left_rows: total.left_rows,
            right_rows: total.right_rows,
            left: money(total.left),
            right: money(total.right),
            difference: money(total.difference()),
        }
    }
}

/// A damaged number and what it was.
#[derive(Debug, Serialize)]
pub(super) struct DamagedRow<'a> {
    at: String,
    found: &'a str,
    restored: Option<&'a str>,
    whole_at: Option<String>,
    damage: Option<String>,
    evidence: &'a [Field],
}

impl<'a> From<&'a Damaged> for DamagedRow<'a> {
    fn from(damaged: &'a Damaged) -> Self {
        Self {
            at: damaged.at.to_string(),
            found: &damaged.found,
            restored: damaged.restored.as_deref(),
            whole_at: damaged.whole_at.as_ref().map(ToString::to_string),
            damage: damaged.operator.map(|operator| operator.to_string()),
            evidence: &damaged.evidence,
        }
    }
}

/// A list whose orders another list has.
#[derive(Debug, Serialize)]
pub(super) struct CopyRow {
    list: String,
    of: String,
    rows: usize,
    changed: usize,
    all: usize,
}

impl From<&Copied> for CopyRow {
    fn from(copied: &Copied) -> Self {
        Self {
            list: copied.sheet.to_string(),
            of: copied.of.to_string(),
            rows: copied.rows,
            changed: copied.changed,
            all: copied.all,
        }
    }
}
