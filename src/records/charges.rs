//! Columns of charges beside the goods (运费, 版费): owed on top of the amounts,
//! unless these hold them already.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::Item;
use super::money::product;
use super::reader::RowReader;

/// The fields of such columns.
const FIELDS: [&str; 2] = ["freight", "other_charge"];

/// Returns the columns whose charges are not in the amounts of `main`: as the
/// products of the rows show, or a column of both together.
pub(super) fn beside(reader: &RowReader<'_>, main: &str, quantity: &str) -> Vec<&'static str> {
    let fields: Vec<&'static str> = FIELDS.into_iter().filter(|field| reader.has(field)).collect();
    let (mut apart, mut within) = (0_usize, 0_usize);
    for &row in reader.rows() {
        let charges = fields.iter().filter_map(|field| reader.peek(row, field));
        let charges = charges.fold(Decimal::ZERO, Decimal::saturating_add);
        let Some(amount) = reader.peek(row, main).filter(|_| !charges.is_zero()) else { continue };
        let near =
            |sum: Decimal, other: Decimal| sum.saturating_sub(other).abs() <= Decimal::new(2, 2);
        let both = amount.saturating_add(charges);
        let factors = reader.peek(row, quantity).zip(reader.peek(row, "unit_price"));
        let goods = factors.and_then(|(quantity, price)| product(quantity, price));
        let is_goods = goods.is_some_and(|goods| near(goods, amount));
        if is_goods || reader.loose_figures(row).any(|figure| near(figure, both)) {
            apart += 1;
        } else if goods.is_some_and(|goods| near(goods.saturating_add(charges), amount)) {
            within += 1;
        }
    }
    if apart > within { fields } else { Vec::new() }
}

/// Returns the charge in a column of the row being read as an item with its
/// amount; the column's header says what it is for.
pub(super) fn charge(
    reader: &mut RowReader<'_>,
    field: &str,
) -> Option<(Item, super::reader::Figure)> {
    let figure = reader.decimal(field).filter(|figure| !figure.value.is_zero())?;
    let name = reader.column(field).map(|column| Arc::from(column.header.as_str()));
    Some((Item { name, ..Item::default() }, figure))
}
