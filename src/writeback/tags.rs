//! The tags of an XML text and where they stand in it, so that a text can be
//! changed in places and stay as it is everywhere else.

use std::ops::Range;

/// What kind of tag it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `<name …>`
    Open,
    /// `</name>`
    Close,
    /// `<name …/>`
    Empty,
}

/// A tag.
#[derive(Debug, Clone)]
pub(super) struct Tag<'a> {
    /// Where it stands, brackets included.
    pub(super) range: Range<usize>,
    /// Its name, prefix included.
    pub(super) name: &'a str,
    /// What stands behind the name.
    attributes: &'a str,
    pub(super) shape: Shape,
}

impl<'a> Tag<'a> {
    /// Returns its name without the prefix.
    pub(super) fn local(&self) -> &'a str {
        self.name.rsplit(':').next().unwrap_or(self.name)
    }

    /// Returns the prefix of its name, colon included.
    pub(super) fn prefix(&self) -> &'a str {
        &self.name[..self.name.len() - self.local().len()]
    }

    /// Returns its attributes: where each stands in the tag's own text, its
    /// name and its raw value.
    pub(super) fn attributes(&self) -> Vec<(Range<usize>, &'a str, &'a str)> {
        let text = self.attributes;
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(equals) = text[at..].find('=').map(|equals| at + equals) {
            let name = text[at..equals].trim();
            let Some(quote) = text[equals + 1..].find(['"', '\'']).map(|q| equals + 1 + q) else {
                break;
            };
            let mark = if text.as_bytes()[quote] == b'"' { '"' } else { '\'' };
            let Some(end) = text[quote + 1..].find(mark).map(|end| quote + 1 + end) else { break };
            let start = at + (text[at..].len() - text[at..].trim_start().len());
            found.push((start..end + 1, name, &text[quote + 1..end]));
            at = end + 1;
        }
        found
    }

    /// Returns the raw value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes().into_iter().find(|(_, own, _)| *own == name).map(|(_, _, value)| value)
    }

    /// Returns the attributes as text, without some of them.
    pub(super) fn attributes_without(&self, names: &[&str]) -> String {
        let kept = self.attributes().into_iter().filter(|(_, own, _)| !names.contains(own));
        kept.map(|(range, _, _)| format!(" {}", &self.attributes[range])).collect()
    }
}

/// Whether every element ends by its own name and within the one it began in.
/// Readers make of other texts what they like: their cells are not ours.
pub(super) fn is_well_nested(text: &str) -> bool {
    let mut begun: Vec<&str> = Vec::new();
    for tag in Tags::new(text, 0) {
        let is_tag = !tag.name.contains('<') && !tag.attributes.contains('<');
        let fits = match tag.shape {
            Shape::Open => {
                begun.push(tag.name);
                true
            }
            Shape::Close => begun.pop() == Some(tag.name),
            Shape::Empty => true,
        };
        if !is_tag || !fits {
            return false;
        }
    }
    begun.is_empty()
}

/// The tags of a text, one after the other. Comments, instructions and
/// character data are stepped over.
pub(super) struct Tags<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tags<'a> {
    /// Begins at a place of a text.
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }

    /// Steps over everything up to the end of an element that was opened;
    /// returns its closing tag.
    pub(super) fn close(&mut self, open: &Tag<'a>) -> Option<Tag<'a>> {
        let mut depth = 1_usize;
        loop {
            let tag = self.next()?;
            match tag.shape {
                Shape::Open => depth += 1,
                Shape::Close => depth -= 1,
                Shape::Empty => {}
            }
            if depth == 0 {
                return (tag.name == open.name).then_some(tag);
            }
        }
    }

    fn skip_to(&mut self, mark: &str) -> Option<()> {
        self.at += self.text[self.at..].find(mark)? + mark.len();
        Some(())
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            self.at += self.text[self.at..].find('<')?;
            let rest = &self.text[self.at..];
            match () {
                () if rest.starts_with("<!--") => self.skip_to("-->")?,
                () if rest.starts_with("<![CDATA[") => self.skip_to("]]>")?,
                () if rest.starts_with("<?") => self.skip_to("?>")?,
                () if rest.starts_with("<!") => return None,
                () => break,
            }
        }
        let start = self.at;
        let end = end_of_tag(self.text, start)?;
        self.at = end;
        let inner = &self.text[start + 1..end - 1];
        let (inner, shape) = match (inner.strip_prefix('/'), inner.strip_suffix('/')) {
            (Some(name), _) => (name, Shape::Close),
            (_, Some(inner)) => (inner, Shape::Empty),
            _ => (inner, Shape::Open),
        };
        let cut = inner.find(|c: char| c.is_ascii_whitespace()).unwrap_or(inner.len());
        let (name, attributes) = inner.split_at(cut);
        Some(Tag { range: start..end, name, attributes, shape })
    }
}

/// Returns where a tag ends; brackets inside of quotes do not end it.
fn end_of_tag(text: &str, start: usize) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate().skip(start) {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(mark), byte) if mark == byte => quote = None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_where_they_stand() {
        let text = "<?xml version='1.0'?><x:a b=\"1>0\" c = 'd'><!-- <no> --><x:e/>t</x:a>";
        let tags: Vec<Tag<'_>> = Tags::new(text, 0).collect();
        let shown: Vec<_> = tags.iter().map(|tag| (tag.name, tag.shape)).collect();
        assert_eq!(shown, [("x:a", Shape::Open), ("x:e", Shape::Empty), ("x:a", Shape::Close)]);
        assert_eq!((tags[0].local(), tags[0].prefix()), ("a", "x:"));
        assert_eq!((tags[0].attribute("b"), tags[0].attribute("c")), (Some("1>0"), Some("d")));
        assert_eq!(tags[0].attributes_without(&["b"]), " c = 'd'");
        assert_eq!(&text[tags[1].range.clone()], "<x:e/>");
    }

    #[test]
    fn what_is_not_well_nested_is_known() {
        for text in ["<a><b c='1'>x</b><d/></a>", "<?xml?><a/>", "<a><!-- </b> --></a >"] {
            assert!(is_well_nested(text), "{text}");
        }
        for text in ["<a>", "<a><b></a></b>", "</a>", "<a></a<>b></a>", "<r></ro/v></r>"] {
            assert!(!is_well_nested(text), "{text}");
        }
    }

    #[test]
    fn broken_text_ends_quietly() {
        for text in ["<a b=\"", "<!DOCTYPE a>", "<a", "", "<![CDATA[ <a>"] {
            assert_eq!(Tags::new(text, 0).count(), 0, "{text}");
        }
        let mut tags = Tags::new("<a><b></a>", 0);
        let open = tags.next().unwrap();
        assert!(tags.close(&open).is_none());
    }
}
