//! Dates as people write them, read a column at a time: what one cell leaves
//! open (the year, the order of day and month, whether 10.1 is the first or
//! the tenth) its column, its period and its neighbours may settle. What they
//! do not settle is said to be open, never guessed.

mod column;
mod forms;
mod spans;
mod words;

use std::borrow::Borrow;

use chrono::NaiveDate;

use super::odd::{Odds, Parsed};
use crate::input::sheet::Value;
use crate::period::Period;

pub use column::DateContext;
pub use spans::period_in;
pub(crate) use spans::{day_before, day_behind, days_in};

/// A day, and what was odd about the way it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub value: NaiveDate,
    /// What was odd.
    pub odds: Odds,
}

/// What is known of a column of dates beside its cells.
#[derive(Debug, Clone, Copy, Default)]
pub struct DateHints {
    /// The period of the paper (from titles, facts or the file's name), else
    /// of the job: gives years that are not written.
    pub period: Option<Period>,
    /// The month of the day on which the job is done: gives years where neither
    /// a period nor the column itself does.
    pub near: Option<Period>,
    /// Whether the cells come from a text file: there `10.1` may have been
    /// `10.10`, as in a number.
    pub text_file: bool,
}

/// Reads one cell as a date, by what its column settled.
pub fn date(value: &Value, context: &DateContext) -> Parsed<Day> {
    context.settle(&forms::form(value))
}

/// Reads the cells of a column, top first, as dates.
pub fn dates(
    cells: impl IntoIterator<Item = impl Borrow<Value>>,
    hints: DateHints,
) -> Vec<Parsed<Day>> {
    let forms: Vec<forms::Form> =
        cells.into_iter().map(|cell| forms::form(cell.borrow())).collect();
    let context = DateContext::of_forms(&forms, hints);
    let mut days: Vec<Parsed<Day>> = forms.iter().map(|form| context.settle(form)).collect();
    column::settle_by_neighbours(&mut days);
    days
}

/// Whether an English word, in small letters, is the name of a month.
pub(crate) fn is_month_name(word: &str) -> bool {
    words::words().month(word).is_some()
}

#[cfg(test)]
mod tests;
