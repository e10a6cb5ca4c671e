//! A package that is being changed part by part: its texts, the links between
//! them, and what kind each new part is of.

use super::NoCopy;
use super::cell::quoted;
use super::package::{Changed, Package, key};
use super::tags::{Shape, Tags};

/// Where the names of kinds of links begin.
const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The part that says of what kind each part is.
const TYPES: &str = "[Content_Types].xml";

/// A package that is being changed.
pub(super) struct Draft<'a> {
    package: Package<'a>,
    changed: Changed,
}

/// A link from one part to another.
pub(super) struct Link {
    pub(super) id: String,
    /// The last word of its type: `comments`, `vmlDrawing`, ….
    pub(super) kind: String,
    /// The part it leads to.
    pub(super) target: String,
}

impl<'a> Draft<'a> {
    /// Begins with the package as it is.
    pub(super) fn of(package: Package<'a>) -> Self {
        Self { package, changed: Changed::new() }
    }

    /// Returns the bytes of a part as they are by now.
    pub(super) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, NoCopy> {
        match self.changed.get(&key(name)) {
            Some((_, bytes)) => Ok(Some(bytes.clone())),
            None => self.package.read(name),
        }
    }

    /// Returns a part as text.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, NoCopy> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        let text = String::from_utf8(bytes);
        text.map(Some).map_err(|_| NoCopy::Damaged(format!("{name} is not UTF-8")))
    }

    /// Puts a part in place of the one of that name, or adds it.
    pub(super) fn put(&mut self, name: &str, text: String) {
        self.changed.insert(key(name), (name.to_owned(), text.into_bytes()));
    }

    /// Returns a name for a new part: `head`, the first number that is free,
    /// `tail`.
    pub(super) fn free_name(&self, head: &str, tail: &str) -> String {
        let names = (1_u32..).map(|number| format!("{head}{number}{tail}"));
        let taken = |name: &str| self.package.has(name) || self.changed.contains_key(&key(name));
        names.into_iter().find(|name| !taken(name)).unwrap_or_default()
    }

    /// Returns the links of a part.
    pub(super) fn links(&mut self, of: &str) -> Result<Vec<Link>, NoCopy> {
        let Some(text) = self.text(&links_of(of))? else { return Ok(Vec::new()) };
        let links = Tags::new(&text, 0).filter(|tag| tag.local() == "Relationship");
        let link = |tag: super::tags::Tag<'_>| {
            let get = |name| tag.attribute(name).unwrap_or_default();
            Link {
                id: get("Id").to_owned(),
                kind: get("Type").rsplit('/').next().unwrap_or_default().to_owned(),
                target: resolved(folder(of), get("Target")),
            }
        };
        Ok(links.map(link).collect())
    }

    /// Adds a link from one part to another; returns its id.
    pub(super) fn link(&mut self, of: &str, kind: &str, target: &str) -> Result<String, NoCopy> {
        const EMPTY: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
            <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
            </Relationships>";
        let name = links_of(of);
        let text = self.text(&name)?.unwrap_or_else(|| EMPTY.to_owned());
        let taken = |id: &String| text.contains(&format!("\"{id}\""));
        let id = (1_u32..).map(|number| format!("rIdG{number}")).find(|id| !taken(id));
        let id = id.unwrap_or_default();
        let prefix = root_prefix(&text);
        let link = format!(
            "<{prefix}Relationship Id=\"{id}\" Type=\"{LINKS}/{kind}\" Target=\"/{}\"/>",
            quoted(target)
        );
        let text = inside_last(&text, "Relationships", &link).ok_or_else(|| odd(&name))?;
        self.put(&name, text);
        Ok(id)
    }

    /// Says of what kind a new part is.
    pub(super) fn type_of(&mut self, part: &str, kind: &str) -> Result<(), NoCopy> {
        let kind = format!("application/vnd.openxmlformats-officedocument.{kind}+xml");
        self.add_type(|prefix| {
            format!("<{prefix}Override PartName=\"/{}\" ContentType=\"{kind}\"/>", quoted(part))
        })
    }

    /// Says of what kind parts with the ending `vml` are.
    pub(super) fn type_of_vml(&mut self) -> Result<(), NoCopy> {
        let text = self.text(TYPES)?.unwrap_or_default();
        let known = Tags::new(&text, 0).any(|tag| {
            let ending = tag.attribute("Extension").map(str::to_lowercase);
            tag.local() == "Default" && ending.as_deref() == Some("vml")
        });
        if known {
            return Ok(());
        }
        self.add_type(|prefix| {
            let kind = "application/vnd.openxmlformats-officedocument.vmlDrawing";
            format!("<{prefix}Default Extension=\"vml\" ContentType=\"{kind}\"/>")
        })
    }

    fn add_type(&mut self, element: impl Fn(&str) -> String) -> Result<(), NoCopy> {
        let text = self.text(TYPES)?.unwrap_or_default();
        let element = element(root_prefix(&text));
        let text = inside_last(&text, "Types", &element).ok_or_else(|| odd(TYPES))?;
        self.put(TYPES, text);
        Ok(())
    }

    /// Returns the package with all changes.
    pub(super) fn finish(self) -> Result<Vec<u8>, NoCopy> {
        self.package.with(&self.changed)
    }
}

/// Says that a part is not what it should be.
pub(super) fn odd(name: &str) -> NoCopy {
    NoCopy::Damaged(format!("{name} is odd"))
}

/// Returns a text with something put in at the end of its element of that
/// name; `None` if it has none. An empty element is opened.
pub(super) fn inside_last(text: &str, name: &str, element: &str) -> Option<String> {
    let found = Tags::new(text, 0).filter(|tag| tag.local() == name).last()?;
    let (before, behind) = match found.shape {
        Shape::Close => (text[..found.range.start].to_owned(), &text[found.range.start..]),
        Shape::Empty => {
            let open = format!("<{}{}>", found.name, found.attributes_without(&[]));
            let rest = &text[found.range.end..];
            let close = format!("</{}>{rest}", found.name);
            return Some(format!("{}{open}{element}{close}", &text[..found.range.start]));
        }
        Shape::Open => return None,
    };
    Some(before + element + behind)
}

/// Returns the prefix of a text's first element.
fn root_prefix(text: &str) -> &str {
    Tags::new(text, 0).next().map(|tag| tag.prefix()).unwrap_or_default()
}

fn folder(part: &str) -> &str {
    part.rfind('/').map_or("", |at| &part[..=at])
}

fn links_of(part: &str) -> String {
    let folder = folder(part);
    format!("{folder}_rels/{}.rels", &part[folder.len()..])
}

/// Returns the part that a link's target names, from the package's root.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace("&amp;", "&");
    let whole = match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}{target}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_lead_from_the_root() {
        assert_eq!(resolved("xl/worksheets/", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolved("xl/", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(links_of("xl/workbook.xml"), "xl/_rels/workbook.xml.rels");
    }

    #[test]
    fn elements_come_last_and_empty_ones_open() {
        assert_eq!(inside_last("<a><b/></a>", "a", "<c/>").as_deref(), Some("<a><b/><c/></a>"));
        assert_eq!(
            inside_last("<x><x:a n=\"1\"/></x>", "a", "<c/>").as_deref(),
            Some("<x><x:a n=\"1\"><c/></x:a></x>")
        );
        assert_eq!(inside_last("<a></a>", "b", "<c/>"), None);
    }
}
