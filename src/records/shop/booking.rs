//! The register of sales ids: who bought, under which order, for how much.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::number::OrderNo;
use crate::input::table::Table;
use crate::location::Location;
use crate::records::money::date_hints;
use crate::records::reader::{Fields, RowReader};
use crate::records::surroundings::Surroundings;
use crate::records::{ReadContext, Records};

/// One row of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// Its day.
    pub date: Option<NaiveDate>,
    /// The shop.
    pub shop: Option<Arc<str>>,
    /// The buyer's id, as written.
    pub buyer: Option<Arc<str>>,
    /// The order's number, or what is written of it.
    pub order_no: Option<OrderNo>,
    /// The further orders of a booking that is of several.
    pub more_nos: Box<[OrderNo]>,
    /// What was bought.
    pub item: Option<Arc<str>>,
    /// What was paid.
    pub amount: Decimal,
    /// Free text beside it.
    pub remark: Option<Arc<str>>,
    /// The cell of its amount.
    pub at: Location,
}

const FIELDS: Fields = Fields { dates: &["reg_date"], ids: &["order_no"], rates: &[] };
const AMOUNT: &str = "amount";

/// Reads the register.
pub fn bookings(table: &Table, context: &ReadContext<'_>) -> Records<Booking> {
    let around = Surroundings::of(table, context);
    let mut reader =
        RowReader::new(table, FIELDS, date_hints(&around, context), &context.settings.tax.rates);
    let mut lines = Vec::with_capacity(reader.rows().len());
    while reader.advance() {
        let Some(amount) = reader.decimal(AMOUNT) else {
            reader.reject("no-amount", AMOUNT);
            continue;
        };
        let numbers = reader.ids("order_no");
        let mut numbers = numbers.iter().filter_map(OrderNo::of);
        lines.push(Booking {
            date: reader.date("reg_date"),
            shop: reader.text("shop"),
            buyer: reader.text("wangwang_id"),
            order_no: numbers.next(),
            more_nos: numbers.collect(),
            item: reader.text("item_name"),
            amount: amount.value,
            remark: reader.text("remark"),
            at: amount.at,
        });
    }
    Records::new(lines, reader.finish(), around)
}
