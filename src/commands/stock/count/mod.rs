//! `gendan stock count`: a stocktake against the book at the moment of
//! counting; and the sheets to count on where nothing was counted yet.

mod forms;
mod json;
mod sheets;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::papers::Papers;
use crate::args::Inputs;
use crate::calendar::Calendar;
use crate::commands::{Context, Run};
use crate::documents::count_sheet::CountForm;
use crate::engine::stock::count::{Counted, Limits, Stocktake, count, day_check, last_of_month};
use crate::engine::stock::latest::keep_latest;
use crate::engine::stock::ledger::{Ledger, ledger};
use crate::error::Result;
use crate::finding::{Finding, codes};
use crate::output;
use crate::period::Period;
use crate::report::decisions::COUNT_SHEETS;
use crate::report::{Document, Report, Section, appendix, labels};

/// Check a stocktake against the book at the moment of counting
#[derive(Debug, clap::Args)]
pub struct Count {
    #[command(flatten)]
    inputs: Inputs,
    /// Leave the book's figures out of the sheets to count on
    #[arg(long)]
    blind: bool,
    /// Count again what is off by more per cent than this
    #[arg(long, value_name = "PERCENT")]
    recount_percent: Option<Decimal>,
    /// Count again what is off by more value than this
    #[arg(long, value_name = "VALUE")]
    recount_value: Option<Decimal>,
    /// Write the sheets to count on into this folder, a file for every warehouse
    #[arg(long, value_name = "DIR")]
    papers: Option<PathBuf>,
}

/// The kinds that the job has a use for.
const KINDS: [&str; 5] =
    ["goods_receipt", "material_issue", "stock_movements", "stock_table", "stocktake"];

impl Run for Count {
    fn run(&self, context: &Context) -> Result<Report> {
        let reading = self.inputs.read(&context.settings, &context.progress)?;
        let mut papers = Papers::of(reading, &KINDS, context);
        let rolled = ledger(&papers.books(None));
        let replaced = keep_latest(&mut papers.tables);
        let stocktake = Stocktake {
            counts: &papers.counts,
            tables: &papers.tables,
            movements: &papers.movements,
            ledger: &rolled,
            limits: self.limits(context),
        };
        let counted = count(&stocktake);
        let forms = forms::forms(&papers.tables, &rolled, self, context);
        let mut report = if papers.counts.is_empty() {
            self.to_count(&forms, context)
        } else {
            checked(&counted, &rolled, context)
        };
        report.period = context.month.map(Period::from).map(|period| period.to_string());
        if let Some(folder) = &self.papers {
            let document = |form| paper(form, folder, context);
            report.documents = forms.iter().map(document).collect();
        }
        report.inputs = papers.inputs;
        report.findings = papers.findings;
        report.findings.extend(day_finding(&counted, &forms, &papers.counts, context));
        report.findings.extend(replaced);
        report.findings.extend(of_codes(rolled.findings));
        report.findings.extend(counted.findings);
        if papers.counts.is_empty() && forms.is_empty() {
            report.findings.push(Finding::of(codes::NOTHING_TO_DO).with("job", "count"));
        }
        appendix::append(&mut report);
        Ok(report)
    }

    fn inputs(&self) -> &[String] {
        &self.inputs.inputs
    }
}

impl Count {
    fn limits(&self, context: &Context) -> Limits {
        let settings = &context.settings.stock;
        Limits {
            percent: self.recount_percent.unwrap_or(settings.recount_percent),
            value: self.recount_value.or(settings.recount_value),
        }
    }

    /// Makes the report of a stocktake that is still to be made: its sheets.
    fn to_count(&self, forms: &[CountForm], context: &Context) -> Report {
        let lang = context.lang;
        let mut report =
            Report::new(COUNT_SHEETS, labels::text(lang, "warehouse.count_title"), lang);
        report.sections = vec![
            Section::new("variances", std::iter::empty::<()>()),
            Section::new("sheets", json::forms(forms)),
        ];
        report.sheets.extend(forms.iter().map(|form| {
            let sheet = form.sheet(lang);
            sheet.on_terminal(sheets::ON_TERMINAL)
        }));
        report
    }
}

/// Makes the report of a stocktake.
fn checked(counted: &Counted, rolled: &Ledger, context: &Context) -> Report {
    let lang = context.lang;
    let mut report = Report::new("stock-count", labels::text(lang, "warehouse.count_title"), lang);
    report.sections = vec![
        Section::new("variances", json::variances(counted, &rolled.items)),
        Section::new("accuracy", [json::accuracy(counted)]),
    ];
    report.sheets = vec![
        sheets::variances(counted, &rolled.items, context),
        sheets::recounts(counted, &rolled.items, lang),
        sheets::voucher(counted, &rolled.items, context),
    ];
    report.needs_person = counted
        .variances
        .iter()
        .any(|one| one.counted.is_none() || one.difference.is_some_and(|by| !by.is_zero()));
    report
}

/// Says where the day of the count is no good day: of a count that was made,
/// at its sheet; of one that is planned, of the day it would be.
fn day_finding(
    counted: &Counted,
    forms: &[CountForm],
    counts: &[crate::records::stock::CountSheet],
    context: &Context,
) -> Option<Finding> {
    let calendar = Calendar::new(&context.settings.calendar);
    let planned = || forms.first().map(|form| form.day);
    let day: NaiveDate = if counts.is_empty() { planned()? } else { counted.day? };
    let at =
        counts.iter().find_map(|sheet| sheet.records.lines.first()).map(|line| line.at.clone());
    day_check(day, &calendar, at)
}

/// Returns the day for which a count is to be planned: the last of the month.
fn planned_day(context: &Context) -> NaiveDate {
    let day = context.month.map_or(context.today, |month| month.first_day());
    last_of_month(day).unwrap_or(day)
}

/// Keeps what was found of codes and repeated lines; all else is the ledger's
/// to tell.
fn of_codes(findings: Vec<Finding>) -> impl Iterator<Item = Finding> {
    let told = [codes::LEADING_ZEROS_LOST, codes::REPEATED_LINE];
    findings.into_iter().filter(move |finding| told.contains(&finding.code))
}

/// Makes the file of one count sheet.
fn paper(form: &CountForm, folder: &Path, context: &Context) -> Document {
    let lang = context.lang;
    let title = labels::text(lang, "warehouse.count_sheet");
    let mut report = Report::new(COUNT_SHEETS, title, lang);
    report.sheets.push(form.sheet(lang));
    let warehouse = form.warehouse.as_deref().unwrap_or_default();
    let file = format!("{}{title} {}.xlsx", output::file_name(warehouse), form.day);
    Document { path: folder.join(file), report }
}
