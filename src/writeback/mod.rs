//! Copies of people's own workbooks in which only named cells differ: the
//! parts of the package that hold those cells are patched, every other part is
//! taken over byte by byte. Texts are written into cells, or problems are
//! marked in them.

mod cell;
mod draft;
mod list;
mod mark;
mod notes;
mod package;
mod sheet;
mod styles;
mod tags;

pub use mark::{Listing, Problem, mark};

use crate::input::parts::parts;
use crate::input::sheet::Sheet;
use crate::location::CellRef;

/// A text to be written into a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The cell; of merged ones the first.
    pub cell: CellRef,
    /// What the cell says afterwards.
    pub text: String,
    /// How many bytes at the end of the text are new. What stands before them
    /// is in the cell already and keeps its type face where it has several.
    pub added: usize,
}

/// The edits of one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetEdits {
    /// The sheet's name.
    pub sheet: String,
    /// Its edits, at most one for a cell.
    pub edits: Vec<Edit>,
}

/// A copy, and what could not be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// The workbook.
    pub bytes: Vec<u8>,
    /// Cells that were left as they are, for a formula stands in them.
    pub kept: Vec<(String, CellRef)>,
}

/// Why no copy can be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoCopy {
    /// The file is no xlsx or xlsm package.
    Format,
    /// It is one, but damaged or unusual: what stood in the way.
    Damaged(String),
}

/// Makes a copy of a workbook with these edits.
///
/// # Errors
///
/// The file is of another format, or its package cannot be read.
pub fn copy(bytes: &[u8], edits: &[SheetEdits]) -> Result<Copied, NoCopy> {
    let parts = parts(bytes).ok_or(NoCopy::Format)?;
    let mut package = package::Package::open(bytes)?;
    let strings = package.read(&parts.strings)?.unwrap_or_default();
    let mut kept = Vec::new();
    let mut patched = package::Changed::new();
    for sheet in edits.iter().filter(|sheet| !sheet.edits.is_empty()) {
        let part = parts.sheets.iter().find(|(name, _)| *name == sheet.sheet);
        let missing = || NoCopy::Damaged(format!("no part for sheet {}", sheet.sheet));
        let (_, part) = part.ok_or_else(missing)?;
        let xml = package.read(part)?.ok_or_else(missing)?;
        let done = sheet::patch(&xml, &sheet.edits, &strings)?;
        kept.extend(done.kept.into_iter().map(|cell| (sheet.sheet.clone(), cell)));
        let part_of = (part.clone(), done.xml);
        if patched.insert(package::key(part), part_of).is_some() {
            return Err(NoCopy::Damaged("two sheets in one part".to_owned()));
        }
    }
    if patched.is_empty() {
        return Ok(Copied { bytes: bytes.to_vec(), kept });
    }
    Ok(Copied { bytes: package.with(&patched)?, kept })
}

/// Returns the cell that a text for `cell` must be written into: the first of
/// the merged area it lies in.
pub fn anchor(sheet: &Sheet, cell: CellRef) -> CellRef {
    let merge = sheet.merges.iter().find(|merge| merge.contains(cell));
    merge.map_or(cell, |merge| merge.first)
}
