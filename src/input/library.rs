//! The only module that knows calamine: it reads xlsb files, and those xlsx
//! that our own reader does not understand. Cells come one by one, so that one
//! far out costs no more than a near one.

use std::fmt::Debug;
use std::sync::Arc;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsb, Xlsx};

use super::grid::Grid;
use super::guard::{self, Budget};
use super::metered::Metered;
use super::number::{self, Epoch};
use super::refusal::Refusal;
use super::sheet::{NewCell, Sheet, Value};
use super::{calculated, iso};
use crate::location::{Area, CellRef, SheetId};

/// Reads all worksheets of an xlsb.
pub(super) fn read_xlsb(
    bytes: &[u8],
    shown: &str,
    budget: &mut Budget,
) -> Result<Vec<Sheet>, Refusal> {
    let mut book = Xlsb::new(Metered::new(bytes)).map_err(refusal)?;
    let epoch = epoch(book.has_1904_epoch());
    let mut sheets = Vec::new();
    for meta in worksheets(book.sheets_metadata(), budget)? {
        let mut cells = book.worksheet_cells_reader(&meta.name).map_err(refusal)?;
        let next = || {
            let cell = cells.next_cell().map_err(refusal)?;
            Ok(cell.map(|cell| (cell.get_position(), value(cell.get_value(), epoch))))
        };
        sheets.push(read_cells(new_grid(shown, &meta), next, budget)?);
    }
    calculated::mark_uncomputed(sheets.iter_mut());
    Ok(sheets)
}

/// A sheet's name, and the sheet or why it cannot be read.
type NamedSheet = (String, Result<Sheet, Refusal>);

/// Reads the worksheets of an xlsx whose names are `wanted`, each or why it
/// cannot be read, in the order of the file.
pub(super) fn read_xlsx(
    bytes: &[u8],
    shown: &str,
    wanted: impl Fn(&str) -> bool,
    budget: &mut Budget,
) -> Result<Vec<NamedSheet>, Refusal> {
    let mut book = Xlsx::new(Metered::new(bytes)).map_err(refusal)?;
    let mut sheets = Vec::new();
    for meta in worksheets(book.sheets_metadata(), budget)? {
        if wanted(&meta.name) {
            sheets.push(match read_xlsx_sheet(&mut book, shown, &meta, budget) {
                Err(Refusal::TooLarge(excess)) => return Err(excess.into()),
                read => (meta.name, read),
            });
        }
    }
    Ok(sheets)
}

fn read_xlsx_sheet(
    book: &mut Xlsx<Metered<'_>>,
    shown: &str,
    meta: &calamine::Sheet,
    budget: &mut Budget,
) -> Result<Sheet, Refusal> {
    let epoch = epoch(book.has_1904_epoch());
    let mut grid = new_grid(shown, meta);
    let merges = book.merge_cells_by_sheet_name(&meta.name).unwrap_or_default();
    guard::check("merges", merges.len() as u64, budget.limits().merges as u64)?;
    let corner = |(row, col): (u32, u32)| Some(CellRef::new(row, u16::try_from(col).ok()?));
    let area = |(first, last)| Some(Area { first: corner(first)?, last: corner(last)? });
    grid.sheet().merges =
        merges.iter().filter_map(|merge| area((merge.start, merge.end))).collect();
    let mut cells = book.worksheet_cells_reader(&meta.name).map_err(refusal)?;
    let next = || {
        let cell = cells.next_cell().map_err(refusal)?;
        Ok(cell.map(|cell| (cell.get_position(), value(cell.get_value(), epoch))))
    };
    read_cells(grid, next, budget)
}

fn epoch(is_1904: bool) -> Epoch {
    if is_1904 { Epoch::Y1904 } else { Epoch::Y1900 }
}

fn worksheets(
    sheets: &[calamine::Sheet],
    budget: &Budget,
) -> Result<Vec<calamine::Sheet>, Refusal> {
    guard::check("sheets", sheets.len() as u64, budget.limits().sheets as u64)?;
    Ok(sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).cloned().collect())
}

fn new_grid(shown: &str, meta: &calamine::Sheet) -> Grid {
    let id = SheetId { path: shown.to_owned(), sheet: Some(meta.name.clone()) };
    let mut grid = Grid::new(Arc::new(id));
    grid.sheet().hidden = meta.visible != SheetVisible::Visible;
    grid
}

/// The rows of the longest sheet, and the columns of the widest.
const ROWS: u32 = 1_048_576;
const COLUMNS: u16 = 16_384;

/// Gathers the cells that `next` gives.
fn read_cells(
    mut grid: Grid,
    mut next: impl FnMut() -> Result<Option<((u32, u32), Value)>, Refusal>,
    budget: &mut Budget,
) -> Result<Sheet, Refusal> {
    let mut row = None;
    while let Some(((at, col), value)) = next()? {
        if at >= ROWS {
            return Err(Refusal::damaged("row number"));
        }
        if row != Some(at) {
            grid.row(at, false);
            row = Some(at);
        }
        if let Value::Text(text) = &value {
            budget.text(text.len())?;
        }
        let col = u16::try_from(col).ok().filter(|col| *col < COLUMNS);
        let col = col.ok_or_else(|| Refusal::damaged("column"))?;
        grid.cell(NewCell { value, col, ..NewCell::default() }, budget)?;
    }
    Ok(grid.finish())
}

fn value(data: &DataRef<'_>, epoch: Epoch) -> Value {
    match data {
        DataRef::Empty => Value::Empty,
        DataRef::SharedString(shared) => text(shared),
        DataRef::String(own) => text(own),
        DataRef::Int(number) => number::from_digits(&number.to_string()).unwrap_or_default(),
        DataRef::Float(number) => number::from_f64(*number).unwrap_or_default(),
        DataRef::DateTime(date) => self::date(*date, epoch),
        DataRef::DateTimeIso(written) => {
            iso::date(written).map_or_else(|| text(written), Value::Date)
        }
        DataRef::DurationIso(written) => iso::duration(written).unwrap_or_else(|| text(written)),
        DataRef::Bool(truth) => Value::Bool(*truth),
        DataRef::Error(error) => Value::Error(Arc::from(error.to_string())),
    }
}

fn text(text: &str) -> Value {
    if text.trim().is_empty() { Value::Empty } else { Value::Text(Arc::from(text)) }
}

/// Elapsed time stays a number of days, as everywhere.
fn date(date: ExcelDateTime, epoch: Epoch) -> Value {
    let serial = date.as_f64();
    let day = (!date.is_duration()).then(|| number::date_of_serial(serial, epoch)).flatten();
    day.map(Value::Date).or_else(|| number::from_f64(serial)).unwrap_or_default()
}

/// Tells why the library gave up. Its errors share no type, but their names.
fn refusal(error: impl Debug) -> Refusal {
    let detail = format!("{error:?}");
    if detail == "Password" { Refusal::Password } else { Refusal::Damaged(detail) }
}
