//! A sheet as text, and what a careful clerk would say it is.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;

/// A layout: one TOML in `layouts/`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Layout {
    /// What is odd about it.
    pub(super) about: String,
    /// The name of the file it is written to.
    pub(super) file: String,
    /// The sheet's name; text files have none.
    pub(super) sheet: Option<String>,
    /// The encoding of a text file.
    pub(super) encoding: Option<String>,
    /// Merged areas.
    #[serde(default)]
    pub(super) merges: Vec<String>,
    /// Rows that are hidden, from 1.
    #[serde(default)]
    pub(super) hidden_rows: Vec<u32>,
    /// Whether the header is bold, filled and bordered.
    #[serde(default)]
    pub(super) styled: bool,
    /// A line a row, cells between bars. `'12` is text, `@2026-03-05` a date
    /// cell, `~` a cell under a merge, `\n` a line break in a cell; whatever
    /// is a number is one; all else is text. Text files are taken verbatim.
    pub(super) grid: String,
    /// What is in it, from left to right and top to bottom.
    pub(super) table: Vec<Table>,
}

/// A table that must be found.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    /// Its kind; several between bars where each would be right.
    pub(super) kind: String,
    pub(super) header_rows: Vec<u32>,
    /// The rows of data, `4-8,11`.
    pub(super) body_rows: String,
    #[serde(default)]
    pub(super) subtotal_rows: Vec<u32>,
    #[serde(default)]
    pub(super) total_rows: Vec<u32>,
    /// What its records make together, by their effect on the balance.
    pub(super) amount: Option<Decimal>,
    /// The first and the last day of its records.
    pub(super) dates: Option<(NaiveDate, NaiveDate)>,
    /// The balance it begins with.
    pub(super) opening: Option<Decimal>,
    /// The balance it ends with.
    pub(super) closing: Option<Decimal>,
    /// The columns it spans, where another table stands beside it.
    pub(super) columns_within: Option<String>,
    /// The field of each column that matters; several between bars likewise.
    pub(super) columns: BTreeMap<String, String>,
}

/// A cell of a layout.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Empty,
    Text(String),
    Number(f64),
    /// A day, `2026-03-05`.
    Date(String),
}

impl Layout {
    /// Returns the rows of the grid.
    pub(super) fn rows(&self) -> Vec<Vec<Cell>> {
        self.grid.lines().map(|line| line.split('|').map(cell).collect()).collect()
    }
}

impl Table {
    /// Returns the rows of data.
    pub(super) fn body(&self) -> Vec<u32> {
        let parts =
            self.body_rows.split(',').map(|part| part.split_once('-').unwrap_or((part, part)));
        let number = |text: &str| text.trim().parse::<u32>().unwrap_or(0);
        parts.flat_map(|(first, last)| number(first)..=number(last)).collect()
    }
}

fn cell(text: &str) -> Cell {
    let text = text.trim();
    if text.is_empty() || text == "~" {
        return Cell::Empty;
    }
    if let Some(date) = text.strip_prefix('@') {
        return Cell::Date(date.to_owned());
    }
    if let Some(verbatim) = text.strip_prefix('\'') {
        return Cell::Text(verbatim.to_owned());
    }
    let plain = text.strip_prefix('-').unwrap_or(text);
    let digits = plain.chars().all(|c| c.is_ascii_digit() || c == '.');
    match text.parse::<f64>() {
        Ok(number) if digits => Cell::Number(number),
        _ => Cell::Text(text.replace("\\n", "\n")),
    }
}
