//! Stock and open purchase orders → what there is of every item, in the unit
//! the lists use.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::papers::Papers;
use crate::engine::bom::allocate::{Coming, Due};
use crate::engine::bom::arrivals::due;
use crate::engine::bom::shortage::Supply;
use crate::engine::bom::{Graph, ItemId, Items, fabric};
use crate::engine::measure::{Fit, fit, in_pack, is_length, is_weight};
use crate::finding::{Finding, codes};
use crate::location::Location;
use crate::records::Item;
use crate::records::bom::SupplyType;

/// What there is, and what is odd about it.
#[derive(Debug, Default)]
pub(super) struct Supplies {
    pub(super) of: FxHashMap<ItemId, Supply>,
    /// From whom each item is bought.
    pub(super) suppliers: FxHashMap<ItemId, Arc<str>>,
    /// What it was last bought at.
    pub(super) prices: FxHashMap<ItemId, Decimal>,
    /// The item of each open purchase order line, if a list has it.
    pub(super) open_items: Vec<Option<ItemId>>,
    pub(super) findings: Vec<Finding>,
}

/// Puts together what there is of the lists' items.
pub(super) fn supplies(papers: &Papers, graph: &Graph, today: NaiveDate) -> Supplies {
    let mut supplies = Supplies::default();
    let stated = supplies.add_stock(papers, &graph.items);
    supplies.add_open(papers, &graph.items, today);
    for (id, quantity) in stated {
        supplies.add_stated(id, quantity, papers.has_open);
    }
    supplies.add_lists(papers, graph);
    supplies.add_prices(papers, &graph.items);
    supplies
}

impl Supplies {
    /// Adds the stock tables; returns what they say is on order.
    fn add_stock(&mut self, papers: &Papers, items: &Items) -> Vec<(ItemId, Decimal)> {
        let mut stated: FxHashMap<ItemId, Decimal> = FxHashMap::default();
        for line in papers.stock.iter().filter(|line| line.repeats.is_none()) {
            let Some(id) = items.find(&line.item) else { continue };
            let Some(factor) =
                self.factor(items, id, line.unit.as_deref(), &line.item, &line.item_at)
            else {
                continue;
            };
            let times = |figure: Option<Decimal>| {
                figure.and_then(|figure| figure.checked_mul(factor)).unwrap_or_default()
            };
            let supply = self.of.entry(id).or_default();
            supply.on_hand = supply.on_hand.saturating_add(times(line.figures.closing));
            supply.allocated = supply.allocated.saturating_add(times(line.figures.allocated));
            supply.safety_stock =
                supply.safety_stock.saturating_add(times(line.planning.safety_stock));
            supply.minimum = supply.minimum.or(line.planning.min_order);
            supply.multiple = supply.multiple.or(line.planning.order_multiple);
            let on_order = times(line.figures.on_order);
            if on_order > Decimal::ZERO {
                let sum = stated.entry(id).or_default();
                *sum = sum.saturating_add(on_order);
            }
            if let Some(supplier) = &line.planning.supplier {
                self.suppliers.entry(id).or_insert_with(|| Arc::clone(supplier));
            }
            if let Some(price) = line.planning.last_price {
                self.prices.entry(id).or_insert(price);
            }
        }
        let mut stated: Vec<_> = stated.into_iter().collect();
        stated.sort_unstable_by_key(|(id, _)| *id);
        stated
    }

    fn add_open(&mut self, papers: &Papers, items: &Items, today: NaiveDate) {
        for line in &papers.open {
            let id = items.find(&line.item);
            self.open_items.push(id);
            let Some(id) = id.filter(|_| line.open > Decimal::ZERO) else { continue };
            let Some(factor) = self.factor(items, id, line.unit.as_deref(), &line.item, &line.at)
            else {
                continue;
            };
            let Some(quantity) = line.open.checked_mul(factor) else { continue };
            let coming = Coming { due: due(line.promised, today), quantity };
            self.of.entry(id).or_default().coming.push(coming);
            if let Some(supplier) = &line.supplier {
                self.suppliers.entry(id).or_insert_with(|| Arc::clone(&supplier.value));
            }
        }
    }

    /// Adds what the stock table says is on order. Without any list of
    /// purchase orders it is all there is to know; beside one, only what goes
    /// beyond it is new, and nobody knows when that comes.
    fn add_stated(&mut self, id: ItemId, quantity: Decimal, has_open: bool) {
        let supply = self.of.entry(id).or_default();
        let listed: Decimal = supply.coming.iter().map(|coming| coming.quantity).sum();
        let beyond = quantity - listed;
        if beyond > Decimal::ZERO {
            let due = if has_open { Due::Undated } else { Due::Stated };
            supply.coming.push(Coming { due, quantity: beyond });
        }
    }

