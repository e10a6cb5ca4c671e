//! Reads SpreadsheetML, the XML workbooks of Excel 2002 and 2003 that many
//! systems still export under the name `.xls`.

use std::io::Read;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::grid::Grid;
use super::guard::{self, Budget};
use super::number::{self, Epoch};
use super::palette::Palette;
use super::refusal::Refusal;
use super::sheet::{Formula, NewCell, NumberFormat, Sheet, Style, Value};
use super::xml::{self, Attributes, Token, Xml};
use super::{calculated, iso, number_format};
use crate::location::{Area, CellRef, SheetId};

/// The columns and rows of the largest sheet.
const COLUMNS: u32 = 16_384;
const ROWS: u32 = 1_048_576;

/// What the cells of a workbook refer to.
struct Book {
    palette: Palette,
    styles: FxHashMap<String, Style>,
    /// For each style's name, its number.
    numbers: FxHashMap<String, u16>,
    epoch: Epoch,
}

/// Reads all sheets of a workbook.
pub(super) fn read<R: Read>(
    mut xml: Xml<R>,
    shown: &str,
    budget: &mut Budget,
) -> Result<Vec<Sheet>, Refusal> {
    let mut book = Book {
        palette: Palette::new(),
        styles: FxHashMap::default(),
        numbers: FxHashMap::default(),
        epoch: Epoch::Y1900,
    };
    let mut sheets = Vec::new();
    loop {
        match xml.next()? {
            Token::Start { name: b"Style", attributes, empty } => {
                let (name, parent) = (attributes.local("ID"), attributes.local("Parent"));
                let parent = parent.and_then(|parent| book.styles.get(parent.as_ref()).copied());
                let name = name.unwrap_or_default().into_owned();
                let style = parent.unwrap_or_default();
                let style = if empty { style } else { read_style(&mut xml, style)? };
                let number = book.palette.number(style);
                book.numbers.insert(name.clone(), number);
                book.styles.insert(name, style);
            }
            Token::Start { name: b"Date1904", .. } => book.epoch = Epoch::Y1904,
            Token::Start { name: b"Worksheet", attributes, empty } => {
                let sheet = attributes.local("Name").map(Into::into);
                let id = SheetId { path: shown.to_owned(), sheet };
                let mut grid = Grid::new(Arc::new(id));
                grid.sheet().styles = book.palette.list().to_vec();
                if !empty {
                    let cells =
                        Cells { book: &book, grid: &mut grid, budget, row: 0, col: 0, column: 0 };
                    cells.read(&mut xml)?;
                }
                sheets.push(grid.finish());
                guard::check("sheets", sheets.len() as u64, budget.limits().sheets as u64)?;
            }
            Token::Eof => break,
            _ => {}
        }
    }
    calculated::mark_uncomputed(sheets.iter_mut());
    Ok(sheets)
}

/// Reads a style up to its end.
fn read_style<R: Read>(xml: &mut Xml<R>, mut style: Style) -> Result<Style, Refusal> {
    loop {
        match xml.next()? {
            Token::Start { name, attributes, .. } => {
                let get = |name| attributes.local(name).unwrap_or_default();
                match name {
                    b"Font" => {
                        style.bold |= get("Bold") == "1";
                        style.struck |= get("StrikeThrough") == "1";
                    }
                    b"Interior" => {
                        let white = get("Color").eq_ignore_ascii_case("#ffffff");
                        style.filled = !white && !matches!(get("Pattern").as_ref(), "" | "None");
                    }
                    b"Border" => style.bordered = true,
                    b"Alignment" => style.indent = get("Indent").parse().unwrap_or(style.indent),
                    b"NumberFormat" => style.format = named_format(&get("Format")),
                    _ => {}
                }
            }
            Token::End(b"Style") => return Ok(style),
            Token::Eof => return Err(Refusal::damaged("XML ends inside a style")),
            _ => {}
        }
    }
}

