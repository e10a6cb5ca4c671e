//! `gendan bom check`: are the parts lists right, in themselves, against
//! stock and prices, against their orders, and were they in time?

use chrono::NaiveDate;
use clap::Args;
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;
use serde::Serialize;

use super::arguments::Common;
use super::plan::Plan;
use crate::calendar::Calendar;
use crate::commands::{Context, Run};
use crate::engine::bom::deadline::{Count, Deadline, deadline};
use crate::engine::bom::{ItemId, check};
use crate::error::Result;
use crate::finding::{Finding, codes};
use crate::lang::Lang;
use crate::location::Location;
use crate::records::bom::Bom;
use crate::records::order::OrderLine;
use crate::report::{Cell, Column, Report, Row, Section, Sheet, Table, Tone, appendix, labels};
use crate::text::fold;

/// A parts list is due this many days after its order.
const DAYS: u32 = 2;

/// Check parts lists against themselves, stock and orders
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    common: Common,
    /// Count working days instead of all days
    #[arg(long)]
    working_days: bool,
}

/// A parts list as JSON shows it.
#[derive(Debug, Serialize)]
struct BomRow<'a> {
    product: String,
    order: Option<&'a str>,
    quantity: Option<Decimal>,
    revision: Option<&'a str>,
    at: &'a Location,
    lines: usize,
    levels: u32,
    findings: usize,
}

/// The duty to have a parts list, as JSON shows it.
#[derive(Debug, Serialize)]
struct DueRow<'a> {
    order: &'a str,
    ordered: NaiveDate,
    due: NaiveDate,
    received: Option<NaiveDate>,
    days_late: i64,
    holiday: bool,
    at: &'a Location,
}

/// An order's duty.
struct Duty<'a> {
    order: &'a str,
    ordered: NaiveDate,
    at: &'a Location,
    is: Deadline,
}

impl Run for Check {
    fn run(&self, context: &Context) -> Result<Report> {
        let lang = context.lang;
        let mut plan = Plan::of(&self.common, context)?;
        let boms = &plan.papers.boms;
        let mut found = problems(&plan);
        let duties = self.duties(&plan, context);
        found.extend(duties.iter().filter(|duty| duty.is.days_late > 0).map(late));

        let mut report = Report::new("bom-check", labels::text(lang, "bom.check_title"), lang);
        let all: Vec<&Finding> = plan.findings.iter().chain(&found).collect();
        report.sections = vec![
            Section::new("boms", boms.iter().map(|bom| row(bom, &all))),
            Section::new("deadlines", duties.iter().map(due_row)),
        ];
        report.sheets.push(lists_sheet(boms, &all, lang));
        if !duties.is_empty() {
            report.sheets.push(duties_sheet(&duties, lang));
        }
        report.findings = found;
        plan.tell(&mut report);
        report.sheets.push(appendix::problems(&report).on_terminal(40));
        report.sheets.push(appendix::inputs(&report));
        Ok(report)
    }

    fn inputs(&self) -> &[String] {
        &self.common.inputs.inputs
    }
}

/// Returns what is wrong with the lists beside what every job must say.
pub(super) fn problems(plan: &Plan) -> Vec<Finding> {
    let boms = &plan.papers.boms;
    let mut found = check::duplicates(boms);
    found.extend(plan.totals.iter().cloned());
    found.extend(unknown(plan));
    found
}

/// Returns the items that no stock table and no price list has; nothing if
/// none was given.
fn unknown(plan: &Plan) -> Vec<Finding> {
    let papers = &plan.papers;
    if papers.stock.is_empty() && papers.prices.is_empty() {
        return Vec::new();
    }
    let items = &plan.graph.items;
    let stocked = papers.stock.iter().map(|line| &line.item);
    let priced = papers.prices.iter().map(|line| &line.item);
    let known: FxHashSet<ItemId> =
        stocked.chain(priced).filter_map(|item| items.find(item)).collect();
    check::unknown_items(&plan.graph, &papers.boms, &|item| known.contains(&item))
}

impl Check {
    /// Returns how the parts lists of all orders stand in time.
    fn duties<'a>(&self, plan: &'a Plan, context: &Context) -> Vec<Duty<'a>> {
        let calendar = Calendar::new(&context.settings.calendar);
        let count = if self.working_days { Count::Working } else { Count::Calendar };
        let mut seen: FxHashSet<String> = FxHashSet::default();
        let duty = |line: &'a OrderLine| {
            let (no, ordered) = (line.order_no.as_ref()?, line.ordered_on?);
            let received = line.bom_on.or_else(|| of_head(no, &plan.papers.boms));
            // Who keeps no such days and has no list with a day says nothing.
            if !line.keeps_bom_days && received.is_none() {
                return None;
            }
            let is = deadline(ordered, DAYS, received, context.today, count, &calendar)?;
            seen.insert(fold(&no.text)).then_some(Duty {
                order: &no.text,
                ordered,
                at: &line.bom_at,
                is,
            })
        };
        plan.papers.orders.iter().filter_map(duty).collect()
    }
}

/// Returns the day in the head of an order's own parts list.
fn of_head(no: &crate::records::DocumentNo, boms: &[Bom]) -> Option<NaiveDate> {
    let own =
        |bom: &&Bom| bom.head.order.as_ref().is_some_and(|o| fold(&o.value) == fold(&no.text));
    boms.iter().find(own)?.head.date.as_ref().map(|date| date.value)
}

