//! `pack load`: lists as people have them into containers, every placement
//! checked by itself.

use serde_json::Value;

use crate::sandbox::{Ran, Sandbox};

const CARTONS: &str = "\
装柜清单
货号,长(cm),宽(cm),高(cm),箱数,每箱毛重(kg),可立边,最多层数,PO
A-1,60,40,35,40,13.5,H,3,88140
A-2,58,38,30,60,11.2,,,88141
B-7,45.5,30,28,30,8,\"L,H\",,88140
合计,,,,130,,,,
";

/// Returns the rows of a section.
fn section(ran: &Ran, name: &str) -> Vec<Value> {
    let report: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{ran}"));
    let sections = report["sections"].as_array().unwrap().clone();
    let found = sections.into_iter().find(|section| section["name"] == name);
    found.unwrap_or_else(|| panic!("no {name}"))["rows"].as_array().unwrap().clone()
}

/// A placement: its corner and the one opposite.
fn place(row: &Value) -> ([u64; 3], [u64; 3]) {
    let number = |key: &str| row[key].as_u64().unwrap();
    let at = [number("x"), number("y"), number("z")];
    let size = [number("dx"), number("dy"), number("dz")];
    (at, [0, 1, 2].map(|axis| at[axis] + size[axis]))
}

/// Checks that cartons are inside, apart and carried.
fn check(placements: &[Value], room: [u64; 3]) {
    for one in placements {
        let (at, to) = place(one);
        assert!((0..3).all(|axis| to[axis] <= room[axis]), "{one}");
        let mut carried = 0;
        for other in placements.iter().filter(|other| other["container"] == one["container"]) {
            if std::ptr::eq(one, other) {
                continue;
            }
            let (from, until) = place(other);
            let shared = [0, 1, 2]
                .map(|axis| to[axis].min(until[axis]).saturating_sub(at[axis].max(from[axis])));
            assert!(shared.contains(&0), "{one} is in {other}");
            carried += if until[2] == at[2] { shared[0] * shared[1] } else { 0 };
        }
        let base = (to[0] - at[0]) * (to[1] - at[1]);
        assert!(at[2] == 0 || carried == base, "{one} hangs");
    }
}

fn load(list: &str, args: &[&str]) -> Ran {
    let sandbox = Sandbox::new();
    sandbox.write("list.csv", list);
    let all = [&["pack", "load", "list.csv", "--format", "json", "--nodes", "60"], args].concat();
    sandbox.run(&all)
}

#[test]
fn a_list_is_loaded_and_every_carton_stands_where_it_may() {
    let ran = load(CARTONS, &["--container", "5870x2330x2200"]);
    let placements = section(&ran, "placements");
    assert_eq!(placements.len(), 130, "{ran}");
    check(&placements, [5870, 2330, 2200]);
    let heights = |label: &str| -> Vec<u64> {
        let own = placements.iter().filter(|row| row["carton"] == label);
        let mut heights: Vec<u64> = own.map(|row| row["dz"].as_u64().unwrap()).collect();
        heights.sort_unstable();
        heights.dedup();
        heights
    };
    assert_eq!(heights("A-1"), [350], "only its height stands upright");
    assert!(heights("B-7").iter().all(|height| [455, 280].contains(height)));
    let containers = section(&ran, "containers");
    assert_eq!(containers.len(), 1, "{ran}");
    assert_eq!(containers[0]["type"], "5870x2330x2200");
    assert_eq!(containers[0]["cartons"], 130);
    assert_eq!(containers[0]["payload"], "1452.0");
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(report["conservation"]["rows_in"], 130);
    assert_eq!(report["conservation"]["amount_in"], report["conservation"]["amount_reported"]);
    assert_eq!(section(&ran, "bounds")[0]["proved"], true);
}

#[test]
fn numbers_stand_in_the_order_of_loading() {
    let ran = load(CARTONS, &["--container", "20GP"]);
    let placements = section(&ran, "placements");
    for label in ["A-1", "A-2", "B-7"] {
        let own = placements.iter().filter(|row| row["carton"] == label);
        let numbers: Vec<u64> = own.map(|row| row["number"].as_u64().unwrap()).collect();
        assert!(numbers.is_sorted_by(|one, next| one + 1 == *next), "{label}: {numbers:?}");
    }
    let walls = section(&ran, "walls");
    let cartons: u64 = walls.iter().map(|wall| wall["cartons"].as_u64().unwrap()).sum();
    assert_eq!(cartons, 130);
}

