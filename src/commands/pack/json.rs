//! Cartons and their totals as JSON shows them.

use rust_decimal::Decimal;
use serde::Serialize;

use super::compared::Order;
use crate::engine::packing::over_short::{Row, Verdict};
use crate::engine::packing::plan::Bound;
use crate::engine::packing::{CartonKind, CartonRange, Content, Sum};
use crate::report::Cell;

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

/// How few cartons an order could take.
#[derive(Debug, Serialize)]
pub(super) struct BoundRow<'a> {
    po: Option<&'a str>,
    cartons: u64,
    lower_bound: u64,
    gap: u64,
    proved: bool,
}

impl<'a> BoundRow<'a> {
    /// Shows a bound.
    pub(super) fn of(bound: &'a Bound) -> Self {
        Self {
            po: bound.po.as_deref(),
            cartons: bound.cartons,
            lower_bound: bound.lower,
            gap: bound.cartons.saturating_sub(bound.lower),
            proved: bound.cartons == bound.lower,
        }
    }
}

/// Ordered against packed.
#[derive(Debug, Serialize)]
pub(super) struct OverShortRow<'a> {
    po: Option<&'a str>,
    style: Option<&'a str>,
    colour: Option<&'a str>,
    size: Option<&'a str>,
    ordered: Decimal,
    packed: Decimal,
    difference: Decimal,
    percent: Option<Decimal>,
    minimum: Decimal,
    maximum: Decimal,
    verdict: Verdict,
    at: Option<String>,
}

impl<'a> OverShortRow<'a> {
    /// Shows a row of an order.
    pub(super) fn of(row: &'a Row, order: &'a Order) -> Self {
        Self {
            po: order.po.as_deref(),
            style: row.style.as_deref(),
            colour: row.colour.as_deref(),
            size: row.size.as_deref(),
            ordered: row.ordered.normalize(),
            packed: row.packed.normalize(),
            difference: row.difference().normalize(),
            percent: row.percent(),
            minimum: row.minimum.normalize(),
            maximum: row.maximum.normalize(),
            verdict: row.verdict,
            at: row.at.as_ref().map(ToString::to_string),
        }
    }
}

/// Planned against actual.
#[derive(Debug, Serialize)]
pub(super) struct PlanActualRow<'a> {
    po: Option<&'a str>,
    planned_cartons: u64,
    actual_cartons: u64,
    planned_pieces: Decimal,
    actual_pieces: Decimal,
    planned_gross_weight: Option<Decimal>,
    actual_gross_weight: Option<Decimal>,
    planned_cbm: Option<Decimal>,
    actual_cbm: Option<Decimal>,
}

impl<'a> PlanActualRow<'a> {
    /// Shows an order.
    pub(super) fn of(po: Option<&'a str>, planned: &Sum, actual: &Sum) -> Self {
        Self {
            po,
            planned_cartons: planned.cartons,
            actual_cartons: actual.cartons,
            planned_pieces: planned.pieces.normalize(),
            actual_pieces: actual.pieces.normalize(),
            planned_gross_weight: planned.gross,
            actual_gross_weight: actual.gross,
            planned_cbm: planned.cbm,
            actual_cbm: actual.cbm,
        }
    }

    /// Shows it in a table.
    pub(super) fn cells(&self) -> [Cell; 9] {
        [
            self.po.into(),
            self.planned_cartons.into(),
            self.actual_cartons.into(),
            self.planned_pieces.into(),
            self.actual_pieces.into(),
            self.planned_gross_weight.into(),
            self.actual_gross_weight.into(),
            self.planned_cbm.into(),
            self.actual_cbm.into(),
        ]
    }
}
