//! Workbooks of every format. Of packages the parts are fed, not the packed
//! bytes: what is wrong in a packed stream is the unpacker's business.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::book;
use super::bytes::parts;

/// The parts of an xlsx in the order of a target's bytes, and what stands for
/// those that are missing.
const XLSX: [(&str, &str); 6] = [
    ("xl/worksheets/sheet1.xml", ""),
    ("xl/sharedStrings.xml", ""),
    ("xl/styles.xml", ""),
    (
        "xl/workbook.xml",
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" r:id=\"rId1\"/></sheets></workbook>",
    ),
    (
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"rId1\" Type=\"/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"/styles\" Target=\"styles.xml\"/>\
         <Relationship Id=\"rId3\" Type=\"/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>",
    ),
    (
        "_rels/.rels",
        "<Relationships><Relationship Type=\"/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
    ),
];

const XLSB: [(&str, &str); 5] = [
    ("xl/worksheets/sheet1.bin", ""),
    ("xl/sharedStrings.bin", ""),
    ("xl/styles.bin", ""),
    ("xl/workbook.bin", ""),
    (
        "xl/_rels/workbook.bin.rels",
        "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.bin\"/></Relationships>",
    ),
];

const ODS: [(&str, &str); 3] =
    [("content.xml", ""), ("styles.xml", ""), ("META-INF/manifest.xml", "")];

/// Packs parts under their names.
pub(super) fn package(names: &[(&str, &str)], parts: &[&[u8]]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (nth, (name, usual)) in names.iter().enumerate() {
        let part = parts.get(nth).copied().filter(|part| !part.is_empty());
        let part = part.unwrap_or(usual.as_bytes());
        if !part.is_empty() {
            zip.start_file(*name, options).unwrap();
            zip.write_all(part).unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}

/// Packs the parts of an xlsx.
pub(super) fn packed_xlsx(parts: &[&[u8]]) -> Vec<u8> {
    package(&XLSX, parts)
}

/// The parts of an xlsx: our own reader, and the library's for what that
/// leaves.
pub(super) fn xlsx(data: &[u8]) {
    book::locate(book::open(&packed_xlsx(&parts(data)), "a.xlsx"));
}

/// The parts of an xlsb, which only the library reads.
pub(super) fn xlsb(data: &[u8]) {
    book::open(&package(&XLSB, &parts(data)), "a.xlsb");
}

/// The parts of an ods.
pub(super) fn ods(data: &[u8]) {
    book::locate(book::open(&package(&ODS, &parts(data)), "a.ods"));
}

/// A compound file or a bare stream of records.
pub(super) fn xls(data: &[u8]) {
    book::locate(book::open(data, "a.xls"));
}
