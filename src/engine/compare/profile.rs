//! What the cells of a column are, by a sample of them.

use rustc_hash::FxHashSet;

use super::values::{Grid, folded, number};
use crate::input::sheet::Value;
use crate::input::values::date::Day;
use crate::input::values::{Bad, DateHints, Parsed, dates};

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// Figures.
    Number,
    /// Days.
    Day,
    /// Anything else.
    Text,
}

/// A column, as far as it was looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Profile {
    pub(super) class: Class,
    /// Cells that say something, of a hundred.
    pub(super) filled: usize,
    /// Different ones among them, of a hundred.
    pub(super) distinct: usize,
    /// Whether some figures have decimals.
    pub(super) fractions: bool,
}

/// Rows that are looked at.
const SAMPLE: usize = 2000;

/// Returns the rows of a sample, spread over all.
pub(super) fn sample(rows: usize) -> impl Iterator<Item = usize> {
    let step = rows.div_ceil(SAMPLE).max(1);
    (0..rows).step_by(step)
}

impl Profile {
    /// Looks at a column.
    pub(super) fn of(grid: &Grid<'_>, col: u16) -> Self {
        let values: Vec<Value> = sample(grid.rows.len()).map(|row| grid.value(row, col)).collect();
        let filled: Vec<&Value> = values.iter().filter(|value| !folded(value).is_empty()).collect();
        let most = |count: usize| !filled.is_empty() && count * 10 >= filled.len() * 9;
        let numbers: Vec<_> = filled.iter().filter_map(|value| number(value)).collect();
        let days = || {
            let read = dates(filled.iter().copied(), DateHints::default());
            let is_day =
                |day: &Parsed<Day>| matches!(day, Parsed::Value(_) | Parsed::Bad(Bad::TwoDays(..)));
            read.iter().filter(|day| is_day(day)).count()
        };
        let is_date = |value: &&&Value| matches!(value, Value::Date(_));
        let class = if most(filled.iter().filter(is_date).count()) {
            Class::Day
        } else if most(numbers.len()) {
            Class::Number
        } else if most(days()) {
            Class::Day
        } else {
            Class::Text
        };
        let distinct: FxHashSet<String> = filled.iter().map(|value| folded(value)).collect();
        Self {
            class,
            filled: filled.len() * 100 / values.len().max(1),
            distinct: distinct.len() * 100 / filled.len().max(1),
            fractions: numbers.iter().any(|number| number.scale() > 0),
        }
    }
}
