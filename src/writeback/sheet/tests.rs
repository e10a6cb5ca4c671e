//! Cells written anew, and everything else as it was.

use std::collections::BTreeSet;

use proptest::prelude::*;

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
        found.contains("<r><rPr><b/></rPr><t>急</t></r><r><t xml:space=\"preserve\">；到</t></r>"),
        "{found}"
    );
}

#[test]
fn an_empty_sheet_gets_its_first_rows_and_odd_ones_are_refused() {
    let (found, _) = patched("<worksheet><sheetData/></worksheet>", &[edit("A1", "a", 1)], "");
    assert!(found.starts_with("<worksheet><sheetData><row r=\"1\"><c r=\"A1\""), "{found}");
    let data = |rows: &str| format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let rows = data("<row r=\"2\"/><row r=\"1\"><c r=\"A1\"/></row>");
    let cells = data("<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>");
    let strange = data("<row r=\"1\"><c r=\"A2\"/></row>");
    let other = data("<row r=\"4\"><c r=\"B1\"/></row>");
    let gbk = format!("<?xml version=\"1.0\" encoding='GBK'?>{}", data(""));
    let cut = "<worksheet><sheetData><row>";
    for xml in ["", "<worksheet/>", cut, &rows, &cells, &strange, &other, &gbk] {
        assert!(patch(xml.as_bytes(), &[edit("A1", "a", 1)], b"").is_err(), "{xml}");
    }
}

/// Returns every cell's XML by its address, in the order of the text.
fn cells_of(xml: &str) -> Vec<(CellRef, String)> {
    let mut found = Vec::new();
    for piece in xml.split("<c ").skip(1) {
        let at = piece.split('"').nth(1).and_then(CellRef::parse).unwrap();
        let tag = piece.find('>').unwrap();
        let empty = piece[..tag].ends_with('/');
        let end = if empty { tag + 1 } else { piece.find("</c>").unwrap() + 4 };
        found.push((at, piece[..end].to_owned()));
    }
    found
}

/// A sheet with these cells, every third empty, every third a number.
fn sheet_of(cells: &BTreeSet<(u32, u16)>) -> String {
    let mut rows: BTreeMap<u32, String> = BTreeMap::new();
    for (row, col) in cells {
        let at = CellRef::new(*row, *col);
        let cell = match (row + u32::from(*col)) % 3 {
            0 => format!("<c r=\"{at}\" s=\"{col}\"></c>"),
            1 => format!("<c r=\"{at}\"><v>{row}</v></c>"),
            _ => format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{at}</t></is></c>"),
        };
        rows.entry(*row).or_default().push_str(&cell);
    }
    let rows: String =
        rows.iter().map(|(row, cells)| format!("<row r=\"{}\">{cells}</row>", row + 1)).collect();
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

#[test]
fn a_sheet_that_readers_read_in_other_ways_is_not_copied() {
    for xml in [
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"/></row<>row r=\"2\"></row></sheetData></worksheet>",
        "<worksheet><sheetData><row r=\"1\"></row><ro/v></c><row r=\"2\"/></sheetData></worksheet>",
        "<worksheet><sheetData><row r=\"1\"/></sheetData>",
    ] {
        assert!(patch(xml.as_bytes(), &[edit("A1", "x", 1)], b"").is_err(), "{xml}");
    }
}

proptest! {
    #[test]
    fn only_the_named_cells_change_and_all_stay_in_order(
        cells in prop::collection::btree_set((0_u32..12, 0_u16..12), 0..60),
        named in prop::collection::btree_set((0_u32..14, 0_u16..14), 1..20),
        looks in any::<bool>(),
    ) {
        let before = sheet_of(&cells);
        let edits: Vec<Edit> = named
            .iter()
            .map(|(row, col)| Edit {
                cell: CellRef::new(*row, *col),
                text: "new".into(),
                added: 3,
            })
            .collect();
        let change = |edit| match looks {
            true => Change::Look(Severity::Error),
            false => Change::Text(edit),
        };
        let changes = edits.iter().map(|edit| (edit.cell, change(edit)));
        let done = changed(before.as_bytes(), changes, b"", &mut |style, _| style + 100);
        let after = String::from_utf8(done.unwrap().xml).unwrap();
        let (old, new) = (cells_of(&before), cells_of(&after));
        prop_assert!(new.is_sorted_by_key(|(at, _)| (at.row, at.col)), "{}", after);
        prop_assert_eq!(new.len(), cells.union(&named).count());
        let old: BTreeMap<_, _> = old.into_iter().collect();
        for (at, xml) in new {
            let is_named = named.contains(&(at.row, at.col));
            match old.get(&at) {
                Some(known) if !is_named => prop_assert_eq!(known, &xml),
                None => prop_assert!(is_named),
                Some(_) if looks => prop_assert!(xml.contains(" s=\"1"), "{}", xml),
                Some(_) => prop_assert!(xml.contains(">new<"), "{}", xml),
            }
        }
    }
}
