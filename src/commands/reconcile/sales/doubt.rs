//! Tables that their words leave in doubt: a list with a day, a number and an
//! amount may be anybody's. What it holds says whether it is a shop's: numbers
//! or buyers that the sure papers have too; else that a side is missing.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use crate::input::reading::ReadTable;
use crate::input::table::{Role, Table};
use crate::input::values::text::words;
use crate::kinds::{self, Kind};
use crate::records::DocumentNo;
use crate::records::shop::OrderNo;
use crate::settings::Settings;
use crate::text::fold;

use super::super::uses::has_needed;
use super::papers::KINDS;

/// A table whose kind is surer than this is what it says.
const SURE: u8 = 75;
/// Rows of a hundred that must be known from the sure papers.
const SHARED: usize = 20;
/// Rows that are looked at.
const SAMPLE: usize = 500;

/// Takes tables in doubt for papers of a shop, where what they hold says so.
pub(super) fn settle(tables: &mut [ReadTable], settings: &Settings) {
    let is_ours = |table: &ReadTable| table.kind.is_some_and(is_of_job);
    let doubtful: Vec<usize> = (0..tables.len())
        .filter(|&at| {
            !is_ours(&tables[at]) && (tables[at].kind.is_none() || tables[at].confidence < SURE)
        })
        .collect();
    if doubtful.is_empty() {
        return;
    }
    let known = Known::of(tables.iter().filter(|table| is_ours(table)));
    let mut left = Vec::new();
    for at in doubtful {
        let as_ours = candidates(&tables[at], settings);
        match as_ours.into_iter().find(|table| known.shares(&table.table)) {
            Some(table) => tables[at] = table,
            None => left.push(at),
        }
    }
    fill_missing_side(tables, &left, settings);
}

/// Takes what comes nearest to it for the side of which there is no paper.
fn fill_missing_side(tables: &mut [ReadTable], doubtful: &[usize], settings: &Settings) {
    let sides = ["order_export", "sales_register"];
    let has = |tables: &[ReadTable], side: &str| {
        tables.iter().any(|table| table.kind.is_some_and(|kind| kind.id == side))
    };
    let missing: BTreeSet<&str> = sides.into_iter().filter(|side| !has(tables, side)).collect();
    // With neither side there is no shop.
    if missing.len() == sides.len() {
        return;
    }
    for &at in doubtful {
        let near = |kind: &Kind| tables[at].runners_up.iter().any(|other| other.kind.id == kind.id);
        let is_it = |table: &ReadTable| {
            table.kind.is_some_and(|kind| missing.contains(&*kind.id) && near(kind))
        };
        if let Some(table) = candidates(&tables[at], settings).into_iter().find(is_it) {
            tables[at] = table;
        }
    }
}

fn is_of_job(kind: &Kind) -> bool {
    KINDS.contains(&kind.id.as_str())
}

/// Returns the table as every paper of the job that it has the columns for,
/// the likeliest first.
fn candidates(table: &ReadTable, settings: &Settings) -> Vec<ReadTable> {
    let near = table.runners_up.iter().map(|other| other.kind).filter(|kind| is_of_job(kind));
    let mut kinds: Vec<&'static Kind> = near.collect();
    for kind in KINDS.iter().filter_map(|id| kinds::get(id)) {
        if kinds.iter().all(|known| known.id != kind.id) {
            kinds.push(kind);
        }
    }
    let taken = kinds.into_iter().map(|kind| {
        let mut taken = table.clone();
        taken.take_for(kind, settings);
        (kind, taken)
    });
    taken.filter(|(kind, taken)| has_needed(&taken.table, kind)).map(|(_, taken)| taken).collect()
}

/// The numbers and buyers of papers that are surely the shop's.
#[derive(Debug, Default)]
struct Known {
    values: FxHashSet<String>,
}

impl Known {
    fn of<'a>(tables: impl Iterator<Item = &'a ReadTable>) -> Self {
        let values =
            tables.flat_map(|table| rows(&table.table, usize::MAX).flatten().collect::<Vec<_>>());
        Self { values: values.collect() }
    }

    /// Whether enough rows of a table have a number or buyer that is known.
    fn shares(&self, table: &Table) -> bool {
        let rows: Vec<Vec<String>> = rows(table, SAMPLE).collect();
        let shared = rows.iter().filter(|row| row.iter().any(|value| self.values.contains(value)));
        !rows.is_empty() && shared.count() * 100 >= rows.len() * SHARED
    }
}

/// Returns the numbers and buyers of a table's rows, at most `most` of them,
/// spread over all.
fn rows(table: &Table, most: usize) -> impl Iterator<Item = Vec<String>> + '_ {
    let columns: Vec<(u16, bool)> = table
        .columns
        .iter()
        .filter_map(|column| match column.field? {
            "order_no" => Some((column.col, true)),
            "wangwang_id" => Some((column.col, false)),
            _ => None,
        })
        .collect();
    let count = table.rows_of(Role::Body).count();
    let step = count.div_ceil(most.max(1)).max(1);
    table.rows_of(Role::Body).step_by(step).map(move |row| {
        let value = |(col, is_number): &(u16, bool)| {
            let text = words(&table.cell(row, *col)?.value())?;
            if !is_number {
                return Some(fold(&text)).filter(|text| !text.is_empty());
            }
            let number = OrderNo::of(&DocumentNo { text, damaged: false })?;
            Some(number.key.to_string())
        };
        columns.iter().filter_map(value).collect()
    })
}