fn late(duty: &Duty<'_>) -> Finding {
    let how = if duty.is.done.is_some() { "done" } else { "open" };
    Finding::of(codes::BOM_LATE)
        .with("order", duty.order)
        .with("due", duty.is.due)
        .with("how", how)
        .with("done", duty.is.done.map(|day| day.to_string()).unwrap_or_default())
        .with("days", duty.is.days_late)
        .at(duty.at.clone())
}

fn row<'a>(bom: &'a Bom, findings: &[&Finding]) -> BomRow<'a> {
    BomRow {
        product: product(bom),
        order: bom.head.order.as_ref().map(|order| &*order.value),
        quantity: bom.head.quantity.as_ref().map(|quantity| quantity.value.normalize()),
        revision: bom.head.revision.as_ref().map(|revision| &*revision.value),
        at: &bom.product_at,
        lines: bom.lines.len(),
        levels: bom.lines.iter().map(|line| line.level).max().unwrap_or_default(),
        findings: concerning(bom, findings),
    }
}

fn product(bom: &Bom) -> String {
    let text = bom.product.code.clone().or_else(|| bom.product.text());
    text.map(|text| text.to_string()).unwrap_or_default()
}

/// Counts the findings about a list: those on its own rows.
fn concerning(bom: &Bom, findings: &[&Finding]) -> usize {
    let rows: FxHashSet<u32> = bom.lines.iter().map(|line| line.at.cell.row).collect();
    let on = |finding: &&&Finding| {
        finding.at.as_ref().is_some_and(|at| at.sheet == bom.sheet && rows.contains(&at.cell.row))
    };
    findings.iter().filter(on).count()
}

fn due_row<'a>(duty: &'a Duty<'a>) -> DueRow<'a> {
    DueRow {
        order: duty.order,
        ordered: duty.ordered,
        due: duty.is.due,
        received: duty.is.done,
        days_late: duty.is.days_late,
        holiday: duty.is.on_holiday,
        at: duty.at,
    }
}

fn lists_sheet(boms: &[Bom], findings: &[&Finding], lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let mut table = Table::new([
        Column::id("product", label("bom.product")).width(18),
        Column::text("name", label("bom.name")).width(24).if_filled(),
        Column::id("order", label("bom.order")).width(14).if_filled(),
        Column::quantity("quantity", label("bom.quantity")).if_filled(),
        Column::text("revision", label("bom.revision")).if_filled(),
        Column::integer("lines", label("bom.lines")).sum(),
        Column::integer("levels", label("bom.levels")),
        Column::word("state", label("bom.state")),
        Column::place("at", label("appendix.place")).width(28),
    ])
    .total(label("common.total"))
    .empty(label("bom.no_lists"));
    for bom in boms {
        let count = concerning(bom, findings);
        let state = match count {
            0 => Cell::word(Tone::Good, label("bom.state_fine")),
            count => {
                let values = [("count", count.to_string())];
                let values: Vec<(&str, &str)> =
                    values.iter().map(|(k, v)| (*k, v.as_str())).collect();
                Cell::word(Tone::Warning, labels::fill(lang, "bom.state_problems", &values))
            }
        };
        let head = &bom.head;
        table.push(Row::new([
            product(bom).into(),
            bom.product.code.as_ref().and(bom.product.name.as_deref()).into(),
            head.order.as_ref().map(|order| &*order.value).into(),
            head.quantity.as_ref().map(|quantity| quantity.value).into(),
            head.revision.as_ref().map(|revision| &*revision.value).into(),
            bom.lines.len().into(),
            bom.lines.iter().map(|line| line.level).max().unwrap_or_default().into(),
            state,
            bom.product_at.clone().into(),
        ]));
    }
    let title = label("bom.check_title");
    Sheet::new("boms", title).landscape().title(title).table(table).on_terminal(60)
}

fn duties_sheet(duties: &[Duty<'_>], lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let mut table = Table::new([
        Column::id("order", label("bom.order")).width(16).if_filled(),
        Column::date("ordered", label("bom.ordered")),
        Column::date("due", label("bom.due")),
        Column::date("received", label("bom.received")),
        Column::integer("days_late", label("bom.days_late")),
        Column::word("state", label("bom.state")),
        Column::place("at", label("appendix.place")).width(28),
    ]);
    for duty in duties {
        let (tone, key) = match (duty.is.days_late, duty.is.done) {
            (0, Some(_)) => (Tone::Good, "bom.due_met"),
            (0, None) => (Tone::Info, "bom.due_open"),
            (_, Some(_)) => (Tone::Warning, "bom.due_missed"),
            (_, None) => (Tone::Bad, "bom.due_overdue"),
        };
        table.push(Row::new([
            duty.order.into(),
            duty.ordered.into(),
            duty.is.due.into(),
            duty.is.done.into(),
            Decimal::from(duty.is.days_late).into(),
            Cell::word(tone, label(key)),
            duty.at.clone().into(),
        ]));
    }
    let title = label("bom.deadlines");
    let mut sheet = Sheet::new("deadlines", title).title(title).table(table).on_terminal(40);
    if duties.iter().any(|duty| duty.is.on_holiday && duty.is.done.is_none()) {
        sheet = sheet.text(label("bom.due_on_holiday"));
    }
    sheet
}
