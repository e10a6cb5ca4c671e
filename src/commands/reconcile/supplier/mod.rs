//! `gendan reconcile supplier`: the month's statements against our goods
//! receipts, returns, deductions, payments and agreed prices.

mod bridge_sheet;
mod documents;
mod json;
mod ledgers;
mod papers;
mod period;
mod report;
mod settlement;
mod summary;

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::checked::{Checked, rules, with_decisions};
use super::earlier::{Carried, earlier};
use super::terms::Terms;
use super::uses;
use crate::args::Inputs;
use crate::commands::{Context, Run};
use crate::engine::matching::sides::Both;
use crate::engine::supplier::{self, SupplierMonth};
use crate::error::Result;
use crate::input::reading::ReadTable;
use crate::party::Parties;
use crate::records::ReadContext;
use crate::report::{Report, appendix};
use crate::settings::Settings;

/// The machine name of the report.
const REPORT: &str = "reconcile-supplier";

/// Sheets of the report that the next month reads.
const CARRIED: [Carried; 3] = [
    ("reconcile.summary", "supplier_balances"),
    ("reconcile.open_items", "open_items"),
    ("reconcile.matched", "settled_items"),
];

/// What the job calls things.
const TERMS: Terms = Terms {
    party: "reconcile.party",
    document_no: "reconcile.document_no",
    other_no: "lines.field_other_no",
    sides: Both { left: "reconcile.theirs", right: "reconcile.ours" },
    amounts: Both { left: "reconcile.amount_left", right: "reconcile.amount_right" },
    places: Both { left: "reconcile.place_left", right: "reconcile.place_right" },
};

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
        let settings = &context.settings;
        let mut reading = self.inputs.read(settings, &context.progress)?;
        ledgers::take_as_statements(&mut reading, settings);
        let period = period::of(context.month, &reading.tables, settings)?;
        let reading_context = ReadContext { period: Some(period), settings };
        let earlier = earlier(REPORT, &reading.ours, Some(period), &CARRIED, context.today);
        let tables: Vec<_> = reading.tables.into_iter().chain(earlier.tables).collect();
        let assembled = papers::assemble_month(&tables, &reading_context, settings, period);
        let resolve = |name: &str| assembled.parties.resolve(name).party;
        let run = |rules: &_| supplier::reconcile(&assembled.papers, &resolve, period, rules);
        let (month, ids) = with_decisions(&earlier.decisions, rules(settings), run, checked)?;
        let apart = |line: &_| month.sides.stands_apart(line);
        let told = checked(&month).tell(&ids, &earlier.decisions, &TERMS, context, apart);
        let mut report = report::build(&month, &told, context.lang);
        report.inputs = uses::inputs(&tables, &assembled.uses);
        let of_use = uses::of_use(reading.findings, &tables, &assembled.uses, &papers::KINDS);
        report.findings.extend(of_use);
        report.findings.extend(assembled.findings);
        report.findings.extend(earlier.findings);
        settlement::tell(&mut report, period, context);
        report.sheets.push(appendix::problems(&report));
        report.sheets.push(appendix::inputs(&report));
        if let Some(folder) = &self.papers {
            let our_name = assembled.parties.ours().unwrap_or_default();
            let desk = documents::Desk { our_name, today: context.today, lang: context.lang };
            report.documents = desk.papers(&month, &told, folder);
        }
        Ok(report)
    }

    fn inputs(&self) -> &[String] {
        &self.inputs.inputs
    }
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
    let assembled = papers::assemble(tables, &ReadContext { period: None, settings }, settings);
    let of_papers = assembled.uses.into_iter().filter_map(|made| made.party).collect();
    Firms { parties: assembled.parties, of_papers }
}

/// Returns what every cross-check has, of a month.
fn checked(month: &SupplierMonth) -> Checked<'_> {
    Checked { left: &month.sides.left, right: &month.sides.right, lines: &month.lines }
}
