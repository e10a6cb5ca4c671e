//! What we sent, as our freight log has it.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::money::date_hints;
use super::parcel::{cartons, consigned_volume, volume, weight};
use super::reader::{Fields, RowReader};
use super::surroundings::Surroundings;
use super::{DocumentNo, ReadContext, Records};
use crate::input::table::Table;
use crate::input::values::date::days_in;
use crate::location::{Located, Location};
use crate::text::Cartons;

/// One consignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shipment {
    /// Its waybills.
    pub waybills: Vec<DocumentNo>,
    /// Its day: the row's, or that of the block it stands in.
    pub date: Option<NaiveDate>,
    /// The carrier, as written.
    pub carrier: Option<Located<Arc<str>>>,
    /// The buyer's id.
    pub buyer: Option<Arc<str>>,
    /// The orders it is for.
    pub order_nos: Vec<DocumentNo>,
    /// Who gets it.
    pub consignee: Option<Arc<str>>,
    /// Where it goes.
    pub destination: Option<Arc<str>>,
    /// How many pieces.
    pub pieces: Option<Decimal>,
    /// What it weighs, in kilograms.
    pub weight: Option<Decimal>,
    /// The volume of one piece in cubic centimetres.
    pub volume: Option<Decimal>,
    /// The volume of all of it in cubic centimetres, where the log has that.
    pub whole_volume: Option<Decimal>,
    /// Its cartons by their sizes, where the log names them.
    pub cartons: Vec<Cartons>,
    /// The truck, where the log names it.
    pub vehicle: Option<Arc<str>>,
    /// The freight, if it was written down.
    pub freight: Option<Decimal>,
    /// Who pays and how (月结, 到付, 已付), as written.
    pub payer: Option<Arc<str>>,
    /// Free text beside it.
    pub remark: Option<Arc<str>>,
    /// The cell of its freight.
    pub at: Location,
}

impl Shipment {
    /// Makes a parcel of which nothing but its waybills is known.
    pub fn bare(waybills: Vec<DocumentNo>, at: Location) -> Self {
        Self {
            waybills,
            date: None,
            carrier: None,
            buyer: None,
            order_nos: Vec::new(),
            consignee: None,
            destination: None,
            pieces: None,
            weight: None,
            volume: None,
            whole_volume: None,
            cartons: Vec::new(),
            vehicle: None,
            freight: None,
            payer: None,
            remark: None,
            at,
        }
    }
}

const FIELDS: Fields =
    Fields { dates: &["ship_date"], ids: &["tracking_no", "order_no"], rates: &[] };

/// Reads a freight log, or the block of one day.
pub fn shipments(table: &Table, context: &ReadContext<'_>) -> Records<Shipment> {
    let around = Surroundings::of(table, context);
    let hints = date_hints(&around, context);
    let titles = table.titles.iter().rev().map(|title| title.value.as_str());
    let facts = table.facts.iter().map(|fact| fact.value.value.as_str());
    let day = titles.chain(facts).find_map(|text| days_in(text, hints.period).into_iter().next());
    let reader = RowReader::new(table, FIELDS, hints, &context.settings.tax.rates);
    reader.records(around, ("no-amount", "freight"), |reader| shipment(reader, day))
}

fn shipment(reader: &mut RowReader<'_>, day: Option<NaiveDate>) -> Option<Shipment> {
    let freight = reader.decimal("freight");
    let waybills = reader.ids("tracking_no");
    if freight.is_none() && waybills.is_empty() {
        return None;
    }
    let place = if freight.is_some() || reader.has("freight") { "freight" } else { "tracking_no" };
    let at = freight.as_ref().map_or_else(|| reader.at(place), |figure| figure.at.clone());
    let date = if reader.has("ship_date") { reader.date("ship_date").or(day) } else { day };
    let destination = reader.text("destination").or_else(|| reader.text("address"));
    let pieces = reader.decimal("pieces").map(|pieces| pieces.value);
    Some(Shipment {
        waybills,
        date,
        carrier: reader.located_text("carrier"),
        buyer: reader.text("wangwang_id"),
        order_nos: reader.ids("order_no"),
        consignee: reader.text("consignee").or_else(|| reader.text("customer")),
        destination,
        pieces,
        weight: weight(reader, "weight"),
        volume: reader.text("dimensions").as_deref().and_then(volume),
        whole_volume: consigned_volume(reader, "dimensions"),
        cartons: cartons(reader, pieces),
        vehicle: reader.text("vehicle_no"),
        freight: freight.map(|figure| figure.value),
        payer: reader.text("freight_payer").or_else(|| reader.text("paid_flag")),
        remark: reader.text("remark"),
        at,
    })
}
