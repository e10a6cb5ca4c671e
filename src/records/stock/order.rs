//! Purchase orders that are still open: from lists of orders, and from tables
//! of arrivals.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::money::date_hints;
use super::super::reader::{Fields, RowReader};
use super::super::surroundings::Surroundings;
use super::super::{DocumentNo, Item, ReadContext, Records};
use super::facts::facts;
use super::moment::moment_of;
use super::parts::Parts;
use super::promises::deliveries;
use crate::input::table::{Fact, Table};
use crate::input::values::DateHints;
use crate::location::{Located, Location};
use crate::text::fold;

/// One line of a purchase order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenOrderLine {
    /// The purchase order.
    pub order_no: Option<DocumentNo>,
    /// The sales or production order it is bought for.
    pub for_order: Option<DocumentNo>,
    /// The supplier as the row (or the form's head) writes it.
    pub supplier: Option<Located<Arc<str>>>,
    /// What was ordered.
    pub item: Item,
    /// The unit of its quantities.
    pub unit: Option<Arc<str>>,
    /// How much was ordered.
    pub ordered: Option<Decimal>,
    /// How much of it has come.
    pub received: Option<Decimal>,
    /// How much is still to come: what the sheet says, else ordered −
    /// received; nought where the row says that it is closed.
    pub open: Decimal,
    /// The price of one unit.
    pub unit_price: Option<Decimal>,
    /// The day of the order.
    pub ordered_on: Option<NaiveDate>,
    /// The day for which the supplier has promised it.
    pub promised: Option<NaiveDate>,
    /// What stands there where no day does (待定, 11月中旬).
    pub promise_words: Option<Arc<str>>,
    /// The day on which what has come came.
    pub arrived_on: Option<NaiveDate>,
    /// The day on which it is needed.
    pub needed_by: Option<NaiveDate>,
    /// Who sees to it.
    pub buyer: Option<Arc<str>>,
    /// Free text beside it.
    pub remark: Option<Arc<str>>,
    /// The cell of its open quantity.
    pub at: Location,
}

const ORDERS: Fields = Fields {
    dates: &["delivery_date", "order_date", "needed_by"],
    ids: &["po_no", "order_no", "item_code"],
    rates: &[],
};

const ARRIVALS: Fields = Fields {
    dates: &["promise_date", "actual_date", "needed_by"],
    ids: &["po_no", "order_no", "component_code"],
    rates: &[],
};

/// Words of the state of an order that is not coming any more.
const CLOSED: [&str; 12] = [
    "作废",
    "已作废",
    "取消",
    "已取消",
    "关闭",
    "已关闭",
    "结案",
    "已结案",
    "cancelled",
    "canceled",
    "closed",
    "void",
];

/// Reads the purchase orders of a table of the kind `purchase_order` or
/// `material_arrival`; `None` for all others.
pub fn open_orders(
    kind: &str,
    table: &Table,
    context: &ReadContext<'_>,
) -> Option<Records<OpenOrderLine>> {
    let fields = match kind {
        "purchase_order" => ORDERS,
        "material_arrival" => ARRIVALS,
        _ => return None,
    };
    let around = Surroundings::of(table, context);
    let hints = date_hints(&around, context);
    let mut reader = RowReader::new(table, fields, hints, &[]);
    let head = Head::of(table, hints);
    let parts = Parts::of(table, hints);
    let mut lines = Vec::new();
    while reader.advance() {
        let read =
            if kind == "purchase_order" { order(&mut reader, &head) } else { arrival(&mut reader) };
        match read {
            Ok(line) => {
                let stated = reader.has("open_qty") || reader.has("shortage_qty");
                let parts = parts.apart(&mut reader, line, stated);
                lines.extend(parts.into_iter().flat_map(|line| in_deliveries(line, hints)));
            }
            Err((reason, field)) => reader.reject(reason, field),
        }
    }
    Some(Records::new(lines, reader.finish(), around))
}

/// Takes a line apart whose promise is of several deliveries.
fn in_deliveries(line: OpenOrderLine, hints: DateHints) -> Vec<OpenOrderLine> {
    let words = line.promise_words.as_deref();
    let Some(parts) = words.and_then(|words| deliveries(words, line.open, hints)) else {
        return vec![line];
    };
    let part = |(day, quantity)| OpenOrderLine {
        open: quantity,
        promised: Some(day),
        promise_words: None,
        ..line.clone()
    };
    parts.into_iter().map(part).collect()
}

/// What the head of a form says of all its rows.
struct Head {
    order_no: Option<DocumentNo>,
    supplier: Option<Located<Arc<str>>>,
    promised: Option<NaiveDate>,
}

