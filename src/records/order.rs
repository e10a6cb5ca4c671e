//! Orders for products, as order books, production orders and size breakdowns
//! have them: what is ordered, how much, by when material is needed, for whom.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::money::date_hints;
use super::reader::{Fields, RowReader};
use super::surroundings::Surroundings;
use super::{DocumentNo, Item, ReadContext, Records};
use crate::input::table::{Column, Fact, Table};
use crate::kinds;
use crate::location::Location;
use crate::text::{fold, header_key};

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// The order.
    pub order_no: Option<DocumentNo>,
    /// The customer.
    pub customer: Option<Arc<str>>,
    /// How important the customer is, as the paper writes it.
    pub customer_rank: Option<Arc<str>>,
    /// What is ordered.
    pub item: Item,
    /// How many.
    pub quantity: Option<Decimal>,
    /// How many of each size, where sizes have columns of their own.
    pub sizes: Vec<(Arc<str>, Decimal)>,
    /// The day its material must be there: the day it is needed or collected,
    /// else the day its line starts, else the day it is due.
    pub needed_by: Option<NaiveDate>,
    /// The day of the order.
    pub ordered_on: Option<NaiveDate>,
    /// The day its parts list came.
    pub bom_on: Option<NaiveDate>,
    /// Whether the paper keeps the days on which parts lists come.
    pub keeps_bom_days: bool,
    /// The revision it asks for.
    pub revision: Option<Arc<str>>,
    /// Whether it was shipped.
    pub shipped: bool,
    /// Whether it is done or cancelled.
    pub closed: bool,
    /// The cell of its number.
    pub at: Location,
    /// The cell of the day its parts list came; of its number if the paper has
    /// no such column.
    pub bom_at: Location,
}

/// The kinds whose rows are orders.
pub const KINDS: [&str; 3] = ["customer_order", "production_order", "size_breakdown"];

const FIELDS: Fields = Fields {
    dates: &[
        "needed_by",
        "factory_collect_date",
        "line_start",
        "planned_start",
        "delivery_date",
        "order_date",
        "bom_date",
        "ship_date",
    ],
    ids: &["order_no", "production_no", "customer_po", "item_code"],
    rates: &[],
};

/// Words of the state of an order that needs no material any more.
const CLOSED: [&str; 16] = [
    "cancelled",
    "canceled",
    "closed",
    "completed",
    "shipped",
    "void",
    "作废",
    "关闭",
    "取消",
    "完单",
    "完成",
    "已出",
    "已完",
    "结单",
    "结案",
    "退单",
];

/// Reads the orders of a table; `None` if its kind has none.
pub fn orders(kind: &str, table: &Table, context: &ReadContext<'_>) -> Option<Records<OrderLine>> {
    if !KINDS.contains(&kind) {
        return None;
    }
    let around = Surroundings::of(table, context);
    let mut reader = RowReader::new(table, FIELDS, date_hints(&around, context), &[]);
    let head = Head::of(kind, table);
    let sizes = sizes(table);
    let mut lines = Vec::new();
    while reader.advance() {
        let line = line(kind, &mut reader, &head, &sizes);
        let named = line.order_no.is_some() || line.item.code.is_some() || line.item.name.is_some();
        match named {
            true => lines.push(line),
            false => reader.reject("no-item", "item_code"),
        }
    }
    Some(Records::new(lines, reader.finish(), around))
}

/// What stands outside the rows.
#[derive(Default)]
struct Head {
    order_no: Option<Arc<str>>,
    customer: Option<Arc<str>>,
    item_code: Option<Arc<str>>,
    item_name: Option<Arc<str>>,
}

