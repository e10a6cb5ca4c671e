//! `pack labels`: one label for every carton of a packing list, with numbers
//! that are whole and flags that are true.

use serde_json::{Value, json};

use crate::sandbox::{Ran, Sandbox};

const LIST: &str = "\
装箱单,,,,,,,,,,,
PO：88140,,款号：K6102,,,,,,,,,
箱号,箱数,颜色,S,M,L,每箱件数,总件数,净重(kg),毛重(kg),外箱尺寸,备注
1-3,3,黑色,24,,,24,72,12.05,13.20,60*40*35cm,
4-5,2,黑色,,20,,20,40,14.90,16.50,60*40*45cm,
6,1,黑色,3,5,2,10,10,5.10,6.00,40*30*30cm,尾箱
合计,6,,,,,,122,,,,
";

const SETTINGS: &str = "[labels]\ncompany_prefix = \"6901234\"\nnext_serial = 41\n";

fn rows(ran: &Ran) -> Vec<Value> {
    let report: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{ran}"));
    let sections = report["sections"].as_array().unwrap().clone();
    let labels = sections.into_iter().find(|section| section["name"] == "labels").unwrap();
    labels["rows"].as_array().unwrap().clone()
}

fn run(settings: &str, args: &[&str]) -> Ran {
    let sandbox = Sandbox::new();
    sandbox.write("gendan.toml", settings).write("箱单.csv", LIST);
    sandbox.run(&[&["pack", "labels", "箱单.csv", "--format", "json"], args].concat())
}

#[test]
fn every_carton_has_its_label_and_its_own_number() {
    let ran = run(SETTINGS, &["--consignee", "H-CO"]);
    let labels = rows(&ran);
    let numbers: Vec<u64> = labels.iter().map(|row| row["number"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6], "{ran}");
    let codes: Vec<&str> = labels.iter().map(|row| row["sscc"].as_str().unwrap()).collect();
    assert!(codes.iter().all(|code| code.len() == 18 && code.starts_with("06901234")), "{codes:?}");
    assert!(codes.windows(2).all(|pair| pair[0] != pair[1]), "{codes:?}");
    let flags: Vec<&Value> = labels.iter().map(|row| &row["flags"]).collect();
    assert_eq!(*flags[0], json!([]));
    assert_eq!(*flags[3], json!(["HEAVY"]), "16.5 kg");
    assert_eq!(*flags[5], json!(["MIXED", "ODD"]));
    let texts = labels[5]["texts"].to_string();
    for text in [
        "H-CO",
        "PO: 88140",
        "C/NO. 6/6",
        "S/3  M/5  L/2",
        "QTY: 10 PCS",
        "40 X 30 X 30",
        "MADE IN CHINA",
    ] {
        assert!(texts.contains(text), "{text}: {texts}");
    }
}

#[test]
fn check_digits_are_right_and_wrong_ones_are_refused() {
    let labels = rows(&run(SETTINGS, &[]));
    for row in &labels {
        let digits: Vec<u32> =
            row["sscc"].as_str().unwrap().chars().map(|c| c.to_digit(10).unwrap()).collect();
        let sum: u32 = digits
            .iter()
            .enumerate()
            .map(|(at, digit)| digit * if at % 2 == 0 { 3 } else { 1 })
            .sum();
        assert_eq!(sum % 10, 0, "{row}");
    }
    assert_eq!(run(SETTINGS, &["--barcode", "ean13=6291041500214"]).code, 2);
    assert_eq!(run(SETTINGS, &["--barcode", "ean13"]).code, 2);
    assert_eq!(run("", &["--barcode", "sscc"]).code, 2, "no prefix, no SSCC");
    assert!(rows(&run("", &[])).iter().all(|row| row["sscc"].is_null()));
}

#[test]
fn pages_of_every_size_are_written_the_same_twice() {
    let sandbox = Sandbox::new();
    sandbox.write("gendan.toml", SETTINGS).write("箱单.csv", LIST);
    for size in ["a6", "4x6", "a4"] {
        let out = format!("{size}.xlsx");
        let args = ["装箱", "箱唛", "箱单.csv", "--size", size, "-o", &out];
        let first = sandbox.run(&args);
        assert!(first.code <= 1, "{first}");
        let bytes = std::fs::read(sandbox.path(&out)).unwrap();
        assert_eq!(sandbox.run(&args).code, first.code);
        assert_eq!(std::fs::read(sandbox.path(&out)).unwrap(), bytes, "{size}");
    }
}

#[test]
fn pages_of_four_by_six_inches_are_just_that() {
    let sandbox = Sandbox::new();
    sandbox.write("gendan.toml", SETTINGS).write("箱单.csv", LIST);
    let setups = |size: &str| {
        let out = format!("{size}.xlsx");
        let ran = sandbox.run(&["pack", "labels", "箱单.csv", "--size", size, "-o", &out]);
        assert!(ran.code <= 1, "{ran}");
        // The list of labels is on A4; the pages come after it.
        let text = part(&std::fs::read(sandbox.path(&out)).unwrap(), "xl/worksheets/sheet2.xml");
        let from = text.find("<pageSetup ").unwrap();
        text[from..from + text[from..].find('>').unwrap()].to_owned()
    };
    let setup = setups("4x6");
    assert!(setup.contains("paperWidth=\"4in\" paperHeight=\"6in\""), "{setup}");
    assert!(!setups("a6").contains("paperWidth"));
}

