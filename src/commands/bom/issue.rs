//! `gendan bom issue`: the material issue list of an order from norm and
//! stock, what was issued over the norm, and the supplement slips.

use std::sync::Arc;

use chrono::NaiveDate;
use clap::Args;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::arguments::Common;
use super::plan::Plan;
use super::supplies::{factor, supplies};
use super::words::{label, name, shown, unit};
use crate::commands::{Context, Run};
use crate::engine::bom::issue::{Batch, IssueLine, line};
use crate::engine::bom::norms::{Drawn, Norms};
use crate::engine::bom::order::{Rule, served};
use crate::engine::bom::{ItemId, Order, tidy};
use crate::error::Result;
use crate::finding::{Finding, codes};
use crate::lang::Lang;
use crate::location::Location;
use crate::records::issue::{IssueLine as Slip, IssueType};
use crate::report::{Report, Section, appendix, labels};
use crate::text::fold;

mod sheets;

/// Make the material issue list of orders from norm and stock
#[derive(Debug, Args)]
pub(super) struct Issue {
    #[command(flatten)]
    common: Common,
}

/// An item to be issued, as JSON shows it.
#[derive(Debug, Serialize)]
struct LineRow<'a> {
    order: &'a str,
    item: &'a str,
    name: String,
    unit: Option<&'a str>,
    norm: Decimal,
    issued: Decimal,
    to_issue: Decimal,
    short: Decimal,
    over: Decimal,
    over_percent: Option<Decimal>,
    ready_made: bool,
}

/// A pick of one batch, as JSON shows it.
#[derive(Debug, Serialize)]
struct PickRow<'a> {
    order: &'a str,
    item: &'a str,
    warehouse: Option<&'a str>,
    location: Option<&'a str>,
    batch: Option<&'a str>,
    since: Option<NaiveDate>,
    quantity: Decimal,
}

/// A supplement, as JSON shows it.
#[derive(Debug, Serialize)]
struct SupplementRow<'a> {
    order: Option<&'a str>,
    item: String,
    quantity: Decimal,
    reason: Option<&'a str>,
    signed: Option<&'a str>,
    confirmed: Option<&'a str>,
    at: &'a Location,
}

/// The issue list of one order.
struct List<'a> {
    order: &'a Order,
    lines: Vec<Listed>,
}

/// A line of an issue list.
struct Listed {
    line: IssueLine,
    /// The batches of its picks.
    picked: Vec<Batch>,
    /// Whether it is an assembly that is drawn ready-made.
    made: bool,
}

/// Everything that the report is made of.
struct Told<'a> {
    plan: &'a Plan,
    lists: Vec<List<'a>>,
    supplements: Vec<&'a Slip>,
}

impl Run for Issue {
    fn run(&self, context: &Context) -> Result<Report> {
        let lang = context.lang;
        let mut plan = Plan::of(&self.common, context)?;
        plan.ask_for_orders();
        let mut found = supplies(&plan.papers, &plan.graph, context.today).findings;
        let lists = lists(&plan);
        let slips = plan.papers.issues.iter();
        let supplements: Vec<&Slip> =
            slips.filter(|slip| slip.kind == IssueType::Supplement).collect();
        let told = Told { plan: &plan, lists, supplements };
        found.extend(told.over_norm());
        found.extend(told.supplements.iter().flat_map(|slip| incomplete(slip)));
        let mut report = Report::new("bom-issue", labels::text(lang, "bom.issue_title"), lang);
        report.sections = told.sections(lang);
        report.sheets = told.sheets(context.today, lang);
        report.needs_person = told
            .lists
            .iter()
            .flat_map(|list| &list.lines)
            .any(|listed| listed.line.short > Decimal::ZERO);
        let mut lines = told.lists.iter().flat_map(|list| &list.lines);
        if lines.any(|listed| listed.made) {
            report.notes.push(labels::text(lang, "bom.ready_made_issued").to_owned());
        }
        if !told.plan.papers.has_stock {
            report.notes.push(labels::text(lang, "bom.no_stock").to_owned());
        }
        report.findings = found;
        plan.tell(&mut report);
        appendix::append(&mut report);
        Ok(report)
    }

    fn inputs(&self) -> &[String] {
        &self.common.inputs.inputs
    }
}

