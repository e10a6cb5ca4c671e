//! What a sheet of packing is about, from the facts above its table: order,
//! customer's order, style, destination.

use std::sync::Arc;

use crate::engine::packing::Content;
use crate::input::reading::ReadTable;
use crate::input::table::{Fact, Table};
use crate::kinds::{Claim, FieldType, Kind, vocabulary};
use crate::location::Located;
use crate::text::header_key;

/// What a sheet is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// Our order.
    pub order_no: Option<Arc<str>>,
    /// The customer's order.
    pub po: Option<Arc<str>>,
    /// The style.
    pub style: Option<Arc<str>>,
    /// What the style is called.
    pub style_name: Option<Arc<str>>,
    /// The customer.
    pub customer: Option<Arc<str>>,
    /// Where the goods go, as written: a country, a town, a shop.
    pub destination: Option<Arc<str>>,
    /// What kind of order it is, as written (网络单).
    pub order_type: Option<Arc<str>>,
    /// The colour, where a sheet is about one.
    pub colour: Option<Arc<str>>,
}

impl About {
    /// Reads the facts around a table.
    pub fn of(read: &ReadTable) -> Self {
        let mut about = Self::default();
        for fact in &read.table.facts {
            if let Some(field) = about_field(read.kind, &fact.key) {
                about.take(field, &fact.value.value);
            }
        }
        about
    }

    /// Takes what is not known yet from another sheet's facts.
    pub fn or(mut self, other: &Self) -> Self {
        let take = |mine: &mut Option<Arc<str>>, theirs: &Option<Arc<str>>| {
            if mine.is_none() {
                mine.clone_from(theirs);
            }
        };
        take(&mut self.order_no, &other.order_no);
        take(&mut self.po, &other.po);
        take(&mut self.style, &other.style);
        take(&mut self.style_name, &other.style_name);
        take(&mut self.customer, &other.customer);
        take(&mut self.destination, &other.destination);
        take(&mut self.order_type, &other.order_type);
        take(&mut self.colour, &other.colour);
        self
    }

    /// Gives contents the order, style and colour that their rows leave out.
    pub(super) fn complete(&self, contents: &mut [Content], order_no: Option<&Arc<str>>) {
        for content in contents {
            content.po = self.order_of(content.po.take(), order_no);
            content.style = content.style.take().or_else(|| self.style.clone());
            content.colour = content.colour.take().or_else(|| self.colour.clone());
        }
    }

    /// Returns the customer's order of a row: its own, the sheet's, or our
    /// order where no other is named.
    pub(super) fn order_of(
        &self,
        own: Option<Arc<str>>,
        order_no: Option<&Arc<str>>,
    ) -> Option<Arc<str>> {
        let ours = || order_no.cloned().or_else(|| self.order_no.clone());
        own.or_else(|| self.po.clone()).or_else(ours)
    }

    fn take(&mut self, field: &str, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        let place = match field {
            "order_no" => &mut self.order_no,
            "customer_po" => &mut self.po,
            "customer" => &mut self.customer,
            "ship_to" | "destination_market" => &mut self.destination,
            "order_type" => &mut self.order_type,
            "color" => &mut self.colour,
            "item_code" => {
                let (code, name) = style(value);
                if self.style.is_none() {
                    (self.style, self.style_name) = (Some(code.into()), name.map(Arc::from));
                }
                return;
            }
            _ => return,
        };
        if place.is_none() {
            *place = Some(Arc::from(value));
        }
    }
}

/// Fields that say what a sheet is about.
const FIELDS: [&str; 8] = [
    "order_no",
    "customer_po",
    "customer",
    "ship_to",
    "destination_market",
    "order_type",
    "color",
    "item_code",
];

/// Returns what a fact says that a sheet is about. `采购订单 PO NO` is the
/// number of two papers; `PO 日期` is of none.
fn about_field(kind: Option<&'static Kind>, key: &str) -> Option<&'static str> {
    let own = kind.map(|kind| header_key(key).all().map(|key| kind.claims(key)).collect());
    let own: Vec<Vec<Claim>> = own.unwrap_or_default();
    for claims in own.into_iter().filter(|claims| !claims.is_empty()) {
        let known = claims.iter().find(|claim| FIELDS.contains(&claim.field.name.as_str()));
        match known {
            Some(claim) => return Some(&claim.field.name),
            None if claims[0].field.field_type == FieldType::Code => {}
            None => return None,
        }
    }
    fact_field(kind, key)
}

/// Returns the field that the key of a fact means: in its own kind first,
/// then in any.
pub(super) fn fact_field(kind: Option<&'static Kind>, key: &str) -> Option<&'static str> {
    let keys = header_key(key);
    let own = kind.and_then(|kind| keys.all().find_map(|key| kind.claim(key)));
    if let Some(field) = own {
        return Some(&field.name);
    }
    vocabulary::fields_of(key).first().map(|meaning| meaning.field.name.as_str())
}

/// Returns the facts of a table that mean one of these fields.
pub(super) fn facts_of<'t>(
    table: &'t Table,
    kind: Option<&'static Kind>,
    field: &'static str,
) -> impl Iterator<Item = &'t Located<String>> {
    let is = move |fact: &&Fact| fact_field(kind, &fact.key) == Some(field);
    table.facts.iter().filter(is).map(|fact| &fact.value)
}

/// Splits a style's code from its name behind it: `K6101 女装五袋牛仔裤`.
fn style(text: &str) -> (&str, Option<&str>) {
    match text.split_once(char::is_whitespace) {
        Some((code, name)) if code.contains(|c: char| c.is_ascii_digit()) => {
            (code, Some(name.trim()).filter(|name| !name.is_empty()))
        }
        _ => (text, None),
    }
}
