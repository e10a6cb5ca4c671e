//! Opens files of every kind that holds sheets. The only module that knows
//! calamine.
//!
//! A file is told by its bytes, never by its name. Opening never fails and
//! never panics: what cannot be read is a workbook without sheets and with a
//! finding.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use calamine::{
    CellErrorType, Data, DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xls,
    Xlsb, Xlsx,
};

use super::grid::Grid;
use super::guard::{self, Budget, Limits};
use super::number::{self, Epoch};
use super::package::Package;
use super::refusal::Refusal;
use super::sheet::{Cell, Sheet, Value, Workbook};
use super::sniff::{self, Container, Contents};
use super::{ods, text, xlsx};
use crate::location::{Area, CellRef, SheetId};

/// How files are to be opened.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The encoding of text files, by its usual name, where the person knows
    /// better than their bytes.
    pub encoding: Option<String>,
    /// How much a file may hold.
    pub limits: Limits,
}

/// Opens the file at `path`, which findings and places call `shown`.
pub fn open(path: &Path, shown: &str, options: &Options) -> Workbook {
    let bytes = std::fs::metadata(path)
        .map_err(|error| Refusal::Io(error.kind()))
        .and_then(|meta| Ok(guard::check("file_bytes", meta.len(), options.limits.file_bytes)?))
        .and_then(|()| std::fs::read(path).map_err(|error| Refusal::Io(error.kind())));
    match bytes {
        Ok(bytes) => open_bytes(&bytes, shown, options),
        Err(refusal) => refused(shown, &refusal),
    }
}

/// Opens the bytes of a file, which findings and places call `shown`.
pub fn open_bytes(bytes: &[u8], shown: &str, options: &Options) -> Workbook {
    let read = || read(bytes, shown, options);
    // Own readers do not panic; the library's, on broken files, may.
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(workbook)) => workbook,
        Ok(Err(refusal)) => refused(shown, &refusal),
        Err(_) => refused(shown, &Refusal::damaged("panic")),
    }
}

fn refused(shown: &str, refusal: &Refusal) -> Workbook {
    let path = shown.to_owned();
    Workbook { path, sheets: Vec::new(), findings: vec![refusal.finding(shown)] }
}

fn read(bytes: &[u8], shown: &str, options: &Options) -> Result<Workbook, Refusal> {
    let mut budget = Budget::new(options.limits);
    let mut book = Workbook { path: shown.to_owned(), ..Workbook::default() };
    match sniff::container(bytes) {
        Container::Empty => return Err(Refusal::Empty),
        Container::Other(format) => return Err(Refusal::NotASheet(format)),
        Container::Biff | Container::Gzip => return Err(Refusal::NotASheet("biff")),
        Container::Text => {
            let file = text::read(bytes, shown, options, &mut budget)?;
            (book.sheets, book.findings) = (file.sheets, file.findings);
            return Ok(book);
        }
        Container::Ole2 => {
            let xls = Xls::new(Cursor::new(bytes)).map_err(Refusal::damaged)?;
            let merges = |book: &Xls<_>, name: &str| book.merge_cells_by_sheet_name(name).ok();
            book.sheets = read_ranges(xls, shown, merges, &mut budget)?;
        }
        Container::Zip => read_package(bytes, &mut book, &mut budget)?,
    }
    if book.sheets.is_empty() {
        // Every sheet broken is a broken file; no sheet at all is an empty one.
        let detail = book.findings.first().and_then(|finding| finding.values.last());
        return Err(detail.map_or(Refusal::Empty, |(_, detail)| Refusal::damaged(detail)));
    }
    Ok(book)
}

fn read_package(bytes: &[u8], book: &mut Workbook, budget: &mut Budget) -> Result<(), Refusal> {
    let mut package = Package::open(bytes, budget.limits())?;
    match sniff::package(&package)? {
        Contents::Xlsx => return read_xlsx(&mut package, bytes, book, budget),
        Contents::Xlsb => {
            let xlsb = Xlsb::new(Cursor::new(bytes)).map_err(Refusal::damaged)?;
            book.sheets = read_ranges(xlsb, &book.path, |_, _| None, budget)?;
        }
        Contents::Ods => {
            book.sheets = ods::read(&mut package, &book.path, budget)?;
        }
    }
    Ok(())
}

/// Reads an xlsx by our own reader; what that does not understand, by the
/// library's.
fn read_xlsx(
    package: &mut Package<'_>,
    bytes: &[u8],
    book: &mut Workbook,
    budget: &mut Budget,
) -> Result<(), Refusal> {
    let fallback = || Xlsx::new(Cursor::new(bytes)).map_err(Refusal::damaged);
    let outcomes = match xlsx::read(package, &book.path, budget) {
        Ok(outcomes) => outcomes,
        Err(Refusal::Damaged(_)) => {
            let mut budget = Budget::new(*budget.limits());
            book.sheets = read_all_cells(&mut fallback()?, &book.path, &mut budget)?;
            return Ok(());
        }
        Err(refusal) => return Err(refusal),
    };
    for outcome in outcomes {
        match outcome {
            Ok(sheet) => book.sheets.push(sheet),
            Err(broken) => {
                let meta = |xlsx: &Xlsx<_>| {
                    let mut sheets = xlsx.sheets_metadata().iter();
                    sheets.find(|sheet| sheet.name == broken.name).cloned()
                };
                let again = fallback().and_then(|mut xlsx| {
                    let meta = meta(&xlsx).ok_or_else(|| Refusal::damaged(&broken.detail))?;
                    read_cells(&mut xlsx, &meta, &book.path, budget)
                });
                match again {
                    Ok(sheet) => book.sheets.push(sheet),
                    Err(Refusal::TooLarge(excess)) => return Err(excess.into()),
                    Err(_) => book.findings.push(broken.finding(&book.path)),
                }
            }
        }
    }
    Ok(())
}

