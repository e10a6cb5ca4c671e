//! The balances a statement states: where it begins, where it ends, and what
//! it writes in words.

use rust_decimal::Decimal;

use super::super::reader::RowReader;
use super::super::surroundings::Surroundings;
use super::columns::MoneyColumns;
use crate::input::table::{Role, Table};
use crate::input::values::decimal;
use crate::location::{CellRef, Located};
use crate::words::amount_in;

/// The balances of a statement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Balances {
    pub(super) opening: Option<Located<Decimal>>,
    pub(super) closing: Option<Located<Decimal>>,
    pub(super) in_words: Option<Located<Decimal>>,
}

/// Reads the balances of `table`; `moved` is the sum of its lines.
pub(super) fn balances(
    table: &Table,
    reader: &RowReader<'_>,
    money: &MoneyColumns,
    around: &Surroundings,
    moved: impl FnOnce() -> Option<Decimal>,
) -> Balances {
    let opening = opening(table, reader, money, around);
    let closing = closing(table, reader, money, around, opening.as_ref(), moved);
    Balances { opening, closing, in_words: in_words(table) }
}

/// Returns the balance a statement begins with, without its lines.
pub(super) fn opening(
    table: &Table,
    reader: &RowReader<'_>,
    money: &MoneyColumns,
    around: &Surroundings,
) -> Option<Located<Decimal>> {
    let of_row = table.rows_of(Role::Opening).find_map(|row| figure_of(table, reader, money, row));
    of_row.or_else(|| around.opening.clone())
}

fn closing(
    table: &Table,
    reader: &RowReader<'_>,
    money: &MoneyColumns,
    around: &Surroundings,
    opening: Option<&Located<Decimal>>,
    moved: impl FnOnce() -> Option<Decimal>,
) -> Option<Located<Decimal>> {
    let rows: Vec<u32> = table.rows_of(Role::Closing).collect();
    if let Some(found) = rows.iter().rev().find_map(|row| figure_of(table, reader, money, *row)) {
        return Some(found);
    }
    if around.closing.is_some() {
        return around.closing.clone();
    }
    let totals: Vec<u32> = table.rows_of(Role::Total).collect();
    let last = *totals.last()?;
    if let Some(balance) = cell_figure(table, reader, last, "balance") {
        return Some(balance);
    }
    // A total under the amounts is a closing balance if the opening balance
    // is in it: of the two sums, the one it comes nearer to.
    let total = cell_figure(table, reader, last, money.main_field())?;
    let (opening, moved) = (opening?.value, moved()?);
    let with_opening = moved.checked_add(opening)?;
    let away = |sum: Decimal| total.value.checked_sub(sum).map(|away| away.abs());
    (away(with_opening)? < away(moved)?).then_some(total)
}

/// The figure of a balance row: under the balances, under the amounts, else
/// the only one of the row.
fn figure_of(
    table: &Table,
    reader: &RowReader<'_>,
    money: &MoneyColumns,
    row: u32,
) -> Option<Located<Decimal>> {
    let fields = std::iter::once("balance").chain(money.amounts.iter().map(|amount| amount.field));
    let under = fields.into_iter().find_map(|field| cell_figure(table, reader, row, field));
    under.or_else(|| {
        let cells = &table.sheet.row(row)?.cells;
        let mut figures = cells.iter().filter_map(|cell| {
            let at = CellRef::new(row, cell.col);
            let value = decimal(&cell.value()).value()?.value;
            table.area.contains(at).then(|| Located { value, at: table.sheet.at(at) })
        });
        let only = figures.next()?;
        figures.next().is_none().then_some(only)
    })
}

fn cell_figure(
    table: &Table,
    reader: &RowReader<'_>,
    row: u32,
    field: &str,
) -> Option<Located<Decimal>> {
    let value = reader.peek(row, field)?;
    Some(Located { value, at: table.at(row, reader.column(field)?.col) })
}

/// The amount that a balance row or a note below writes in words.
fn in_words(table: &Table) -> Option<Located<Decimal>> {
    let roles = [Role::Closing, Role::Total, Role::Note, Role::Signature];
    let rows = table.rows.iter().filter(|row| roles.contains(&row.role));
    let mut cells = rows.filter_map(|row| Some((row.row, table.sheet.row(row.row)?)));
    cells.find_map(|(index, row)| {
        row.cells.iter().find_map(|cell| {
            let value = amount_in(cell.text()?)?;
            Some(Located { value, at: table.at(index, cell.col) })
        })
    })
}
