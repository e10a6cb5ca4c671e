//! Which columns of a sheet are sizes: those named like sizes, those below a
//! header that says so, and those without which the rows' own totals do not
//! come out.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::edge_columns::edge_columns;
use super::names::size_key;
use crate::input::sheet::Value;
use crate::input::table::{Column, Role, Table};
use crate::input::values::decimal;
use crate::input::values::decimal::decimal_text;
use crate::input::values::text::words;
use crate::kinds::{Pattern, vocabulary};
use crate::text::header_word;

/// Headers above the names of sizes.
const GROUPS: [&str; 14] = [
    "尺码",
    "尺寸",
    "码数",
    "码",
    "规格",
    "号型",
    "size",
    "sizes",
    "sizerange",
    "sizebreakdown",
    "尺码/size",
    "尺码size",
    "尺码明细",
    "尺码数量",
];

/// A column of pieces of one size.
#[derive(Debug, Clone)]
pub(super) struct SizeColumn<'t> {
    /// The column.
    pub(super) column: &'t Column,
    /// The size as its header writes it.
    pub(super) label: Arc<str>,
    /// What stands above it, where sizes stand several times: an inseam, a
    /// colour, a destination.
    pub(super) above: Option<Arc<str>>,
}

/// Returns the columns of sizes from left to right.
pub(super) fn size_columns<'t>(table: &'t Table, totals: &[&str]) -> Vec<SizeColumn<'t>> {
    let edges = edge_columns(table);
    let is_edge =
        |column: &Column| edges.is_some_and(|all| all.iter().any(|edge| edge.col == column.col));
    let named = |column: &&Column| {
        column.field == Some("size_columns") && !is_group(column) && !is_edge(column)
    };
    let known: Vec<&Column> = table.columns.iter().filter(named).collect();
    let silent: Vec<&Column> = table
        .columns
        .iter()
        .filter(|column| column.field.is_none() && !column.header.is_empty())
        .filter(|column| !is_edge(column) && holds_counts(table, column))
        .collect();
    let below_group = |column: &&&Column| has_group(column);
    let beside = |column: &&&Column| {
        let is_word = vocabulary::is_header_word(&column.header);
        !is_word && known.iter().any(|other| other.col.abs_diff(column.col) == 1)
    };
    let mut found = known.clone();
    found.extend(silent.iter().copied().filter(|column| below_group(&column)));
    if comes_out(table, &found, totals) != Some(true) {
        let mut wider = found.clone();
        wider.extend(silent.iter().copied().filter(|c| !has_group(c)));
        let mut near = found.clone();
        near.extend(silent.iter().copied().filter(|c| !has_group(c) && beside(&c)));
        if let Some(better) = [near, wider]
            .into_iter()
            .find(|columns| comes_out(table, columns, totals) == Some(true))
        {
            found = better;
        }
    }
    found.sort_by_key(|column| column.col);
    labelled(found)
}

/// Names columns by their sizes: by the upper of two names (EU above UK), or,
/// where that stands above several, by the lower with what stands above.
fn labelled(columns: Vec<&Column>) -> Vec<SizeColumn<'_>> {
    let upper: Vec<Arc<str>> = columns.iter().map(|column| label(column)).collect();
    let twice = |labels: &[Arc<str>]| {
        let mut keys: Vec<String> = labels.iter().map(|label| size_key(label)).collect();
        keys.sort_unstable();
        keys.windows(2).any(|pair| pair[0] == pair[1])
    };
    let lower: Vec<Arc<str>> = columns.iter().map(|column| lowest(column)).collect();
    let with_above = twice(&upper);
    let names = if with_above { lower } else { upper };
    let repeated = with_above && twice(&names);
    let column = |(column, label): (_, Arc<str>)| {
        let above = above(column, &label).filter(|_| repeated);
        SizeColumn { column, label, above }
    };
    columns.into_iter().zip(names).map(column).collect()
}

/// Returns the inseam that a name above sizes is: `30`, `Inseam 32`, `内长30`.
pub(super) fn inseam_of(above: &str) -> Option<Arc<str>> {
    const WORDS: [&str; 9] =
        ["inseam", "insideleg", "length", "leg", "内长", "裤长", "腿长", "inch", "\""];
    let folded = crate::text::fold(above);
    let bare = WORDS.iter().fold(folded, |text, word| text.replace(word, ""));
    let digits = bare.trim_start_matches(['l', ':', '-']);
    let is_figure = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_figure.then(|| Arc::from(digits))
}

/// Returns the name right above a column's lowest.
fn above(column: &Column, label: &str) -> Option<Arc<str>> {
    let mut parts = column.parts.iter().rev().map(|part| part.trim());
    parts.find(|part| *part == label)?;
    parts.find(|part| !part.is_empty() && !is_group_word(part)).map(Arc::from)
}

/// Returns the lowest name of a column.
fn lowest(column: &Column) -> Arc<str> {
    let mut parts =
        column.parts.iter().rev().map(|part| part.trim()).filter(|part| !part.is_empty());
    let own = parts.find(|part| !is_group_word(part));
    Arc::from(own.unwrap_or(column.header.as_str()))
}

/// Whether the columns of sizes make the rows' own totals.
pub(super) fn are_sizes(table: &Table, totals: &[&str]) -> bool {
    let found = size_columns(table, totals);
    let columns: Vec<&Column> = found.iter().map(|size| size.column).collect();
    columns.len() > 1 && comes_out(table, &columns, totals) == Some(true)
}

