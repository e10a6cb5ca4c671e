//! The lines of a letter of differences, whoever it goes to.

use rust_decimal::Decimal;

use super::lines::Told;
use super::sheets;
use crate::documents::letter::{Figures, LetterLine};
use crate::engine::entry::Entry;

/// Makes the letter's line of one line of the report.
pub(super) fn line(told: &Told<'_>) -> LetterLine {
    let about = told.about();
    LetterLine {
        date: about.and_then(|entry| entry.date),
        document_no: sheets::both_numbers(&told.left, &told.right, "\n"),
        item: about.map(sheets::item).unwrap_or_default(),
        left: figures(&told.left),
        right: figures(&told.right),
        difference: told.line.difference,
        status: told.line.status,
        causes: told.line.causes.clone(),
        reason: told.line.reason,
        told: None,
    }
}

/// Returns what one side says of it.
fn figures(entries: &[&Entry]) -> Option<Figures> {
    let amount: Decimal = entries.iter().map(|entry| entry.amount).sum();
    let (quantity, unit_price) = match entries {
        [] => return None,
        [one] => (one.quantity, one.unit_price),
        several => (sheets::quantity(several), None),
    };
    Some(Figures { quantity, unit_price, amount })
}
