//! `gendan bom explode`: what orders, or one of each product, need of every
//! item, at any depth; where items are used; what products cost.

use std::rc::Rc;

use clap::Args;
use rust_decimal::Decimal;
use serde::Serialize;

use super::arguments::Common;
use super::plan::Plan;
use super::supplies::{Supplies, supplies};
use super::words::{label, name, shown, unit};
use crate::commands::{Context, Run};
use crate::engine::bom::graph::Graph;
use crate::engine::bom::{Explosion, ItemId, Order, Requirement, StructId, tidy};
use crate::error::Result;
use crate::lang::Lang;
use crate::location::Location;
use crate::report::{Column, Report, Row, Section, Sheet, Table, appendix, labels};

/// Work out what orders need of every item, at any depth
#[derive(Debug, Args)]
pub(super) struct Explode {
    #[command(flatten)]
    common: Common,
}

/// A requirement as JSON shows it.
#[derive(Debug, Serialize)]
struct RequirementRow<'a> {
    product: &'a str,
    order: Option<&'a str>,
    item: &'a str,
    name: String,
    unit: Option<&'a str>,
    level: u32,
    gross: Decimal,
}

/// The need of all orders for one item.
#[derive(Debug, Serialize)]
struct TotalRow<'a> {
    item: &'a str,
    unit: Option<&'a str>,
    low_level: u32,
    gross: Decimal,
}

/// A use of an item in another.
#[derive(Debug, Serialize)]
struct UseRow<'a> {
    item: &'a str,
    used_in: &'a str,
    quantity: Decimal,
    at: &'a Location,
}

/// What the material of a product costs.
#[derive(Debug, Serialize)]
struct CostRow<'a> {
    product: &'a str,
    order: Option<&'a str>,
    quantity: Decimal,
    unit_cost: Decimal,
    amount: Decimal,
    without_price: Vec<&'a str>,
}

/// One product, for an order or by itself.
struct Need<'a> {
    product: &'a str,
    order: Option<&'a Order>,
    quantity: Decimal,
    of_one: Rc<[Requirement]>,
}

impl Run for Explode {
    fn run(&self, context: &Context) -> Result<Report> {
        let lang = context.lang;
        let mut plan = Plan::of(&self.common, context)?;
        let supplies = supplies(&plan.papers, &plan.graph, context.today);
        let needs = needs(&plan);
        let sums = by_item(&plan.graph, &needs);
        let costs = costs(&plan.graph, &needs, &supplies);
        let mut report = Report::new("bom-explode", labels::text(lang, "bom.explode_title"), lang);
        report.sections = vec![
            Section::new("requirements", requirements(&plan.graph, &needs)),
            Section::new("totals", totals(&plan.graph, &sums)),
            Section::new("where_used", uses(&plan)),
            Section::new("costs", costs.iter()),
        ];
        if context.shows_sheets() {
            report.sheets = vec![
                requirements_sheet(&plan.graph, &needs, lang),
                totals_sheet(&plan.graph, &sums, lang),
                uses_sheet(&plan, lang),
            ];
            if !supplies.prices.is_empty() {
                report.sheets.push(costs_sheet(&costs, lang));
            }
        }
        plan.tell(&mut report);
        appendix::append(&mut report);
        Ok(report)
    }

    fn inputs(&self) -> &[String] {
        &self.common.inputs.inputs
    }
}

/// Works out the needs of the orders, and of one of each product that is told
/// by itself.
fn needs<'a>(plan: &'a Plan) -> Vec<Need<'a>> {
    let mut explosion = Explosion::new(&plan.graph);
    let ordered = plan.orders.iter().map(|order| (order.root, Some(order)));
    let alone = plan.products.iter().map(|root| (*root, None));
    let need = |(root, order): (StructId, Option<&'a Order>)| Need {
        product: label(&plan.graph.items, plan.graph.structure(root).item),
        order,
        quantity: order.map_or(Decimal::ONE, |order| order.quantity),
        of_one: explosion.of(root),
    };
    ordered.chain(alone).map(need).collect()
}