    /// Adds what the lists themselves say of suppliers and who gives what.
    fn add_lists(&mut self, papers: &Papers, graph: &Graph) {
        for line in papers.boms.iter().flat_map(|bom| &bom.lines) {
            let Some(id) = graph.items.find(&line.item) else { continue };
            if line.supply == SupplyType::Customer {
                self.of.entry(id).or_default().given = true;
            }
            if let Some(supplier) = &line.supplier {
                self.suppliers.entry(id).or_insert_with(|| Arc::clone(supplier));
            }
            if let Some(stock) = line.on_hand.filter(|_| !papers.has_stock) {
                // The list tells the same stock at every line of the item.
                let supply = self.of.entry(id).or_default();
                supply.on_hand = supply.on_hand.max(stock);
            }
            let planned = line.order_multiple.is_some() || line.minimum.is_some();
            if planned {
                let supply = self.of.entry(id).or_default();
                supply.multiple = supply.multiple.or(line.order_multiple);
                supply.minimum = supply.minimum.or(line.minimum);
            }
        }
    }

    fn add_prices(&mut self, papers: &Papers, items: &Items) {
        // The latest price of an item counts; later rows go before earlier.
        let mut lines: Vec<_> = papers.prices.iter().collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.valid_from));
        for line in lines {
            let Some(id) = items.find(&line.item) else { continue };
            self.prices.entry(id).or_insert(line.unit_price);
            if let Some(party) = &line.party {
                self.suppliers.entry(id).or_insert_with(|| Arc::clone(&party.value));
            }
            let supply = self.of.entry(id).or_default();
            supply.multiple = supply.multiple.or(line.order_multiple);
            supply.minimum = supply.minimum.or(line.min_order);
        }
    }

    /// Returns by what a quantity in a paper's unit becomes one in the lists';
    /// nothing if it cannot.
    fn factor(
        &mut self,
        items: &Items,
        id: ItemId,
        unit: Option<&str>,
        item: &Item,
        at: &Location,
    ) -> Option<Decimal> {
        let (factor, how) = factor(items, id, unit, item);
        if let Some(how) = how {
            let known = items.get(id);
            let finding = Finding::of(codes::BOM_STOCK_UNIT)
                .with("item", &known.label)
                .with("found", unit.unwrap_or_default())
                .with("expected", known.unit.as_deref().unwrap_or_default())
                .with("how", how);
            self.findings.push(finding.at(at.clone()));
        }
        factor
    }
}

/// Returns by what a quantity of an item in a paper's unit becomes one in the
/// lists', nothing if it cannot; and how, where that is worth a word.
pub(super) fn factor(
    items: &Items,
    id: ItemId,
    unit: Option<&str>,
    item: &Item,
) -> (Option<Decimal>, Option<&'static str>) {
    let known = items.get(id);
    let (Some(found), Some(expected)) = (unit, known.unit.as_deref()) else {
        return (Some(Decimal::ONE), None);
    };
    match fit(found, expected) {
        Fit::Same => (Some(Decimal::ONE), None),
        Fit::Converts(factor) => (Some(factor), None),
        other => match (by_pack(found, expected, [&known.item, item]), other) {
            (Some(factor), _) => (Some(factor), Some("by-pack")),
            (None, Fit::Clash) => match by_fabric(found, expected, known.item.spec.as_deref()) {
                Some(factor) => (Some(factor), Some("by-fabric")),
                None => (None, Some("not-counted")),
            },
            (None, _) => (Some(Decimal::ONE), Some("one-to-one")),
        },
    }
}

/// Returns how many of one unit a pack is, or the other way round, by what the
/// specification or name says in either paper (`50米/卷`).
fn by_pack(from: &str, to: &str, items: [&Item; 2]) -> Option<Decimal> {
    let mut texts = items.into_iter().flat_map(|item| [&item.spec, &item.name]).flatten();
    texts.find_map(|text| {
        let unpacked = in_pack(text, from, to);
        unpacked.or_else(|| Decimal::ONE.checked_div(in_pack(text, to, from)?))
    })
}

/// Returns how many metres a kilogram of a fabric is, or the other way round,
/// by the width and weight in its specification.
fn by_fabric(from: &str, to: &str, spec: Option<&str>) -> Option<Decimal> {
    let (width, grams) = fabric::width_and_weight(spec?)?;
    let metres = fabric::metres(Decimal::ONE, grams, width)?;
    let scaled = |from: &str, to: &str| match fit(from, to) {
        Fit::Same => Some(Decimal::ONE),
        Fit::Converts(factor) => Some(factor),
        _ => None,
    };
    if is_weight(from) && is_length(to) {
        scaled(from, "kg")?.checked_mul(metres)?.checked_mul(scaled("m", to)?)
    } else if is_length(from) && is_weight(to) {
        scaled(from, "m")?.checked_div(metres)?.checked_mul(scaled("kg", to)?)
    } else {
        None
    }
}
