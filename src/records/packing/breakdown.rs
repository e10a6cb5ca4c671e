//! Orders by size: a colour a row and a size a column, or a size a row.

use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::about::About;
use super::names::colour_key;
use super::order_rows::{Subject, Subjects, written};
use super::sizes::{
    SizeColumn, are_sizes, colour_columns, holds_sizes, inseam_of, silent_colour, size_columns,
    size_of_row,
};
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

/// Where an order by size holds what.
struct Layout<'t> {
    /// A size a column.
    sizes: Vec<SizeColumn<'t>>,
    /// The size of each row.
    size_of_row: Option<&'t Column>,
    /// A colour a column, beside the sizes of the rows.
    colours: Vec<&'t Column>,
    /// The colour of each row, where no column is called so.
    silent_colour: Option<&'t Column>,
    /// The field of the rows' own totals.
    total: Option<&'static str>,
}

impl<'t> Layout<'t> {
    fn of(table: &'t Table) -> Self {
        let sizes = size_columns(table, &TOTALS);
        let rows_are_sizes = size_of_row(table).is_some_and(|column| holds_sizes(table, column));
        let colours = match sizes.is_empty() || rows_are_sizes {
            true => colour_columns(table, &TOTALS),
            false => Vec::new(),
        };
        let sizes = if colours.is_empty() && !rows_are_sizes { sizes } else { Vec::new() };
        Self {
            size_of_row: size_of_row(table),
            silent_colour: silent_colour(table)
                .filter(|_| colours.is_empty())
                .filter(|own| sizes.first().is_none_or(|first| own.col < first.column.col)),
            total: TOTALS.into_iter().find(|field| table.column(field).is_some()),
            colours,
            sizes,
        }
    }

    /// Reads the pieces of a row.
    fn pieces(&self, reader: &mut RowReader<'t>) -> Vec<Piece> {
        if !self.sizes.is_empty() {
            return by_column(reader, &self.sizes, self.total);
        }
        match self.colours.is_empty() {
            true => by_row(reader, self.total, self.size_of_row),
            false => by_colour(reader, self),
        }
    }
}

/// Pieces of one size in a row.
struct Piece {
    size: Option<Arc<str>>,
    pieces: u64,
    /// The name above the size's column that is no inseam.
    above: Option<Arc<str>>,
    at: Location,
}

/// Reads an order by size. `beside` is what another table of the same sheet is
/// about.
pub fn size_breakdown(read: &ReadTable, beside: &About) -> Breakdown {
    let table = &read.table;
    // Each table has its own colour.
    let about = About::of(read).or(&About { colour: None, ..beside.clone() });
    let layout = Layout::of(table);
    let subjects = Subjects::of(table, &layout.sizes);
    let mut reader = RowReader::new(table, FIELDS, DateHints::default(), &[]);
    let mut breakdown = Breakdown::default();
    let mut ratios: Vec<(Option<String>, Arc<str>)> = Vec::new();
    while reader.advance() {
        let subject = subjects.subject(reader.row());
        if matches!(subject, Subject::Other | Subject::Sizes) {
            reader.reject_mildly("other-figures", "color");
            continue;
        }
        let row = common(&mut reader, &about, layout.silent_colour);
        let pieces = layout.pieces(&mut reader);
        if pieces.is_empty() {
            reader.reject("no-pieces", layout.total.unwrap_or("size_columns"));
        } else if subject == Subject::Ratio {
            let colour = subjects.colour(reader.row(), row.colour.as_ref());
            let sizes: Vec<_> = pieces.into_iter().map(|one| (one.size, one.pieces)).collect();
            ratios.push((colour, written(&sizes)));
            continue;
        }
        breakdown.lines.extend(pieces.into_iter().map(|one| with_piece(&row, one)));
    }
    for line in breakdown.lines.iter_mut().filter(|line| line.ratio.is_none()) {
        let own = line.colour.as_deref().map(colour_key);
        let of_line = |(colour, _): &&(Option<String>, _)| colour.is_none() || *colour == own;
        line.ratio = ratios.iter().find(of_line).map(|(_, ratio)| Arc::clone(ratio));
    }
    let rest = reader.finish();
    (breakdown.findings, breakdown.rejected) = (rest.findings, rest.rejected);
    breakdown
}

/// Gives a row's common facts to one of its pieces. A name above the sizes is
/// the colour, where the row has none, else where they go.
fn with_piece(row: &OrderedPieces, piece: Piece) -> OrderedPieces {
    let Piece { size, pieces, above, at } = piece;
    let mut line = OrderedPieces { size, pieces, at, ..row.clone() };
    match above {
        Some(above) if line.colour.is_none() => line.colour = Some(above),
        Some(above) => line.destination = Some(above),
        None => {}
    }
    line
}

