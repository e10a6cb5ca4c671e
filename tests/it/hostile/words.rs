//! Texts that would become formulas, links or commands elsewhere, and letters
//! that turn the reading about.

use std::fs;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::package::Package;
use crate::sandbox::Sandbox;

/// A register in which a prankster wrote.
const REGISTER: &str = "送货单号,品名,数量,单价,金额,备注\n\
    \"=HYPERLINK(\"\"http://x.example\"\",\"\"y\"\")\",@SUM(1+1)*cmd|' /C calc'!A0,10,2.00,20.00,\
    http://x.example\n\
    +A1,-2+3\tz,5,1.00,5.00,`<b>` [x](http://x.example)\n\
    \u{3000}=A1,  =1+1,5,1.00,5.00,\"\t@x\"\n\
    \u{202e}dne\u{2066},a\u{1b}[31mred\u{7},5,1.00,6.00,\"two\rlines\"\n";

/// Returns what one format makes of it.
fn shown(format: &str) -> String {
    let sandbox = Sandbox::new();
    sandbox.write("=cmd.csv", REGISTER);
    let run = sandbox.run(&["inspect", "=cmd.csv", "--lang", "en", "--format", format]);
    assert!(run.code < 2, "{run}");
    run.stdout + &run.stderr
}

#[test]
fn no_control_or_turning_letter_reaches_a_terminal() {
    for format in ["table", "md", "csv"] {
        let shown = shown(format);
        let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let controls = |c: char| c.is_control() && !"\n\r".contains(c);
        assert!(!shown.contains(turns), "{format}: {shown:?}");
        assert!(!shown.contains(controls), "{format}: {shown:?}");
    }
}

#[test]
fn names_of_files_and_sheets_reach_no_terminal_as_they_are() {
    let sandbox = Sandbox::new();
    sandbox.write("a\u{1b}]0;x\u{7}\u{202e}b.csv", REGISTER);
    sandbox.write("坏\u{1b}[2J.xlsx", "PK\u{3}\u{4}").write("b.xlsx", named_sheet());
    for format in ["table", "md", "csv", "json"] {
        let run = sandbox.run(&["inspect", ".", "--format", format, "-o", "out.xlsx", "--force"]);
        assert!(run.code < 2 && run.stderr.contains("U+202E"), "{run}");
        let missing = sandbox.run(&["inspect", "no\u{1b}[2J\u{202e}", "--format", format]);
        assert_eq!(missing.code, 2, "{missing}");
        for shown in [run.stdout, run.stderr, missing.stderr] {
            let moves = |c: char| c.is_control() && !"\n\r".contains(c);
            assert!(!shown.contains(moves), "{format}: {shown:?}");
            let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            assert!(format == "json" || !shown.contains(turns), "{format}: {shown:?}");
        }
    }
}

/// A workbook whose sheet has a name that paints.
fn named_sheet() -> Vec<u8> {
    let sheet = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>";
    let book = "<workbook xmlns:r=\"r\"><sheets>\
        <sheet name=\"s\u{1b}[31m\u{202e}t\" r:id=\"a\"/></sheets></workbook>";
    let links = "<r><Relationship Id=\"a\" Type=\"/worksheet\" Target=\"s.xml\"/></r>";
    let parts = Package::new()
        .part("xl/workbook.xml", &[(book, 1)])
        .part("xl/_rels/workbook.xml.rels", &[(links, 1)])
        .part("xl/s.xml", &[(sheet, 1)]);
    parts.bytes()
}

#[test]
fn no_address_becomes_a_link_in_markdown() {
    let sandbox = Sandbox::new();
    let head = "送货单号,品名,数量,单价,金额,http://x.example,www.x.example";
    sandbox.write("a.csv", format!("{head}\nA1,拉链,1,2,2,甲,乙\n"));
    let run = sandbox.run(&["inspect", "a.csv", "--format", "md"]);
    assert!(run.stdout.contains("http\\://x.example"), "{run}");
    assert!(!run.stdout.contains("http://") && !run.stdout.contains("www.x"), "{run}");
}

#[test]
fn no_field_of_a_csv_begins_as_a_formula_does() {
    let shown = shown("csv");
    let mut reader = csv::Reader::from_reader(shown.trim_start_matches('\u{feff}').as_bytes());
    for record in reader.records().flatten() {
        for field in &record {
            let field = field.trim_start_matches(' ');
            assert!(!field.starts_with(['=', '+', '@', '\t', '\r']), "{field:?}");
        }
    }
}

#[test]
fn texts_of_a_workbook_are_texts() {
    let sandbox = Sandbox::new();
    sandbox.write("=cmd.csv", REGISTER);
    let statement = REGISTER.replace("送货单号", "对账单\n送货单号").replace("6.00", "7.00");
    sandbox.write("@对账单.csv", statement);
    let args = ["reconcile", "supplier", ".", "--month", "2026-10", "-o", "out.xlsx"];
    let run = sandbox.run(&args);
    assert!(run.code < 2, "{run}");
    let mut package =
        ZipArchive::new(Cursor::new(fs::read(sandbox.path("out.xlsx")).unwrap())).unwrap();
    for index in 0..package.len() {
        let mut part = package.by_index(index).unwrap();
        let (name, mut text) = (part.name().unwrap().into_owned(), String::new());
        part.read_to_string(&mut text).unwrap();
        for formula in text.split("<f>").skip(1).filter_map(|rest| rest.split("</f>").next()) {
            assert!(!formula.contains("HYPERLINK(\"http"), "{name}: {formula}");
            assert!(!formula.contains("cmd"), "{name}: {formula}");
        }
        assert!(!text.contains("Target=\"http://x.example"), "{name} links out");
    }
}
