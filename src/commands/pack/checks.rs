//! Checks of a final list beyond the orders: weights against the spec, pieces
//! against what the warehouse received.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::book::facts_of;
use super::papers::Papers;
use crate::engine::packing::{CartonRange, Content};
use crate::finding::{Finding, codes};
use crate::input::reading::ReadTable;
use crate::location::Location;
use crate::records::packing::{ListedCartons, colour_key, size_key, style_key};
use crate::records::received_pieces;

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

/// Finished goods that the warehouse received.
#[derive(Debug, Default)]
pub(super) struct Received {
    lines: Vec<Receipt>,
}

/// Style, colour and size by key, as far as they are named.
type Names = [Option<String>; 3];

/// A line of what was received.
#[derive(Debug)]
struct Receipt {
    names: Names,
    /// The same as they are written.
    shown: [Option<Arc<str>>; 3],
    pieces: Decimal,
    at: Location,
}

/// Reads what was received, from the registers among the tables.
pub(super) fn receipt_findings(tables: &[ReadTable]) -> Received {
    let is = |read: &&ReadTable| read.kind.is_some_and(|kind| kind.id == "goods_receipt");
    let mut received = Received::default();
    for read in tables.iter().filter(is) {
        for line in received_pieces(&read.table) {
            let item = line.item;
            let Some(code) = item.code else { continue };
            let colour = item.color.as_deref().map(colour_key);
            let size = item.size.as_deref().map(size_key);
            let names = [Some(style_key(&code)), colour, size];
            let shown = [Some(code), item.color, item.size];
            received.lines.push(Receipt { names, shown, pieces: line.pieces, at: line.at });
        }
    }
    received
}

/// Pieces packed of one style, or of one of its colours or sizes.
struct Packed {
    shown: String,
    pieces: Decimal,
}

impl Received {
    /// Compares what was packed with what was received, as far as styles are
    /// in the registers at all: by colour and size where every receipt of the
    /// style names them.
    pub(super) fn check(&self, cartons: &[&CartonRange]) -> Vec<Finding> {
        let depths = self.depths(cartons);
        let mut packed: BTreeMap<Names, Packed> = BTreeMap::new();
        for range in cartons {
            let count = Decimal::from(range.count());
            for one in &range.contents {
                let Some(style) = &one.style else { continue };
                let Some(depth) = depths.get(&style_key(style)) else { continue };
                let pieces = one.pieces.checked_mul(count).unwrap_or_default();
                let names = [Some(style), one.colour.as_ref(), one.size.as_ref()];
                let shown = || names.iter().take(*depth).flatten().map(|name| &***name);
                let own = packed.entry(cut(&keys(one), *depth)).or_insert_with(|| Packed {
                    shown: shown().collect::<Vec<_>>().join(" "),
                    pieces: Decimal::ZERO,
                });
                own.pieces = own.pieces.checked_add(pieces).unwrap_or(own.pieces);
            }
        }
        let mut received: BTreeMap<Names, (Decimal, &Location)> = BTreeMap::new();
        for line in &self.lines {
            let Some(depth) = line.names[0].as_ref().and_then(|style| depths.get(style)) else {
                continue;
            };
            let names = cut(&line.names, *depth);
            // What came in and is in no carton differs too.
            packed.entry(names.clone()).or_insert_with(|| Packed {
                shown: line
                    .shown
                    .iter()
                    .take(*depth)
                    .flatten()
                    .map(|name| &**name)
                    .collect::<Vec<_>>()
                    .join(" "),
                pieces: Decimal::ZERO,
            });
            let own = received.entry(names).or_insert((Decimal::ZERO, &line.at));
            own.0 = own.0.checked_add(line.pieces).unwrap_or(own.0);
        }
        let differs = |(names, packed): (&Names, &Packed)| {
            let found = received.get(names);
            let style = || self.lines.iter().find(|line| line.names[0] == names[0]);
            let at = found.map(|(_, at)| *at).or_else(|| style().map(|line| &line.at))?;
            let pieces = found.map_or(Decimal::ZERO, |(pieces, _)| *pieces);
            let difference = packed.pieces.checked_sub(pieces).filter(|one| !one.is_zero())?;
            let finding = Finding::of(codes::PACKED_NOT_RECEIVED)
                .with("style", &packed.shown)
                .with("packed", packed.pieces.normalize())
                .with("received", pieces.normalize())
                .with("difference", difference.normalize());
            Some(finding.at(at.clone()))
        };
        packed.iter().filter_map(differs).collect()
    }

    /// Returns how far receipts and cartons of each style that both have name
    /// the goods: 1 for the style, 2 with the colour, 3 with the size.
    fn depths(&self, cartons: &[&CartonRange]) -> FxHashMap<String, usize> {
        let named = |names: &Names| names.iter().take_while(|name| name.is_some()).count();
        let deepest = |all: &mut dyn Iterator<Item = Names>| {
            let mut depths: FxHashMap<String, usize> = FxHashMap::default();
            for names in all {
                let own = named(&names);
                let [Some(style), ..] = names else { continue };
                let depth = depths.entry(style).or_insert(own);
                *depth = own.min(*depth);
            }
            depths
        };
        let received = deepest(&mut self.lines.iter().map(|line| line.names.clone()));
        let contents = cartons.iter().flat_map(|range| &range.contents);
        let packed = deepest(&mut contents.map(keys));
        let both = received.into_iter().filter_map(|(style, depth)| {
            let other = packed.get(&style)?;
            Some((style, depth.min(*other)))
        });
        both.collect()
    }
}

/// Returns the keys of packed pieces.
fn keys(one: &Content) -> Names {
    let colour = one.colour.as_deref().map(colour_key);
    let size = one.size.as_deref().map(size_key);
    [one.style.as_deref().map(style_key), colour, size]
}

/// Returns the names that are compared.
fn cut(names: &Names, depth: usize) -> Names {
    std::array::from_fn(|at| names[at].clone().filter(|_| at < depth))
}
