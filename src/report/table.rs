//! Tables for people: rows under columns, subtotals and totals.

use rust_decimal::Decimal;

use super::cell::Cell;
use super::column::Column;
use super::rows::Rows;

/// How a row stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RowStyle {
    /// A line like the others; only these are summed by the total row.
    #[default]
    Normal,
    /// The heading of a group of rows.
    Group,
    /// A sum of some rows.
    Subtotal,
    /// A line that is itself a result (a closing balance).
    Strong,
    /// The sum at the end of the table; made by the table itself.
    Total,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// Its cells, one a column; missing ones are empty.
    pub cells: Vec<Cell>,
    /// How it stands out.
    pub style: RowStyle,
    /// How deep it is indented (parts lists, tree rows).
    pub level: u8,
    /// The stable id of the line, where decisions are taken on it.
    pub id: Option<String>,
    /// How much it matters: the terminal shows the heaviest rows first.
    pub weight: Decimal,
}

impl Row {
    /// Makes a row of its cells.
    pub fn new(cells: impl IntoIterator<Item = Cell>) -> Self {
        Self { cells: cells.into_iter().collect(), ..Self::default() }
    }

    /// Makes the heading of a group.
    pub fn group(label: impl Into<String>) -> Self {
        Self::new([Cell::Text(label.into())]).style(RowStyle::Group)
    }

    /// Sets how it stands out.
    #[must_use]
    pub fn style(mut self, style: RowStyle) -> Self {
        self.style = style;
        self
    }

    /// Sets its depth.
    #[must_use]
    pub fn level(mut self, level: u8) -> Self {
        self.level = level;
        self
    }

    /// Sets the stable id by which decisions on it are found again.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Sets how much it matters.
    #[must_use]
    pub fn weight(mut self, weight: Decimal) -> Self {
        self.weight = weight.abs();
        self
    }
}

/// A table.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, totals excepted.
    pub rows: Rows,
    /// The label of the total row; `None`: it has none.
    pub total: Option<String>,
    /// What it says when it has no rows.
    pub empty: String,
}

impl Table {
    /// Makes a table without rows.
    pub fn new(columns: impl IntoIterator<Item = Column>) -> Self {
        Self { columns: columns.into_iter().collect(), ..Self::default() }
    }

    /// Adds a row.
    pub fn push(&mut self, row: Row) {
        self.rows.push(&row);
    }

    /// Ends it with a row that sums the columns that are to be summed.
    #[must_use]
    pub fn total(mut self, label: impl Into<String>) -> Self {
        self.total = Some(label.into());
        self
    }

    /// Sets what it says when it has no rows.
    #[must_use]
    pub fn empty(mut self, text: impl Into<String>) -> Self {
        self.empty = text.into();
        self
    }

    /// Adds a row that sums rows `from` to here, in the columns that are
    /// summed.
    pub fn subtotal(&mut self, label: impl Into<String>, from: usize) {
        let last = self.rows.len().saturating_sub(1);
        let cells = self.summing(label.into(), from, &format!("{from}:{last}"));
        self.push(Row::new(cells).style(RowStyle::Subtotal));
    }

    /// Returns the total row, if the table has one.
    pub fn total_row(&self) -> Option<Row> {
        let label = self.total.as_ref()?;
        Some(Row::new(self.summing(label.clone(), 0, "all")).style(RowStyle::Total))
    }

    /// Returns the cells of a row that sums the rows from row `from` on, which
    /// formulas call `rows`. Its first free cell says what it is.
    fn summing(&self, label: String, from: usize, rows: &str) -> Vec<Cell> {
        let cell = |(column, sum): (&Column, Option<Decimal>)| {
            let formula = || format!("SUBTOTAL(9,{{{}@{rows}}})", column.key);
            sum.map(|sum| Cell::calc(formula(), sum)).into()
        };
        let mut cells: Vec<Cell> = self.columns.iter().zip(self.sums(from)).map(cell).collect();
        if let Some(first) = cells.iter_mut().find(|cell| **cell == Cell::Empty) {
            *first = Cell::Text(label);
        }
        cells
    }

