//! Reads XML as a stream of tags and texts, as fast as bytes can be looked
//! at: a sheet is one XML text of up to gigabytes. Knows no schema and no
//! namespaces (names come without their prefix); refuses document types, so
//! entities cannot multiply.

use std::borrow::Cow;
use std::io::{self, Read};
use std::ops::Range;

use memchr::{memchr, memmem};

use super::refusal::Refusal;

/// What the window is read by.
const CHUNK: usize = 256 << 10;

/// With fewer bytes than this ahead, more are read: most cells then lie whole
/// in the window.
const AHEAD: usize = 8 << 10;

/// The longest single tag or text.
const LONGEST: usize = 64 << 20;

/// A piece of XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `<name attributes>`; with `empty`, `<name attributes/>`.
    Start { name: &'a [u8], attributes: Attributes<'a>, empty: bool },
    /// `</name>`
    End(&'a [u8]),
    /// Text between tags, its entities not yet resolved.
    Text(&'a [u8]),
    /// The text of a CDATA section, which has no entities.
    Raw(&'a [u8]),
    /// The end of the input.
    Eof,
}

/// A stream of tokens.
pub(super) struct Xml<R> {
    reader: R,
    window: Vec<u8>,
    at: usize,
    ended: bool,
    /// How many elements are begun and not ended.
    depth: usize,
}

impl<R: Read> Xml<R> {
    /// Begins reading. UTF-8 only: see [`unicode`].
    pub(super) fn new(reader: R) -> Self {
        Self { reader, window: Vec::new(), at: 0, ended: false, depth: 0 }
    }

    /// Returns the next token that is no comment, instruction or declaration.
    /// An end with elements not ended is none: what was cut off there, rows
    /// perhaps, would be missed by nobody.
    pub(super) fn next(&mut self) -> Result<Token<'_>, Refusal> {
        loop {
            self.top_up()?;
            match scan(&self.window[self.at..], self.ended) {
                Scan::Token(shape, length) => {
                    match shape {
                        Shape::Start { empty: false, .. } => self.depth += 1,
                        Shape::End(_) => self.depth = self.depth.saturating_sub(1),
                        _ => {}
                    }
                    let at = self.at;
                    self.at += length;
                    return Ok(shape.token(&self.window[at..]));
                }
                Scan::Skip(length) => self.at += length,
                Scan::More if self.ended => return Err(Refusal::damaged("XML ends inside a tag")),
                Scan::More => self.read_more()?,
                Scan::DocumentType => return Err(Refusal::damaged("XML with a document type")),
                Scan::Eof if self.depth > 0 => {
                    return Err(Refusal::damaged("XML ends inside an element"));
                }
                Scan::Eof => return Ok(Token::Eof),
            }
        }
    }

    /// Returns what is at hand of the input that follows, to look ahead in.
    pub(super) fn ahead(&mut self) -> Result<&[u8], Refusal> {
        self.top_up()?;
        Ok(&self.window[self.at..])
    }

    /// Steps over `length` bytes that were looked at ahead.
    pub(super) fn skip(&mut self, length: usize) {
        self.at += length;
    }

    /// Skips everything up to the end of the element begun last.
    pub(super) fn skip_element(&mut self) -> Result<(), Refusal> {
        let mut depth = 1_usize;
        while depth > 0 {
            match self.next()? {
                Token::Start { empty: false, .. } => depth += 1,
                Token::End(_) => depth -= 1,
                Token::Eof => return Ok(()),
                _ => {}
            }
        }
        Ok(())
    }

    fn top_up(&mut self) -> Result<(), Refusal> {
        if self.window.len() - self.at < AHEAD { self.read_more() } else { Ok(()) }
    }

    fn read_more(&mut self) -> Result<(), Refusal> {
        if self.ended {
            return Ok(());
        }
        self.window.drain(..self.at);
        self.at = 0;
        let filled = self.window.len();
        if filled > LONGEST {
            return Err(Refusal::damaged("XML with an endless tag or text"));
        }
        // Twice what is there at least, so that long texts cost linear time.
        self.window.resize(filled + CHUNK.max(filled), 0);
        let read = fill(&mut self.reader, &mut self.window[filled..])?;
        self.window.truncate(filled + read);
        self.ended = self.window.len() < filled + CHUNK.max(filled);
        Ok(())
    }
}

/// Fills `buffer` as far as the input goes.
fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> Result<usize, Refusal> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Refusal::damaged(error)),
        }
    }
    Ok(filled)
}

