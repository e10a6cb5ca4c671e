//! The XML of a worksheet with some cells written anew; everything else stays
//! byte by byte.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::cell::{Strings, end_of, runs, with_runs, with_text};
use super::tags::{Shape, Tag, Tags, is_well_nested};
use super::{Edit, NoCopy};
use crate::finding::Severity;
use crate::location::{Area, CellRef};

/// A patched sheet.
#[derive(Debug)]
pub(super) struct Patched {
    pub(super) xml: Vec<u8>,
    /// Cells that were left, for a formula stands in them.
    pub(super) kept: Vec<CellRef>,
}

/// What becomes of a cell.
#[derive(Debug, Clone, Copy)]
pub(super) enum Change<'e> {
    /// It says something else.
    Text(&'e Edit),
    /// It looks so that people see what is wrong with it.
    Look(Severity),
}

/// Says which style a cell gets that looks otherwise: by the one it has.
pub(super) type Restyle<'r> = dyn FnMut(u32, Severity) -> u32 + 'r;

/// Writes texts into cells of a sheet; `strings` is the part of the shared
/// strings.
pub(super) fn patch(xml: &[u8], edits: &[Edit], strings: &[u8]) -> Result<Patched, NoCopy> {
    let changes = edits.iter().map(|edit| (edit.cell, Change::Text(edit)));
    changed(xml, changes, strings, &mut |style, _| style)
}

/// Returns the text of a part in UTF-8; `None` if it is, or says that it is,
/// in another encoding.
fn utf8(part: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(part).ok()?;
    let (head, _) = text.trim_start_matches('\u{feff}').split_once("?>").unwrap_or_default();
    let named = head.starts_with("<?xml").then(|| head.split_once("encoding")).flatten();
    let named = named.map(|(_, value)| value.trim_start_matches([' ', '=', '"', '\'']));
    let is_utf8 = |name: &str| name.get(..5).is_some_and(|name| name.eq_ignore_ascii_case("utf-8"));
    named.is_none_or(is_utf8).then_some(text)
}

/// Changes cells of a sheet.
pub(super) fn changed<'e>(
    xml: &[u8],
    changes: impl Iterator<Item = (CellRef, Change<'e>)>,
    strings: &[u8],
    restyle: &mut Restyle<'_>,
) -> Result<Patched, NoCopy> {
    let odd = |what: &str| NoCopy::Damaged(what.to_owned());
    let text = utf8(xml).ok_or_else(|| odd("a sheet is not UTF-8"))?;
    if !is_well_nested(text) {
        return Err(odd("a sheet's XML is not well nested"));
    }
    let strings = Strings::new(utf8(strings).unwrap_or_default());
    let mut rows: BTreeMap<u32, BTreeMap<u16, Change<'e>>> = BTreeMap::new();
    let mut cells = Vec::new();
    for (cell, change) in changes {
        rows.entry(cell.row).or_default().insert(cell.col, change);
        cells.push(cell);
    }
    let mut patch = Patch {
        text,
        strings,
        changes: Vec::new(),
        kept: Vec::new(),
        styles: Vec::new(),
        prefix: "",
        restyle,
    };
    patch.run(rows).ok_or_else(|| odd("a sheet's XML is odd"))?;
    patch.widen(&cells);
    let kept = std::mem::take(&mut patch.kept);
    Ok(Patched { xml: patch.applied().into_bytes(), kept })
}

/// The changes of a row, by column.
type Cells<'e> = BTreeMap<u16, Change<'e>>;

/// A sheet that is being patched.
struct Patch<'a, 'r> {
    text: &'a str,
    strings: Strings<'a>,
    /// What is to stand in place of what.
    changes: Vec<(Range<usize>, String)>,
    kept: Vec<CellRef>,
    /// Styles of whole columns: first, last, style.
    styles: Vec<(u16, u16, &'a str)>,
    /// The prefix of the sheet's own names.
    prefix: &'a str,
    restyle: &'r mut Restyle<'r>,
}

impl<'a> Patch<'a, '_> {
    /// Goes through the rows; `None` if the XML is not what it should be.
    fn run(&mut self, mut rows: BTreeMap<u32, Cells<'_>>) -> Option<()> {
        let mut tags = Tags::new(self.text, 0);
        let data = loop {
            let tag = tags.next()?;
            match tag.local() {
                "col" => self.note_style(&tag),
                "sheetData" => break tag,
                _ => {}
            }
        };
        self.prefix = data.prefix();
        if data.shape == Shape::Empty {
            let name = data.name;
            let attributes = data.attributes_without(&[]);
            let rows: Vec<String> =
                rows.iter().map(|(row, cells)| self.new_row(*row, cells)).collect();
            let rows = rows.concat();
            self.changes.push((data.range, format!("<{name}{attributes}>{rows}</{name}>")));
            return Some(());
        }
        let mut next = 0_u32;
        loop {
            let tag = tags.next()?;
            if tag.shape == Shape::Close {
                self.insert_rows(tag.range.start, &mut rows, u32::MAX);
                return Some(());
            }
            let number =
                tag.attribute("r").and_then(|r| r.parse::<u32>().ok()).map(|r| r.wrapping_sub(1));
            let row = number.unwrap_or(next);
            // A row that comes late would stand twice when one is put in its
            // place.
            if row < next {
                return None;
            }
            next = row.checked_add(1)?;
            self.insert_rows(tag.range.start, &mut rows, row);
            match rows.remove(&row) {
                Some(cells) => self.row(&tag, &mut tags, row, cells)?,
                None => pass_row(&tag, &mut tags, row)?,
            }
        }
    }

