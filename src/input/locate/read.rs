//! What a row is to the open table.

use super::below::tells_beside;
use super::columns::Class;
use super::footer::{Loose, footer};
use super::grid::{Region, last_col};
use super::label::{Label, Says};
use super::look::Reader;
use super::open::{Open, is_tax};
use super::row::Seen;
use super::shape::Shape;
use crate::input::sheet::Cell;
use crate::input::table::Role;
use crate::text::fold;

/// What a row is to the open table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// A row of the table.
    Role(Role),
    /// No row of data: below the table, between its rows, or above the next.
    Loose(Loose),
}

/// Reads what a row is: blank, a sum or a balance by its label, data by its
/// figures, a footer by its words, data by how it fits.
pub(super) fn read<'a>(
    open: &Open,
    region: &Region<'a>,
    row: &Seen<'a>,
    reader: &Reader<'a>,
) -> Found {
    let habits = &open.habits;
    if habits.is_unused(row) {
        return Found::Role(Role::Blank);
    }
    let (figures, keyed) = (habits.figures(row), row.keyed());
    if open.is_summed() && tells_beside(row, habits) {
        return Found::Loose(Loose::Caption);
    }
    if let Some(role) = labelled(open, row, reader) {
        // A summary below the table: labels and figures in no column of it.
        let elsewhere = figures == 0 && row.count(|shape| shape == Shape::Number) > 0;
        let balance = matches!(role, Role::Opening | Role::Closing) && open.has_data();
        if elsewhere && (open.is_summed() || balance) && role != Role::Note {
            return Found::Loose(Loose::Caption);
        }
        // Below a sum it may begin the next block: what follows tells.
        if role == Role::Opening && open.is_summed() {
            return Found::Loose(Loose::Opening);
        }
        return Found::Role(role);
    }
    if let Some(role) = open.below_sum(region, row).filter(|_| !is_tax(row)) {
        return match role {
            // It may begin the next block: what follows tells.
            Role::Opening => Found::Loose(Loose::Opening),
            role => Found::Role(role),
        };
    }
    if figures > 0 && open.is_summed() && is_tax(row) {
        // Beside sums that hold it already, it only tells.
        let taxed = open.is_taxed(region, row);
        return if taxed { Found::Role(Role::Body) } else { Found::Loose(Loose::Note) };
    }
    let summary = open.is_summed() && (row.len() == 1 || keyed >= row.len());
    if figures > 0 && keyed <= row.len() && !summary {
        return Found::Role(Role::Body);
    }
    if let Some(kind) = footer(row.line) {
        return Found::Loose(kind);
    }
    if keyed > 0 && (keyed * 2 > row.len() || open.is_summed()) {
        return Found::Loose(Loose::Caption);
    }
    match row.cells.as_slice() {
        [] => Found::Role(Role::Blank),
        [(cell, shape)] => single(open, region, row, *cell, *shape),
        _ => words(open, region, row),
    }
}

/// Reads a row that holds one cell.
fn single(open: &Open, region: &Region<'_>, row: &Seen<'_>, cell: Cell<'_>, shape: Shape) -> Found {
    let merged = last_col(region.sheet, row.line.row, cell) > cell.col;
    let habit = open.habits.at(cell.col);
    let narrow = open.habits.width() <= 3 && habit.is_some();
    match shape {
        _ if open.habits.class(cell.col) == Class::Remark => Found::Loose(Loose::Note),
        _ if merged || cell.text().is_some_and(is_month) => Found::Loose(Loose::Caption),
        Shape::Code if habit.is_some_and(|habit| habit.is_typed()) => Found::Role(Role::Body),
        Shape::Error => Found::Role(Role::Body),
        Shape::Number | Shape::Date if !open.is_summed() => Found::Role(Role::Body),
        Shape::Word if narrow && !open.is_summed() => Found::Role(Role::Body),
        _ => Found::Loose(Loose::Caption),
    }
}

/// Whether a text alone names a month: it heads the rows below.
fn is_month(text: &str) -> bool {
    let folded = fold(text);
    let bare = folded.trim_end_matches([':', '份']);
    let period = |c: char| c.is_ascii_digit() || matches!(c, '年' | '月' | '-' | '.' | '/');
    bare.ends_with('月') && bare.chars().all(period)
}

/// Reads a row of words, codes and dates.
fn words(open: &Open, region: &Region<'_>, row: &Seen<'_>) -> Found {
    let width = open.habits.width();
    let span =
        |cell: Cell<'_>| usize::from(last_col(region.sheet, row.line.row, cell) - cell.col) + 1;
    let widest = row.cells.iter().map(|(cell, _)| span(*cell)).max().unwrap_or(1);
    if row.len() <= 2 && widest * 5 >= width * 3 && width > 3 {
        return Found::Loose(Loose::Caption);
    }
    let typed = row.count(Shape::is_typed);
    let enough = row.len() * 3 >= open.habits.usual() || typed > 0;
    if enough && open.habits.conflicts(row) * 2 <= row.len() {
        Found::Role(Role::Body)
    } else {
        Found::Loose(Loose::Caption)
    }
}

/// Reads the role that the label of a row tells.
fn labelled<'a>(open: &Open, row: &Seen<'a>, reader: &Reader<'a>) -> Option<Role> {
    let mut found: Option<(Label, &str)> = None;
    let (mut others, mut leads) = (0, true);
    for (cell, shape) in &row.cells {
        if found.is_none()
            && !matches!(shape, Shape::Number | Shape::Date)
            && let Some(text) = cell.head()
            && let Some(label) = reader.label(text)
        {
            found = Some((label, text));
            continue;
        }
        let names = matches!(shape, Shape::Word | Shape::Code);
        let other = names && open.habits.class(cell.col) != Class::Remark;
        others += usize::from(other);
        leads &= found.is_some() || !other;
    }
    let (label, text) = found?;
    let figures = row.count(|shape| shape == Shape::Number);
    let priced = row.cells.iter().any(|(cell, shape)| {
        *shape == Shape::Number && open.habits.class(cell.col) == Class::Single
    });
    let accepted = match (label.sure, leads) {
        (true, true) => others <= 3,
        (true, false) => others <= 2 && !priced,
        (false, true) => others == 0 && figures > 0 && !priced,
        (false, false) => false,
    };
    if !accepted {
        return None;
    }
    let written_out = !text.contains(|c: char| c.is_ascii_digit());
    if figures == 0 && written_out && fold(text).contains("大写") {
        return Some(Role::Note);
    }
    let first = label.says == Says::Balance && !open.has_data();
    Some(if first { Role::Opening } else { label.role() })
}
