//! Balances that run on from row to row: which columns move them, and where
//! they break.

use rust_decimal::Decimal;

use super::super::columns::Class;
use super::super::figure::{figure, is_sum};
use super::Summed;
use crate::finding::{Finding, codes};
use crate::input::table::{Column, Role};

/// A column whose balance runs on, and the columns that move it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Running {
    pub(super) col: usize,
    plus: Option<usize>,
    minus: Option<usize>,
}

/// Rows from which the moving columns are found.
const LEARNT_FROM: usize = 400;

/// More columns of figures than these are not tried as movements.
const MOST_COLUMNS: usize = 16;

/// One row's balance against the one before.
struct Step {
    row: u32,
    before: Decimal,
    after: Decimal,
    /// The movements since, by column.
    moved: Vec<Decimal>,
}

/// Finds the balances that run on.
pub(super) fn running(summed: &Summed<'_>) -> Vec<Running> {
    let classes = summed.classes.iter().enumerate();
    let balances =
        classes.filter(|(at, class)| **class == Class::Balance && summed.data.numeric[*at]);
    balances.filter_map(|(col, _)| movements(summed, col)).collect()
}

/// Finds the columns that move a balance: those that explain nearly all of
/// its steps.
fn movements(summed: &Summed<'_>, col: usize) -> Option<Running> {
    let classes = &summed.classes;
    let steps: Vec<Step> = steps(summed, col).take(LEARNT_FROM).collect();
    let moving: Vec<usize> = (0..classes.len())
        .filter(|at| matches!(classes[*at], Class::Additive | Class::Unknown | Class::Measured))
        .filter(|at| steps.iter().any(|step| !step.moved[*at].is_zero()))
        .take(MOST_COLUMNS)
        .collect();
    let ways = moving.iter().flat_map(|plus| {
        let minus = moving.iter().filter(move |minus| *minus != plus);
        std::iter::once((Some(*plus), None)).chain(minus.map(|minus| (Some(*plus), Some(*minus))))
    });
    let ways = ways.chain(moving.iter().map(|minus| (None, Some(*minus))));
    let mut best: Option<(usize, Running)> = None;
    for (plus, minus) in ways {
        let way = Running { col, plus, minus };
        let hits = steps.iter().filter(|step| way.expected(step) == Some(step.after)).count();
        if best.is_none_or(|(most, _)| hits > most) {
            best = Some((hits, way));
        }
    }
    best.filter(|(hits, _)| *hits >= 2 && hits * 5 >= steps.len() * 4).map(|(_, way)| way)
}

impl Step {
    /// Whether one more column's movement leads to the balance: payments,
    /// returns and deductions may each stand in a column of their own, too
    /// seldom filled to be learnt from.
    fn is_moved_by_another(&self, expected: Decimal) -> bool {
        self.moved.iter().filter(|moved| !moved.is_zero()).any(|&moved| {
            let less = expected.checked_sub(moved);
            let more = expected.checked_add(moved);
            [less, more].into_iter().flatten().any(|reached| is_sum(self.after, reached))
        })
    }
}

impl Running {
    /// Returns the balance that a step should end with.
    fn expected(&self, step: &Step) -> Option<Decimal> {
        let moved = |at: Option<usize>| at.map_or(Decimal::ZERO, |at| step.moved[at]);
        step.before.checked_add(moved(self.plus))?.checked_sub(moved(self.minus))
    }
}

/// Whether a column holds the months or days of a book: they move no money.
fn names_day(column: &Column) -> bool {
    column.parts.last().is_some_and(|part| matches!(part.trim(), "年" | "月" | "日"))
}

/// Returns the steps of a balance from row to row.
fn steps(summed: &Summed<'_>, col: usize) -> impl Iterator<Item = Step> {
    let mut before: Option<Decimal> = None;
    let classes = &summed.classes;
    let mut moved = vec![Decimal::ZERO; classes.len()];
    let days: Vec<bool> = summed.table.columns.iter().map(names_day).collect();
    let may_move = move |at: usize| {
        let money = matches!(classes[at], Class::Additive | Class::Unknown | Class::Measured);
        money && !days[at]
    };
    let data = &summed.data;
    data.rows.iter().filter_map(move |row| {
        if !matches!(row.role, Role::Body | Role::Opening) {
            return None;
        }
        let mut after = None;
        for (at, cell) in data.figures(row) {
            let Some(value) = figure(cell) else { continue };
            if at == col {
                after = Some(value);
            } else if row.role == Role::Body && may_move(at) {
                moved[at] = moved[at].checked_add(value).unwrap_or_default();
            }
        }
        let after = after?;
        let width = moved.len();
        let moved = std::mem::replace(&mut moved, vec![Decimal::ZERO; width]);
        let before = before.replace(after)?;
        (row.role == Role::Body).then_some(Step { row: row.row, before, after, moved })
    })
}

/// Reports where running balances break: each break once, because the rows
/// behind go on from what is stated.
pub(super) fn breaks(summed: &Summed<'_>, running: &[Running]) -> Vec<Finding> {
    let table = summed.table;
    let mut findings = Vec::new();
    for way in running {
        for step in steps(summed, way.col) {
            let Some(expected) = way.expected(&step) else { continue };
            if is_sum(step.after, expected) || step.is_moved_by_another(expected) {
                continue;
            }
            let at = table.at(step.row, table.columns[way.col].col);
            findings.push(
                Finding::of(codes::BALANCE_BREAK)
                    .at(at)
                    .with("found", step.after)
                    .with("expected", expected.normalize())
                    .with("difference", step.after.saturating_sub(expected).normalize()),
            );
        }
    }
    findings
}

/// Returns the balance that stands above a row, if the column runs on.
pub(super) fn last_above(
    summed: &Summed<'_>,
    running: &[Running],
    col: usize,
    row: u32,
) -> Option<Decimal> {
    running.iter().find(|way| way.col == col)?;
    let rows = &summed.data.rows;
    let above = &rows[..rows.partition_point(|above| above.row < row)];
    let stating = above.iter().rev().filter(|row| matches!(row.role, Role::Body | Role::Opening));
    let col = summed.table.columns[col].col;
    stating.filter_map(|row| row.cell(col)).find_map(figure)
}
