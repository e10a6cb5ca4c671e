//! The styles of a workbook, and for each that a marked cell has one like it
//! with the colour of what is wrong.

use rustc_hash::FxHashMap;

use super::NoCopy;
use super::cell::end_of;
use super::draft::{inside_last, odd};
use super::tags::{Shape, Tags};
use crate::finding::Severity;

/// The colours of errors, warnings and notices.
const COLOURS: [&str; 3] = ["FFFFC7CE", "FFFFEB9C", "FFDDEBF7"];

/// The styles of a workbook.
pub(super) struct Styles {
    text: String,
    prefix: String,
    /// The styles of cells, as they stand in the text.
    formats: Vec<String>,
    /// Those that are new.
    added: Vec<String>,
    /// The number of the first new fill.
    first_fill: usize,
    known: FxHashMap<(u32, usize), u32>,
}

/// The styles of a sheet of problems.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plain {
    /// Of its header.
    pub(super) head: u32,
    /// Of its texts.
    pub(super) text: u32,
}

impl Styles {
    /// Reads the part of the styles.
    pub(super) fn read(text: String) -> Result<Self, NoCopy> {
        let styles = || odd("styles");
        let (fills, _) = children(&text, "fills").ok_or_else(styles)?;
        let (formats, prefix) = children(&text, "cellXfs").ok_or_else(styles)?;
        if formats.is_empty() || fills.is_empty() {
            return Err(styles());
        }
        let (prefix, first_fill) = (prefix.to_owned(), fills.len());
        let formats = formats.into_iter().map(str::to_owned).collect();
        Ok(Self {
            text,
            prefix,
            formats,
            added: Vec::new(),
            first_fill,
            known: FxHashMap::default(),
        })
    }

    /// Returns the style like `style` with the colour of a severity.
    pub(super) fn marked(&mut self, style: u32, severity: Severity) -> u32 {
        let colour = match severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Info => 2,
        };
        if let Some(known) = self.known.get(&(style, colour)) {
            return *known;
        }
        let place = usize::try_from(style).unwrap_or_default();
        let format = self.formats.get(place).or(self.formats.first());
        let format = format.map(String::as_str).unwrap_or_default();
        let format = filled(format, self.first_fill + colour);
        let number = self.add(format);
        self.known.insert((style, colour), number);
        number
    }

    /// Returns the styles of a sheet of problems.
    pub(super) fn plain(&mut self) -> Plain {
        let prefix = &self.prefix;
        let format = |fill: usize| {
            format!(
                "<{prefix}xf numFmtId=\"0\" fontId=\"0\" fillId=\"{fill}\" borderId=\"0\" xfId=\"0\" \
                 applyFill=\"1\" applyAlignment=\"1\"><{prefix}alignment vertical=\"top\" \
                 wrapText=\"1\"/></{prefix}xf>"
            )
        };
        let (head, text) = (format(self.first_fill + 2), format(0));
        Plain { head: self.add(head), text: self.add(text) }
    }

    fn add(&mut self, format: String) -> u32 {
        self.added.push(format);
        u32::try_from(self.formats.len() + self.added.len() - 1).unwrap_or_default()
    }

    /// Returns the part with what is new.
    pub(super) fn finish(self) -> Result<String, NoCopy> {
        let prefix = &self.prefix;
        let fill = |colour: &&str| {
            format!(
                "<{prefix}fill><{prefix}patternFill patternType=\"solid\"><{prefix}fgColor \
                 rgb=\"{colour}\"/><{prefix}bgColor indexed=\"64\"/></{prefix}patternFill></{prefix}fill>"
            )
        };
        let fills: Vec<String> = COLOURS.iter().map(fill).collect();
        let styles = || odd("styles");
        let text = inside_last(&self.text, "fills", &fills.concat()).ok_or_else(styles)?;
        let text = inside_last(&text, "cellXfs", &self.added.concat()).ok_or_else(styles)?;
        let text = counted(&text, "fills", self.first_fill + COLOURS.len());
        Ok(counted(&text, "cellXfs", self.formats.len() + self.added.len()))
    }
}

/// Returns the elements right inside an element, and its prefix.
fn children<'t>(text: &'t str, name: &str) -> Option<(Vec<&'t str>, &'t str)> {
    let mut tags = Tags::new(text, 0);
    let open = tags.find(|tag| tag.local() == name)?;
    let mut found = Vec::new();
    if open.shape != Shape::Open {
        return Some((found, open.prefix()));
    }
    loop {
        let tag = tags.next()?;
        if tag.shape == Shape::Close {
            break;
        }
        let end = end_of(&tag, &mut tags)?;
        found.push(&text[tag.range.start..end]);
    }
    Some((found, open.prefix()))
}

/// Returns a style with another fill.
fn filled(format: &str, fill: usize) -> String {
    let Some(tag) = Tags::new(format, 0).next() else { return String::new() };
    let rest = &format[tag.range.end..];
    let close = if tag.shape == Shape::Empty { "/" } else { "" };
    let attributes = tag.attributes_without(&["fillId", "applyFill"]);
    format!("<{}{attributes} fillId=\"{fill}\" applyFill=\"1\"{close}>{rest}", tag.name)
}

/// Returns a text in which an element says how many it holds.
fn counted(text: &str, name: &str, count: usize) -> String {
    let open = Tags::new(text, 0).find(|tag| tag.local() == name && tag.shape == Shape::Open);
    let Some(tag) = open.filter(|tag| tag.attribute("count").is_some()) else {
        return text.to_owned();
    };
    let attributes = tag.attributes_without(&["count"]);
    let (before, behind) = (&text[..tag.range.start], &text[tag.range.end..]);
    format!("{before}<{} count=\"{count}\"{attributes}>{behind}", tag.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLES: &str = "<s:styleSheet><s:fills count=\"2\"><s:fill><s:patternFill/></s:fill><s:fill/>\
        </s:fills><s:cellXfs count=\"2\"><s:xf fillId=\"0\"/><s:xf numFmtId=\"14\" fillId=\"1\" \
        applyFill=\"0\"><s:alignment/></s:xf></s:cellXfs></s:styleSheet>";

    #[test]
    fn a_marked_style_is_its_own_with_another_fill() {
        let mut styles = Styles::read(STYLES.to_owned()).unwrap();
        assert_eq!(styles.marked(1, Severity::Error), 2);
        assert_eq!(styles.marked(1, Severity::Warning), 3);
        assert_eq!(styles.marked(1, Severity::Error), 2);
        assert_eq!(styles.marked(77, Severity::Info), 4);
        let text = styles.finish().unwrap();
        assert!(text.contains("<s:fills count=\"5\">"), "{text}");
        assert!(text.contains("<s:cellXfs count=\"5\">"), "{text}");
        assert!(
            text.contains(
                "<s:xf numFmtId=\"14\" fillId=\"2\" applyFill=\"1\"><s:alignment/></s:xf>"
            ),
            "{text}"
        );
        assert!(text.contains("<s:xf fillId=\"4\" applyFill=\"1\"/></s:cellXfs>"), "{text}");
    }

    #[test]
    fn styles_that_are_none_are_refused() {
        for text in ["", "<styleSheet/>", "<styleSheet><fills/><cellXfs/></styleSheet>"] {
            assert!(Styles::read(text.to_owned()).is_err(), "{text}");
        }
    }
}