/// Returns the column that names the size of each row, where sizes stand in
/// rows: one that is called so, or, below a word that may mean others too
/// (尺寸, 规格), one that holds sizes.
pub(super) fn size_of_row(table: &Table) -> Option<&Column> {
    let named = |column: &&Column| {
        column.field == Some("size") || column.field == Some("size_columns") && is_group(column)
    };
    let holds = |column: &&Column| is_group(column) && holds_sizes(table, column);
    table.columns.iter().find(named).or_else(|| table.columns.iter().find(holds))
}

/// Whether most of a column's texts are written like sizes.
pub(super) fn holds_sizes(table: &Table, column: &Column) -> bool {
    let mut sizes = 0_usize;
    let mut others = 0_usize;
    for row in table.rows_of(Role::Body) {
        let Some(text) = table.cell(row, column.col).and_then(|cell| words(&cell.value())) else {
            continue;
        };
        if is_size(&text) { sizes += 1 } else { others += 1 }
    }
    sizes > others
}

/// Returns the columns of colours where sizes stand in rows and a column of
/// pieces stands below each colour: their sums are the rows' own totals, or
/// nothing else can be the pieces.
pub(super) fn colour_columns<'t>(table: &'t Table, totals: &[&str]) -> Vec<&'t Column> {
    if size_of_row(table).is_none() || table.column("color").is_some() {
        return Vec::new();
    }
    let found: Vec<&Column> = table
        .columns
        .iter()
        .filter(|column| column.field.is_none() && !column.header.is_empty())
        .filter(|column| !vocabulary::is_header_word(&column.header))
        .filter(|column| holds_counts(table, column))
        .collect();
    let fits = match comes_out(table, &found, totals) {
        Some(fits) => fits,
        None => found.len() > 1,
    };
    if fits { found } else { Vec::new() }
}

/// Returns the column that may be the colour where none is called so: the only
/// one of texts under a header that means nothing else.
pub(super) fn silent_colour(table: &Table) -> Option<&Column> {
    if table.column("color").is_some() {
        return None;
    }
    let mut texts = table.columns.iter().filter(|column| {
        let silent = column.field.is_none() && !vocabulary::is_header_word(&column.header);
        silent && !column.header.is_empty() && holds_names(table, column)
    });
    let found = texts.next()?;
    texts.next().is_none().then_some(found)
}

/// Whether a column holds short texts, one on most rows, that are no figures.
fn holds_names(table: &Table, column: &Column) -> bool {
    /// Longer texts are remarks.
    const LONGEST: usize = 30;
    let (mut names, mut rows) = (0_usize, 0_usize);
    for row in table.rows_of(Role::Body) {
        rows += 1;
        match table.cell(row, column.col).map(|cell| cell.value()) {
            Some(Value::Text(text)) if text.chars().count() <= LONGEST => {
                if decimal_text(&text).value().is_some() || is_size(&text) {
                    return false;
                }
                names += 1;
            }
            Some(Value::Empty) | None => {}
            Some(_) => return false,
        }
    }
    names * 2 > rows
}

/// Returns the size in a column's header: the first part that is written like
/// a size, else the lowest, without `码`'s group above.
fn label(column: &Column) -> Arc<str> {
    let mut parts = column.parts.iter().map(|part| part.trim());
    let sized = parts.find(|part| !is_group_word(part) && is_size(part));
    sized.map_or_else(|| lowest(column), Arc::from)
}

/// Whether a text is written like a size.
fn is_size(text: &str) -> bool {
    Pattern::Size.matches(&header_word(text))
}

fn is_group_word(text: &str) -> bool {
    GROUPS.contains(&header_word(text).as_str())
}

/// Whether a header says no more than that sizes follow.
fn is_group(column: &Column) -> bool {
    is_group_word(&column.header)
        || !column.parts.is_empty() && column.parts.iter().all(|part| is_group_word(part))
}

/// Whether a header stands below one that says that sizes follow.
fn has_group(column: &Column) -> bool {
    let [above @ .., own] = column.parts.as_slice() else { return false };
    let own = header_word(own);
    let is_sum = ["合计", "小计", "总计", "total", "ttl"].contains(&own.as_str());
    !is_sum && above.iter().any(|part| is_group_word(part))
}

/// Whether a column holds whole numbers, or nothing, on every row of data.
fn holds_counts(table: &Table, column: &Column) -> bool {
    let mut any = false;
    for row in table.rows_of(Role::Body) {
        let Some(cell) = table.cell(row, column.col) else { continue };
        if matches!(cell.value(), Value::Empty) {
            continue;
        }
        match decimal(&cell.value()).value() {
            Some(number) if number.value.fract().is_zero() => any = true,
            Some(_) => return false,
            None if decimal(&cell.value()).is_blank() => {}
            None => return false,
        }
    }
    any
}

/// Whether the sum of columns is the row's own total, on most rows that have
/// one; `None` if none has.
fn comes_out(table: &Table, columns: &[&Column], totals: &[&str]) -> Option<bool> {
    let total = totals.iter().find_map(|field| table.column(field))?;
    let value = |row: u32, column: &Column| -> Option<Decimal> {
        decimal(&table.cell(row, column.col)?.value()).value().map(|number| number.value)
    };
    let (mut right, mut wrong) = (0_u32, 0_u32);
    for row in table.rows_of(Role::Body) {
        let Some(expected) = value(row, total) else { continue };
        let sum = columns
            .iter()
            .filter_map(|column| value(row, column))
            .try_fold(Decimal::ZERO, Decimal::checked_add);
        if sum == Some(expected) { right += 1 } else { wrong += 1 }
    }
    (right + wrong > 0).then_some(right >= wrong)
}
