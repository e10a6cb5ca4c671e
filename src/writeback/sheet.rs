//! The XML of a worksheet with some cells written anew; everything else stays
//! byte by byte.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::cell::{Strings, end_of, runs, with_runs, with_text};
use super::tags::{Shape, Tag, Tags};
use super::{Edit, NoCopy};
use crate::location::{Area, CellRef};

/// A patched sheet.
#[derive(Debug)]
pub(super) struct Patched {
    pub(super) xml: Vec<u8>,
    /// Cells that were left, for a formula stands in them.
    pub(super) kept: Vec<CellRef>,
}

/// Writes texts into cells of a sheet; `strings` is the part of the shared
/// strings.
pub(super) fn patch(xml: &[u8], edits: &[Edit], strings: &[u8]) -> Result<Patched, NoCopy> {
    let odd = |what: &str| NoCopy::Damaged(what.to_owned());
    let text = std::str::from_utf8(xml).map_err(|_| odd("a sheet is not UTF-8"))?;
    let strings = Strings::new(std::str::from_utf8(strings).unwrap_or_default());
    let mut rows: BTreeMap<u32, BTreeMap<u16, &Edit>> = BTreeMap::new();
    for edit in edits {
        rows.entry(edit.cell.row).or_default().insert(edit.cell.col, edit);
    }
    let mut patch = Patch {
        text,
        strings,
        changes: Vec::new(),
        kept: Vec::new(),
        styles: Vec::new(),
        prefix: "",
    };
    patch.run(rows).ok_or_else(|| odd("a sheet's XML is odd"))?;
    patch.widen(edits);
    let kept = std::mem::take(&mut patch.kept);
    Ok(Patched { xml: patch.applied().into_bytes(), kept })
}

/// The edits of a row, by column.
type Cells<'e> = BTreeMap<u16, &'e Edit>;

/// A sheet that is being patched.
struct Patch<'a> {
    text: &'a str,
    strings: Strings<'a>,
    /// What is to stand in place of what.
    changes: Vec<(Range<usize>, String)>,
    kept: Vec<CellRef>,
    /// Styles of whole columns: first, last, style.
    styles: Vec<(u16, u16, &'a str)>,
    /// The prefix of the sheet's own names.
    prefix: &'a str,
}

impl<'a> Patch<'a> {
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
            let rows: String = rows.iter().map(|(row, cells)| self.new_row(*row, cells)).collect();
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
            next = row.checked_add(1)?;
            self.insert_rows(tag.range.start, &mut rows, row);
            match rows.remove(&row) {
                Some(cells) => self.row(&tag, &mut tags, row, cells)?,
                None => {
                    end_of(&tag, &mut tags)?;
                }
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
        let text: String = before.iter().map(|(row, cells)| self.new_row(*row, cells)).collect();
        if !text.is_empty() {
            self.changes.push((at..at, text));
        }
    }

    fn new_row(&self, row: u32, cells: &Cells<'_>) -> String {
        let cells: String = cells.values().map(|edit| self.new_cell(edit, None)).collect();
        let prefix = self.prefix;
        format!("<{prefix}row r=\"{}\">{cells}</{prefix}row>", u64::from(row) + 1)
    }

