//! Notes beside cells: their texts in one part, the boxes they are shown in in
//! another, both made where the sheet has none.

use std::collections::BTreeMap;

use super::NoCopy;
use super::cell::{end_of, escaped};
use super::draft::{Draft, inside_last, odd};
use super::tags::{Shape, Tags};
use crate::location::CellRef;

/// Who the notes are from.
const AUTHOR: &str = "gendan";

/// A part of notes with none in it.
const NO_NOTES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <comments xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
    <authors></authors><commentList></commentList></comments>";

/// A drawing with no box in it.
const NO_BOXES: &str = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" \
    xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
    xmlns:x=\"urn:schemas-microsoft-com:office:excel\">\
    <o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"1\"/></o:shapelayout></xml>";

/// The shape of all boxes. Whoever wrote the drawing may call its namespaces
/// otherwise, so that everything put into it names its own.
const SHAPE: &str = "<v:shapetype xmlns:v=\"urn:schemas-microsoft-com:vml\" \
    xmlns:o=\"urn:schemas-microsoft-com:office:office\" id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" \
    path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/>\
    <v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";

/// Adds notes to the cells of a sheet. A cell that has a note gets the new
/// text behind its own.
pub(super) fn add(
    draft: &mut Draft<'_>,
    sheet: &str,
    notes: &BTreeMap<CellRef, String>,
) -> Result<(), NoCopy> {
    let links = draft.links(sheet)?;
    let known = links.iter().find(|link| link.kind == "comments").map(|link| link.target.clone());
    let part = match known {
        Some(part) => part,
        None => {
            let part = draft.free_name("xl/comments", ".xml");
            draft.put(&part, NO_NOTES.to_owned());
            draft.type_of(&part, "spreadsheetml.comments")?;
            draft.link(sheet, "comments", &part)?;
            part
        }
    };
    let text = draft.text(&part)?.ok_or_else(|| odd(&part))?;
    let Written { text, fresh } = written(&text, notes).ok_or_else(|| odd(&part))?;
    draft.put(&part, text);
    if fresh.is_empty() {
        return Ok(());
    }
    let xml = draft.text(sheet)?.ok_or_else(|| odd(sheet))?;
    let drawn = Tags::new(&xml, 0).find(|tag| tag.local() == "legacyDrawing");
    let id = drawn.and_then(|tag| {
        let ids = tag.attributes();
        ids.iter().find(|(_, name, _)| name.ends_with(":id")).map(|(_, _, id)| (*id).to_owned())
    });
    let known = id.and_then(|id| links.into_iter().find(|link| link.id == id));
    let drawing = match known {
        Some(link) => link.target,
        None => {
            let part = draft.free_name("xl/drawings/vmldrawing", ".vml");
            draft.put(&part, NO_BOXES.to_owned());
            draft.type_of_vml()?;
            let id = draft.link(sheet, "vmlDrawing", &part)?;
            let xml = with_drawing(&xml, &id).ok_or_else(|| odd(sheet))?;
            draft.put(sheet, xml);
            part
        }
    };
    let text = draft.text(&drawing)?.ok_or_else(|| odd(&drawing))?;
    let text = with_boxes(&text, &fresh).ok_or_else(|| odd(&drawing))?;
    draft.put(&drawing, text);
    Ok(())
}

/// A part of notes with more of them.
struct Written {
    text: String,
    /// Cells that had no note.
    fresh: Vec<CellRef>,
}

/// Writes notes into their part.
fn written(text: &str, notes: &BTreeMap<CellRef, String>) -> Option<Written> {
    let mut tags = Tags::new(text, 0);
    let (mut authors, mut prefix) = (0_usize, "");
    let mut places: BTreeMap<CellRef, usize> = BTreeMap::new();
    while let Some(tag) = tags.next() {
        match (tag.local(), tag.shape) {
            ("commentList", _) => prefix = tag.prefix(),
            ("author", Shape::Open | Shape::Empty) => authors += 1,
            ("comment", Shape::Open) => {
                let start = tag.range.end;
                let end = end_of(&tag, &mut tags)?;
                let cell = tag.attribute("ref").and_then(CellRef::parse)?;
                let inner = &text[start..end];
                let close = Tags::new(inner, 0)
                    .find(|tag| tag.local() == "text" && tag.shape == Shape::Close);
                places.extend(close.map(|close| (cell, start + close.range.start)));
            }
            _ => {}
        }
    }
    let run = |note: &str| {
        format!(
            "<{prefix}r><{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}r>",
            escaped(note)
        )
    };
    // From the end on, so that places stay what they are.
    let mut out = text.to_owned();
    for (cell, at) in places.iter().rev() {
        if let Some(note) = notes.get(cell) {
            out.insert_str(*at, &run(&format!("\n{note}")));
        }
    }
    let fresh: Vec<CellRef> =
        notes.keys().filter(|cell| !places.contains_key(cell)).copied().collect();
    let new = fresh.iter().map(|cell| {
        let note = notes.get(cell).map(String::as_str).unwrap_or_default();
        format!(
            "<{prefix}comment ref=\"{cell}\" authorId=\"{authors}\"><{prefix}text>{}</{prefix}text>\
             </{prefix}comment>",
            run(note)
        )
    });
    let new: Vec<String> = new.collect();
    if !new.is_empty() {
        let author = format!("<{prefix}author>{AUTHOR}</{prefix}author>");
        out = inside_last(&out, "authors", &author)?;
        out = inside_last(&out, "commentList", &new.concat())?;
    }
    Some(Written { text: out, fresh })
}