/// What stands at the head of a window.
enum Scan {
    /// A token and how long it is.
    Token(Shape, usize),
    /// Something of this length that is of no interest.
    Skip(usize),
    /// The window ends inside of it.
    More,
    /// A document type declaration.
    DocumentType,
    /// Nothing more.
    Eof,
}

/// A token as places in the window.
enum Shape {
    Start { name: Range<usize>, attributes: Range<usize>, empty: bool },
    End(Range<usize>),
    Text(Range<usize>),
    Raw(Range<usize>),
}

impl Shape {
    fn token(self, window: &[u8]) -> Token<'_> {
        match self {
            Shape::Start { name, attributes, empty } => Token::Start {
                name: &window[name],
                attributes: Attributes(&window[attributes]),
                empty,
            },
            Shape::End(name) => Token::End(&window[name]),
            Shape::Text(text) => Token::Text(&window[text]),
            Shape::Raw(text) => Token::Raw(&window[text]),
        }
    }
}

fn scan(window: &[u8], ended: bool) -> Scan {
    match window.first() {
        None if ended => Scan::Eof,
        None => Scan::More,
        Some(b'<') => scan_tag(window),
        Some(_) => match memchr(b'<', window) {
            Some(end) => Scan::Token(Shape::Text(0..end), end),
            None if ended => Scan::Token(Shape::Text(0..window.len()), window.len()),
            None => Scan::More,
        },
    }
}

fn scan_tag(window: &[u8]) -> Scan {
    match window.get(1) {
        None => Scan::More,
        Some(b'/') => match memchr(b'>', window) {
            Some(end) => {
                let name = &window[2..end];
                let close = name.iter().position(u8::is_ascii_whitespace).unwrap_or(name.len());
                Scan::Token(Shape::End(local(window, 2..2 + close)), end + 1)
            }
            None => Scan::More,
        },
        Some(b'?') => after(window, b"?>").map_or(Scan::More, Scan::Skip),
        Some(b'!') => scan_declaration(window),
        Some(_) => scan_start(window),
    }
}

fn scan_declaration(window: &[u8]) -> Scan {
    const CDATA: &[u8] = b"<![CDATA[";
    if window.starts_with(b"<!--") {
        return after(window, b"-->").map_or(Scan::More, Scan::Skip);
    }
    if window.starts_with(CDATA) {
        return after(window, b"]]>")
            .map_or(Scan::More, |end| Scan::Token(Shape::Raw(CDATA.len()..end - 3), end));
    }
    if window.len() < CDATA.len() { Scan::More } else { Scan::DocumentType }
}

fn scan_start(window: &[u8]) -> Scan {
    let mut quote = None;
    let mut name_end = 0;
    for (at, &byte) in window.iter().enumerate().skip(1) {
        match (byte, quote) {
            (b'"' | b'\'', None) => quote = Some(byte),
            (_, Some(open)) if byte == open => quote = None,
            (_, Some(_)) => {}
            (b'>', None) => {
                let empty = window[at - 1] == b'/';
                let end = if empty { at - 1 } else { at };
                let name_end = if name_end == 0 { end } else { name_end };
                let attributes = name_end..end.max(name_end);
                let name = local(window, 1..name_end);
                return Scan::Token(Shape::Start { name, attributes, empty }, at + 1);
            }
            (b' ' | b'\t' | b'\r' | b'\n', None) if name_end == 0 => name_end = at,
            _ => {}
        }
    }
    Scan::More
}

/// Takes the namespace prefix off the name at `range`.
fn local(window: &[u8], range: Range<usize>) -> Range<usize> {
    match window[range.clone()].iter().position(|&byte| byte == b':') {
        Some(colon) => range.start + colon + 1..range.end,
        None => range,
    }
}

/// Returns where `end` ends in the window.
fn after(window: &[u8], end: &[u8]) -> Option<usize> {
    memmem::find(window, end).map(|at| at + end.len())
}

