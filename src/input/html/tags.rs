//! Takes a page apart into tags and texts, forgivingly: pages that pass for
//! workbooks are seldom well formed.

use std::borrow::Cow;

/// A piece of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece<'a> {
    /// Text, entities resolved.
    Text(Cow<'a, str>),
    /// A tag that opens an element.
    Open(Tag<'a>),
    /// The name of an element that is closed, in lower case.
    Close(String),
}

/// A tag that opens an element.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tag<'a> {
    /// The element's name in lower case.
    pub(super) name: String,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// Returns the value of an attribute, its name in lower case.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut rest = self.attributes.trim_start();
        while !rest.is_empty() {
            let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
            let found = &rest[..end];
            rest = rest[end..].trim_start();
            let mut value = "";
            if let Some(after) = rest.strip_prefix('=') {
                (value, rest) = attribute_value(after.trim_start());
            } else if end == 0 {
                rest = rest.get(1..).unwrap_or_default();
            }
            if found.eq_ignore_ascii_case(name) {
                return Some(resolve(value));
            }
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        }
        None
    }
}

/// Splits the value of an attribute off what follows it.
fn attribute_value(text: &str) -> (&str, &str) {
    match text.chars().next() {
        Some(quote @ ('"' | '\'')) => text[1..].split_once(quote).unwrap_or((&text[1..], "")),
        _ => text.split_at(text.find(char::is_whitespace).unwrap_or(text.len())),
    }
}

/// The pieces of a page, in order. Comments, scripts and styles are none.
pub(super) struct Pieces<'a> {
    rest: &'a str,
}

impl<'a> Pieces<'a> {
    /// Begins with the first piece.
    pub(super) fn new(page: &'a str) -> Self {
        Self { rest: page.trim_start_matches('\u{feff}') }
    }

    /// Steps over everything up to and with `end`, in any case.
    fn skip_past(&mut self, end: &str) {
        let bytes = self.rest.as_bytes();
        let found =
            bytes.windows(end.len()).position(|part| part.eq_ignore_ascii_case(end.as_bytes()));
        self.rest = found.map_or("", |at| &self.rest[at + end.len()..]);
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if self.rest.starts_with("<!--") {
                self.skip_past("-->");
                continue;
            }
            if !begins_tag(self.rest) {
                // A lone `<` is a character.
                let first = self.rest.chars().next().map_or(1, char::len_utf8);
                let next = self.rest[first..].find('<').map_or(self.rest.len(), |at| at + first);
                let (text, rest) = self.rest.split_at(next);
                self.rest = rest;
                return Some(Piece::Text(resolve(text)));
            }
            let (tag, rest) = split_tag(&self.rest[1..]);
            self.rest = rest;
            if tag.starts_with(['!', '?']) {
                continue;
            }
            if let Some(name) = tag.strip_prefix('/') {
                return Some(Piece::Close(name.trim().to_ascii_lowercase()));
            }
            let end = tag.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(tag.len());
            let name = tag[..end].to_ascii_lowercase();
            if matches!(name.as_str(), "script" | "style" | "xml") {
                self.skip_past(&format!("</{name}>"));
                continue;
            }
            return Some(Piece::Open(Tag { name, attributes: &tag[end..] }));
        }
    }
}

/// Whether a tag or declaration begins here.
fn begins_tag(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next() == Some('<')
        && characters.next().is_some_and(|c| c.is_ascii_alphabetic() || "/!?".contains(c))
}

/// Splits a tag, without its `<`, off what follows it. A `>` in a quoted
/// value does not end it; a quote that never closes does not hide it.
fn split_tag(text: &str) -> (&str, &str) {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (byte, quote) {
            (b'"' | b'\'', None) if text[..at].trim_end().ends_with('=') => quote = Some(byte),
            (b'>', None) => return (&text[..at], &text[at + 1..]),
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    text.split_once('>').unwrap_or((text, ""))
}

/// Names of characters that sheets use.
const ENTITIES: &[(&str, char)] = &[
    ("amp", '&'),
    ("apos", '\''),
    ("deg", '°'),
    ("gt", '>'),
    ("hellip", '…'),
    ("ldquo", '“'),
    ("lt", '<'),
    ("mdash", '—'),
    ("middot", '·'),
    ("nbsp", '\u{a0}'),
    ("ndash", '–'),
    ("plusmn", '±'),
    ("quot", '"'),
    ("rdquo", '”'),
    ("times", '×'),
    ("yen", '¥'),
];

/// Resolves the entities of a text; unknown ones stay as they are.
pub(super) fn resolve(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (character, length) = entity(rest).unwrap_or(('&', 1));
        out.push(character);
        rest = &rest[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Reads the entity at the head of `text`, and how long it is. Its `;` may be
/// missing.
fn entity(text: &str) -> Option<(char, usize)> {
    let body = &text[1..];
    let end = body.find(|c: char| !(c.is_ascii_alphanumeric() || c == '#')).unwrap_or(body.len());
    let name = &body[..end];
    let character = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| *c != '\0')?
        }
        None => ENTITIES.iter().find(|(known, _)| *known == name)?.1,
    };
    let closed = usize::from(body[end..].starts_with(';'));
    Some((character, 1 + end + closed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_in_order_however_ill_formed() {
        let page = "a<BR/>1 < 2<td x=\"a>b\" y='c' z>t</TD ><script>if (a<b) {}</SCRIPT>e<p";
        let pieces: Vec<String> = Pieces::new(page)
            .map(|piece| match piece {
                Piece::Text(text) => text.into_owned(),
                Piece::Open(tag) => format!("<{}>", tag.name),
                Piece::Close(name) => format!("</{name}>"),
            })
            .collect();
        assert_eq!(pieces, ["a", "<br>", "1 ", "< 2", "<td>", "t", "</td>", "e", "<p>"]);
    }

    #[test]
    fn attributes_are_found_however_they_are_written() {
        let Some(Piece::Open(tag)) =
            Pieces::new("<td COLSPAN=2 style='a:\"b\"' x:num=\"1.5\" nowrap title=it's>").next()
        else {
            panic!()
        };
        assert_eq!(tag.get("colspan").as_deref(), Some("2"));
        assert_eq!(tag.get("style").as_deref(), Some("a:\"b\""));
        assert_eq!(tag.get("x:num").as_deref(), Some("1.5"));
        assert_eq!(tag.get("nowrap").as_deref(), Some(""));
        assert_eq!(tag.get("title").as_deref(), Some("it's"));
        assert_eq!(tag.get("rowspan"), None);
    }

    #[test]
    fn entities_are_resolved_and_others_stay() {
        assert_eq!(resolve("&lt;&nbsp;&#20013;&#x6587;&yen&foo; & &"), "<\u{a0}中文¥&foo; & &");
    }

    proptest::proptest! {
        #[test]
        fn no_page_makes_it_panic(page in "[<>/!a-c=\"' &;#x1入\\-]{0,40}") {
            for piece in Pieces::new(&page) {
                if let Piece::Open(tag) = piece {
                    let _ = tag.get("a");
                }
            }
        }
    }
}
