//! What a written workbook holds, read back from its bytes.

use std::io::{Cursor, Read as _};
use std::path::Path;

use gendan::engine::decisions::Choice;
use gendan::input::sheet::{Value, Workbook};
use gendan::input::workbook::{Options, open_bytes};
use gendan::lang::Lang;
use gendan::location::CellRef;
use gendan::progress::Progress;
use gendan::report::{Column, Report, Row, Sheet, Table, decisions, xlsx};
use rust_decimal::Decimal;

use super::example;

pub(super) fn bytes(report: &Report) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    xlsx::write(report, Path::new("out"), &mut out, &Progress::default()).unwrap();
    out.into_inner()
}

pub(super) fn open(bytes: &[u8]) -> Workbook {
    open_bytes(bytes, "report.xlsx", &Options::default())
}

pub(super) fn sheet<'a>(workbook: &'a Workbook, name: &str) -> &'a gendan::input::sheet::Sheet {
    let found = workbook.sheets.iter().find(|sheet| sheet.id.sheet.as_deref() == Some(name));
    found.unwrap_or_else(|| panic!("no sheet {name}"))
}

fn value(workbook: &Workbook, name: &str, cell: &str) -> Value {
    let at = CellRef::parse(cell).unwrap();
    sheet(workbook, name).cell(at).map(|cell| cell.value()).unwrap_or_default()
}

fn number(workbook: &Workbook, name: &str, cell: &str) -> Decimal {
    match value(workbook, name, cell) {
        Value::Number(number) => number,
        other => panic!("{name}!{cell} is {other:?}"),
    }
}

pub(super) fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let first = bytes(&example::report());
    std::thread::sleep(std::time::Duration::from_millis(2100));
    assert!(first == bytes(&example::report()), "the bytes depend on the clock or on chance");
}

#[test]
fn totals_and_checks_are_live_and_hold_our_figures() {
    let bytes = bytes(&example::report());
    let workbook = open(&bytes);
    assert_eq!(number(&workbook, "汇总", "D7"), example::dec("0.00"));
    assert_eq!(number(&workbook, "汇总", "D8"), example::dec("5546.75"));
    let summary = part(&bytes, "xl/worksheets/sheet1.xml");
    for formula in [
        "<f>ROUND(B4-C4,2)</f>",
        "<f>ROUND(SUMIF('差异'!$A$4:$A$9,A4,'差异'!$L$4:$L$9),2)</f>",
        "<f>ROUND(SUBTOTAL(9,D4:D7),2)</f>",
    ] {
        assert!(summary.contains(formula), "{formula} is not in {summary}");
    }
}

#[test]
fn text_from_inputs_stays_text() {
    let bytes = bytes(&example::report());
    let workbook = open(&bytes);
    let item = "=HYPERLINK(\"http://x\",\"里布\")";
    assert_eq!(value(&workbook, "差异", "E6"), Value::Text(item.into()));
    assert_eq!(value(&workbook, "差异", "C8"), Value::Text("000123".into()));
    let xml = part(&bytes, "xl/worksheets/sheet2.xml");
    assert!(!xml.contains("HYPERLINK"), "a text became a formula");
}

#[test]
fn places_lead_to_their_cells() {
    let bytes = bytes(&example::report());
    let links = part(&bytes, "xl/worksheets/_rels/sheet2.xml.rels");
    assert!(links.contains("Target=\"../2026-10/锦纶坊10月对账单.xlsx\""), "{links}");
    assert!(links.contains("Target=\"../2026-10/Harbourline_SOA_Oct.csv\""), "{links}");
    let xml = part(&bytes, "xl/worksheets/sheet2.xml");
    assert!(xml.contains("location=\"'10月'!H14\""), "{xml}");
}

#[test]
fn it_prints_on_a4_with_repeated_headers_and_page_numbers() {
    let bytes = bytes(&example::report());
    let xml = part(&bytes, "xl/worksheets/sheet3.xml");
    for expected in [
        "paperSize=\"9\" ",
        "orientation=\"landscape\"",
        "fitToHeight=\"0\"",
        "第 &amp;P 页，共 &amp;N 页",
        "state=\"frozen\"",
        "<autoFilter ref=\"A2:J122\"",
    ] {
        assert!(xml.contains(expected), "{expected} is not in {xml}");
    }
    let workbook = part(&bytes, "xl/workbook.xml");
    assert!(workbook.contains("对上的行!$2:$2"), "{workbook}");
    assert!(workbook.contains("name=\"gendan\" sheetId=\"7\" state=\"veryHidden\""), "{workbook}");
}

