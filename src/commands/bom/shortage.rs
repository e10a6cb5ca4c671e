//! `gendan bom shortage`: what is short for all orders at once, who waits for
//! what, and what to buy from whom.

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use rust_decimal::Decimal;
use serde::Serialize;

use super::arguments::Common;
use super::plan::Plan;
use super::supplies::{Supplies, supplies};
use super::words::{label, name, unit};
use crate::commands::{Context, Run};
use crate::engine::bom::allocate::Ready;
use crate::engine::bom::order::Rule;
use crate::engine::bom::shortage::{self, ItemNet, OrderNet};
use crate::engine::bom::{Items, tidy};
use crate::engine::measure::is_counted;
use crate::error::Result;
use crate::report::{Report, Section, appendix, labels};

mod sheets;

/// Say what is short for all orders at once, and who waits for what
#[derive(Debug, Args)]
pub(super) struct Shortage {
    #[command(flatten)]
    common: Common,
    /// Who gets material that is short: date (who needs it first, then main customers), rank (main customers first) or pro-rata (in proportion, within a day)
    #[arg(long, value_name = "RULE", default_value = "date")]
    allocate: Allocate,
}

/// Who gets material that is short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Allocate {
    /// Who needs it first; of one day the main customers.
    #[default]
    Date,
    /// Main customers first.
    Rank,
    /// In proportion, within a day.
    ProRata,
}

/// An item as JSON shows it.
#[derive(Debug, Serialize)]
struct ItemRow<'a> {
    item: &'a str,
    name: String,
    unit: Option<&'a str>,
    gross: Decimal,
    on_hand: Decimal,
    allocated: Decimal,
    safety_stock: Decimal,
    on_order_in_time: Decimal,
    on_order_late: Decimal,
    substituted: Decimal,
    net: Decimal,
    purchase: Decimal,
    needed_by: Option<NaiveDate>,
    supplier: Option<&'a str>,
}

/// An order as JSON shows it.
#[derive(Debug, Serialize)]
struct OrderRow<'a> {
    order: &'a str,
    product: &'a str,
    quantity: Decimal,
    customer: Option<&'a str>,
    needed_by: Option<NaiveDate>,
    enough: bool,
    buildable: Decimal,
    complete_on: Option<NaiveDate>,
    waiting_for: Vec<&'a str>,
}

/// What an order gets of an item, as JSON shows it.
#[derive(Debug, Serialize)]
struct AllocationRow<'a> {
    item: &'a str,
    order: &'a str,
    needed: Decimal,
    allocated: Decimal,
    short: Decimal,
}

/// Something to buy, as JSON shows it.
#[derive(Debug, Serialize)]
struct PurchaseRow<'a> {
    supplier: Option<&'a str>,
    item: &'a str,
    name: String,
    unit: Option<&'a str>,
    /// What is missing, to multiples and minimums.
    quantity: Decimal,
    /// What to write on the order: pieces are bought whole.
    order_quantity: Decimal,
    needed_by: Option<NaiveDate>,
    unit_price: Option<Decimal>,
}

/// A part taken ready-made, as JSON shows it.
#[derive(Debug, Serialize)]
struct AssemblyRow<'a> {
    item: &'a str,
    order: &'a str,
    needed: Decimal,
    ready_made: Decimal,
    to_make: Decimal,
}

/// An item used in place of another, as JSON shows it.
#[derive(Debug, Serialize)]
struct SubstituteRow<'a> {
    item: &'a str,
    order: &'a str,
    substitute: &'a str,
    covers: Decimal,
    taken: Decimal,
}

/// Everything that the report is made of.
struct Told<'a> {
    plan: &'a Plan,
    supplies: &'a Supplies,
    result: &'a shortage::Shortage,
    today: NaiveDate,
}

impl Run for Shortage {
    fn run(&self, context: &Context) -> Result<Report> {
        let lang = context.lang;
        let mut plan = Plan::of(&self.common, context)?;
        plan.ask_for_orders();
        let supplies = supplies(&plan.papers, &plan.graph, context.today);
        let rule = match self.allocate {
            Allocate::Date => Rule::Date,
            Allocate::Rank => Rule::Rank,
            Allocate::ProRata => Rule::ProRata,
        };
        let result = shortage::shortage(&plan.graph, &plan.orders, &supplies.of, rule);
        let mut report =
            Report::new("bom-shortage", labels::text(lang, "bom.shortage_title"), lang);
        let told = Told { plan: &plan, supplies: &supplies, result: &result, today: context.today };
        report.sections = told.sections();
        if context.shows_sheets() {
            report.sheets = told.sheets(lang);
        }
        report.needs_person = result.orders.iter().any(|order| !order.enough);
        report.findings.clone_from(&supplies.findings);
        plan.tell(&mut report);
        appendix::append(&mut report);
        Ok(report)
    }

