//! Agreed prices: price lists and purchase orders.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

use super::classify::{tax_flag, tax_included};
use super::money::date_hints;
use super::per_many::said_by;
use super::reader::{Fields, Figure, RowReader};
use super::surroundings::{Surroundings, texts};
use super::{DocumentNo, Item, ReadContext, Records};
use crate::input::table::Table;
use crate::input::values::decimal::decimal_text;
use crate::location::{Located, Location};
use crate::text::share_in;

/// One agreed price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceLine {
    /// The supplier as the row writes it.
    pub party: Option<Located<Arc<str>>>,
    /// The purchase order it is from; empty on price lists.
    pub order_nos: Vec<DocumentNo>,
    /// What it is the price of.
    pub item: Item,
    /// The unit it is for.
    pub unit: Option<Arc<str>>,
    /// The price of one `unit`.
    pub unit_price: Decimal,
    /// Whether it includes tax, if the sheet says so.
    pub tax_included: Option<bool>,
    /// Tax rate.
    pub tax_rate: Option<Decimal>,
    /// Base units per pack (每箱数量).
    pub pack_factor: Option<Decimal>,
    /// It is bought in multiples of this.
    pub order_multiple: Option<Decimal>,
    /// It is bought in this quantity at least.
    pub min_order: Option<Decimal>,
    /// How many days a purchase takes.
    pub lead_days: Option<Decimal>,
    /// The first day it is valid.
    pub valid_from: Option<NaiveDate>,
    /// The last day it is valid.
    pub valid_to: Option<NaiveDate>,
    /// Its currency, if the sheet says so.
    pub currency: Option<Arc<str>>,
    /// Free text beside it.
    pub remark: Option<Arc<str>>,
    /// The cell of the price.
    pub at: Location,
}

const FIELDS: Fields = Fields {
    dates: &["valid_from", "valid_to", "order_date"],
    ids: &["po_no", "item_code"],
    rates: &["tax_rate"],
};

/// Reads agreed prices, of a price list or of purchase orders.
pub fn prices(table: &Table, context: &ReadContext<'_>) -> Records<PriceLine> {
    let around = Surroundings::of(table, context);
    let mut reader =
        RowReader::new(table, FIELDS, date_hints(&around, context), &context.settings.tax.rates);
    let header = reader.column("unit_price").and_then(|column| tax_included(&column.header));
    let included = header.or(around.tax_included);
    let said = texts(table);
    let facts = table.facts.iter().map(|fact| format!("{}：{}", fact.key, fact.value.value));
    let share = said.iter().map(|text| text.value.clone()).chain(facts).find_map(|t| share_in(&t));
    let mut lines = Vec::new();
    while reader.advance() {
        match price(&mut reader, included, share, &around) {
            Some(line) => lines.push(line),
            None => reader.reject("no-price", "unit_price"),
        }
    }
    Records::new(lines, reader.finish(), around)
}

fn price(
    reader: &mut RowReader<'_>,
    included: Option<bool>,
    share: Option<Decimal>,
    around: &Surroundings,
) -> Option<PriceLine> {
    let price = match reader.decimal("unit_price") {
        Some(price) => of_one(reader, price),
        None => off_list(reader, share)?,
    };
    let flag = reader.text("tax_flag");
    let party = reader.located_text("supplier").or_else(|| reader.located_text("customer"));
    let own_tax = around.tax_of(party.as_ref());
    Some(PriceLine {
        party,
        order_nos: reader.ids("po_no"),
        item: reader.item(),
        unit: reader.text("unit").or_else(|| price_unit(reader, price.unit.as_deref())),
        unit_price: price.value,
        tax_included: flag.as_deref().and_then(tax_flag).or(own_tax.included).or(included),
        tax_rate: reader.rate("tax_rate").or(own_tax.rate).or(around.tax_rate),
        pack_factor: reader.pack_factor(),
        order_multiple: reader.peek(reader.row(), "order_multiple"),
        min_order: ["min_order_qty", "moq"].iter().find_map(|f| reader.peek(reader.row(), f)),
        lead_days: lead_days(reader),
        valid_from: reader.date("valid_from").or_else(|| reader.date("order_date")),
        valid_to: reader.date("valid_to"),
        currency: reader.text("currency").or_else(|| around.currency.clone()),
        remark: reader.text("remark"),
        at: price.at,
    })
}

/// Returns the price of one, of a price that its header calls one of many
/// (千个单价); where a unit says so (元/千个), prices are compared in that unit.
fn of_one(reader: &RowReader<'_>, price: Figure) -> Figure {
    let column = reader.column("unit_price").filter(|column| column.unit.is_none());
    let one = column.and_then(said_by).and_then(|many| price.value.checked_div(many));
    Figure { value: one.unwrap_or(price.value), ..price }
}

/// Returns the price that a discount leaves of the list price: the row's own,
/// else the one that is said for the whole list.
fn off_list(reader: &mut RowReader<'_>, share: Option<Decimal>) -> Option<Figure> {
    let list = reader.decimal("list_price")?;
    let own = reader.text("discount").and_then(|text| {
        let number = decimal_text(&text).value().map(|number| number.value);
        // 0.7, 7 and 70 all leave seven tenths.
        let tenths = number.and_then(|number| match number {
            n if n <= Decimal::ONE => Some(n),
            n if n <= Decimal::TEN => n.checked_div(Decimal::TEN),
            n => n.checked_div(Decimal::ONE_HUNDRED),
        });
        share_in(&text).or(tenths).filter(|share| *share > Decimal::ZERO)
    });
    let share = own.or(share)?;
    let value = list.value.checked_mul(share)?;
    let value = value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    Some(Figure { value, ..list })
}

/// The days that a purchase takes: `7`, `7天`; words say nothing that can be
/// counted with.
fn lead_days(reader: &mut RowReader<'_>) -> Option<Decimal> {
    reader.peek(reader.row(), "lead_time").filter(|days| *days > Decimal::ZERO)
}

/// The unit behind the stroke of `元/个`, in the cell or in the header.
fn price_unit(reader: &RowReader<'_>, glued: Option<&str>) -> Option<Arc<str>> {
    let header = reader.column("unit_price").and_then(|column| column.unit.as_deref());
    let unit = [glued, header].into_iter().flatten().find_map(|unit| unit.split_once('/'))?.1;
    Some(Arc::from(unit.trim()))
}