impl Head {
    fn of(kind: &str, table: &Table) -> Self {
        let fact = |fields: &[&str]| {
            table
                .facts
                .iter()
                .find(|fact| means(kind, fact, fields))
                .map(|f| Arc::from(f.value.value.trim()))
        };
        let item: Option<Arc<str>> = fact(&["item_code"]);
        // 款号：K6101 女装五袋牛仔裤
        let parts = item.as_deref().and_then(|text| text.split_once(char::is_whitespace));
        Self {
            order_no: fact(&["order_no", "production_no"]),
            customer: fact(&["customer"]),
            item_name: parts
                .map(|(_, name)| Arc::from(name.trim()))
                .or_else(|| fact(&["item_name"])),
            item_code: parts.map(|(code, _)| Arc::from(code)).or(item),
        }
    }
}

/// Whether a fact's key is one of the kind's fields.
fn means(kind: &str, fact: &Fact, fields: &[&str]) -> bool {
    let Some(kind) = kinds::get(kind) else { return false };
    let key = header_key(&fact.key);
    key.all()
        .any(|word| kind.claim(word).is_some_and(|field| fields.contains(&field.name.as_str())))
}

/// Returns the columns of sizes.
fn sizes(table: &Table) -> Vec<&Column> {
    let sizes = table.columns.iter().filter(|column| column.field == Some("size_columns"));
    sizes.collect()
}

fn line(kind: &str, reader: &mut RowReader<'_>, head: &Head, sizes: &[&Column]) -> OrderLine {
    let mut no = reader.ids("order_no").into_iter().next();
    if kind == "production_order" {
        no = reader.ids("production_no").into_iter().next().or(no);
    }
    // A paper that numbers its orders as the customer does has no other number.
    no = no.or_else(|| reader.ids("customer_po").into_iter().next());
    let from_head = head.order_no.clone().map(|text| DocumentNo { text, damaged: false });
    let mut item = reader.item();
    if item.code.is_none() && item.name.is_none() {
        item.code.clone_from(&head.item_code);
        item.name.clone_from(&head.item_name);
    }
    let sizes = of_sizes(reader, sizes);
    let quantity = quantity(kind, reader, &sizes);
    let status = reader.text("status").map(|text| fold(&text)).unwrap_or_default();
    let numbers = ["order_no", "production_no", "customer_po"];
    let number = numbers.into_iter().find(|field| reader.has(field)).unwrap_or("order_no");
    let needed =
        ["needed_by", "factory_collect_date", "line_start", "planned_start", "delivery_date"];
    let needed_by = needed.into_iter().find_map(|field| reader.date(field));
    OrderLine {
        order_no: no.or(from_head),
        customer: reader.text("customer").or_else(|| head.customer.clone()),
        customer_rank: reader.text("customer_rank"),
        quantity,
        sizes,
        needed_by,
        ordered_on: reader.date("order_date"),
        bom_on: reader.date("bom_date"),
        keeps_bom_days: reader.has("bom_date"),
        revision: reader.text("revision"),
        shipped: reader.text("ship_date").is_some(),
        closed: CLOSED.iter().any(|word| status.contains(word)) && !status.contains('未'),
        at: reader.at(number),
        bom_at: reader.at(if reader.has("bom_date") { "bom_date" } else { number }),
        item,
    }
}

/// Reads how many of each size a row says.
fn of_sizes(reader: &RowReader<'_>, sizes: &[&Column]) -> Vec<(Arc<str>, Decimal)> {
    let row = reader.row();
    let of = |column: &&Column| {
        let name = column.parts.last().unwrap_or(&column.header).as_str();
        Some((Arc::from(name), reader.peek_at(row, column.col)?))
    };
    sizes.iter().filter_map(of).collect()
}

fn quantity(
    kind: &str,
    reader: &mut RowReader<'_>,
    sizes: &[(Arc<str>, Decimal)],
) -> Option<Decimal> {
    let field = match kind {
        "production_order" => "production_qty",
        "size_breakdown" => "row_total",
        _ => "order_qty",
    };
    if let Some(figure) = reader.decimal(field) {
        return Some(figure.value);
    }
    let parts = sizes.iter().map(|(_, quantity)| *quantity);
    parts.fold(None, |sum: Option<Decimal>, part| sum.unwrap_or_default().checked_add(part))
}
