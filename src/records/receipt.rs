//! Goods received, as our register has them.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::by_day::DayColumns;
use super::charges;
use super::classify::by_word_alone;
use super::money::{Basis, amount_or_product, date_hints, main_amount};
use super::reader::{Fields, Figure, RowReader};
use super::surroundings::Surroundings;
use super::{DocumentNo, EntryType, Item, ReadContext, Records};
use crate::input::sheet::Value;
use crate::input::table::{Role, Table};
use crate::input::values::{DateHints, Parsed, dates, ids};
use crate::kinds;
use crate::location::{Located, Location};
use crate::text::header_word;

/// One line of the goods receipts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptLine {
    /// The supplier as the row (or the row above it) writes it.
    pub party: Option<Located<Arc<str>>>,
    /// The day of receipt.
    pub date: Option<NaiveDate>,
    /// The day it is to be paid, where the paper says so.
    pub due: Option<NaiveDate>,
    /// The supplier's delivery note.
    pub document_nos: Vec<DocumentNo>,
    /// Our own receipt number.
    pub receipt_no: Option<DocumentNo>,
    /// Purchase orders and other numbers.
    pub other_nos: Vec<DocumentNo>,
    /// What was received.
    pub item: Item,
    /// The quantity that counts: received, or delivered where the sheet has
    /// no other.
    pub quantity: Option<Decimal>,
    /// The quantity the supplier delivered, if the sheet has it beside.
    pub delivered: Option<Decimal>,
    /// The unit of the quantity.
    pub unit: Option<Arc<str>>,
    /// Base units per unit, if the sheet says so.
    pub pack_factor: Option<Decimal>,
    /// Price of one `unit`.
    pub unit_price: Option<Decimal>,
    /// The amount; negative on rows that take goods back.
    pub amount: Decimal,
    /// Whether it is a charge beside the goods of its row (运费), in a column
    /// of its own.
    pub charge: bool,
    /// Whether the sheet has no amount here and it is quantity × price.
    pub amount_computed: bool,
    /// Tax rate of the line.
    pub tax_rate: Option<Decimal>,
    /// Whether price and amount include tax, if the sheet says so.
    pub tax_included: Option<bool>,
    /// Free text beside it.
    pub remark: Option<Arc<str>>,
    /// The cell of its amount.
    pub at: Location,
}

const FIELDS: Fields = Fields {
    dates: &["receipt_date"],
    ids: &["delivery_note_no", "receipt_no", "po_no", "order_no", "invoice_no", "item_code"],
    rates: &["tax_rate"],
};

/// What a printed form says above its lines, once for all of them.
#[derive(Debug, Default)]
pub(super) struct Form {
    pub(super) date: Option<NaiveDate>,
    pub(super) document_nos: Vec<DocumentNo>,
    receipt_no: Vec<DocumentNo>,
    po_no: Vec<DocumentNo>,
}

impl Form {
    /// Reads what is said above `table`, in the words of a kind.
    pub(super) fn of(kind: &str, table: &Table, hints: DateHints) -> Self {
        let Some(kind) = kinds::get(kind) else { return Self::default() };
        let mut form = Self::default();
        for fact in &table.facts {
            // A number without a name is the form's own.
            let printed = (fact.key == "№").then_some("delivery_note_no");
            let claimed = kind.claim(&header_word(&fact.key)).map(|field| field.name.as_str());
            let Some(field) = printed.or(claimed) else { continue };
            let value = [Value::Text(fact.value.value.as_str().into())];
            match field {
                "receipt_date" | "doc_date" => {
                    let day = dates(&value, hints).pop().and_then(Parsed::value);
                    form.date = form.date.or(day.map(|day| day.value));
                }
                "delivery_note_no" => keep_first(&mut form.document_nos, &value[0]),
                "receipt_no" => keep_first(&mut form.receipt_no, &value[0]),
                "po_no" => keep_first(&mut form.po_no, &value[0]),
                _ => {}
            }
        }
        form
    }
}

fn keep_first(kept: &mut Vec<DocumentNo>, value: &Value) {
    if let (true, Some(found)) = (kept.is_empty(), ids(value).value()) {
        kept.extend(found.into_iter().map(|id| DocumentNo { text: id.text, damaged: id.damaged }));
    }
}

/// Returns the numbers of a row, else those of its form.
fn or_of_form(own: Vec<DocumentNo>, has_column: bool, form: &[DocumentNo]) -> Vec<DocumentNo> {
    if has_column { own } else { form.to_vec() }
}

