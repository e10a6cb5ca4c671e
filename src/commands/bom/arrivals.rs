//! `gendan bom arrivals`: what comes when, whom to chase, and the arrivals
//! written into copies of the parts lists.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::arguments::Common;
use super::plan::Plan;
use super::supplies::{Supplies, supplies};
use crate::commands::{Context, Run};
use crate::engine::bom::arrivals::{Chase, OpenLine, Why, chase};
use crate::engine::bom::deadline::Count;
use crate::engine::bom::order::Rule;
use crate::engine::bom::{ItemId, shortage, tidy};
use crate::error::Result;
use crate::location::Location;
use crate::records::stock::OpenOrderLine;
use crate::report::{Report, Section, appendix, labels};

mod copies;
mod deadlines;
mod lines;
mod linked;
mod sheets;
mod standing;
mod table;

use lines::LineNote;
use standing::Standing;
use table::LineArrival;

/// Say what comes when and whom to chase; write it into the lists
#[derive(Debug, Args)]
pub(super) struct Arrivals {
    #[command(flatten)]
    common: Common,
    /// Write copies of the parts lists with the arrivals in them into this folder
    #[arg(long, value_name = "DIR")]
    copies: Option<PathBuf>,
    /// How many days ahead to chase
    #[arg(long, value_name = "DAYS", default_value_t = 3)]
    lead: u32,
    /// Count working days instead of all days
    #[arg(long)]
    working_days: bool,
}

/// Somebody to chase, as JSON shows it.
#[derive(Debug, Serialize)]
struct ChaseRow<'a> {
    purchase_order: Option<&'a str>,
    item: String,
    supplier: Option<&'a str>,
    open_quantity: Decimal,
    unit: Option<&'a str>,
    promised: Option<NaiveDate>,
    promise_words: Option<&'a str>,
    needed_by: Option<NaiveDate>,
    days_late: Option<i64>,
    why: Why,
    within_24_hours: bool,
    orders: Vec<&'a str>,
    buyer: Option<&'a str>,
    at: &'a Location,
}

/// A cell that was written, as JSON shows it.
#[derive(Debug, Serialize)]
struct WrittenRow {
    at: String,
    text: String,
}

/// What is said beside a line, as JSON shows it.
#[derive(Debug, Serialize)]
struct ArrivalRow<'a> {
    at: &'a Location,
    order: Option<&'a str>,
    item: &'a str,
    text: &'a str,
}

/// How a supplier stands, as JSON shows it.
#[derive(Debug, Default, Serialize)]
struct StatisticsRow<'a> {
    supplier: Option<&'a str>,
    open_lines: usize,
    overdue: usize,
    no_date: usize,
    after_need: usize,
    due_soon: usize,
    most_days_late: i64,
}

/// Everything that the report is made of.
struct Told<'a> {
    plan: &'a Plan,
    supplies: &'a Supplies,
    result: &'a shortage::Shortage,
    standing: Standing,
    chased: Vec<Chase>,
    /// The orders that wait for each open purchase order line.
    linked: Vec<Vec<usize>>,
    notes: Vec<LineNote>,
    /// How every line of the lists stands.
    arrivals: Vec<LineArrival>,
}

impl Run for Arrivals {
    fn run(&self, context: &Context) -> Result<Report> {
        let lang = context.lang;
        let mut plan = Plan::of(&self.common, context)?;
        let supplies = supplies(&plan.papers, &plan.graph, context.today);
        let mut found = supplies.findings.clone();
        let result = shortage::shortage(&plan.graph, &plan.orders, &supplies.of, Rule::Date);
        let linked = linked::linked(&plan, &supplies, &result);
        let chased = chased(&plan, &supplies, &result, &linked, (context.today, self.lead));
        let standing = Standing::of(&plan, &supplies, &result);
        let notes = lines::notes(&plan, &standing, lang);
        let arrivals = table::arrivals(&plan, &standing, context.today);
        let (supplies, result) = (&supplies, &result);
        let told =
            Told { plan: &plan, supplies, result, standing, chased, linked, notes, arrivals };
        let count = if self.working_days { Count::Working } else { Count::Calendar };
        found.extend(deadlines::findings(&told, count, context));
        let mut report =
            Report::new("bom-arrivals", labels::text(lang, "bom.arrivals_title"), lang);
        let mut written = Vec::new();
        if let Some(folder) = &self.copies {
            let made = copies::copies(&told, &self.common.inputs, folder)?;
            report.copies = made.files;
            written = made.written;
            found.extend(made.findings);
        }
        report.sections = told.sections(&written);
        if context.shows_sheets() {
            report.sheets = told.sheets(context.today, lang);
        }
        report.needs_person = !told.chased.is_empty();
        report.findings = found;
        plan.tell(&mut report);
        appendix::append(&mut report);
        Ok(report)
    }

    fn inputs(&self) -> &[String] {
        &self.common.inputs.inputs
    }
}

