//! The machine side of a cross-check: the rows of `lines`, as every
//! reconciliation shows them.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use super::lines::Told;
use crate::engine::decisions::Choice;
use crate::engine::entry::{Entry, EntryType};
use crate::engine::matching::outcome::{Cause, CauseCode, Note, Reason, Status};
use crate::engine::supplier::Step;
use crate::report::decisions::Written;

/// An entry of one side.
#[derive(Debug, Serialize)]
pub(in crate::commands) struct EntryRow {
    at: String,
    r#type: EntryType,
    document_no: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    other_nos: Vec<String>,
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
            other_nos: entry.other_nos.iter().map(ToString::to_string).collect(),
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
pub(in crate::commands) struct CauseRow {
    code: CauseCode,
    amount: String,
}

/// A decision on a line.
#[derive(Debug, Serialize)]
struct DecisionRow<'a> {
    choice: Option<Choice>,
    date: Option<NaiveDate>,
    note: &'a str,
}

/// A line of the cross-check.
#[derive(Debug, Serialize)]
pub(in crate::commands) struct LineRow<'a> {
    id: &'a str,
    number: usize,
    party: &'a str,
    status: Status,
    left: Vec<EntryRow>,
    right: Vec<EntryRow>,
    difference: String,
    causes: Vec<CauseRow>,
    notes: &'a [Note],
    reason: Option<Reason>,
    related: Vec<String>,
    explanation: &'a str,
    decision: Option<DecisionRow<'a>>,
}

impl<'a> LineRow<'a> {
    /// Makes the row of a line.
    pub(in crate::commands) fn new(told: &'a Told<'a>) -> Self {
        let line = told.line;
        let rows = |entries: &[&Entry]| entries.iter().map(|entry| EntryRow::new(entry)).collect();
        let cause = |cause: &Cause| CauseRow { code: cause.code, amount: money(cause.amount) };
        let decision = |decision: &'a Written| DecisionRow {
            choice: decision.choice,
            date: decision.decided_on,
            note: &decision.note,
        };
        Self {
            id: told.id,
            number: told.number,
            party: told.party(),
            status: line.status,
            left: rows(&told.left),
            right: rows(&told.right),
            difference: money(line.difference),
            causes: line.causes.iter().map(cause).collect(),
            notes: &line.notes,
            reason: line.reason,
            related: line.related.iter().map(ToString::to_string).collect(),
            explanation: &told.explanation,
            decision: told.decision.map(decision),
        }
    }
}

/// A step of a bridge.
#[derive(Debug, Serialize)]
pub(super) struct BridgeRow<'a> {
    party: &'a str,
    step: &'a str,
    amount: String,
    lines: Vec<String>,
}

impl<'a> BridgeRow<'a> {
    /// Makes the row of a step.
    pub(super) fn new(party: &'a str, step: &'a Step) -> Self {
        let lines = step.lines.iter().map(ToString::to_string).collect();
        Self { party, step: &step.name, amount: money(step.amount), lines }
    }
}

/// Writes an amount with two decimals, or more if it has them.
pub(in crate::commands) fn money(amount: Decimal) -> String {
    let mut amount = amount.normalize();
    if amount.scale() < 2 {
        amount.rescale(2);
    }
    amount.to_string()
}

/// Writes a number with as many decimals as it has.
pub(super) fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}
