//! Reads OpenDocument sheets: packages (ods) and single XML texts (fods).

mod cells;
mod repeat;
mod styles;

use std::io::Read;
use std::sync::Arc;

use self::cells::Cells;
use self::styles::Styles;
use super::grid::Grid;
use super::guard::{self, Budget};
use super::known::Known;
use super::package::Package;
use super::refusal::Refusal;
use super::sheet::Sheet;
use super::xml::{Attributes, Token, Xml};
use crate::location::SheetId;

/// Reads all sheets of a package.
pub(super) fn read(
    package: &mut Package<'_>,
    shown: &str,
    budget: &mut Budget,
) -> Result<Vec<Sheet>, Refusal> {
    if is_locked(package)? {
        return Err(Refusal::Password);
    }
    let mut styles = Styles::new();
    // Styles that people named are in a part of their own.
    if let Some(mut xml) = package.xml("styles.xml")? {
        loop {
            match xml.next()? {
                Token::Eof => break,
                Token::Start { name, attributes, empty } => {
                    begin_style(&mut styles, name, attributes, empty, budget)?;
                }
                Token::End(name) => styles.end(name),
                _ => {}
            }
        }
    }
    let missing = || Refusal::damaged("its content is missing");
    let xml = package.xml("content.xml")?.ok_or_else(missing)?;
    read_content(xml, styles, shown, budget)
}

/// Reads all sheets of a single XML text.
pub(super) fn read_flat<R: Read>(
    xml: Xml<R>,
    shown: &str,
    budget: &mut Budget,
) -> Result<Vec<Sheet>, Refusal> {
    read_content(xml, Styles::new(), shown, budget)
}

fn read_content<R: Read>(
    mut xml: Xml<R>,
    mut styles: Styles,
    shown: &str,
    budget: &mut Budget,
) -> Result<Vec<Sheet>, Refusal> {
    let mut sheets = Vec::new();
    let mut known = Known::new();
    let mut is_sheet = false;
    loop {
        match xml.next()? {
            Token::Start { name: b"spreadsheet", .. } => is_sheet = true,
            Token::Start { name: b"table", attributes, empty: false } if is_sheet => {
                let name: Option<String> = attributes.get("table:name").map(Into::into);
                budget.text(name.as_ref().map_or(0, String::len))?;
                let hidden = styles.hides_sheet(attributes.raw("table:style-name"));
                let id = SheetId { path: shown.to_owned(), sheet: name };
                let mut grid = Grid::new(Arc::new(id));
                grid.sheet().hidden = hidden;
                Cells::new(&mut styles, &mut known, &mut grid, budget).read(&mut xml)?;
                grid.sheet().styles = styles.palette().list().to_vec();
                sheets.push(grid.finish());
                guard::check("sheets", sheets.len() as u64, budget.limits().sheets as u64)?;
            }
            // Changes that were tracked hold cells as they were.
            Token::Start { name: b"tracked-changes", empty: false, .. } => xml.skip_element()?,
            Token::Start { name, attributes, empty } => {
                begin_style(&mut styles, name, attributes, empty, budget)?;
            }
            Token::End(name) => styles.end(name),
            Token::Eof if is_sheet => return Ok(sheets),
            Token::Eof => return Err(Refusal::NotASheet("odf")),
            _ => {}
        }
    }
}

/// Takes in an element that may be a style's.
fn begin_style(
    styles: &mut Styles,
    name: &[u8],
    attributes: Attributes<'_>,
    empty: bool,
    budget: &Budget,
) -> Result<(), Refusal> {
    styles.start(name, attributes, empty);
    Ok(guard::check("styles", styles.count(), budget.limits().styles as u64)?)
}

/// Whether the parts of a package are encrypted.
fn is_locked(package: &mut Package<'_>) -> Result<bool, Refusal> {
    let Some(mut xml) = package.xml("META-INF/manifest.xml")? else { return Ok(false) };
    loop {
        match xml.next()? {
            Token::Start { name: b"encryption-data", .. } => return Ok(true),
            Token::Eof => return Ok(false),
            _ => {}
        }
    }
}
