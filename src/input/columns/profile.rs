//! What the values of a table's columns look like, on a sample of its rows.

use rust_decimal::Decimal;

use super::super::sheet::{Cell, Held, Value};
use super::super::table::{Role, Table};
use super::super::values::{DateHints, dates, decimal};
use crate::kinds::{Field, FieldType};
use crate::text::is_unit;

/// How many rows are looked at.
const SAMPLE: usize = 200;

/// A sample of the body rows of a table.
#[derive(Debug)]
pub struct Sample<'t> {
    table: &'t Table,
    rows: Vec<u32>,
    /// By column: whether it holds anything.
    pub(super) filled: Vec<bool>,
    /// By column: what its values are.
    profiles: Vec<Profile>,
}

/// What the values of one column are, in shares of those that are there.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Profile {
    /// How many sampled rows hold a value.
    pub(crate) filled: usize,
    /// How many of them hold a figure.
    pub(crate) figures: usize,
    /// How many hold a day.
    pub(crate) days: usize,
    /// How many hold a moment of the spreadsheet's own.
    pub(crate) moments: usize,
    /// Whether they count the rows: 1, 2, 3.
    pub(crate) serial: bool,
    /// Whether they count the lines of one document or of several: 1, 2, 1, or
    /// 10, 20, 10.
    pub(crate) lines: bool,
    /// How many go from one count to a later one (2-3), days and texts alike.
    pub(crate) spans: usize,
    /// How many hold a unit and nothing else (箱, PCS).
    pub(crate) units: usize,
    /// How many look like a number of a document: letters and digits, or
    /// many digits.
    pub(crate) codes: usize,
    /// How many hold other text.
    pub(crate) texts: usize,
}

impl Profile {
    /// Whether at least nine values of ten are counted by `count`.
    pub(crate) fn mostly(&self, count: usize) -> bool {
        self.filled > 0 && count * 10 >= self.filled * 9
    }
}

impl<'t> Sample<'t> {
    /// Takes a sample: the first rows, then rows spread over the rest.
    pub fn of(table: &'t Table) -> Self {
        let body: Vec<u32> = table.rows_of(Role::Body).collect();
        let rows = if body.len() <= SAMPLE {
            body
        } else {
            let (head, tail) = body.split_at(SAMPLE / 2);
            let step = (tail.len() / (SAMPLE / 2)).max(1);
            head.iter().chain(tail.iter().step_by(step)).copied().collect()
        };
        let mut sample = Self { table, rows, filled: Vec::new(), profiles: Vec::new() };
        let columns = 0..table.columns.len();
        sample.filled = columns.clone().map(|at| sample.is_filled(at)).collect();
        sample.profiles = columns.map(|at| sample.read_profile(at)).collect();
        sample
    }

    /// Returns the cells of the column at a place.
    fn cells(&self, at: usize) -> impl Iterator<Item = Option<Cell<'t>>> + '_ {
        let col = self.table.columns.get(at).map(|column| column.col);
        self.rows.iter().map(move |row| self.table.cell(*row, col?))
    }

    /// Whether the column holds anything.
    fn is_filled(&self, at: usize) -> bool {
        self.rows.is_empty() || self.cells(at).flatten().any(|cell| !cell.is_empty())
    }

    /// Returns the figures of a column, row by row.
    pub(super) fn figures(&self, at: usize) -> Vec<Option<Decimal>> {
        let figure = |cell: Option<Cell<'_>>| Some(decimal(&cell?.value()).value()?.value);
        self.cells(at).map(figure).collect()
    }

    /// Whether two columns hold the same values.
    pub(super) fn are_equal(&self, one: usize, other: usize) -> bool {
        let value = |cell: Option<Cell<'t>>| cell.map(Cell::held);
        let values = |at| self.cells(at).map(value).map(|v| v.filter(|v| *v != Held::Empty));
        values(one).eq(values(other))
    }

    /// Returns how many different texts the column holds.
    pub(crate) fn distinct(&self, at: usize) -> usize {
        let texts = self.cells(at).flatten().filter_map(Cell::text).map(crate::text::fold);
        texts.filter(|text| !text.is_empty()).collect::<std::collections::BTreeSet<_>>().len()
    }

    /// Returns what the values of the column are.
    pub(super) fn profile(&self, at: usize) -> Profile {
        self.profiles.get(at).copied().unwrap_or_default()
    }

