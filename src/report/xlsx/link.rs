//! Links from a report to the cells of the workbooks it was made from.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::location::{Location, SheetId};

/// Excel refuses sheets with more links; the rest stay text.
const LINKS: usize = 65_000;
/// The longest link Excel accepts, with some room for escapes.
const LENGTH: usize = 1_000;

/// Makes the links of one sheet.
pub(super) struct Links {
    folder: PathBuf,
    known: FxHashMap<Arc<SheetId>, Option<Target>>,
    made: usize,
}

struct Target {
    file: String,
    sheet: Option<String>,
}

impl Links {
    /// Makes links for a workbook that will stand in `folder`.
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), known: FxHashMap::default(), made: 0 }
    }

    /// Returns the link to a place; `None` where none can reach it.
    pub(super) fn to(&mut self, place: &Location) -> Option<String> {
        if self.made >= LINKS {
            return None;
        }
        let folder = &self.folder;
        let target = self
            .known
            .entry(Arc::clone(&place.sheet))
            .or_insert_with(|| target(folder, &place.sheet))
            .as_ref()?;
        self.made += 1;
        Some(match &target.sheet {
            Some(sheet) => format!("file:///{}#'{sheet}'!{}", target.file, place.cell),
            // A text file has no cells to jump to.
            None => format!("file:///{}", target.file),
        })
    }
}

fn target(folder: &Path, id: &SheetId) -> Option<Target> {
    let file = relative(folder, Path::new(&id.path))?;
    // A `#` would begin the sheet; a `%20` would be taken for an escape.
    let escape = |at: usize| file[at..].bytes().skip(1).take(2).all(|b| b.is_ascii_hexdigit());
    // A file that is called `http:` or `\\elsewhere` would lead out of the house.
    let unclear =
        file.contains(['#', ':', '\\']) || file.match_indices('%').any(|(at, _)| escape(at));
    let sheet = id.sheet.as_ref().map(|sheet| sheet.replace('\'', "''"));
    let hidden = |text: &str| text.chars().any(char::is_control);
    let length = file.len() + sheet.as_ref().map_or(0, String::len);
    let bad = unclear || hidden(&file) || sheet.as_deref().is_some_and(hidden) || length > LENGTH;
    (!bad).then_some(Target { file, sheet })
}

/// Returns the way from a folder to a file, with `/` between its parts.
fn relative(folder: &Path, file: &Path) -> Option<String> {
    let folder = plain(&std::path::absolute(Path::new(".").join(folder)).ok()?);
    let file = plain(&std::path::absolute(file).ok()?);
    let (mut from, mut to) = (folder.components().peekable(), file.components().peekable());
    let mut shared = 0;
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
        shared += 1;
    }
    // Another drive cannot be reached relatively.
    if shared == 0 {
        return None;
    }
    let ups = from.map(|_| Some(".."));
    let downs = to.map(|part| part.as_os_str().to_str());
    let parts: Option<Vec<&str>> = ups.chain(downs).collect();
    Some(parts?.join("/"))
}

/// Takes `.` and `..` out of an absolute path.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::CellRef;

    fn link(folder: &str, path: &str, sheet: Option<&str>) -> Option<String> {
        let id = SheetId { path: path.into(), sheet: sheet.map(str::to_owned) };
        Links::new(Path::new(folder)).to(&Location::new(&Arc::new(id), CellRef::new(13, 7)))
    }

    #[test]
    fn links_lead_from_the_report_to_the_cell() {
        for (folder, path, sheet, expected) in [
            (
                "out",
                "10月/恒锦川.xlsx",
                Some("10月"),
                Some("file:///../10月/恒锦川.xlsx#'10月'!H14"),
            ),
            (".", "./a.xlsx", Some("it's"), Some("file:///a.xlsx#'it''s'!H14")),
            ("/r/s", "/r/x/../a b.xls", Some("1"), Some("file:///../a b.xls#'1'!H14")),
            ("", "金穗湖.csv", None, Some("file:///金穗湖.csv")),
            ("", "a#b.xlsx", Some("1"), None),
            ("", "含税13%20.xlsx", Some("1"), None),
            ("", "http:/x.example/a.xlsx", Some("1"), None),
            ("", "ms-excel:ofe.xlsx", None, None),
            ("", "含税13%对账.xlsx", None, Some("file:///含税13%对账.xlsx")),
        ] {
            assert_eq!(link(folder, path, sheet).as_deref(), expected, "{path}");
        }
    }
}
