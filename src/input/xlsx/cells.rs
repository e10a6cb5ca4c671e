//! The cells of one worksheet part.

use std::io::Read;
use std::sync::Arc;

use super::fast::{self, RawCell};
use super::strings::{self, Strings};
use super::styles::Styles;
use crate::input::grid::Grid;
use crate::input::guard::{self, Budget};
use crate::input::iso;
use crate::input::known::Known;
use crate::input::number::{self, Epoch};
use crate::input::refusal::Refusal;
use crate::input::sheet::{Formula, NewCell, NumberFormat, Value};
use crate::input::xml::{self, Attributes, Token, Xml};
use crate::location::Area;

/// What the cells of a workbook refer to.
pub(super) struct Context<'a> {
    pub(super) strings: &'a Strings,
    pub(super) styles: &'a Styles,
    pub(super) epoch: Epoch,
}

/// Reads a worksheet part.
pub(super) fn read<R: Read>(
    mut xml: Xml<R>,
    context: &Context<'_>,
    known: &mut Known,
    grid: &mut Grid,
    budget: &mut Budget,
) -> Result<(), Refusal> {
    begin(&mut xml)?;
    let mut cells = Cells { context, known, grid, budget, row: None, hidden: false, col: 0 };
    let mut text = String::new();
    loop {
        cells.read_plain(&mut xml)?;
        match xml.next()? {
            Token::Start { name: b"row", attributes, .. } => cells.begin_row(attributes)?,
            Token::Start { name: b"c", attributes, empty } => {
                let style = attributes.number("s").unwrap_or_default();
                let place = attributes.raw("r").map(<[u8]>::to_vec);
                let kind = attributes.raw("t").unwrap_or_default().to_vec();
                text.clear();
                let (has_value, formula) = if empty {
                    (false, false)
                } else {
                    read_inside(&mut xml, kind == b"inlineStr", &mut text)?
                };
                let value = has_value.then_some(text.as_bytes());
                let (place, kind) = (place.as_deref(), kind.as_slice());
                cells.push(RawCell { place, style, kind, value, formula }, true)?;
            }
            Token::Start { name: b"col", attributes, .. } => cells.column(attributes),
            Token::Start { name: b"mergeCell", attributes, .. } => cells.merge(attributes)?,
            Token::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Refuses a part that is something else than a worksheet: it would seem to
/// be one without cells.
fn begin<R: Read>(xml: &mut Xml<R>) -> Result<(), Refusal> {
    loop {
        match xml.next()? {
            Token::Start { name: b"worksheet", .. } => return Ok(()),
            Token::Start { .. } | Token::Eof => return Err(Refusal::damaged("no worksheet")),
            _ => {}
        }
    }
}

/// Reads what stands inside of a `<c>` up to its end: the value's text and
/// whether there is one, and whether there is a formula.
fn read_inside<R: Read>(
    xml: &mut Xml<R>,
    inline: bool,
    text: &mut String,
) -> Result<(bool, bool), Refusal> {
    let (mut has_value, mut has_formula) = (false, false);
    loop {
        match xml.next()? {
            Token::Start { name: b"v", empty: false, .. } => {
                has_value = true;
                if inline {
                    // A string in place goes before a value beside it.
                    xml.skip_element()?;
                } else {
                    read_value(xml, text)?;
                }
            }
            Token::Start { name: b"is", empty: false, .. } => {
                has_value = true;
                strings::read_rich(xml, b"is", text)?;
            }
            Token::Start { name: b"f", empty, .. } => {
                has_formula = true;
                if !empty {
                    xml.skip_element()?;
                }
            }
            Token::Start { empty: false, .. } => xml.skip_element()?,
            Token::End(b"c") => return Ok((has_value, has_formula)),
            Token::Eof => return Err(Refusal::damaged("XML ends inside a cell")),
            _ => {}
        }
    }
}

fn read_value<R: Read>(xml: &mut Xml<R>, text: &mut String) -> Result<(), Refusal> {
    loop {
        match xml.next()? {
            Token::Text(raw) => text.push_str(&xml::text(raw)),
            Token::Raw(raw) => text.push_str(&String::from_utf8_lossy(raw)),
            Token::End(b"v") => return Ok(()),
            Token::Eof => return Err(Refusal::damaged("XML ends inside a value")),
            _ => {}
        }
    }
}

/// The cells read so far.
struct Cells<'a> {
    context: &'a Context<'a>,
    /// Texts in place: many writers share none.
    known: &'a mut Known,
    grid: &'a mut Grid,
    budget: &'a mut Budget,
    /// The row being read.
    row: Option<u32>,
    /// Whether it is hidden.
    hidden: bool,
    /// The column after the cell read last.
    col: u16,
}

impl Cells<'_> {
    /// Reads as many plain cells as follow one another.
    fn read_plain<R: Read>(&mut self, xml: &mut Xml<R>) -> Result<(), Refusal> {
        loop {
            let ahead = xml.ahead()?;
            let mut at = 0;
            while let Some((cell, length)) = fast::cell(&ahead[at..]) {
                self.push(cell, false)?;
                at += length;
            }
            if at == 0 {
                return Ok(());
            }
            xml.skip(at);
        }
    }

    fn begin_row(&mut self, attributes: Attributes<'_>) -> Result<(), Refusal> {
        let after = self.row.map_or(0, |row| row + 1);
        let row = match attributes.raw("r") {
            Some(number) => {
                fast::number(number).and_then(|row| u32::try_from(row).ok()?.checked_sub(1))
            }
            None => Some(after),
        };
        let row =
            row.filter(|row| *row < 1_048_576).ok_or_else(|| Refusal::damaged("row number"))?;
        self.hidden = attributes.truth("hidden") == Some(true);
        self.enter(row);
        Ok(())
    }

    fn enter(&mut self, row: u32) {
        self.row = Some(row);
        self.col = 0;
        self.grid.row(row, self.hidden);
    }

    /// Takes in a cell; `resolved` says whether its entities are resolved.
    fn push(&mut self, raw: RawCell<'_>, resolved: bool) -> Result<(), Refusal> {
        let col = match raw.place.filter(|place| !place.iter().all(u8::is_ascii_digit)) {
            Some(place) => {
                let (row, col) =
                    fast::place(place).ok_or_else(|| Refusal::damaged("cell reference"))?;
                if self.row != Some(row) {
                    self.enter(row);
                }
                col
            }
            // Some writers leave the place out, or number the cells of a row.
            None => self.col,
        };
        if self.row.is_none() || col >= 16_384 {
            return Err(Refusal::damaged("cell outside of the sheet"));
        }
        self.col = col + 1;
        let style = self.context.styles.of(raw.style);
        let formula = match (raw.formula, raw.value) {
            (false, _) => Formula::None,
            // A text that came out empty is a value; a number is not.
            (true, None | Some(b"")) if raw.kind != b"str" => Formula::Uncomputed,
            (true, _) => Formula::Computed,
        };
        if let (b"s", Some(bytes)) = (raw.kind, raw.value.filter(|bytes| !bytes.is_empty())) {
            return self.shared(bytes, (col, style, formula));
        }
        let value = self.value(&raw, style, resolved)?;
        Ok(self.grid.cell(NewCell { value, col, style, formula }, self.budget)?)
    }

    /// Takes in a cell that shows a shared string.
    fn shared(
        &mut self,
        number: &[u8],
        (col, style, formula): (u16, u16, Formula),
    ) -> Result<(), Refusal> {
        let number = fast::number(number.trim_ascii());
        let number = number.and_then(|number| u32::try_from(number).ok());
        let length = |number| self.context.strings.get(number as usize).map(str::len);
        let string = number.and_then(|number| Some((number, length(number)?)));
        let string = string.ok_or_else(|| Refusal::damaged("shared string number"))?;
        if string.1 == 0 {
            let cell = NewCell { value: Value::Empty, col, style, formula };
            return Ok(self.grid.cell(cell, self.budget)?);
        }
        Ok(self.grid.shared(string, (col, style, formula), self.budget)?)
    }

    fn value(&mut self, raw: &RawCell<'_>, style: u16, resolved: bool) -> Result<Value, Refusal> {
        let Some(bytes) = raw.value.filter(|bytes| !bytes.is_empty()) else {
            return Ok(Value::Empty);
        };
        match raw.kind {
            b"" | b"n" => self.number(bytes, style),
            b"b" => Ok(Value::Bool(!matches!(bytes.trim_ascii(), b"0" | b"false"))),
            b"e" => Ok(Value::Error(Arc::from(text(bytes, resolved).trim()))),
            b"d" => {
                let text = text(bytes, resolved);
                let date = iso::date(&text).map(Value::Date).or_else(|| iso::duration(&text));
                Ok(date.unwrap_or_else(|| strings::value(&text, |text| self.known.text(text))))
            }
            b"str" | b"inlineStr" => self.text(&text(bytes, resolved)),
            _ => Err(Refusal::damaged("cell type")),
        }
    }

    fn text(&mut self, text: &str) -> Result<Value, Refusal> {
        self.budget.text(text.len())?;
        Ok(strings::value(text, |text| self.known.text(text)))
    }

    fn number(&mut self, bytes: &[u8], style: u16) -> Result<Value, Refusal> {
        let Ok(digits) = std::str::from_utf8(bytes) else {
            return Err(Refusal::damaged("number"));
        };
        if self.context.styles.palette().format(style) == NumberFormat::Date
            && let Ok(serial) = digits.trim().parse()
            && let Some(date) = number::date_of_serial(serial, self.context.epoch)
        {
            return Ok(Value::Date(date));
        }
        match number::from_digits(digits) {
            Some(value) => Ok(value),
            // Not a number: shown as it is rather than lost.
            None => self.text(digits),
        }
    }

    fn column(&mut self, attributes: Attributes<'_>) {
        let hidden = attributes.truth("hidden") == Some(true);
        let (first, last) = (attributes.number::<u16>("min"), attributes.number::<u16>("max"));
        if let (true, Some(first), Some(last)) = (hidden, first, last) {
            self.grid.hide_columns(first.saturating_sub(1)..last);
        }
    }

    fn merge(&mut self, attributes: Attributes<'_>) -> Result<(), Refusal> {
        let area = attributes.get("ref").and_then(|area| Area::parse(&area));
        let merges = &mut self.grid.sheet().merges;
        merges.extend(area);
        Ok(guard::check("merges", merges.len() as u64, self.budget.limits().merges as u64)?)
    }
}

/// Returns the text of a value.
fn text(bytes: &[u8], resolved: bool) -> std::borrow::Cow<'_, str> {
    if resolved { String::from_utf8_lossy(bytes) } else { xml::text(bytes) }
}
