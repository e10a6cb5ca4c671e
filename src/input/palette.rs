//! The distinct styles of a workbook, each once.

use super::sheet::{NumberFormat, Style};

/// Styles by the number that cells give; 0 is the plain one.
#[derive(Debug, Clone)]
pub(super) struct Palette(Vec<Style>);

impl Palette {
    /// Makes a palette of the plain style.
    pub(super) fn new() -> Self {
        Self(vec![Style::default()])
    }

    /// Returns the number of a style. There are few distinct ones: fewer
    /// looks than a sheet has columns.
    pub(super) fn number(&mut self, style: Style) -> u16 {
        let known = self.0.iter().position(|known| *known == style);
        let at = known.unwrap_or(self.0.len());
        let Ok(number) = u16::try_from(at) else { return 0 };
        if known.is_none() {
            self.0.push(style);
        }
        number
    }

    /// Returns all styles, by number.
    pub(super) fn list(&self) -> &[Style] {
        &self.0
    }

    /// Returns what style `number` makes of numbers.
    pub(super) fn format(&self, number: u16) -> NumberFormat {
        self.0.get(usize::from(number)).map_or(NumberFormat::General, |style| style.format)
    }
}
