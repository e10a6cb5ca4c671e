//! The styles of OpenDocument sheets, as far as they help to understand one.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::input::palette::Palette;
use crate::input::sheet::{NumberFormat, Style};
use crate::input::xml::Attributes;

/// One indent level of LibreOffice, in points.
const INDENT_POINTS: f64 = 10.0;

/// Names longer than this are no style's, and not kept.
const LONGEST_NAME: usize = 1_000;

/// Styles by their names, and the distinct looks among them.
pub(super) struct Styles {
    palette: Palette,
    cells: FxHashMap<String, Style>,
    formats: FxHashMap<String, NumberFormat>,
    /// The table styles that hide their sheets.
    hidden: FxHashSet<String>,
    /// The style being read.
    open: Option<Open>,
}

/// A style that is being read.
struct Open {
    name: String,
    style: Style,
}

impl Styles {
    /// Makes the styles of a file that has said nothing yet.
    pub(super) fn new() -> Self {
        Self {
            palette: Palette::new(),
            cells: FxHashMap::default(),
            formats: FxHashMap::default(),
            hidden: FxHashSet::default(),
            open: None,
        }
    }

    /// Takes in the start of an element.
    pub(super) fn start(&mut self, name: &[u8], attributes: Attributes<'_>, empty: bool) {
        match name {
            b"style" => self.begin(attributes),
            b"date-style" | b"time-style" => self.format(attributes, NumberFormat::Date),
            b"percentage-style" => self.format(attributes, NumberFormat::Percent),
            b"text-style" => self.format(attributes, NumberFormat::Text),
            b"table-properties" => {
                if let (Some(open), Some(b"false")) = (&self.open, attributes.raw("table:display"))
                {
                    self.hidden.insert(open.name.clone());
                }
            }
            _ => {
                if let Some(open) = &mut self.open {
                    look(&mut open.style, name, attributes);
                }
            }
        }
        if empty {
            self.end(name);
        }
    }

    /// Takes in the end of an element.
    pub(super) fn end(&mut self, name: &[u8]) {
        if name == b"style"
            && let Some(open) = self.open.take()
        {
            self.cells.insert(open.name, open.style);
        }
    }

    fn begin(&mut self, attributes: Attributes<'_>) {
        let get = |name| attributes.get(name).unwrap_or_default();
        let parent = self.cells.get(get("style:parent-style-name").as_ref()).copied();
        let mut style = parent.unwrap_or_default();
        if let Some(format) = self.formats.get(get("style:data-style-name").as_ref()) {
            style.format = *format;
        }
        let name = get("style:name");
        if name.len() < LONGEST_NAME {
            self.open = Some(Open { name: name.into_owned(), style });
        }
    }

    fn format(&mut self, attributes: Attributes<'_>, format: NumberFormat) {
        let elapsed = attributes.raw("number:truncate-on-overflow") == Some(b"false");
        let format = if elapsed { NumberFormat::Duration } else { format };
        if let Some(name) = attributes.get("style:name").filter(|name| name.len() < LONGEST_NAME) {
            self.formats.insert(name.into_owned(), format);
        }
    }

    /// Returns how many styles were named.
    pub(super) fn count(&self) -> u64 {
        (self.cells.len() + self.formats.len() + self.hidden.len()) as u64
    }

    /// Returns the distinct styles.
    pub(super) fn palette(&self) -> &Palette {
        &self.palette
    }

    /// Returns the number of the style of this name.
    pub(super) fn number(&mut self, name: Option<&[u8]>, percent: bool) -> u16 {
        let name = name.and_then(|name| std::str::from_utf8(name).ok()).unwrap_or_default();
        let mut style = self.cells.get(name).copied().unwrap_or_default();
        if percent {
            style.format = NumberFormat::Percent;
        }
        self.palette.number(style)
    }

    /// Whether a table style hides its sheet.
    pub(super) fn hides_sheet(&self, name: Option<&[u8]>) -> bool {
        let name = name.and_then(|name| std::str::from_utf8(name).ok());
        name.is_some_and(|name| self.hidden.contains(name))
    }
}

/// Adds what an element of properties says to a style.
fn look(style: &mut Style, name: &[u8], attributes: Attributes<'_>) {
    match name {
        b"text-properties" => {
            if let Some(weight) = attributes.raw("fo:font-weight") {
                style.bold = matches!(weight, b"bold" | b"600" | b"700" | b"800" | b"900");
            }
            if let Some(line) = attributes.raw("style:text-line-through-style") {
                style.struck = line != b"none";
            }
        }
        b"table-cell-properties" => {
            if let Some(color) = attributes.raw("fo:background-color") {
                let color = color.to_ascii_lowercase();
                style.filled = !matches!(color.as_slice(), b"transparent" | b"#ffffff");
            }
            let borders = ["fo:border", "fo:border-top", "fo:border-bottom", "fo:border-left"];
            let mut borders = borders.iter().filter_map(|border| attributes.raw(border));
            style.bordered |= borders.any(|border| border != b"none");
        }
        b"paragraph-properties" => {
            let points = attributes.get("fo:margin-left").and_then(|margin| points(&margin));
            style.indent = points.map_or(style.indent, |points| (points / INDENT_POINTS) as u8);
        }
        _ => {}
    }
}

/// Reads a length in points.
fn points(length: &str) -> Option<f64> {
    let at = length.find(|c: char| c.is_ascii_alphabetic())?;
    let number: f64 = length[..at].parse().ok()?;
    let unit = match &length[at..] {
        "pt" => 1.0,
        "cm" => 72.0 / 2.54,
        "mm" => 7.2 / 2.54,
        "in" => 72.0,
        _ => return None,
    };
    // A hair more, so that levels written as rounded centimetres count.
    Some(number * unit + 0.1)
}