    fn note_style(&mut self, tag: &Tag<'a>) {
        let number = |name| tag.attribute(name).and_then(|text| text.parse::<u16>().ok());
        if let (Some(first), Some(last), Some(style)) =
            (number("min"), number("max"), tag.attribute("style"))
        {
            self.styles.push((first.saturating_sub(1), last.saturating_sub(1), style));
        }
    }

    /// Inserts the rows that come before `row` and are not there.
    fn insert_rows(&mut self, at: usize, rows: &mut BTreeMap<u32, Cells<'_>>, row: u32) {
        let later = rows.split_off(&row);
        let before = std::mem::replace(rows, later);
        let text: Vec<String> =
            before.iter().map(|(row, cells)| self.new_row(*row, cells)).collect();
        if !text.is_empty() {
            self.changes.push((at..at, text.concat()));
        }
    }

    fn new_row(&mut self, row: u32, cells: &Cells<'_>) -> String {
        let cells = self.new_cells(row, cells, None);
        let prefix = self.prefix;
        format!("<{prefix}row r=\"{}\">{cells}</{prefix}row>", u64::from(row) + 1)
    }

    /// Cells that were not there look as their row or their column says.
    fn new_cells(&mut self, row: u32, cells: &Cells<'_>, row_style: Option<&str>) -> String {
        let new = |(col, change): (&u16, &Change<'_>)| {
            let mut columns = self.styles.iter();
            let of_column = columns.find(|(first, last, _)| (*first..=*last).contains(col));
            let style = row_style.or(of_column.map(|(_, _, style)| *style));
            let cell = CellRef::new(row, *col);
            match change {
                Change::Text(edit) => {
                    let style = style.map_or_else(String::new, |style| format!(" s=\"{style}\""));
                    with_text(self.prefix, &format!(" r=\"{cell}\"{style}"), &edit.text)
                }
                Change::Look(severity) => {
                    let style = (self.restyle)(number(style), *severity);
                    format!("<{}c r=\"{cell}\" s=\"{style}\"/>", self.prefix)
                }
            }
        };
        cells.iter().map(new).collect::<Vec<_>>().concat()
    }

    /// Patches a row that is there.
    fn row(
        &mut self,
        open: &Tag<'a>,
        tags: &mut Tags<'a>,
        row: u32,
        mut cells: Cells<'_>,
    ) -> Option<()> {
        let custom = matches!(open.attribute("customFormat"), Some("1" | "true"));
        let style = open.attribute("s").filter(|_| custom);
        let last = cells.keys().next_back().copied()?;
        if open.shape == Shape::Empty {
            let (name, attributes) = (open.name, spanning(open, last));
            let cells = self.new_cells(row, &cells, style);
            self.changes
                .push((open.range.clone(), format!("<{name}{attributes}>{cells}</{name}>")));
            return Some(());
        }
        let attributes = spanning(open, last);
        if attributes != open.attributes_without(&[]) {
            self.changes.push((open.range.clone(), format!("<{}{attributes}>", open.name)));
        }
        let mut next = 0_u16;
        loop {
            let tag = tags.next()?;
            if tag.shape == Shape::Close {
                self.insert_cells(tag.range.start, row, &mut cells, u16::MAX, style);
                return Some(());
            }
            if tag.local() != "c" {
                // Extensions come after all cells.
                self.insert_cells(tag.range.start, row, &mut cells, u16::MAX, style);
                end_of(&tag, tags)?;
                continue;
            }
            let at = tag.attribute("r").and_then(CellRef::parse);
            let col = at.map_or(next, |at| at.col);
            if col < next || at.is_some_and(|at| at.row != row) {
                return None;
            }
            next = col.saturating_add(1);
            self.insert_cells(tag.range.start, row, &mut cells, col, style);
            let end = end_of(&tag, tags)?;
            match cells.remove(&col) {
                Some(Change::Text(edit)) => self.cell(&tag, end, CellRef::new(row, col), edit),
                Some(Change::Look(severity)) => self.look(&tag, severity),
                None => {}
            }
        }
    }

    fn insert_cells(
        &mut self,
        at: usize,
        row: u32,
        cells: &mut Cells<'_>,
        col: u16,
        style: Option<&str>,
    ) {
        let later = cells.split_off(&col);
        let before = std::mem::replace(cells, later);
        let text = self.new_cells(row, &before, style);
        if !text.is_empty() {
            self.changes.push((at..at, text));
        }
    }

