//! Shipping slips: printed forms, one order each, or lists of many.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::number::OrderNo;
use crate::input::sheet::Value;
use crate::input::table::{Fact, Table};
use crate::input::values::id::ids;
use crate::input::values::{Parsed, decimal};
use crate::kinds::vocabulary::fields_of;
use crate::location::Location;
use crate::records::money::date_hints;
use crate::records::reader::{Fields, RowReader};
use crate::records::surroundings::{Surroundings, slip_fact};
use crate::records::{DocumentNo, ReadContext, Records};

/// One slip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// Its own number.
    pub slip_no: Option<Arc<str>>,
    /// Its day.
    pub date: Option<NaiveDate>,
    /// The shop that sold it.
    pub shop: Option<Arc<str>>,
    /// The buyer's id, as written.
    pub buyer: Option<Arc<str>>,
    /// The order's number.
    pub order_no: Option<OrderNo>,
    /// The further orders that it ships.
    pub more_nos: Box<[OrderNo]>,
    /// What it lists: all of a form at the buyer's cell, or each row of a
    /// list.
    pub parts: Vec<SlipPart>,
}

/// What stands in one place of a slip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipPart {
    /// What it is.
    pub item: Option<Arc<str>>,
    /// How many.
    pub quantity: Option<Decimal>,
    /// For how much, if the slip says so.
    pub amount: Option<Decimal>,
    /// Its place.
    pub at: Location,
}

const FIELDS: Fields = Fields { dates: &["slip_date"], ids: &["order_no", "slip_no"], rates: &[] };

/// Reads the slips of a table that name their buyers or orders; others
/// (goods for distributors) have none.
pub fn slips(table: &Table, context: &ReadContext<'_>) -> Records<Slip> {
    let around = Surroundings::of(table, context);
    let mut reader =
        RowReader::new(table, FIELDS, date_hints(&around, context), &context.settings.tax.rates);
    let form = Form::of(table);
    let lists = reader.has("wangwang_id") || reader.has("order_no");
    let mut slips: Vec<Slip> = Vec::new();
    while reader.advance() {
        let row = row(&mut reader);
        if form.is_empty() && !lists {
            continue;
        }
        match slips.last_mut() {
            Some(last) if !form.is_empty() || continues(last, &row) => last.parts.extend(row.parts),
            _ => slips.push(row),
        }
    }
    if let (Some(slip), false) = (slips.first_mut(), form.is_empty()) {
        form.apply(slip);
    }
    Records::new(slips, reader.finish(), around)
}

/// Whether a row of a list belongs to the slip of the row before it.
fn continues(slip: &Slip, row: &Slip) -> bool {
    if row.slip_no.is_none() && row.order_no.is_none() && row.buyer.is_none() {
        return true;
    }
    if row.shop.is_some() && row.shop != slip.shop {
        return false;
    }
    let same_slip = slip.slip_no == row.slip_no;
    let same_orders = slip.order_no == row.order_no && slip.more_nos == row.more_nos;
    same_slip && same_orders && slip.buyer == row.buyer
}

fn row(reader: &mut RowReader<'_>) -> Slip {
    let figure = |reader: &mut RowReader<'_>, field| reader.decimal(field).map(|f| f.value);
    let (quantity, price) = (figure(reader, "qty"), figure(reader, "unit_price"));
    let product =
        quantity.zip(price).and_then(|(quantity, price)| decimal::product(quantity, price));
    let has_buyer = reader.has("wangwang_id");
    let part = SlipPart {
        item: reader.item().text(),
        quantity,
        amount: figure(reader, "amount").or(product),
        at: reader.at(if has_buyer { "wangwang_id" } else { "order_no" }),
    };
    let numbers = reader.ids("order_no");
    let mut numbers = numbers.iter().filter_map(OrderNo::of);
    Slip {
        slip_no: reader.ids("slip_no").into_iter().next().map(|number| number.text),
        date: reader.date("slip_date"),
        shop: reader.text("customer").filter(|_| names_shop(reader)),
        buyer: reader.text("wangwang_id"),
        order_no: numbers.next(),
        more_nos: numbers.collect(),
        parts: vec![part],
    }
}

/// Whether the column of customers names shops: for goods that go to buyers it
/// is who sold them.
fn names_shop(reader: &RowReader<'_>) -> bool {
    reader.column("customer").is_some_and(|column| is_shop(&column.header))
}

fn is_shop(header: &str) -> bool {
    fields_of(header).iter().any(|meaning| meaning.field.name == "shop")
}

/// What a printed form says around its lines.
#[derive(Debug, Default)]
struct Form<'t> {
    buyer: Option<&'t Fact>,
    order_no: Option<&'t Fact>,
    slip_no: Option<&'t Fact>,
    shop: Option<&'t Fact>,
}

impl<'t> Form<'t> {
    fn of(table: &'t Table) -> Self {
        let fact = |field: &str| slip_fact(table, field);
        Self {
            buyer: fact("wangwang_id"),
            order_no: fact("order_no"),
            slip_no: fact("slip_no"),
            shop: fact("customer").filter(|fact| is_shop(&fact.key)),
        }
    }

    fn is_empty(&self) -> bool {
        self.buyer.is_none() && self.order_no.is_none()
    }

    /// Gives a slip what its form says, and makes its lines one, at the
    /// buyer's cell.
    fn apply(&self, slip: &mut Slip) {
        let numbers = |fact: &Fact| match ids(&Value::Text(fact.value.value.as_str().into())) {
            Parsed::Value(ids) => ids,
            _ => Vec::new(),
        };
        let text = |fact: &Fact| Some(Arc::from(fact.value.value.trim()));
        slip.buyer = self.buyer.and_then(text).or(slip.buyer.take());
        slip.shop = self.shop.and_then(text).or(slip.shop.take());
        let said = self.order_no.map(numbers).unwrap_or_default().into_iter();
        let said = said.map(|id| DocumentNo { text: id.text, damaged: id.damaged });
        let mut said = said.filter_map(|number| OrderNo::of(&number));
        if let Some(first) = said.next() {
            slip.order_no = Some(first);
            slip.more_nos = said.collect();
        }
        slip.slip_no = self.slip_no.and_then(text).or(slip.slip_no.take());
        let Some(head) = self.buyer.or(self.order_no) else { return };
        let sum = |figure: fn(&SlipPart) -> Option<Decimal>| {
            let mut figures = slip.parts.iter().filter_map(figure).peekable();
            figures.peek()?;
            figures.try_fold(Decimal::ZERO, Decimal::checked_add)
        };
        let items: Vec<&str> = slip.parts.iter().filter_map(|part| part.item.as_deref()).collect();
        let whole = SlipPart {
            item: (!items.is_empty()).then(|| items.join("、").into()),
            quantity: sum(|part| part.quantity),
            amount: sum(|part| part.amount),
            at: head.value.at.clone(),
        };
        slip.parts = vec![whole];
    }
}
