//! Which orders take part, by which parts list, and what of the lists' heads
//! is not what the orders say.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::lists::{self, Called, Lists};
use super::papers::Papers;
use crate::engine::bom::order::rank;
use crate::engine::bom::{Graph, Order, StructId};
use crate::finding::{Finding, codes};
use crate::location::Location;
use crate::records::Item;
use crate::records::bom::Bom;
use crate::records::order::OrderLine;
use crate::text::fold;

/// The orders that take part.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    pub(super) orders: Vec<Order>,
    pub(super) findings: Vec<Finding>,
}

/// An order as all papers together have it.
#[derive(Debug)]
pub(super) struct Merged<'a> {
    id: Arc<str>,
    /// Its number, and what its product is called, as they are compared.
    pub(super) folded: String,
    pub(super) called: Called,
    item: &'a Item,
    quantity: Option<Decimal>,
    pub(super) needed_by: Option<NaiveDate>,
    /// Its first line, with what later papers add to it.
    pub(super) line: OrderLine,
}

/// Chooses the orders and their lists. With `wanted` only those, whatever
/// else speaks against them.
pub(super) fn choose(
    papers: &Papers,
    graph: &Graph,
    wanted: &[String],
    today: NaiveDate,
) -> Chosen {
    let wanted: Vec<String> = wanted.iter().map(|order| fold(order)).collect();
    let is_wanted = |folded: &String| wanted.is_empty() || wanted.contains(folded);
    let mut chosen = Chosen::default();
    let merged = merge(papers);
    chosen.findings.extend(papers.orders.iter().filter_map(without_number));
    let lists = Lists::of(&papers.boms);
    for order in merged.iter().filter(|order| is_wanted(&order.folded)) {
        let found = match lists.list_of(order, !wanted.is_empty(), today) {
            Ok(found) => found,
            Err(why) => {
                chosen.findings.push(order.left_out(why));
                continue;
            }
        };
        let bom = &papers.boms[found];
        chosen.findings.extend(mismatches(order, bom, found, &lists));
        let Some(quantity) = order.quantity.or(bom.head.quantity.as_ref().map(|q| q.value)) else {
            chosen.findings.push(order.left_out("no-quantity"));
            continue;
        };
        let root = graph.roots[found];
        chosen.orders.push(Order {
            id: Arc::clone(&order.id),
            root,
            product: label(graph, root),
            quantity,
            needed_by: order.needed_by,
            rank: rank_of(&order.line, papers),
            customer: order.line.customer.clone(),
            at: order.line.at.clone(),
        });
    }
    chosen.findings.extend(undivided(papers, &merged));
    chosen
        .orders
        .extend(of_heads(papers, graph, &merged).filter(|order| is_wanted(&fold(&order.id))));
    chosen
}

fn label(graph: &Graph, root: StructId) -> Arc<str> {
    Arc::clone(&graph.items.get(graph.structure(root).item).label)
}

/// Says that an ordered product has no order to be counted for.
fn without_number(line: &OrderLine) -> Option<Finding> {
    let ordered = line.order_no.is_none() && line.quantity.is_some();
    let product = line.item.code.as_deref().or(line.item.name.as_deref());
    ordered.then(|| left_out("—", product.unwrap_or_default(), "no-number", &line.at))
}

/// Puts the lines of each order and product together: sizes and colours add
/// up, days are the first that a paper has. What one paper says of an order
/// another does not say again: only lines of the same sheet add up.
fn merge(papers: &Papers) -> Vec<Merged<'_>> {
    let mut merged: Vec<Merged<'_>> = Vec::new();
    let mut by_number: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for line in &papers.orders {
        let Some(no) = &line.order_no else { continue };
        let (folded, called) = (fold(&no.text), Called::of(&line.item));
        let places = by_number.entry(folded.clone()).or_default();
        let same = places.iter().copied().find(|place| {
            let known = &merged[*place].called;
            known.is(&called) || called.is_bare() || known.is_bare()
        });
        match same {
            Some(place) => {
                let known = &mut merged[place];
                let same_sheet = known.line.at.sheet == line.at.sheet;
                known.quantity = match (known.quantity, line.quantity) {
                    (Some(sum), Some(more)) if same_sheet => sum.checked_add(more),
                    (known, other) => known.or(other),
                };
                known.needed_by = known.needed_by.or(line.needed_by);
                add(&mut known.line, line);
                if known.called.is_bare() {
                    known.item = &line.item;
                    known.called = called;
                }
            }
            None => {
                places.push(merged.len());
                merged.push(Merged {
                    id: Arc::clone(&no.text),
                    folded,
                    called,
                    item: &line.item,
                    quantity: line.quantity,
                    needed_by: line.needed_by,
                    line: line.clone(),
                });
            }
        }
    }
    merged
}

