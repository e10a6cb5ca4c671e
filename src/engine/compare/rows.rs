//! One side of a comparison: its rows as entries, each with the key that it is
//! looked up by, and its cells as codes that are equal if the cells are.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::columns::{Pair, PairRole, Plan};
use super::profile::Class;
use super::values::{Grid, folded, number, plain, shown};
use crate::engine::entry::{DocumentNo, Entry};
use crate::engine::matching::sides::{Both, Side};
use crate::finding::{Finding, codes};
use crate::input::values::Id;

/// One side's rows.
pub(super) struct Rows {
    /// What each row is.
    pub(super) entries: Vec<Entry>,
    /// The key of each, equal on both sides if it means the same; `None`: the
    /// row has none.
    pub(super) keys: Vec<Option<u32>>,
    /// Whether the key of each lost digits.
    pub(super) damaged: Vec<bool>,
    /// By pair of columns that is no key: the value of each row.
    pub(super) cells: Vec<Vec<u32>>,
}

impl Rows {
    /// Whether two rows, of this side and another, have the same in a pair of
    /// columns.
    pub(super) fn agrees(&self, at: usize, other: &Rows, row: usize, pair: usize) -> bool {
        self.cells[pair][at] == other.cells[pair][row]
    }

    /// Returns all that is compared of a row.
    pub(super) fn signature(&self, at: usize) -> impl Iterator<Item = u32> + '_ {
        self.cells.iter().map(move |cells| cells[at])
    }
}

/// Gives equal texts equal codes.
#[derive(Debug, Default)]
struct Names {
    codes: FxHashMap<Box<str>, u32>,
}

impl Names {
    fn code(&mut self, text: &str) -> u32 {
        if let Some(&code) = self.codes.get(text) {
            return code;
        }
        let code = u32::try_from(self.codes.len()).unwrap_or(u32::MAX);
        self.codes.insert(text.into(), code);
        code
    }
}

/// Reads both sides as a plan says.
pub(super) fn rows(grids: &Both<Grid<'_>>, plan: &Plan, findings: &mut Vec<Finding>) -> Both<Rows> {
    let mut names = Names::default();
    let keys = Both::from_fn(|side| keys(grids, side, plan, &mut names));
    // Codes of one pair of columns mean nothing in another.
    let mut cells = Both { left: Vec::new(), right: Vec::new() };
    for pair in &plan.pairs {
        let mut names = Names::default();
        for side in Side::BOTH {
            let codes = match pair.role {
                PairRole::Key => Vec::new(),
                _ => codes_of(grids, side, pair, &mut names),
            };
            cells.of_mut(side).push(codes);
        }
    }
    let mut sides = Both::from_fn(|side| Rows {
        entries: entries(grids.of(side), side, plan, findings),
        keys: Vec::new(),
        damaged: Vec::new(),
        cells: Vec::new(),
    });
    for (side, keys, cells) in
        [(Side::Left, keys.left, cells.left), (Side::Right, keys.right, cells.right)]
    {
        let rows = sides.of_mut(side);
        rows.cells = cells.into_iter().filter(|codes| !codes.is_empty()).collect();
        for (entry, key) in rows.entries.iter_mut().zip(keys) {
            rows.keys.push(key.code);
            rows.damaged.push(key.numbers.iter().any(|number| number.damaged));
            entry.document_nos = key.numbers;
        }
    }
    sides
}

/// The key of a row.
struct Key {
    code: Option<u32>,
    /// Its parts, as written.
    numbers: Vec<DocumentNo>,
}

/// What stands between the parts of a key as it is looked up: no part holds it.
const BETWEEN: char = '\u{1f}';