/// Returns the text of a part of a package.
fn part(package: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(package)).unwrap();
    std::io::read_to_string(zip.by_name(name).unwrap()).unwrap()
}

#[test]
fn the_list_says_in_one_row_what_labels_say_alike() {
    let sandbox = Sandbox::new();
    sandbox.write("gendan.toml", SETTINGS).write("箱单.csv", LIST);
    let ran = sandbox.run(&["pack", "labels", "箱单.csv", "--format", "csv", "--lang", "en"]);
    let rows: Vec<&str> = ran.stdout.lines().filter(|line| line.contains("88140")).collect();
    assert_eq!(rows.len(), 3, "1-3, 4-5 and 6: {ran}");
    assert!(rows[0].starts_with("1-3,3,"), "{ran}");
    assert!(rows[2].starts_with("6,1,"), "{ran}");
}

#[test]
fn single_labels_are_printed_again_under_their_own_numbers() {
    let all = rows(&run(SETTINGS, &[]));
    let some = rows(&run(SETTINGS, &["--number", "2,5-6"]));
    assert_eq!(some, [all[1].clone(), all[4].clone(), all[5].clone()]);
    assert_eq!(run(SETTINGS, &["--number", "7"]).code, 2, "there is no carton 7");
    assert_eq!(run(SETTINGS, &["--number", "6-5"]).code, 2);
}

#[test]
fn more_labels_than_a_workbook_holds_are_said() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "list.csv",
        "装箱单,,,,\nPO：1,,,,\n箱号,箱数,颜色,S,每箱件数\n1-2001,2001,黑,24,24\n",
    );
    let ran = sandbox.run(&["pack", "labels", "list.csv", "--format", "json"]);
    assert_eq!(rows(&ran).len(), 2001);
    let found = crate::pack_final::findings(&ran);
    assert!(found.iter().any(|(code, _)| code == "labels-not-drawn"), "{found:?}");
}

#[test]
fn labels_come_from_a_plan_of_ours_too() {
    let sandbox = Sandbox::new();
    sandbox.write("order.csv", "款号：K1,PO：7,,\n颜色,S,M,合计\n黑,24,31,55\n");
    sandbox.write("spec.csv", "款号,每箱数量,外箱尺寸\nK1,24,60*40*35cm\n");
    let plan = sandbox.run(&["pack", "plan", "order.csv", "spec.csv", "-o", "plan.xlsx"]);
    assert!(plan.code <= 1, "{plan}");
    let ran = sandbox.run(&["pack", "labels", "plan.xlsx", "--format", "json"]);
    let labels = rows(&ran);
    assert_eq!(labels.len(), 3, "{ran}");
    assert!(labels[2]["texts"].to_string().contains("C/NO. 3/3"), "{ran}");
}

#[test]
fn a_plain_list_of_cartons_has_labels_without_contents() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "cartons.csv",
        "Item No.,Length,Width,Height,Quantity,PO\nA-1,60,40,35,2,88\nB-2,50,40,30,1,88\n",
    );
    let ran = sandbox.run(&["pack", "labels", "cartons.csv", "--format", "json"]);
    let labels = rows(&ran);
    assert_eq!(labels.len(), 3, "{ran}");
    let text = labels[2]["texts"].to_string();
    assert!(text.contains("C/NO. 3/3") && text.contains("B-2") && !text.contains("QTY"), "{text}");
}

#[test]
fn numbers_are_checked_across_the_sheets_of_an_order() {
    let sandbox = Sandbox::new();
    let other =
        LIST.replace("1-3,3", "6-8,3").replace("4-5,2", "12-13,2").replace("\n6,1", "\n14,1");
    sandbox.write("箱单1.csv", LIST).write("箱单2.csv", other);
    let ran = sandbox.run(&["pack", "labels", "箱单1.csv", "箱单2.csv", "--format", "json"]);
    let found = crate::pack_final::findings(&ran);
    let has = |code: &str, at: &str| found.contains(&(code.to_owned(), at.to_owned()));
    assert!(has("carton-number-overlap", "箱单2.csv!A4"), "{ran}");
    assert!(has("carton-number-gap", "箱单2.csv!A5"), "{ran}");
}

#[test]
fn pieces_that_do_not_divide_into_the_cartons_are_told_and_not_printed() {
    let sandbox = Sandbox::new();
    sandbox
        .write("箱单.csv", "箱号,款号,颜色,尺码,数量\n1-3,A,红,S,10\n4-5,A,红,M,8\n6-8,B,白,,1\n");
    let ran = sandbox.run(&["pack", "labels", "箱单.csv", "--format", "json"]);
    let labels = rows(&ran);
    let quantity = |at: usize| {
        let texts = labels[at]["texts"].as_array().unwrap().iter();
        texts.filter_map(Value::as_str).find(|text| text.starts_with("QTY")).map(str::to_owned)
    };
    assert_eq!(quantity(0), None, "{ran}");
    assert_eq!(quantity(3).as_deref(), Some("QTY: 4 PCS"));
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let uneven: Vec<&str> = findings
        .filter(|finding| finding["code"] == "carton-pieces-uneven")
        .filter_map(|finding| finding["at"].as_str())
        .collect();
    // A piece in three cartons is one that takes so many.
    assert_eq!(uneven, ["箱单.csv!A2"]);
}
