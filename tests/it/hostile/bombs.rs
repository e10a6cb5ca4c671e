//! Packages whose parts are small, and what they make of memory and time is
//! not: each bound is met before the work it bounds.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::inspect;
use super::package::{Package, ods, rows, sheet, without_sheet};

const UNREADABLE: [&str; 1] = ["unreadable-file"];

/// A row with one text in it.
const ROW: &str = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>x</t></is></c></row>";

/// An xlsx of one good sheet, but for its workbook's part and links.
fn with_workbook(book: &[(&str, usize)], links: &[(&str, usize)]) -> Vec<u8> {
    let link = "<Relationships><Relationship Id=\"r\" Type=\"/officeDocument\" Target=\"w.xml\"/></Relationships>";
    let sheet = format!("<worksheet><sheetData>{ROW}</sheetData></worksheet>");
    Package::new()
        .part("_rels/.rels", &[(link, 1)])
        .part("_rels/w.xml.rels", links)
        .part("w.xml", book)
        .part("sheet1.xml", &[(&sheet, 1)])
        .bytes()
}

#[test]
fn lists_of_parts_links_sheets_and_styles_have_an_end() {
    let one = [("<sheets><sheet name=\"a\"/></sheets>", 1)];
    let links = with_workbook(&one, &[("<r>", 1), ("<Relationship/>", 3_000_000)]);
    assert_eq!(inspect("links.xlsx", links), UNREADABLE);
    let sheets = with_workbook(&[("<sheets>", 1), ("<sheet/>", 3_000_000)], &[("<r/>", 1)]);
    assert_eq!(inspect("sheets.xlsx", sheets), UNREADABLE);
    let long = with_workbook(&[("<sheets>", 1), (" ", 70 << 20)], &[("<r/>", 1)]);
    assert_eq!(inspect("long.xlsx", long), UNREADABLE);
    let styles = [("<styleSheet><cellXfs>", 1), ("<xf/>", 3_000_000)];
    let styles = rows(&[(ROW, 1)], &[]).part("xl/styles.xml", &styles);
    assert_eq!(inspect("styles.xlsx", styles.bytes()), UNREADABLE);
    let mut parts = ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..30_000 {
        parts.start_file(format!("{n}"), SimpleFileOptions::default()).unwrap();
    }
    assert_eq!(inspect("parts.xlsx", parts.finish().unwrap().into_inner()), UNREADABLE);
}

#[test]
fn styles_of_an_ods_have_an_end() {
    let mut table = String::from("</table:table>");
    for n in 0..250_000 {
        write!(table, "<style:style style:name=\"{n}\"/>").unwrap();
    }
    table += "<table:table>";
    assert_eq!(inspect("styles.ods", ods(&table)), UNREADABLE);
}

#[test]
fn a_promise_of_strings_is_found_wherever_it_stands() {
    // A document type sends the package to the library, which makes room.
    let book = "<!DOCTYPE a><workbook><sheets><sheet name=\"a\"/></sheets></workbook>";
    let list = "<sst uniqueCount=\"99999999999\"><si><t>a</t></si></sst>";
    let book = Package::new()
        .part("xl/workbook.xml", &[(book, 1)])
        .part("xl/sharedStrings.xml", &[("<?xml version=\"1.0\"?>", 1), (" ", 4_000), (list, 1)]);
    assert_eq!(inspect("promise.xlsx", book.bytes()), UNREADABLE);
}

#[test]
fn strings_are_read_once_for_all_sheets_that_are_broken() {
    let broken = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"zz\"><v>1</v></c></row>";
    let strings = [("<sst>", 1), ("<si><t>abcdefgh</t></si>", 300_000), ("</sst>", 1)];
    let book = without_sheet(2_000)
        .part("xl/worksheets/sheet1.xml", &[(broken, 1)])
        .part("xl/sharedStrings.xml", &strings);
    assert_eq!(inspect("broken.xlsx", book.bytes()), UNREADABLE);
}

#[test]
fn one_long_part_is_not_read_for_every_sheet_that_names_it() {
    let long = [("<worksheet><sheetData>", 1), ("<row/>", 4_000_000), ("</sheetData>", 1)];
    let book = without_sheet(4_000).part("xl/worksheets/sheet1.xml", &long);
    assert_eq!(inspect("same.xlsx", book.bytes()), UNREADABLE);
    assert_eq!(inspect("same.xlsb", xlsb(2_000, &[("\x7f\0", 4_000_000)])), UNREADABLE);
    assert_eq!(inspect("same.xls", stream(2_000, 1_000_000)), UNREADABLE);
}

