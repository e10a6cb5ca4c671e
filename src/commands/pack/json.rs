//! Cartons and their totals as JSON shows them.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::engine::packing::{CartonKind, CartonRange, Content, Sum};

/// A range of cartons. Figures are of one carton.
#[derive(Debug, Serialize)]
pub(super) struct CartonRow<'a> {
    number_from: u32,
    number_to: u32,
    cartons: u32,
    po: Option<&'a str>,
    destination: Option<&'a str>,
    style: Option<&'a str>,
    colour: Option<&'a str>,
    contents: Vec<ContentRow<'a>>,
    pieces: Decimal,
    net_net_weight: Option<Decimal>,
    net_weight: Option<Decimal>,
    gross_weight: Option<Decimal>,
    length: Option<Decimal>,
    width: Option<Decimal>,
    height: Option<Decimal>,
    cbm: Option<Decimal>,
    kind: CartonKind,
    odd: bool,
    weighed: bool,
    at: Option<String>,
}

/// Pieces of one size in a carton. Order, style and colour stand here where
/// the cartons have several.
#[derive(Debug, Serialize)]
struct ContentRow<'a> {
    size: Option<&'a str>,
    pieces: Decimal,
    #[serde(skip_serializing_if = "Option::is_none")]
    po: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    style: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    colour: Option<&'a str>,
}

impl<'a> CartonRow<'a> {
    /// Shows a range.
    pub(super) fn of(range: &'a CartonRange) -> Self {
        let (po, style, colour) = (range.po(), range.style(), range.colour());
        let content = |content: &'a Content| ContentRow {
            size: content.size.as_deref(),
            pieces: content.pieces.normalize(),
            po: content.po.as_deref().filter(|_| po.is_none()),
            style: content.style.as_deref().filter(|_| style.is_none()),
            colour: content.colour.as_deref().filter(|_| colour.is_none()),
        };
        Self {
            number_from: range.from,
            number_to: range.to,
            cartons: range.count(),
            po: po.map(AsRef::as_ref),
            destination: range.destination.as_deref(),
            style: style.map(AsRef::as_ref),
            colour: colour.map(AsRef::as_ref),
            contents: range.contents.iter().map(content).collect(),
            pieces: range.pieces_each().normalize(),
            net_net_weight: range.weights.net_net,
            net_weight: range.weights.net,
            gross_weight: range.weights.gross,
            length: range.outer.map(|outer| outer.length),
            width: range.outer.map(|outer| outer.width),
            height: range.outer.map(|outer| outer.height),
            cbm: range.cbm,
            kind: range.kind,
            odd: range.odd,
            weighed: range.weighed,
            at: range.at.as_ref().map(ToString::to_string),
        }
    }
}

/// Sums of cartons; without an order those of all.
#[derive(Debug, Serialize)]
pub(super) struct TotalRow<'a> {
    po: Option<&'a str>,
    cartons: u64,
    pieces: Decimal,
    net_weight: Option<Decimal>,
    gross_weight: Option<Decimal>,
    cbm: Option<Decimal>,
}

impl<'a> TotalRow<'a> {
    /// Shows a sum.
    pub(super) fn of(po: Option<&'a str>, sum: &Sum) -> Self {
        Self {
            po,
            cartons: sum.cartons,
            pieces: sum.pieces.normalize(),
            net_weight: sum.net,
            gross_weight: sum.gross,
            cbm: sum.cbm,
        }
    }
}
