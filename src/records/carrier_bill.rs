//! Carriers' bills: one row a waybill, or several (freight, packing,
//! insurance), as the carrier writes them.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::classify::is_lowered;
use super::money::date_hints;
use super::parcel::{cartons, consigned_volume, volume, weight};
use super::reader::{Fields, RowReader};
use super::surroundings::Surroundings;
use super::{DocumentNo, ReadContext, Records};
use crate::finding::{Finding, codes};
use crate::input::table::{Role, Table};
use crate::location::{Located, Location};
use crate::text::Cartons;

/// One row of a bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillLine {
    /// The waybills it is for.
    pub waybills: Vec<DocumentNo>,
    /// Its day.
    pub date: Option<NaiveDate>,
    /// The carrier, where the row names it.
    pub carrier: Option<Located<Arc<str>>>,
    /// What was done: 标快, 包装服务, 保价.
    pub service: Option<Arc<str>>,
    /// Where it went.
    pub destination: Option<Arc<str>>,
    /// Who got it.
    pub consignee: Option<Arc<str>>,
    /// Our order, if the bill names it.
    pub order_nos: Vec<DocumentNo>,
    /// On the scale, in kilograms.
    pub actual_weight: Option<Decimal>,
    /// By volume, in kilograms.
    pub volume_weight: Option<Decimal>,
    /// The weight that is charged, in kilograms.
    pub chargeable_weight: Option<Decimal>,
    /// Its volume in cubic centimetres.
    pub volume: Option<Decimal>,
    /// The truck, on bills by trips.
    pub vehicle: Option<Arc<str>>,
    /// How many pieces.
    pub pieces: Option<Decimal>,
    /// Its cartons by their sizes, on bills that name them.
    pub cartons: Vec<Cartons>,
    /// The freight before discount and other charges.
    pub freight: Option<Decimal>,
    /// What is charged in columns of its own, by their headers.
    pub charges: Vec<(Arc<str>, Decimal)>,
    /// What is taken off, as a positive amount.
    pub discount: Option<Decimal>,
    /// The value that was declared for insurance.
    pub declared_value: Option<Decimal>,
    /// The price of one kilogram or ton, on bills that have it.
    pub unit_price: Option<Decimal>,
    /// What is to be paid for the row.
    pub amount: Decimal,
    /// Whether it is about the whole bill and no parcel: a label and its figure.
    pub of_bill: bool,
    /// Whether the bill has a column of what is to be paid beside the
    /// freight.
    pub has_payable: bool,
    /// Free text beside it.
    pub remark: Option<Arc<str>>,
    /// The cell of its amount.
    pub at: Location,
}

const FIELDS: Fields =
    Fields { dates: &["ship_date"], ids: &["tracking_no", "order_no"], rates: &[] };

/// Reads a carrier's bill.
pub fn bill_lines(table: &Table, context: &ReadContext<'_>) -> Records<BillLine> {
    let around = Surroundings::of(table, context);
    let mut reader =
        RowReader::new(table, FIELDS, date_hints(&around, context), &context.settings.tax.rates);
    let mut lines = Vec::new();
    while reader.advance() {
        match line(&mut reader) {
            Some(line) => lines.push(line),
            None => reader.reject("no-amount", amount_field(&reader)),
        }
    }
    unclosed(table, &lines, &mut reader);
    Records::new(lines, reader.finish(), around)
}

/// Columns that hold the freight itself on the papers of a carrier's depots.
const TRANSPORT: [&str; 3] = ["中转", "中轉", "干线"];

