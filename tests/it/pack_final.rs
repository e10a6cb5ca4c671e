//! `pack final`: what was really packed, as a program is told of it.

use serde_json::{Value, json};

use crate::sandbox::{Ran, Sandbox};

const LIST: &str = "\
青竹制衣 装箱单,,,,,,,,,,,,,
款号：K100,,PO：88121,,,,,,,,,,,
箱号,箱数,颜色,S,M,L,每箱,合计,净重/箱,毛重/箱,总毛重,外箱尺寸,立方数,备注
1-5,5,黑色,24,,,24,120,11.20,12.80,64.00,60*40*35,0.42,
6-9,4,黑色,,24,,24,96,11.50,13.10,52.40,60*40*35,0.336,
12,1,黑色,5,6,7,18,18,8.10,9.70,9.70,60*40*35,0.084,尾箱
合计,10,,,,,,234,,,126.10,,0.84,
";

/// Returns the rows of a section.
pub(crate) fn section(ran: &Ran, name: &str) -> Vec<Value> {
    let report: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{ran}"));
    let sections = report["sections"].as_array().unwrap().clone();
    let section = sections.into_iter().find(|section| section["name"] == name);
    section.unwrap_or_else(|| panic!("no {name}: {ran}"))["rows"].as_array().unwrap().clone()
}

/// Returns the findings by code and place.
pub(crate) fn findings(ran: &Ran) -> Vec<(String, String)> {
    let report: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{ran}"));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let findings = report["findings"].as_array().unwrap();
    findings.iter().map(|finding| (text(&finding["code"]), text(&finding["at"]))).collect()
}

#[test]
fn a_list_is_read_as_cartons_and_its_numbers_are_checked() {
    let sandbox = Sandbox::new();
    sandbox.write("箱单.csv", LIST);
    let ran = sandbox.run(&["pack", "final", "箱单.csv", "--format", "json"]);
    let cartons = section(&ran, "cartons");
    assert_eq!(cartons.len(), 3, "{ran}");
    assert_eq!(cartons[0]["number_to"], 5);
    assert_eq!(cartons[0]["contents"], json!([{"size": "S", "pieces": "24"}]));
    assert_eq!(cartons[0]["length"], "600");
    assert_eq!(cartons[0]["kind"], "solid");
    assert_eq!(cartons[2]["kind"], "mixed");
    assert_eq!(cartons[2]["gross_weight"], "9.70");
    let totals = section(&ran, "totals");
    assert_eq!(totals.len(), 2, "{ran}");
    assert_eq!(totals[0]["po"], "88121");
    assert_eq!(totals[1]["po"], Value::Null);
    assert_eq!(totals[1]["pieces"], "234");
    assert_eq!(totals[1]["gross_weight"], "126.10");
    assert_eq!(totals[1]["cbm"], "0.840");
    let gap = ("carton-number-gap".to_owned(), "箱单.csv!A6".to_owned());
    assert_eq!(findings(&ran), [gap], "{ran}");
}