    fn inputs(&self) -> &[String] {
        &self.common.inputs.inputs
    }
}

impl<'a> Told<'a> {
    fn items(&self) -> &'a Items {
        &self.plan.graph.items
    }

    fn sections(&self) -> Vec<Section> {
        let result = self.result;
        let shares = result
            .items
            .iter()
            .flat_map(|net| net.shares.iter().map(move |share| (net.item, share)));
        let order = |place: usize| &*self.plan.orders[place].id;
        let allocations = shares.map(|(item, share)| AllocationRow {
            item: label(self.items(), item),
            order: order(share.demand.order),
            needed: share.demand.needed,
            allocated: tidy(share.allocated()),
            short: tidy(share.short()),
        });
        let assemblies = result.assemblies.iter().map(|one| AssemblyRow {
            item: label(self.items(), one.item),
            order: order(one.order),
            needed: tidy(one.needed),
            ready_made: tidy(one.ready_made),
            to_make: tidy(one.needed - one.ready_made),
        });
        let substitutes = result.replacements.iter().map(|one| SubstituteRow {
            item: label(self.items(), one.item),
            order: order(one.order),
            substitute: label(self.items(), one.by),
            covers: one.covers,
            taken: one.taken,
        });
        vec![
            Section::new("items", result.items.iter().map(|net| self.item_row(net))),
            Section::new("orders", result.orders.iter().map(|net| self.order_row(net))),
            Section::new("allocations", allocations),
            Section::new("purchases", self.purchases()),
            Section::new("assemblies", assemblies),
            Section::new("substitutes", substitutes),
        ]
    }

    fn item_row(&self, net: &ItemNet) -> ItemRow<'a> {
        let supply = self.supplies.of.get(&net.item).cloned().unwrap_or_default();
        ItemRow {
            item: label(self.items(), net.item),
            name: name(self.items(), net.item),
            unit: unit(self.items(), net.item),
            gross: net.gross,
            on_hand: tidy(supply.on_hand),
            allocated: tidy(supply.allocated),
            safety_stock: tidy(supply.safety_stock),
            on_order_in_time: net.in_time,
            on_order_late: net.late,
            substituted: net.substituted,
            net: net.net,
            purchase: net.purchase,
            needed_by: net.needed_by,
            supplier: self.supplies.suppliers.get(&net.item).map(|supplier| &**supplier),
        }
    }

    fn order_row(&self, net: &OrderNet) -> OrderRow<'a> {
        let order = &self.plan.orders[net.order];
        OrderRow {
            order: &order.id,
            product: &order.product,
            quantity: order.quantity.normalize(),
            customer: order.customer.as_deref(),
            needed_by: order.needed_by,
            enough: net.enough,
            buildable: net.buildable,
            complete_on: self.complete_on(net),
            waiting_for: net.waiting_for.iter().map(|item| label(self.items(), *item)).collect(),
        }
    }

    /// Returns the day on which an order has everything: today if it has it.
    fn complete_on(&self, net: &OrderNet) -> Option<NaiveDate> {
        match net.ready {
            Ready::Now => Some(self.today),
            Ready::On(day) => Some(day),
            Ready::Never => None,
        }
    }

    /// Returns what to buy, by supplier, in the order of the papers.
    fn purchases(&self) -> Vec<PurchaseRow<'a>> {
        let bought = self.result.items.iter().filter(|net| net.purchase > Decimal::ZERO);
        let mut rows: Vec<PurchaseRow<'a>> = bought
            .map(|net| PurchaseRow {
                supplier: self.supplies.suppliers.get(&net.item).map(|supplier| &**supplier),
                item: label(self.items(), net.item),
                name: name(self.items(), net.item),
                unit: unit(self.items(), net.item),
                quantity: net.purchase,
                order_quantity: bought_whole(net.purchase, unit(self.items(), net.item)),
                needed_by: net.needed_by,
                unit_price: self.supplies.prices.get(&net.item).map(Decimal::normalize),
            })
            .collect();
        rows.sort_by_key(|row| (row.supplier.is_none(), row.supplier));
        rows
    }
}

/// Returns what is bought of a quantity: whole pieces of what is counted.
fn bought_whole(quantity: Decimal, unit: Option<&str>) -> Decimal {
    match unit.is_some_and(is_counted) {
        true => quantity.ceil().normalize(),
        false => quantity,
    }
}