    /// Whether the values of a column are nothing that a field holds: texts
    /// where figures should be, line numbers where there should be names.
    pub(super) fn contradicts(&self, at: usize, field: &Field) -> bool {
        let profile = self.profile(at);
        match field.field_type {
            // Cartons 2-3 are no third of February.
            FieldType::Int => {
                profile.mostly((profile.texts + profile.days).saturating_sub(profile.spans))
            }
            FieldType::Money | FieldType::Decimal | FieldType::Percent => {
                profile.mostly(profile.texts + profile.days)
            }
            FieldType::Code => profile.serial || profile.mostly(profile.moments),
            FieldType::Text => profile.serial,
            _ => false,
        }
    }

    /// Looks at the values of the column.
    fn read_profile(&self, at: usize) -> Profile {
        let values: Vec<Value> = self
            .cells(at)
            .flatten()
            .map(Cell::value)
            .filter(|value| *value != Value::Empty)
            .collect();
        let read = dates(&values, DateHints::default());
        let mut profile = Profile { filled: values.len(), ..Profile::default() };
        for (value, day) in values.iter().zip(read) {
            profile.spans += usize::from(matches!(value, Value::Text(text) if is_span(text)));
            let day = day.value().is_some();
            match value {
                Value::Number(_) => profile.figures += 1,
                Value::Date(_) => {
                    profile.days += 1;
                    profile.moments += 1;
                }
                Value::LongNumber(_) => profile.codes += 1,
                Value::Text(text) if is_unit(text) => profile.units += 1,
                Value::Text(text) if day && !is_count(text) => profile.days += 1,
                Value::Text(_) if decimal(value).value().is_some() => profile.figures += 1,
                Value::Text(text) if is_code(text) => profile.codes += 1,
                Value::Text(_) => profile.texts += 1,
                _ => {}
            }
        }
        profile.serial = self.is_serial(at);
        profile.lines = self.are_lines(at);
        profile
    }

    /// Whether the column counts the lines of documents: by ones from the
    /// first, or by tens, of which those that are done may be left out.
    fn are_lines(&self, at: usize) -> bool {
        let figures: Vec<Decimal> = self.figures(at).into_iter().flatten().collect();
        let by_tens = |line: &Decimal| {
            (*line % Decimal::TEN).is_zero()
                && *line > Decimal::ZERO
                && *line < Decimal::from(10_000)
        };
        let goes_on = |pair: &[Decimal]| {
            pair[1] == Decimal::ONE || pair[1].checked_sub(pair[0]) == Some(Decimal::ONE)
        };
        let by_ones = || figures.first() == Some(&Decimal::ONE) && figures.windows(2).all(goes_on);
        !figures.is_empty()
            && figures.len() == self.cells(at).flatten().filter(|cell| !cell.is_empty()).count()
            && (figures.iter().all(by_tens) || by_ones())
    }

    /// Whether the column holds codes: words without a space, most of them
    /// with a digit.
    pub(super) fn holds_codes(&self, at: usize) -> bool {
        let texts: Vec<String> = self
            .cells(at)
            .flatten()
            .filter(|cell| !cell.is_empty())
            .map(|cell| cell.text().map_or_else(|| "0".to_owned(), str::to_owned))
            .collect();
        let is_word = |text: &&String| text.trim().bytes().all(|byte| byte.is_ascii_graphic());
        let numbered = |text: &&String| text.bytes().any(|byte| byte.is_ascii_digit());
        let count = |what: &dyn Fn(&&String) -> bool| texts.iter().filter(what).count();
        !texts.is_empty()
            && count(&is_word) == texts.len()
            && count(&numbered) * 10 >= texts.len() * 9
    }

    /// Whether the column counts its rows.
    fn is_serial(&self, at: usize) -> bool {
        let figures: Vec<Decimal> = self.figures(at).into_iter().flatten().collect();
        let counts = |pair: &[Decimal]| pair[1].checked_sub(pair[0]) == Some(Decimal::ONE);
        figures.len() >= 3
            && figures.first() == Some(&Decimal::ONE)
            && figures.windows(2).take(20).all(counts)
    }
}

/// Whether a text is digits that are a day only to a spreadsheet (50000): text
/// files write sums of money so.
fn is_count(text: &str) -> bool {
    let text = text.trim();
    text.len() < 8 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text goes from one count to a later one: `2-3`.
fn is_span(text: &str) -> bool {
    let count = |text: &str| text.trim().parse::<u32>().ok();
    let ends = text.split_once(['-', '~']);
    ends.and_then(|(from, to)| count(from).zip(count(to))).is_some_and(|(from, to)| from <= to)
}

/// Whether a text looks like the number of a document.
fn is_code(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '#' | '.');
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits >= 3 && text.trim().chars().all(plain)
}
