//! The cells of one OpenDocument table.

use std::io::Read;
use std::sync::Arc;

use super::repeat;
use super::styles::Styles;
use crate::input::grid::Grid;
use crate::input::guard::{self, Budget};
use crate::input::known::Known;
use crate::input::refusal::Refusal;
use crate::input::sheet::{Formula, NewCell, Value};
use crate::input::xml::{self, Attributes, Token, Xml};
use crate::input::{iso, number};
use crate::location::{Area, CellRef};

/// The columns and rows of the largest sheet.
const COLUMNS: u32 = 16_384;
const ROWS: u32 = 1_048_576;

/// A table that is being read.
pub(super) struct Cells<'a> {
    styles: &'a mut Styles,
    known: &'a mut Known,
    grid: &'a mut Grid,
    budget: &'a mut Budget,
    row: u32,
    col: u32,
    /// The columns that were declared so far.
    declared: u32,
}

impl<'a> Cells<'a> {
    /// Begins with the first cell of an empty sheet.
    pub(super) fn new(
        styles: &'a mut Styles,
        known: &'a mut Known,
        grid: &'a mut Grid,
        budget: &'a mut Budget,
    ) -> Self {
        Self { styles, known, grid, budget, row: 0, col: 0, declared: 0 }
    }

    /// Reads the rows of a table up to its end.
    pub(super) fn read<R: Read>(mut self, xml: &mut Xml<R>) -> Result<(), Refusal> {
        loop {
            match xml.next()? {
                Token::Start { name: b"table-column", attributes, .. } => self.column(attributes),
                Token::Start { name: b"table-row", attributes, empty } => {
                    let count = repeat::count(attributes, "table:number-rows-repeated");
                    let hidden =
                        matches!(attributes.raw("table:visibility"), Some(b"collapse" | b"filter"));
                    if !empty {
                        let cells = self.read_row(xml)?;
                        self.place(&cells, count, hidden)?;
                    }
                    self.row = self.row.saturating_add(count);
                }
                // Wrappers of rows and columns; everything else is not cells.
                Token::Start {
                    name:
                        b"table-rows"
                        | b"table-header-rows"
                        | b"table-row-group"
                        | b"table-columns"
                        | b"table-header-columns"
                        | b"table-column-group",
                    ..
                } => {}
                Token::Start { empty: false, .. } => xml.skip_element()?,
                Token::End(b"table") => return Ok(()),
                Token::Eof => return Err(Refusal::damaged("XML ends inside a table")),
                _ => {}
            }
        }
    }

    fn column(&mut self, attributes: Attributes<'_>) {
        let count = repeat::count(attributes, "table:number-columns-repeated");
        let first = self.declared.min(COLUMNS);
        self.declared = first.saturating_add(count).min(COLUMNS);
        let visibility = attributes.raw("table:visibility");
        if matches!(visibility, Some(b"collapse" | b"filter"))
            && let (Ok(first), Ok(last)) = (u16::try_from(first), u16::try_from(self.declared))
        {
            self.grid.hide_columns(first..last);
        }
    }

    /// Puts the cells of a row where they stand, as often as they do.
    fn place(&mut self, cells: &[NewCell], count: u32, hidden: bool) -> Result<(), Refusal> {
        if cells.iter().all(|cell| cell.is_empty() && cell.formula == Formula::None) {
            return Ok(());
        }
        let end = self.row.saturating_add(count);
        if end > ROWS {
            return Err(Refusal::damaged("more rows than a sheet has"));
        }
        let cells: Vec<&NewCell> = cells.iter().filter(|cell| !self.grid.is_idle(cell)).collect();
        for row in self.row..end {
            self.grid.row(row, hidden);
            for cell in &cells {
                self.grid.cell((*cell).clone(), self.budget)?;
            }
        }
        Ok(())
    }

    fn read_row<R: Read>(&mut self, xml: &mut Xml<R>) -> Result<Vec<NewCell>, Refusal> {
        let mut cells = Vec::new();
        self.col = 0;
        loop {
            match xml.next()? {
                Token::Start { name: b"table-cell", attributes, empty } => {
                    let mut open = self.begin(attributes)?;
                    if !empty {
                        read_text(xml, b"table-cell", &mut open.text)?;
                    }
                    self.finish(open, &mut cells)?;
                }
                Token::Start { name: b"covered-table-cell", attributes, empty } => {
                    let count = repeat::count(attributes, "table:number-columns-repeated");
                    self.col = self.col.saturating_add(count);
                    if !empty {
                        xml.skip_element()?;
                    }
                }
                Token::Start { empty: false, .. } => xml.skip_element()?,
                Token::End(b"table-row") => return Ok(cells),
                Token::Eof => return Err(Refusal::damaged("XML ends inside a row")),
                _ => {}
            }
        }
    }