/// Adds a record of an xlsb: a type below 0x4000, at most 127 bytes.
fn record(out: &mut String, kind: u16, data: &str) {
    for byte in [kind & 0x7F | 0x80, kind >> 7] {
        out.push(char::from(byte as u8));
    }
    out.push(char::from(data.len() as u8));
    out.push_str(data);
}

/// An xlsb with so many sheets, which all are the same part; its records are
/// written as Latin-1.
fn xlsb(sheets: usize, records: &[(&str, usize)]) -> Vec<u8> {
    let wide = |text: &str| {
        format!(
            "{}\0\0\0{}",
            char::from(text.len() as u8),
            text.chars().flat_map(|c| [c, '\0']).collect::<String>()
        )
    };
    let mut book = String::new();
    for _ in 0..sheets {
        record(&mut book, 0x9C, &format!("{}{}{}", "\0".repeat(8), wide("r"), wide("a")));
    }
    record(&mut book, 0x90, "");
    record(&mut book, 0x84, "");
    let mut head = String::new();
    record(&mut head, 0x94, &"\0".repeat(16));
    record(&mut head, 0x91, "");
    let links = "<r><Relationship Id=\"r\" Target=\"worksheets/s.bin\"/></r>";
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let latin = |text: &str| text.chars().map(|c| c as u8).collect::<Vec<u8>>();
    let mut part = |name: &str, bytes: Vec<u8>| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    };
    part("xl/workbook.bin", latin(&book));
    part("xl/_rels/workbook.bin.rels", latin(links));
    let records = records.iter().map(|(piece, times)| piece.repeat(*times)).collect::<String>();
    part("xl/worksheets/s.bin", latin(&format!("{head}{records}\u{92}\u{1}\0")));
    zip.finish().unwrap().into_inner()
}

/// A stream of the old format in which so many sheets are the same one, of so
/// many records that say nothing.
fn stream(sheets: usize, records: usize) -> Vec<u8> {
    let record = |kind: u16, data: &[u8]| -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    };
    let begin = record(0x0809, &[0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let start = begin.len() + sheets * 13 + 4;
    let name = [&u32::try_from(start).unwrap().to_le_bytes()[..], &[0, 0, 1, 0, b'a']].concat();
    let names = record(0x85, &name).repeat(sheets);
    let end = record(0x0A, &[]);
    [begin.clone(), names, end.clone(), begin, record(0x1234, &[]).repeat(records), end].concat()
}

#[test]
fn a_panic_of_the_library_is_about_one_file() {
    // A string by number where there are no strings.
    let string = "\x07\x0C\0\0\0\0\0\0\0\0\0\0\0\0";
    assert_eq!(
        inspect("panic.xlsb", xlsb(1, &[("\0\x08\0\0\0\0\0\0\0\0", 1), (string, 1)])),
        UNREADABLE
    );
}

#[test]
fn what_is_stepped_over_costs_as_much_as_what_is_read() {
    let row = format!("<tr>{}</tr>", "<td rowspan=65534 colspan=1000>a</td>".repeat(16));
    let page = format!("<table>{row}{}</table>", "<tr><td>x</td></tr>".repeat(20_000));
    assert_eq!(inspect("spans.xls", page), UNREADABLE);
    let idle = "<table:table-cell table:number-columns-repeated=\"64\"/>".repeat(255);
    let row = format!(
        "<table:table-row table:number-rows-repeated=\"1000000\">\
         <table:table-cell table:formula=\"of:=1\"/>{idle}</table:table-row>"
    );
    inspect("idle.ods", ods(&row));
    let wide = format!("<row>{}</row>", "<c><v>1</v></c>".repeat(16_384));
    inspect("narrow.xlsx", rows(&[(&wide, 1), ("<row/>", 3_000_000)], &[]).bytes());
}

#[test]
fn a_used_range_of_a_billion_rows_is_not_believed() {
    for area in ["A1:XFD1048576", "A1:ZZZ1000000000", "A1:A99999999999999999999", "A1:"] {
        let head = format!("<worksheet><dimension ref=\"{area}\"/><sheetData>");
        let book = sheet(&[(&head, 1), (ROW, 1), ("</sheetData></worksheet>", 1)]);
        assert_eq!(inspect("range.xlsx", book.bytes()), ["unknown-kind"], "{area}");
    }
}
