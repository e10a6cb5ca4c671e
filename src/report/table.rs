//! Tables for people: typed columns, typed cells, totals, live formulas.

use std::borrow::Cow;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::finding::Severity;
use crate::location::Location;

/// What the cells of a column are; decides format, alignment and width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A document number or code: text always.
    Id,
    /// An amount of money, two decimals at least.
    Money,
    /// A unit price: two decimals at least, more if it has them.
    Price,
    /// A quantity: as many decimals as it has.
    Quantity,
    /// A share: 0.05 is shown as 5%.
    Percent,
    /// A count.
    Integer,
    /// A day.
    Date,
    /// A place in an input, linked where a link can reach it.
    Place,
    /// A place whose file the row names anyway: shown by sheet and cell.
    Cell,
    /// A word with a tone: a status, a severity.
    Word,
    /// One of some words, to be chosen by a person.
    Choice(Vec<String>),
}

impl Kind {
    /// Whether its cells are figures, to be read down the column.
    pub fn is_figure(&self) -> bool {
        matches!(self, Kind::Money | Kind::Price | Kind::Quantity | Kind::Percent | Kind::Integer)
    }
}

/// A column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    /// The name by which formulas and charts refer to it.
    pub key: &'static str,
    /// Its header.
    pub label: String,
    /// What its cells are.
    pub kind: Kind,
    /// Its width in narrow characters; `None`: by its content.
    pub width: Option<u16>,
    /// How many sheet columns it takes (forms with several tables).
    pub span: u16,
    /// Whether the total row sums it.
    pub summed: bool,
    /// Whether a person is to fill it in.
    pub input: bool,
    /// Whether the terminal leaves it out.
    pub detail: bool,
    /// Whether paper leaves it out; only columns at the right can be.
    pub off_paper: bool,
}

impl Column {
    /// Makes a column of any kind.
    pub fn new(key: &'static str, label: impl Into<String>, kind: Kind) -> Self {
        Self {
            key,
            label: label.into(),
            kind,
            width: None,
            span: 1,
            summed: false,
            input: false,
            detail: false,
            off_paper: false,
        }
    }

    /// Makes a column of words.
    pub fn text(key: &'static str, label: impl Into<String>) -> Self {
        Self::new(key, label, Kind::Text)
    }

    /// Makes a column of numbers that are names.
    pub fn id(key: &'static str, label: impl Into<String>) -> Self {
        Self::new(key, label, Kind::Id)
    }

    /// Makes a column of amounts.
    pub fn money(key: &'static str, label: impl Into<String>) -> Self {
        Self::new(key, label, Kind::Money)
    }

    /// Makes a column of unit prices.
    pub fn price(key: &'static str, label: impl Into<String>) -> Self {
        Self::new(key, label, Kind::Price)
    }

    /// Makes a column of quantities.
    pub fn quantity(key: &'static str, label: impl Into<String>) -> Self {
        Self::new(key, label, Kind::Quantity)
    }

    /// Makes a column of shares.
    pub fn percent(key: &'static str, label: impl Into<String>) -> Self {
        Self::new(key, label, Kind::Percent)
    }

    /// Makes a column of counts.
    pub fn integer(key: &'static str, label: impl Into<String>) -> Self {
        Self::new(key, label, Kind::Integer)
    }

    /// Makes a column of days.
    pub fn date(key: &'static str, label: impl Into<String>) -> Self {
        Self::new(key, label, Kind::Date)
    }

    /// Makes a column of places.
    pub fn place(key: &'static str, label: impl Into<String>) -> Self {
        Self::new(key, label, Kind::Place)
    }

    /// Makes a column of places that are shown without their file.
    pub fn cell(key: &'static str, label: impl Into<String>) -> Self {
        Self::new(key, label, Kind::Cell)
    }

    /// Makes a column of status words.
    pub fn word(key: &'static str, label: impl Into<String>) -> Self {
        Self::new(key, label, Kind::Word)
    }

    /// Makes a column where a person chooses one of `options`.
    pub fn choice(key: &'static str, label: impl Into<String>, options: Vec<String>) -> Self {
        Self::new(key, label, Kind::Choice(options)).input()
    }

    /// Sums it in the total row.
    #[must_use]
    pub fn sum(mut self) -> Self {
        self.summed = true;
        self
    }

    /// Sets its width, in narrow characters.
    #[must_use]
    pub fn width(mut self, width: u16) -> Self {
        self.width = Some(width);
        self
    }

    /// Sets how many sheet columns it takes.
    #[must_use]
    pub fn span(mut self, span: u16) -> Self {
        self.span = span.max(1);
        self
    }

    /// Lets a person fill it in.
    #[must_use]
    pub fn input(mut self) -> Self {
        self.input = true;
        self
    }

    /// Leaves it out on the terminal.
    #[must_use]
    pub fn detail(mut self) -> Self {
        self.detail = true;
        self
    }

    /// Leaves it out on paper, if no column that is printed stands right of
    /// it.
    #[must_use]
    pub fn off_paper(mut self) -> Self {
        self.off_paper = true;
        self
    }
}

