//! Rate cards of carriers, as the sheet has them: zones, prices under their
//! headers, and the conditions that stand around the table.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::money::date_hints;
use super::reader::{Fields, RowReader};
use super::surroundings::{Surroundings, texts};
use super::{PartyHint, ReadContext};
use crate::finding::Finding;
use crate::input::table::Table;
use crate::location::{Located, Location};

/// A table of rates.
#[derive(Debug, Clone)]
pub struct RateSheet {
    /// The columns that hold figures.
    pub columns: Vec<RateColumn>,
    /// The rows.
    pub rows: Vec<RateRow>,
    /// Titles, notes and facts around the table, and rows that hold words
    /// alone.
    pub texts: Vec<Located<String>>,
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

/// A row of a rate card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateRow {
    /// The carrier, where the row names it.
    pub carrier: Option<Located<Arc<str>>>,
    /// The name of the zone.
    pub zone: Option<Arc<str>>,
    /// The places in it, as written.
    pub places: Option<Arc<str>>,
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
const WORDS: [&str; 7] =
    ["carrier", "zone", "province", "lead_days", "valid_from", "valid_to", "remark"];

/// Reads a rate card.
pub fn rate_sheet(table: &Table, context: &ReadContext<'_>) -> RateSheet {
    let around = Surroundings::of(table, context);
    let mut reader =
        RowReader::new(table, FIELDS, date_hints(&around, context), &context.settings.tax.rates);
    let is_figure = |field: Option<&str>| field.is_none_or(|field| !WORDS.contains(&field));
    let columns: Vec<_> = table.columns.iter().filter(|column| is_figure(column.field)).collect();
    let mut sheet = RateSheet {
        columns: columns
            .iter()
            .map(|column| RateColumn {
                parts: column.parts.clone(),
                unit: column.unit.clone(),
                field: column.field,
            })
            .collect(),
        rows: Vec::new(),
        texts: texts(table),
        findings: Vec::new(),
        rejected: 0,
        party_hints: around.party_hints.clone(),
    };
    let facts = table.facts.iter().map(|fact| Located {
        value: format!("{}{}", fact.key, fact.value.value),
        at: fact.value.at.clone(),
    });
    sheet.texts.extend(facts);
    while reader.advance() {
        let figures: Vec<Option<Decimal>> =
            columns.iter().map(|column| reader.peek_at(reader.row(), column.col)).collect();
        let zone = reader.text("zone");
        let places = reader.text("province");
        if figures.iter().all(Option::is_none) && (zone.is_none() || places.is_none()) {
            let mut words: Vec<Arc<str>> = [zone, places].into_iter().flatten().collect();
            for column in &columns {
                words.extend(reader.words(column));
            }
            let at = reader.at("zone");
            let text = |text: Arc<str>| Located { value: text.to_string(), at: at.clone() };
            sheet.texts.extend(words.into_iter().map(text));
            continue;
        }
        sheet.rows.push(RateRow {
            carrier: reader.located_text("carrier"),
            zone,
            places,
            figures,
            valid_from: reader.date("valid_from"),
            valid_to: reader.date("valid_to"),
            remark: reader.text("remark"),
            at: reader.at("province"),
        });
    }
    let rest = reader.finish();
    sheet.findings = rest.findings;
    sheet.rejected = rest.rejected;
    sheet
}
