//! The machine side of a cross-check: the rows of `lines`, `bridge` and
//! `parties`, as every reconciliation shows them.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::engine::entry::{Entry, EntryType};
use crate::engine::matching::outcome::{CauseCode, Line, Note, Reason, Status};

/// An entry of one side.
#[derive(Debug, Serialize)]
pub struct EntryRow {
    at: String,
    r#type: EntryType,
    document_no: Option<String>,
    item: Option<String>,
    quantity: Option<String>,
    unit_price: Option<String>,
    amount: String,
    date: Option<NaiveDate>,
}

impl EntryRow {
    fn new(entry: &Entry) -> Self {
        let numbers: Vec<&str> = entry.document_nos.iter().map(|number| &*number.text).collect();
        let item = [entry.item_code.as_deref(), entry.item.as_deref()];
        let item: Vec<&str> = item.into_iter().flatten().collect();
        Self {
            at: entry.at.to_string(),
            r#type: entry.entry_type,
            document_no: (!numbers.is_empty()).then(|| numbers.join("/")),
            item: (!item.is_empty()).then(|| item.join(" ")),
            quantity: entry.quantity.map(plain),
            unit_price: entry.unit_price.map(plain),
            amount: money(entry.amount),
            date: entry.date,
        }
    }
}

/// A cause and its amount.
#[derive(Debug, Serialize)]
pub struct CauseRow {
    code: CauseCode,
    amount: String,
}

/// A line of the cross-check.
#[derive(Debug, Serialize)]
pub struct LineRow {
    id: String,
    party: String,
    status: Status,
    left: Vec<EntryRow>,
    right: Vec<EntryRow>,
    difference: String,
    causes: Vec<CauseRow>,
    notes: Vec<Note>,
    reason: Option<Reason>,
    related: Vec<String>,
    explanation: String,
}

impl LineRow {
    /// Makes the row of a line; `explanation` says in words why it is so.
    pub fn new(
        id: &str,
        line: &Line,
        left: &[Entry],
        right: &[Entry],
        explanation: String,
    ) -> Self {
        let rows = |entries: &[Entry], indices: &[usize]| {
            indices.iter().map(|&index| EntryRow::new(&entries[index])).collect()
        };
        Self {
            id: id.to_owned(),
            party: party(line, left, right).to_owned(),
            status: line.status,
            left: rows(left, &line.left),
            right: rows(right, &line.right),
            difference: money(line.difference),
            causes: line
                .causes
                .iter()
                .map(|cause| CauseRow { code: cause.code, amount: money(cause.amount) })
                .collect(),
            notes: line.notes.clone(),
            reason: line.reason,
            related: line.related.iter().map(ToString::to_string).collect(),
            explanation,
        }
    }
}

/// Returns the party of a line: that of its first entry, theirs first.
pub fn party<'a>(line: &Line, left: &'a [Entry], right: &'a [Entry]) -> &'a str {
    let first_left = line.left.first().map(|&index| &*left[index].party);
    let first_right = line.right.first().map(|&index| &*right[index].party);
    first_left.or(first_right).unwrap_or_default()
}

/// Writes an amount with two decimals, or more if it has them.
pub fn money(amount: Decimal) -> String {
    let mut amount = amount.normalize();
    if amount.scale() < 2 {
        amount.rescale(2);
    }
    amount.to_string()
}

fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}
