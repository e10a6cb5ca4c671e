//! `gendan reconcile supplier`: the month's statements against our goods
//! receipts, returns, deductions, payments and agreed prices.

mod ageing;
mod ageing_parties;
mod bridge_sheet;
mod copies;
mod documents;
pub(super) mod job;
mod json;
mod ledgers;
mod names;
mod papers;
mod period;
mod report;
mod settlement;
mod summary;

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use self::job::Job;
use super::checked::{Checked, rules, with_decisions};
use super::earlier::{Carried, earlier};
use super::uses;
use crate::args::Inputs;
use crate::commands::{Context, Run};
use crate::engine::supplier::{self, Sides, SupplierMonth};
use crate::error::Result;
use crate::input::reading::ReadTable;
use crate::party::Parties;
use crate::records::ReadContext;
use crate::report::{Report, appendix};
use crate::settings::Settings;

/// Sheets of the report that the next month reads.
const CARRIED: [Carried; 3] = [
    Carried::named("reconcile.summary", "supplier_balances"),
    Carried::named("reconcile.open_items", "open_items"),
    Carried::named("reconcile.matched", "settled_items"),
];

/// Reconcile the month with every supplier
#[derive(Debug, Args)]
pub struct Supplier {
    #[command(flatten)]
    inputs: Inputs,
    /// Write for every supplier the statement to sign and the letter of differences into this folder
    #[arg(long, value_name = "DIR")]
    papers: Option<PathBuf>,
}

impl Supplier {
    /// Makes the command over these inputs, with papers into a folder.
    pub fn new(inputs: Vec<String>, papers: Option<PathBuf>) -> Self {
        Self { inputs: Inputs { inputs }, papers }
    }
}

impl Run for Supplier {
    fn run(&self, context: &Context) -> Result<Report> {
        run(Job::Supplier, &self.inputs, self.papers.as_deref(), context)
    }

    fn inputs(&self) -> &[String] {
        &self.inputs.inputs
    }
}

/// Reconciles a month with partners.
pub(super) fn run(
    job: Job,
    inputs: &Inputs,
    papers: Option<&Path>,
    context: &Context,
) -> Result<Report> {
    let settings = &context.settings;
    let mut reading = inputs.read(settings, &context.progress)?;
    if job == Job::Supplier {
        ledgers::settle(&mut reading, settings);
    }
    let period = period::of(job, context, &reading.tables)
        .map_err(|error| error.with_unread(&reading.findings))?;
    let reading_context = ReadContext { period: Some(period), near: None, settings };
    let earlier = earlier(job.report(), &reading.ours, Some(period), &CARRIED, context.today);
    let tables: Vec<_> = reading.tables.into_iter().chain(earlier.tables).collect();
    let mut assembled = papers::assemble_month(job, &tables, &reading_context, settings, period);
    let read = uses::inputs(&tables, &assembled.uses);
    let of_use = uses::of_use(reading.findings, &tables, &assembled.uses, job.kinds());
    // A million lines need the room that their sheets took, then their papers.
    drop(tables);
    let due = ageing::due_days(&assembled.papers);
    let papers_of_month = RefCell::new(std::mem::take(&mut assembled.papers));
    let resolve = assembled.parties.resolver();
    let run = |rules: &_| {
        let sides = Sides::of(&papers_of_month.borrow(), &resolve, period);
        // Decisions may ask for a second run.
        if earlier.decisions.is_empty() {
            papers_of_month.borrow_mut().forget_lines();
        }
        supplier::reconcile(sides, &papers_of_month.borrow(), &resolve, period, rules)
    };
    let (month, ids) = with_decisions(&earlier.decisions, rules(settings), run, checked)?;
    drop(papers_of_month);
    let apart = |line: &_| month.sides.stands_apart(line);
    let told = checked(&month).tell(&ids, &earlier.decisions, job.terms(), context, apart);
    let mut report = report::build(job, &month, &told, context);
    if job == Job::Reseller {
        ageing::add(&mut report, &month, &assembled, &due, context);
    }
    report.inputs = read;
    report.findings.extend(of_use);
    if let Some(folder) = papers {
        let our_name = assembled.parties.ours().unwrap_or_default();
        let desk = documents::Desk { job, our_name, today: context.today, lang: context.lang };
        report.documents = desk.papers(&month, &told, folder);
    }
    report.findings.extend(assembled.findings);
    report.findings.extend(earlier.findings);
    settlement::tell(&mut report, period, context);
    appendix::append(&mut report);
    Ok(report)
}

/// The firms that sheets name.
pub(in crate::commands) struct Firms {
    /// Our own and the others, in all their spellings.
    pub(in crate::commands) parties: Parties,
    /// Those whose papers are among the sheets.
    pub(in crate::commands) of_papers: Vec<Arc<str>>,
}

/// Finds the firms that sheets name.
pub(in crate::commands) fn firms(tables: &[ReadTable], settings: &Settings) -> Firms {
    let context = ReadContext { period: None, near: None, settings };
    let assembled = papers::assemble(Job::Supplier, tables, &context, settings);
    let of_papers = assembled.uses.into_iter().filter_map(|made| made.party).collect();
    Firms { parties: assembled.parties, of_papers }
}

/// Returns what every cross-check has, of a month.
fn checked(month: &SupplierMonth) -> Checked<'_> {
    Checked { left: &month.sides.left, right: &month.sides.right, lines: &month.lines }
}