/// Whether a table that was mapped as an order by size reads as one: sizes or
/// colours in columns that make the rows' own totals, or sizes in rows with
/// their pieces.
pub fn reads_as_order(table: &Table) -> bool {
    let named = ["color", "item_code"].iter().any(|field| table.column(field).is_some());
    let named = named || silent_colour(table).is_some();
    let counted = TOTALS.iter().any(|field| table.column(field).is_some());
    named && are_sizes(table, &TOTALS)
        || !colour_columns(table, &TOTALS).is_empty()
        || counted && size_of_row(table).is_some_and(|column| holds_sizes(table, column))
}

/// Reads what all pieces of a row share.
fn common<'t>(
    reader: &mut RowReader<'t>,
    about: &About,
    silent_colour: Option<&'t Column>,
) -> OrderedPieces {
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
        colour: reader
            .text("color")
            .or_else(|| about.colour.clone())
            .or_else(|| silent_colour.and_then(|column| reader.words(column))),
        size: None,
        pieces: 0,
        order_type: reader.text("order_type").or_else(|| about.order_type.clone()),
        ratio: reader.text("pack_ratio"),
        at: reader.at("color"),
    }
}

/// Reads a row with a size a column, and checks its own total.
fn by_column<'t>(
    reader: &mut RowReader<'t>,
    sizes: &[SizeColumn<'t>],
    total: Option<&str>,
) -> Vec<Piece> {
    let inseam = reader.text("inseam");
    let mut pieces = Vec::new();
    let mut sum = Decimal::ZERO;
    let mut zeros = false;
    for size in sizes {
        let Some(figure) = reader.decimal_of(size.column) else { continue };
        zeros |= figure.value.is_zero();
        sum = sum.checked_add(figure.value).unwrap_or(sum);
        let Some(count) = whole(reader, &figure) else { continue };
        let above = size.above.as_ref();
        let own = above.and_then(|above| inseam_of(above));
        let inseam = inseam.as_ref().or(own.as_ref());
        pieces.push(Piece {
            size: Some(with_inseam(&size.label, inseam)),
            pieces: count,
            above: above.filter(|_| own.is_none()).cloned(),
            at: figure.at,
        });
    }
    check_total(reader, total, sum, !pieces.is_empty() || zeros);
    pieces
}

/// Compares a row's own total with the sum of its pieces.
fn check_total(reader: &mut RowReader<'_>, total: Option<&str>, sum: Decimal, has_pieces: bool) {
    let said = total.and_then(|field| reader.decimal(field));
    if let Some(said) = said.filter(|said| said.value != sum && has_pieces) {
        let label = total.and_then(|field| reader.column(field)).map(|column| &column.header);
        let finding = Finding::of(codes::TOTAL_MISMATCH)
            .with("label", label.cloned().unwrap_or_default())
            .with("found", said.value.normalize())
            .with("expected", sum.normalize())
            .with("difference", (said.value - sum).normalize());
        reader.find(finding.at(said.at));
    }
}

/// Reads a row of one size.
fn by_row<'t>(
    reader: &mut RowReader<'t>,
    total: Option<&str>,
    size_of_row: Option<&'t Column>,
) -> Vec<Piece> {
    let Some(figure) = total.and_then(|field| reader.decimal(field)) else { return Vec::new() };
    let size = row_size(reader, size_of_row);
    let piece = |pieces| Piece { size, pieces, above: None, at: figure.at.clone() };
    whole(reader, &figure).map(piece).into_iter().collect()
}

/// Reads a row of one size with a colour a column.
fn by_colour<'t>(reader: &mut RowReader<'t>, layout: &Layout<'t>) -> Vec<Piece> {
    let size = row_size(reader, layout.size_of_row);
    let mut pieces = Vec::new();
    let mut sum = Decimal::ZERO;
    for column in &layout.colours {
        let Some(figure) = reader.decimal_of(column) else { continue };
        sum = sum.checked_add(figure.value).unwrap_or(sum);
        let Some(count) = whole(reader, &figure) else { continue };
        let above = Some(Arc::from(column.header.as_str()));
        pieces.push(Piece { size: size.clone(), pieces: count, above, at: figure.at });
    }
    check_total(reader, layout.total, sum, !pieces.is_empty());
    pieces
}

/// Returns the size that a row names, with its inseam.
fn row_size<'t>(reader: &mut RowReader<'t>, column: Option<&'t Column>) -> Option<Arc<str>> {
    let inseam = reader.text("inseam");
    let size = column.and_then(|column| reader.words(column));
    size.map(|size| with_inseam(&size, inseam.as_ref()))
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