/// Adds the boxes of new notes to a drawing.
fn with_boxes(text: &str, cells: &[CellRef]) -> Option<String> {
    const MARK: &str = "_x0000_s";
    let numbers = text.match_indices(MARK).filter_map(|(at, _)| {
        let digits = text[at + MARK.len()..].split(|c: char| !c.is_ascii_digit()).next()?;
        digits.parse::<u32>().ok()
    });
    let first = numbers.max().unwrap_or(1024).checked_add(1)?;
    let mut boxes = String::new();
    if !text.contains("id=\"_x0000_t202\"") {
        boxes.push_str(SHAPE);
    }
    for (number, cell) in (first..).zip(cells) {
        boxes.push_str(&box_of(number, *cell));
    }
    let end = text.rfind("</xml>")?;
    Some(format!("{}{boxes}{}", &text[..end], &text[end..]))
}

/// Makes the box of one note: beside its cell, shown when it is pointed at.
fn box_of(number: u32, cell: CellRef) -> String {
    let (row, col) = (cell.row, u32::from(cell.col));
    let (left, right, top, bottom) = (col + 1, col + 4, row.saturating_sub(1), row + 5);
    format!(
        "<v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\" \
         xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
         xmlns:x=\"urn:schemas-microsoft-com:office:excel\" \
         id=\"_x0000_s{number}\" type=\"#_x0000_t202\" \
         style=\"position:absolute;width:240pt;height:90pt;z-index:{number};visibility:hidden\" \
         fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/>\
         <v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>\
         <v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>\
         <x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>\
         <x:Anchor>{left}, 15, {top}, 2, {right}, 15, {bottom}, 4</x:Anchor>\
         <x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{col}</x:Column>\
         </x:ClientData></v:shape>"
    )
}

/// Puts the link to a drawing of boxes into a sheet, where the format wants it.
fn with_drawing(xml: &str, id: &str) -> Option<String> {
    const BEHIND: [&str; 8] = [
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
    ];
    let mut tags = Tags::new(xml, 0);
    let root = tags.find(|tag| tag.local() == "worksheet" && tag.shape == Shape::Open)?;
    let at = loop {
        let tag = tags.next()?;
        if tag.shape == Shape::Close || BEHIND.contains(&tag.local()) {
            break tag.range.start;
        }
        end_of(&tag, &mut tags)?;
    };
    let element = format!(
        "<{}legacyDrawing xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
         r:id=\"{id}\"/>",
        root.prefix()
    );
    Some(format!("{}{element}{}", &xml[..at], &xml[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notes(list: &[(&str, &str)]) -> BTreeMap<CellRef, String> {
        list.iter().map(|(at, text)| (CellRef::parse(at).unwrap(), (*text).to_owned())).collect()
    }

    #[test]
    fn a_note_that_is_there_keeps_its_words() {
        let text = "<comments><authors><author>王</author></authors><commentList>\
                    <comment ref=\"A1\" authorId=\"0\"><text><t>按样衣</t></text></comment>\
                    </commentList></comments>";
        let Written { text, fresh } =
            written(text, &notes(&[("A1", "坏"), ("B2", "<好>")])).unwrap();
        assert!(
            text.contains("<t>按样衣</t><r><t xml:space=\"preserve\">\n坏</t></r></text>"),
            "{text}"
        );
        assert!(text.contains("<author>王</author><author>gendan</author>"), "{text}");
        assert!(text.contains("<comment ref=\"B2\" authorId=\"1\">"), "{text}");
        assert!(text.contains("&lt;好&gt;"), "{text}");
        assert_eq!(fresh, [CellRef::parse("B2").unwrap()]);
    }

    #[test]
    fn boxes_name_their_own_namespaces() {
        let cells = [CellRef::parse("C3").unwrap()];
        let drawing = with_boxes("<xml xmlns:ns1=\"urn:schemas-microsoft-com:vml\"></xml>", &cells);
        let drawing = drawing.unwrap();
        for element in ["<v:shapetype ", "<v:shape "] {
            let start = drawing.find(element).unwrap();
            let tag = drawing[start..].split('>').next().unwrap();
            assert!(tag.contains("xmlns:v=") && tag.contains("xmlns:o="), "{tag}");
        }
        assert_eq!(drawing.matches("xmlns:x=").count(), 1, "{drawing}");
    }

    #[test]
    fn boxes_are_numbered_on_and_drawings_stand_before_tables() {
        let cells = [CellRef::parse("C3").unwrap()];
        let drawing = with_boxes("<xml><v:shape id=\"_x0000_s2050\"/></xml>", &cells).unwrap();
        assert!(drawing.contains("_x0000_s2051") && drawing.ends_with("</v:shape></xml>"));
        let sheet = "<worksheet><sheetData/><drawing r:id=\"r1\"/><tableParts/></worksheet>";
        let sheet = with_drawing(sheet, "r9").unwrap();
        assert!(sheet.contains("<drawing r:id=\"r1\"/><legacyDrawing xmlns:r="), "{sheet}");
        assert!(sheet.ends_with("r:id=\"r9\"/><tableParts/></worksheet>"), "{sheet}");
    }
}
