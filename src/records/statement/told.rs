//! Movements that a statement tells only around its table: `本月付款：500`
//! above or below it, or several in one line of text.

use rust_decimal::Decimal;

use super::super::EntryType::{Charge, Deduction, Discount, Payment, Return};
use super::super::classify::by_words;
use super::StatementLine;
use crate::input::locate::balance_named;
use crate::input::table::{Fact, Table};
use crate::input::values::decimal::decimal_text;

/// Returns what the facts around `table` say that moves the balance, by its
/// effect. Whether the lines hold it already is for the whole month to tell.
pub(super) fn told(table: &Table) -> Vec<StatementLine> {
    table.facts.iter().filter_map(line).collect()
}

fn line(fact: &Fact) -> Option<StatementLine> {
    if balance_named(&fact.key).is_some() {
        return None;
    }
    let entry_type = by_words(&fact.key)?;
    let figure: Decimal = decimal_text(&fact.value.value).value()?.value;
    let amount = match entry_type {
        Payment | Return | Deduction | Discount => -figure.abs(),
        Charge => figure,
        _ => return None,
    };
    let mut line = StatementLine::bare(entry_type, amount, &fact.value.at);
    line.item.name = Some(fact.key.as_str().into());
    line.summary = true;
    (!amount.is_zero()).then_some(line)
}
