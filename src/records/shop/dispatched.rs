//! What shipping slips say went out: every waybill that a slip names, with
//! where it goes and for whom.

use std::sync::Arc;

use crate::input::sheet::Value;
use crate::input::table::{Fact, Table};
use crate::input::values::Parsed;
use crate::input::values::id::ids;
use crate::location::Located;
use crate::records::money::date_hints;
use crate::records::parcel::weight;
use crate::records::reader::{Fields, RowReader};
use crate::records::surroundings::{Surroundings, slip_fact};
use crate::records::{DocumentNo, ReadContext, Records, Shipment};

const FIELDS: Fields =
    Fields { dates: &["slip_date"], ids: &["tracking_no", "order_no"], rates: &[] };

/// Reads the parcels of shipping slips: of a list the rows that name a
/// waybill, of a printed form the form.
pub fn dispatched(table: &Table, context: &ReadContext<'_>) -> Records<Shipment> {
    let around = Surroundings::of(table, context);
    let mut reader =
        RowReader::new(table, FIELDS, date_hints(&around, context), &context.settings.tax.rates);
    let mut parcels = Vec::new();
    let form = form(table);
    while reader.advance() {
        let waybills = reader.ids("tracking_no");
        if waybills.is_empty() {
            continue;
        }
        let at = reader.at("tracking_no");
        parcels.push(Shipment {
            date: reader.date("slip_date"),
            carrier: reader.located_text("carrier"),
            buyer: reader.text("wangwang_id"),
            order_nos: reader.ids("order_no"),
            consignee: reader.text("customer").or_else(|| reader.text("contact")),
            destination: reader.text("address"),
            weight: weight(&mut reader, "weight"),
            ..Shipment::bare(waybills, at)
        });
    }
    parcels.extend(form);
    Records::new(parcels, reader.finish(), around)
}

/// Reads the parcel of a printed form, from what stands around its lines.
fn form(table: &Table) -> Option<Shipment> {
    let fact = |field: &str| slip_fact(table, field);
    let text = |field: &str| fact(field).map(|fact| Arc::from(fact.value.value.trim()));
    let numbers = |fact: &Fact| match ids(&Value::Text(fact.value.value.as_str().into())) {
        Parsed::Value(found) => {
            found.into_iter().map(|id| DocumentNo { text: id.text, damaged: id.damaged }).collect()
        }
        _ => Vec::new(),
    };
    let own = fact("tracking_no")?;
    let waybills: Vec<DocumentNo> = numbers(own);
    let carrier = fact("carrier").map(|fact| Located {
        value: Arc::from(fact.value.value.trim()),
        at: fact.value.at.clone(),
    });
    (!waybills.is_empty()).then(|| Shipment {
        carrier,
        buyer: text("wangwang_id"),
        order_nos: fact("order_no").map(numbers).unwrap_or_default(),
        consignee: text("customer").or_else(|| text("contact")),
        destination: text("address"),
        ..Shipment::bare(waybills, own.value.at.clone())
    })
}
