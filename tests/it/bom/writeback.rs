//! Arrivals written into copies of workbooks: what was not to change has not
//! changed, to the byte.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::process::{Command, Stdio};

use gendan::input::sheet::Value;
use gendan::input::workbook::{Options, open_bytes};
use rust_xlsxwriter::{
    Chart, ChartType, ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, Format,
    Formula, Image, Note, Workbook,
};
use serde_json::Value as Json;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{findings, rows, run};
use crate::sandbox::Sandbox;

/// A picture of one point.
const PNG: [u8; 67] = [
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0,
    1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0a, 0x49, 0x44, 0x41, 0x54,
    0x78, 0x9c, 0x63, 0, 1, 0, 0, 5, 0, 1, 0x0d, 0x0a, 0x2d, 0xb4, 0, 0, 0, 0, 0x49, 0x45, 0x4e,
    0x44, 0xae, 0x42, 0x60, 0x82,
];

/// A parts list as a person keeps it: merged titles, a chart, a picture, rules
/// that colour cells, drop-downs, notes, names, hidden rows, type faces,
/// formulas, a second sheet.
fn workbook(arrival_column: bool) -> Vec<u8> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold().set_border(rust_xlsxwriter::FormatBorder::Thin);
    let red = Format::new().set_font_color("#C00000");
    let sheet = book.add_worksheet().set_name("K77").unwrap();
    sheet.merge_range(0, 0, 0, 6, "物料定额表", &bold).unwrap();
    sheet.write(1, 0, "款号：K77").unwrap();
    sheet.write(1, 3, "订单号：D1  订单数：100件").unwrap();
    let last = if arrival_column { "到料时间" } else { "颜色" };
    let headers = ["物料编码", "物料名称", "单位", "单件用量", "总用量", last, "备注"];
    for (col, header) in (0..).zip(headers) {
        sheet.write_with_format(2, col, header, &bold).unwrap();
    }
    let lines = [
        ("M1", "面料", "米", 2.0),
        ("M2", "里布", "米", 1.0),
        ("M3", "拉链", "条", 1.0),
        ("M4", "纽扣", "个", 6.0),
    ];
    for (row, (code, name, unit, usage)) in (3..).zip(lines) {
        sheet.write(row, 0, code).unwrap();
        sheet.write(row, 1, name).unwrap();
        sheet.write(row, 2, unit).unwrap();
        sheet.write(row, 3, usage).unwrap();
        let total =
            Formula::new(format!("D{}*100", row + 1)).set_result((usage * 100.0).to_string());
        sheet.write_formula(row, 4, total).unwrap();
    }
    let plain = Format::default();
    sheet.write_rich_string(3, 6, &[(&red, "急"), (&plain, "，第一批")]).unwrap();
    sheet.write(4, 6, "色号 12").unwrap();
    sheet.write_formula(6, 6, Formula::new("A7&\"!\"").set_result("M4!")).unwrap();
    sheet.set_row_hidden(5).unwrap();
    sheet.insert_note(3, 3, &Note::new("按样衣")).unwrap();
    let rule = ConditionalFormatCell::new()
        .set_rule(ConditionalFormatCellRule::GreaterThan(1.5))
        .set_format(&red);
    sheet.add_conditional_format(3, 3, 6, 3, &rule).unwrap();
    let choices = DataValidation::new().allow_list_strings(&["米", "条", "个"]).unwrap();
    sheet.add_data_validation(3, 2, 6, 2, &choices).unwrap();
    sheet.insert_image(8, 0, &Image::new_from_buffer(&PNG).unwrap()).unwrap();
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values(("K77", 3, 3, 6, 3));
    sheet.insert_chart(9, 2, &chart).unwrap();
    book.define_name("用量", "=K77!$D$4:$D$7").unwrap();
    let other = book.add_worksheet().set_name("说明").unwrap();
    other.write(0, 0, "以样衣为准").unwrap();
    with_parts(&book.save_to_buffer().unwrap())
}

