//! Rows that are sums by their figures alone, and sums that others follow.

use rust_decimal::Decimal;

use super::super::columns::Class;
use super::super::data::Data;
use super::super::figure::{figure, is_sum};
use super::super::shape::{Shape, shape};
use crate::input::sheet::{Cell, Formula};
use crate::input::table::{Role, Table};

/// Gives rows of figures that sum up the rows above, under blank keys, the
/// role of a total or subtotal; and totals that a later total includes the
/// role of subtotals.
pub(super) fn mark(table: &mut Table, classes: &[Class]) {
    for (row, role) in found(table, classes) {
        if let Ok(at) = table.rows.binary_search_by_key(&row, |row| row.row) {
            table.rows[at].role = role;
        }
    }
    demote(table);
}

/// Finds the rows of data that are sums.
fn found(table: &Table, classes: &[Class]) -> Vec<(u32, Role)> {
    let data = Data::of(table);
    let mut sums = Running::new(classes, &data.numeric);
    let mut found = Vec::new();
    for row in &data.rows {
        match row.role {
            Role::Body => match sums.role(data.cells(row)) {
                Some(role) => {
                    found.push((row.row, role));
                    sums.restart();
                }
                None => sums.add(data.cells(row)),
            },
            Role::Subtotal | Role::Total | Role::Carried => sums.restart(),
            _ => {}
        }
    }
    found
}

/// Makes every total that data and another total follow a subtotal.
fn demote(table: &mut Table) {
    let (mut total_below, mut data_below) = (false, false);
    for row in table.rows.iter_mut().rev() {
        match row.role {
            Role::Total if total_below && data_below => row.role = Role::Subtotal,
            Role::Total => (total_below, data_below) = (true, false),
            Role::Body => data_below = true,
            _ => {}
        }
    }
}

/// Sums from the start of the table, and from the last sum.
struct Running<'c> {
    classes: &'c [Class],
    numeric: &'c [bool],
    all: Vec<Decimal>,
    run: Vec<Decimal>,
    counts: Vec<u32>,
    formulas: Vec<u32>,
    /// Rows of data that hold words, dates or codes beside their figures.
    keyed: u32,
    rows: u32,
}

impl<'c> Running<'c> {
    fn new(classes: &'c [Class], numeric: &'c [bool]) -> Self {
        let width = classes.len();
        Self {
            classes,
            numeric,
            all: vec![Decimal::ZERO; width],
            run: vec![Decimal::ZERO; width],
            counts: vec![0; width],
            formulas: vec![0; width],
            keyed: 0,
            rows: 0,
        }
    }

    fn restart(&mut self) {
        self.run.fill(Decimal::ZERO);
    }

    fn add<'t>(&mut self, cells: impl Iterator<Item = (usize, Cell<'t>)>) {
        self.rows += 1;
        let mut keyed = false;
        for (at, cell) in cells {
            let value = if self.numeric[at] { figure(cell) } else { None };
            let Some(value) = value else {
                keyed = true;
                continue;
            };
            self.counts[at] += 1;
            self.formulas[at] += u32::from(cell.formula != Formula::None);
            self.all[at] = self.all[at].checked_add(value).unwrap_or_default();
            self.run[at] = self.run[at].checked_add(value).unwrap_or_default();
        }
        self.keyed += u32::from(keyed);
    }

    /// Whether the row is a sum of the rows above, and of which.
    fn role<'t>(&self, cells: impl Iterator<Item = (usize, Cell<'t>)>) -> Option<Role> {
        if self.rows < 2 || self.keyed * 10 < self.rows * 9 {
            return None;
        }
        let (mut whole, mut part, mut other, mut summed) = (0, 0, 0, false);
        for (at, cell) in cells {
            if !self.numeric[at] && shape(cell) != Shape::Blank {
                return None;
            }
            let value = match shape(cell) {
                Shape::Blank => continue,
                Shape::Number => figure(cell)?,
                _ => return None,
            };
            if matches!(self.classes[at], Class::Single | Class::Rate) {
                continue;
            }
            if self.classes[at] == Class::Serial || self.counts[at] < 2 {
                return None;
            }
            // A formula where the data has none is a sum that somebody made.
            summed |= cell.formula != Formula::None && self.formulas[at] * 4 < self.counts[at];
            match value {
                value if value.is_zero() => {}
                value if is_sum(value, self.all[at]) => whole += 1,
                value if is_sum(value, self.run[at]) => part += 1,
                _ => other += 1,
            }
        }
        let agreeing = whole + part;
        let is_sum = agreeing > other || (summed && agreeing + other > 0);
        is_sum.then_some(if whole >= part { Role::Total } else { Role::Subtotal })
    }
}
