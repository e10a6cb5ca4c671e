//! What last period left: balances, open items, settled items.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::classify::{by_word_alone, by_words, open_in_theirs, side_is_theirs};
use super::money::{amount_or_product, date_hints};
use super::reader::{Fields, Figure, RowReader};
use super::surroundings::Surroundings;
use super::{DocumentNo, EntryType, Item, ReadContext, Records};
use crate::input::table::Table;
use crate::location::{Located, Location};

/// The balances of one supplier at the end of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BalanceLine {
    /// The supplier as the row writes it.
    pub party: Option<Located<Arc<str>>>,
    /// The balance that its period began with.
    pub opening: Option<Located<Decimal>>,
    /// Our closing balance.
    pub ours: Option<Located<Decimal>>,
    /// Their closing balance.
    pub theirs: Option<Located<Decimal>>,
    /// What explains the difference, as written.
    pub remark: Option<Arc<str>>,
    /// The row, at its first amount.
    pub at: Location,
}

/// One item that last period left open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenItem {
    /// The supplier as the row writes it.
    pub party: Option<Located<Arc<str>>>,
    /// Its day.
    pub date: Option<NaiveDate>,
    /// Delivery note numbers.
    pub document_nos: Vec<DocumentNo>,
    /// Numbers beside it.
    pub other_nos: Vec<DocumentNo>,
    /// What it is about.
    pub item: Item,
    /// Quantity.
    pub quantity: Option<Decimal>,
    /// Its unit.
    pub unit: Option<Arc<str>>,
    /// Price of one `unit`.
    pub unit_price: Option<Decimal>,
    /// The amount, by its effect on the balance.
    pub amount: Decimal,
    /// Whether it stands in their books and not in ours (billed, not yet
    /// received); else in ours and not in theirs (received, not billed).
    pub theirs: bool,
    /// What it is.
    pub entry_type: EntryType,
    /// Why it is open, as written (已收未开单).
    pub status: Option<Arc<str>>,
    /// The period it is expected in, as written.
    pub expected_in: Option<Arc<str>>,
    /// Free text beside it.
    pub remark: Option<Arc<str>>,
    /// The cell of its amount.
    pub at: Location,
}

/// One item settled on an earlier paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettledItem {
    /// The supplier as the row writes it.
    pub party: Option<Located<Arc<str>>>,
    /// Its day.
    pub date: Option<NaiveDate>,
    /// Delivery note numbers.
    pub document_nos: Vec<DocumentNo>,
    /// What it is about.
    pub item: Item,
    /// Quantity.
    pub quantity: Option<Decimal>,
    /// The amount, by its effect on the balance.
    pub amount: Option<Decimal>,
    /// When it was settled, as written (9月已对).
    pub settled_in: Option<Arc<str>>,
    /// The row, at its amount or number.
    pub at: Location,
}

const BALANCE_FIELDS: Fields = Fields { dates: &[], ids: &[], rates: &[] };
const OPEN_FIELDS: Fields = Fields {
    dates: &["receipt_date"],
    ids: &["delivery_note_no", "receipt_no", "po_no", "item_code"],
    rates: &[],
};
const SETTLED_FIELDS: Fields =
    Fields { dates: &["doc_date"], ids: &["delivery_note_no", "item_code"], rates: &[] };