#[test]
fn rows_without_names_are_called_by_their_row_and_units_are_believed() {
    let ran = load("length_mm,width_mm,height_mm,quantity\n600,400,400,3\n23.6,15,10,1\n", &[]);
    let placements = section(&ran, "placements");
    let labels: Vec<&str> = placements.iter().map(|row| row["carton"].as_str().unwrap()).collect();
    assert_eq!(labels.iter().filter(|label| **label == "2").count(), 3, "{ran}");
    let small = placements.iter().find(|row| row["carton"] == "3").unwrap();
    let mut edges = ["dx", "dy", "dz"].map(|key| small[key].as_u64().unwrap());
    edges.sort_unstable();
    assert_eq!(edges, [10, 15, 24], "parts of a millimetre count whole");
    let inches = "Item,Length (in),Width (in),Height (in),Qty\nX,24,16,14,2\n";
    let ran = load(inches, &["--container", "20GP"]);
    let one = section(&ran, "placements")[0].clone();
    let volume: u64 = ["dx", "dy", "dz"].iter().map(|key| one[*key].as_u64().unwrap()).product();
    assert_eq!(volume, 610 * 407 * 356);
}

#[test]
fn what_is_left_over_is_named_with_its_reason() {
    let list = "货号,长(mm),宽(mm),高(mm),数量\nA,600,400,400,400\nB,7000,300,300,1\n";
    let ran = load(list, &["--container", "20GP", "--limit", "1", "--lang", "en"]);
    assert_eq!(ran.code, 1, "{ran}");
    let left = section(&ran, "left_over");
    let reasons: Vec<(&str, &str)> = left
        .iter()
        .map(|row| (row["carton"].as_str().unwrap(), row["reason"].as_str().unwrap()))
        .collect();
    assert_eq!(reasons, [("A", "limit"), ("B", "too-large")], "{ran}");
    let placed = section(&ran, "placements").len() as u64;
    let left: u64 = left.iter().map(|row| row["quantity"].as_u64().unwrap()).sum();
    assert_eq!(placed + left, 401);
}

#[test]
fn a_row_without_a_size_is_a_finding_and_no_list_is_an_error() {
    let ran = load("货号,长(cm),宽(cm),高(cm),箱数\nA,60,40,35,2\nB,60,,35,2\n", &[]);
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap();
    assert!(findings.iter().any(|one| one["code"] == "rejected-row"), "{ran}");
    let ran = load("日期,金额\n2026-10-01,5.00\n", &[]);
    assert_eq!(ran.code, 2, "{ran}");
    let ran = load(CARTONS, &["--container", "41HQ"]);
    assert_eq!(ran.code, 2, "{ran}");
    let ran = load(CARTONS, &["--support", "1.5"]);
    assert_eq!(ran.code, 2, "{ran}");
}

#[test]
fn the_same_list_gives_the_same_plan_in_every_form() {
    let sandbox = Sandbox::new();
    sandbox.write("list.csv", CARTONS);
    let args =
        ["装箱", "装柜", "list.csv", "--nodes", "60", "--unload", "88141,88140", "-o", "a.xlsx"];
    let first = sandbox.run(&args);
    assert!(first.code <= 1, "{first}");
    let bytes = std::fs::read(sandbox.path("a.xlsx")).unwrap();
    assert_eq!(sandbox.run(&args).stdout, first.stdout);
    assert_eq!(std::fs::read(sandbox.path("a.xlsx")).unwrap(), bytes);
}

#[test]
fn more_cartons_than_can_be_planned_are_left_over_and_said() {
    let list = "Item No.,Length(mm),Width(mm),Height(mm),Quantity\nA,100,100,100,4000000000\nB,90,90,90,5\n";
    let ran = load(list, &["--container", "1000x1000x1000", "--limit", "1"]);
    assert_eq!(section(&ran, "placements").len(), 1000);
    let left: Vec<(Value, Value, Value)> = section(&ran, "left_over")
        .iter()
        .map(|row| (row["carton"].clone(), row["quantity"].clone(), row["reason"].clone()))
        .collect();
    let row = |carton: &str, count: u64, reason: &str| (carton.into(), count.into(), reason.into());
    let expected =
        [row("A", 99_000, "limit"), row("A", 3_999_900_000, "too-many"), row("B", 5, "too-many")];
    assert_eq!(left, expected);
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    let conserved = &report["conservation"];
    assert_eq!(conserved["rows_in"], conserved["rows_reported"]);
}

#[test]
fn a_plan_of_ours_is_loaded_as_it_is() {
    let sandbox = Sandbox::new();
    sandbox.write("order.csv", "款号：K1,PO：7,,\n颜色,S,M,合计\n黑,24,31,55\n");
    sandbox.write("spec.csv", "款号,每箱数量,外箱尺寸\nK1,24,60*40*35cm\n");
    let plan = sandbox.run(&["pack", "plan", "order.csv", "spec.csv", "-o", "plan.xlsx"]);
    assert!(plan.code <= 1, "{plan}");
    let args =
        ["pack", "load", "plan.xlsx", "--container", "20GP", "--format", "json", "--nodes", "60"];
    let ran = sandbox.run(&args);
    let placements = section(&ran, "placements");
    let numbers: std::collections::BTreeSet<u64> =
        placements.iter().map(|row| row["number"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [1, 2, 3].into(), "{ran}");
    assert!(placements.iter().all(|row| row["carton"] == "K1"), "{ran}");
}