/// Returns what a number format does, by its name or its code.
fn named_format(format: &str) -> NumberFormat {
    match format {
        "Percent" => NumberFormat::Percent,
        "Fixed" | "Standard" | "Currency" | "Euro Currency" | "Scientific" | "Yes/No"
        | "True/False" | "On/Off" => NumberFormat::General,
        name if name.ends_with(" Date") || name.ends_with(" Time") => NumberFormat::Date,
        code => number_format::of_code(code),
    }
}

/// A worksheet that is being read.
struct Cells<'a> {
    book: &'a Book,
    grid: &'a mut Grid,
    budget: &'a mut Budget,
    /// The row and the column that come next, from 0.
    row: u32,
    col: u32,
    /// The column whose look is declared next.
    column: u32,
}

impl Cells<'_> {
    fn read<R: Read>(mut self, xml: &mut Xml<R>) -> Result<(), Refusal> {
        let mut is_hidden = false;
        loop {
            match xml.next()? {
                Token::Start { name: b"Column", attributes, .. } => self.declare(attributes),
                Token::Start { name: b"Row", attributes, empty } => {
                    self.row = index(attributes).unwrap_or(self.row);
                    if self.row >= ROWS {
                        return Err(Refusal::damaged("more rows than a sheet has"));
                    }
                    let span: u32 = attribute(attributes, "Span").unwrap_or(0);
                    let hidden = attributes.local("Hidden").as_deref() == Some("1");
                    self.grid.row(self.row, hidden);
                    self.col = 0;
                    if !empty {
                        self.read_row(xml)?;
                    }
                    self.row = self.row.saturating_add(1).saturating_add(span);
                }
                Token::Start { name: b"Visible", .. } => is_hidden = true,
                Token::End(b"Worksheet") => {
                    self.grid.sheet().hidden = is_hidden;
                    return Ok(());
                }
                Token::Eof => return Err(Refusal::damaged("XML ends inside a sheet")),
                _ => {}
            }
        }
    }

    fn declare(&mut self, attributes: Attributes<'_>) {
        let first = index(attributes).unwrap_or(self.column).min(COLUMNS);
        let span: u32 = attribute(attributes, "Span").unwrap_or(0);
        self.column = first.saturating_add(span).saturating_add(1).min(COLUMNS);
        let hidden = attributes.local("Hidden").as_deref() == Some("1");
        if let (true, Ok(first), Ok(end)) =
            (hidden, u16::try_from(first), u16::try_from(self.column))
        {
            self.grid.hide_columns(first..end);
        }
    }

    fn read_row<R: Read>(&mut self, xml: &mut Xml<R>) -> Result<(), Refusal> {
        loop {
            match xml.next()? {
                Token::Start { name: b"Cell", attributes, empty } => {
                    let col = index(attributes).unwrap_or(self.col);
                    if col >= COLUMNS {
                        return Err(Refusal::damaged("more columns than a sheet has"));
                    }
                    let wide: u32 = attribute(attributes, "MergeAcross").unwrap_or(0);
                    let tall: u32 = attribute(attributes, "MergeDown").unwrap_or(0);
                    let style = attributes.local("StyleID");
                    let style = style.and_then(|style| self.book.numbers.get(style.as_ref()));
                    let style = style.copied().unwrap_or_default();
                    let has_formula = attributes.local("Formula").is_some();
                    let data = if empty { None } else { read_data(xml)? };
                    let formula = match (has_formula, &data) {
                        (false, _) => Formula::None,
                        (true, None) => Formula::Uncomputed,
                        (true, Some(_)) => Formula::Computed,
                    };
                    let value = match data {
                        Some(data) => self.value(&data, style)?,
                        None => Value::Empty,
                    };
                    let col = self.merge(col, wide, tall)?;
                    self.grid.cell(NewCell { value, col, style, formula }, self.budget)?;
                }
                Token::End(b"Row") => return Ok(()),
                Token::Eof => return Err(Refusal::damaged("XML ends inside a row")),
                _ => {}
            }
        }
    }

    /// Notes the area of a cell and returns its column.
    fn merge(&mut self, col: u32, wide: u32, tall: u32) -> Result<u16, Refusal> {
        let outside = |_| Refusal::damaged("column");
        let last = col.saturating_add(wide).min(COLUMNS - 1);
        let (first, end) = (u16::try_from(col).map_err(outside)?, last.saturating_add(1));
        if wide > 0 || tall > 0 {
            let last_row = self.row.saturating_add(tall).min(ROWS - 1);
            let last = CellRef::new(last_row, u16::try_from(last).map_err(outside)?);
            let merges = &mut self.grid.sheet().merges;
            merges.push(Area { first: CellRef::new(self.row, first), last });
            guard::check("merges", merges.len() as u64, self.budget.limits().merges as u64)?;
        }
        self.col = end;
        Ok(first)
    }

    fn value(&mut self, data: &Data, style: u16) -> Result<Value, Refusal> {
        let text = data.text.as_str();
        self.budget.text(text.len())?;
        let number = match data.kind.as_str() {
            "Number" if self.book.palette.format(style) == NumberFormat::Date => {
                let serial = text.trim().parse().ok();
                serial.and_then(|serial| number::date_of_serial(serial, self.book.epoch))
            }
            "DateTime" => iso::date(text),
            _ => None,
        };
        let typed = match data.kind.as_str() {
            "Number" => number.map(Value::Date).or_else(|| number::from_digits(text)),
            "DateTime" => number.map(Value::Date),
            "Boolean" => Some(Value::Bool(text.trim() == "1")),
            "Error" => Some(Value::Error(Arc::from(text.trim()))),
            _ => None,
        };
        let blank = text.trim().is_empty();
        // Some writers end the lines within a cell as on a Macintosh.
        let lines = || text.replace("\r\n", "\n").replace('\r', "\n");
        let as_text = || if blank { Value::Empty } else { Value::Text(Arc::from(lines())) };
        Ok(typed.unwrap_or_else(as_text))
    }
}