/// What a person makes of a sheet with decisions: rows sorted the other way,
/// columns moved, a row and a column put in, words typed.
fn edited(workbook: &Workbook, typed: &[(&str, &str)]) -> Vec<u8> {
    let mut edited = rust_xlsxwriter::Workbook::new();
    for source in &workbook.sheets {
        let name = source.id.sheet.as_deref().unwrap();
        let target = edited.add_worksheet().set_name(name).unwrap();
        let is_machine = name == "gendan";
        for (at, row) in source.rows.iter().enumerate() {
            let moved = if is_machine { at } else { turned(at, source.rows.len()) };
            for cell in &row.cells {
                let col = if is_machine { cell.col } else { 40 - cell.col };
                if let Some(text) = cell.text() {
                    target.write_string(moved as u32, col, text).unwrap();
                }
            }
            let id = row.cells.iter().rev().find_map(|cell| cell.text()).unwrap_or_default();
            for (_, word) in typed.iter().filter(|(line, _)| *line == id) {
                target.write_string(moved as u32, 40 - 14, *word).unwrap();
                target.write_string(moved as u32, 40 - 17, "已电话确认").unwrap();
                let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 3).unwrap();
                let format = rust_xlsxwriter::Format::new().set_num_format("yyyy/m/d");
                target.write_date_with_format(moved as u32, 40 - 16, day, &format).unwrap();
            }
        }
    }
    edited.save_to_buffer().unwrap()
}

/// Title, facts and header stay on top; the rows below are turned round, with
/// an empty row under the header.
fn turned(at: usize, rows: usize) -> usize {
    if at < 3 { at } else { 4 + rows - at }
}

#[test]
fn decisions_come_back_wherever_their_rows_went() {
    let report = example::report();
    let workbook = open(&bytes(&report));
    let mark = decisions::mark(&workbook).unwrap();
    assert_eq!(mark.report, "reconcile-supplier");
    assert_eq!(mark.period.as_deref(), Some("2026-10"));
    assert_eq!(decisions::read(&workbook).unwrap().decisions, []);

    let table = report.sheets[1].tables().next().unwrap();
    let ids: Vec<String> = table.rows.iter().map(|row| row.id.unwrap()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let typed = [(ids[1], "以我方为准"), (ids[2], "Dispute"), (ids[4], "OK")];
    let read = decisions::read(&open(&edited(&workbook, &typed))).unwrap();
    let decided: Vec<_> =
        read.decisions.iter().map(|written| (written.line.as_str(), written.choice)).collect();
    // From the last row to the first, as they were turned.
    assert_eq!(
        decided,
        [(ids[4], None), (ids[2], Some(Choice::Dispute)), (ids[1], Some(Choice::AcceptOurs))]
    );
    assert_eq!(read.decisions[1].note, "已电话确认");
    assert_eq!(read.decisions[1].decided_on, chrono::NaiveDate::from_ymd_opt(2026, 11, 3));
    let codes: Vec<&str> = read.findings.iter().map(|finding| finding.code.0).collect();
    assert_eq!(codes, ["unknown-decision"]);
}

#[test]
fn other_workbooks_are_not_taken_for_reports() {
    let mut foreign = rust_xlsxwriter::Workbook::new();
    foreign.add_worksheet().set_name("gendan").unwrap().write_string(0, 0, "跟单").unwrap();
    assert_eq!(decisions::mark(&open(&foreign.save_to_buffer().unwrap())), None);
}

#[test]
fn large_reports_are_whole() {
    const ROWS: u32 = 50_200;
    let mut table =
        Table::new([Column::id("no", "单号"), Column::money("amount", "金额").sum()]).total("合计");
    for row in 0..ROWS {
        table.push(Row::new([format!("0{row}").into(), Decimal::new(row.into(), 2).into()]));
    }
    let total = table.sums(0)[1];
    let mut report = Report::new("reconcile-supplier", "对账", Lang::Hans);
    report.sheets.push(Sheet::new("matched", "对上的行").table(table));
    let workbook = open(&bytes(&report));
    assert_eq!(value(&workbook, "对上的行", "A50201"), Value::Text("050199".into()));
    assert_eq!(number(&workbook, "对上的行", "B50201"), example::dec("501.99"));
    assert_eq!(Some(number(&workbook, "对上的行", "B50202")), total);
}
