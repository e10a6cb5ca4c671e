//! Arrivals written into copies of workbooks: what was not to change has not
//! changed, to the byte.

use std::fs;

use gendan::input::sheet::Value;
use serde_json::Value as Json;

use super::{findings, rows, run};
use crate::package::{cells, converted, parts, workbook};
use crate::sandbox::Sandbox;

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
    let Some(saved) = converted(&sandbox, "out/清单.xlsx") else { return };
    let saved = cells(&saved);
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