    /// A cell that was not there looks as its row or its column says.
    fn new_cell(&self, edit: &Edit, row_style: Option<&str>) -> String {
        let of_column = || {
            let style = self
                .styles
                .iter()
                .find(|(first, last, _)| (*first..=*last).contains(&edit.cell.col));
            style.map(|(_, _, style)| *style)
        };
        let style = row_style
            .or_else(of_column)
            .map_or_else(String::new, |style| format!(" s=\"{style}\""));
        with_text(self.prefix, &format!(" r=\"{}\"{style}", edit.cell), &edit.text)
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
            let cells: String = cells.values().map(|edit| self.new_cell(edit, style)).collect();
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
                self.insert_cells(tag.range.start, &mut cells, u16::MAX, style);
                return Some(());
            }
            if tag.local() != "c" {
                // Extensions come after all cells.
                self.insert_cells(tag.range.start, &mut cells, u16::MAX, style);
                end_of(&tag, tags)?;
                continue;
            }
            let at = tag.attribute("r").and_then(CellRef::parse);
            let col = at.map_or(next, |at| at.col);
            next = col.saturating_add(1);
            self.insert_cells(tag.range.start, &mut cells, col, style);
            let end = end_of(&tag, tags)?;
            if let Some(edit) = cells.remove(&col) {
                self.cell(&tag, end, CellRef::new(row, col), edit);
            }
        }
    }

    fn insert_cells(&mut self, at: usize, cells: &mut Cells<'_>, col: u16, style: Option<&str>) {
        let later = cells.split_off(&col);
        let before = std::mem::replace(cells, later);
        let text: String = before.values().map(|edit| self.new_cell(edit, style)).collect();
        if !text.is_empty() {
            self.changes.push((at..at, text));
        }
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
    fn widen(&mut self, edits: &[Edit]) {
        let mut tags = Tags::new(self.text, 0);
        let dimension = tags.find(|tag| matches!(tag.local(), "dimension" | "sheetData"));
        let Some(tag) = dimension.filter(|tag| tag.local() == "dimension") else { return };
        let Some(area) = tag.attribute("ref").and_then(Area::parse) else { return };
        let kept: BTreeSet<CellRef> = self.kept.iter().copied().collect();
        let cells = edits.iter().map(|edit| edit.cell).filter(|cell| !kept.contains(cell));
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
mod tests {
    use super::*;

    fn edit(cell: &str, text: &str, added: usize) -> Edit {
        Edit { cell: CellRef::parse(cell).unwrap(), text: text.into(), added }
    }

    fn patched(xml: &str, edits: &[Edit], strings: &str) -> (String, Vec<CellRef>) {
        let done = patch(xml.as_bytes(), edits, strings.as_bytes()).unwrap();
        (String::from_utf8(done.xml).unwrap(), done.kept)
    }

    const TEXT: &str = "t=\"inlineStr\"><is><t xml:space=\"preserve\">";

    #[test]
    fn a_cell_that_is_there_keeps_its_style_and_its_neighbours() {
        let xml = "<worksheet><dimension ref=\"A1:B2\"/><sheetData><row r=\"1\" spans=\"1:2\">\
                   <c r=\"A1\" s=\"4\"><v>1</v></c><c r=\"B1\" t=\"s\" s=\"7\"><v>0</v></c></row></sheetData>\
                   <mergeCells count=\"1\"><mergeCell ref=\"A1:A2\"/></mergeCells></worksheet>";
        let (found, kept) = patched(xml, &[edit("B1", "到料 2026-11-05", 17)], "");
        let new = format!("<c r=\"B1\" s=\"7\" {TEXT}到料 2026-11-05</t></is></c>");
        assert_eq!(found, xml.replace("<c r=\"B1\" t=\"s\" s=\"7\"><v>0</v></c>", &new));
        assert_eq!(kept, []);
    }

    #[test]
    fn cells_and_rows_that_are_not_there_are_put_in_their_places() {
        let xml = "<x:worksheet><x:cols><x:col min=\"3\" max=\"5\" style=\"9\"/></x:cols><x:sheetData>\
                   <x:row r=\"2\" s=\"3\" customFormat=\"1\"><x:c r=\"B2\"/><x:c r=\"D2\"/></x:row>\
                   <x:row r=\"5\"/></x:sheetData></x:worksheet>";
        let edits = [
            edit("C2", "c", 1),
            edit("C1", "a", 1),
            edit("C5", "e", 1),
            edit("A7", "g", 1),
            edit("E2", "d", 1),
        ];
        let (found, _) = patched(xml, &edits, "");
        let cell = |at: &str, style: &str, text: &str| {
            format!(
                "<x:c r=\"{at}\"{style} t=\"inlineStr\"><x:is><x:t xml:space=\"preserve\">{text}</x:t></x:is></x:c>"
            )
        };
        let expected = format!(
            "<x:worksheet><x:cols><x:col min=\"3\" max=\"5\" style=\"9\"/></x:cols><x:sheetData>\
             <x:row r=\"1\">{}</x:row>\
             <x:row r=\"2\" s=\"3\" customFormat=\"1\"><x:c r=\"B2\"/>{}<x:c r=\"D2\"/>{}</x:row>\
             <x:row r=\"5\">{}</x:row><x:row r=\"7\">{}</x:row></x:sheetData></x:worksheet>",
            cell("C1", " s=\"9\"", "a"),
            cell("C2", " s=\"3\"", "c"),
            cell("E2", " s=\"3\"", "d"),
            cell("C5", " s=\"9\"", "e"),
            cell("A7", "", "g"),
        );
        assert_eq!(found, expected);
    }

    #[test]
    fn cells_without_addresses_count_along_and_areas_widen() {
        let xml = "<worksheet><dimension ref=\"A1:B1\"/><sheetData><row spans=\"1:2\"><c/><c/></row></sheetData></worksheet>";
        let (found, _) = patched(xml, &[edit("B1", "b", 1), edit("D1", "d", 1)], "");
        assert!(found.contains("<dimension ref=\"A1:D1\"/>"), "{found}");
        assert!(found.contains("<row spans=\"1:4\"><c/><c t=\"inlineStr\">"), "{found}");
        assert!(found.contains("</c><c r=\"D1\" t=\"inlineStr\">"), "{found}");
    }

    #[test]
    fn formulas_stay_and_type_faces_stay() {
        let xml = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><f>B1</f><v>2</v></c>\
                   <c r=\"B1\" t=\"s\"><v>1</v></c></row></sheetData></worksheet>";
        let strings = "<sst><si><t>a</t></si><si><r><rPr><b/></rPr><t>急</t></r></si></sst>";
        let (found, kept) = patched(xml, &[edit("A1", "x", 1), edit("B1", "急；到", 6)], strings);
        assert_eq!(kept, [CellRef::parse("A1").unwrap()]);
        assert!(found.contains("<f>B1</f><v>2</v>"), "{found}");
        assert!(
            found.contains(
                "<r><rPr><b/></rPr><t>急</t></r><r><t xml:space=\"preserve\">；到</t></r>"
            ),
            "{found}"
        );
    }

    #[test]
    fn an_empty_sheet_gets_its_first_rows_and_odd_ones_are_refused() {
        let (found, _) = patched("<worksheet><sheetData/></worksheet>", &[edit("A1", "a", 1)], "");
        assert!(found.starts_with("<worksheet><sheetData><row r=\"1\"><c r=\"A1\""), "{found}");
        for xml in ["", "<worksheet/>", "<worksheet><sheetData><row>"] {
            assert!(patch(xml.as_bytes(), &[edit("A1", "a", 1)], b"").is_err(), "{xml}");
        }
    }
}
