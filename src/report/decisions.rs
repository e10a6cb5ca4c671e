//! What people decided on the lines of a report: the columns they fill in,
//! and reading them back.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::cell::Cell;
use super::column::Column;
use super::labels;
use super::xlsx::mark;
use crate::engine::decisions::Choice;
use crate::engine::line_id::is_line_id;
use crate::finding::{Finding, codes};
use crate::input::sheet::{Row as SheetRow, Sheet, Value, Workbook};
use crate::lang::Lang;
use crate::location::{CellRef, Location};

/// What a person wrote on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The id of the line.
    pub line: String,
    /// What was decided; `None`: only a note was made.
    pub choice: Option<Choice>,
    /// The line it is the same as.
    pub same_as: Option<String>,
    /// The day it was decided, if the person wrote one.
    pub decided_on: Option<NaiveDate>,
    /// What the person wrote beside it.
    pub note: String,
    /// The cell of the decision.
    pub at: Location,
}

/// Who wrote a workbook, and about what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The machine name of the report.
    pub report: String,
    /// The period it is about.
    pub period: Option<String>,
}

impl Mark {
    /// Whether the workbook is a paper to be filled in: what people write on
    /// it is data like that of any sheet.
    pub fn is_form(&self) -> bool {
        self.report == COUNT_SHEETS
    }
}

/// The machine name of sheets to count stock on.
pub const COUNT_SHEETS: &str = "stock-count-sheets";

/// What was read back from a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// What the report is.
    pub mark: Mark,
    /// The decisions found, in the order of the rows.
    pub decisions: Vec<Written>,
    /// What could not be understood.
    pub findings: Vec<Finding>,
}

/// Returns the words of a choice.
pub fn label(choice: Choice, lang: Lang) -> &'static str {
    let key = match choice {
        Choice::AcceptOurs => "decision.accept_ours",
        Choice::AcceptTheirs => "decision.accept_theirs",
        Choice::Dispute => "decision.dispute",
        Choice::Carry => "decision.carry",
        Choice::SameAs => "decision.same_as",
    };
    labels::text(lang, key)
}

/// Reads the words of a choice in any language.
fn choice(text: &str) -> Option<Choice> {
    let says = |choice: &Choice| Lang::ALL.iter().any(|lang| label(*choice, *lang) == text);
    Choice::ALL.into_iter().find(says)
}

const DECISION: &str = "decision";
const SAME_AS: &str = "same_as";
const DECIDED_ON: &str = "decided_on";
const NOTE: &str = "decision_note";

/// Returns the columns in which people decide. The first is printed too, for
/// those who decide on paper; whatever follows them must not be.
pub fn columns(lang: Lang) -> [Column; 4] {
    let options = Choice::ALL.iter().map(|choice| label(*choice, lang).to_owned()).collect();
    [
        Column::choice(DECISION, labels::text(lang, "decision.decision"), options).width(14),
        Column::id(SAME_AS, labels::text(lang, "decision.line")).input().off_paper().width(13),
        Column::date(DECIDED_ON, labels::text(lang, "decision.decided_on"))
            .input()
            .off_paper()
            .width(12),
        Column::text(NOTE, labels::text(lang, "decision.note")).input().off_paper().width(18),
    ]
    .map(Column::detail)
}

/// Returns the cells under [`columns`]: the decision taken before, if any.
pub fn cells(lang: Lang, decision: Option<&Written>) -> [Cell; 4] {
    let Some(decision) = decision else { return Default::default() };
    [
        decision.choice.map(|choice| label(choice, lang)).into(),
        decision.same_as.as_deref().into(),
        decision.decided_on.into(),
        decision.note.as_str().into(),
    ]
}

/// Returns what a workbook says of itself; `None` if gendan did not write it.
pub fn mark(workbook: &Workbook) -> Option<Mark> {
    let sheet = machine_sheet(workbook)?;
    let fact = |name: &str| {
        let row = sheet.rows.iter().find(|row| text(row, 0) == Some(name))?;
        text(row, 1).filter(|value| !value.is_empty()).map(str::to_owned)
    };
    Some(Mark { report: fact("report")?, period: fact("period") })
}

/// Reads back what was decided in a workbook; `None` if gendan did not write
/// it. Rows may have been sorted, filtered and moved since.
pub fn read(workbook: &Workbook) -> Option<Decided> {
    let mut decided = Decided { mark: mark(workbook)?, decisions: vec![], findings: vec![] };
    for form in forms(machine_sheet(workbook)?) {
        if let Some(sheet) = workbook.sheets.iter().find(|sheet| named(sheet) == form.sheet) {
            read_sheet(sheet, &form, &mut decided);
        }
    }
    Some(decided)
}

