//! The problems marked in copies of the workbooks they stand in.

use std::path::Path;
use std::sync::Arc;

use super::MarkedRow;
use crate::args::Inputs;
use crate::commands::copies::{Original, free_name, not_possible, originals};
use crate::error::Result;
use crate::finding::{Finding, table};
use crate::input::reading::Reading;
use crate::lang::Lang;
use crate::location::{CellRef, Location, SheetId};
use crate::report::{FileCopy, labels, text::severity_word};
use crate::writeback::{self, Listing, Problem};

/// The copies, what is marked in them, and what could not be.
#[derive(Default)]
pub(super) struct Made {
    pub(super) files: Vec<FileCopy>,
    pub(super) marked: Vec<MarkedRow>,
    pub(super) findings: Vec<Finding>,
}

/// Makes copies of all workbooks that hold a problem.
pub(super) fn copies(
    findings: &[Finding],
    reading: &Reading,
    given: &Inputs,
    folder: &Path,
    lang: Lang,
) -> Result<Made> {
    let mut names: Vec<&str> = Vec::new();
    for at in findings.iter().filter_map(|finding| finding.at.as_ref()) {
        if !names.contains(&at.sheet.path.as_str()) {
            names.push(&at.sheet.path);
        }
    }
    let mut made = Made::default();
    for original in originals(given, &names)? {
        let mut own: Vec<(&Finding, &Location)> = findings
            .iter()
            .filter_map(|finding| Some((finding, finding.at.as_ref()?)))
            .filter(|(_, at)| at.sheet.path == original.shown)
            .collect();
        own.sort_by_key(|(_, at)| (place(&at.sheet, reading), at.cell));
        made.add(&original, &own, reading, folder, lang);
    }
    Ok(made)
}

impl Made {
    /// Makes the copy of one workbook.
    fn add(
        &mut self,
        original: &Original,
        own: &[(&Finding, &Location)],
        reading: &Reading,
        folder: &Path,
        lang: Lang,
    ) {
        let problems: Vec<Problem> =
            own.iter().map(|(finding, at)| problem(finding, at, cell(at, reading), lang)).collect();
        let bytes = match writeback::mark(&original.bytes, &problems, &listing(lang)) {
            Ok(bytes) => bytes,
            Err(why) => {
                let first = own.first().map(|(_, at)| not_possible(&original.shown, why, at));
                self.findings.extend(first);
                return;
            }
        };
        let path = free_name(&self.files, folder, &original.path);
        let place = path.display().to_string();
        for ((finding, at), problem) in own.iter().zip(problems) {
            let sheet = SheetId { path: place.clone(), sheet: at.sheet.sheet.clone() };
            self.marked.push(MarkedRow {
                at: Location::new(&Arc::new(sheet), problem.cell).to_string(),
                code: finding.code.0,
                severity: finding.severity,
                text: problem.message,
            });
        }
        self.files.push(FileCopy { path, bytes });
    }
}

/// Returns where a sheet stands among those that were read.
fn place(sheet: &SheetId, reading: &Reading) -> usize {
    let place = reading.tables.iter().position(|read| *read.table.sheet.id == *sheet);
    place.unwrap_or(usize::MAX)
}

/// Returns the cell to be marked: of merged ones the first.
fn cell(at: &Location, reading: &Reading) -> CellRef {
    let sheet = reading.tables.iter().map(|read| &read.table.sheet).find(|s| s.id == at.sheet);
    sheet.map_or(at.cell, |sheet| writeback::anchor(sheet, at.cell))
}

fn problem(finding: &Finding, at: &Location, cell: CellRef, lang: Lang) -> Problem {
    let known = table::entry(finding.code.0);
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    Problem {
        sheet: at.sheet.sheet.clone().unwrap_or_default(),
        cell,
        severity: finding.severity,
        word: severity_word(finding.severity, lang).to_owned(),
        name: text(known.map(|entry| entry.name.get(lang))),
        message: finding.message(lang),
        advice: text(known.map(|entry| entry.advice.get(lang))),
    }
}

fn listing(lang: Lang) -> Listing {
    let label = |key| labels::text(lang, key).to_owned();
    Listing {
        title: label("check.list"),
        headers: [
            label("appendix.severity"),
            label("appendix.problem"),
            label("appendix.place"),
            label("appendix.message"),
            label("appendix.advice"),
        ],
    }
}