    /// Gives a cell another style; everything in it stays.
    fn look(&mut self, tag: &Tag<'a>, severity: Severity) {
        let style = (self.restyle)(number(tag.attribute("s")), severity);
        let close = if tag.shape == Shape::Empty { "/" } else { "" };
        let text = format!("<{}{} s=\"{style}\"{close}>", tag.name, tag.attributes_without(&["s"]));
        self.changes.push((tag.range.clone(), text));
    }

    /// Writes a cell anew, unless a formula stands in it.
    fn cell(&mut self, tag: &Tag<'a>, end: usize, at: CellRef, edit: &Edit) {
        let inner = &self.text[tag.range.start..end];
        let mut parts = Tags::new(inner, 1);
        let formula = Tags::new(inner, 1).any(|part| part.local() == "f");
        if formula {
            self.kept.push(at);
            return;
        }
        let attributes = tag.attributes_without(&["t"]);
        let item = match tag.attribute("t") {
            Some("s") => {
                let value = parts.find(|part| part.local() == "v" && part.shape == Shape::Open);
                let number = value.and_then(|value| {
                    let rest = &inner[value.range.end..];
                    rest[..rest.find('<')?].trim().parse().ok()
                });
                number.and_then(|number| self.strings.item(number))
            }
            Some("inlineStr") => {
                let item = parts.find(|part| part.local() == "is" && part.shape == Shape::Open);
                item.and_then(|item| {
                    let end = parts.close(&item)?.range.end;
                    inner.get(item.range.start..end)
                })
            }
            _ => None,
        };
        let added = edit.text.len().checked_sub(edit.added).and_then(|from| edit.text.get(from..));
        let kept = item.and_then(|item| runs(item, self.prefix));
        let text = match (kept, added) {
            (Some(kept), Some(added)) if added.len() < edit.text.len() => {
                with_runs(self.prefix, &attributes, kept, added)
            }
            _ => with_text(self.prefix, &attributes, &edit.text),
        };
        self.changes.push((tag.range.start..end, text));
    }

    /// Widens the area that the sheet says it uses.
    fn widen(&mut self, cells: &[CellRef]) {
        let mut tags = Tags::new(self.text, 0);
        let dimension = tags.find(|tag| matches!(tag.local(), "dimension" | "sheetData"));
        let Some(tag) = dimension.filter(|tag| tag.local() == "dimension") else { return };
        let Some(area) = tag.attribute("ref").and_then(Area::parse) else { return };
        let kept: BTreeSet<CellRef> = self.kept.iter().copied().collect();
        let cells = cells.iter().filter(|cell| !kept.contains(cell));
        let wide = cells.fold(area, |area, cell| Area {
            first: CellRef::new(area.first.row.min(cell.row), area.first.col.min(cell.col)),
            last: CellRef::new(area.last.row.max(cell.row), area.last.col.max(cell.col)),
        });
        if wide != area {
            let (rest, close) = (
                tag.attributes_without(&["ref"]),
                if tag.shape == Shape::Empty { "/" } else { "" },
            );
            self.changes.push((tag.range, format!("<{} ref=\"{wide}\"{rest}{close}>", tag.name)));
        }
    }

    /// Returns the text with all changes in it.
    fn applied(mut self) -> String {
        // Stable: what is inserted at one place stays in its order.
        self.changes.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::with_capacity(self.text.len() + 4096);
        let mut from = 0;
        for (range, text) in &self.changes {
            out.push_str(&self.text[from..range.start]);
            out.push_str(text);
            from = range.end;
        }
        out.push_str(&self.text[from..]);
        out
    }
}

/// Returns the number of a style; the first where none is written.
fn number(style: Option<&str>) -> u32 {
    style.and_then(|style| style.trim().parse().ok()).unwrap_or_default()
}

/// Passes by a row that stays as it is; `None` if a cell of it says that it is
/// of another row: a row put in before it might be that one.
fn pass_row<'a>(open: &Tag<'a>, tags: &mut Tags<'a>, row: u32) -> Option<()> {
    if open.shape == Shape::Empty {
        return Some(());
    }
    loop {
        let tag = tags.next()?;
        if tag.shape == Shape::Close {
            return Some(());
        }
        let at = tag.attribute("r").filter(|_| tag.local() == "c").and_then(CellRef::parse);
        if at.is_some_and(|at| at.row != row) {
            return None;
        }
        end_of(&tag, tags)?;
    }
}

/// Returns a row's attributes with its span widened to a column.
fn spanning(row: &Tag<'_>, col: u16) -> String {
    let last = u32::from(col) + 1;
    let spans = row.attribute("spans").and_then(|spans| {
        let (first, end) = spans.rsplit_once(':')?;
        (end.parse::<u32>().ok()? < last && !first.contains(' '))
            .then(|| format!(" spans=\"{first}:{last}\""))
    });
    match spans {
        Some(spans) => row.attributes_without(&["spans"]) + &spans,
        None => row.attributes_without(&[]),
    }
}

#[cfg(test)]
mod tests;
