//! Files → tables that are understood: opens, finds tables, says what each is
//! and which of its columns are which.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::columns::{self, Overrides};
use super::inputs::InputFile;
use super::locate::{self, LocateOptions};
use super::read;
use super::recognise::{self, Names, Recognised, THRESHOLD};
use super::sheet::{Cell, Formula, Sheet, Value, Workbook};
use super::table::{Role, Table};
use super::workbook;
use crate::error::Result;
use crate::finding::{Finding, codes};
use crate::kinds::{self, Kind};
use crate::progress::Progress;
use crate::settings::{FileRule, Settings};

/// How close to the likeliest kind another one must come to be named.
const CLOSE: u8 = 15;

/// What reading depends on beside the files.
#[derive(Debug, Clone, Copy)]
pub struct ReadOptions<'a> {
    /// The settings in force.
    pub settings: &'a Settings,
    /// Limits and encodings of files.
    pub workbook: &'a workbook::Options,
    /// Where to tell how far the work has come.
    pub progress: &'a Progress,
    /// Tells workbooks that gendan wrote: they are kept whole, not read as
    /// sheets of figures.
    pub is_ours: fn(&Workbook) -> bool,
}

/// A table that was found, and what it was taken for.
#[derive(Debug, Clone)]
pub struct ReadTable {
    /// The table; its columns say their fields.
    pub table: Table,
    /// Its kind; `None`: none is likely enough.
    pub kind: Option<&'static Kind>,
    /// How sure the kind is, from 0 to 100.
    pub confidence: u8,
    /// Other kinds that come close, the likeliest first.
    pub runners_up: Vec<Recognised>,
    /// The party that `gendan.toml` names for the file.
    pub party: Option<String>,
}

/// What the files hold.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// Every table, in the order of files, sheets and rows.
    pub tables: Vec<ReadTable>,
    /// Workbooks that gendan wrote.
    pub ours: Vec<Workbook>,
    /// What was wrong or doubtful with files, tables and columns.
    pub findings: Vec<Finding>,
}

/// Reads files: every table of every sheet, understood as far as it can be.
///
/// # Errors
///
/// A sheet that was named and is not there; a kind that is none.
pub fn read(files: &[InputFile], options: &ReadOptions<'_>) -> Result<Reading> {
    let said: Vec<Option<&'static Kind>> =
        files.iter().map(|file| said_kind(file)).collect::<Result<_>>()?;
    let books = read::read_all(files, options.workbook, options.progress)?;
    let mut reading = Reading::default();
    let mut jobs: Vec<Job<'_>> = Vec::new();
    for ((book, file), kind) in books.into_iter().zip(files).zip(said) {
        reading.findings.extend(book.findings.iter().cloned());
        if (options.is_ours)(&book) {
            reading.ours.push(book);
            continue;
        }
        let sheets = book.sheets.into_iter().map(Arc::new);
        jobs.extend(sheets.map(|sheet| Job { sheet, file, kind }));
    }
    options.progress.start("cli.step_understand", jobs.len() as u64);
    let read: Vec<Vec<ReadTable>> = jobs
        .par_iter()
        .map(|job| {
            let tables = job.run(options.settings);
            options.progress.advance(1);
            tables
        })
        .collect();
    options.progress.start("cli.step_work", 0);
    for table in read.into_iter().flatten() {
        reading.findings.extend(table.findings());
        reading.tables.push(table);
    }
    Ok(reading)
}

/// Returns the kind that a person says a file is of.
fn said_kind(file: &InputFile) -> Result<Option<&'static Kind>> {
    let Some(name) = &file.kind else { return Ok(None) };
    if let Some(kind) = kinds::named(name) {
        return Ok(Some(kind));
    }
    let words = kinds::all().iter().flat_map(|kind| kind.aliases.iter().chain([&kind.id]));
    let near = crate::text::nearest(name, words.map(String::as_str)).join(", ");
    let finding = Finding::of(codes::UNKNOWN_ARGUMENT).with("found", name).with("near", near);
    Err(finding.into())
}

/// One sheet to be read.
struct Job<'a> {
    sheet: Arc<Sheet>,
    file: &'a InputFile,
    kind: Option<&'static Kind>,
}

