//! Orders by size: a colour a row and a size a column, or a size a row.

use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::about::About;
use super::sizes::{SizeColumn, are_sizes, size_columns, size_of_row};
use crate::finding::{Finding, codes};
use crate::input::reading::ReadTable;
use crate::input::table::{Column, Table};
use crate::input::values::date::DateHints;
use crate::location::Location;
use crate::records::reader::{Fields, Figure, RowReader};

/// Pieces of one size that are ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderedPieces {
    /// Our order.
    pub order_no: Option<Arc<str>>,
    /// The customer's order; ours where no other is named.
    pub po: Option<Arc<str>>,
    /// Where they go.
    pub destination: Option<Arc<str>>,
    /// The style.
    pub style: Option<Arc<str>>,
    /// The colour.
    pub colour: Option<Arc<str>>,
    /// The size, with its inseam.
    pub size: Option<Arc<str>>,
    /// How many.
    pub pieces: u64,
    /// What kind of order it is, as written.
    pub order_type: Option<Arc<str>>,
    /// The market, as written.
    pub market: Option<Arc<str>>,
    /// The ratio to pack by, as written beside it.
    pub ratio: Option<Arc<str>>,
    /// The cell of the pieces.
    pub at: Location,
}

/// An order by size.
#[derive(Debug, Clone, Default)]
pub struct Breakdown {
    /// Its pieces, row by row.
    pub lines: Vec<OrderedPieces>,
    /// What was wrong or doubtful.
    pub findings: Vec<Finding>,
    /// How many rows of data could not be used.
    pub rejected: usize,
}

const FIELDS: Fields =
    Fields { dates: &[], ids: &["order_no", "customer_po", "item_code"], rates: &[] };

/// The fields that may hold the pieces of a row, likeliest first.
const TOTALS: [&str; 4] = ["row_total", "order_qty", "qty", "total_pcs"];

/// Reads an order by size.
pub fn size_breakdown(read: &ReadTable) -> Breakdown {
    let table = &read.table;
    let about = About::of(read);
    let sizes = size_columns(table, &TOTALS);
    let size_of_row = size_of_row(table);
    let mut reader = RowReader::new(table, FIELDS, DateHints::default(), &[]);
    let total = TOTALS.into_iter().find(|field| reader.has(field));
    let mut breakdown = Breakdown::default();
    while reader.advance() {
        let row = common(&mut reader, &about);
        let pieces = match sizes.is_empty() {
            true => by_row(&mut reader, total, size_of_row),
            false => by_column(&mut reader, &sizes, total),
        };
        if pieces.is_empty() {
            reader.reject("no-pieces", total.unwrap_or("size_columns"));
        }
        for (size, pieces, at) in pieces {
            breakdown.lines.push(OrderedPieces { size, pieces, at, ..row.clone() });
        }
    }
    let rest = reader.finish();
    (breakdown.findings, breakdown.rejected) = (rest.findings, rest.rejected);
    breakdown
}

/// Whether a table that was mapped as an order by size is one: a colour or
/// style in its rows, and sizes that make the rows' own totals.
pub fn adds_up(table: &Table) -> bool {
    let named = ["color", "item_code"].iter().any(|field| table.column(field).is_some());
    named && are_sizes(table, &TOTALS)
}

/// Reads what all pieces of a row share.
fn common(reader: &mut RowReader<'_>, about: &About) -> OrderedPieces {
    let first = |ids: Vec<crate::records::DocumentNo>| ids.into_iter().next().map(|id| id.text);
    let order_no = first(reader.ids("order_no"));
    let po = about.order_of(first(reader.ids("customer_po")), order_no.as_ref());
    let market = reader.text("destination_market");
    let destination = reader.text("ship_to").or_else(|| market.clone());
    OrderedPieces {
        order_no: order_no.or_else(|| about.order_no.clone()),
        po,
        market: market.or_else(|| about.destination.clone()),
        destination: destination.or_else(|| about.destination.clone()),
        style: first(reader.ids("item_code")).or_else(|| about.style.clone()),
        colour: reader.text("color").or_else(|| about.colour.clone()),
        size: None,
        pieces: 0,
        order_type: reader.text("order_type").or_else(|| about.order_type.clone()),
        ratio: reader.text("pack_ratio"),
        at: reader.at("color"),
    }
}

type Pieces = Vec<(Option<Arc<str>>, u64, Location)>;

/// Reads a row with a size a column, and checks its own total.
fn by_column<'t>(
    reader: &mut RowReader<'t>,
    sizes: &[SizeColumn<'t>],
    total: Option<&str>,
) -> Pieces {
    let inseam = reader.text("inseam");
    let mut pieces = Pieces::new();
    let mut sum = Decimal::ZERO;
    let mut zeros = false;
    for size in sizes {
        let Some(figure) = reader.decimal_of(size.column) else { continue };
        zeros |= figure.value.is_zero();
        sum = sum.checked_add(figure.value).unwrap_or(sum);
        let Some(count) = whole(reader, &figure) else { continue };
        pieces.push((Some(with_inseam(&size.label, inseam.as_ref())), count, figure.at));
    }
    let said = total.and_then(|field| reader.decimal(field));
    if let Some(said) = said.filter(|said| said.value != sum && (!pieces.is_empty() || zeros)) {
        let label = total.and_then(|field| reader.column(field)).map(|column| &column.header);
        let finding = Finding::of(codes::TOTAL_MISMATCH)
            .with("label", label.cloned().unwrap_or_default())
            .with("found", said.value.normalize())
            .with("expected", sum.normalize())
            .with("difference", (said.value - sum).normalize());
        reader.find(finding.at(said.at));
    }
    pieces
}

/// Reads a row of one size.
fn by_row<'t>(
    reader: &mut RowReader<'t>,
    total: Option<&str>,
    size_of_row: Option<&'t Column>,
) -> Pieces {
    let Some(figure) = total.and_then(|field| reader.decimal(field)) else { return Pieces::new() };
    let at = figure.at.clone();
    let inseam = reader.text("inseam");
    let size = size_of_row.and_then(|column| reader.words(column));
    let size = size.map(|size| with_inseam(&size, inseam.as_ref()));
    whole(reader, &figure).map(|count| (size, count, at)).into_iter().collect()
}

fn with_inseam(size: &Arc<str>, inseam: Option<&Arc<str>>) -> Arc<str> {
    inseam.map_or_else(|| Arc::clone(size), |inseam| Arc::from(format!("{size}/{inseam}")))
}

/// Returns a number of pieces; says so if it cannot be one.
fn whole(reader: &mut RowReader<'_>, figure: &Figure) -> Option<u64> {
    if figure.value.is_zero() {
        return None;
    }
    let count = figure.value.to_u64().filter(|_| figure.value.fract().is_zero());
    let count = count.filter(|count| *count <= MOST_PIECES);
    if count.is_none() {
        let finding = Finding::of(codes::BAD_NUMBER)
            .with("found", figure.value.normalize())
            .with("why", "not-pieces");
        reader.find(finding.at(figure.at.clone()));
    }
    count
}

/// More pieces than this in one cell are none.
const MOST_PIECES: u64 = 100_000_000;
