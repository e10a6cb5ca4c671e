//! `gendan reconcile supplier`: the month's statements against our goods
//! receipts, returns, deductions, payments and agreed prices.

mod bridge_sheet;
mod decided;
mod documents;
mod joined;
mod papers;
mod period;
mod report;
mod settlement;
mod summary;

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use rustc_hash::FxHashMap;

use self::papers::Assembled;
use super::explain::explain;
use super::lines::Told;
use crate::args::Inputs;
use crate::commands::{Context, Run};
use crate::engine::matching::outcome::Line;
use crate::engine::matching::spec::{Pack, Spec};
use crate::engine::supplier::decisions::line_ids;
use crate::engine::supplier::{self, SupplierMonth};
use crate::error::Result;
use crate::finding::{Finding, codes};
use crate::input::reading::ReadTable;
use crate::party::Parties;
use crate::period::Period;
use crate::records::ReadContext;
use crate::report::decisions::Written;
use crate::report::{Report, appendix};
use crate::settings::Settings;

/// The machine name of the report.
const REPORT: &str = "reconcile-supplier";

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
        let reading = self.inputs.read(settings, &context.progress)?;
        let period = period::of(context.month, &reading.tables, settings)?;
        let reading_context = ReadContext { period: Some(period), settings };
        let earlier = decided::earlier(&reading.ours, period, context.today);
        let tables: Vec<_> = reading.tables.into_iter().chain(earlier.tables).collect();
        let assembled = papers::assemble(&tables, &reading_context, settings);
        let (month, ids) = reconcile(&assembled, &earlier.decisions, period, settings)?;
        let told = tell(&month, &ids, &earlier.decisions, context);
        let mut report = report::build(&month, &told, context.lang);
        report.inputs = report::inputs(&tables, &assembled);
        report.findings.extend(papers::of_use(reading.findings, &tables, &assembled.uses));
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

/// Reconciles the month, with the lines joined that a person has said are the
/// same; returns the lines' identities beside it.
fn reconcile(
    assembled: &Assembled,
    decisions: &[Written],
    period: Period,
    settings: &Settings,
) -> Result<(SupplierMonth, Vec<String>)> {
    let resolve = |name: &str| assembled.parties.resolve(name).party;
    let reconcile = |rules: &Spec| -> Result<(SupplierMonth, Vec<String>)> {
        let month = supplier::reconcile(&assembled.papers, &resolve, period, rules)
            .map_err(|miscount| Finding::of(codes::INTERNAL_ERROR).with("found", miscount))?;
        let ids = line_ids(&month.lines, &month.sides.left, &month.sides.right);
        Ok((month, ids))
    };
    let mut rules = rules(settings);
    let (month, ids) = reconcile(&rules)?;
    let joined = joined::joined(decisions, &ids, &month.lines);
    if joined.is_empty() {
        return Ok((month, ids));
    }
    rules.together = joined.iter().map(|join| join.entries.clone()).collect();
    let (month, mut ids) = reconcile(&rules)?;
    joined::keep_ids(&mut ids, &joined, &month.lines);
    Ok((month, ids))
}

/// Returns the matcher's rules: its own, with what the settings say.
fn rules(settings: &Settings) -> Spec {
    let pack = |(item, &factor): (&String, &rust_decimal::Decimal)| Pack {
        party: None,
        item: item.as_str().into(),
        factor,
    };
    Spec {
        tolerance: settings.matching.tolerance,
        date_window: settings.matching.days.into(),
        tax_rates: settings.tax.rates.clone(),
        packs: settings.packs.iter().map(pack).collect(),
        ..Spec::default()
    }
}

/// Puts every line into words, with its number, identity and decision.
fn tell<'a>(
    month: &'a SupplierMonth,
    ids: &'a [String],
    decisions: &'a [Written],
    context: &Context,
) -> Vec<Told<'a>> {
    let (left, right) = (&month.sides.left, &month.sides.right);
    let decisions: FxHashMap<&str, &Written> =
        decisions.iter().map(|decision| (decision.line.as_str(), decision)).collect();
    let tell = |(index, line): (usize, &'a Line)| Told {
        number: index + 1,
        id: ids[index].as_str(),
        line,
        left: line.left.iter().map(|&index| &left[index]).collect(),
        right: line.right.iter().map(|&index| &right[index]).collect(),
        decision: decisions.get(ids[index].as_str()).copied(),
        explanation: explain(line, left, right, context.lang),
        stands_apart: month.sides.stands_apart(line),
    };
    month.lines.iter().enumerate().map(tell).collect()
}
