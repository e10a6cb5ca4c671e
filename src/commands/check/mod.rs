//! `gendan check`: what is wrong in these sheets, each by itself, against its
//! kind and against the others; and the problems marked in copies.

mod copies;
mod gather;
mod sheets;

use std::path::PathBuf;

use serde::Serialize;

use super::{Context, Run};
use crate::args::Inputs;
use crate::error::Result;
use crate::finding::{Finding, Severity};
use crate::report::{InputRead, Report, Section, appendix, labels};

/// The arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct Check {
    #[command(flatten)]
    inputs: Inputs,
    /// Write copies of the workbooks with every problem marked in its cell into this folder
    #[arg(long, value_name = "DIR")]
    copies: Option<PathBuf>,
}

/// How a table stands, as JSON shows it.
#[derive(Debug, Serialize)]
struct TableRow<'a> {
    path: &'a str,
    sheet: Option<&'a str>,
    table: Option<&'a str>,
    kind: Option<&'a str>,
    errors: usize,
    warnings: usize,
    notices: usize,
}

/// A problem in a copy, as JSON shows it.
#[derive(Debug, Serialize)]
struct MarkedRow {
    at: String,
    code: &'static str,
    severity: Severity,
    text: String,
}

impl Run for Check {
    fn run(&self, context: &Context) -> Result<Report> {
        let lang = context.lang;
        let reading = self.inputs.read(&context.settings, &context.progress)?;
        let mut report = Report::new("check", labels::text(lang, "check.title"), lang);
        report.inputs = reading
            .tables
            .iter()
            .map(|read| InputRead { party: read.party.clone(), ..InputRead::of(read) })
            .collect();
        report.findings = gather::findings(&reading, context);
        let mut marked = Vec::new();
        if let Some(folder) = &self.copies {
            let made = copies::copies(&report.findings, &reading, &self.inputs, folder, lang)?;
            report.copies = made.files;
            report.findings.extend(made.findings);
            marked = made.marked;
        }
        let rows: Vec<TableRow<'_>> =
            report.inputs.iter().map(|input| row(input, &report.findings)).collect();
        let tables = sheets::tables(&rows, lang);
        let sections = vec![Section::new("tables", rows), Section::new("marked", marked)];
        report.sections = sections;
        report.sheets.push(tables);
        report.sheets.push(appendix::problems(&report).on_terminal(sheets::ON_TERMINAL));
        report.sheets.push(appendix::inputs(&report));
        Ok(report)
    }

    fn inputs(&self) -> &[String] {
        &self.inputs.inputs
    }
}

/// Counts what was found in a table.
fn row<'a>(input: &'a InputRead, findings: &[Finding]) -> TableRow<'a> {
    let area = input.table.as_deref().and_then(crate::location::Area::parse);
    let inside = |finding: &&Finding| {
        finding.at.as_ref().is_some_and(|at| {
            at.sheet.path == input.path
                && at.sheet.sheet == input.sheet
                && area.is_none_or(|area| area.contains(at.cell))
        })
    };
    let count = |severity| {
        findings.iter().filter(inside).filter(|finding| finding.severity == severity).count()
    };
    TableRow {
        path: &input.path,
        sheet: input.sheet.as_deref(),
        table: input.table.as_deref(),
        kind: input.kind.as_deref(),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        notices: count(Severity::Info),
    }
}
