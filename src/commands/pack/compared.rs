//! Orders against cartons: which carton belongs to which order, what each
//! order may be over or short, and how it stands.

use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::engine::packing::CartonRange;
use crate::engine::packing::over_short::{Level, Pieces, Row, Verdict, compare};
use crate::engine::packing::tolerance::{OrderFacts, Rule, Rules, Source, Tolerance, tolerance};
use crate::finding::{Finding, codes};
use crate::location::Location;
use crate::records::packing::{
    OrderedPieces, SpecEntry, colour_key, over_short, po_key, size_key, style_key,
};
use crate::settings::{OverShortSetting, Settings};
use crate::text::fold;

/// An order and what it may be over and short.
#[derive(Debug, Clone)]
pub(super) struct Order {
    /// What it is shown as; `None` where neither order nor list names one.
    pub(super) po: Option<Arc<str>>,
    /// What it may be over and short, in per cent.
    pub(super) tolerance: Tolerance,
    /// Where that comes from.
    pub(super) source: Source,
    /// The market or type that decides, as written.
    pub(super) market: Option<Arc<str>>,
    /// Where the order stands; `None` if only a list names it.
    pub(super) at: Option<Location>,
}

/// Orders against cartons.
#[derive(Debug, Clone, Default)]
pub(super) struct Compared {
    /// The orders, those of the breakdowns first.
    pub(super) orders: Vec<Order>,
    /// Their rows.
    pub(super) rows: Vec<Row>,
    /// What needs a person.
    pub(super) findings: Vec<Finding>,
}

/// Returns the factory's own rules.
pub(super) fn rules(settings: &Settings) -> Rules {
    let rule = |own: &OverShortSetting| Rule {
        name: own.name.clone(),
        types: own.types.clone(),
        markets: own.markets.clone(),
        from: own.from,
        to: own.to,
        over: own.over,
        short: own.short,
    };
    Rules { rules: settings.over_short.iter().map(rule).collect() }
}

/// Compares orders with cartons.
pub(super) fn compared(
    ordered: &[OrderedPieces],
    specs: &[SpecEntry],
    cartons: &[&CartonRange],
    own: &Rules,
) -> Compared {
    let mut index = Index::of(ordered);
    let ordered_pieces: Vec<Pieces> = ordered.iter().map(|line| index.ordered(line)).collect();
    let packed = index.packed(cartons);
    let mut orders = Vec::new();
    for (at, po) in index.pos.iter().enumerate() {
        let lines: Vec<&OrderedPieces> = ordered
            .iter()
            .zip(&ordered_pieces)
            .filter(|(_, pieces)| pieces.order == at)
            .map(|(line, _)| line)
            .collect();
        orders.push(order(po.clone(), &lines, specs, own));
    }
    let tolerances: Vec<Tolerance> = orders.iter().map(|order| order.tolerance).collect();
    let rows = compare(&ordered_pieces, &packed, &tolerances);
    let findings = findings(&orders, &rows);
    Compared { orders, rows, findings }
}

/// Which order pieces belong to.
struct Index {
    pos: Vec<Option<Arc<str>>>,
    by_name: FxHashMap<String, usize>,
    by_style: FxHashMap<String, Vec<usize>>,
    known: usize,
}

impl Index {
    fn of(ordered: &[OrderedPieces]) -> Self {
        let mut index = Self {
            pos: Vec::new(),
            by_name: FxHashMap::default(),
            by_style: FxHashMap::default(),
            known: 0,
        };
        for line in ordered {
            let name = line.po.as_deref().map(po_key).unwrap_or_default();
            let at = *index.by_name.entry(name).or_insert_with(|| {
                index.pos.push(line.po.clone());
                index.pos.len() - 1
            });
            if let Some(order_no) = &line.order_no {
                index.by_name.entry(po_key(order_no)).or_insert(at);
            }
            let style = line.style.as_deref().map(style_key).unwrap_or_default();
            let of_style = index.by_style.entry(style).or_default();
            if !of_style.contains(&at) {
                of_style.push(at);
            }
        }
        index.known = index.pos.len();
        index
    }

    fn ordered(&self, line: &OrderedPieces) -> Pieces {
        let name = line.po.as_deref().map(po_key).unwrap_or_default();
        let order = self.by_name.get(&name).copied().unwrap_or_default();
        let at = Some(line.at.clone());
        let names = (&line.style, &line.colour, &line.size);
        pieces(order, names, Decimal::from(line.pieces), at)
    }

    /// Finds the order of packed goods: by its number, else by their style if
    /// only one order has it; else it is an order that nobody gave.
    fn find(&mut self, po: Option<&Arc<str>>, style: Option<&Arc<str>>) -> usize {
        let name = po.map(|po| po_key(po)).unwrap_or_default();
        if let Some(at) = self.by_name.get(&name).filter(|_| !name.is_empty()) {
            return *at;
        }
        let style = style.map(|style| style_key(style)).unwrap_or_default();
        if let Some([only]) = self.by_style.get(&style).map(Vec::as_slice)
            && (name.is_empty() || self.pos[*only].is_none())
        {
            return *only;
        }
        if name.is_empty() && self.known == 1 && style.is_empty() {
            return 0;
        }
        *self.by_name.entry(name).or_insert_with(|| {
            self.pos.push(po.cloned());
            self.pos.len() - 1
        })
    }

