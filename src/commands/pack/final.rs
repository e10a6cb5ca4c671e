//! `gendan pack final`: what was really packed, against orders, plan, specs
//! and receipts.

use std::sync::Arc;

use super::checks::{receipt_findings, weight_findings};
use super::compared::{Compared, compared, rules};
use super::json::{CartonRow, OverShortRow, PlanActualRow, TotalRow};
use super::list_sheet::{ListKind, ListPaper, Maker};
use super::lists::{OfOrder, by_order, printed_sum, weigh};
use super::papers::Papers;
use super::sheets;
use crate::args::Inputs;
use crate::commands::{Context, Run};
use crate::engine::packing::over_short::{Level, Verdict};
use crate::engine::packing::{CartonRange, Sum};
use crate::error::Result;
use crate::finding::{Finding, codes};
use crate::records::packing::{CartonList, ListedCartons, po_key};
use crate::report::{Report, Section, appendix, labels};

/// The machine name of the report.
pub(super) const REPORT: &str = "pack-final";

/// Check the final packing lists against orders, plan and receipts
#[derive(Debug, clap::Args)]
pub(super) struct Final {
    #[command(flatten)]
    inputs: Inputs,
    /// What lists are printed on: a4 or letter
    #[arg(long, value_name = "PAPER", value_enum, default_value_t)]
    paper: ListPaper,
}

impl Run for Final {
    fn run(&self, context: &Context) -> Result<Report> {
        let lang = context.lang;
        let reading = self.inputs.read(&context.settings, &context.progress)?;
        let receipts = receipt_findings(&reading.tables);
        let mut papers = Papers::of(reading, context);
        // A list that says it is a plan is still all there is, if it is alone.
        if papers.lists.is_empty() {
            papers.lists = std::mem::take(&mut papers.plans);
        }
        let unweighed = weigh(&mut papers.lists, &papers.weighings);
        let mut report = Report::new(REPORT, labels::text(lang, "pack.final_title"), lang);
        let cartons: Vec<&ListedCartons> = all(&papers.lists);
        let ranges: Vec<&CartonRange> = cartons.iter().map(|one| &one.range).collect();
        // Where no carton could be read nothing is known of what was packed.
        let ordered = if cartons.is_empty() { &[][..] } else { &papers.ordered[..] };
        let compared = compared(ordered, &papers.specs, &ranges, &rules(&context.settings));
        report.findings.append(&mut papers.findings);
        report.findings.extend(unweighed);
        if cartons.is_empty() {
            report.findings.push(Finding::of(codes::NO_PACKING_LIST));
        }
        if papers.ordered.is_empty() {
            report.findings.push(Finding::of(codes::NO_ORDER));
        } else {
            report.findings.extend(compared.findings.iter().cloned());
        }
        report.findings.extend(weight_findings(&cartons, &papers));
        report.findings.extend(receipts.check(&ranges));
        let plan_actual = plan_actual(&papers.plans, &cartons);
        report.sections = sections(&cartons, &compared, &papers);
        if !papers.plans.is_empty() {
            report.sheets.push(sheets::plan_actual(&plan_actual, lang));
        }
        report.sections.push(Section::new("plan_actual", plan_actual));
        report.needs_person = compared
            .rows
            .iter()
            .any(|row| row.level == Level::Order && row.verdict != Verdict::Within);
        let mut pages = vec![sheets::orders(&compared, lang), sheets::control(&compared, lang)];
        pages.extend(sheets::notice(&compared, lang));
        let (buyers, kind) = (&papers.buyers, ListKind::Final);
        let sizes = &papers.sizes();
        pages.extend(Maker { buyers, kind, paper: self.paper, sizes, context }.sheets(&ranges));
        report.sheets.splice(0..0, pages);
        report.inputs = papers.inputs;
        appendix::append(&mut report);
        Ok(report)
    }

    fn inputs(&self) -> &[String] {
        &self.inputs.inputs
    }
}

fn all(lists: &[CartonList]) -> Vec<&ListedCartons> {
    lists.iter().flat_map(|list| &list.cartons).collect()
}

fn sections(cartons: &[&ListedCartons], compared: &Compared, papers: &Papers) -> Vec<Section> {
    let orders = by_order(cartons.iter().copied(), |one| &one.range);
    let named = orders.iter().filter_map(|order| Some((order.po?, order)));
    let mut totals: Vec<TotalRow<'_>> = named
        .map(|(po, order)| TotalRow::of(Some(po), &printed_sum(order.cartons.iter().copied())))
        .collect();
    totals.push(TotalRow::of(None, &printed_sum(cartons.iter().copied())));
    let rows: Vec<OverShortRow<'_>> = match papers.ordered.is_empty() {
        true => Vec::new(),
        false => {
            let rows = compared.rows.iter();
            rows.map(|row| OverShortRow::of(row, &compared.orders[row.order])).collect()
        }
    };
    vec![
        Section::new("cartons", cartons.iter().map(|one| CartonRow::of(&one.range))),
        Section::new("totals", totals),
        Section::new("over_short", rows),
    ]
}

/// Returns planned against actual by order; nothing without a plan.
fn plan_actual<'a>(
    plans: &'a [CartonList],
    cartons: &[&'a ListedCartons],
) -> Vec<PlanActualRow<'a>> {
    let planned = all(plans);
    if planned.is_empty() {
        return Vec::new();
    }
    let planned_orders = by_order(planned.iter().copied(), |one| &one.range);
    let actual_orders = by_order(cartons.iter().copied(), |one| &one.range);
    let key = |po: Option<&Arc<str>>| po.map(|po| po_key(po));
    let mut rows: Vec<PlanActualRow<'a>> = Vec::new();
    let planned_keys: Vec<_> = planned_orders.iter().map(|order| key(order.po)).collect();
    let new = actual_orders.iter().filter(|order| !planned_keys.contains(&key(order.po)));
    for order in planned_orders.iter().chain(new).filter(|order| order.po.is_some()) {
        let of = |orders: &[OfOrder<'a, ListedCartons>]| {
            let own = orders.iter().find(|one| key(one.po) == key(order.po));
            printed_sum(own.into_iter().flat_map(|one| one.cartons.iter().copied()))
        };
        let po = order.po.map(AsRef::as_ref);
        rows.push(PlanActualRow::of(po, &of(&planned_orders), &of(&actual_orders)));
    }
    let actual = printed_sum(cartons.iter().copied());
    rows.push(PlanActualRow::of(None, &plan_sum(&planned), &actual));
    rows
}

fn plan_sum(cartons: &[&ListedCartons]) -> Sum {
    printed_sum(cartons.iter().copied())
}
