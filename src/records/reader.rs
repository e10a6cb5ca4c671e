//! Reads the body rows of a table field by field: typed values, and a finding
//! for every cell that cannot be read. The only place where records meet
//! cells.

mod days;
mod split_dates;
mod texts;

use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::surroundings::Surroundings;
use super::{DocumentNo, Records};
use crate::finding::{Code, Finding, Severity, codes};
use crate::input::sheet::{Cell, Formula, NumberFormat, Value};
use crate::input::table::{Column, Role, Table};
use crate::input::values::date::{DateHints, Day};
use crate::input::values::decimal::decimal_text;
use crate::input::values::id::{Id, ids, mark_damaged};
use crate::input::values::rate::{RateKind, rates};
use crate::input::values::text::{shown, words};
use crate::input::values::{Bad, Parsed, decimal};
use crate::location::{CellRef, Location};

/// Which fields of a kind hold dates, numbers of documents and rates: they
/// are read a column at a time.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Fields {
    pub(super) dates: &'static [&'static str],
    pub(super) ids: &'static [&'static str],
    pub(super) rates: &'static [&'static str],
}

/// A figure of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Figure {
    /// Its exact value, in whole units of money where the header says 万元.
    pub(super) value: Decimal,
    /// The unit glued to it.
    pub(super) unit: Option<Arc<str>>,
    /// Its cell.
    pub(super) at: Location,
}

/// Reads the body rows of one table, one after the other.
pub(super) struct RowReader<'t> {
    table: &'t Table,
    /// The first row that sums up the rows above it.
    first_sum: Option<u32>,
    rows: Vec<u32>,
    /// The row that is being read, by its place among the body rows; one past
    /// it, so that 0 is none yet.
    next: usize,
    columns: FxHashMap<&'static str, &'t Column>,
    dates: FxHashMap<&'static str, Vec<Parsed<Day>>>,
    ids: FxHashMap<&'static str, Vec<Parsed<Vec<Id>>>>,
    rates: FxHashMap<&'static str, Vec<Parsed<Decimal>>>,
    /// The texts read so far, each once: records share them, and hold none of
    /// the sheet's.
    texts: FxHashSet<Arc<str>>,
    /// Cells that have their finding: a merged cell is read many times.
    told: FxHashSet<(CellRef, Code)>,
    findings: Vec<Finding>,
    rejected: usize,
}

/// What is left when all rows were read.
pub(super) struct Rest {
    pub(super) findings: Vec<Finding>,
    pub(super) body: usize,
    pub(super) rejected: usize,
}

impl<'t> RowReader<'t> {
    /// Makes the reader of the body rows of `table`.
    pub(super) fn new(
        table: &'t Table,
        fields: Fields,
        hints: DateHints,
        tax_rates: &[Decimal],
    ) -> Self {
        Self::of_rows(table, table.rows_of(Role::Body).collect(), fields, hints, tax_rates)
    }

    /// Makes the reader of some rows of `table`: where not only the body is
    /// data.
    pub(super) fn of_rows(
        table: &'t Table,
        rows: Vec<u32>,
        fields: Fields,
        hints: DateHints,
        tax_rates: &[Decimal],
    ) -> Self {
        let mut columns: FxHashMap<&'static str, &'t Column> = FxHashMap::default();
        for column in &table.columns {
            if let Some(field) = column.field {
                columns.entry(field).or_insert(column);
            }
        }
        let sums = table.rows_of(Role::Total).chain(table.rows_of(Role::Closing));
        let mut reader = Self {
            table,
            first_sum: sums.min(),
            rows,
            next: 0,
            columns,
            dates: FxHashMap::default(),
            ids: FxHashMap::default(),
            rates: FxHashMap::default(),
            texts: FxHashSet::default(),
            told: FxHashSet::default(),
            findings: Vec::new(),
            rejected: 0,
        };
        for &field in fields.dates {
            reader.read_dates(field, hints);
        }
        let hints = DateHints { text_file: table.sheet.id.sheet.is_none(), ..hints };
        reader.read_split_dates(fields, hints);
        for &field in fields.ids {
            if reader.has(field) {
                let read = reader.read_ids(field);
                reader.ids.insert(field, read);
            }
        }
        for &field in fields.rates {
            if reader.has(field) {
                let read = reader.read_rates(field, tax_rates);
                reader.rates.insert(field, read);
            }
        }
        reader
    }

    /// Moves to the next body row; `false` when there is none.
    pub(super) fn advance(&mut self) -> bool {
        if self.next == self.rows.len() {
            return false;
        }
        self.next += 1;
        true
    }

