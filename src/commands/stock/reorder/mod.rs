//! `gendan stock reorder`: what is available and coming against safety stock
//! and reorder point, and what to buy from whom.

mod json;
mod sheets;

use std::collections::BTreeSet;
use std::path::PathBuf;

use rust_decimal::Decimal;

use super::papers::Papers;
use super::words;
use crate::args::Inputs;
use crate::commands::{Context, Run};
use crate::documents::purchase_request::{PurchaseRequest, RequestLine};
use crate::engine::stock::ledger::{Ledger, ledger};
use crate::engine::stock::reorder::{Advice, Method, Rules, Wants, by_supplier, reorder};
use crate::error::Result;
use crate::finding::{Finding, codes};
use crate::output;
use crate::party::Parties;
use crate::period::Period;
use crate::records::PriceLine;
use crate::records::stock::{MovementSource, OpenOrderLine};
use crate::report::{Document, Report, Section, appendix, labels};

/// Say what to buy: stock and orders against safety stock and reorder point
#[derive(Debug, clap::Args)]
pub struct Reorder {
    #[command(flatten)]
    inputs: Inputs,
    /// How to compute levels that no sheet gives: simple or statistical
    #[arg(long, value_name = "FORM")]
    method: Option<Form>,
    /// Days that a purchase takes, of items that do not say
    #[arg(long, value_name = "DAYS")]
    lead_days: Option<Decimal>,
    /// Days that a safety stock is to last, of items that do not say
    #[arg(long, value_name = "DAYS")]
    safety_days: Option<Decimal>,
    /// Write a purchase request for every supplier into this folder
    #[arg(long, value_name = "DIR")]
    papers: Option<PathBuf>,
}

/// A form of computing levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// Daily usage × days.
    Simple,
    /// By the deviations of usage and lead time.
    Statistical,
}

/// The kinds that the job has a use for.
const KINDS: [&str; 6] = [
    "goods_receipt",
    "material_arrival",
    "price_list",
    "purchase_order",
    "stock_movements",
    "stock_table",
];

impl Run for Reorder {
    fn run(&self, context: &Context) -> Result<Report> {
        let lang = context.lang;
        let reading = self.inputs.read(&context.settings, &context.progress)?;
        let papers = Papers::of(reading, &KINDS, context);
        let period = context.month.map(Period::from);
        let books = papers.books(period);
        let rolled = ledger(&books);
        let orders: Vec<&OpenOrderLine> =
            papers.orders.iter().flat_map(|paper| &paper.lines).collect();
        let prices: Vec<&PriceLine> = papers.prices.iter().flat_map(|list| &list.lines).collect();
        let wants = Wants {
            tables: &papers.tables,
            movements: &papers.movements,
            orders: &orders,
            prices: &prices,
            ledger: &rolled,
            rules: self.rules(context),
            today: context.today,
        };
        let mut advice = reorder(&wants);
        one_name_each(&mut advice, &names(&papers), context);
        let mut report =
            Report::new("stock-reorder", labels::text(lang, "warehouse.reorder_title"), lang);
        report.period = period.map(|period| period.to_string());
        report.sections = vec![
            Section::new("suggestions", json::suggestions(&advice, &rolled.items)),
            Section::new("alerts", json::alerts(&advice, &rolled.items)),
        ];
        report.sheets.push(sheets::suggestions(&advice, &rolled.items, context));
        if advice.iter().any(|one| one.suggested.is_zero()) {
            report.sheets.push(sheets::alerts(&advice, &rolled.items, lang));
        }
        let requests = self.requests(&advice, &rolled, context);
        report.sheets.extend(requests.iter().map(|request| request.sheet(lang)));
        if let Some(folder) = &self.papers {
            report.documents =
                requests.iter().map(|request| paper(request, folder, context)).collect();
        }
        report.notes = notes(&advice, &rolled, context);
        report.needs_person = !advice.is_empty();
        report.inputs = papers.inputs;
        report.findings = papers.findings;
        report.findings.extend(of_codes(rolled.findings));
        if rolled.balances.is_empty() {
            report.findings.push(Finding::of(codes::NOTHING_TO_DO).with("job", "reorder"));
        }
        appendix::append(&mut report);
        Ok(report)
    }

    fn inputs(&self) -> &[String] {
        &self.inputs.inputs
    }
}

