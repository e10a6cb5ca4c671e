//! `gendan reconcile freight`: carriers' bills against our freight log, every
//! billed waybill priced again by the agreed rates; petty cash and delivery
//! fees.

mod agreed;
mod books;
mod cost;
mod documents;
mod json;
mod mistaken;
mod papers;
mod period;
mod report;
mod repriced;
mod summary;
mod tell;

use std::path::PathBuf;

use clap::Args;

use super::checked::{Checked, rules, with_decisions};
use super::earlier::{Carried, earlier};
use super::terms::Terms;
use super::uses;
use crate::args::Inputs;
use crate::commands::{Context, Run};
use crate::engine::freight::{self, FreightMonth};
use crate::engine::matching::sides::Both;
use crate::error::Result;
use crate::records::ReadContext;
use crate::report::{Report, appendix};

/// The machine name of the report.
const REPORT: &str = "reconcile-freight";

/// Sheets of the report that the next month reads.
const CARRIED: [Carried; 2] = [
    Carried { sheet: "reconcile.open_items", kind: "open_items", headers: &HEADERS },
    Carried { sheet: "reconcile.matched", kind: "settled_items", headers: &HEADERS },
];

/// What the headers of these sheets are to their kinds.
const HEADERS: [(&str, &str); 2] =
    [("freight.destination_or_service", "item_name"), ("freight.parcel_weight", "qty")];

/// What the job calls things.
const TERMS: Terms = Terms {
    party: "freight.carrier",
    document_no: "freight.waybill",
    number_width: 16,
    sides: Both { left: "freight.bill", right: "freight.log" },
    item: "freight.destination_or_service",
    quantity: "freight.parcel_weight",
    quantity_cause: "freight.cause_weight",
    arithmetic_cause: "freight.cause_own_price",
    quantities: Both { left: "freight.weight_bill", right: "freight.weight_log" },
    prices: Both { left: "freight.price_bill", right: "freight.price_log" },
    amounts: Both { left: "freight.amount_bill", right: "freight.amount_log" },
    places: Both { left: "freight.place_bill", right: "freight.place_log" },
    ..Terms::PLAIN
};

/// Reconcile carriers' bills with the freight log and the agreed rates
#[derive(Debug, Args)]
pub struct Freight {
    #[command(flatten)]
    inputs: Inputs,
    /// Write for every carrier the letter of differences into this folder
    #[arg(long, value_name = "DIR")]
    papers: Option<PathBuf>,
}

impl Run for Freight {
    fn run(&self, context: &Context) -> Result<Report> {
        let settings = &context.settings;
        let mut reading = self.inputs.read(settings, &context.progress)?;
        mistaken::bills_taken_for_logs(&mut reading.tables, settings);
        mistaken::bills_taken_for_others(&mut reading.tables, settings);
        let period = period::of(context.month, &reading.tables, settings)
            .map_err(|error| error.with_unread(&reading.findings))?;
        let reading_context = ReadContext { period: Some(period), near: None, settings };
        let earlier = earlier(REPORT, &reading.ours, Some(period), &CARRIED, context.today);
        let given = reading.tables.len();
        let tables: Vec<_> = reading.tables.into_iter().chain(earlier.tables).collect();
        let assembled = papers::assemble(&tables, given, &reading_context, settings);
        let read = uses::inputs(&tables, &assembled.uses);
        let of_use = uses::of_use(reading.findings, &tables, &assembled.uses, &papers::KINDS);
        drop(tables);
        let resolve = assembled.carriers.resolver();
        let run = |rules: &_| freight::reconcile(&assembled.papers, &resolve, period, rules);
        let (month, ids) = with_decisions(&earlier.decisions, rules(settings), run, checked)?;
        let apart = |line: &_| month.stands_apart(line);
        let mut told = checked(&month).tell(&ids, &earlier.decisions, &TERMS, context, apart);
        tell::add(&mut told, &month, context.lang);
        let mut report = report::build(&month, &told, context);
        report.inputs = read;
        report.findings.extend(of_use);
        report.findings.extend(assembled.findings);
        report.findings.extend(earlier.findings);
        appendix::append(&mut report);
        if let Some(folder) = &self.papers {
            let our_name = settings.company.name.as_deref().unwrap_or_default();
            let desk = documents::Desk { our_name, today: context.today, lang: context.lang };
            report.documents = desk.letters(&month, &told, folder);
        }
        Ok(report)
    }

    fn inputs(&self) -> &[String] {
        &self.inputs.inputs
    }
}

/// Returns what every cross-check has, of a month.
fn checked(month: &FreightMonth) -> Checked<'_> {
    Checked { left: &month.sides.left, right: &month.sides.right, lines: &month.lines }
}