/// Reads all sheets of an xlsx by the library's reader.
fn read_all_cells(
    book: &mut Xlsx<Cursor<&[u8]>>,
    shown: &str,
    budget: &mut Budget,
) -> Result<Vec<Sheet>, Refusal> {
    let sheets = book.sheets_metadata().to_vec();
    let sheets = sheets.iter().filter(|meta| meta.typ == SheetType::WorkSheet);
    sheets.map(|meta| read_cells(book, meta, shown, budget)).collect()
}

/// Reads one sheet of an xlsx by the library's reader, cell by cell.
fn read_cells(
    book: &mut Xlsx<Cursor<&[u8]>>,
    meta: &calamine::Sheet,
    shown: &str,
    budget: &mut Budget,
) -> Result<Sheet, Refusal> {
    let epoch = if book.has_1904_epoch() { Epoch::Y1904 } else { Epoch::Y1900 };
    let mut grid = new_grid(shown, meta);
    let merges = book.merge_cells_by_sheet_name(&meta.name).unwrap_or_default();
    grid.sheet().merges = merges.iter().filter_map(area).collect();
    let mut cells = book.worksheet_cells_reader(&meta.name).map_err(Refusal::damaged)?;
    let mut row = None;
    while let Some(cell) = cells.next_cell().map_err(Refusal::damaged)? {
        let (at, col) = cell.get_position();
        if row != Some(at) {
            grid.row(at, false);
            row = Some(at);
        }
        push(&mut grid, col, value_of_ref(cell.get_value(), epoch), budget)?;
    }
    Ok(grid.finish())
}

fn read_ranges<'a, R: Reader<Cursor<&'a [u8]>>>(
    mut book: R,
    shown: &str,
    merges: impl Fn(&R, &str) -> Option<Vec<Dimensions>>,
    budget: &mut Budget,
) -> Result<Vec<Sheet>, Refusal> {
    let mut sheets = Vec::new();
    for meta in book.sheets_metadata().to_vec() {
        if meta.typ != SheetType::WorkSheet {
            continue;
        }
        let range = book
            .worksheet_range(&meta.name)
            .map_err(|error| Refusal::Damaged(format!("{error:?}")))?;
        let (first_row, first_col) = range.start().unwrap_or_default();
        let mut grid = new_grid(shown, &meta);
        let areas = merges(&book, &meta.name).unwrap_or_default();
        grid.sheet().merges = areas.iter().filter_map(area).collect();
        for (row, cells) in (first_row..).zip(range.rows()) {
            grid.row(row, false);
            for (col, cell) in (first_col..).zip(cells) {
                push(&mut grid, col, value_of(cell), budget)?;
            }
        }
        sheets.push(grid.finish());
    }
    Ok(sheets)
}

fn new_grid(shown: &str, meta: &calamine::Sheet) -> Grid {
    let id = SheetId { path: shown.to_owned(), sheet: Some(meta.name.clone()) };
    let mut grid = Grid::new(Arc::new(id));
    grid.sheet().hidden = meta.visible != SheetVisible::Visible;
    grid
}

fn push(grid: &mut Grid, col: u32, value: Value, budget: &mut Budget) -> Result<(), Refusal> {
    let Ok(col) = u16::try_from(col) else {
        return Err(Refusal::damaged("column"));
    };
    if let Value::Text(text) = &value {
        budget.text(text.len())?;
    }
    grid.cell(Cell { value, col, ..Cell::default() }, budget)?;
    Ok(())
}

fn area(dimensions: &Dimensions) -> Option<Area> {
    let corner = |(row, col): (u32, u32)| Some(CellRef::new(row, u16::try_from(col).ok()?));
    Some(Area { first: corner(dimensions.start)?, last: corner(dimensions.end)? })
}

fn value_of_ref(data: &DataRef<'_>, epoch: Epoch) -> Value {
    match data {
        DataRef::SharedString(text) => text_value(text),
        DataRef::DateTime(date) => date_value(*date, epoch),
        other => value_of(&Data::from(other.clone())),
    }
}

fn value_of(data: &Data) -> Value {
    match data {
        Data::Empty => Value::Empty,
        Data::Int(number) => number::from_digits(&number.to_string()).unwrap_or_default(),
        Data::Float(number) => number::from_f64(*number).unwrap_or_default(),
        Data::String(text) => text_value(text),
        Data::Bool(truth) => Value::Bool(*truth),
        Data::DateTime(date) => date_value(*date, Epoch::Y1900),
        Data::DateTimeIso(text) | Data::DurationIso(text) => text_value(text),
        Data::Error(error) => Value::Error(Arc::from(error_text(error))),
    }
}

fn text_value(text: &str) -> Value {
    if text.trim().is_empty() { Value::Empty } else { Value::Text(Arc::from(text)) }
}

fn date_value(date: ExcelDateTime, epoch: Epoch) -> Value {
    number::date_of_serial(date.as_f64(), epoch)
        .map(Value::Date)
        .or_else(|| number::from_f64(date.as_f64()))
        .unwrap_or_default()
}

fn error_text(error: &CellErrorType) -> String {
    error.to_string()
}
