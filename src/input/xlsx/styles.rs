//! The styles of a package, as far as they help to understand a sheet.

use rustc_hash::FxHashMap;

use crate::input::guard;
use crate::input::number_format;
use crate::input::package::Package;
use crate::input::palette::Palette;
use crate::input::refusal::Refusal;
use crate::input::sheet::{NumberFormat, Style};
use crate::input::xml::{Attributes, Token};

/// The styles of cells by the numbers that cells give.
pub(super) struct Styles {
    /// The distinct ones.
    palette: Palette,
    /// For each number, which of them it is.
    cells: Vec<u16>,
}

impl Styles {
    /// Reads the part `name`; a package may have none.
    pub(super) fn read(package: &mut Package<'_>, name: &str) -> Result<Self, Refusal> {
        let mut styles = Self { palette: Palette::new(), cells: Vec::new() };
        let most = package.limits().styles as u64;
        let Some(mut xml) = package.small_xml(name)? else { return Ok(styles) };
        let mut sheet = StyleSheet::default();
        loop {
            match xml.next()? {
                Token::Start { name, attributes, empty } => {
                    sheet.start(name, attributes, empty);
                    guard::check("styles", sheet.cells.len() as u64, most)?;
                }
                Token::End(name) => sheet.end(name),
                Token::Eof => break,
                _ => {}
            }
        }
        for cell in &sheet.cells {
            styles.cells.push(styles.palette.number(sheet.style(cell)));
        }
        Ok(styles)
    }

    /// Returns the distinct styles.
    pub(super) fn palette(&self) -> &Palette {
        &self.palette
    }

    /// Returns which of the distinct styles a cell's number means.
    pub(super) fn of(&self, number: usize) -> u16 {
        self.cells.get(number).copied().unwrap_or_default()
    }
}

/// Which list of the part is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Section {
    #[default]
    Other,
    Formats,
    Fonts,
    Fills,
    Borders,
    Cells,
}

/// What cells refer to by number.
#[derive(Default)]
struct StyleSheet {
    section: Section,
    formats: FxHashMap<u16, NumberFormat>,
    /// Bold and struck.
    fonts: Vec<(bool, bool)>,
    fills: Vec<bool>,
    borders: Vec<bool>,
    cells: Vec<CellStyle>,
}

/// The numbers of one cell style.
#[derive(Default)]
struct CellStyle {
    format: u16,
    font: usize,
    fill: usize,
    border: usize,
    indent: u8,
}

impl StyleSheet {
    fn start(&mut self, name: &[u8], attributes: Attributes<'_>, empty: bool) {
        let is_on = || attributes.truth("val").unwrap_or(true);
        match (self.section, name) {
            (Section::Other, _) if !empty => self.section = section(name),
            (Section::Formats, b"numFmt") => {
                if let Some(id) = attributes.number("numFmtId") {
                    let code = attributes.get("formatCode").unwrap_or_default();
                    self.formats.insert(id, number_format::of_code(&code));
                }
            }
            (Section::Fonts, b"font") => self.fonts.push((false, false)),
            (Section::Fonts, b"b") => set(&mut self.fonts, |font| font.0 = is_on()),
            (Section::Fonts, b"strike") => set(&mut self.fonts, |font| font.1 = is_on()),
            (Section::Fills, b"fill") => self.fills.push(false),
            (Section::Fills, b"patternFill") => {
                let filled = !matches!(attributes.raw("patternType"), None | Some(b"none"));
                set(&mut self.fills, |fill| *fill = filled);
            }
            (Section::Fills, b"gradientFill") => set(&mut self.fills, |fill| *fill = true),
            (Section::Fills, b"fgColor") if is_white(attributes) => {
                set(&mut self.fills, |fill| *fill = false);
            }
            (Section::Borders, b"border") => self.borders.push(false),
            (Section::Borders, b"left" | b"right" | b"top" | b"bottom" | b"start" | b"end") => {
                let drawn = !matches!(attributes.raw("style"), None | Some(b"none"));
                set(&mut self.borders, |border| *border |= drawn);
            }
            (Section::Cells, b"xf") => self.cells.push(CellStyle {
                format: attributes.number("numFmtId").unwrap_or_default(),
                font: attributes.number("fontId").unwrap_or_default(),
                fill: attributes.number("fillId").unwrap_or_default(),
                border: attributes.number("borderId").unwrap_or_default(),
                indent: 0,
            }),
            (Section::Cells, b"alignment") => {
                let indent = attributes.number("indent").unwrap_or_default();
                set(&mut self.cells, |cell| cell.indent = indent);
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        if self.section != Section::Other && section(name) == self.section {
            self.section = Section::Other;
        }
    }

    fn style(&self, cell: &CellStyle) -> Style {
        let (bold, struck) = self.fonts.get(cell.font).copied().unwrap_or_default();
        let format = self.formats.get(&cell.format).copied();
        Style {
            bold,
            struck,
            filled: self.fills.get(cell.fill).copied().unwrap_or_default(),
            bordered: self.borders.get(cell.border).copied().unwrap_or_default(),
            indent: cell.indent,
            format: format.unwrap_or_else(|| number_format::built_in(cell.format)),
        }
    }
}

/// Changes the item that was begun last.
fn set<T>(list: &mut [T], change: impl FnOnce(&mut T)) {
    if let Some(last) = list.last_mut() {
        change(last);
    }
}

fn section(name: &[u8]) -> Section {
    match name {
        b"numFmts" => Section::Formats,
        b"fonts" => Section::Fonts,
        b"fills" => Section::Fills,
        b"borders" => Section::Borders,
        b"cellXfs" => Section::Cells,
        _ => Section::Other,
    }
}

/// Whether a colour is white: as itself, of the palette, or of the theme.
fn is_white(color: Attributes<'_>) -> bool {
    let by_value =
        color.raw("rgb").is_some_and(|rgb| rgb.to_ascii_uppercase().ends_with(b"FFFFFF"));
    let by_index = matches!(color.raw("indexed"), Some(b"1" | b"9" | b"65"));
    let tint = color.number::<f64>("tint").unwrap_or_default();
    by_value || by_index || (color.raw("theme") == Some(b"0") && tint == 0.0)
}