/// Returns the bytes of an XML text in UTF-8, from whatever its byte order
/// mark or its declaration says. `head` is its beginning; `rest` is asked for
/// only if it is not in UTF-8 already.
pub(super) fn unicode<'a, R: Read + 'a>(
    mut head: Vec<u8>,
    mut rest: R,
) -> io::Result<Box<dyn Read + 'a>> {
    let encoding = encoding_of(&head);
    if encoding == encoding_rs::UTF_8 {
        let mark = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        head.drain(..mark);
        return Ok(Box::new(io::Cursor::new(head).chain(rest)));
    }
    rest.read_to_end(&mut head)?;
    let (text, ..) = encoding.decode(&head);
    Ok(Box::new(io::Cursor::new(text.into_owned().into_bytes())))
}

/// Returns the encoding of the XML text that begins with `head`.
fn encoding_of(head: &[u8]) -> &'static encoding_rs::Encoding {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(head) {
        return encoding;
    }
    match head {
        [b'<', 0, ..] => return encoding_rs::UTF_16LE,
        [0, b'<', ..] => return encoding_rs::UTF_16BE,
        _ => {}
    }
    let declaration = head.starts_with(b"<?xml").then(|| after(head, b"?>")).flatten();
    let declared = declaration.and_then(|end| {
        let attributes = Attributes(&head[5..end - 2]);
        encoding_rs::Encoding::for_label(attributes.raw("encoding")?)
    });
    match declared {
        // A declaration that could be read as bytes cannot be in UTF-16.
        Some(encoding) if encoding.is_ascii_compatible() => encoding,
        _ => encoding_rs::UTF_8,
    }
}

/// The attributes of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attributes<'a>(&'a [u8]);

impl<'a> Attributes<'a> {
    /// Returns the value of attribute `name`, prefix included, as it stands.
    pub(super) fn raw(self, name: &str) -> Option<&'a [u8]> {
        self.iter().find(|(known, _)| *known == name.as_bytes()).map(|(_, value)| value)
    }

    /// Returns the value of attribute `name`, prefix included.
    pub(super) fn get(self, name: &str) -> Option<Cow<'a, str>> {
        self.raw(name).map(text)
    }

    /// Returns the value of the attribute that is called `name` behind
    /// whatever prefix.
    pub(super) fn get_prefixed(self, name: &str) -> Option<Cow<'a, str>> {
        let is_it = |known: &[u8]| {
            let colon = known.iter().position(|&byte| byte == b':');
            colon.is_some_and(|colon| &known[colon + 1..] == name.as_bytes())
        };
        self.iter().find(|(known, _)| is_it(known)).map(|(_, value)| text(value))
    }

    /// Returns the value of the attribute that is called `name`, behind a
    /// prefix or not.
    pub(super) fn local(self, name: &str) -> Option<Cow<'a, str>> {
        let own = |known: &'a [u8]| known.rsplit(|byte| *byte == b':').next();
        let mut found = self.iter().filter(|(known, _)| own(known) == Some(name.as_bytes()));
        found.next().map(|(_, value)| text(value))
    }

    /// Returns a number.
    pub(super) fn number<T: std::str::FromStr>(self, name: &str) -> Option<T> {
        std::str::from_utf8(self.raw(name)?).ok()?.trim().parse().ok()
    }

    /// Returns a truth value: `1`, `true` or `on`; `None` if it is not given.
    pub(super) fn truth(self, name: &str) -> Option<bool> {
        Some(matches!(self.raw(name)?, b"1" | b"true" | b"on" | b"True" | b"TRUE"))
    }

    /// Goes through names and values as they stand.
    pub(super) fn iter(self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let equals = memchr(b'=', rest)?;
            let name = rest[..equals].trim_ascii();
            let value = rest[equals + 1..].trim_ascii_start();
            let (&quote, value) = value.split_first()?;
            let end = memchr(quote, value)?;
            rest = &value[end + 1..];
            Some((name, &value[..end]))
        })
    }
}

