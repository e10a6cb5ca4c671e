//! The cells of one sheet of an xls.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::globals::{self, Globals};
use super::records::{Record, Records, kind};
use super::strings::{self, Parts};
use crate::input::grid::Grid;
use crate::input::guard::{self, Budget};
use crate::input::number;
use crate::input::refusal::Refusal;
use crate::input::sheet::{Formula, NewCell, NumberFormat, Value};
use crate::location::{Area, CellRef};

/// The columns of the widest sheet.
const COLUMNS: u16 = 16_384;

/// A sheet that is being read.
pub(super) struct Cells<'a> {
    globals: &'a Globals,
    grid: &'a mut Grid,
    budget: &'a mut Budget,
    row: Option<u32>,
    hidden_rows: FxHashSet<u32>,
    /// The cell of a formula whose text comes in a record of its own.
    waiting: Option<Place>,
}

/// Where a cell stands and how it looks.
#[derive(Debug, Clone, Copy)]
struct Place {
    row: u32,
    col: u16,
    style: u16,
}

impl<'a> Cells<'a> {
    /// Begins an empty sheet.
    pub(super) fn new(globals: &'a Globals, grid: &'a mut Grid, budget: &'a mut Budget) -> Self {
        let hidden_rows = FxHashSet::default();
        Self { globals, grid, budget, row: None, hidden_rows, waiting: None }
    }

    /// Returns the rows that the person hid.
    pub(super) fn hidden_rows(self) -> FxHashSet<u32> {
        self.hidden_rows
    }

    /// Reads the records of a sheet up to its end.
    pub(super) fn read(&mut self, records: &mut Records<'_>) -> Result<(), Refusal> {
        let mut depth = 0_usize;
        let mut began = false;
        while let Some(record) = records.next() {
            match record.kind {
                _ if record.begins() => {
                    depth += 1;
                    began = true;
                }
                _ if !began => return Err(Refusal::damaged("no sheet where one should be")),
                kind::EOF if depth <= 1 => return self.flush(),
                kind::EOF => depth -= 1,
                // Charts within the sheet have records of the same types.
                _ if depth > 1 => {}
                _ => self.take(&record, records)?,
            }
        }
        // A file that was cut off would lose rows without a word.
        Err(Refusal::damaged("the file ends within a sheet"))
    }

