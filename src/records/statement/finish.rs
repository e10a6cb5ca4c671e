//! What is settled of a line once all of its cells are read.

use super::super::classify::is_whole_note;
use super::super::returned_goods;
use super::super::surroundings::Surroundings;
use super::StatementLine;

/// Gives a line what a note says of its supplier alone, and takes words that
/// name no item (送货) for the remark that they are.
pub(super) fn finished(mut line: StatementLine, around: &Surroundings) -> StatementLine {
    let tax = around.tax_of(line.party.as_ref());
    line.tax_included = tax.included.or(line.tax_included);
    line.tax_rate = tax.rate.or(line.tax_rate);
    let (quantity, unit) = (&mut line.quantity, &mut line.unit);
    returned_goods::take(line.entry_type, &mut line.item, quantity, unit, line.amount);
    let item = &mut line.item;
    let alone = item.code.is_none() && item.spec.is_none() && item.color.is_none();
    let whole = alone && line.quantity.is_none() && line.unit_price.is_none();
    if whole && item.name.as_deref().is_some_and(is_whole_note) {
        line.remark = line.remark.or(item.name.take());
    }
    line
}