/// Adds parts that the writer does not make: macros, a link to another
/// workbook, a pivot cache, the maker's own data.
fn with_parts(workbook: &[u8]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        copy.raw_copy_file(archive.by_index_raw(at).unwrap()).unwrap();
    }
    for (name, bytes) in [
        ("xl/vbaProject.bin", &b"\xd0\xcf\x11\xe0 macros"[..]),
        ("xl/externalLinks/externalLink1.xml", b"<externalLink/>"),
        ("xl/pivotCache/pivotCacheDefinition1.xml", b"<pivotCacheDefinition/>"),
        ("customXml/item1.xml", b"<a xmlns=\"urn:x\">\r\n</a>"),
    ] {
        copy.start_file(name, SimpleFileOptions::default()).unwrap();
        copy.write_all(bytes).unwrap();
    }
    copy.finish().unwrap().into_inner()
}

/// Returns the parts of a package, in their order.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let read = |at: usize| {
        let mut part = archive.by_index(at).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        (part.name().unwrap().to_string(), content)
    };
    (0..ZipArchive::new(Cursor::new(bytes)).unwrap().len()).map(read).collect()
}

/// Returns what every cell of a workbook says.
fn cells(bytes: &[u8]) -> BTreeMap<String, Value> {
    let book = open_bytes(bytes, "", &Options::default());
    let mut cells = BTreeMap::new();
    for sheet in &book.sheets {
        for row in &sheet.rows {
            for cell in &row.cells {
                let at = gendan::location::CellRef::new(row.index, cell.col);
                let name = sheet.id.sheet.clone().unwrap_or_default();
                cells.insert(format!("{name}!{at}"), cell.value.clone());
            }
        }
    }
    cells
}

const STOCK: &str = "库存表,,,\n物料编码,品名,单位,结存\nM1,面料,米,80\nM2,里布,米,10\nM3,拉链,条,500\nM4,纽扣,个,100\n";
const OPEN: &str = "采购未交订单,,,,,,\n采购单号,供应商,物料编码,品名,单位,未交数量,交期\n\
    P1,恒锦,M1,面料,米,120,2026-11-05\nP2,恒锦,M2,里布,米,90,2026-11-01\n";

fn written(arrival_column: bool) -> (Sandbox, Json, Vec<u8>, Vec<u8>) {
    let sandbox = Sandbox::new();
    let before = workbook(arrival_column);
    sandbox
        .write("in/清单.xlsx", &before)
        .write("in/库存表.csv", STOCK)
        .write("in/采购未交.csv", OPEN);
    let (report, _) = run(&sandbox, "arrivals", &["--copies", "out"]);
    assert_eq!(fs::read(sandbox.path("in/清单.xlsx")).unwrap(), before, "the input was touched");
    let after = fs::read(sandbox.path("out/清单.xlsx")).unwrap();
    (sandbox, report, before, after)
}

/// Returns the cells that differ, with what they say now.
fn changed(before: &[u8], after: &[u8]) -> Vec<String> {
    let (before, after) = (cells(before), cells(after));
    assert!(before.keys().all(|at| after.contains_key(at)));
    let text = |value: &Value| match value {
        Value::Text(text) => text.to_string(),
        other => format!("{other:?}"),
    };
    after
        .iter()
        .filter(|(at, value)| before.get(*at) != Some(value))
        .map(|(at, value)| format!("{at} {}", text(value)))
        .collect()
}

#[test]
fn only_the_sheet_with_the_list_changes_and_of_it_only_the_named_cells() {
    let (_sandbox, report, before, after) = written(false);
    let (old, new) = (parts(&before), parts(&after));
    assert_eq!(old.len(), new.len());
    for ((name, content), (new_name, new_content)) in old.iter().zip(&new) {
        assert_eq!(name, new_name);
        assert!(content == new_content || name == "xl/worksheets/sheet1.xml", "{name} changed");
    }
    assert_eq!(
        changed(&before, &after),
        ["K77!G4 急，第一批；到料 2026-11-05", "K77!G5 色号 12；逾期 2026-11-01"]
    );
    let said: Vec<String> = rows(&report, "written")
        .iter()
        .map(|row| format!("{} {}", row["at"].as_str().unwrap(), row["text"].as_str().unwrap()))
        .collect();
    assert_eq!(
        said,
        [
            "out/清单.xlsx#K77!G4 急，第一批；到料 2026-11-05",
            "out/清单.xlsx#K77!G5 色号 12；逾期 2026-11-01"
        ]
    );
    // The formula in the fourth remark is not written over, and that is said.
    assert!(findings(&report).contains(&"copy-cell-kept G7".to_owned()), "{:?}", findings(&report));
}