    /// Whether the table has a column for `field`.
    pub(super) fn has(&self, field: &str) -> bool {
        self.columns.contains_key(field)
    }

    /// Whether `field` is filled on at least half of the rows on which one of
    /// `others` is.
    pub(super) fn fills(&self, field: &str, others: &[&str]) -> bool {
        let filled =
            |field: &str| self.rows.iter().filter(|row| self.peek(**row, field).is_some()).count();
        let own = filled(field);
        own > 0 && others.iter().all(|other| own * 2 >= filled(other))
    }

    /// Returns the column of `field`.
    pub(super) fn column(&self, field: &str) -> Option<&'t Column> {
        self.columns.get(field).copied()
    }

    /// Returns the sheet's row that is being read.
    pub(super) fn row(&self) -> u32 {
        self.rows.get(self.next.saturating_sub(1)).copied().unwrap_or_default()
    }

    /// Whether the current row stands below a sum of the table.
    pub(super) fn is_below_sum(&self) -> bool {
        self.first_sum.is_some_and(|sum| sum < self.row())
    }

    /// Returns the body rows, for looks at the whole table.
    pub(super) fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// Returns the place of a column's header.
    pub(super) fn header_at(&self, column: &Column) -> Location {
        let row = self.table.header_rows.last().copied().unwrap_or(self.table.area.first.row);
        self.table.at(row, column.col)
    }

    /// Returns the words of `field` in any row, without a finding.
    pub(super) fn words_at(&self, row: u32, field: &str) -> Option<Arc<str>> {
        words(&self.table.cell(row, self.column(field)?.col)?.value())
    }

    /// Returns the place of `field` in the row; of the row's first cell if
    /// the table has no such column.
    pub(super) fn at(&self, field: &str) -> Location {
        let col = self.column(field).map_or(self.table.area.first.col, |column| column.col);
        self.table.at(self.row(), col)
    }

    /// Reads `field` as a figure.
    pub(super) fn decimal(&mut self, field: &str) -> Option<Figure> {
        self.decimal_of(self.column(field)?)
    }

    /// Whether a column says nothing in the row: blank, or a dash.
    pub(super) fn is_blank(&self, column: &Column) -> bool {
        let cell = self.table.cell(self.row(), column.col);
        cell.is_none_or(|cell| decimal(&cell.value()).is_blank())
    }

    /// Whether any column of a field says something in the row.
    pub(super) fn peek_any(&self, field: &str) -> bool {
        self.columns(field).iter().any(|column| !self.is_blank(column))
    }

    /// Returns all columns of a field that may have several.
    pub(super) fn columns(&self, field: &str) -> Vec<&'t Column> {
        self.table.columns.iter().filter(|column| column.field == Some(field)).collect()
    }

    /// Reads a column as a figure.
    pub(super) fn decimal_of(&mut self, column: &Column) -> Option<Figure> {
        let (value, at) = self.value(self.row(), column)?;
        match decimal(&value) {
            Parsed::Blank(_) => None,
            Parsed::Bad(bad) => {
                self.tell(codes::BAD_NUMBER, &bad, &value, at);
                None
            }
            Parsed::Value(number) => {
                let scaled = scale(number.value, column.unit.as_deref());
                let Some(value) = scaled else {
                    self.tell(codes::BAD_NUMBER, &Bad::TooLong, &value, at);
                    return None;
                };
                Some(Figure { value, unit: number.unit, at: self.table.sheet.at(at) })
            }
        }
    }

    /// Reads `field` as a figure without saying what is wrong with it: for
    /// cells that another reading may understand.
    pub(super) fn peek(&self, row: u32, field: &str) -> Option<Decimal> {
        let column = self.column(field)?;
        let cell = self.table.cell(row, column.col)?;
        scale(decimal(&cell.value()).value()?.value, column.unit.as_deref())
    }

    /// Reads a column as words: for fields of several columns.
    pub(super) fn words(&mut self, column: &'t Column) -> Option<Arc<str>> {
        let (value, _) = self.value(self.row(), column)?;
        words(&value)
    }

    /// Whether the row has something of its own in a column, not what it
    /// repeats from the row above.
    pub(super) fn is_own(&self, column: &Column) -> bool {
        let at = CellRef::new(self.row(), column.col);
        let filled = self.table.filled.contains_key(&at);
        !filled && self.table.sheet.cell(at).is_some_and(|cell| !cell.is_empty())
    }

    /// Reads a cell of the table as a figure in the same way.
    pub(super) fn peek_at(&self, row: u32, col: u16) -> Option<Decimal> {
        decimal(&self.table.cell(row, col)?.value()).value().map(|number| number.value)
    }

    /// Returns the figures of a row under headers that name no field.
    pub(super) fn loose_figures(&self, row: u32) -> impl Iterator<Item = Decimal> + '_ {
        let loose = self.table.columns.iter().filter(|column| column.field.is_none());
        loose.filter_map(move |column| self.peek_at(row, column.col))
    }

    /// Reads every column of `field` as figures, with their headers.
    pub(super) fn decimals(&mut self, field: &str) -> Vec<(Arc<str>, Decimal)> {
        let table = self.table;
        let columns = table.columns.iter().filter(|column| column.field == Some(field));
        let mut found = Vec::new();
        for column in columns {
            let Some((value, at)) = self.value(self.row(), column) else { continue };
            match decimal(&value) {
                Parsed::Blank(_) => {}
                Parsed::Bad(bad) => self.tell(codes::BAD_NUMBER, &bad, &value, at),
                Parsed::Value(number) => found.push((Arc::from(&*column.header), number.value)),
            }
        }
        found
    }

    /// Returns the value that `field` has in the row, as the cell holds it.
    pub(super) fn raw(&mut self, field: &str) -> Option<Value> {
        let column = self.column(field)?;
        self.value(self.row(), column).map(|(value, _)| value)
    }

    /// Reads `field` as numbers of documents.
    pub(super) fn ids(&mut self, field: &str) -> Vec<DocumentNo> {
        let Some(at) = self.next.checked_sub(1) else { return Vec::new() };
        match self.ids.get(field).and_then(|read| read.get(at)) {
            Some(Parsed::Value(found)) => found.iter().map(document_no).collect(),
            Some(Parsed::Bad(bad)) => {
                let bad = bad.clone();
                if let Some((value, cell)) =
                    self.column(field).and_then(|column| self.value(self.row(), column))
                {
                    self.tell(codes::BAD_NUMBER, &bad, &value, cell);
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Reads `field` as a rate.
    pub(super) fn rate(&mut self, field: &str) -> Option<Decimal> {
        let read = self.rates.get(field)?.get(self.next.checked_sub(1)?)?;
        let bad = match read {
            Parsed::Blank(_) => return None,
            Parsed::Value(rate) => return Some(*rate),
            Parsed::Bad(bad) => bad.clone(),
        };
        let (value, at) = self.value(self.row(), self.column(field)?)?;
        self.tell(codes::BAD_NUMBER, &bad, &value, at);
        None
    }

    /// Reads how many base units a pack holds: `1000个/箱`, `500`, `1箱=500个`. Other
    /// words of packing say nothing that can be used.
    pub(super) fn pack_factor(&mut self) -> Option<Decimal> {
        let field = ["pack_factor", "pcs_per_carton"].into_iter().find(|field| self.has(field))?;
        let (value, _) = self.value(self.row(), self.column(field)?)?;
        let factor = match value {
            Value::Text(text) => {
                let units = text.rsplit(['=', '＝']).next().unwrap_or(&text);
                decimal_text(units).value()?.value
            }
            other => decimal(&other).value()?.value,
        };
        (factor > Decimal::ZERO).then_some(factor)
    }

    /// Returns the unit of a quantity: the row's own, the one glued to the
    /// figure, or the header's.
    pub(super) fn unit(
        &mut self,
        quantity_field: &str,
        figure: Option<&Figure>,
    ) -> Option<Arc<str>> {
        self.text("unit").or_else(|| figure.and_then(|figure| figure.unit.clone())).or_else(|| {
            self.column(quantity_field).and_then(|column| column.unit.as_deref()).map(Arc::from)
        })
    }

    /// Notes that the row cannot be used, and why.
    pub(super) fn reject(&mut self, reason: &'static str, field: &str) {
        self.rejected += 1;
        let finding = Finding::of(codes::REJECTED_ROW).with("reason", reason).at(self.at(field));
        self.findings.push(finding);
    }

    /// Leaves a row out that is not meant to be used, and says so.
    pub(super) fn reject_mildly(&mut self, reason: &'static str, field: &str) {
        self.rejected += 1;
        let finding = Finding::new(codes::REJECTED_ROW, Severity::Info).with("reason", reason);
        self.findings.push(finding.at(self.at(field)));
    }

    /// Adds a finding about the row.
    pub(super) fn find(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Makes a record of every row; one of which none can be made is rejected,
    /// for a reason that is told at a field.
    pub(super) fn records<T>(
        mut self,
        around: Surroundings,
        (reason, field): (&'static str, &str),
        mut line: impl FnMut(&mut Self) -> Option<T>,
    ) -> Records<T> {
        let mut lines = Vec::new();
        while self.advance() {
            match line(&mut self) {
                Some(line) => lines.push(line),
                None => self.reject(reason, field),
            }
        }
        Records::new(lines, self.finish(), around)
    }

    /// Ends the reading.
    pub(super) fn finish(self) -> Rest {
        Rest { findings: self.findings, body: self.rows.len(), rejected: self.rejected }
    }

    /// Returns the value of a cell and the cell that holds it. A formula that
    /// was never calculated has no value.
    fn value(&mut self, row: u32, column: &Column) -> Option<(Value, CellRef)> {
        let at = CellRef::new(row, column.col);
        let at = self.table.filled.get(&at).copied().unwrap_or(at);
        let cell = self.table.sheet.cell(at)?;
        if cell.formula == Formula::Uncomputed {
            self.tell_once(Finding::of(codes::FORMULA_WITHOUT_VALUE), at);
            return None;
        }
        Some((cell.value(), at))
    }

    fn cell(&self, row: u32, field: &str) -> Option<Cell<'t>> {
        let cell = self.table.cell(row, self.column(field)?.col)?;
        (cell.formula != Formula::Uncomputed).then_some(cell)
    }

    /// Returns the values of a field in all body rows.
    fn values(&self, field: &str) -> impl Iterator<Item = Value> {
        self.rows.iter().map(move |row| self.cell(*row, field).map_or(Value::Empty, Cell::value))
    }

    fn read_ids(&mut self, field: &str) -> Vec<Parsed<Vec<Id>>> {
        let mut read: Vec<Parsed<Vec<Id>>> = self.values(field).map(|value| ids(&value)).collect();
        // A merged cell stands in many rows but is one witness: whether a
        // number is damaged does not change by being repeated.
        let mut all: Vec<Id> = Vec::new();
        for cell in &read {
            if let Parsed::Value(found) = cell {
                all.extend(found.iter().cloned());
            }
        }
        mark_damaged(&mut all);
        let mut marked = all.into_iter();
        let mut damaged = Vec::new();
        for (cell, row) in read.iter_mut().zip(&self.rows) {
            let Parsed::Value(found) = cell else { continue };
            for id in found.iter_mut() {
                id.damaged = marked.next().is_some_and(|marked| marked.damaged);
                if id.damaged {
                    damaged.push((*row, Arc::clone(&id.text)));
                }
            }
        }
        self.tell_damaged(field, &damaged);
        read
    }

    /// One finding for all damaged numbers of a column, at the first.
    fn tell_damaged(&mut self, field: &str, damaged: &[(u32, Arc<str>)]) {
        /// More places than this tell nothing more.
        const RELATED: usize = 20;
        let (Some((row, text)), Some(column)) = (damaged.first(), self.column(field)) else {
            return;
        };
        let mut finding = Finding::of(codes::DAMAGED_ID)
            .with("found", text)
            .with("count", damaged.len())
            .at(self.table.at(*row, column.col));
        for (row, _) in damaged.iter().skip(1).take(RELATED) {
            finding = finding.related(self.table.at(*row, column.col));
        }
        self.findings.push(finding);
    }

    fn read_rates(&self, field: &str, known: &[Decimal]) -> Vec<Parsed<Decimal>> {
        let cells = self.rows.iter().map(|row| match self.cell(*row, field) {
            Some(cell) => (cell.value(), self.table.sheet.style(cell).format),
            None => (Value::Empty, NumberFormat::General),
        });
        rates(cells, RateKind::Tax(known))
    }

    /// Says what is wrong with a cell: once, however many rows it spans.
    fn tell(&mut self, code: Code, bad: &Bad, value: &Value, at: CellRef) {
        let code = if *bad == Bad::FormulaError { codes::FORMULA_ERROR } else { code };
        let finding = Finding::of(code).with("found", shown(value)).with("why", bad.name());
        self.tell_once(finding, at);
    }

    fn tell_once(&mut self, finding: Finding, at: CellRef) {
        if self.told.insert((at, finding.code)) {
            self.findings.push(finding.at(self.table.sheet.at(at)));
        }
    }
}

fn document_no(id: &Id) -> DocumentNo {
    DocumentNo { text: Arc::clone(&id.text), damaged: id.damaged }
}

/// Returns a figure in whole units of money where the header counts in others
/// (万元).
fn scale(value: Decimal, unit: Option<&str>) -> Option<Decimal> {
    let factor = match unit {
        Some("万元" | "萬元") => Decimal::from(10_000),
        Some("千元" | "仟元") => Decimal::from(1_000),
        _ => return Some(value),
    };
    decimal::product(value, factor).map(|value| value.normalize())
}