/// Reads goods receipts.
pub fn receipts(table: &Table, context: &ReadContext<'_>) -> Records<ReceiptLine> {
    let around = Surroundings::of(table, context);
    let mut reader =
        RowReader::new(table, FIELDS, date_hints(&around, context), &context.settings.tax.rates);
    let main = main_amount(&reader);
    let quantity = ["received_qty", "qty", "delivered_qty"].into_iter().find(|f| reader.has(f));
    let quantity = quantity.unwrap_or("received_qty");
    let basis = Basis::of(&reader, &around, main, false, quantity);
    let form = Form::of("goods_receipt", table, date_hints(&around, context));
    let columns = charges::beside(&reader, main, quantity);
    let days = DayColumns::of(table, &reader, date_hints(&around, context));
    let (mut lines, mut beside) = (Vec::with_capacity(reader.rows().len()), Vec::new());
    let mut returned = Vec::new();
    while reader.advance() {
        match receipt(&mut reader, main, quantity, (&basis, &around, &form), context) {
            Some(line) => {
                if line.amount > Decimal::ZERO && is_called_return(&mut reader) {
                    returned.push(lines.len());
                }
                for field in &columns {
                    // A charge stands beside the whole row.
                    let charge = charges::charge(&mut reader, field);
                    beside.extend(charge.map(|charge| charge_of(&line, charge)));
                }
                lines.extend(days.split(table, &reader, line));
            }
            None => reader.reject("no-amount", main),
        }
    }
    if !adds_up(table, &reader, main, &lines) {
        for &at in &returned {
            let line: &mut ReceiptLine = &mut lines[at];
            line.amount = -line.amount;
            line.quantity = line.quantity.map(|quantity| -quantity.abs());
        }
    }
    lines.append(&mut beside);
    Records::new(lines, reader.finish(), around)
}

/// Makes the line of a charge that stands beside the goods of a row.
fn charge_of(goods: &ReceiptLine, (item, figure): (Item, Figure)) -> ReceiptLine {
    ReceiptLine {
        item,
        quantity: None,
        delivered: None,
        unit: None,
        pack_factor: None,
        unit_price: None,
        amount: figure.value,
        charge: true,
        amount_computed: false,
        at: figure.at,
        ..goods.clone()
    }
}

/// Whether the column that says what a row is calls it a return.
pub(super) fn is_called_return(reader: &mut RowReader<'_>) -> bool {
    let said = reader.text("receipt_type").or_else(|| reader.text("purchase_type"));
    let by_type = said.as_deref().and_then(by_word_alone);
    by_type.or_else(|| reader.loose_texts().find_map(|text| by_word_alone(&text)))
        == Some(EntryType::Return)
}

/// Whether the sheet's own total adds its lines as they are printed: then
/// what it calls a return it has counted as goods.
fn adds_up(table: &Table, reader: &RowReader<'_>, main: &str, lines: &[ReceiptLine]) -> bool {
    let mut sum = Decimal::ZERO;
    for line in lines {
        sum = sum.saturating_add(line.amount);
    }
    table.rows_of(Role::Total).any(|row| reader.peek(row, main) == Some(sum))
}

fn receipt(
    reader: &mut RowReader<'_>,
    main: &str,
    quantity_field: &str,
    (basis, around, form): (&Basis, &Surroundings, &Form),
    context: &ReadContext<'_>,
) -> Option<ReceiptLine> {
    let received = reader.decimal(quantity_field);
    let delivered = match quantity_field {
        "delivered_qty" => received.clone(),
        _ => reader.decimal("delivered_qty"),
    };
    let counted = received.or_else(|| delivered.clone());
    let quantity = counted.as_ref().map(|figure| figure.value);
    let printed_price = basis.of_one(reader.decimal("unit_price")).map(|price| price.value);
    let party = reader.located_text("supplier");
    let own_tax = around.tax_of(party.as_ref());
    let tax_rate = reader.rate("tax_rate").or(own_tax.rate).or(basis.tax_rate);
    let unit_price = basis.price(printed_price, tax_rate);
    let unit = reader.unit(quantity_field, counted.as_ref());
    let date = reader.date("receipt_date");
    let date = if reader.has("receipt_date") { date } else { form.date };
    let numbers = |reader: &mut RowReader<'_>, field: &str, outside: &[DocumentNo]| {
        or_of_form(reader.ids(field), reader.has(field), outside)
    };
    let document_nos = numbers(reader, "delivery_note_no", &form.document_nos);
    let receipt_no = numbers(reader, "receipt_no", &form.receipt_no).into_iter().next();
    let mut other_nos = numbers(reader, "po_no", &form.po_no);
    for field in ["order_no", "invoice_no"] {
        other_nos.extend(reader.ids(field));
    }
    let item = reader.item();
    let remark = reader.text("remark");
    let pack_factor = reader.pack_factor();
    let (amount, amount_computed) = amount_or_product(reader, main, quantity, unit_price)?;
    Some(ReceiptLine {
        due: None,
        party,
        date,
        document_nos,
        receipt_no,
        other_nos,
        item,
        quantity,
        delivered: delivered.map(|figure| figure.value),
        unit,
        pack_factor,
        unit_price,
        amount: amount.value,
        charge: false,
        amount_computed,
        tax_rate,
        tax_included: own_tax
            .included
            .or(basis.tax_included)
            .or(context.settings.tax.ours_included),
        remark,
        at: amount.at,
    })
}
