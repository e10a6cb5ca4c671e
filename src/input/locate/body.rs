//! What the data of a table looks like, column by column, and whether a row
//! looks like it.

use super::columns::{Class, class};
use super::grid::Line;
use super::row::Seen;
use super::shape::{Shape, shape};
use crate::input::sheet::{Formula, Value};
use crate::input::table::Column;

/// What the first rows of a table hold in one column.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Habit {
    pub(super) col: u16,
    pub(super) class: Class,
    filled: u32,
    numbers: u32,
    dates: u32,
    codes: u32,
}

impl Habit {
    /// Whether figures stand here.
    pub(super) fn is_numeric(&self) -> bool {
        self.numbers * 3 >= self.filled * 2 && self.numbers > 0
    }

    /// Whether figures, dates or codes stand here.
    pub(super) fn is_typed(&self) -> bool {
        (self.numbers + self.dates + self.codes) * 3 >= self.filled * 2 && self.filled > 0
    }

    /// Whether a cell of this look may stand here.
    fn takes(&self, shape: Shape) -> bool {
        match shape {
            Shape::Number | Shape::Error => self.numbers > 0 || self.filled == 0,
            Shape::Date => self.dates > 0 || self.numbers > 0 || self.filled == 0,
            Shape::Code => !self.is_numeric() || self.codes > 0,
            Shape::Word | Shape::Prose => !self.is_typed() || self.codes > 0,
            Shape::Blank => true,
        }
    }
}

/// What the data of a table looks like.
#[derive(Debug, Clone, Default)]
pub(super) struct Habits {
    cols: Vec<Habit>,
    /// Cells that a row of data usually fills.
    usual: usize,
    rows: usize,
}

impl Habits {
    /// Learns from the first rows of data.
    pub(super) fn of(columns: &[Column], sample: &[Line<'_>]) -> Self {
        let mut cols: Vec<Habit> = columns
            .iter()
            .map(|column| Habit { col: column.col, class: class(column), ..Habit::default() })
            .collect();
        let mut counts = Vec::with_capacity(sample.len());
        for line in sample {
            counts.push(line.count());
            for cell in line.filled() {
                let Ok(at) = cols.binary_search_by_key(&cell.col, |habit| habit.col) else {
                    continue;
                };
                let habit = &mut cols[at];
                habit.filled += 1;
                match shape(cell) {
                    Shape::Number | Shape::Error => habit.numbers += 1,
                    Shape::Date => habit.dates += 1,
                    Shape::Code => habit.codes += 1,
                    Shape::Blank => habit.filled -= 1,
                    Shape::Word | Shape::Prose => {}
                }
            }
        }
        counts.sort_unstable();
        let usual = counts.get(counts.len() / 2).copied().unwrap_or(0);
        Self { cols, usual, rows: sample.len() }
    }

    /// Returns what stands in a column.
    pub(super) fn at(&self, col: u16) -> Option<&Habit> {
        let at = self.cols.binary_search_by_key(&col, |habit| habit.col).ok()?;
        self.cols.get(at)
    }

    /// Returns the class of a column.
    pub(super) fn class(&self, col: u16) -> Class {
        self.at(col).map_or(Class::Unknown, |habit| habit.class)
    }

    /// Returns how many columns the table has.
    pub(super) fn width(&self) -> usize {
        self.cols.len()
    }

    /// Whether any column holds figures.
    pub(super) fn has_figures(&self) -> bool {
        self.cols.iter().any(Habit::is_numeric)
    }

    /// Returns how many cells a row of data usually fills.
    pub(super) fn usual(&self) -> usize {
        self.usual
    }

    /// Returns how many figures of the row stand where figures belong (or
    /// where nothing is known yet).
    pub(super) fn figures(&self, row: &Seen<'_>) -> usize {
        let here = |col| self.at(col).is_none_or(|habit| habit.numbers > 0 || habit.filled == 0);
        let figures = row.cells.iter().filter(|(_, shape)| *shape == Shape::Number);
        figures.filter(|(cell, _)| here(cell.col)).count()
    }

    /// Returns how many cells hold words where figures or dates belong.
    pub(super) fn conflicts(&self, row: &Seen<'_>) -> usize {
        let typed = |col| {
            self.at(col).is_some_and(|habit| habit.is_typed() && habit.codes * 2 < habit.filled)
        };
        let words = row.cells.iter().filter(|(_, shape)| shape.is_text());
        words.filter(|(cell, _)| typed(cell.col)).count()
    }

    /// Whether the row could be one more row of this data.
    pub(super) fn fits(&self, row: &Seen<'_>) -> bool {
        if row.len() < 2 {
            return false;
        }
        let fitting = row
            .cells
            .iter()
            .filter(|(cell, shape)| self.at(cell.col).is_some_and(|habit| habit.takes(*shape)));
        let enough = self.rows < 2 || row.len() * 3 >= self.usual;
        fitting.count() * 5 >= row.len() * 4
            && enough
            && (!self.has_figures() || self.figures(row) > 0)
    }

    /// Whether nothing stands in the row but what a blank form brings along:
    /// its line number, formulas that make nothing.
    pub(super) fn is_unused(&self, row: &Seen<'_>) -> bool {
        row.cells.iter().all(|(cell, shape)| match &cell.value() {
            Value::Number(number) if number.is_zero() && cell.formula != Formula::None => true,
            Value::Number(_) | Value::Text(_) if *shape == Shape::Number => {
                self.class(cell.col) == Class::Serial
            }
            Value::Text(_) => *shape == Shape::Blank,
            _ => false,
        })
    }
}
