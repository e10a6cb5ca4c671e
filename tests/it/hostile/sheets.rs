//! Workbooks that promise or hold more than any sheet does.

use super::inspect;
use super::package::{Package, ods, rows, sheet, without_sheet};

const UNREADABLE: [&str; 1] = ["unreadable-file"];

/// A row with one text in it.
fn row(at: &str, text: &str) -> String {
    let number = at.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    format!("<row r=\"{number}\"><c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c></row>")
}

#[test]
fn a_cell_in_the_last_corner_costs_no_more_than_a_near_one() {
    let (near, far) = (row("A1", "x"), row("XFD1048576", "y"));
    let book = rows(&[(&near, 1), (&far, 1)], &[]).bytes();
    assert_eq!(inspect("corners.xlsx", book), ["unknown-kind"]);
}

#[test]
fn rows_and_columns_past_the_last_are_refused() {
    for at in ["A4294967295", "ZZZZZZZZ9", "A99999999999999999999"] {
        let book = rows(&[(&row(at, "x"), 1)], &[]).bytes();
        assert_eq!(inspect("far.xlsx", book), UNREADABLE, "{at}");
    }
}

#[test]
fn a_part_that_unpacks_to_gigabytes_is_read_as_a_stream_or_refused() {
    let blank = " ".repeat(1 << 16);
    let mut book = rows(&[(&blank, 2_000)], &[]);
    assert!(inspect("blank.xlsx", book.bytes()).len() <= 1);
    book = rows(&[("<row>", 1), (&"<c><v>1</v></c>".repeat(4_000), 5), ("</row>", 1)], &[]);
    assert_eq!(inspect("wide.xlsx", book.bytes()), UNREADABLE);
}

#[test]
fn shared_texts_are_counted_as_read_and_as_shown() {
    let one = row("A1", "x");
    let long = format!("<si><t>{}</t></si>", "A".repeat(1 << 20));
    let book = rows(&[(&one, 1)], &[]).part("xl/sharedStrings.xml", &[("<sst>", 1), (&long, 600)]);
    assert_eq!(inspect("strings.xlsx", book.bytes()), UNREADABLE);

    let shown = "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>0</v></c></row>";
    let one = format!("<sst><si><t>{}</t></si></sst>", "B".repeat(100_000));
    let book = rows(&[(shown, 50_000)], &[]).part("xl/sharedStrings.xml", &[(&one, 1)]);
    assert_eq!(inspect("shown.xlsx", book.bytes()), UNREADABLE);
}

#[test]
fn strings_that_are_promised_and_not_there_take_no_room() {
    let shown = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>4294967295</v></c></row>";
    let list = "<sst count=\"4294967295\" uniqueCount=\"4294967295\"><si><t>a</t></si></sst>";
    let book = rows(&[(shown, 1)], &[]).part("xl/sharedStrings.xml", &[(list, 1)]);
    assert_eq!(inspect("promised.xlsx", book.bytes()), UNREADABLE);
}

#[test]
fn elements_within_elements_need_no_stack() {
    let head = row("A1", "x");
    let tail = [("<a>", 1_000_000), ("</a>", 1_000_000)];
    inspect("deep.xlsx", rows(&[(&head, 1)], &tail).bytes());
    let rich = [
        ("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is>", 1),
        ("<r>", 500_000),
        ("<t>x</t>", 1),
        ("</r>", 500_000),
        ("</is></c></row>", 1),
    ];
    inspect("rich.xlsx", rows(&rich, &[]).bytes());
}

#[test]
fn entities_are_not_followed() {
    let mut declared = String::from("<!DOCTYPE a [<!ENTITY l0 \"lol\">");
    for n in 1..10 {
        declared += &format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10));
    }
    declared += "]><worksheet><sheetData>";
    let laugh = row("A1", "&l9;");
    let book = sheet(&[(&declared, 1), (&laugh, 1), ("</sheetData></worksheet>", 1)]);
    assert_eq!(inspect("lol.xlsx", book.bytes()), UNREADABLE);
}

#[test]
fn merged_areas_cost_what_they_cover_once() {
    let head = row("A1", "x");
    let whole = "<mergeCell ref=\"A1:XFD1048576\"/>";
    let far = [("<mergeCells>", 1), (whole, 1_000_000), ("</mergeCells>", 1)];
    inspect("merged.xlsx", rows(&[(&head, 1)], &far).bytes());
    let many = "<row><c><v>1</v></c><c><v>2</v></c></row>";
    inspect("covered.xlsx", rows(&[(many, 20_000)], &far).bytes());
}

#[test]
fn a_number_format_of_a_megabyte_is_one_to_leave_alone() {
    let cell = "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>1</v></c></row>";
    let format = format!("<numFmt numFmtId=\"164\" formatCode=\"{}\"/>", "0".repeat(1_000_000));
    let formats = [
        ("<styleSheet><numFmts>", 1),
        (format.as_str(), 30),
        ("</numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>", 1),
    ];
    inspect("format.xlsx", rows(&[(cell, 1)], &[]).part("xl/styles.xml", &formats).bytes());
}

#[test]
fn a_hundred_thousand_sheets_are_not_opened() {
    let part = format!("<worksheet><sheetData>{}</sheetData></worksheet>", row("A1", "x"));
    let book = without_sheet(100_000).part("xl/worksheets/sheet1.xml", &[(&part, 1)]);
    assert_eq!(inspect("sheets.xlsx", book.bytes()), UNREADABLE);
}

#[test]
fn a_package_within_a_package_stays_packed() {
    let inner = rows(&[(" ", 1 << 28)], &[]).bytes();
    let inner = String::from_utf8_lossy(&inner).into_owned();
    let book = Package::new().part("xl/workbook.xml", &[(&inner, 1)]).bytes();
    assert_eq!(inspect("nested.xlsx", book), UNREADABLE);
}

#[test]
fn repeats_of_an_ods_are_counted_before_they_are_made() {
    let cell = "<table:table-cell table:number-columns-repeated=\"16384\" \
                office:value-type=\"string\"><text:p>x</text:p></table:table-cell>";
    for times in ["1048576", "4294967295", "99999999999999999999"] {
        let row = format!(
            "<table:table-row table:number-rows-repeated=\"{times}\">{cell}</table:table-row>"
        );
        assert_eq!(inspect("repeat.ods", ods(&row)), UNREADABLE, "{times}");
    }
}