impl Head {
    fn of(table: &Table, hints: DateHints) -> Self {
        let fact = |field| facts(table, "purchase_order", field).next();
        let text = |fact: &Fact| Arc::from(fact.value.value.trim());
        Self {
            order_no: fact("po_no").map(|fact| DocumentNo { text: text(fact), damaged: false }),
            supplier: fact("supplier")
                .map(|fact| Located { value: text(fact), at: fact.value.at.clone() }),
            promised: fact("delivery_date")
                .and_then(|fact| moment_of(&fact.value.value, hints))
                .map(|moment| moment.day),
        }
    }
}

type Refused = (&'static str, &'static str);

fn order(reader: &mut RowReader<'_>, head: &Head) -> Result<OpenOrderLine, Refused> {
    let item = reader.item();
    if item.code.is_none() && item.name.is_none() {
        return Err(("no-item", "item_code"));
    }
    let ordered = reader.decimal("qty");
    let quantities =
        quantities(reader, "received_qty", "open_qty", ordered.as_ref().map(|q| q.value));
    let (received, open) = quantities.ok_or(("no-quantity", "qty"))?;
    let (promised, promise_words) = reader.day_or_words("delivery_date");
    let undated = promised.is_none() && promise_words.is_none();
    Ok(OpenOrderLine {
        order_no: reader.ids("po_no").into_iter().next().or_else(|| head.order_no.clone()),
        for_order: reader.ids("order_no").into_iter().next(),
        supplier: reader.located_text("supplier").or_else(|| head.supplier.clone()),
        unit: reader.unit("qty", ordered.as_ref()),
        ordered: ordered.map(|figure| figure.value),
        received,
        open,
        unit_price: reader.decimal("unit_price").map(|price| price.value),
        ordered_on: reader.date("order_date"),
        promised: promised.or(head.promised.filter(|_| undated)),
        promise_words,
        arrived_on: None,
        needed_by: reader.date("needed_by"),
        buyer: reader.text("buyer"),
        remark: reader.text("remark"),
        at: reader.at(if reader.has("open_qty") { "open_qty" } else { "qty" }),
        item,
    })
}

fn arrival(reader: &mut RowReader<'_>) -> Result<OpenOrderLine, Refused> {
    let mut item = reader.item();
    let code = reader.ids("component_code").into_iter().next().map(|code| code.text);
    item.code = item.code.or(code);
    item.name = item.name.or_else(|| reader.text("component_name"));
    if item.code.is_none() && item.name.is_none() {
        return Err(("no-item", "component_code"));
    }
    let ordered = reader.decimal("required_qty");
    let quantities =
        quantities(reader, "arrived_qty", "shortage_qty", ordered.as_ref().map(|q| q.value));
    let (received, open) = quantities.ok_or(("no-quantity", "required_qty"))?;
    let (promised, promise_words) = reader.day_or_words("promise_date");
    Ok(OpenOrderLine {
        order_no: reader.ids("po_no").into_iter().next(),
        for_order: reader.ids("order_no").into_iter().next(),
        supplier: reader.located_text("supplier"),
        unit: reader.unit("required_qty", ordered.as_ref()),
        ordered: ordered.map(|figure| figure.value),
        received,
        open,
        unit_price: reader.decimal("unit_price").map(|price| price.value),
        ordered_on: None,
        promised,
        promise_words,
        arrived_on: reader.day_or_words("actual_date").0,
        needed_by: reader.date("needed_by"),
        buyer: reader.text("buyer"),
        remark: reader.text("remark"),
        at: reader.at(if reader.has("shortage_qty") { "shortage_qty" } else { "required_qty" }),
        item,
    })
}

/// Reads how much has come and how much is still to come.
fn quantities(
    reader: &mut RowReader<'_>,
    received: &str,
    open: &str,
    ordered: Option<Decimal>,
) -> Option<(Option<Decimal>, Decimal)> {
    let came = reader.decimal(received).map(|figure| figure.value);
    let stated = reader.decimal(open).map(|figure| figure.value.abs());
    let computed = ordered.and_then(|ordered| ordered.checked_sub(came.unwrap_or_default()));
    // Deliveries side by side say together how much it is.
    let parts = || reader.peek_any("part_qty").then_some(Decimal::ZERO);
    let open = stated.or(computed).or_else(parts)?.max(Decimal::ZERO);
    let closed = reader.text("status").is_some_and(|word| {
        let folded = fold(&word);
        CLOSED.iter().any(|closed| folded == *closed)
    });
    Some((came, if closed { Decimal::ZERO } else { open }))
}