fn amount_field(reader: &RowReader<'_>) -> &'static str {
    if reader.has("payable") { "payable" } else { "freight" }
}

fn line(reader: &mut RowReader<'_>) -> Option<BillLine> {
    let payable = reader.decimal("payable");
    let freight = reader.decimal("freight");
    let mut charges = reader.decimals("surcharge");
    charges.extend(reader.decimals("insurance_fee"));
    // Where no column says freight, what moves the parcel is the freight.
    let is_freight = |name: &str| freight.is_none() && TRANSPORT.iter().any(|w| name.contains(w));
    charges.retain(|(name, charge)| !charge.is_zero() && !is_freight(name));
    let discount = discount(reader, freight.as_ref().map(|freight| freight.value));
    let own = || {
        let charged = charges.iter().map(|(_, charge)| *charge);
        let sum = charged.chain(freight.as_ref().map(|freight| freight.value));
        let sum = sum.collect::<Vec<_>>();
        let total = sum.iter().try_fold(Decimal::ZERO, |sum, one| sum.checked_add(*one))?;
        (!sum.is_empty()).then(|| total.checked_sub(discount.unwrap_or_default()))?
    };
    let amount = payable.as_ref().map(|payable| payable.value).or_else(own)?;
    let at = payable.as_ref().or(freight.as_ref()).map(|figure| figure.at.clone());
    let remark = reader.text("remark");
    // The only number on a carrier's paper is its own.
    let number = if reader.has("tracking_no") { "tracking_no" } else { "order_no" };
    let order_nos = if reader.has("tracking_no") { reader.ids("order_no") } else { Vec::new() };
    let label = label(reader, number);
    let named = |text: Option<Arc<str>>| text.filter(|text| Some(text) != label.as_ref());
    let destination = named(reader.text("destination"));
    let service = named(reader.text("service")).or_else(|| label.clone());
    // What is taken off is negative, whichever way the bill prints it.
    let lowered = label.as_deref().is_some_and(is_lowered);
    let amount = if lowered { -amount.abs() } else { amount };
    let of_bill = label.is_some();
    let (waybills, date) = match label {
        Some(_) => (Vec::new(), None),
        None => (reader.ids(number), reader.date("ship_date")),
    };
    let pieces = reader.decimal("pieces").map(|pieces| pieces.value);
    Some(BillLine {
        waybills,
        date,
        carrier: reader.located_text("carrier"),
        service,
        destination,
        consignee: reader.text("consignee"),
        order_nos,
        actual_weight: weight(reader, "actual_weight"),
        volume_weight: weight(reader, "volume_weight"),
        chargeable_weight: weight(reader, "chargeable_weight"),
        volume: sides(reader)
            .or_else(|| consigned_volume(reader, "volume"))
            .or_else(|| remark.as_deref().and_then(volume)),
        vehicle: reader.text("vehicle_no"),
        pieces,
        cartons: cartons(reader, pieces),
        freight: freight.map(|freight| freight.value),
        charges,
        discount,
        declared_value: reader.decimal("declared_value").map(|value| value.value),
        unit_price: reader.decimal("unit_price").map(|price| price.value),
        amount,
        of_bill,
        has_payable: payable.is_some(),
        remark,
        at: at.unwrap_or_else(|| reader.at("tracking_no")),
    })
}

/// What tells of a parcel.
const OF_PARCELS: [&str; 6] =
    ["ship_date", "destination", "vehicle_no", "pieces", "actual_weight", "chargeable_weight"];

/// Returns the words of a row that is no parcel's, under whatever header they
/// stand: `减：返利`, `面单费`.
fn label(reader: &mut RowReader<'_>, number: &str) -> Option<Arc<str>> {
    let numbered = reader.text(number);
    let words = numbered.clone().or_else(|| reader.lead());
    let words = words.filter(|words| is_label(words))?;
    let says_else = |text: Option<Arc<str>>| text.is_some_and(|text| text != words);
    let of_parcel = OF_PARCELS.iter().any(|field| says_else(reader.text(field)));
    (!of_parcel && !says_else(numbered)).then_some(words)
}

/// Says which of its balances (应付) the rows of a bill do not make, what its
/// labels name added or taken off. One that goes on from another month's
/// cannot be known.
fn unclosed(table: &Table, lines: &[BillLine], reader: &mut RowReader<'_>) {
    /// More labels than this make any sum.
    const MOST_LABELS: usize = 8;
    let amounts = lines.iter().map(|line| line.amount);
    let sum = amounts.clone().try_fold(Decimal::ZERO, |sum, one| sum.checked_add(one));
    let (Some(sum), Some(column)) = (sum, reader.column(amount_field(reader))) else { return };
    let labels = lines.iter().filter(|line| line.of_bill);
    if table.rows_of(Role::Opening).next().is_some() || labels.clone().count() > MOST_LABELS {
        return;
    }
    let mut sums = vec![sum];
    for label in labels {
        let other_way = |sum: &Decimal| sum.checked_sub(label.amount)?.checked_sub(label.amount);
        sums.extend(sums.iter().filter_map(other_way).collect::<Vec<_>>());
    }
    let cent = Decimal::new(1, 2);
    for row in table.rows_of(Role::Closing) {
        let Some(stated) = reader.peek_at(row, column.col) else { continue };
        if sums.iter().any(|sum| stated.saturating_sub(*sum).abs() <= cent) {
            continue;
        }
        let finding = Finding::of(codes::CLOSING_MISMATCH)
            .at(table.at(row, column.col))
            .with("found", stated)
            .with("expected", sum.normalize())
            .with("difference", stated.saturating_sub(sum).normalize());
        reader.find(finding);
    }
}

/// Whether what stands for a number is words: `减：返利`, `月结优惠5%`.
fn is_label(number: &str) -> bool {
    let runs = number.split(|c: char| !c.is_ascii_digit());
    let words = number.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    words && runs.map(str::len).max().is_none_or(|longest| longest < 4)
}

/// A discount is an amount, whichever sign it has; a share (0.9, 9折) is
/// what is left of the freight.
fn discount(reader: &mut RowReader<'_>, freight: Option<Decimal>) -> Option<Decimal> {
    let discount = reader.decimal("discount")?.value.abs();
    let freight = freight?;
    let share = if discount > Decimal::ZERO && discount <= Decimal::ONE {
        Some(discount)
    } else if discount < Decimal::TEN && discount > Decimal::ONE && discount >= freight {
        discount.checked_div(Decimal::TEN)
    } else {
        None
    };
    match share {
        Some(share) => freight.checked_sub(freight.checked_mul(share)?),
        None => Some(discount),
    }
}

fn sides(reader: &mut RowReader<'_>) -> Option<Decimal> {
    let mut product = Decimal::ONE;
    for side in ["length", "width", "height"] {
        product = product.checked_mul(reader.decimal(side)?.value)?;
    }
    (product > Decimal::ZERO).then_some(product)
}
