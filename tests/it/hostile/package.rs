//! An xlsx or ods written part by part, so that any of them can be wrong.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// Parts of a package, as they are added.
pub(super) struct Package {
    zip: ZipWriter<Cursor<Vec<u8>>>,
}

impl Package {
    /// Makes an empty one.
    pub(super) fn new() -> Self {
        Self { zip: ZipWriter::new(Cursor::new(Vec::new())) }
    }

    /// Adds a part made of `piece`, `times` over.
    pub(super) fn part(mut self, name: &str, pieces: &[(&str, usize)]) -> Self {
        let options = SimpleFileOptions::default().large_file(true).compression_level(Some(1));
        self.zip.start_file(name, options).unwrap();
        for (piece, times) in pieces {
            // Some pieces at once: a write call for each would take longest.
            let at_once = (1_usize << 16).div_ceil(piece.len().max(1)).min(*times).max(1);
            let block = piece.repeat(at_once);
            for _ in 0..times / at_once {
                self.zip.write_all(block.as_bytes()).unwrap();
            }
            self.zip.write_all(piece.repeat(times % at_once).as_bytes()).unwrap();
        }
        self
    }

    /// Returns its bytes.
    pub(super) fn bytes(self) -> Vec<u8> {
        self.zip.finish().unwrap().into_inner()
    }
}

/// Returns an xlsx of one sheet without the sheet's own part.
pub(super) fn without_sheet(sheets: usize) -> Package {
    let names: String = (1..=sheets)
        .map(|n| format!("<sheet name=\"S{n}\" sheetId=\"{n}\" r:id=\"rId1\"/>"))
        .collect();
    let workbook = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{names}</sheets></workbook>"
    );
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
    };
    let root = relation("rId1", "officeDocument", "xl/workbook.xml");
    let parts = [
        relation("rId1", "worksheet", "worksheets/sheet1.xml"),
        relation("rId2", "sharedStrings", "sharedStrings.xml"),
        relation("rId3", "styles", "styles.xml"),
    ];
    let relations = |all: &str| format!("<Relationships xmlns=\"{PACKAGE}\">{all}</Relationships>");
    Package::new()
        .part("[Content_Types].xml", &[("<Types/>", 1)])
        .part("_rels/.rels", &[(&relations(&root), 1)])
        .part("xl/_rels/workbook.xml.rels", &[(&relations(&parts.concat()), 1)])
        .part("xl/workbook.xml", &[(&workbook, 1)])
}

/// Returns an xlsx whose one sheet's part is made of these pieces.
pub(super) fn sheet(pieces: &[(&str, usize)]) -> Package {
    without_sheet(1).part("xl/worksheets/sheet1.xml", pieces)
}

/// Returns an xlsx whose one sheet has these rows, and `tail` behind them.
pub(super) fn rows(rows: &[(&str, usize)], tail: &[(&str, usize)]) -> Package {
    let head = format!("<worksheet xmlns=\"{MAIN}\"><sheetData>");
    let mut pieces = vec![(head.as_str(), 1)];
    pieces.extend(rows);
    pieces.push(("</sheetData>", 1));
    pieces.extend(tail);
    pieces.push(("</worksheet>", 1));
    sheet(&pieces)
}

/// Returns an ods whose one table has this content.
pub(super) fn ods(rows: &str) -> Vec<u8> {
    let names = ["office", "table", "text"]
        .map(|n| format!("xmlns:{n}=\"urn:oasis:names:tc:opendocument:xmlns:{n}:1.0\""))
        .join(" ");
    let content = format!(
        "<office:document-content {names}><office:body><office:spreadsheet>\
         <table:table table:name=\"a\">{rows}</table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    Package::new()
        .part("mimetype", &[("application/vnd.oasis.opendocument.spreadsheet", 1)])
        .part("content.xml", &[(&content, 1)])
        .bytes()
}
