//! The machine side of a stocktake.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use super::super::numbers::{money, plain};
use crate::documents::count_sheet::CountForm;
use crate::engine::stock::count::{Counted, Variance};
use crate::engine::stock::items::Items;

/// One line of the count and what it found.
#[derive(Debug, Serialize)]
pub(super) struct VarianceRow {
    item: String,
    location: Option<String>,
    book: Option<String>,
    expected: String,
    counted: Option<String>,
    difference: Option<String>,
    percent: Option<String>,
    value: Option<String>,
    recount: bool,
    warehouse: Option<String>,
    batch: Option<String>,
    name: Option<String>,
    unit: Option<String>,
    unit_cost: Option<String>,
    moved: String,
    reason: Option<String>,
    at: String,
}

/// Returns the rows of `variances`.
pub(super) fn variances<'c>(
    counted: &'c Counted,
    items: &'c Items,
) -> impl Iterator<Item = VarianceRow> + 'c {
    counted.variances.iter().map(|variance| row(variance, items))
}

fn row(variance: &Variance, items: &Items) -> VarianceRow {
    let text = |text: &std::sync::Arc<str>| text.to_string();
    VarianceRow {
        item: items.name(variance.item).to_string(),
        // The place that the sheet names; the warehouse where it names none.
        location: variance.location.as_ref().or(variance.warehouse.as_ref()).map(text),
        book: variance.book.map(plain),
        expected: plain(variance.expected),
        counted: variance.counted.map(plain),
        difference: variance.difference.map(plain),
        percent: variance.percent.map(money),
        value: variance.value.map(money),
        recount: variance.recount,
        warehouse: variance.warehouse.as_ref().map(text),
        batch: variance.batch.as_ref().map(text),
        name: items.text(variance.item).as_ref().map(text),
        unit: items.unit(variance.item).as_ref().map(text),
        unit_cost: variance.cost.map(|cost| plain(cost.round_dp(6))),
        moved: plain(variance.moved),
        reason: variance.reason.as_ref().map(text),
        at: variance.at.to_string(),
    }
}

/// How well the count and the book agree.
#[derive(Debug, Serialize)]
pub(super) struct AccuracyRow {
    day: Option<NaiveDate>,
    accuracy: Option<String>,
    lines_accuracy: Option<String>,
    counted: usize,
    not_counted: usize,
    recounts: usize,
    gains: String,
    losses: String,
    value: String,
}

/// Returns the row of `accuracy`; shares are of one.
pub(super) fn accuracy(counted: &Counted) -> AccuracyRow {
    let accuracy = &counted.accuracy;
    AccuracyRow {
        day: counted.day,
        accuracy: accuracy.by_quantity.map(plain),
        lines_accuracy: accuracy.by_lines.map(plain),
        counted: accuracy.counted,
        not_counted: accuracy.uncounted,
        recounts: accuracy.recounts,
        gains: money(accuracy.gains),
        losses: money(accuracy.losses),
        value: money(accuracy.gains.checked_add(accuracy.losses).unwrap_or(Decimal::ZERO)),
    }
}

/// A sheet to count on.
#[derive(Debug, Serialize)]
pub(super) struct FormRow<'f> {
    warehouse: Option<&'f str>,
    day: NaiveDate,
    blind: bool,
    lines: usize,
}

/// Returns the rows of `sheets`.
pub(super) fn forms(forms: &[CountForm]) -> impl Iterator<Item = FormRow<'_>> {
    forms.iter().map(|form| FormRow {
        warehouse: form.warehouse.as_deref(),
        day: form.day,
        blind: form.blind,
        lines: form.lines.len(),
    })
}