/// Makes the lists of all orders, in the order in which they are served; a
/// batch that one takes is gone for the next.
fn lists(plan: &Plan) -> Vec<List<'_>> {
    let (mut batches, used) = (batches(plan), used(plan));
    let mut norms = Norms::new(&plan.graph);
    let mut lists = Vec::new();
    for place in served(&plan.orders, Rule::Date) {
        let order = &plan.orders[place];
        let issued = used.get(&fold(&order.id));
        let mut lines = Vec::new();
        for norm in norms.of(order, &Store { issued, batches: &batches }) {
            let issued = issued.and_then(|sums| sums.get(&norm.item)).copied().unwrap_or_default();
            let own = batches.entry(norm.item).or_default();
            let line = line(norm.item, tidy(norm.quantity), issued, own);
            let picked = line.picks.iter().map(|pick| own[pick.batch].clone()).collect();
            lines.push(Listed { line, picked, made: norm.made });
        }
        lists.push(List { order, lines });
    }
    lists
}

/// The store, as one order finds it.
struct Store<'s> {
    issued: Option<&'s FxHashMap<ItemId, Decimal>>,
    batches: &'s FxHashMap<ItemId, Vec<Batch>>,
}

impl Drawn for Store<'_> {
    fn issued(&self, item: ItemId) -> Decimal {
        self.issued.and_then(|sums| sums.get(&item)).copied().unwrap_or_default()
    }

    fn in_stock(&self, item: ItemId) -> Decimal {
        let batches = self.batches.get(&item).into_iter().flatten();
        batches.fold(Decimal::ZERO, |sum, batch| sum.saturating_add(batch.quantity))
    }
}

/// Returns what was used of every item for every order, by the order's folded
/// number: returns come off.
fn used(plan: &Plan) -> FxHashMap<String, FxHashMap<ItemId, Decimal>> {
    let items = &plan.graph.items;
    let mut used: FxHashMap<String, FxHashMap<ItemId, Decimal>> = FxHashMap::default();
    for slip in &plan.papers.issues {
        let order = slip.order_no.as_ref().map(|no| fold(&no.text));
        let Some((order, item)) = order.zip(items.find(&slip.item)) else { continue };
        let (factor, _) = factor(items, item, slip.unit.as_deref(), &slip.item);
        let Some(quantity) = factor.and_then(|factor| slip.used().checked_mul(factor)) else {
            continue;
        };
        let sum = used.entry(order).or_default().entry(item).or_default();
        *sum = sum.saturating_add(quantity);
    }
    used
}

/// Returns the batches in stock of every item, with the day each came where
/// the table, movements or its own number tell.
fn batches(plan: &Plan) -> FxHashMap<ItemId, Vec<Batch>> {
    let mut batches: FxHashMap<ItemId, Vec<Batch>> = FxHashMap::default();
    for line in plan.papers.stock.iter().filter(|line| line.repeats.is_none()) {
        let Some(item) = plan.graph.items.find(&line.item) else { continue };
        let (factor, _) = factor(&plan.graph.items, item, line.unit.as_deref(), &line.item);
        let quantity = factor.and_then(|factor| line.figures.closing?.checked_mul(factor));
        let Some(quantity) = quantity.filter(|quantity| *quantity > Decimal::ZERO) else {
            continue;
        };
        let moved = line.batch.as_ref().and_then(|batch| {
            let code = line.item.code.as_deref().map(fold).unwrap_or_default();
            plan.papers.batch_days.get(&(code, fold(batch))).copied()
        });
        let since = line.received.or(moved).or_else(|| day_in(line.batch.as_deref()?));
        batches.entry(item).or_default().push(Batch {
            batch: line.batch.clone(),
            warehouse: line.warehouse.clone(),
            location: line.location.clone(),
            since,
            quantity,
        });
    }
    batches
}

/// Reads the day in a batch number: `B20260901-2`, `260901A`.
fn day_in(batch: &str) -> Option<NaiveDate> {
    let runs = batch.split(|c: char| !c.is_ascii_digit());
    let day = |digits: &str| {
        let full = match digits.len() {
            8 => digits.to_owned(),
            6 => format!("20{digits}"),
            _ => return None,
        };
        let day = NaiveDate::parse_from_str(&full, "%Y%m%d").ok()?;
        full.starts_with("20").then_some(day)
    };
    runs.into_iter().find_map(day)
}

