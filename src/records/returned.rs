//! Returns and deductions, as our register has them.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::classify::by_words;
use super::money::{amount_or_product, date_hints, prints_negative};
use super::reader::{Fields, RowReader};
use super::returned_goods;
use super::surroundings::Surroundings;
use super::{DocumentNo, EntryType, Item, ReadContext, Records};
use crate::input::table::Table;
use crate::location::{Located, Location};

/// One line of the register of returns and deductions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnLine {
    /// The supplier as the row writes it.
    pub party: Option<Located<Arc<str>>>,
    /// `Return`, `Deduction` or `Discount`.
    pub entry_type: EntryType,
    /// Its day.
    pub date: Option<NaiveDate>,
    /// The return or deduction number.
    pub document_nos: Vec<DocumentNo>,
    /// The receipt or delivery note it goes back to.
    pub other_nos: Vec<DocumentNo>,
    /// What was sent back.
    pub item: Item,
    /// The quantity, negative.
    pub quantity: Option<Decimal>,
    /// Its unit.
    pub unit: Option<Arc<str>>,
    /// Price of one `unit`.
    pub unit_price: Option<Decimal>,
    /// The amount by its effect on the balance: negative, however the
    /// register prints it.
    pub amount: Decimal,
    /// Whether the sheet has no amount here and it is quantity × price.
    pub amount_computed: bool,
    /// Why.
    pub reason: Option<Arc<str>>,
    /// The month it was settled in, as written.
    pub settled_in: Option<Arc<str>>,
    /// Free text beside it.
    pub remark: Option<Arc<str>>,
    /// The cell of its amount.
    pub at: Location,
}

const FIELDS: Fields = Fields {
    dates: &["return_date"],
    ids: &["return_no", "source_receipt_no", "item_code"],
    rates: &[],
};

/// The column of the amounts.
const AMOUNT: &str = "deduction_amount";

/// Reads the register of returns and deductions.
pub fn returns(table: &Table, context: &ReadContext<'_>) -> Records<ReturnLine> {
    let around = Surroundings::of(table, context);
    let mut reader =
        RowReader::new(table, FIELDS, date_hints(&around, context), &context.settings.tax.rates);
    let negative = prints_negative(&reader, AMOUNT);
    let mut lines = Vec::new();
    while reader.advance() {
        match returned(&mut reader, negative) {
            Some(line) => lines.push(line),
            None => reader.reject("no-amount", AMOUNT),
        }
    }
    Records::new(lines, reader.finish(), around)
}

fn returned(reader: &mut RowReader<'_>, negative: bool) -> Option<ReturnLine> {
    let figure = reader.decimal("return_qty");
    let mut unit = reader.unit("return_qty", figure.as_ref());
    let quantity = figure.map(|figure| figure.value).filter(|quantity| !quantity.is_zero());
    let unit_price = reader.decimal("unit_price").map(|price| price.value);
    let party = reader.located_text("supplier");
    let date = reader.date("return_date");
    let document_nos = reader.ids("return_no");
    let other_nos = reader.ids("source_receipt_no");
    let mut item = reader.item();
    let kind_word = reader.text("return_type");
    let reason = reader.text("reason");
    let settled_in = reader.text("settled_in");
    let remark = reader.text("remark");
    let size = quantity.map(|quantity| quantity.abs());
    let (amount, amount_computed) = amount_or_product(reader, AMOUNT, size, unit_price)?;
    let effect = if negative && !amount_computed { amount.value } else { -amount.value };
    let named = |text: &Option<Arc<str>>| text.as_deref().and_then(by_words);
    let entry_type = named(&kind_word)
        .or_else(|| named(&item.name))
        .or(quantity.map(|_| EntryType::Return))
        .or_else(|| named(&reason))
        .unwrap_or(EntryType::Deduction);
    let mut quantity = size.map(|size| if effect.is_sign_negative() { -size } else { size });
    returned_goods::take(entry_type, &mut item, &mut quantity, &mut unit, effect);
    Some(ReturnLine {
        party,
        entry_type,
        date,
        document_nos,
        other_nos,
        item,
        quantity,
        unit,
        unit_price,
        amount: effect,
        amount_computed,
        reason,
        settled_in,
        remark,
        at: amount.at,
    })
}