/// Reads one kind of row of last period's sheets.
fn read<T>(
    table: &Table,
    context: &ReadContext<'_>,
    fields: Fields,
    reason: (&'static str, &'static str),
    row: impl Fn(&mut RowReader<'_>) -> Option<T>,
) -> Records<T> {
    let around = Surroundings::of(table, context);
    let mut reader =
        RowReader::new(table, fields, date_hints(&around, context), &context.settings.tax.rates);
    let mut lines = Vec::new();
    while reader.advance() {
        match row(&mut reader) {
            Some(line) => lines.push(line),
            None => reader.reject(reason.0, reason.1),
        }
    }
    Records::new(lines, reader.finish(), around)
}

/// Reads the balances that last period ended with.
pub fn balance_lines(table: &Table, context: &ReadContext<'_>) -> Records<BalanceLine> {
    read(table, context, BALANCE_FIELDS, ("no-amount", "our_closing"), balance_line)
}

fn balance_line(reader: &mut RowReader<'_>) -> Option<BalanceLine> {
    let located = |figure: Figure| Located { value: figure.value, at: figure.at };
    let ours = reader.decimal("our_closing").or_else(|| reader.decimal("balance")).map(located);
    let theirs = reader.decimal("their_closing").map(located);
    let opening = reader.decimal("opening_balance").map(located);
    let party = reader.located_text("supplier");
    let at = match ours.as_ref().or(theirs.as_ref()).or(opening.as_ref()) {
        Some(balance) => balance.at.clone(),
        // A supplier whose balance nobody knew is no mistake.
        None => party.as_ref()?.at.clone(),
    };
    let remark = reader.text("difference_note").or_else(|| reader.text("remark"));
    Some(BalanceLine { party, opening, ours, theirs, remark, at })
}

/// Reads the items that last period left open.
pub fn open_items(table: &Table, context: &ReadContext<'_>) -> Records<OpenItem> {
    read(table, context, OPEN_FIELDS, ("no-amount", "amount"), open_item)
}

fn open_item(reader: &mut RowReader<'_>) -> Option<OpenItem> {
    let figure = reader.decimal("qty");
    let unit = reader.unit("qty", figure.as_ref());
    let quantity = figure.map(|figure| figure.value);
    let unit_price = reader.decimal("unit_price").map(|price| price.value);
    let mut other_nos = reader.ids("receipt_no");
    other_nos.extend(reader.ids("po_no"));
    let (item, status, remark) = (reader.item(), reader.text("status"), reader.text("remark"));
    let (party, date) = (reader.located_text("supplier"), reader.date("receipt_date"));
    let document_nos = reader.ids("delivery_note_no");
    let expected_in = reader.text("expected_period");
    let (amount, _) = amount_or_product(reader, "amount", quantity, unit_price)?;
    let (said, side) = (reader.text("type"), reader.text("side"));
    let texts = [item.name.as_deref(), status.as_deref(), remark.as_deref(), said.as_deref()];
    let goods = quantity.is_some_and(|quantity| !quantity.is_zero());
    let by_texts = || texts.iter().flatten().find_map(|text| by_words(text)).filter(|_| !goods);
    let named = said.as_deref().and_then(by_word_alone).or_else(by_texts);
    let theirs = side.as_deref().and_then(side_is_theirs);
    let theirs =
        theirs.or_else(|| texts[1..].iter().flatten().find_map(|text| open_in_theirs(text)));
    let back = amount.value.is_sign_negative() && !amount.value.is_zero();
    let entry_type = named.unwrap_or(if back { EntryType::Return } else { EntryType::Goods });
    let lowers =
        !matches!(entry_type, EntryType::Goods | EntryType::Charge | EntryType::Adjustment);
    Some(OpenItem {
        party,
        date,
        document_nos,
        other_nos,
        item,
        quantity,
        unit,
        unit_price,
        amount: if lowers { -amount.value.abs() } else { amount.value },
        theirs: theirs.unwrap_or(false),
        entry_type,
        status,
        expected_in,
        remark,
        at: amount.at,
    })
}

/// Reads the items that earlier papers settled.
pub fn settled_items(table: &Table, context: &ReadContext<'_>) -> Records<SettledItem> {
    read(table, context, SETTLED_FIELDS, ("nothing-usable", "delivery_note_no"), settled_item)
}

fn settled_item(reader: &mut RowReader<'_>) -> Option<SettledItem> {
    let amount = reader.decimal("amount");
    let document_nos = reader.ids("delivery_note_no");
    if amount.is_none() && document_nos.is_empty() {
        return None;
    }
    let at = match &amount {
        Some(amount) => amount.at.clone(),
        None => reader.at("delivery_note_no"),
    };
    Some(SettledItem {
        party: reader.located_text("supplier"),
        date: reader.date("doc_date"),
        document_nos,
        item: reader.item(),
        quantity: reader.decimal("qty").map(|quantity| quantity.value),
        amount: amount.map(|amount| amount.value),
        settled_in: reader.text("settled_in"),
        at,
    })
}
