//! Orders as platforms export them: a row an order, or a row an item of one.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::number::OrderNo;
use super::state::{Refund, State, refund, state};
use crate::input::table::Table;
use crate::input::values::decimal;
use crate::location::Location;
use crate::records::money::date_hints;
use crate::records::reader::{Fields, RowReader};
use crate::records::surroundings::Surroundings;
use crate::records::{DocumentNo, ReadContext, Records};

/// One row of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderRow {
    /// The order's number.
    pub order_no: Option<OrderNo>,
    /// The number of the item's own order, in exports of items.
    pub sub_order_no: Option<Arc<str>>,
    /// The buyer's id, as written.
    pub buyer: Option<Arc<str>>,
    /// The shop.
    pub shop: Option<Arc<str>>,
    /// The status, as written.
    pub status: Option<Arc<str>>,
    /// What the status says.
    pub state: State,
    /// What became of the money.
    pub refund: Refund,
    /// What the buyer has paid; zero on orders that nobody has paid.
    pub paid: Decimal,
    /// What was given back, if the row says so.
    pub refunded: Option<Decimal>,
    /// Goods at their price.
    pub goods: Option<Decimal>,
    /// Postage.
    pub postage: Option<Decimal>,
    /// Goods and postage, before discounts.
    pub total: Option<Decimal>,
    /// What was taken off or put on, as the export signs it.
    pub discount: Option<Decimal>,
    /// What the platform hands on to the shop.
    pub income: Option<Decimal>,
    /// What it is, as the buyer reads it.
    pub item: Option<Arc<str>>,
    /// Which of its variants: the code or the properties it is sold under.
    pub variant: Option<Arc<str>>,
    /// How many.
    pub quantity: Option<Decimal>,
    /// The waybills it went with.
    pub waybills: Vec<DocumentNo>,
    /// The day it was made.
    pub created: Option<NaiveDate>,
    /// The day it was paid.
    pub paid_on: Option<NaiveDate>,
    /// The cell of its amount.
    pub at: Location,
}

impl OrderRow {
    /// Makes the row of a paid order of which no more is known than its
    /// amount.
    pub fn bare(paid: Decimal, at: &Location) -> Self {
        Self {
            order_no: None,
            sub_order_no: None,
            buyer: None,
            shop: None,
            status: None,
            state: State::Paid,
            refund: Refund::None,
            paid,
            refunded: None,
            goods: None,
            postage: None,
            total: None,
            discount: None,
            income: None,
            item: None,
            variant: None,
            quantity: None,
            waybills: Vec::new(),
            created: None,
            paid_on: None,
            at: at.clone(),
        }
    }
}

const FIELDS: Fields = Fields {
    dates: &["created_at", "paid_at"],
    ids: &["order_no", "sub_order_no", "tracking_no"],
    rates: &[],
};

/// The columns an order's amount may stand in, best first.
const AMOUNTS: [&str; 3] = ["paid_amount", "total_amount", GOODS];
const GOODS: &str = "goods_amount";

/// Reads an export of orders.
pub fn orders(table: &Table, context: &ReadContext<'_>) -> Records<OrderRow> {
    let around = Surroundings::of(table, context);
    let mut reader =
        RowReader::new(table, FIELDS, date_hints(&around, context), &context.settings.tax.rates);
    let amount = AMOUNTS.into_iter().find(|field| reader.has(field)).unwrap_or(AMOUNTS[0]);
    let mut lines: Vec<OrderRow> = Vec::with_capacity(reader.rows().len());
    while reader.advance() {
        match order(&mut reader, amount, lines.last()) {
            Some(line) => lines.push(line),
            None => reader.reject("no-amount", amount),
        }
    }
    Records::new(lines, reader.finish(), around)
}