#[test]
fn the_xml_around_the_cells_is_as_it_was() {
    let (_sandbox, _, before, after) = written(false);
    let sheet = |bytes: &[u8]| {
        let parts = parts(bytes);
        let found = parts.into_iter().find(|(name, _)| name == "xl/worksheets/sheet1.xml").unwrap();
        String::from_utf8(found.1).unwrap()
    };
    let without = |xml: String| {
        let mut kept = String::new();
        let mut rest = xml.as_str();
        for cell in ["<c r=\"G4\"", "<c r=\"G5\""] {
            let (head, tail) = rest.split_once(cell).unwrap();
            kept.push_str(head);
            rest = tail.split_once("</c>").unwrap().1;
        }
        kept + rest
    };
    let new = sheet(&after);
    // The red of the first word is kept as it was.
    assert!(new.contains("C00000"), "{new}");
    assert_eq!(without(sheet(&before)), without(new));
}

#[test]
fn an_arrival_column_goes_before_remarks_and_a_second_run_says_the_same() {
    let (sandbox, _, before, after) = written(true);
    let expected = ["K77!F4 到料 2026-11-05", "K77!F5 逾期 2026-11-01", "K77!F7 未到料 欠 500 个"];
    assert_eq!(changed(&before, &after), expected);
    sandbox.write("in/清单.xlsx", &after);
    let (_, _) = run(&sandbox, "arrivals", &["--copies", "again"]);
    let again = fs::read(sandbox.path("again/清单.xlsx")).unwrap();
    assert_eq!(changed(&before, &again), expected);
}

#[test]
fn the_copy_opens_in_libreoffice_with_the_same_values() {
    let (sandbox, _, _, after) = written(false);
    let profile = format!("-env:UserInstallation=file://{}", sandbox.path("profile").display());
    let run = Command::new("soffice")
        .args([profile.as_str(), "--headless", "--convert-to", "xlsx", "--outdir"])
        .arg(sandbox.path("office"))
        .arg(sandbox.path("out/清单.xlsx"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let required = std::env::var("GENDAN_LIBREOFFICE").is_ok_and(|value| value == "required");
    match run {
        Ok(status) => assert!(status.success(), "LibreOffice failed: {status}"),
        Err(error) if required => panic!("LibreOffice is required here: {error}"),
        Err(_) => return,
    }
    let saved = cells(&fs::read(sandbox.path("office/清单.xlsx")).unwrap());
    for (at, value) in cells(&after) {
        if matches!(value, Value::Text(_) | Value::Number(_)) {
            assert_eq!(saved.get(&at), Some(&value), "{at}");
        }
    }
}

#[test]
fn a_list_in_csv_is_not_copied_and_that_is_said() {
    let sandbox = Sandbox::new();
    let list = "款号：K77  订单号：D1  订单数：100件,,,,\n物料编码,物料名称,单位,单件用量,备注\nM1,面料,米,2,\nM2,里布,米,1,\n";
    sandbox.write("in/清单.csv", list).write("in/库存表.csv", STOCK).write("in/采购未交.csv", OPEN);
    let (report, ran) = run(&sandbox, "arrivals", &["--copies", "out"]);
    assert!(findings(&report).iter().any(|found| found.starts_with("copy-not-possible")), "{ran}");
    assert_eq!(rows(&report, "written"), Vec::<Json>::new(), "{ran}");
}

#[test]
fn inputs_and_other_files_are_never_written_over() {
    let (sandbox, ..) = written(false);
    for folder in ["in", "out"] {
        let args = ["bom", "arrivals", "in", "--copies", folder, "--today", "2026-11-03"];
        let ran = sandbox.run(&args);
        assert_eq!(ran.code, 2, "{ran}");
    }
    let ran = sandbox.run(&[
        "bom",
        "arrivals",
        "in",
        "--copies",
        "out",
        "--force",
        "--today",
        "2026-11-03",
    ]);
    assert_eq!(ran.code, 1, "{ran}");
}