    /// Takes in what the attributes of a cell say.
    fn begin(&mut self, attributes: Attributes<'_>) -> Result<OpenCell, Refusal> {
        let kind = attributes.raw("office:value-type").unwrap_or_default();
        let get = |name| attributes.get(name).unwrap_or_default();
        let value = match kind {
            b"float" | b"currency" | b"percentage" => number::from_digits(&get("office:value")),
            b"date" => iso::date(&get("office:date-value")).map(Value::Date),
            b"time" => iso::duration(&get("office:time-value")),
            b"boolean" => Some(Value::Bool(get("office:boolean-value") == "true")),
            _ => None,
        };
        let has_formula = attributes.raw("table:formula").is_some();
        let span = |name| repeat::count(attributes, name);
        let (wide, tall) =
            (span("table:number-columns-spanned"), span("table:number-rows-spanned"));
        if wide > 1 || tall > 1 {
            self.merge(wide, tall)?;
        }
        Ok(OpenCell {
            value,
            text: get("office:string-value").into_owned(),
            is_error: attributes.raw("calcext:value-type") == Some(b"error"),
            style: self.styles.number(attributes.raw("table:style-name"), kind == b"percentage"),
            formula: match (has_formula, kind) {
                (false, _) => Formula::None,
                (true, b"") => Formula::Uncomputed,
                (true, _) => Formula::Computed,
            },
            count: span("table:number-columns-repeated"),
        })
    }

    fn merge(&mut self, wide: u32, tall: u32) -> Result<(), Refusal> {
        let corner = |row: u32, col: u32| {
            let col = u16::try_from(col.min(COLUMNS - 1)).unwrap_or_default();
            CellRef::new(row.min(ROWS - 1), col)
        };
        let last = corner(self.row.saturating_add(tall - 1), self.col.saturating_add(wide - 1));
        let merges = &mut self.grid.sheet().merges;
        merges.push(Area { first: corner(self.row, self.col), last });
        Ok(guard::check("merges", merges.len() as u64, self.budget.limits().merges as u64)?)
    }

    /// Adds a cell that is read, as often as it stands.
    fn finish(&mut self, open: OpenCell, cells: &mut Vec<NewCell>) -> Result<(), Refusal> {
        let text = open.text;
        let value = match open.value {
            _ if open.is_error || is_error(&text, open.formula) => Value::Error(Arc::from(text)),
            Some(value) => value,
            None if text.trim().is_empty() => Value::Empty,
            None => {
                self.budget.text(text.len())?;
                Value::Text(self.known.text(&text))
            }
        };
        let end = self.col.saturating_add(open.count);
        let is_empty = value == Value::Empty && open.formula == Formula::None;
        let kept = self.col.saturating_add(repeat::kept(open.count, is_empty));
        if kept > COLUMNS {
            return Err(Refusal::damaged("more columns than a sheet has"));
        }
        for col in self.col..kept {
            let col = u16::try_from(col).unwrap_or_default();
            let value = value.clone();
            cells.push(NewCell { value, col, style: open.style, formula: open.formula });
        }
        self.col = end;
        Ok(())
    }
}

/// A cell that is being read.
struct OpenCell {
    /// Its value, unless it is a text.
    value: Option<Value>,
    text: String,
    is_error: bool,
    style: u16,
    formula: Formula,
    count: u32,
}

/// Whether a formula's text is an error's: older files have no other sign.
fn is_error(text: &str, formula: Formula) -> bool {
    const ERRORS: [&str; 8] =
        ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"];
    let code = text.strip_prefix("Err:");
    let is_code = code.is_some_and(|code| code.parse::<u16>().is_ok());
    formula != Formula::None && (ERRORS.contains(&text) || is_code)
}

/// Gathers the paragraphs of a cell up to its end.
fn read_text<R: Read>(xml: &mut Xml<R>, end: &[u8], out: &mut String) -> Result<(), Refusal> {
    let mut paragraphs = 0;
    let given = !out.is_empty();
    loop {
        match xml.next()? {
            Token::Start { name: b"p", empty, .. } => {
                if paragraphs > 0 && !given {
                    out.push('\n');
                }
                paragraphs += 1;
                if given && !empty {
                    xml.skip_element()?;
                } else if !empty {
                    read_paragraph(xml, out)?;
                }
            }
            // Notes and pictures are not what the cell says.
            Token::Start { empty: false, .. } => xml.skip_element()?,
            Token::End(name) if name == end => return Ok(()),
            Token::Eof => return Err(Refusal::damaged("XML ends inside a cell")),
            _ => {}
        }
    }
}

fn read_paragraph<R: Read>(xml: &mut Xml<R>, out: &mut String) -> Result<(), Refusal> {
    loop {
        match xml.next()? {
            Token::Text(raw) => push_collapsed(out, &xml::text(raw)),
            Token::Raw(raw) => push_collapsed(out, &String::from_utf8_lossy(raw)),
            Token::Start { name: b"s", attributes, .. } => {
                let count = repeat::count(attributes, "text:c").min(1_000);
                out.extend(std::iter::repeat_n(' ', count as usize));
            }
            Token::Start { name: b"tab", .. } => out.push('\t'),
            Token::Start { name: b"line-break", .. } => out.push('\n'),
            Token::Start { name: b"annotation" | b"ruby-text", empty: false, .. } => {
                xml.skip_element()?;
            }
            Token::End(b"p") => return Ok(()),
            Token::Eof => return Err(Refusal::damaged("XML ends inside a text")),
            _ => {}
        }
    }
}

/// Adds text, in which white space counts once.
fn push_collapsed(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            ' ' | '\t' | '\r' | '\n' => {
                if !out.ends_with([' ', '\n', '\t']) && !out.is_empty() {
                    out.push(' ');
                }
            }
            character => out.push(character),
        }
    }
}