/// Adds what another paper knows of an order.
fn add(known: &mut OrderLine, other: &OrderLine) {
    known.customer = known.customer.take().or_else(|| other.customer.clone());
    known.customer_rank = known.customer_rank.take().or_else(|| other.customer_rank.clone());
    known.revision = known.revision.take().or_else(|| other.revision.clone());
    known.bom_on = known.bom_on.or(other.bom_on);
    known.keeps_bom_days |= other.keeps_bom_days;
    known.shipped |= other.shipped;
    known.closed |= other.closed;
}

impl Merged<'_> {
    fn left_out(&self, why: &str) -> Finding {
        let product = self.item.code.as_deref().or(self.item.name.as_deref());
        left_out(&self.id, product.unwrap_or_default(), why, &self.line.at)
    }
}

/// Says that an order takes no part, and why.
pub(super) fn left_out(order: &str, product: &str, why: &str, at: &Location) -> Finding {
    Finding::of(codes::BOM_ORDER_LEFT_OUT)
        .with("order", order)
        .with("product", product)
        .with("why", why)
        .at(at.clone())
}

/// Returns what of a list's head is not what its order says.
fn mismatches(order: &Merged<'_>, bom: &Bom, at: usize, lists: &Lists<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let own = lists.names(at, &order.folded);
    let mut tell = |field: &str, found: &str, expected: &str, at: &Location| {
        let finding = Finding::of(codes::BOM_ORDER_MISMATCH)
            .with("order", &order.id)
            .with("field", field)
            .with("found", found)
            .with("expected", expected)
            .related(order.line.at.clone());
        findings.push(finding.at(at.clone()));
    };
    let text = |item: &Item| item.code.clone().or_else(|| item.text()).unwrap_or_default();
    if own && !order.called.is_bare() && !lists.is_of(at, &order.called) {
        tell("product", &text(&bom.product), &text(order.item), &bom.product_at);
    }
    let quantity = bom.head.quantity.as_ref().filter(|_| own);
    if let Some((stated, ordered)) = quantity.zip(order.quantity)
        && stated.value != ordered
    {
        tell(
            "quantity",
            &stated.value.normalize().to_string(),
            &ordered.normalize().to_string(),
            &stated.at,
        );
    }
    if let (Some(found), Some(asked)) = (&bom.head.revision, &order.line.revision)
        && fold(&found.value) != fold(asked)
    {
        tell("revision", &found.value, asked, &found.at);
    }
    findings
}

fn rank_of(line: &OrderLine, papers: &Papers) -> Option<u32> {
    let own = line.customer_rank.as_deref().and_then(rank);
    let by_file = || rank(papers.ranks.get(&fold(line.customer.as_deref()?))?);
    own.or_else(by_file)
}

/// Returns the orders that only the heads of lists of colours or sizes name:
/// nobody says how many are of which.
fn undivided(papers: &Papers, merged: &[Merged<'_>]) -> Vec<Finding> {
    let mut told: FxHashSet<String> = merged.iter().map(|order| order.folded.clone()).collect();
    let mut findings = Vec::new();
    for bom in &papers.boms {
        let (Some(variant), Some(order)) = (&bom.variant, &bom.head.order) else { continue };
        let known = lists::named(&order.value).iter().any(|one| told.contains(one));
        if !known && told.insert(fold(&order.value)) {
            let product = variant.of.code.as_deref().or(variant.of.name.as_deref());
            let product = product.unwrap_or_default();
            findings.push(left_out(&order.value, product, "no-variant", &order.at));
        }
    }
    findings
}

/// Returns the orders that only the heads of lists name.
fn of_heads<'a>(
    papers: &'a Papers,
    graph: &'a Graph,
    merged: &'a [Merged<'a>],
) -> impl Iterator<Item = Order> + 'a {
    let known: FxHashSet<&String> = merged.iter().map(|order| &order.folded).collect();
    papers.boms.iter().enumerate().filter_map(move |(at, bom)| {
        let named = bom.head.order.as_ref()?;
        let quantity = bom.head.quantity.as_ref()?.value;
        if lists::named(&named.value).iter().any(|order| known.contains(order)) {
            return None;
        }
        let root = graph.roots[at];
        Some(Order {
            id: Arc::clone(&named.value),
            root,
            product: label(graph, root),
            quantity,
            needed_by: None,
            rank: None,
            customer: None,
            at: named.at.clone(),
        })
    })
}
