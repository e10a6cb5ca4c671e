//! Rate cards whichever way they stand: weights or kinds of price down and
//! places across, places down and carriers across, two rows a place. All
//! become rows of places over columns of prices.

use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::super::reader::RowReader;
use super::{RateColumn, RateRow};
use crate::input::sheet::Value;
use crate::input::table::{Column, Table};
use crate::input::values::text::words;
use crate::kinds;
use crate::location::Location;
use crate::places::{heads_places, names_zone};
use crate::text::{header_key, heads_prices, heads_tier};

/// A row as it stands, with what it says its prices are for.
pub(super) struct RawRow {
    pub(super) label: Option<Arc<str>>,
    pub(super) row: RateRow,
}

/// A column as it stands.
struct RawColumn {
    column: RateColumn,
    /// The places that it is for.
    places: Option<ColumnPlaces>,
}

/// The places that a column is for.
#[derive(Clone, Default)]
struct ColumnPlaces {
    zone: Option<Arc<str>>,
    places: Option<Arc<str>>,
    at: Option<Location>,
}

/// A rate card as it stands.
pub(super) struct Matrix {
    columns: Vec<RawColumn>,
    rows: Vec<RawRow>,
}

/// Returns the column whose cells say what the prices of their rows are for.
pub(super) fn label_column<'t>(reader: &RowReader<'t>, table: &'t Table) -> Option<&'t Column> {
    let named = ["price_of", "weight"].into_iter().filter_map(|field| reader.column(field));
    // Without a word of its own it stands at the left, and is no tier itself.
    let may = |column: &&Column| {
        matches!(column.field, None | Some("zone" | "province"))
            && !heads_tier(&column.header)
            && !heads_prices(&column.header)
    };
    let others = table.columns.iter().take(2).filter(may);
    let mut candidates = named.chain(others);
    let across = table.columns.iter().any(|column| column.field == Some("place_price"));
    candidates.find(|column| {
        let bare = says_weight(column) || across && column.header.is_empty();
        let texts: Vec<Arc<str>> = reader
            .rows()
            .iter()
            .filter_map(|row| table.cell(*row, column.col))
            .filter(|cell| bare || matches!(cell.value(), Value::Text(_)))
            .filter_map(|cell| words(&cell.value()))
            .collect();
        let says = |text: &Arc<str>| heads_prices(text) || bare && heads_tier(text);
        let saying = texts.iter().filter(|text| says(text)).count();
        saying > 0 && saying * 5 >= texts.len() * 3 && texts.len() * 2 >= reader.rows().len()
    })
}

/// Whether a column's header says that bare numbers in it are weights.
fn says_weight(column: &Column) -> bool {
    let header = crate::text::fold(&column.header);
    column.field == Some("weight")
        || ["重量", "公斤", "kg", "weight", "千克"].iter().any(|word| header.contains(word))
            && column.field != Some("tier_price")
}

impl Matrix {
    /// Begins a card over these columns.
    pub(super) fn new(reader: &RowReader<'_>, columns: &[&Column]) -> Self {
        let columns = columns.iter().map(|column| {
            let column_places = ColumnPlaces::of(column, reader.header_at(column));
            let parts = match &column_places {
                Some(_) => {
                    let parts = column.parts.iter().filter(|part| !heads_places(part));
                    parts.cloned().collect()
                }
                None => column.parts.clone(),
            };
            let unit = column.unit.clone();
            let column = RateColumn { parts, unit, field: column.field };
            RawColumn { column, places: column_places }
        });
        Self { columns: columns.collect(), rows: Vec::new() }
    }

    /// Takes a row of words for the places of the columns; `false` if it is
    /// anything else.
    pub(super) fn take_places(&mut self, row: &[Option<Arc<str>>]) -> bool {
        let said = row.iter().flatten().count();
        let all = row.iter().flatten().all(|text| heads_places(text) && !names_zone(text));
        let zones = self.columns.iter().any(|column| column.places.is_some());
        if said == 0 || !all || !zones {
            return false;
        }
        for (column, text) in self.columns.iter_mut().zip(row) {
            let (Some(places), Some(text)) = (&mut column.places, text) else { continue };
            places.add(text);
        }
        true
    }

    /// Adds a row.
    pub(super) fn push(&mut self, row: RawRow) {
        self.rows.push(row);
    }