/// What the machine sheet says of a sheet on which people decide.
struct Form<'a> {
    sheet: &'a str,
    /// Names of columns and the labels they were given.
    columns: Vec<(&'a str, &'a str)>,
}

impl Form<'_> {
    /// Returns where each column stands in a row, if the row is the header.
    fn header(&self, row: &SheetRow) -> Option<Vec<(&str, u16)>> {
        self.columns
            .iter()
            .map(|(name, label)| {
                let is_label = |cell: &crate::input::sheet::Cell<'_>| {
                    cell.text().is_some_and(|text| text.trim() == *label)
                };
                row.cells.iter().find(is_label).map(|cell| (*name, cell.col))
            })
            .collect()
    }
}

fn machine_sheet(workbook: &Workbook) -> Option<&Sheet> {
    let is_ours = |sheet: &&Sheet| {
        let first = sheet.rows.first();
        named(sheet) == mark::SHEET && first.and_then(|row| text(row, 0)) == Some(mark::SHEET)
    };
    workbook.sheets.iter().find(is_ours)
}

fn forms(machine: &Sheet) -> Vec<Form<'_>> {
    let mut forms: Vec<Form<'_>> = Vec::new();
    for row in &machine.rows {
        match (text(row, 0), text(row, 1), forms.last_mut()) {
            (Some("sheet"), Some(sheet), _) => forms.push(Form { sheet, columns: vec![] }),
            (Some("column"), Some(name), Some(form)) => {
                form.columns.push((name, text(row, 2).unwrap_or_default()));
            }
            _ => {}
        }
    }
    forms
}

fn read_sheet(sheet: &Sheet, form: &Form<'_>, decided: &mut Decided) {
    let mut rows = sheet.rows.iter();
    let Some(columns) = rows.by_ref().find_map(|row| form.header(row)) else { return };
    let column = |name: &str| columns.iter().find(|(known, _)| *known == name).map(|(_, col)| *col);
    let (Some(id), Some(decision)) = (column("id"), column(DECISION)) else { return };
    let numbers: FxHashMap<String, String> = column(mark::NUMBER)
        .map(|number| rows.clone().map(|row| (words(row, number), words(row, id))).collect())
        .unwrap_or_default();
    for row in rows {
        let written = |name: &str| column(name).map(|col| words(row, col)).unwrap_or_default();
        let (line, word, note) = (words(row, id), words(row, decision), written(NOTE));
        let decided_on = column(DECIDED_ON).and_then(|col| day(row, col));
        if word.is_empty() && note.is_empty() && decided_on.is_none() {
            continue;
        }
        let at = sheet.at(CellRef::new(row.index, decision));
        let other = written(SAME_AS);
        let same_as = numbers.get(&other).unwrap_or(&other);
        let same_as = Some(same_as).filter(|other| is_line_id(other)).cloned();
        let choice = choice(&word).filter(|choice| *choice != Choice::SameAs || same_as.is_some());
        let lost = !is_line_id(&line);
        if lost || (choice.is_none() && !word.is_empty()) {
            let found = [word.as_str(), &other, &note].map(str::to_owned).join(" ");
            let finding = Finding::of(codes::UNKNOWN_DECISION).at(at.clone());
            decided.findings.push(finding.with("found", found.trim()));
        }
        if !lost {
            decided.decisions.push(Written { line, choice, same_as, decided_on, note, at });
        }
    }
}

fn named(sheet: &Sheet) -> &str {
    sheet.id.sheet.as_deref().unwrap_or_default()
}

fn text(row: &SheetRow, col: u16) -> Option<&str> {
    row.cell(col)?.text().map(str::trim)
}

/// Returns what a person sees in a cell.
fn words(row: &SheetRow, col: u16) -> String {
    match row.cell(col).map(|cell| cell.value()) {
        Some(Value::Text(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.normalize().to_string(),
        _ => String::new(),
    }
}

fn day(row: &SheetRow, col: u16) -> Option<NaiveDate> {
    match row.cell(col)?.value() {
        Value::Date(moment) => Some(moment.date()),
        Value::Text(text) => text.trim().replace(['.', '/'], "-").parse().ok(),
        _ => None,
    }
}