/// Returns the first day that needs each item.
fn needs(result: &shortage::Shortage) -> FxHashMap<ItemId, Option<NaiveDate>> {
    let by = |net: &shortage::ItemNet| net.shares.iter().filter_map(|share| share.demand.by).min();
    result.items.iter().map(|net| (net.item, by(net))).collect()
}

/// Returns whom to chase: what is late first, the latest first, then what is
/// due soon.
fn chased(
    plan: &Plan,
    supplies: &Supplies,
    result: &shortage::Shortage,
    linked: &[Vec<usize>],
    (today, lead): (NaiveDate, u32),
) -> Vec<Chase> {
    let needs = needs(result);
    let lines = plan.papers.open.iter().enumerate().map(|(place, line)| {
        let item = supplies.open_items.get(place).copied().flatten();
        let of_orders = item.and_then(|item| *needs.get(&item)?);
        let waiting = linked[place].iter().filter_map(|order| plan.orders[*order].needed_by).min();
        OpenLine {
            place,
            item,
            open: line.open,
            promised: line.promised,
            needed_by: waiting.or(of_orders).or(line.needed_by),
            awaited: of_orders.is_none() || !linked[place].is_empty(),
        }
    });
    let mut chased: Vec<Chase> = lines.filter_map(|line| chase(&line, today, lead)).collect();
    chased.sort_by_key(|chase| {
        (
            chase.why,
            std::cmp::Reverse(chase.days_late),
            chase.line.needed_by.is_none(),
            chase.line.needed_by,
            chase.line.place,
        )
    });
    chased
}

impl<'a> Told<'a> {
    fn line(&self, chase: &Chase) -> &'a OpenOrderLine {
        &self.plan.papers.open[chase.line.place]
    }

    fn sections(&self, written: &[WrittenRow]) -> Vec<Section> {
        let chase = self.chased.iter().map(|chase| self.chase_row(chase));
        let arrivals = self.notes.iter().map(|note| ArrivalRow {
            at: &note.at,
            order: note.order.map(|order| &*self.plan.orders[order].id),
            item: &self.plan.graph.items.get(note.item).label,
            text: &note.text,
        });
        vec![
            Section::new("chase", chase),
            Section::new("written", written.iter()),
            Section::new("arrivals", arrivals),
            Section::new("lines", self.arrivals.iter().map(|line| line.row(self.plan))),
            Section::new("statistics", self.statistics()),
        ]
    }

    fn chase_row(&self, chase: &Chase) -> ChaseRow<'_> {
        let orders = self.linked[chase.line.place].iter();
        let mut orders: Vec<&str> = orders.map(|order| &*self.plan.orders[*order].id).collect();
        // An order of several products waits once.
        orders.dedup();
        let line = self.line(chase);
        let item = line.item.code.clone().or_else(|| line.item.text()).unwrap_or_default();
        ChaseRow {
            purchase_order: line.order_no.as_ref().map(|no| &*no.text),
            item: item.to_string(),
            supplier: line.supplier.as_ref().map(|supplier| &*supplier.value),
            open_quantity: tidy(line.open),
            unit: line.unit.as_deref(),
            promised: line.promised,
            promise_words: line.promise_words.as_deref(),
            needed_by: chase.line.needed_by,
            days_late: chase.days_late,
            why: chase.why,
            within_24_hours: chase.within_a_day,
            orders,
            buyer: line.buyer.as_deref(),
            at: &line.at,
        }
    }

    /// Counts by supplier.
    fn statistics(&self) -> Vec<StatisticsRow<'a>> {
        let mut rows: Vec<StatisticsRow<'a>> = Vec::new();
        let supplier = |line: &'a OpenOrderLine| line.supplier.as_ref().map(|name| &*name.value);
        let mut place: FxHashMap<Option<&str>, usize> = FxHashMap::default();
        for line in self.plan.papers.open.iter().filter(|line| line.open > Decimal::ZERO) {
            let at = *place.entry(supplier(line)).or_insert_with(|| {
                rows.push(StatisticsRow { supplier: supplier(line), ..StatisticsRow::default() });
                rows.len() - 1
            });
            rows[at].open_lines += 1;
        }
        for chase in &self.chased {
            let Some(at) = place.get(&supplier(self.line(chase))) else { continue };
            let row = &mut rows[*at];
            match chase.why {
                Why::Overdue => row.overdue += 1,
                Why::NoDate => row.no_date += 1,
                Why::AfterNeed => row.after_need += 1,
                Why::DueSoon => row.due_soon += 1,
            }
            row.most_days_late = row.most_days_late.max(chase.days_late.unwrap_or_default());
        }
        rows.sort_by_key(|row| {
            (
                std::cmp::Reverse((row.overdue, row.no_date + row.after_need, row.most_days_late)),
                row.supplier,
            )
        });
        rows
    }
}