    fn packed(&mut self, cartons: &[&CartonRange]) -> Vec<Pieces> {
        let mut found = Vec::new();
        for range in cartons {
            let count = Decimal::from(range.count());
            for one in &range.contents {
                let order = self.find(one.po.as_ref(), one.style.as_ref());
                let all = one.pieces.checked_mul(count).unwrap_or(one.pieces);
                let names = (&one.style, &one.colour, &one.size);
                let mut packed = pieces(order, names, all, range.at.clone());
                self.settle_style(&mut packed);
                found.push(packed);
            }
        }
        found
    }

    /// Lists often leave the style out: where an order has one only, that is
    /// the one.
    fn settle_style(&self, packed: &mut Pieces) {
        if !packed.colour_key.0.is_empty() {
            return;
        }
        let mut styles = self.by_style.iter().filter(|(_, orders)| orders.contains(&packed.order));
        if let (Some((style, _)), None) = (styles.next(), styles.next()) {
            packed.colour_key.0.clone_from(style);
        }
    }
}

type Names<'a> = (&'a Option<Arc<str>>, &'a Option<Arc<str>>, &'a Option<Arc<str>>);

fn pieces(
    order: usize,
    (style, colour, size): Names<'_>,
    pieces: Decimal,
    at: Option<Location>,
) -> Pieces {
    let key = |name: &Option<Arc<str>>, fold: fn(&str) -> String| {
        name.as_deref().map(fold).unwrap_or_default()
    };
    Pieces {
        order,
        colour_key: (key(style, style_key), key(colour, colour_key)),
        size_key: key(size, size_key),
        style: style.clone(),
        colour: colour.clone(),
        size: size.clone(),
        pieces,
        at,
    }
}

/// Finds what an order may be over and short.
fn order(
    po: Option<Arc<str>>,
    lines: &[&OrderedPieces],
    specs: &[SpecEntry],
    own: &Rules,
) -> Order {
    let mut facts = OrderFacts::default();
    let mut market = None;
    for line in lines {
        let total = facts.pieces.checked_add(Decimal::from(line.pieces));
        facts.pieces = total.unwrap_or(facts.pieces);
        facts.order_type = facts.order_type.or_else(|| line.order_type.as_deref().map(fold));
        for place in [&line.market, &line.destination].into_iter().flatten() {
            market = market.or_else(|| Some(Arc::clone(place)));
            for part in place.split(['/', '、', ',', '，', ' ', '(', '（', ')', '）']) {
                facts.markets.push(fold(part));
            }
            facts.markets.push(fold(place));
        }
    }
    let styles: Vec<String> =
        lines.iter().filter_map(|line| line.style.as_deref().map(style_key)).collect();
    let name = po.as_deref().map(po_key);
    let about = |entry: &&SpecEntry| {
        let same_po = entry.po.is_none() || entry.po == name;
        let same_style =
            entry.styles.is_empty() || entry.styles.iter().any(|style| styles.contains(style));
        same_po && same_style && !lines.is_empty()
    };
    let paper = specs.iter().filter(about).find_map(|entry| entry.over_short.as_deref());
    facts.paper = paper.and_then(over_short);
    let (tolerance, source) = tolerance(&facts, own);
    let at = lines.first().map(|line| line.at.clone());
    Order { po, tolerance, source, market, at }
}

/// Returns what needs a person.
fn findings(orders: &[Order], rows: &[Row]) -> Vec<Finding> {
    let mut found = Vec::new();
    for row in rows {
        let order = &orders[row.order];
        let code = match (row.level, row.verdict) {
            (Level::Order, _) if order.at.is_none() => codes::ORDER_UNKNOWN,
            (Level::Order, Verdict::Over) => codes::SHIPPED_OVER,
            (Level::Order, Verdict::Short) => codes::SHIPPED_SHORT,
            (Level::Size, Verdict::Missing) => codes::SIZE_MISSING,
            _ => continue,
        };
        let colour = row.colour.as_deref().unwrap_or_default();
        let size = row.size.as_deref().unwrap_or_default();
        let finding = Finding::of(code)
            .with("po", order.po.as_deref().unwrap_or("-"))
            .with("item", format!("{colour} {size}").trim())
            .with("ordered", row.ordered.normalize())
            .with("packed", row.packed.normalize())
            .with("least", row.minimum.normalize())
            .with("most", row.maximum.normalize());
        found.push(match &row.at {
            Some(at) => finding.at(at.clone()),
            None => finding,
        });
    }
    for order in orders.iter().filter(|order| order.source == Source::Default) {
        let Some(at) = &order.at else { continue };
        let finding = Finding::of(codes::TOLERANCE_DEFAULT)
            .with("po", order.po.as_deref().unwrap_or("-"))
            .with("market", order.market.as_deref().unwrap_or("-"));
        found.push(finding.at(at.clone()));
    }
    found
}
