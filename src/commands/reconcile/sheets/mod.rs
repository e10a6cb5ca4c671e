//! The sheets that all cross-checks share: differences, matched lines, open
//! items.

mod differences;
mod matched;
mod open_items;

use rust_decimal::Decimal;

use crate::engine::entry::Entry;
use crate::report::Cell;

pub(in crate::commands) use differences::differences;
pub(in crate::commands) use matched::matched;
pub(in crate::commands) use open_items::open_items;

/// Returns the quantity of several lines: their sum if all state one, or that
/// of the only line that does (a weight, and the services beside it).
pub(super) fn quantity(entries: &[&Entry]) -> Option<Decimal> {
    let mut stated = entries.iter().filter_map(|entry| entry.quantity);
    match (stated.next(), stated.next()) {
        (Some(only), None) => Some(only),
        (None, _) => None,
        _ => entries.iter().map(|entry| entry.quantity).sum(),
    }
}

/// Returns the one value that all entries share; empty where they differ.
fn common(entries: &[&Entry], value: impl Fn(&Entry) -> Option<Decimal>) -> Cell {
    let mut values = entries.iter().map(|entry| value(entry));
    let Some(Some(first)) = values.next() else { return Cell::Empty };
    if values.all(|other| other == Some(first)) { first.into() } else { Cell::Empty }
}

fn amount(entries: &[&Entry]) -> Cell {
    if entries.is_empty() {
        return Cell::Empty;
    }
    entries.iter().map(|entry| entry.amount).sum::<Decimal>().into()
}

fn places(entries: &[&Entry]) -> Cell {
    entries.iter().map(|entry| entry.at.clone()).collect::<Vec<_>>().into()
}

/// Returns the document numbers of entries, each once, in their order.
pub(super) fn numbers(entries: &[&Entry], between: &str) -> String {
    let mut numbers: Vec<String> = Vec::new();
    for entry in entries {
        let own: Vec<&str> = entry.document_nos.iter().map(|number| &*number.text).collect();
        let own = own.join(between);
        for number in own.split('\n').filter(|number| !number.is_empty()) {
            if !numbers.iter().any(|known| known == number) {
                numbers.push(number.to_owned());
            }
        }
    }
    numbers.join("\n")
}

/// Returns the numbers of both sides: one line if they write them alike.
pub(super) fn both_numbers(left: &[&Entry], right: &[&Entry], between: &str) -> String {
    let (left, right) = (numbers(left, between), numbers(right, between));
    if left.is_empty() || left == right {
        right
    } else if right.is_empty() {
        left
    } else {
        format!("{left}\n{right}")
    }
}

/// Returns what an entry is about: code and description.
pub(super) fn item(entry: &Entry) -> String {
    let parts = [entry.item_code.as_deref(), entry.item.as_deref()];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        return entry.remark.as_deref().unwrap_or_default().to_owned();
    }
    parts.join(" ")
}
