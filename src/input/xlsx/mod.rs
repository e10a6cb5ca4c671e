//! Reads xlsx packages with the digits as the file writes them: a library
//! that reads numbers as binary ones loses a 19-digit order number.

mod book;
mod cells;
mod escape;
mod fast;
mod strings;
mod styles;

use std::sync::Arc;

use rustc_hash::FxHashSet;

use self::book::{Book, SheetPart};
use self::cells::Context;
use self::strings::Strings;
use self::styles::Styles;
use super::calculated;
use super::grid::Grid;
use super::guard::Budget;
use super::known::Known;
use super::package::Package;
use super::parts::Parts;
use super::refusal::Refusal;
use super::sheet::Sheet;
use crate::finding::{Finding, codes};
use crate::location::{CellRef, Location, SheetId};

/// A sheet of a package, or why it cannot be read.
pub(super) type Outcome = Result<Sheet, BrokenSheet>;

/// A sheet that this reader cannot read.
#[derive(Debug)]
pub(super) struct BrokenSheet {
    /// Its name.
    pub(super) name: String,
    /// What the reader stumbled over.
    pub(super) detail: String,
}

impl BrokenSheet {
    /// Returns the finding that tells the person about it in file `shown`.
    pub(super) fn finding(&self, shown: &str) -> Finding {
        let id = SheetId { path: shown.to_owned(), sheet: Some(self.name.clone()) };
        Finding::of(codes::UNREADABLE_SHEET)
            .at(Location::new(&Arc::new(id), CellRef::new(0, 0)))
            .with("sheet", &self.name)
            .with("detail", &self.detail)
    }
}

/// Reads all worksheets of a package; charts and macro sheets hold no cells.
///
/// # Errors
///
/// Only what concerns the whole workbook; a broken sheet is one of the
/// outcomes.
pub(super) fn read(
    package: &mut Package<'_>,
    shown: &str,
    budget: &mut Budget,
) -> Result<Vec<Outcome>, Refusal> {
    let book = Book::read(package)?;
    let mut parts = FxHashSet::default();
    // A thousand sheets that all are the same long part would take a thousand
    // times as long.
    if !book.sheets.iter().filter_map(|sheet| sheet.path.as_ref()).all(|path| parts.insert(path)) {
        return Err(Refusal::damaged("two sheets in one part"));
    }
    let styles = Styles::read(package, &book.styles)?;
    let strings = Strings::read(package, &book.strings, budget)?;
    let context = Context { strings: &strings, styles: &styles, epoch: book.epoch };
    let mut known = Known::new();
    let mut outcomes = Vec::with_capacity(book.sheets.len());
    for part in &book.sheets {
        outcomes.push(match read_sheet(package, part, shown, &context, &mut known, budget) {
            Ok(sheet) => Ok(sheet),
            Err(Refusal::Damaged(detail)) => Err(BrokenSheet { name: part.name.clone(), detail }),
            Err(refusal) => return Err(refusal),
        });
    }
    if !book.was_calculated {
        let sheets = outcomes.iter_mut().filter_map(|outcome| outcome.as_mut().ok());
        calculated::mark_uncomputed(sheets);
    }
    Ok(outcomes)
}

/// Returns where the sheets and strings of a package are.
pub(super) fn parts(package: &mut Package<'_>) -> Result<Parts, Refusal> {
    let book = Book::read(package)?;
    let part = |part: SheetPart| Some((part.name, part.path?));
    Ok(Parts {
        sheets: book.sheets.into_iter().filter_map(part).collect(),
        main: book.main,
        strings: book.strings,
        styles: book.styles,
    })
}

fn read_sheet(
    package: &mut Package<'_>,
    part: &SheetPart,
    shown: &str,
    context: &Context<'_>,
    known: &mut Known,
    budget: &mut Budget,
) -> Result<Sheet, Refusal> {
    let id = SheetId { path: shown.to_owned(), sheet: Some(part.name.clone()) };
    let mut grid = Grid::sharing(Arc::new(id), context.strings.all());
    grid.sheet().hidden = part.hidden;
    grid.sheet().styles = context.styles.palette().list().to_vec();
    let missing = || Refusal::damaged("its part is missing");
    let xml = package.xml(part.path.as_deref().ok_or_else(missing)?)?.ok_or_else(missing)?;
    cells::read(xml, context, known, &mut grid, budget)?;
    Ok(grid.finish())
}
