//! Rate cards of carriers, as the sheet has them: zones, prices under their
//! headers, and the conditions that stand around the table.

mod matrix;
mod validity;

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::money::date_hints;
use super::reader::{Fields, RowReader};
use super::surroundings::{Surroundings, texts};
use super::{PartyHint, ReadContext};
use crate::finding::Finding;
use crate::input::table::{Column, Table};
use crate::location::{Located, Location};
use crate::text::carton_size;
use matrix::{Matrix, RawRow};
pub use validity::Validity;

/// A table of rates.
#[derive(Debug, Clone, Default)]
pub struct RateSheet {
    /// The columns that hold figures.
    pub columns: Vec<RateColumn>,
    /// The rows.
    pub rows: Vec<RateRow>,
    /// Titles, notes and facts around the table, and rows that hold words
    /// alone.
    pub texts: Vec<Located<String>>,
    /// From when to when it holds.
    pub valid: Validity,
    /// What was wrong or doubtful.
    pub findings: Vec<Finding>,
    /// How many rows could not be used.
    pub rejected: usize,
    /// Who the card may be of, likeliest first.
    pub party_hints: Vec<PartyHint>,
}

/// A column of prices or weights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateColumn {
    /// The parts of its header, top first.
    pub parts: Vec<String>,
    /// The unit in the header.
    pub unit: Option<String>,
    /// The field it was understood as.
    pub field: Option<&'static str>,
}

/// A row of a rate card: what it costs to some places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateRow {
    /// The carrier, where the row names it.
    pub carrier: Option<Located<Arc<str>>>,
    /// The name of the zone.
    pub zone: Option<Arc<str>>,
    /// The places in it, as written.
    pub places: Option<Arc<str>>,
    /// The size of carton that its price is for.
    pub size: Option<Arc<str>>,
    /// The figures, one a column.
    pub figures: Vec<Option<Decimal>>,
    /// The first day it holds.
    pub valid_from: Option<NaiveDate>,
    /// The last day it holds.
    pub valid_to: Option<NaiveDate>,
    /// Free text beside it.
    pub remark: Option<Arc<str>>,
    /// Its first cell.
    pub at: Location,
}

const FIELDS: Fields = Fields { dates: &["valid_from", "valid_to"], ids: &[], rates: &[] };
/// Fields that hold words, days or nothing to reckon with.
const WORDS: [&str; 10] = [
    "carrier",
    "zone",
    "province",
    "lead_days",
    "valid_from",
    "valid_to",
    "remark",
    "weight",
    "price_of",
    "size",
];

/// Reads a rate card. Whichever way its weights and places stand, the rows
/// that come out are places.
pub fn rate_sheet(table: &Table, context: &ReadContext<'_>) -> RateSheet {
    let around = Surroundings::of(table, context);
    let mut reader =
        RowReader::new(table, FIELDS, date_hints(&around, context), &context.settings.tax.rates);
    let label = matrix::label_column(&reader, table);
    let is_label = |column: &Column| label.is_some_and(|label| label.col == column.col);
    let is_figure = |column: &&Column| {
        column.field.is_none_or(|field| !WORDS.contains(&field)) && !is_label(column)
    };
    let columns: Vec<&Column> = table.columns.iter().filter(is_figure).collect();
    let own = |name| reader.column(name).filter(|column| !is_label(column)).map(|_| name);
    let (zone, province) = (own("zone"), own("province"));
    let mut matrix = Matrix::new(&reader, &columns);
    let mut sheet = RateSheet {
        texts: texts(table),
        party_hints: around.party_hints.clone(),
        ..RateSheet::default()
    };
    let facts = table.facts.iter().map(|fact| Located {
        value: format!("{}{}", fact.key, fact.value.value),
        at: fact.value.at.clone(),
    });
    sheet.texts.extend(facts);
    while reader.advance() {
        let figures: Vec<Option<Decimal>> =
            columns.iter().map(|column| reader.peek_at(reader.row(), column.col)).collect();
        let zone = zone.and_then(|field| reader.text(field));
        let places = province.and_then(|field| reader.text(field));
        let label = label.and_then(|column| reader.words(column));
        if figures.iter().all(Option::is_none) && (zone.is_none() || places.is_none()) {
            let words: Vec<Option<Arc<str>>> =
                columns.iter().map(|column| reader.words(column)).collect();
            if matrix.take_places(&words) {
                continue;
            }
            let at = reader.at("zone");
            let all = [zone, places, label].into_iter().chain(words).flatten();
            let text = |text: Arc<str>| Located { value: text.to_string(), at: at.clone() };
            sheet.texts.extend(all.map(text));
            continue;
        }
        let row = RateRow {
            carrier: reader.located_text("carrier"),
            zone,
            places,
            size: reader.text("size").map(|size| carton_size(&size)),
            figures,
            valid_from: reader.date("valid_from"),
            valid_to: reader.date("valid_to"),
            remark: reader.text("remark"),
            at: reader.at("province"),
        };
        matrix.push(RawRow { label, row });
    }
    (sheet.columns, sheet.rows) = matrix.finish();
    sheet.valid = Validity::read(sheet.texts.iter().map(|text| &*text.value), context.period);
    let rest = reader.finish();
    sheet.findings = rest.findings;
    sheet.rejected = rest.rejected;
    sheet
}