fn keys(grids: &Both<Grid<'_>>, side: Side, plan: &Plan, names: &mut Names) -> Vec<Key> {
    let grid = grids.of(side);
    let columns: Vec<Vec<Option<Id>>> =
        plan.of(PairRole::Key).map(|pair| key_column(grids, side, pair)).collect();
    let mut text = String::new();
    let key = |row: usize| {
        text.clear();
        let mut numbers = Vec::with_capacity(columns.len());
        for column in &columns {
            if let Some(part) = &column[row] {
                text.push_str(&plain(&part.text));
                numbers.push(DocumentNo { text: Arc::clone(&part.text), damaged: part.damaged });
            }
            text.push(BETWEEN);
        }
        Key { code: (!numbers.is_empty()).then(|| names.code(&text)), numbers }
    };
    (0..grid.rows.len()).map(key).collect()
}

/// Returns the days of one side of a pair of columns.
fn days(grids: &Both<Grid<'_>>, side: Side, pair: &Pair) -> Vec<Option<NaiveDate>> {
    let other = side.other();
    let beside = (grids.of(other), *pair.columns.of(other));
    grids.of(side).days(*pair.columns.of(side), beside)
}

fn key_column(grids: &Both<Grid<'_>>, side: Side, pair: &Pair) -> Vec<Option<Id>> {
    let grid = grids.of(side);
    let col = *pair.columns.of(side);
    let mut ids = grid.ids(col);
    if pair.class == Class::Number {
        // 100.00 is 100; what leads with zeros is a code.
        for (row, id) in ids.iter_mut().enumerate() {
            if let (Some(id), Some(number)) = (id.as_mut(), grid.number(row, col))
                && id.text.contains('.')
            {
                id.text = number.to_string().into();
            }
        }
    }
    if pair.class == Class::Day {
        for (id, day) in ids.iter_mut().zip(days(grids, side, pair)) {
            if let (Some(id), Some(day)) = (id.as_mut(), day) {
                (id.text, id.damaged) = (day.to_string().into(), false);
            }
        }
    }
    ids
}

/// Returns the values of a column as codes: days as days, figures as figures,
/// everything else as folded text.
fn codes_of(grids: &Both<Grid<'_>>, side: Side, pair: &Pair, names: &mut Names) -> Vec<u32> {
    let (grid, col) = (grids.of(side), *pair.columns.of(side));
    let days = if pair.class == Class::Day { days(grids, side, pair) } else { Vec::new() };
    let code = |row: usize| {
        if let Some(Some(day)) = days.get(row) {
            return names.code(&day.to_string());
        }
        let value = grid.value(row, col);
        match number(&value) {
            Some(number) => names.code(&number.to_string()),
            None => names.code(&folded(&value)),
        }
    };
    (0..grid.rows.len()).map(code).collect()
}

fn entries(grid: &Grid<'_>, side: Side, plan: &Plan, findings: &mut Vec<Finding>) -> Vec<Entry> {
    let of = |role| plan.of(role).next().map(|pair| *pair.columns.of(side));
    let (amount, key) = (of(PairRole::Amount), of(PairRole::Key));
    let first = key.unwrap_or(grid.table.area.first.col);
    let field = |name: &str| {
        let is =
            |col: u16| grid.table.columns.iter().any(|c| c.col == col && c.field == Some(name));
        plan.pairs.iter().map(|pair| *pair.columns.of(side)).find(|&col| is(col))
    };
    let (quantity, price) = (field("qty"), field("unit_price"));
    let party: Arc<str> = Arc::from("");
    let entry = |row: usize| {
        let at = grid.at(row, amount.unwrap_or(first));
        let value = amount.map(|col| grid.value(row, col));
        let figure = value.as_ref().and_then(number);
        if let Some(value) = value.filter(|value| figure.is_none() && !folded(value).is_empty()) {
            let finding = Finding::of(codes::BAD_NUMBER).at(at.clone());
            findings.push(finding.with("found", shown(&value)).with("why", "not-this"));
        }
        Entry {
            quantity: quantity.and_then(|col| grid.number(row, col)),
            unit_price: price.and_then(|col| grid.number(row, col)),
            ..Entry::by_sign(Arc::clone(&party), figure.unwrap_or(Decimal::ZERO), &at)
        }
    };
    (0..grid.rows.len()).map(entry).collect()
}