/// Reads the days of an export's orders, and nothing else: before the period
/// is known, no more is needed of many rows.
pub fn order_days(table: &Table, context: &ReadContext<'_>) -> Vec<NaiveDate> {
    let around = Surroundings::of(table, context);
    let fields = Fields { ids: &[], ..FIELDS };
    let mut reader =
        RowReader::new(table, fields, date_hints(&around, context), &context.settings.tax.rates);
    let mut days = Vec::new();
    while reader.advance() {
        days.extend(reader.date("created_at").or_else(|| reader.date("paid_at")));
    }
    days
}

fn order(
    reader: &mut RowReader<'_>,
    amount_field: &'static str,
    before: Option<&OrderRow>,
) -> Option<OrderRow> {
    let order_no = reader.ids("order_no").first().and_then(OrderNo::of);
    let amount = reader.decimal(amount_field).map(|figure| figure.value);
    // Further items of an order whose amount stands once, on its first row.
    let is_more = order_no.is_some() && before.is_some_and(|before| before.order_no == order_no);
    let amount = amount.or(is_more.then_some(Decimal::ZERO))?;
    let status = reader.text("order_status");
    let paid_on = reader.date("paid_at");
    let mut figure = |field| reader.decimal(field).map(|figure| figure.value);
    let (goods, price) = (figure("goods_amount"), figure("unit_price"));
    let (postage, total) = (figure("postage"), figure("total_amount"));
    let (discount, income) = (figure("discount"), figure("seller_income"));
    let (refunded, quantity) = (figure("refund_amount"), figure("qty"));
    let product = price.zip(quantity).and_then(|(price, count)| decimal::product(price, count));
    let said = reader.text("refund_status");
    let refund = match refund(said.as_deref(), status.as_deref()) {
        // Where nothing says what became of it, the money itself does.
        Refund::None if said.is_none() && refunded.is_some_and(is_money) => Refund::Done,
        known => known,
    };
    let goods = goods.or(product.filter(|_| !reader.has("goods_amount")));
    let never_paid = reader.has("paid_at") && paid_on.is_none();
    // So is its status, and when it was paid.
    let first = before.filter(|_| is_more && status.is_none()).map(|before| before.state);
    let unsaid = if never_paid { State::Unpaid } else { State::Paid };
    let state = state(status.as_deref()).or(first).unwrap_or(unsaid);
    // Exports write what is to be paid beside orders that nobody has paid.
    let is_paid = match state {
        State::Paid => true,
        State::Unpaid => false,
        State::Closed => paid_on.is_some() || refund != Refund::None,
    };
    // What a buyer pays for goods alone includes what brings them.
    let amount =
        if amount_field == GOODS { with_postage(amount, postage, discount)? } else { amount };
    Some(OrderRow {
        order_no,
        sub_order_no: reader.ids("sub_order_no").into_iter().next().map(|number| number.text),
        buyer: reader.text("wangwang_id"),
        shop: reader.text("shop"),
        status,
        state,
        refund,
        paid: if is_paid { amount } else { Decimal::ZERO },
        refunded,
        goods,
        postage,
        total,
        discount,
        income,
        item: reader.text("item_title").or_else(|| reader.text("item_name")),
        variant: reader.text("sku_code").or_else(|| reader.text("sku_props")),
        quantity,
        waybills: reader.ids("tracking_no"),
        created: reader.date("created_at"),
        paid_on,
        at: reader.at(amount_field),
    })
}

fn with_postage(
    goods: Decimal,
    postage: Option<Decimal>,
    discount: Option<Decimal>,
) -> Option<Decimal> {
    let off = discount.unwrap_or_default().abs();
    goods.checked_add(postage.unwrap_or_default())?.checked_sub(off)
}

fn is_money(amount: Decimal) -> bool {
    !amount.is_zero()
}

/// A line of a plain list of sales is an order that is paid.
impl From<super::Booking> for OrderRow {
    fn from(row: super::Booking) -> Self {
        Self {
            order_no: row.order_no,
            buyer: row.buyer,
            shop: row.shop,
            item: row.item,
            created: row.date,
            ..Self::bare(row.amount, &row.at)
        }
    }
}