/// How much a word asks of the reader; shown as a colour beside the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Tone {
    /// Nothing to say.
    #[default]
    Plain,
    /// In order.
    Good,
    /// Worth knowing.
    Info,
    /// Somebody should look.
    Warning,
    /// Wrong.
    Bad,
}

impl From<Severity> for Tone {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Info => Tone::Info,
            Severity::Warning => Tone::Warning,
            Severity::Error => Tone::Bad,
        }
    }
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text, verbatim; never becomes a formula or a link.
    Text(String),
    /// A number, shown as its column's kind says.
    Number(Decimal),
    /// A day.
    Date(NaiveDate),
    /// A word with a tone.
    Word(Tone, String),
    /// Places; the first is linked.
    Places(Vec<Location>),
    /// A live formula.
    Calc(Box<Calc>),
}

/// A live formula and the value gendan has for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Calc {
    /// The formula, with references by name (see [`Cell::calc`]).
    pub formula: Cow<'static, str>,
    /// What it gives: a number, or a word.
    pub value: Cell,
}

impl Cell {
    /// Makes a live formula with its value.
    ///
    /// References stand in braces: `{amount}` is the cell of column `amount`
    /// in this row, `{amount@above}` the one above, `{amount@3}` that of body
    /// row 3 (from 0), `{amount@3:8}` those of rows 3 to 8, `{amount@all}` all
    /// body rows, `{amount@total}` the total; `{lines.amount@all}` stands in
    /// the first table of the sheet whose key is `lines`, `{this.amount@all}`
    /// in the first table of the formula's own sheet. Results in columns
    /// of money and quantities are rounded to the digits of `value`, so that
    /// binary noise never shows.
    pub fn calc(formula: impl Into<Cow<'static, str>>, value: impl Into<Cell>) -> Self {
        Cell::Calc(Box::new(Calc { formula: formula.into(), value: value.into() }))
    }

    /// Makes a word with a tone.
    pub fn word(tone: Tone, word: impl Into<String>) -> Self {
        Cell::Word(tone, word.into())
    }

    /// Returns the value itself: of a formula, what it gives.
    pub fn value(&self) -> &Cell {
        match self {
            Cell::Calc(calc) => &calc.value,
            cell => cell,
        }
    }

    /// Returns the number it holds or gives.
    pub fn number(&self) -> Option<Decimal> {
        match self.value() {
            Cell::Number(number) => Some(*number),
            _ => None,
        }
    }
}

impl From<Decimal> for Cell {
    fn from(number: Decimal) -> Self {
        Cell::Number(number)
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        Cell::Number(number.into())
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Cell::Number(number.into())
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Cell::Number(number.into())
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }
}

impl From<NaiveDate> for Cell {
    fn from(date: NaiveDate) -> Self {
        Cell::Date(date)
    }
}

impl From<Location> for Cell {
    fn from(place: Location) -> Self {
        Cell::Places(vec![place])
    }
}

impl From<Vec<Location>> for Cell {
    fn from(places: Vec<Location>) -> Self {
        if places.is_empty() { Cell::Empty } else { Cell::Places(places) }
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Empty, Into::into)
    }
}

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
#[derive(Debug, Clone, Default)]
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
    pub rows: Vec<Row>,
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
        self.rows.push(row);
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
        let mut cells: Vec<Cell> = (0..self.columns.len())
            .map(|at| {
                let column = &self.columns[at];
                match self.sum(at, from) {
                    Some(sum) if column.summed => {
                        Cell::calc(format!("SUBTOTAL(9,{{{}@{from}:{last}}})", column.key), sum)
                    }
                    _ => Cell::Empty,
                }
            })
            .collect();
        if let Some(first) = cells.iter_mut().find(|cell| **cell == Cell::Empty) {
            *first = Cell::Text(label.into());
        }
        self.rows.push(Row::new(cells).style(RowStyle::Subtotal));
    }

    /// Returns the total row, if the table has one.
    pub fn total_row(&self) -> Option<Row> {
        let label = self.total.as_ref()?;
        let mut cells: Vec<Cell> = (0..self.columns.len())
            .map(|at| match self.sum(at, 0) {
                Some(sum) if self.columns[at].summed => {
                    Cell::calc(format!("SUBTOTAL(9,{{{}@all}})", self.columns[at].key), sum)
                }
                _ => Cell::Empty,
            })
            .collect();
        if let Some(first) = cells.iter_mut().find(|cell| **cell == Cell::Empty) {
            *first = Cell::Text(label.clone());
        }
        Some(Row::new(cells).style(RowStyle::Total))
    }

    /// Returns the sum of a column over the normal rows from row `from` on;
    /// `None` if it is too large to be held.
    pub fn sum(&self, column: usize, from: usize) -> Option<Decimal> {
        self.rows
            .iter()
            .skip(from)
            .filter(|row| row.style == RowStyle::Normal)
            .filter_map(|row| row.cells.get(column).and_then(Cell::number))
            .try_fold(Decimal::ZERO, Decimal::checked_add)
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
        let subtotal = &table.rows[3];
        assert_eq!(subtotal.cells[0], Cell::Text("小计".into()));
        assert_eq!(subtotal.cells[1].number(), Some(Decimal::from(6)));
        assert_eq!(table.sum(1, 0), Some(Decimal::from(15)));
    }
}
