//! Sums from the top of a table down to each of its rows that state one.

use rust_decimal::Decimal;

use super::super::data::{Data, DataRow};
use super::super::figure::figure;
use super::super::footer::segments;
use super::super::label::label;
use super::super::words::words;
use super::Summed;
use crate::currency::Currency;
use crate::input::sheet::Formula;
use crate::input::table::{Role, Table};
use crate::input::values::decimal::decimal_text;
use crate::text::fold;

/// A row that states sums.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub(super) row: u32,
    pub(super) role: Role,
    /// The label as it is written.
    pub(super) label: String,
    /// The label without figures: `10月小计` and `9月小计` are of one key.
    pub(super) key: String,
    /// What it sums, folded: `小美` of `小美合计`.
    pub(super) group: String,
    /// What it states, by column.
    pub(super) stated: Vec<Option<Decimal>>,
}

/// Sums by column, down to each mark and then to the end.
#[derive(Debug, Clone, Default)]
pub(super) struct Prefix {
    /// For every mark, the sums above it; the last are the sums of all rows.
    pub(super) above: Vec<Vec<Decimal>>,
    /// In the same way, how many figures were summed.
    pub(super) counts: Vec<Vec<u32>>,
}

/// How the figures of a row are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Take {
    /// As they stand.
    Plain,
    /// Only those that are not negative.
    Positive,
    /// Those of rows that are called returns or payments as taken off.
    Lowered,
    /// Times the figure of this column (cartons).
    Times(usize),
}

/// Returns the rows that state sums or opening balances.
pub(super) fn marks(summed: &Summed<'_>) -> Vec<Mark> {
    let stating = summed.data.rows.iter().filter(|row| is_mark(row.role));
    stating.map(|row| mark(summed, row)).collect()
}

/// Whether rows of this role state a sum or a balance.
pub(super) fn is_mark(role: Role) -> bool {
    matches!(role, Role::Opening | Role::Closing | Role::Subtotal | Role::Total | Role::Carried)
}

fn mark(summed: &Summed<'_>, row: &DataRow<'_>) -> Mark {
    let table = summed.table;
    // A balance above the header stands in no column: it may be of any.
    let header = table.header_rows.first();
    let above = row.role == Role::Opening && header.is_some_and(|header| row.row < *header);
    let figure_above = if above { loose_figure(table, row.row) } else { None };
    let mut stated = vec![figure_above; table.columns.len()];
    let mut named = None;
    for (at, cell) in summed.data.cells(row).filter(|_| !above) {
        let known = cell.text().and_then(|text| Some((text, label(text)?)));
        match known {
            Some(known) if named.is_none() => named = Some(known),
            // A formula that was never calculated states nothing.
            _ if cell.formula != Formula::Uncomputed => stated[at] = figure(cell),
            _ => {}
        }
    }
    let (label, group) = named.map_or_else(Default::default, |(text, label)| {
        (text.split_whitespace().collect::<String>(), label.group)
    });
    let group = match Currency::in_text(&label).filter(|_| group.is_empty()) {
        Some(currency) => fold(&currency.code),
        None => group,
    };
    let key = fold(&label).chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    let key = if group.is_empty() { key } else { key.replace(&group, "") };
    Mark { row: row.row, role: row.role, label, key, group, stated }
}

/// Returns the figure of a row outside the columns, in a cell of its own or
/// behind its label.
fn loose_figure(table: &Table, row: u32) -> Option<Decimal> {
    let cells = || table.sheet.row(row).into_iter().flat_map(|row| &row.cells);
    cells().find_map(figure).or_else(|| {
        let last = cells().find_map(|cell| segments(cell.text()?).last())?;
        decimal_text(last).value().map(|number| number.value)
    })
}

/// Sums the rows of data down to each mark.
pub(super) fn prefix(data: &Data<'_>, take: Take) -> Prefix {
    let width = data.numeric.len();
    let mut sums = vec![Decimal::ZERO; width];
    let mut counts = vec![0_u32; width];
    let mut prefix = Prefix::default();
    for row in &data.rows {
        if is_mark(row.role) {
            prefix.above.push(sums.clone());
            prefix.counts.push(counts.clone());
        }
        if row.role != Role::Body {
            continue;
        }
        let factor = match take {
            Take::Times(col) => {
                data.figures(row).find(|(at, _)| *at == col).and_then(|(_, cell)| figure(cell))
            }
            Take::Plain | Take::Positive | Take::Lowered => None,
        };
        let lowered = take == Take::Lowered && is_lowered(data, row);
        for (at, cell) in data.figures(row) {
            let value =
                figure(cell).filter(|value| take != Take::Positive || !value.is_sign_negative());
            let product = match take {
                Take::Times(_) => value.zip(factor).and_then(|(value, by)| value.checked_mul(by)),
                Take::Lowered if lowered => value.map(|value| -value.abs()),
                Take::Plain | Take::Positive | Take::Lowered => value,
            };
            if let Some(sum) = product.and_then(|product| sums[at].checked_add(product)) {
                sums[at] = sum;
                counts[at] += 1;
            }
        }
    }
    prefix.above.push(sums);
    prefix.counts.push(counts);
    prefix
}

/// Returns the sums of all rows of data, by column.
pub(super) fn all(data: &Data<'_>) -> Vec<Decimal> {
    prefix(data, Take::Plain).above.pop().unwrap_or_default()
}

/// Whether a row says that it takes off what it states.
fn is_lowered(data: &Data<'_>, row: &DataRow<'_>) -> bool {
    /// Longer texts are remarks.
    const LONGEST: usize = 60;
    let texts = data.cells(row).filter_map(|(_, cell)| cell.text());
    let lowers = &words().cell.lowers;
    texts.filter(|text| text.len() <= LONGEST).any(|text| lowers.is_in(&fold(text)))
}
