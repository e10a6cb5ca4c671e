//! What holds for every workbook that was opened, whatever was in the file.

use std::sync::Arc;

use gendan::input::guard::Limits;
use gendan::input::locate::{LocateOptions, tables};
use gendan::input::sheet::{Sheet, Workbook};
use gendan::input::workbook::{Options, open_bytes};

use super::foreign_panics;

/// Opens bytes within bounds that keep a run short, and checks what came.
pub(super) fn open(bytes: &[u8], name: &str) -> Workbook {
    let limits = Limits {
        cells: 200_000,
        text_bytes: 8 << 20,
        shown_bytes: 8 << 20,
        lines: 100_000,
        merges: 2_000,
        sheets: 64,
        ..Limits::default()
    };
    let before = foreign_panics();
    let book = open_bytes(bytes, name, &Options { limits, ..Options::default() });
    let panicked =
        book.findings.iter().flat_map(|finding| &finding.values).any(|(_, v)| v == "panic");
    assert!(!panicked || foreign_panics() > before, "an own reader panicked");
    assert!(
        !book.sheets.is_empty() || !book.findings.is_empty(),
        "nothing is said of an empty book"
    );
    book.sheets.iter().for_each(check);
    book
}

/// Finds the tables of every sheet of a book that is not large.
pub(super) fn locate(book: Workbook) {
    for sheet in book.sheets {
        if sheet.rows.iter().map(|row| row.cells.len()).sum::<usize>() < 2_000 {
            tables(&Arc::new(sheet), &LocateOptions::default());
        }
    }
}

fn check(sheet: &Sheet) {
    let rising = sheet.rows.windows(2).all(|two| two[0].index < two[1].index);
    assert!(rising, "rows are in order, each once");
    for row in &sheet.rows {
        assert!(!row.is_blank(), "row {} is stored and blank", row.index);
        let rising = row.cells.iter().is_sorted_by(|one, next| one.col < next.col);
        assert!(rising, "the cells of row {} are in order, each once", row.index);
        for cell in &row.cells {
            assert!(cell.col < 16_384 && usize::from(cell.style) < sheet.styles.len());
            if let Some(text) = cell.text() {
                assert!(!text.trim().is_empty(), "a blank text is nothing");
            }
        }
    }
    assert!(sheet.merges.is_sorted() && sheet.hidden_columns.is_sorted());
}