impl Need<'_> {
    /// Returns every requirement with what all that are ordered need.
    fn rows(&self) -> impl Iterator<Item = (&Requirement, Decimal)> {
        let gross = |one: &Requirement| tidy(one.per_unit.saturating_mul(self.quantity));
        self.of_one.iter().map(move |one| (one, gross(one)))
    }
}

fn requirements<'a>(
    graph: &'a Graph,
    needs: &'a [Need<'a>],
) -> impl Iterator<Item = RequirementRow<'a>> {
    let row = |need: &'a Need<'a>, requirement: &Requirement, gross| RequirementRow {
        product: need.product,
        order: need.order.map(|order| &*order.id),
        item: label(&graph.items, requirement.item),
        name: name(&graph.items, requirement.item),
        unit: unit(&graph.items, requirement.item),
        level: requirement.level,
        gross,
    };
    needs.iter().flat_map(move |need| need.rows().map(move |(one, gross)| row(need, one, gross)))
}

/// Adds up the needs of all orders by item.
fn by_item(graph: &Graph, needs: &[Need<'_>]) -> Vec<(ItemId, Decimal)> {
    let mut sums: Vec<Option<Decimal>> = vec![None; graph.items.len()];
    for (requirement, gross) in needs.iter().flat_map(Need::rows) {
        let sum = sums[requirement.item.index()].get_or_insert_default();
        *sum = sum.saturating_add(gross);
    }
    graph.items.ids().zip(sums).filter_map(|(item, sum)| Some((item, sum?))).collect()
}

fn totals<'a>(graph: &'a Graph, sums: &[(ItemId, Decimal)]) -> Vec<TotalRow<'a>> {
    let levels = graph.low_levels();
    let row = |&(item, gross): &(ItemId, Decimal)| TotalRow {
        item: label(&graph.items, item),
        unit: unit(&graph.items, item),
        low_level: levels[item.index()],
        gross: tidy(gross),
    };
    sums.iter().map(row).collect()
}

fn uses(plan: &Plan) -> Vec<UseRow<'_>> {
    let items = &plan.graph.items;
    let mut rows = Vec::new();
    for (item, uses) in plan.graph.where_used() {
        rows.extend(uses.into_iter().map(|one| UseRow {
            item: label(items, item),
            used_in: label(items, one.parent),
            quantity: tidy(one.factor),
            at: &plan.papers.boms[one.line.bom].lines[one.line.line].at,
        }));
    }
    rows
}

/// Rolls up what the material of each product costs; what the customer gives
/// costs nothing.
fn costs<'a>(graph: &'a Graph, needs: &'a [Need<'a>], supplies: &Supplies) -> Vec<CostRow<'a>> {
    if supplies.prices.is_empty() {
        return Vec::new();
    }
    let cost = |need: &'a Need<'a>| {
        let (mut amount, mut without) = (Decimal::ZERO, Vec::new());
        for (requirement, gross) in need.rows().filter(|(one, _)| !one.made) {
            let given = supplies.of.get(&requirement.item).is_some_and(|supply| supply.given);
            match supplies.prices.get(&requirement.item) {
                _ if given => {}
                Some(price) => {
                    let cost = gross.checked_mul(*price).unwrap_or_default();
                    amount = amount.saturating_add(cost);
                }
                None => without.push(label(&graph.items, requirement.item)),
            }
        }
        CostRow {
            product: need.product,
            order: need.order.map(|order| &*order.id),
            quantity: need.quantity.normalize(),
            unit_cost: amount
                .checked_div(need.quantity)
                .map(|cost| cost.round_dp(4))
                .unwrap_or_default()
                .normalize(),
            amount: cents(amount),
            without_price: without,
        }
    };
    needs.iter().map(cost).collect()
}

fn cents(amount: Decimal) -> Decimal {
    let strategy = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
    let mut amount = amount.round_dp_with_strategy(2, strategy);
    amount.rescale(2);
    amount
}

