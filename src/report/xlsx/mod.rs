//! The report as a workbook. The only modules that know the xlsx writer.

mod chart;
mod choices;
mod fit;
mod flow;
mod link;
mod look;
pub mod mark;
mod names;
mod page;
mod paper;
mod picture;
mod plan;
mod refs;
mod write;

use std::error::Error;
use std::io::{self, Seek, Write};
use std::path::Path;

use chrono::NaiveDate;
use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};

use self::choices::Choices;
use self::flow::Flow;
use self::link::Links;
use self::look::Looks;
use self::refs::Refs;
use self::write::Writer;
use super::labels;
use super::model::Report;
use super::sheet::{Paper, Sheet};
use crate::progress::Progress;

/// Sheets with more rows are written row by row, in little memory.
const MANY_ROWS: u32 = 50_000;
/// How hard the package is compressed: one step below the usual, a third
/// faster at the same size.
const COMPRESSION: u8 = 5;

/// Writes the report as a workbook that will stand in `folder` (links lead
/// from there). The same report gives the same bytes. `progress` counts the
/// rows of its tables.
pub fn write<W: Write + Seek + Send>(
    report: &Report,
    folder: &Path,
    out: W,
    progress: &Progress,
) -> io::Result<()> {
    build(report, folder, out, progress).map_err(|error| match error {
        XlsxError::IoError(error) => error,
        error => io::Error::new(kind(&error), error),
    })
}

/// Returns what the system said, wherever the writer wrapped it: a full disk
/// is told as one.
fn kind(error: &XlsxError) -> io::ErrorKind {
    let XlsxError::ZipError(zip) = error else { return io::ErrorKind::Other };
    let mut cause: Option<&dyn Error> = Some(zip);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return error.kind();
        }
        cause = error.source();
    }
    io::ErrorKind::Other
}

fn build<W: Write + Seek + Send>(
    report: &Report,
    folder: &Path,
    mut out: W,
    progress: &Progress,
) -> Result<(), XlsxError> {
    let mut taken = vec![mark::SHEET.to_owned()];
    let sheets = fit::fitted(&report.sheets);
    let plans = plan::sheets(&sheets, &mut taken);
    let refs = Refs { sheets: &sheets, plans: &plans };
    let mut looks = Looks::new(report.lang);
    let mut choices = Choices::default();
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(COMPRESSION).set_properties(&properties(report));
    for (own, (sheet, plan)) in sheets.iter().zip(&plans).enumerate() {
        let worksheet = if plan.end > MANY_ROWS {
            let worksheet = workbook.add_worksheet_with_low_memory()?;
            worksheet.set_default_row_height(write::row_height(sheet, 1));
            worksheet
        } else {
            workbook.add_worksheet()
        };
        let mut writer = Writer {
            refs: &refs,
            own,
            sheet,
            plan,
            lang: report.lang,
            looks: &mut looks,
            links: Links::new(folder),
            choices: &mut choices,
            flow: Flow::default(),
            progress,
        };
        writer.write(worksheet)?;
        // On a label a page number would only be a wrong number.
        if !sheet.paper.is_label() {
            worksheet.set_footer(footer(report, sheet));
        }
    }
    mark::write(workbook.add_worksheet(), report, &sheets, &plans, &choices)?;
    let labels: Vec<usize> =
        (0..sheets.len()).filter(|at| sheets[*at].paper == Paper::FourBySix).collect();
    if labels.is_empty() {
        return workbook.save_to_writer(out);
    }
    let package = paper::four_by_six(workbook.save_to_buffer()?, &labels)?;
    Ok(out.write_all(&package)?)
}

fn footer(report: &Report, sheet: &Sheet) -> String {
    let page = labels::text(report.lang, "common.page");
    // A paper for others carries no name of ours but what stands on it.
    let title = match (&report.period, page::is_form(sheet)) {
        (_, true) => String::new(),
        (Some(period), _) => format!("{} {period}", report.title),
        (None, _) => report.title.clone(),
    };
    page::footer(&title, page)
}

/// The file's properties. Its date is the period's first day, not today's:
/// the same month gives the same file.
fn properties(report: &Report) -> DocProperties {
    let day = report
        .period
        .as_deref()
        .and_then(|period| {
            NaiveDate::parse_from_str(&format!("{}-01", period.get(..7)?), "%Y-%m-%d").ok()
        })
        .or_else(|| NaiveDate::from_ymd_opt(2026, 1, 1))
        .unwrap_or_default();
    DocProperties::new()
        .set_title(&report.title)
        .set_author("gendan")
        .set_creation_datetime(&day)
        .set_custom_property(mark::SHEET, mark::FORM)
}
