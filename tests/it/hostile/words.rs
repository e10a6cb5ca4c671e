//! Texts that would become formulas, links or commands elsewhere, and letters
//! that turn the reading about.

use std::fs;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::sandbox::Sandbox;

/// A register in which a prankster wrote.
const REGISTER: &str = "送货单号,品名,数量,单价,金额,备注\n\
    \"=HYPERLINK(\"\"http://x.example\"\",\"\"y\"\")\",@SUM(1+1)*cmd|' /C calc'!A0,10,2.00,20.00,\
    http://x.example\n\
    +A1,-2+3\tz,5,1.00,5.00,`<b>` [x](http://x.example)\n\
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
fn no_field_of_a_csv_begins_as_a_formula_does() {
    let shown = shown("csv");
    let mut reader = csv::Reader::from_reader(shown.trim_start_matches('\u{feff}').as_bytes());
    for record in reader.records().flatten() {
        for field in &record {
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
