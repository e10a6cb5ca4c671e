//! Checks of a final list beyond the orders: weights against the spec, pieces
//! against what the warehouse received.

use rust_decimal::Decimal;

use super::lots::facts_of;
use super::papers::Papers;
use crate::commands::Context;
use crate::engine::packing::CartonRange;
use crate::finding::{Finding, codes};
use crate::input::reading::ReadTable;
use crate::location::Location;
use crate::records::packing::{ListedCartons, style_key};
use crate::records::{ReadContext, receipts};

/// How far, in hundredths, a gross weight may be from what its contents make.
const FAR: Decimal = Decimal::from_parts(5, 0, 0, false, 2);
/// Kilograms that a scale may be off.
const SCALE: Decimal = Decimal::from_parts(3, 0, 0, false, 1);

/// Returns cartons that weigh more than they may, or not what their contents
/// make.
pub(super) fn weight_findings(cartons: &[&ListedCartons], papers: &Papers) -> Vec<Finding> {
    let mut found = Vec::new();
    for one in cartons {
        let range = &one.range;
        let Some(gross) = range.weights.gross else { continue };
        let facts = facts_of(range, &papers.specs, &papers.ordered);
        let number = match range.from == range.to {
            true => range.from.to_string(),
            false => format!("{}-{}", range.from, range.to),
        };
        let place = |finding: Finding| match &range.at {
            Some(at) => finding.at(at.clone()),
            None => finding,
        };
        if let Some(limit) = facts.max_gross.filter(|limit| gross > *limit) {
            let finding = Finding::of(codes::CARTON_OVER_WEIGHT)
                .with("carton", &number)
                .with("found", gross)
                .with("limit", limit.normalize());
            found.push(place(finding));
        }
        if let Some(expected) = facts.gross {
            let off = (gross - expected).abs();
            let allowed = expected.checked_mul(FAR).unwrap_or(SCALE).max(SCALE);
            if off > allowed {
                let finding = Finding::of(codes::WEIGHT_IMPLAUSIBLE)
                    .with("carton", &number)
                    .with("found", gross)
                    .with("expected", expected);
                found.push(place(finding));
            }
        }
    }
    found
}

/// Finished goods that the warehouse received: style, colour, pieces.
#[derive(Debug, Default)]
pub(super) struct Received {
    lines: Vec<(String, Decimal, Location)>,
}

/// Reads what was received, from the registers among the tables.
pub(super) fn receipt_findings(tables: &[ReadTable], context: &Context) -> Received {
    let reading = ReadContext { period: None, settings: &context.settings };
    let is = |read: &&ReadTable| read.kind.is_some_and(|kind| kind.id == "goods_receipt");
    let mut received = Received::default();
    for read in tables.iter().filter(is) {
        for line in receipts(&read.table, &reading).lines {
            if let (Some(code), Some(pieces)) = (&line.item.code, line.quantity) {
                received.lines.push((style_key(code), pieces, line.at.clone()));
            }
        }
    }
    received
}

impl Received {
    /// Compares what was packed with what was received, style by style, as
    /// far as styles are in the registers at all.
    pub(super) fn check(&self, cartons: &[&CartonRange]) -> Vec<Finding> {
        let mut packed: Vec<(String, String, Decimal)> = Vec::new();
        for range in cartons {
            let count = Decimal::from(range.count());
            for one in &range.contents {
                let Some(style) = &one.style else { continue };
                let key = style_key(style);
                let pieces = one.pieces.checked_mul(count).unwrap_or_default();
                match packed.iter_mut().find(|(known, _, _)| *known == key) {
                    Some((_, _, sum)) => *sum = sum.checked_add(pieces).unwrap_or(*sum),
                    None => packed.push((key, style.to_string(), pieces)),
                }
            }
        }
        let mut found = Vec::new();
        for (key, style, pieces) in packed {
            let own: Vec<_> = self.lines.iter().filter(|(style, _, _)| *style == key).collect();
            let Some((_, _, at)) = own.first() else { continue };
            let received =
                own.iter().try_fold(Decimal::ZERO, |sum, (_, pieces, _)| sum.checked_add(*pieces));
            if let Some(received) = received.filter(|received| *received != pieces) {
                let finding = Finding::of(codes::PACKED_NOT_RECEIVED)
                    .with("style", style)
                    .with("packed", pieces.normalize())
                    .with("received", received.normalize())
                    .with("difference", (pieces - received).normalize());
                found.push(finding.at(at.clone()));
            }
        }
        found
    }
}