impl Reorder {
    fn rules(&self, context: &Context) -> Rules {
        let settings = &context.settings.stock;
        let method = self.method.map(|form| match form {
            Form::Simple => Method::Simple,
            Form::Statistical => Method::Statistical,
        });
        Rules {
            method,
            lead_days: self.lead_days.or(settings.lead_days),
            safety_days: self.safety_days.or(settings.safety_days),
            service_factor: settings.service_factor,
        }
    }

    /// Makes a request for every supplier; items that nobody is known to sell
    /// are one of their own.
    fn requests(
        &self,
        advice: &[Advice],
        rolled: &Ledger,
        context: &Context,
    ) -> Vec<PurchaseRequest> {
        let items = &rolled.items;
        let line = |one: &&Advice| RequestLine {
            item: items.name(one.item).to_string(),
            description: items.text(one.item).map(|text| text.to_string()),
            unit: items.unit(one.item).map(|unit| unit.to_string()),
            quantity: one.suggested,
            unit_price: one.last_price,
            needed_by: one.needed_by,
        };
        let groups = by_supplier(advice, items);
        let numbered = groups.into_iter().enumerate();
        let request = |(at, (supplier, list)): (usize, (Option<_>, Vec<&Advice>))| {
            let name = |supplier: std::sync::Arc<str>| supplier.to_string();
            PurchaseRequest {
                number: at + 1,
                our_name: context.settings.company.name.clone(),
                supplier: supplier.map(name),
                date: context.today,
                lines: list.iter().map(line).collect(),
            }
        };
        numbered.map(request).collect()
    }
}

/// Returns every spelling of a supplier that the papers use.
fn names(papers: &Papers) -> BTreeSet<&str> {
    let orders = papers.orders.iter().flat_map(|paper| &paper.lines);
    let orders = orders.filter_map(|line| Some(&*line.supplier.as_ref()?.value));
    let slips =
        papers.movements.iter().filter(|paper| paper.source == MovementSource::ReceiptSlips);
    let slips = slips.flat_map(|paper| &paper.records.lines);
    let slips = slips.filter_map(|line| line.party.as_deref());
    let prices = papers.prices.iter().flat_map(|list| &list.lines);
    let prices = prices.filter_map(|line| Some(&*line.party.as_ref()?.value));
    let tables = papers.tables.iter().flat_map(|table| &table.records.lines);
    let tables = tables.filter_map(|line| line.planning.supplier.as_deref());
    orders.chain(slips).chain(prices).chain(tables).collect()
}

/// Gives suppliers that the papers spell in several ways one name.
fn one_name_each(advice: &mut [Advice], names: &BTreeSet<&str>, context: &Context) {
    let settings = &context.settings;
    let ours: Vec<String> = settings.company.names().map(str::to_owned).collect();
    let parties = Parties::new(names.iter().copied(), &ours, &settings.suppliers);
    for one in advice {
        one.supplier = one.supplier.take().map(|name| parties.resolve(&name).party);
    }
}

/// Keeps what was found of codes and repeated lines; all else is the ledger's
/// to tell.
fn of_codes(findings: Vec<Finding>) -> impl Iterator<Item = Finding> {
    let told = [codes::LEADING_ZEROS_LOST, codes::REPEATED_LINE];
    findings.into_iter().filter(move |finding| told.contains(&finding.code))
}

fn notes(advice: &[Advice], rolled: &Ledger, context: &Context) -> Vec<String> {
    let lang = context.lang;
    let mut notes: Vec<String> = Vec::new();
    for (method, key) in [
        (Method::Simple, "warehouse.levels_simple"),
        (Method::Statistical, "warehouse.levels_statistical"),
    ] {
        let count = advice
            .iter()
            .filter(|one| one.levels.point_method == method || one.levels.safety_method == method)
            .count();
        if count > 0 {
            notes.push(labels::fill(lang, key, &[("count", &count.to_string())]));
        }
    }
    let by_movements = advice.iter().any(|one| one.daily_usage.is_some());
    if by_movements {
        let told = rolled.assumed.iter().map(|assumed| words::assumed(*assumed, lang).to_owned());
        notes.extend(told);
    }
    notes
}

/// Makes the file of one request.
fn paper(request: &PurchaseRequest, folder: &std::path::Path, context: &Context) -> Document {
    let lang = context.lang;
    let name = request.supplier.as_deref().unwrap_or(labels::text(lang, "warehouse.no_supplier"));
    let title = labels::text(lang, "warehouse.request");
    let mut report = Report::new("purchase-request", title, lang);
    report.sheets.push(request.sheet(lang));
    let file = format!("{} {title} {}.xlsx", output::file_name(name), context.today);
    Document { path: folder.join(file), report }
}