    fn take(&mut self, record: &Record<'_>, records: &mut Records<'_>) -> Result<(), Refusal> {
        match record.kind {
            0x0208 if record.u16(12) & 0x20 != 0 => {
                self.hidden_rows.insert(record.u16(0).into());
            }
            0x007D if record.u16(8) & 0x01 != 0 => {
                self.grid.hide_columns(record.u16(0)..record.u16(2).saturating_add(1));
            }
            0x00E5 => self.merges(record)?,
            0x0001 | 0x0201 => self.put(record, Value::Empty, Formula::None)?,
            0x00BE => {
                for (nth, style) in record.from(4).as_chunks::<2>().0.iter().enumerate() {
                    // The last two bytes are the last column.
                    if 4 + 2 * (nth + 1) + 2 > record.data.len() {
                        break;
                    }
                    let style = self.globals.styles.of(u16::from_le_bytes(*style));
                    self.put_at(self.place_at(record, nth, style), Value::Empty, Formula::None)?;
                }
            }
            0x0002 => self.put_number(record, f64::from(record.u16(7)), Formula::None)?,
            0x0003 => self.put_number(record, double(record, 7)?, Formula::None)?,
            0x0203 => self.put_number(record, double(record, 6)?, Formula::None)?,
            0x027E => self.put_number(record, rk(record.u32(6)), Formula::None)?,
            0x00BD => {
                let count = record.data.len().saturating_sub(6) / 6;
                for nth in 0..count {
                    let style = self.globals.styles.of(record.u16(4 + 6 * nth));
                    let place = self.place_at(record, nth, style);
                    let value = self.number(rk(record.u32(6 + 6 * nth)), style);
                    self.put_at(place, value, Formula::None)?;
                }
            }
            0x0005 => {
                let value = truth_or_error(record.u8(7), record.u8(8));
                self.put(record, value, Formula::None)?;
            }
            0x0205 => {
                let value = truth_or_error(record.u8(6), record.u8(7));
                self.put(record, value, Formula::None)?;
            }
            0x00FD => {
                let number = record.u32(6) as usize;
                let string = self.globals.strings.get(number).cloned();
                let string = string.ok_or_else(|| Refusal::damaged("shared string number"))?;
                self.put(record, string, Formula::None)?;
            }
            0x0004 | 0x0204 | 0x00D6 => {
                let text = self.label(record, records);
                self.put_text(self.place(record), &text, Formula::None)?;
            }
            0x0006 | 0x0206 | 0x0406 => self.formula(record)?,
            0x0007 | 0x0207 => {
                if let Some(place) = self.waiting.take() {
                    let text = self.string(record.data, records, self.globals.version == 2);
                    self.put_text(place, &text, Formula::Computed)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn place(&self, record: &Record<'_>) -> Place {
        let style = match self.globals.version {
            // Cells of Excel 2 give the format, not a style.
            2 => self.globals.styles.of_format(record.u8(5) & 0x3F),
            _ => self.globals.styles.of(record.u16(4)),
        };
        self.place_at(record, 0, style)
    }

    fn place_at(&self, record: &Record<'_>, offset: usize, style: u16) -> Place {
        let offset = u16::try_from(offset).unwrap_or(u16::MAX);
        Place { row: record.u16(0).into(), col: record.u16(2).saturating_add(offset), style }
    }

    fn put(&mut self, record: &Record<'_>, value: Value, formula: Formula) -> Result<(), Refusal> {
        self.put_at(self.place(record), value, formula)
    }

    fn put_number(
        &mut self,
        record: &Record<'_>,
        number: f64,
        formula: Formula,
    ) -> Result<(), Refusal> {
        let place = self.place(record);
        let value = self.number(number, place.style);
        self.put_at(place, value, formula)
    }

    fn put_text(&mut self, place: Place, text: &str, formula: Formula) -> Result<(), Refusal> {
        self.budget.text(text.len())?;
        self.put_at(place, globals::value(text), formula)
    }

    fn put_at(&mut self, place: Place, value: Value, formula: Formula) -> Result<(), Refusal> {
        self.flush()?;
        if place.col >= COLUMNS {
            return Err(Refusal::damaged("column"));
        }
        if self.row != Some(place.row) {
            self.row = Some(place.row);
            self.grid.row(place.row, false);
        }
        let cell = NewCell { value, col: place.col, style: place.style, formula };
        Ok(self.grid.cell(cell, self.budget)?)
    }

    /// Puts down a formula whose text never came.
    fn flush(&mut self) -> Result<(), Refusal> {
        match self.waiting.take() {
            Some(place) => self.put_at(place, Value::Empty, Formula::Uncomputed),
            None => Ok(()),
        }
    }

    fn number(&self, number: f64, style: u16) -> Value {
        if self.globals.styles.palette().format(style) == NumberFormat::Date
            && let Some(date) = number::date_of_serial(number, self.globals.epoch)
        {
            return Value::Date(date);
        }
        // Neither infinite numbers nor those that are none can be shown.
        number::from_f64(number).unwrap_or_else(|| Value::Error(Arc::from("#NUM!")))
    }

    fn formula(&mut self, record: &Record<'_>) -> Result<(), Refusal> {
        self.flush()?;
        let at = if self.globals.version == 2 { 7 } else { 6 };
        if record.u16(at + 6) != 0xFFFF {
            return self.put_number(record, double(record, at)?, Formula::Computed);
        }
        match record.u8(at) {
            0 => {
                self.waiting = Some(self.place(record));
                Ok(())
            }
            1 => self.put(record, truth_or_error(record.u8(at + 2), 0), Formula::Computed),
            2 => self.put(record, truth_or_error(record.u8(at + 2), 1), Formula::Computed),
            _ => self.put(record, Value::Empty, Formula::Computed),
        }
    }

    /// Returns the text of a cell that has it in its own record.
    fn label(&self, record: &Record<'_>, records: &mut Records<'_>) -> String {
        let (at, short) = if self.globals.version == 2 { (7, true) } else { (6, false) };
        self.string(record.from(at), records, short)
    }

    /// Returns a string that begins with its length, in one byte if `short`.
    fn string(&self, bytes: &[u8], records: &mut Records<'_>, short: bool) -> String {
        if self.globals.version == 8 {
            let mut parts = vec![bytes];
            parts.extend(records.continued());
            let mut parts = Parts::new(parts);
            let length = parts.u16().unwrap_or_default();
            return parts.string(length.into()).unwrap_or_default();
        }
        let (length, from) = match (bytes, short) {
            ([length, ..], true) => (usize::from(*length), 1),
            ([low, high, ..], false) => (usize::from(u16::from_le_bytes([*low, *high])), 2),
            _ => (0, 0),
        };
        let text = bytes.get(from..).unwrap_or_default();
        strings::of_code_page(&text[..text.len().min(length)], self.globals.encoding)
    }

    fn merges(&mut self, record: &Record<'_>) -> Result<(), Refusal> {
        let areas = record.from(2).as_chunks::<8>().0.iter();
        let merges = &mut self.grid.sheet().merges;
        merges.extend(areas.take(record.u16(0).into()).map(|area| {
            let number = |at| u16::from_le_bytes([area[at], area[at + 1]]);
            Area {
                first: CellRef::new(number(0).into(), number(4)),
                last: CellRef::new(number(2).into(), number(6)),
            }
        }));
        Ok(guard::check("merges", merges.len() as u64, self.budget.limits().merges as u64)?)
    }
}

fn double(record: &Record<'_>, at: usize) -> Result<f64, Refusal> {
    record.f64(at).ok_or_else(|| Refusal::damaged("a number is cut off"))
}

/// Returns the number that four bytes hold: a whole one or the upper half of
/// a binary one, perhaps a hundredth of it.
fn rk(word: u32) -> f64 {
    let number = match word & 0x02 {
        0 => f64::from_bits(u64::from(word & !0x03) << 32),
        _ => f64::from(word.cast_signed() >> 2),
    };
    if word & 0x01 == 0 { number } else { number / 100.0 }
}

/// Returns what a byte means as a truth value, or as an error.
fn truth_or_error(byte: u8, is_error: u8) -> Value {
    if is_error == 0 {
        return Value::Bool(byte != 0);
    }
    Value::Error(Arc::from(match byte {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        _ => "#ERROR!",
    }))
}