impl Job<'_> {
    /// Finds the tables of the sheet and what they are.
    fn run(&self, settings: &Settings) -> Vec<ReadTable> {
        let rule = settings.files.iter().find(|rule| self.is_meant(rule));
        let overrides = Overrides::new(settings, rule);
        let rows = rule.map(|rule| rule.header_rows.iter().map(|row| row.saturating_sub(1)));
        let options = LocateOptions {
            area: self.file.sheet.as_ref().and_then(|selector| selector.area),
            header_rows: rows.map(Iterator::collect).filter(|rows: &Vec<u32>| !rows.is_empty()),
        };
        let by_rule = rule.and_then(|rule| rule.kind.as_deref()).and_then(kinds::named);
        let tables = locate::tables(&self.sheet, &options);
        let headed = tables.iter().any(|table| !table.header_rows.is_empty());
        let read = tables.into_iter().map(|table| {
            // Beside a table with a header, what the sheet is called says
            // nothing of one without.
            let called = !headed || !table.header_rows.is_empty();
            let mut read = self.understand(table, self.kind.or(by_rule), called, &overrides);
            read.party = rule.and_then(|rule| rule.party.clone());
            read
        });
        let mut read: Vec<ReadTable> = read.collect();
        unfold(&mut read, &overrides);
        read
    }

    /// Whether a rule of the settings is about this sheet.
    fn is_meant(&self, rule: &FileRule) -> bool {
        let Ok(pattern) = glob::Pattern::new(&rule.pattern) else { return false };
        let named = pattern.matches(&self.file.shown)
            || self
                .file
                .path
                .file_name()
                .is_some_and(|name| pattern.matches(&name.to_string_lossy()));
        let sheet = self.sheet.id.sheet.as_deref();
        named && rule.sheet.as_deref().is_none_or(|name| sheet == Some(name))
    }

    /// Says what a table is and which of its columns are which.
    fn understand(
        &self,
        mut table: Table,
        said: Option<&'static Kind>,
        called: bool,
        overrides: &Overrides,
    ) -> ReadTable {
        let file = Path::new(&self.file.path).file_stem().map(|name| name.to_string_lossy());
        let names = Names {
            file: file.as_deref().filter(|_| called).unwrap_or_default(),
            sheet: self.sheet.id.sheet.as_deref().filter(|_| called).unwrap_or_default(),
        };
        let mut found = match said {
            Some(kind) => vec![Recognised { kind, confidence: 100 }],
            None => recognise::recognise(&table, names, overrides),
        };
        let best = found.first().copied();
        let kind = best.filter(|best| best.confidence >= THRESHOLD).map(|best| best.kind);
        let confidence = best.map_or(0, |best| best.confidence);
        if kind.is_some() {
            found.remove(0);
        }
        found.retain(|other| other.confidence.saturating_add(CLOSE) >= confidence.max(25));
        found.truncate(3);
        match kind {
            Some(kind) => columns::map(&mut table, kind, overrides),
            None => {
                let finding = Finding::of(codes::UNKNOWN_KIND);
                let at = table.sheet.at(table.area.first);
                table.findings.push(finding.at(at));
            }
        }
        ReadTable { table, kind, confidence, runners_up: found, party: None }
    }
}

/// Takes the parts of a list that was folded to save paper for what the surest
/// of them is: the title stands above the first alone.
fn unfold(tables: &mut [ReadTable], overrides: &Overrides) {
    let mut lists: BTreeMap<(Vec<u32>, Vec<String>), Vec<usize>> = BTreeMap::new();
    for (at, ReadTable { table, .. }) in tables.iter().enumerate() {
        if !table.header_rows.is_empty() {
            let headers = table.columns.iter().map(|column| column.header.clone()).collect();
            lists.entry((table.header_rows.clone(), headers)).or_default().push(at);
        }
    }
    for parts in lists.into_values().filter(|parts| parts.len() > 1) {
        let surest = parts.iter().max_by_key(|at| tables[**at].confidence);
        let Some(surest) = surest.map(|at| tables[*at].clone()) else { continue };
        let Some(kind) = surest.kind else { continue };
        for part in parts {
            let part = &mut tables[part];
            if part.kind.is_none_or(|own| own.id != kind.id) {
                part.table.findings.retain(|finding| finding.code != codes::UNKNOWN_KIND);
                part.take_as(kind, overrides);
            }
            part.confidence = surest.confidence;
            if part.table.titles.is_empty() && part.table.facts.is_empty() {
                part.table.titles.clone_from(&surest.table.titles);
                part.table.facts.clone_from(&surest.table.facts);
            }
        }
    }
}

impl ReadTable {
    /// Takes the table for another kind: a job may know better than the sheet
    /// whose paper it is.
    pub fn take_for(&mut self, kind: &'static Kind, settings: &Settings) {
        self.take_as(kind, &Overrides::new(settings, None));
    }

    fn take_as(&mut self, kind: &'static Kind, overrides: &Overrides) {
        self.table.findings.retain(|finding| !columns::FINDINGS.contains(&finding.code));
        for column in &mut self.table.columns {
            column.field = None;
        }
        columns::map(&mut self.table, kind, overrides);
        self.kind = Some(kind);
    }

    /// Returns what is wrong or doubtful with the table and its columns.
    fn findings(&self) -> impl Iterator<Item = Finding> + '_ {
        self.table.findings.iter().cloned()
    }
}

/// Returns the body cells of a table that hold no value to use: errors of
/// formulas, and formulas that were never calculated. Records of the table
/// report the cells they need themselves; this is for looking at a table
/// without them.
pub fn unusable_cells(table: &Table) -> Vec<Finding> {
    let mut findings = Vec::new();
    for row in table.rows_of(Role::Body) {
        let Some(cells) = table.sheet.row(row).map(|row| &row.cells) else { continue };
        for cell in cells {
            let inside = (table.area.first.col..=table.area.last.col).contains(&cell.col);
            if let Some(finding) = unusable(cell).filter(|_| inside) {
                findings.push(finding.at(table.at(row, cell.col)));
            }
        }
    }
    findings
}

/// Returns why a cell holds no value to use.
fn unusable(cell: Cell<'_>) -> Option<Finding> {
    match (&cell.value(), cell.formula) {
        (Value::Error(error), _) => Some(Finding::of(codes::FORMULA_ERROR).with("found", error)),
        (_, Formula::Uncomputed) => Some(Finding::of(codes::FORMULA_WITHOUT_VALUE)),
        _ => None,
    }
}
