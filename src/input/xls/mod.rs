//! Reads xls: streams of records as Excel 2 to 2003 write them, in an OLE2
//! file or bare.

mod cells;
mod globals;
mod records;
mod strings;
mod styles;

use std::sync::Arc;

use self::cells::Cells;
use self::globals::{Globals, SheetEntry};
use self::records::Records;
use super::cfb::Cfb;
use super::grid::Grid;
use super::guard::Budget;
use super::refusal::Refusal;
use super::sheet::{Sheet, Workbook};
use super::{calculated, refusal};
use crate::finding::{Finding, Severity, codes};
use crate::location::SheetId;

/// Streams that tell what else an OLE2 file is.
const OTHERS: &[(&str, &str)] = &[
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("VisioDocument", "vsd"),
    ("__properties_version1.0", "msg"),
    ("SwDocContentMgr", "sldprt"),
];

/// Reads the workbook in an OLE2 file.
pub(super) fn read(bytes: &[u8], book: &mut Workbook, budget: &mut Budget) -> Result<(), Refusal> {
    let file = Cfb::open(bytes)?;
    if file.has("EncryptedPackage") {
        return Err(Refusal::Password);
    }
    match file.stream("Workbook").or_else(|| file.stream("Book")) {
        Some(stream) => read_stream(&stream, book, budget),
        None => {
            let other = OTHERS.iter().find(|(stream, _)| file.has(stream));
            Err(Refusal::NotASheet(other.map_or("ole2", |(_, format)| format)))
        }
    }
}

/// Reads a stream of records.
pub(super) fn read_stream(
    stream: &[u8],
    book: &mut Workbook,
    budget: &mut Budget,
) -> Result<(), Refusal> {
    let globals = Globals::read(stream, budget)?;
    let mut walked = 0;
    for entry in &globals.sheets {
        let mut records = Records::at(stream, entry.start);
        book.sheets.push(read_sheet(&mut records, &globals, entry, &book.path, budget)?);
        walked += records.place().saturating_sub(entry.start);
        // Sheets stand one behind the other: a thousand that are all the same
        // long one would take a thousand times as long.
        if walked > stream.len() {
            return Err(Refusal::damaged("sheets that lie upon one another"));
        }
    }
    calculated::mark_uncomputed(book.sheets.iter_mut());
    if let Some(encoding) = globals.guessed {
        let finding = Finding::new(codes::ENCODING_GUESSED, Severity::Info);
        let finding = finding.at(refusal::place(&book.path)).with("file", &book.path);
        book.findings.push(finding.with("found", encoding));
    }
    Ok(())
}

fn read_sheet(
    records: &mut Records<'_>,
    globals: &Globals,
    entry: &SheetEntry,
    shown: &str,
    budget: &mut Budget,
) -> Result<Sheet, Refusal> {
    let id = SheetId { path: shown.to_owned(), sheet: Some(entry.name.clone()) };
    let mut grid = Grid::new(Arc::new(id));
    grid.sheet().hidden = entry.hidden;
    grid.sheet().styles = globals.styles.palette().list().to_vec();
    let mut cells = Cells::new(globals, &mut grid, budget);
    cells.read(records)?;
    let hidden_rows = cells.hidden_rows();
    let mut sheet = grid.finish();
    for row in &mut sheet.rows {
        row.hidden = hidden_rows.contains(&row.index);
    }
    Ok(sheet)
}
