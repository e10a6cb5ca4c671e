//! `check`: every problem once, and marked in copies that are otherwise the
//! person's own workbooks.

use std::collections::BTreeSet;
use std::fs;

use gendan::input::sheet::Value;
use serde_json::Value as Json;

use crate::package::{cells, converted, parts, workbook};
use crate::sandbox::{Ran, Sandbox};

fn run(sandbox: &Sandbox, args: &[&str]) -> (Json, Ran) {
    let mut all = vec!["check"];
    all.extend(args);
    all.extend(["--format", "json", "--today", "2026-11-03", "--lang", "en"]);
    let ran = sandbox.run(&all);
    let json = serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}\n{ran}"));
    (json, ran)
}

/// Returns the alarms as code and cell.
fn alarms(report: &Json) -> Vec<String> {
    let findings = report["findings"].as_array().unwrap().iter();
    let loud = findings.filter(|finding| finding["severity"] != "info");
    let told = loud.map(|finding| {
        let at = finding["at"].as_str().unwrap_or_default();
        let cell = at.rsplit('!').next().unwrap_or_default();
        format!("{} {cell}", finding["code"].as_str().unwrap())
    });
    let mut told: Vec<String> = told.collect();
    told.sort();
    told
}

fn section<'r>(report: &'r Json, name: &str) -> &'r Vec<Json> {
    let sections = report["sections"].as_array().unwrap();
    let found = sections.iter().find(|section| section["name"] == name).unwrap();
    found["rows"].as_array().unwrap()
}

/// A parts list of which two lines are wrong: the metres of a lining that is
/// no number, and a loop.
fn wrong() -> (Sandbox, Vec<u8>) {
    let sandbox = Sandbox::new();
    let before = workbook(true);
    let list =
        "库存表,,,\n物料编码,品名,单位,结存\nM1,面料,米,80\nM2,里布,公斤,很多\nM3,拉链,条,500\n";
    sandbox.write("in/清单.xlsx", &before).write("in/库存表.csv", list);
    (sandbox, before)
}

#[test]
fn sheets_are_checked_by_themselves_and_against_each_other() {
    let sandbox = Sandbox::new();
    let table = "库存表 2026年10月,,,,,\n物料编码,品名,单位,期初,本月入库,本月出库,结存\n\
        A1,拉链,条,10,5,3,12\nA2,纽扣,个,10,五,3,7\nA3,线,个,1,1,1,2\n";
    let moves = "出入库流水,,,,,\n日期,单号,类型,物料编码,品名,入库数量,出库数量\n\
        2026-10-05,RK1,采购入库,A1,拉链,5,\n2026-10-06,LL1,生产领料,A1,拉链,,3\n\
        2026-13-40,RK2,采购入库,A2,纽扣,5,\n2026-10-07,LL2,生产领料,A2,纽扣,,3\n\
        2026-10-08,RK3,采购入库,A3,线,1,\n2026-10-08,LL3,生产领料,A3,线,,1\n\
        2026-10-09,,生产领料,A9,布,,1\n";
    sandbox.write("in/库存表.csv", table).write("in/流水.csv", moves);
    let (report, ran) = run(&sandbox, &["in"]);
    assert_eq!(
        alarms(&report),
        [
            "bad-date A5",
            "bad-number E4",
            "item-unknown G9",
            "movement-without-document G9",
            "negative-stock G9",
            "table-mismatch G4",
            "table-mismatch G5"
        ],
        "{ran}"
    );
    assert_eq!(ran.code, 1);
    let counted: Vec<u64> =
        section(&report, "tables").iter().map(|row| row["errors"].as_u64().unwrap()).collect();
    assert!(counted.iter().sum::<u64>() > 0 && counted.len() == 2, "{counted:?}");
    let clean = Sandbox::new();
    clean.write(
        "in/库存表.csv",
        "库存表,,,\n物料编码,品名,单位,结存\nM1,面料,米,80\nM2,里布,米,3\n",
    );
    let (report, ran) = run(&clean, &["in"]);
    assert_eq!((alarms(&report), ran.code), (Vec::new(), 0), "{ran}");
}

#[test]
fn problems_are_marked_in_a_copy_that_is_otherwise_the_same() {
    let (sandbox, before) = wrong();
    let text = "M1,面料,米,80\nM2,里布,公斤,3\nM3,拉链,条,500\n";
    sandbox.write("in/库存表.csv", format!("库存表,,,\n物料编码,品名,单位,结存\n{text}"));
    let (report, ran) = run(&sandbox, &["in", "--copies", "out"]);
    assert_eq!(fs::read(sandbox.path("in/清单.xlsx")).unwrap(), before, "the input was touched");
    let marked: Vec<&str> =
        section(&report, "marked").iter().map(|row| row["at"].as_str().unwrap()).collect();
    assert!(!marked.is_empty(), "{ran}");
    let after = fs::read(sandbox.path("out/清单.xlsx")).unwrap();
    let may_change = BTreeSet::from([
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
    ]);
    let (old, new) = (parts(&before), parts(&after));
    for ((name, content), (new_name, new_content)) in old.iter().zip(&new) {
        assert_eq!(name, new_name);
        assert!(content == new_content || may_change.contains(name.as_str()), "{name} changed");
    }
    // The second sheet had neither notes nor links.
    let added: Vec<&str> = new[old.len()..].iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        added,
        [
            "xl/comments2.xml",
            "xl/drawings/vmldrawing2.vml",
            "xl/worksheets/_rels/sheet2.xml.rels",
            "xl/worksheets/problems1.xml"
        ]
    );
    let (values, marks) = (cells(&before), cells(&after));
    for (at, value) in &values {
        assert_eq!(marks.get(at), Some(value), "{at}");
    }
    let part = |name: &str| {
        let found = new.iter().find(|(own, _)| own == name).unwrap();
        String::from_utf8(found.1.clone()).unwrap()
    };
    let notes = part("xl/comments1.xml") + &part("xl/comments2.xml");
    let list = part("xl/worksheets/problems1.xml");
    for place in &marked {
        let (sheet, cell) = place.rsplit_once('#').unwrap().1.split_once('!').unwrap();
        assert!(notes.contains(&format!("ref=\"{cell}\"")), "{cell}: {notes}");
        let link = format!("location=\"'{sheet}'!{cell}\"");
        assert!(list.contains(&link), "{link}: {list}");
    }
    assert!(notes.contains("按样衣"), "{notes}");
    assert!(part("xl/styles.xml").contains("FFFFEB9C"));
    let listed = marks.keys().filter(|at| at.starts_with("gendan problems!A")).count();
    assert_eq!(listed, marked.len() + 1);
    if let Some(saved) = converted(&sandbox, "out/清单.xlsx") {
        let saved = cells(&saved);
        for (at, value) in &marks {
            if matches!(value, Value::Text(_) | Value::Number(_)) {
                assert_eq!(saved.get(at), Some(value), "{at}");
            }
        }
    }
}

#[test]
fn files_that_cannot_be_marked_are_named_and_nothing_is_written_over() {
    let (sandbox, _) = wrong();
    let (report, ran) = run(&sandbox, &["in/库存表.csv", "--copies", "out"]);
    assert!(alarms(&report).iter().any(|one| one.starts_with("copy-not-possible")), "{ran}");
    assert_eq!(section(&report, "marked").len(), 0);
    let ran = sandbox.run(&["check", "in", "--copies", "in"]);
    assert_eq!(ran.code, 2, "{ran}");
}