/// Returns what a supplement lacks.
fn incomplete(slip: &Slip) -> Vec<Finding> {
    let item = slip.item.code.clone().or_else(|| slip.item.text()).unwrap_or_default();
    let needed = [
        ("reason", slip.reason.is_some()),
        ("signature", slip.signed.is_some()),
        ("confirmation", slip.confirmed.is_some()),
    ];
    let missing = needed.iter().filter(|(_, there)| !there).map(|(what, _)| {
        let finding = Finding::of(codes::SUPPLEMENT_INCOMPLETE);
        finding.with("item", &item).with("what", what).at(slip.at.clone())
    });
    missing.collect()
}

impl<'a> Told<'a> {
    fn over_norm(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for list in &self.lists {
            let lines = list.lines.iter().map(|listed| &listed.line);
            for line in lines.filter(|line| line.over > Decimal::ZERO) {
                let finding = Finding::of(codes::ISSUE_OVER_NORM)
                    .with("order", &list.order.id)
                    .with("item", label(&self.plan.graph.items, line.item))
                    .with("expected", shown(line.norm))
                    .with("found", shown(line.issued))
                    .with("difference", shown(line.over))
                    .with("percent", line.over_percent.map(|p| p.to_string()).unwrap_or_default());
                let at = self.went_over(list.order, line.item);
                findings.push(
                    finding.at(at.map_or_else(|| list.order.at.clone(), |slip| slip.at.clone())),
                );
            }
        }
        findings
    }

    /// Returns the last slip by which an item went out for an order; what came
    /// back made nothing more.
    fn went_over(&self, order: &Order, item: ItemId) -> Option<&Slip> {
        let order = fold(&order.id);
        self.plan.papers.issues.iter().rev().find(|slip| {
            let own = slip.order_no.as_ref().is_some_and(|no| fold(&no.text) == order);
            let went_out = slip.used() > Decimal::ZERO;
            own && went_out && self.plan.graph.items.find(&slip.item) == Some(item)
        })
    }

    fn sections(&self, lang: Lang) -> Vec<Section> {
        let items = &self.plan.graph.items;
        let lines = self.lists.iter().flat_map(|list| {
            list.lines.iter().map(move |Listed { line, made, .. }| LineRow {
                order: &list.order.id,
                item: label(items, line.item),
                name: name(items, line.item),
                unit: unit(items, line.item),
                norm: line.norm,
                issued: line.issued,
                to_issue: line.to_issue,
                short: line.short,
                over: line.over,
                over_percent: line.over_percent,
                ready_made: *made,
            })
        });
        let picks = self.lists.iter().flat_map(|list| {
            list.lines.iter().flat_map(move |Listed { line, picked, .. }| {
                line.picks.iter().zip(picked).map(move |(pick, batch)| PickRow {
                    order: &list.order.id,
                    item: label(items, line.item),
                    warehouse: batch.warehouse.as_deref(),
                    location: batch.location.as_deref(),
                    batch: batch.batch.as_deref(),
                    since: batch.since,
                    quantity: pick.quantity,
                })
            })
        });
        let supplements = self.supplements.iter().map(|slip| SupplementRow {
            order: slip.order_no.as_ref().map(|no| &*no.text),
            item: text(slip),
            quantity: slip.issued.normalize(),
            reason: slip.reason.as_deref(),
            signed: slip.signed.as_deref(),
            confirmed: slip.confirmed.as_deref(),
            at: &slip.at,
        });
        vec![
            Section::new("lines", lines),
            Section::new("picks", picks),
            Section::new("supplements", supplements),
            Section::new("papers", sheets::papers(lang)),
        ]
    }
}

/// Returns what a slip calls its item.
fn text(slip: &Slip) -> String {
    let item: Option<Arc<str>> = slip.item.code.clone().or_else(|| slip.item.text());
    item.map(|item| item.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_number_may_tell_its_day() {
        let day = |batch| day_in(batch).map(|day| day.to_string());
        assert_eq!(day("B20260901-2").as_deref(), Some("2026-09-01"));
        assert_eq!(day("260815A").as_deref(), Some("2026-08-15"));
        assert_eq!(day("B0318"), None);
        assert_eq!(day("991332"), None);
    }
}
