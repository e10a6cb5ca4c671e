//! How far two columns hold the same values: what is known of every column of
//! both sheets, worked out when it is first asked for.

use std::cell::OnceCell;
use std::hash::{Hash, Hasher};

use rayon::prelude::*;
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::profile::{Profile, sample};
use super::values::{Grid, folded, number, plain};
use crate::engine::matching::sides::{Both, Side};
use crate::input::sheet::Value;
use crate::input::table::Table;

/// The columns of both sheets.
pub(super) struct Shared<'t> {
    grids: Both<Grid<'t>>,
    columns: Both<Vec<Column>>,
}

/// One column.
struct Column {
    col: u16,
    profile: Profile,
    /// The values of sampled rows; `None`: blank.
    sampled: Vec<Option<u64>>,
    /// All of its values.
    all: OnceCell<FxHashSet<u64>>,
    /// Whether it counts its rows: 1, 2, 3.
    is_counting: OnceCell<bool>,
}

/// Pairs of columns up to which all are compared by their values. Sheets that
/// are wider are crosstabs, whose columns are told by their headers.
const COMPARED: usize = 40_000;

impl<'t> Shared<'t> {
    /// Looks at both sheets.
    pub(super) fn of(left: &'t Table, right: &'t Table) -> Self {
        let grids = Both { left: Grid::of(left), right: Grid::of(right) };
        let columns = Both::from_fn(|side| {
            let grid = grids.of(side);
            let columns = grid.table.columns.par_iter().map(|column| Column {
                col: column.col,
                profile: Profile::of(grid, column.col),
                sampled: sample(grid.rows.len())
                    .map(|row| code(&grid.value(row, column.col)))
                    .collect(),
                all: OnceCell::new(),
                is_counting: OnceCell::new(),
            });
            columns.collect()
        });
        Self { grids, columns }
    }

    /// Returns the pairs of columns that are compared by their values, from
    /// left to right: all of them, or those that their headers pair.
    pub(super) fn pairs(&self, by_header: &[Both<usize>]) -> Vec<Both<usize>> {
        let (lefts, rights) = (self.columns.left.len(), self.columns.right.len());
        if lefts.saturating_mul(rights) > COMPARED {
            return by_header.to_vec();
        }
        let of = |left: usize| (0..rights).map(move |right| Both { left, right });
        (0..lefts).flat_map(of).collect()
    }

    /// Returns what is known of two columns.
    pub(super) fn profiles(&self, at: Both<usize>) -> Both<&Profile> {
        Both::from_fn(|side| &self.columns.of(side)[*at.of(side)].profile)
    }

    /// Returns of a hundred values of the left column how many the right one
    /// has; figures as figures, keys as they are looked up.
    pub(super) fn share(&self, at: Both<usize>) -> usize {
        let right = &self.columns.right[at.right];
        let all = right.all.get_or_init(|| {
            let grid = &self.grids.right;
            (0..grid.rows.len()).filter_map(|row| code(&grid.value(row, right.col))).collect()
        });
        let (mut shared, mut filled) = (0, 0);
        for value in self.columns.left[at.left].sampled.iter().flatten() {
            filled += 1;
            shared += usize::from(all.contains(value));
        }
        shared * 100 / filled.max(1)
    }

    /// Returns rows of one key: sampled rows of the left sheet, by their place
    /// in the sample, with the row of the right one. Keys that the right sheet
    /// has twice are left out.
    pub(super) fn aligned(&self, key: &[Both<usize>]) -> Vec<(usize, usize)> {
        let grid = &self.grids.right;
        let of_right = |row: usize| {
            let columns = key.iter().map(|at| self.columns.right[at.right].col);
            columns.map(|col| code(&grid.value(row, col))).collect::<Vec<_>>()
        };
        let mut rows: FxHashMap<Vec<Option<u64>>, Option<usize>> = FxHashMap::default();
        for row in 0..grid.rows.len() {
            rows.entry(of_right(row)).and_modify(|known| *known = None).or_insert(Some(row));
        }
        let sampled = key.iter().map(|at| self.columns.left[at.left].sampled.len()).min();
        let aligned = (0..sampled.unwrap_or_default()).filter_map(|at| {
            let columns = key.iter().map(|pair| self.columns.left[pair.left].sampled[at]);
            let key: Vec<Option<u64>> = columns.collect();
            let row = (*rows.get(&key)?)?;
            key.iter().any(Option::is_some).then_some((at, row))
        });
        aligned.collect()
    }

    /// Returns on how many of these rows two columns hold the same, and of how
    /// many rows that hold anything.
    pub(super) fn same_on(&self, at: Both<usize>, rows: &[(usize, usize)]) -> (usize, usize) {
        let (left, right) = (&self.columns.left[at.left], &self.columns.right[at.right]);
        let (mut same, mut filled) = (0, 0);
        for &(sampled, row) in rows {
            let values = (left.sampled[sampled], code(&self.grids.right.value(row, right.col)));
            if values != (None, None) {
                filled += 1;
                same += usize::from(values.0 == values.1);
            }
        }
        (same, filled)
    }

    /// Whether a column counts the rows from the first on (1, 2, 3): a sheet in
    /// another order counts otherwise.
    pub(super) fn numbers_rows(&self, side: Side, at: usize) -> bool {
        const LOOKED_AT: usize = 20;
        const FEWEST: usize = 5;
        let (grid, col) = (self.grids.of(side), self.columns.of(side)[at].col);
        let figure = |row: usize| number(&grid.value(row, col));
        let first = (grid.rows.len() >= FEWEST).then(|| figure(0)).flatten();
        let Some(first) = first.filter(|first| *first <= Decimal::ONE) else { return false };
        let rows = 0..grid.rows.len().min(LOOKED_AT);
        rows.zip(0_i64..).all(|(row, nth)| figure(row) == first.checked_add(nth.into()))
    }

    /// Whether the left column counts its rows: 1, 2, 3.
    pub(super) fn is_counting(&self, at: Both<usize>) -> bool {
        let (grid, column) = (&self.grids.left, &self.columns.left[at.left]);
        let small = |cell: &String| cell.len() <= 4 && cell.bytes().all(|b| b.is_ascii_digit());
        *column.is_counting.get_or_init(|| {
            let cells: Vec<String> =
                sample(grid.rows.len()).map(|row| folded(&grid.value(row, column.col))).collect();
            let counts = cells.iter().filter(|cell| small(cell)).count();
            !cells.is_empty() && counts * 10 >= cells.len() * 9
        })
    }

    /// Returns how many of a hundred rows of the worse side a key tells apart.
    pub(super) fn apart(&self, key: &[Both<usize>]) -> usize {
        let of = |side: Side| {
            let columns: Vec<&Column> =
                key.iter().map(|at| &self.columns.of(side)[*at.of(side)]).collect();
            let rows = columns.first().map_or(0, |column| column.sampled.len());
            let seen: FxHashSet<Vec<Option<u64>>> = (0..rows)
                .map(|row| columns.iter().map(|column| column.sampled[row]).collect())
                .collect();
            seen.len() * 100 / rows.max(1)
        };
        of(Side::Left).min(of(Side::Right))
    }
}

/// Returns a value as a number that equal values share; `None`: blank.
fn code(value: &Value) -> Option<u64> {
    let text = match number(value) {
        Some(number) => number.to_string(),
        None => plain(&folded(value)),
    };
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    (!text.is_empty()).then(|| hasher.finish())
}
