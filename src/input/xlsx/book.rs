//! The workbook part of a package: its sheets, its epoch, and where its
//! strings and styles are.

use crate::input::guard;
use crate::input::number::Epoch;
use crate::input::package::Package;
use crate::input::refusal::Refusal;
use crate::input::xml::{Attributes, Token};

/// One worksheet, and the part that holds it.
pub(super) struct SheetPart {
    pub(super) name: String,
    pub(super) hidden: bool,
    /// `None`: the workbook does not say where it is.
    pub(super) path: Option<String>,
}

/// What the workbook part says.
pub(super) struct Book {
    /// The workbook part itself.
    pub(super) main: String,
    pub(super) sheets: Vec<SheetPart>,
    pub(super) epoch: Epoch,
    /// The part of the shared strings.
    pub(super) strings: String,
    /// The part of the styles.
    pub(super) styles: String,
    /// Whether a spreadsheet program has calculated it.
    pub(super) was_calculated: bool,
}

/// A link from one part to another.
struct Relation {
    id: String,
    /// The last word of its type: `worksheet`, `styles`, ….
    kind: String,
    /// The part it leads to, from the package's root.
    target: String,
}

impl Book {
    /// Reads the workbook part and its relations.
    pub(super) fn read(package: &mut Package<'_>) -> Result<Self, Refusal> {
        let root = relations(package, "")?;
        let main = root.iter().find(|relation| relation.kind == "officeDocument");
        let main = main.map_or("xl/workbook.xml", |relation| relation.target.as_str()).to_owned();
        let relations = relations(package, &main)?;
        let folder = folder(&main);
        let part = |kind: &str, usual: &str| {
            let found = relations.iter().find(|relation| relation.kind == kind);
            found.map_or(format!("{folder}{usual}"), |relation| relation.target.clone())
        };
        let mut book = Self {
            main: main.clone(),
            sheets: Vec::new(),
            epoch: Epoch::Y1900,
            strings: part("sharedStrings", "sharedStrings.xml"),
            styles: part("styles", "styles.xml"),
            was_calculated: relations.iter().any(|relation| relation.kind == "calcChain")
                || was_written_by_a_calculator(package)?,
        };
        book.read_main(package, &main, &relations)?;
        Ok(book)
    }

    fn read_main(
        &mut self,
        package: &mut Package<'_>,
        main: &str,
        relations: &[Relation],
    ) -> Result<(), Refusal> {
        let most = package.limits().sheets as u64;
        let Some(mut xml) = package.small_xml(main)? else {
            return Err(Refusal::damaged("the workbook part is missing"));
        };
        loop {
            match xml.next()? {
                Token::Start { name: b"workbookPr", attributes, .. }
                    if attributes.truth("date1904") == Some(true) =>
                {
                    self.epoch = Epoch::Y1904;
                }
                Token::Start { name: b"sheet", attributes, .. } => {
                    self.sheets.extend(sheet_part(attributes, relations));
                    guard::check("sheets", self.sheets.len() as u64, most)?;
                }
                Token::Eof => return Ok(()),
                _ => {}
            }
        }
    }
}

/// Reads a `<sheet>`; `None` if it is a chart or a macro sheet.
fn sheet_part(attributes: Attributes<'_>, relations: &[Relation]) -> Option<SheetPart> {
    let id = attributes.get_prefixed("id");
    let relation = relations.iter().find(|relation| Some(relation.id.as_str()) == id.as_deref());
    if relation.is_some_and(|relation| relation.kind != "worksheet") {
        return None;
    }
    Some(SheetPart {
        name: attributes.get("name").unwrap_or_default().into_owned(),
        hidden: matches!(attributes.raw("state"), Some(b"hidden" | b"veryHidden")),
        path: relation.map(|relation| relation.target.clone()),
    })
}

/// Reads the relations of part `of`; of the package itself if it is empty.
fn relations(package: &mut Package<'_>, of: &str) -> Result<Vec<Relation>, Refusal> {
    let folder = folder(of);
    let part = format!("{folder}_rels/{}.rels", &of[folder.len()..]);
    let mut relations = Vec::new();
    let most = package.limits().parts as u64;
    let Some(mut xml) = package.small_xml(&part)? else { return Ok(relations) };
    loop {
        match xml.next()? {
            Token::Start { name: b"Relationship", attributes, .. } => {
                let get = |name| attributes.get(name).unwrap_or_default();
                relations.push(Relation {
                    id: get("Id").into_owned(),
                    kind: get("Type").rsplit('/').next().unwrap_or_default().to_owned(),
                    target: resolve(folder, &get("Target")),
                });
                // A link for every part, and some that lead out of the package.
                guard::check("relations", relations.len() as u64, 2 * most)?;
            }
            Token::Eof => return Ok(relations),
            _ => {}
        }
    }
}

/// Returns the folder of a part, with its slash.
fn folder(part: &str) -> &str {
    part.rfind('/').map_or("", |at| &part[..=at])
}

/// Returns the part that `target` means, seen from `folder`.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// Whether a program that calculates wrote the workbook. The name that it
/// gives is all there is to go by, and writers like to give Excel's: Excel
/// itself is known by its chain of calculation instead.
fn was_written_by_a_calculator(package: &mut Package<'_>) -> Result<bool, Refusal> {
    let about = package.text("docProps/app.xml")?.unwrap_or_default();
    Ok(["<Application>LibreOffice", "<Application>WPS"].iter().any(|name| about.contains(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_found_from_where_they_are_named() {
        for (folder, target, expected) in [
            ("xl/", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/", "../other/sheet1.xml", "other/sheet1.xml"),
            ("xl/", "./worksheets\\sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("", "xl/workbook.xml", "xl/workbook.xml"),
        ] {
            assert_eq!(resolve(folder, target), expected);
        }
    }
}