/// Returns the text of raw XML: entities resolved, line ends as one character.
pub(super) fn text(raw: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(raw);
    if !raw.iter().any(|byte| matches!(byte, b'&' | b'\r')) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some(at) = rest.find(['&', '\r']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix('\r') {
            // One line end, however it is written.
            out.push('\n');
            rest = after.strip_prefix('\n').unwrap_or(after);
            continue;
        }
        let (character, length) = entity(rest).unwrap_or(('&', 1));
        out.push(character);
        rest = &rest[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Reads the entity at the head of `text`, and how long it is.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((character, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader that gives a byte at a time.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let give = usize::from(!self.0.is_empty() && !buffer.is_empty());
            buffer[..give].copy_from_slice(&self.0[..give]);
            self.0 = &self.0[give..];
            Ok(give)
        }
    }

    fn tokens(xml: &str) -> Vec<String> {
        let mut xml = Xml::new(Drip(xml.as_bytes()));
        let mut tokens = Vec::new();
        let show = |bytes: &[u8]| text(bytes).into_owned();
        loop {
            tokens.push(match xml.next() {
                Ok(Token::Start { name, attributes, empty }) => {
                    let attributes: Vec<String> = attributes
                        .iter()
                        .map(|(name, value)| format!(" {}={}", show(name), show(value)))
                        .collect();
                    let close = if empty { "/" } else { "" };
                    format!("<{}{}{close}>", show(name), attributes.concat())
                }
                Ok(Token::End(name)) => format!("</{}>", show(name)),
                Ok(Token::Text(raw)) => show(raw),
                Ok(Token::Raw(raw)) => format!("[{}]", String::from_utf8_lossy(raw)),
                Ok(Token::Eof) => return tokens,
                Err(refusal) => {
                    tokens.push(format!("{refusal:?}"));
                    return tokens;
                }
            });
        }
    }

    #[test]
    fn tags_texts_and_sections_come_apart() {
        let xml = "<?xml version='1.0'?><!-- <a> --><x:a b = \"1>2\" c='&quot;'>t&#x4e2d;\r\n\
                   <![CDATA[<&>]]></x:a ><b/><c d=\"\"/>";
        let expected = ["<a b=1>2 c=\">", "t中\n", "[<&>]", "</a>", "<b/>", "<c d=/>"];
        assert_eq!(tokens(xml), expected);
    }

    #[test]
    fn entities_are_resolved_and_others_stay() {
        assert_eq!(text(b"&lt;&gt;&amp;&apos;&#65;&nbsp;&#xD800;& &"), "<>&'A&nbsp;&#xD800;& &");
    }

    #[test]
    fn what_is_broken_or_dangerous_is_refused() {
        for xml in [
            "<a>",
            "<a><b></b>x",
            "<a",
            "<a b=\"",
            "<!-- ",
            "<![CDATA[x",
            "<!DOCTYPE a [<!ENTITY b \"c\">]>",
        ] {
            assert!(tokens(xml).last().is_some_and(|last| last.starts_with("Damaged")), "{xml}");
        }
    }

    #[test]
    fn elements_can_be_skipped() {
        let mut xml = Xml::new(&b"<a><b><c/></b>x</a><d/>"[..]);
        assert!(matches!(xml.next(), Ok(Token::Start { name: b"a", .. })));
        xml.skip_element().unwrap();
        assert!(matches!(xml.next(), Ok(Token::Start { name: b"d", .. })));
    }

    #[test]
    fn every_encoding_is_read_as_it_says() {
        let utf16 =
            |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let gbk = encoding_rs::GBK.encode("<?xml version='1.0' encoding='gb2312'?><a>入库</a>").0;
        for bytes in [
            "<a>入库</a>".as_bytes().to_vec(),
            "\u{feff}<a>入库</a>".as_bytes().to_vec(),
            "<?xml encoding=\"UTF-16\"?><a>入库</a>".as_bytes().to_vec(),
            utf16("\u{feff}<a>入库</a>"),
            utf16("<a>入库</a>"),
            gbk.into_owned(),
        ] {
            let mut xml = Xml::new(unicode(bytes, io::empty()).unwrap());
            assert!(matches!(xml.next(), Ok(Token::Start { name: b"a", .. })));
            assert_eq!(xml.next(), Ok(Token::Text("入库".as_bytes())));
        }
    }

    #[test]
    fn prefixed_attributes_are_found_by_their_own_name() {
        let mut xml = Xml::new(&b"<sheet id=\"1\" rel:id=\"rId3\" hidden='true'/>"[..]);
        let Ok(Token::Start { attributes, .. }) = xml.next() else { panic!() };
        assert_eq!(attributes.get_prefixed("id").as_deref(), Some("rId3"));
        assert_eq!(attributes.number("id"), Some(1));
        assert_eq!(attributes.truth("hidden"), Some(true));
        assert_eq!(attributes.truth("shown"), None);
    }
}
