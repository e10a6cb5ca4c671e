//! Problems marked in a copy of a workbook: their cells coloured, with notes
//! that say what is wrong, and listed in a sheet of their own.

use std::collections::BTreeMap;

use super::draft::{Draft, odd};
use super::package::Package;
use super::sheet::{Change, changed};
use super::styles::Styles;
use super::{NoCopy, list, notes};
use crate::finding::Severity;
use crate::input::parts::parts;
use crate::location::CellRef;

/// Something wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The sheet.
    pub sheet: String,
    /// The cell; of merged ones the first.
    pub cell: CellRef,
    /// How grave it is.
    pub severity: Severity,
    /// That as a word.
    pub word: String,
    /// What kind of problem it is.
    pub name: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub advice: String,
}

/// The words of the sheet that lists the problems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Its name.
    pub title: String,
    /// The headers of its columns: how grave, which, where, what, what to do.
    pub headers: [String; 5],
}

/// The look and the note of a cell.
struct Marked {
    severity: Severity,
    note: String,
}

/// Makes a copy of a workbook in which problems are marked.
///
/// # Errors
///
/// The file is of another format, or its package cannot be read.
pub fn mark(bytes: &[u8], problems: &[Problem], listing: &Listing) -> Result<Vec<u8>, NoCopy> {
    let parts = parts(bytes).ok_or(NoCopy::Format)?;
    let mut draft = Draft::of(Package::open(bytes)?);
    let styles = draft.text(&parts.styles)?.ok_or_else(|| odd("styles"))?;
    let mut styles = Styles::read(styles)?;
    for (name, part) in &parts.sheets {
        let cells = cells(problems.iter().filter(|problem| problem.sheet == *name));
        if cells.is_empty() {
            continue;
        }
        let xml = draft.bytes(part)?.ok_or_else(|| odd(part))?;
        let looks = cells.iter().map(|(cell, marked)| (*cell, Change::Look(marked.severity)));
        let mut restyle = |style, severity| styles.marked(style, severity);
        let done = changed(&xml, looks, &[], &mut restyle)?;
        draft.put(part, String::from_utf8(done.xml).map_err(|_| odd(part))?);
        let texts = cells.into_iter().map(|(cell, marked)| (cell, marked.note)).collect();
        notes::add(&mut draft, part, &texts)?;
    }
    list::add(&mut draft, &parts.main, problems, listing, &mut styles)?;
    draft.put(&parts.styles, styles.finish()?);
    draft.finish()
}

/// Puts the problems of each cell together: the gravest gives the look, the
/// note says all.
fn cells<'p>(problems: impl Iterator<Item = &'p Problem>) -> BTreeMap<CellRef, Marked> {
    let mut cells: BTreeMap<CellRef, Marked> = BTreeMap::new();
    for problem in problems {
        let note = format!("[{}] {}: {}", problem.word, problem.name, problem.message);
        match cells.get_mut(&problem.cell) {
            Some(known) => {
                known.severity = known.severity.max(problem.severity);
                known.note.push('\n');
                known.note.push_str(&note);
            }
            None => {
                cells.insert(problem.cell, Marked { severity: problem.severity, note });
            }
        }
    }
    cells
}
