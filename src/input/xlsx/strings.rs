//! The strings that the cells of a package share.

use std::io::Read;
use std::sync::Arc;

use super::escape;
use crate::input::guard::Budget;
use crate::input::package::Package;
use crate::input::refusal::Refusal;
use crate::input::sheet::Value;
use crate::input::xml::{self, Token, Xml};

/// Shared strings by number; those of nothing but white space are empty.
#[derive(Default)]
pub(super) struct Strings(Arc<Vec<Arc<str>>>);

impl Strings {
    /// Reads the part `name`; a package without texts has none.
    pub(super) fn read(
        package: &mut Package<'_>,
        name: &str,
        budget: &mut Budget,
    ) -> Result<Self, Refusal> {
        let mut strings = Vec::new();
        let Some(mut xml) = package.xml(name)? else { return Ok(Self::default()) };
        let mut buffer = String::new();
        loop {
            match xml.next()? {
                Token::Start { name: b"si", empty, .. } => {
                    buffer.clear();
                    if !empty {
                        read_rich(&mut xml, b"si", &mut buffer)?;
                    }
                    // The list itself costs, even for strings of no length.
                    budget.text(buffer.len() + size_of::<Value>())?;
                    strings.push(shared(&buffer));
                }
                Token::Eof => return Ok(Self(Arc::new(strings))),
                _ => {}
            }
        }
    }

    /// Returns string `number`.
    pub(super) fn get(&self, number: usize) -> Option<&str> {
        self.0.get(number).map(|text| &**text)
    }

    /// Returns all of them.
    pub(super) fn all(&self) -> Arc<Vec<Arc<str>>> {
        Arc::clone(&self.0)
    }
}

fn shared(text: &str) -> Arc<str> {
    let text = escape::decode(text);
    Arc::from(if text.trim().is_empty() { "" } else { &*text })
}

/// Returns the value of a cell that holds `text`, as `kept` keeps it.
pub(super) fn value(text: &str, kept: impl FnOnce(&str) -> Arc<str>) -> Value {
    let text = escape::decode(text);
    if text.trim().is_empty() { Value::Empty } else { Value::Text(kept(&text)) }
}

/// Gathers the text of a string item up to the end of element `end`: plain, or
/// the runs of a rich one. How it is pronounced is no part of it.
pub(super) fn read_rich<R: Read>(
    xml: &mut Xml<R>,
    end: &[u8],
    out: &mut String,
) -> Result<(), Refusal> {
    loop {
        match xml.next()? {
            Token::Start { name: b"t", attributes, empty: false } => {
                let keep = attributes.raw("xml:space") == Some(b"preserve");
                read_text(xml, keep, out)?;
            }
            Token::Start { name: b"rPh", empty: false, .. } => xml.skip_element()?,
            Token::End(name) if name == end => return Ok(()),
            Token::Eof => return Err(Refusal::damaged("XML ends inside a text")),
            _ => {}
        }
    }
}

/// Gathers the text of a `<t>`. White space at its ends counts only where it
/// says so.
fn read_text<R: Read>(xml: &mut Xml<R>, keep: bool, out: &mut String) -> Result<(), Refusal> {
    let from = out.len();
    loop {
        match xml.next()? {
            Token::Text(raw) => out.push_str(&xml::text(raw)),
            Token::Raw(raw) => out.push_str(&String::from_utf8_lossy(raw)),
            Token::End(b"t") => break,
            Token::Eof => return Err(Refusal::damaged("XML ends inside a text")),
            _ => {}
        }
    }
    if !keep {
        let white = [' ', '\t', '\r', '\n'];
        let kept = out[from..].trim_matches(white).to_owned();
        out.truncate(from);
        out.push_str(&kept);
    }
    Ok(())
}