/// What stands in a cell.
struct Data {
    kind: String,
    text: String,
}

/// Reads a cell's `<Data>` up to the end of the cell. Comments have one too.
fn read_data<R: Read>(xml: &mut Xml<R>) -> Result<Option<Data>, Refusal> {
    let mut data = None;
    loop {
        match xml.next()? {
            Token::Start { name: b"Data", attributes, empty } => {
                let kind = attributes.local("Type").unwrap_or_default().into_owned();
                let mut text = String::new();
                if !empty {
                    read_text(xml, &mut text)?;
                }
                data = Some(Data { kind, text });
            }
            Token::Start { empty: false, .. } => xml.skip_element()?,
            Token::End(b"Cell") => return Ok(data),
            Token::Eof => return Err(Refusal::damaged("XML ends inside a cell")),
            _ => {}
        }
    }
}

fn read_text<R: Read>(xml: &mut Xml<R>, out: &mut String) -> Result<(), Refusal> {
    loop {
        match xml.next()? {
            Token::Text(raw) => out.push_str(&xml::text(raw)),
            Token::Raw(raw) => out.push_str(&String::from_utf8_lossy(raw)),
            Token::End(b"Data") => return Ok(()),
            Token::Eof => return Err(Refusal::damaged("XML ends inside a text")),
            _ => {}
        }
    }
}

/// Returns the place that a row, column or cell gives, from 0.
fn index(attributes: Attributes<'_>) -> Option<u32> {
    attribute::<u32>(attributes, "Index")?.checked_sub(1)
}

fn attribute<T: std::str::FromStr>(attributes: Attributes<'_>, name: &str) -> Option<T> {
    attributes.local(name)?.trim().parse().ok()
}
