//! The styles of an xls, as far as they help to understand a sheet.

use rustc_hash::FxHashMap;

use super::records::Record;
use crate::input::number_format;
use crate::input::palette::Palette;
use crate::input::sheet::{NumberFormat, Style};

/// The styles of cells by the numbers that cells give.
pub(super) struct Styles {
    palette: Palette,
    cells: Vec<u16>,
    /// For each number format in order, the style that is nothing else.
    plain: Vec<u16>,
    /// Bold and struck, by the numbers that styles give.
    fonts: Vec<(bool, bool)>,
    formats: FxHashMap<u16, NumberFormat>,
}

impl Styles {
    /// Makes the styles of a file that has said nothing yet.
    pub(super) fn new() -> Self {
        Self {
            palette: Palette::new(),
            cells: Vec::new(),
            plain: Vec::new(),
            fonts: Vec::new(),
            formats: FxHashMap::default(),
        }
    }

    /// Returns the distinct styles.
    pub(super) fn palette(&self) -> &Palette {
        &self.palette
    }

    /// Returns which of the distinct styles a cell's number means.
    pub(super) fn of(&self, number: u16) -> u16 {
        self.cells.get(usize::from(number)).copied().unwrap_or_default()
    }

    /// Returns which of the distinct styles number format `number` alone is:
    /// cells of Excel 2 give no style.
    pub(super) fn of_format(&self, number: u8) -> u16 {
        self.plain.get(usize::from(number)).copied().unwrap_or_default()
    }

    /// Takes in a font.
    pub(super) fn font(&mut self, record: &Record<'_>, version: u8) {
        let flags = record.u16(2);
        let bold = if version < 5 { flags & 0x01 != 0 } else { record.u16(6) >= 600 };
        self.fonts.push((bold, flags & 0x08 != 0));
    }

    /// Takes in the code of number format `number`; without a number it is
    /// the next one.
    pub(super) fn format(&mut self, number: Option<u16>, code: &str) {
        let next = u16::try_from(self.formats.len()).unwrap_or(u16::MAX);
        let format = number_format::of_code(code);
        self.formats.insert(number.unwrap_or(next), format);
        self.plain.push(self.palette.number(Style { format, ..Style::default() }));
    }

    /// Takes in a cell style.
    pub(super) fn cell(&mut self, record: &Record<'_>, version: u8) {
        let (font, format) = match version {
            0..5 => (u16::from(record.u8(0)), u16::from(record.u8(1))),
            _ => (record.u16(0), record.u16(2)),
        };
        // Number 4 is left out.
        let font = usize::from(if font > 4 { font - 1 } else { font });
        let (bold, struck) = self.fonts.get(font).copied().unwrap_or_default();
        let known = self.formats.get(&format).copied();
        let built_in = || if version < 5 { None } else { Some(number_format::built_in(format)) };
        let mut style = Style {
            bold,
            struck,
            format: known.or_else(built_in).unwrap_or_default(),
            ..Style::default()
        };
        match version {
            8 => {
                style.indent = record.u8(8) & 0x0F;
                style.bordered = record.u16(10) != 0;
                style.filled = fills((record.u32(14) >> 26) as u16, record.u16(18) & 0x7F);
            }
            5 => {
                style.bordered = record.u16(10) & 0x01C0 != 0 || record.u16(12) & 0x01FF != 0;
                style.filled = fills(record.u16(10) & 0x3F, record.u16(8) & 0x7F);
            }
            _ => {}
        }
        self.cells.push(self.palette.number(style));
    }
}

/// Whether a fill pattern of a colour is to be seen on white.
fn fills(pattern: u16, color: u16) -> bool {
    const WHITES: [u16; 3] = [1, 9, 65];
    pattern != 0 && !WHITES.contains(&color)
}
