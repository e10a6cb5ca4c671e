//! One cell of a sheet's XML, written anew with a text in it.

use std::cell::OnceCell;
use std::ops::Range;

use super::tags::{Shape, Tag, Tags};

/// Makes the XML of a cell that says `text`; `attributes` as they stand in a
/// tag, without its type.
pub(super) fn with_text(prefix: &str, attributes: &str, text: &str) -> String {
    let content = format!("<{prefix}t xml:space=\"preserve\">{}</{prefix}t>", escaped(text));
    with_content(prefix, attributes, &content)
}

/// Makes the XML of a cell whose text has several type faces: the runs that it
/// had, and what is added.
pub(super) fn with_runs(prefix: &str, attributes: &str, runs: &str, added: &str) -> String {
    let added = format!(
        "<{prefix}r><{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}r>",
        escaped(added)
    );
    with_content(prefix, attributes, &format!("{runs}{added}"))
}

fn with_content(prefix: &str, attributes: &str, content: &str) -> String {
    format!("<{prefix}c{attributes} t=\"inlineStr\"><{prefix}is>{content}</{prefix}is></{prefix}c>")
}

/// Returns the runs of a string item (`<si>` or `<is>`), if it has several
/// type faces and is written with the same prefix.
pub(super) fn runs<'a>(item: &'a str, prefix: &str) -> Option<&'a str> {
    let mut tags = Tags::new(item, 0);
    let open = tags.next().filter(|tag| tag.shape == Shape::Open && tag.prefix() == prefix)?;
    let (mut first, mut last) = (None, 0);
    while let Some(tag) = tags.next() {
        if tag.shape == Shape::Close && tag.name == open.name {
            break;
        }
        if tag.shape != Shape::Open {
            continue;
        }
        let end = tags.close(&tag)?.range.end;
        if tag.local() == "r" {
            first = first.or(Some(tag.range.start));
            last = end;
        }
    }
    first.map(|first| &item[first..last])
}

/// The shared strings of a workbook, for looking items up by number.
pub(super) struct Strings<'a> {
    text: &'a str,
    /// Where each item stands; looked for when the first is asked for.
    items: OnceCell<Vec<Range<usize>>>,
}

impl<'a> Strings<'a> {
    /// Makes them of the text of their part.
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, items: OnceCell::new() }
    }

    /// Returns the string item of that number.
    pub(super) fn item(&self, number: usize) -> Option<&'a str> {
        let items = self.items.get_or_init(|| items(self.text));
        items.get(number).map(|range| &self.text[range.clone()])
    }
}

/// Finds the string items of a part, as far as it is whole.
fn items(text: &str) -> Vec<Range<usize>> {
    let mut tags = Tags::new(text, 0);
    let mut items = Vec::new();
    while let Some(tag) = tags.next() {
        if tag.local() != "si" || tag.shape == Shape::Close {
            continue;
        }
        let Some(end) = end_of(&tag, &mut tags) else { break };
        items.push(tag.range.start..end);
    }
    items
}

/// Returns where an element ends, given its first tag.
pub(super) fn end_of<'a>(tag: &Tag<'a>, tags: &mut Tags<'a>) -> Option<usize> {
    match tag.shape {
        Shape::Open => Some(tags.close(tag)?.range.end),
        Shape::Empty | Shape::Close => Some(tag.range.end),
    }
}

/// Writes a text as XML: signs of markup and what XML cannot hold are
/// escaped the way spreadsheets do.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("_x000D_"),
            '_' if is_escape(&text[at..]) => out.push_str("_x005F_"),
            '\n' | '\t' => out.push(c),
            c if (c as u32) < 0x20 || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                out.push_str(&format!("_x{:04X}_", c as u32));
            }
            c => out.push(c),
        }
    }
    out
}

/// Writes a text as the value of an attribute.
pub(super) fn quoted(text: &str) -> String {
    escaped(text).replace('"', "&quot;").replace('\n', "&#10;").replace('\t', "&#9;")
}

/// Whether a text begins with what spreadsheets read as an escaped sign.
fn is_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7
        && bytes[1] == b'x'
        && bytes[6] == b'_'
        && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_written_so_that_spreadsheets_read_them_back() {
        assert_eq!(escaped("a<b&c>\u{1}_x000D_"), "a&lt;b&amp;c&gt;_x0001__x005F_x000D_");
        assert_eq!(
            with_text("x:", " r=\"A1\" s=\"3\"", "到料"),
            "<x:c r=\"A1\" s=\"3\" t=\"inlineStr\"><x:is><x:t xml:space=\"preserve\">到料</x:t></x:is></x:c>"
        );
    }

    #[test]
    fn runs_are_kept_as_they_are() {
        let item =
            "<si><r><rPr><b/></rPr><t>急</t></r><r><t>!</t></r><phoneticPr fontId=\"1\"/></si>";
        let runs = runs(item, "").unwrap();
        assert_eq!(runs, "<r><rPr><b/></rPr><t>急</t></r><r><t>!</t></r>");
        assert_eq!(super::runs("<si><t>急</t></si>", ""), None);
        assert_eq!(super::runs(item, "x:"), None);
        let strings = format!("<sst><si/><si><t>a</t></si>{item}</sst>");
        let strings = Strings::new(&strings);
        assert_eq!(strings.item(2), Some(item));
        assert_eq!(strings.item(0), Some("<si/>"));
        assert_eq!(strings.item(3), None);
    }
}