fn requirements_sheet(graph: &Graph, needs: &[Need<'_>], lang: Lang) -> Sheet {
    let text = |key| labels::text(lang, key);
    let title = text("bom.explode_title");
    let rows: usize = needs.iter().map(|need| need.of_one.len()).sum();
    let mut sheet = Sheet::new("requirements", text("bom.requirements")).title(title);
    for need in needs {
        let mut table = Table::new([
            Column::integer("level", text("bom.level")),
            Column::id("item", text("bom.item")).width(18),
            Column::text("name", text("bom.name")).width(34),
            Column::text("unit", text("bom.unit")).if_filled(),
            Column::quantity("per_unit", text("bom.per_unit")).width(12),
            Column::quantity("gross", text("bom.gross")).width(14),
        ])
        .empty(text("bom.nothing_needed"));
        for (requirement, gross) in need.rows() {
            table.push(Row::new([
                requirement.level.into(),
                label(&graph.items, requirement.item).into(),
                name(&graph.items, requirement.item).into(),
                unit(&graph.items, requirement.item).into(),
                shown(requirement.per_unit).into(),
                shown(gross).into(),
            ]));
        }
        let order = need.order.map_or_else(String::new, |order| order.id.to_string());
        let quantity = need.quantity.normalize().to_string();
        let values = [("product", need.product), ("order", &order), ("quantity", &quantity)];
        let key = if need.order.is_some() { "bom.for_order" } else { "bom.for_one" };
        sheet = sheet.text(labels::fill(lang, key, &values)).table(table);
    }
    sheet.on_terminal(if rows <= 120 { 120 } else { 20 })
}

fn totals_sheet(graph: &Graph, sums: &[(ItemId, Decimal)], lang: Lang) -> Sheet {
    let text = |key| labels::text(lang, key);
    let mut table = Table::new([
        Column::id("item", text("bom.item")).width(18),
        Column::text("name", text("bom.name")).width(34),
        Column::text("unit", text("bom.unit")).if_filled(),
        Column::integer("low_level", text("bom.low_level")),
        Column::quantity("gross", text("bom.gross")).width(14),
    ])
    .empty(text("bom.nothing_needed"));
    let levels = graph.low_levels();
    for &(item, gross) in sums {
        table.push(Row::new([
            label(&graph.items, item).into(),
            name(&graph.items, item).into(),
            unit(&graph.items, item).into(),
            levels[item.index()].into(),
            shown(gross).into(),
        ]));
    }
    let title = text("bom.totals");
    Sheet::new("totals", title).title(title).table(table)
}

fn uses_sheet(plan: &Plan, lang: Lang) -> Sheet {
    let text = |key| labels::text(lang, key);
    let mut table = Table::new([
        Column::id("item", text("bom.item")).width(18),
        Column::id("used_in", text("bom.used_in")).width(18),
        Column::quantity("quantity", text("bom.per_parent")).width(12),
        Column::place("at", text("appendix.place")).width(30),
    ])
    .empty(text("bom.nothing_needed"));
    for one in uses(plan) {
        table.push(Row::new([
            one.item.into(),
            one.used_in.into(),
            shown(one.quantity).into(),
            one.at.clone().into(),
        ]));
    }
    let title = text("bom.where_used");
    Sheet::new("where_used", title).title(title).table(table)
}

fn costs_sheet(costs: &[CostRow<'_>], lang: Lang) -> Sheet {
    let text = |key| labels::text(lang, key);
    let mut table = Table::new([
        Column::id("product", text("bom.product")).width(18),
        Column::id("order", text("bom.order")).width(16).if_filled(),
        Column::quantity("quantity", text("bom.quantity")),
        Column::price("unit_cost", text("bom.unit_cost")),
        Column::money("amount", text("bom.amount")).sum(),
        Column::text("without_price", text("bom.without_price")).width(30).if_filled(),
    ])
    .total(text("common.total"));
    for cost in costs {
        table.push(Row::new([
            cost.product.into(),
            cost.order.into(),
            cost.quantity.into(),
            cost.unit_cost.into(),
            cost.amount.into(),
            cost.without_price.join(", ").into(),
        ]));
    }
    let title = text("bom.costs");
    Sheet::new("costs", title).title(title).table(table).on_terminal(40)
}