    /// Returns by column the sum over the normal rows from row `from` on;
    /// `None` if the column is not summed, or the sum is too large to be held.
    pub fn sums(&self, from: usize) -> Vec<Option<Decimal>> {
        let zero = |column: &Column| column.summed.then_some(Decimal::ZERO);
        let mut sums: Vec<Option<Decimal>> = self.columns.iter().map(zero).collect();
        if sums.iter().all(Option::is_none) {
            return sums;
        }
        for row in self.rows.from(from).filter(|row| row.style == RowStyle::Normal) {
            for (sum, cell) in sums.iter_mut().zip(&row.cells) {
                if let Some(number) = cell.number() {
                    *sum = sum.and_then(|sum| sum.checked_add(number));
                }
            }
        }
        sums
    }

    /// Leaves out the columns that no row fills, of those that may be, and
    /// returns where they stood, the last one first. A table without rows
    /// keeps them all.
    pub(crate) fn leave_out_unfilled(&mut self) -> Vec<usize> {
        let unfilled = |&at: &usize| self.columns[at].if_filled && !self.rows.fill(at);
        let columns = (0..self.columns.len()).rev().filter(unfilled);
        let unfilled: Vec<usize> =
            if self.rows.is_empty() { Vec::new() } else { columns.collect() };
        unfilled.iter().for_each(|&at| drop(self.columns.remove(at)));
        self.rows.leave_out(unfilled.clone());
        // A total of nothing says nothing.
        if !unfilled.is_empty() && !self.columns.iter().any(|column| column.summed) {
            self.total = None;
        }
        unfilled
    }

    /// Returns the place of a column among the others.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.key == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subtotals_sum_only_normal_rows_since_their_start() {
        let mut table =
            Table::new([Column::text("item", "品名"), Column::money("amount", "金额").sum()]);
        for amount in [1, 2, 4] {
            table.push(Row::new(["x".into(), Decimal::from(amount).into()]));
        }
        table.subtotal("小计", 1);
        table.push(Row::new(["x".into(), Decimal::from(8).into()]));
        let subtotal = table.rows.iter().nth(3).unwrap();
        assert_eq!(subtotal.cells[0], Cell::Text("小计".into()));
        assert_eq!(subtotal.cells[1].number(), Some(Decimal::from(6)));
        assert_eq!(table.sums(0), [None, Some(Decimal::from(15))]);
    }

    #[test]
    fn columns_that_no_row_fills_are_left_out_where_they_may_be() {
        let columns = || {
            [
                Column::text("party", "供应商").if_filled(),
                Column::text("item", "品名"),
                Column::text("note", "备注").if_filled(),
                Column::money("amount", "金额").sum(),
            ]
        };
        let keys = |table: &Table| table.columns.iter().map(|c| c.key).collect::<Vec<_>>();
        let mut table = Table::new(columns()).total("合计");
        table.leave_out_unfilled();
        assert_eq!(keys(&table).len(), 4, "a table without rows says what it would hold");
        let row =
            |note: &str| Row::new([Cell::Empty, Cell::Empty, note.into(), Decimal::from(3).into()]);
        table.push(row(""));
        table.push(row("退回"));
        assert_eq!(table.leave_out_unfilled(), [0]);
        assert_eq!(keys(&table), ["item", "note", "amount"]);
        let last = table.rows.iter().nth(1).unwrap();
        assert_eq!(last.cells, [Cell::Empty, "退回".into(), Decimal::from(3).into()]);
        assert_eq!(table.sums(0), [None, None, Some(Decimal::from(6))]);
    }

    #[test]
    fn a_total_of_columns_that_nobody_filled_is_left_out_too() {
        let columns =
            || [Column::text("item", "品名"), Column::money("amount", "金额").sum().if_filled()];
        let made = |amount: Cell| {
            let mut table = Table::new(columns()).total("合计");
            table.push(Row::new(["x".into(), amount]));
            table.leave_out_unfilled();
            table.total_row().is_some()
        };
        assert!(made(Decimal::ONE.into()));
        assert!(!made(Cell::Empty));
    }
}
