//! What a stream says for all of its sheets: their names and places, the
//! strings they share, styles, epoch and code page.

use std::sync::Arc;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::records::{Record, Records, kind};
use super::strings::{self, Parts};
use super::styles::Styles;
use crate::input::guard::{self, Budget};
use crate::input::number::Epoch;
use crate::input::refusal::Refusal;
use crate::input::sheet::Value;
use crate::input::text::guess_encoding;

/// One sheet of a stream.
pub(super) struct SheetEntry {
    pub(super) name: String,
    pub(super) hidden: bool,
    /// Where its records begin.
    pub(super) start: usize,
    /// Which of all sheets it is, charts and macros included.
    nth: usize,
}

/// What a stream says for all of its sheets.
pub(super) struct Globals {
    /// The version of its records: 2, 3, 4, 5 (Excel 5 and 95) or 8.
    pub(super) version: u8,
    pub(super) sheets: Vec<SheetEntry>,
    pub(super) strings: Vec<Value>,
    pub(super) styles: Styles,
    pub(super) epoch: Epoch,
    /// The encoding of strings before version 8.
    pub(super) encoding: &'static Encoding,
    /// The name of the encoding, if it is a guess.
    pub(super) guessed: Option<&'static str>,
    /// How many sheets were listed so far, charts and macros included.
    listed: usize,
}

impl Globals {
    /// Reads the beginning of a stream.
    pub(super) fn read(stream: &[u8], budget: &mut Budget) -> Result<Self, Refusal> {
        let version = version(stream).ok_or_else(|| Refusal::damaged("no workbook records"))?;
        let mut globals = Self {
            version,
            sheets: Vec::new(),
            strings: Vec::new(),
            styles: Styles::new(),
            epoch: Epoch::Y1900,
            encoding: WINDOWS_1252,
            guessed: None,
            listed: 0,
        };
        if version < 8 {
            globals.choose_encoding(stream);
        }
        if version < 5 {
            // The one sheet is the stream; its styles stand among its cells.
            let name = "Sheet1".to_owned();
            globals.sheets.push(SheetEntry { name, hidden: false, start: 0, nth: 0 });
        }
        let mut records = Records::at(stream, 0);
        let mut depth = 0_usize;
        while let Some(record) = records.next() {
            match record.kind {
                _ if record.begins() => depth += 1,
                kind::EOF if depth <= 1 => break,
                kind::EOF => depth -= 1,
                0x00FC => globals.strings = read_strings(record, &mut records, budget)?,
                0x002F => return Err(Refusal::Password),
                _ => globals.take(&record),
            }
        }
        globals.correct_places(stream, records);
        guard::check("sheets", globals.sheets.len() as u64, budget.limits().sheets as u64)?;
        Ok(globals)
    }

    /// Finds the sheets of writers that count their bytes wrongly: they follow
    /// in the order in which they are listed.
    fn correct_places(&mut self, stream: &[u8], rest: Records<'_>) {
        let begins = |start| Records::at(stream, start).next().is_some_and(|first| first.begins());
        if self.sheets.iter().all(|sheet| begins(sheet.start)) {
            return;
        }
        let starts = rest.starts();
        for sheet in self.sheets.iter_mut().filter(|sheet| !begins(sheet.start)) {
            sheet.start = starts.get(sheet.nth).copied().unwrap_or(sheet.start);
        }
    }

    fn take(&mut self, record: &Record<'_>) {
        match record.kind {
            0x0022 if record.u16(0) == 1 => self.epoch = Epoch::Y1904,
            0x0031 | 0x0231 => self.styles.font(record, self.version),
            0x001E => {
                let code = self.short_string(record.data);
                self.styles.format(None, &code);
            }
            0x041E => match self.version {
                8 => {
                    let code = Parts::new(vec![record.from(4)]).string(record.u16(2).into());
                    self.styles.format(Some(record.u16(0)), &code.unwrap_or_default());
                }
                5 => {
                    let code = self.short_string(record.from(2));
                    self.styles.format(Some(record.u16(0)), &code);
                }
                _ => {
                    let code = self.short_string(record.from(2));
                    self.styles.format(None, &code);
                }
            },
            0x00E0 | 0x0243 | 0x0443 => self.styles.cell(record, self.version),
            0x0085 => {
                self.sheets.extend(self.sheet(record));
                self.listed += 1;
            }
            _ => {}
        }
    }

    /// Reads where a sheet is; `None` if it is a chart or a macro.
    fn sheet(&self, record: &Record<'_>) -> Option<SheetEntry> {
        if record.u8(5) != 0 {
            return None;
        }
        let name = match self.version {
            8 => Parts::new(vec![record.from(7)]).string(record.u8(6).into())?,
            _ => self.short_string(record.from(6)),
        };
        let hidden = record.u8(4) & 0x03 != 0;
        Some(SheetEntry { name, hidden, start: record.u32(0) as usize, nth: self.listed })
    }

    /// Reads a string whose length is its first byte.
    fn short_string(&self, bytes: &[u8]) -> String {
        let Some((length, bytes)) = bytes.split_first() else { return String::new() };
        let bytes = &bytes[..bytes.len().min(usize::from(*length))];
        strings::of_code_page(bytes, self.encoding)
    }

    /// Chooses the encoding of strings: the code page, unless it is missing
    /// or western. Writers that leave it so write in their own.
    fn choose_encoding(&mut self, stream: &[u8]) {
        let mut declared = None;
        let mut sample = Vec::new();
        for record in Records::at(stream, 0) {
            match record.kind {
                0x0042 => declared = strings::encoding_of(record.u16(0)),
                0x0004 => sample.extend_from_slice(record.from(8)),
                0x0204 | 0x00D6 => sample.extend_from_slice(record.from(8)),
                _ => continue,
            }
            sample.push(b'\n');
            if sample.len() > 64 << 10 {
                break;
            }
        }
        match declared {
            Some(encoding) => self.encoding = encoding,
            None if sample.is_ascii() => {}
            None => {
                if let Some(encoding) = guess_encoding(&sample) {
                    self.encoding = encoding;
                }
                self.guessed = Some(self.encoding.name());
            }
        }
    }
}

/// Returns the version of the records of a stream, by its first one.
fn version(stream: &[u8]) -> Option<u8> {
    let first = Records::at(stream, 0).next()?;
    match (first.kind, first.u16(0)) {
        (kind::BOF_2, _) => Some(2),
        (kind::BOF_3, _) => Some(3),
        (kind::BOF_4, _) => Some(4),
        (kind::BOF, 0x0600) => Some(8),
        (kind::BOF, 0x0500) => Some(5),
        // Some writers leave the version out, or write a 2, 3 or 4 in it.
        (kind::BOF, _) => Some(5),
        _ => None,
    }
}

/// Reads the strings that cells share.
fn read_strings(
    record: Record<'_>,
    records: &mut Records<'_>,
    budget: &mut Budget,
) -> Result<Vec<Value>, Refusal> {
    // How many there are is written too, and not always right.
    let mut parts = vec![record.from(8)];
    parts.extend(records.continued());
    let mut parts = Parts::new(parts);
    let mut strings = Vec::new();
    while let Some(length) = parts.u16() {
        // A table that is cut off: the cells that need more will say so.
        let Some(text) = parts.string(length.into()) else { break };
        budget.text(text.len() + size_of::<Value>())?;
        strings.push(value(&text));
    }
    Ok(strings)
}

/// Returns the value of a cell that holds `text`.
pub(super) fn value(text: &str) -> Value {
    if text.trim().is_empty() { Value::Empty } else { Value::Text(Arc::from(text)) }
}