    /// Returns the columns of prices, and the rows of places.
    pub(super) fn finish(self) -> (Vec<RateColumn>, Vec<RateRow>) {
        let stands = self.columns.iter().all(|column| column.places.is_none())
            && self.rows.iter().all(|row| row.label.is_none());
        if stands {
            let columns = self.columns.into_iter().map(|raw| raw.column).collect();
            return (columns, self.rows.into_iter().map(|raw| raw.row).collect());
        }
        let mut turned = Turned::default();
        for raw in &self.rows {
            for (column, figure) in self.columns.iter().zip(&raw.row.figures) {
                if let Some(figure) = figure {
                    turned.add(raw, column, *figure);
                }
            }
        }
        let priced = |at: usize| self.rows.iter().any(|raw| raw.row.figures[at].is_some());
        let columns = self.columns.iter().enumerate();
        let silent = columns.filter(|(at, _)| !priced(*at)).filter_map(|(_, raw)| {
            let ColumnPlaces { zone, places, at } = raw.places.clone()?;
            Some(RateRow {
                carrier: None,
                zone: Some(zone?),
                places: Some(places?),
                size: None,
                figures: Vec::new(),
                valid_from: None,
                valid_to: None,
                remark: None,
                at: at?,
            })
        });
        let silent: Vec<RateRow> = silent.collect();
        let rest = self.rows.into_iter().filter(|raw| raw.label.is_none()).map(|raw| raw.row);
        turned.finish(rest.chain(silent))
    }
}

impl ColumnPlaces {
    /// Reads the places that a column's header names.
    fn of(column: &Column, at: Location) -> Option<Self> {
        let own = column.parts.iter().filter(|part| heads_places(part));
        let mut places = Self { at: Some(at), ..Self::default() };
        own.for_each(|part| places.add(part));
        (places.zone.is_some() || places.places.is_some()).then_some(places)
    }

    fn add(&mut self, text: &str) {
        if names_zone(text) {
            self.zone.get_or_insert_with(|| Arc::from(text.trim()));
            return;
        }
        let joined = match &self.places {
            Some(known) if **known != *text => Arc::from(format!("{known}、{text}")),
            _ => Arc::from(text),
        };
        self.places = Some(joined);
    }
}

/// The name of the carrier, the zone, the places and the size of a row.
type Key = [Option<Arc<str>>; 4];

/// A card on its way to rows of places.
#[derive(Default)]
struct Turned {
    columns: Vec<RateColumn>,
    rows: Vec<(RateRow, FxHashMap<usize, Decimal>)>,
    by_key: FxHashMap<Key, usize>,
}

impl Turned {
    fn add(&mut self, raw: &RawRow, column: &RawColumn, figure: Decimal) {
        let row = &raw.row;
        let mut place = RateRow { figures: Vec::new(), ..row.clone() };
        if let Some(places) = &column.places {
            place.zone = places.zone.clone().or(place.zone);
            place.places = places.places.clone().or(place.places);
            place.at = places.at.clone().unwrap_or(place.at);
        }
        let column = self.column(&column.column, raw.label.as_deref());
        let carrier = place.carrier.as_ref().map(|carrier| Arc::clone(&carrier.value));
        let key = [carrier, place.zone.clone(), place.places.clone(), place.size.clone()];
        let next = self.rows.len();
        let at = *self.by_key.entry(key).or_insert(next);
        if at == next {
            self.rows.push((place, FxHashMap::default()));
        }
        self.rows[at].1.entry(column).or_insert(figure);
    }

    /// Returns the column of a price, made when it is first met.
    fn column(&mut self, raw: &RateColumn, label: Option<&str>) -> usize {
        let mut column = raw.clone();
        if let Some(label) = label {
            column.parts.push(label.to_owned());
            column.unit = header_key(label).unit.or(column.unit);
            column.field = field(label);
        }
        let known = self.columns.iter().position(|other| *other == column);
        known.unwrap_or_else(|| {
            self.columns.push(column);
            self.columns.len() - 1
        })
    }

    /// Returns what was made; `rest` are rows that have no figures but say
    /// where a zone is.
    fn finish(self, rest: impl Iterator<Item = RateRow>) -> (Vec<RateColumn>, Vec<RateRow>) {
        let columns = self.columns.len();
        let mut rows: Vec<RateRow> = Vec::with_capacity(self.rows.len());
        for (mut row, figures) in self.rows {
            row.figures = (0..columns).map(|at| figures.get(&at).copied()).collect();
            rows.push(row);
        }
        let silent = rest.filter(|row| row.figures.iter().all(Option::is_none));
        rows.extend(silent.map(|row| RateRow { figures: vec![None; columns], ..row }));
        (self.columns, rows)
    }
}

/// Returns the field that a label would be as a header.
fn field(label: &str) -> Option<&'static str> {
    let kind = kinds::get("rate_card")?;
    let claims = header_key(label).whole.into_iter();
    let mut found = claims.filter_map(|word| kind.claim(&word));
    let priced = found.find(|field| !super::WORDS.contains(&field.name.as_str()));
    priced.map(|field| field.name.as_str()).or(heads_tier(label).then_some("tier_price"))
}
