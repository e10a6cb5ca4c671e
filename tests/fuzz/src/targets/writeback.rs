//! Copies of workbooks with cells written anew: what is asked for stands in
//! the copy, and all else is as it was.

use gendan::input::sheet::{Sheet, Workbook};
use gendan::location::CellRef;
use gendan::writeback::{Edit, SheetEdits, anchor, copy};

use super::book;
use super::bytes::{Bytes, parts};
use super::packages::packed_xlsx;

pub(super) fn run(data: &[u8]) {
    let parts = parts(data);
    let Some((choices, parts)) = parts.split_first() else { return };
    let bytes = packed_xlsx(parts);
    let before = book::open(&bytes, "a.xlsx");
    let Some(sheet) = before.sheets.first() else { return };
    let Some(name) = sheet.id.sheet.clone() else { return };
    let edits = edits(&mut Bytes::new(choices), sheet);
    let asked = SheetEdits { sheet: name, edits: edits.clone() };
    let Ok(copied) = copy(&bytes, &[asked]) else { return };
    // A book that the quick reader left to the library may name its parts in
    // ways that only one of them follows.
    let after = book::open(&copied.bytes, "a.xlsx");
    assert_eq!(before.sheets.len(), after.sheets.len(), "{:?}", after.findings);
    let Some(new) = after.sheets.first() else { return };
    for edit in &edits {
        let kept = copied.kept.iter().any(|(_, cell)| *cell == edit.cell);
        let found = new.cell(edit.cell).and_then(|cell| cell.text()).unwrap_or_default();
        let blank = edit.text.trim().is_empty() && found.is_empty();
        assert!(
            kept || blank || found == edit.text,
            "{}: {found:?}, not {:?}",
            edit.cell,
            edit.text
        );
    }
    others_are_the_same(&before, &after, &edits);
}

/// Chooses cells and texts; of merged cells the first.
fn edits(bytes: &mut Bytes<'_>, sheet: &Sheet) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for _ in 0..1 + bytes.below(6) {
        let at = CellRef::new(bytes.below(12) as u32, bytes.below(8) as u16);
        let cell = anchor(sheet, at);
        if edits.iter().any(|edit| edit.cell == cell) {
            continue;
        }
        let before = sheet.cell(cell).and_then(|cell| cell.text()).unwrap_or_default();
        let length = bytes.below(9);
        let added = bytes.text(length);
        let text = if bytes.next() < 128 { format!("{before}{added}") } else { added.clone() };
        // What no program keeps: white space that a cell shows alone.
        if text.trim() == text && !text.contains('\r') {
            edits.push(Edit { cell, text, added: added.len() });
        }
    }
    edits
}

fn others_are_the_same(before: &Workbook, after: &Workbook, edits: &[Edit]) {
    for (nth, (old, new)) in before.sheets.iter().zip(&after.sheets).enumerate() {
        let cells =
            old.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row.index, cell)));
        for (row, cell) in cells {
            let at = CellRef::new(row, cell.col);
            if nth == 0 && edits.iter().any(|edit| edit.cell == at) {
                continue;
            }
            let found = new.cell(at).map(|cell| (cell.value(), cell.style));
            // Whether formulas were calculated is told by all cells together.
            let same = found == Some((cell.value(), cell.style)) || cell.is_blank();
            assert!(same, "{at} was {cell:?} and is {found:?}");
        }
    }
}
