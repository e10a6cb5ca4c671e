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
    let alone = ("no-order".to_owned(), String::new());
    assert_eq!(findings(&ran), [gap, alone], "{ran}");
}

const ORDER: &str = "\
款号：K100,PO：88121,目的国：美国,,
颜色,S,M,L,合计
黑色,130,100,7,237
白色,40,,,40
合计,170,100,7,277
";

#[test]
fn over_and_short_are_judged_by_order_and_a_missing_size_is_named() {
    let sandbox = Sandbox::new();
    sandbox.write("箱单.csv", LIST).write("订单.csv", ORDER);
    let ran = sandbox.run(&["pack", "final", "箱单.csv", "订单.csv", "--format", "json"]);
    let rows = section(&ran, "over_short");
    let order = &rows[0];
    assert_eq!((&order["ordered"], &order["packed"]), (&json!("277"), &json!("234")), "{ran}");
    assert_eq!(order["percent"], "-15.52");
    assert_eq!((&order["minimum"], &order["maximum"]), (&json!("264"), &json!("290")));
    assert_eq!(order["verdict"], "short");
    let verdict = |colour: &str, size: &str| {
        let row = rows.iter().find(|row| row["colour"] == colour && row["size"] == size);
        row.map(|row| row["verdict"].clone())
    };
    assert_eq!(verdict("白色", "S"), Some(json!("missing")), "{ran}");
    assert_eq!(verdict("黑色", "M"), Some(json!("within")));
    let codes: Vec<String> = findings(&ran).into_iter().map(|(code, _)| code).collect();
    assert!(codes.contains(&"shipped-short".to_owned()), "{ran}");
    assert!(codes.contains(&"size-missing".to_owned()), "{ran}");
    assert_eq!(ran.code, 1);
}

#[test]
fn own_rules_go_before_the_market_and_the_type_before_both() {
    let sandbox = Sandbox::new();
    sandbox.write("箱单.csv", LIST);
    sandbox.write(
        "订单.csv",
        ORDER.replace("白色,40,,,40\n", "").replace("170,100,7,277", "130,100,7,237"),
    );
    let verdict = |sandbox: &Sandbox| {
        let args = ["pack", "final", "箱单.csv", "订单.csv", "--format", "json"];
        section(&sandbox.run(&args), "over_short")[0]["verdict"].clone()
    };
    assert_eq!(verdict(&sandbox), "within", "234 of 237 for the US");
    sandbox.write("gendan.toml", "[[over_short]]\nname = \"H\"\nover = 1\nshort = 0.4\n");
    assert_eq!(verdict(&sandbox), "short", "two at most");
    sandbox.write("gendan.toml", "");
    let online = ORDER
        .replace("白色,40,,,40\n", "")
        .replace("170,100,7,277", "130,100,7,237")
        .replace("目的国：美国,,", "目的国：美国,订单类型：网络单,");
    sandbox.write("订单.csv", online);
    assert_eq!(verdict(&sandbox), "short", "an online order");
}

#[test]
fn figures_of_a_row_that_cannot_all_be_right_are_said() {
    let sandbox = Sandbox::new();
    let list = LIST.replace("1-5,5,黑色,24,,,24,120", "1-5,4,黑色,24,,,25,120").replace(
        "6-9,4,黑色,,24,,24,96,11.50,13.10,52.40",
        "5-9,5,黑色,,24,,24,120,11.50,13.10,55.40",
    );
    sandbox.write("箱单.csv", list);
    let ran = sandbox.run(&["pack", "final", "箱单.csv", "--format", "json"]);
    let codes: Vec<String> = findings(&ran).into_iter().map(|(code, _)| code).collect();
    for code in [
        "carton-count-mismatch",
        "carton-pieces-mismatch",
        "carton-weight-mismatch",
        "carton-number-overlap",
        "carton-number-gap",
    ] {
        assert!(codes.iter().any(|found| found == code), "{code}: {ran}");
    }
}

#[test]
fn rows_of_one_carton_are_one_carton() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "packing list.csv",
        "PACKING LIST,,,,,\nCTN NO.,Style,Colour,Size,PCS/CTN,Gross Weight (kg)\n\
         1,A1,Red,S,10,8.5\n1,A1,Red,M,6,\n2,A1,Red,M,12,9.1\n",
    );
    let ran =
        sandbox.run(&["pack", "final", "packing list.csv", "--format", "json", "--lang", "en"]);
    let cartons = section(&ran, "cartons");
    assert_eq!(cartons.len(), 2, "{ran}");
    assert_eq!(cartons[0]["contents"].as_array().map(Vec::len), Some(2), "{ran}");
    assert_eq!(cartons[0]["kind"], "mixed");
}

#[test]
fn receipts_are_compared_as_far_as_they_name_the_goods() {
    let sandbox = Sandbox::new();
    sandbox.write("箱单.csv", LIST);
    let receipts = "成品入库单,,,,,\n入库日期,入库单号,款号,颜色,尺码,数量\n\
                    2026-10-20,R1,K100,黑色,S,125\n2026-10-20,R1,K100,黑色,M,100\n\
                    2026-10-21,R2,K100,黑色,L,7\n2026-10-21,R2,K100,白色,L,2\n";
    sandbox.write("入库.csv", receipts);
    let ran = sandbox.run(&["pack", "final", "箱单.csv", "receipts=入库.csv", "--format", "json"]);
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    let said: Vec<&str> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["code"] == "packed-not-received")
        .map(|finding| finding["message"].as_str().unwrap())
        .collect();
    assert_eq!(said.len(), 2, "{ran}");
    assert!(said.iter().any(|text| text.contains("黑色 M") && text.contains("102")), "{ran}");
    assert!(said.iter().any(|text| text.contains("白色 L")), "{ran}");
}

#[test]
fn weighings_split_a_row_and_its_totals_stay_exact() {
    let sandbox = Sandbox::new();
    sandbox.write("箱单.csv", LIST).write("称重.csv", "称重记录,\n箱号,毛重(kg)\n2-3,12.90\n");
    let ran = sandbox.run(&["pack", "final", "箱单.csv", "称重.csv", "--format", "json"]);
    let cartons = section(&ran, "cartons");
    let shown: Vec<String> = cartons
        .iter()
        .map(|one| format!("{}-{} {}", one["number_from"], one["number_to"], one["gross_weight"]))
        .collect();
    assert_eq!(shown[..3], ["1-1 \"12.80\"", "2-3 \"12.90\"", "4-5 \"12.80\""], "{ran}");
    assert_eq!(cartons[1]["weighed"], true);
    let totals = section(&ran, "totals");
    assert_eq!(totals[1]["gross_weight"], "126.30", "{ran}");
    assert_eq!(totals[1]["pieces"], "234");
}

#[test]
fn edges_called_by_letters_are_no_sizes_and_blocks_share_their_order() {
    let sandbox = Sandbox::new();
    let list = "PACKING LIST,,,,,,,,,,\nPO No.: 45,,Style No.: N1,,,,,,,,\n\
                C/NO.,Ctns,Colour,S,M,L,Pcs/Ctn,Total Pcs,L,W,H\n\
                1-4,4,Navy,24,,,24,96,60,40,35\n5,1,Navy,3,4,3,10,10,40,40,30\n";
    sandbox.write("packing list.csv", list);
    let ran =
        sandbox.run(&["pack", "final", "packing list.csv", "--format", "json", "--lang", "en"]);
    let cartons = section(&ran, "cartons");
    assert_eq!(cartons[0]["contents"], json!([{"size": "S", "pieces": "24"}]), "{ran}");
    assert_eq!(cartons[1]["contents"].as_array().map(Vec::len), Some(3), "{ran}");
    assert_eq!((&cartons[1]["length"], &cartons[1]["height"]), (&json!("400"), &json!("300")));

    let blocks = "最终装箱单,,,,\nPO：A77,款号：T-9,,,\n颜色：黑色,,,,\n箱号,箱数,S,M,总件数\n\
                  1-3,3,12,,36\n4,1,,9,9\n颜色：白色,,,,\n箱号,箱数,S,M,总件数\n5-6,2,6,6,24\n";
    sandbox.write("箱单.csv", blocks);
    let ran = sandbox.run(&["pack", "final", "箱单.csv", "--format", "json"]);
    let cartons = section(&ran, "cartons");
    let shown: Vec<(&Value, &Value)> =
        cartons.iter().map(|one| (&one["po"], &one["colour"])).collect();
    let (po, black, white) = (json!("A77"), json!("黑色"), json!("白色"));
    assert_eq!(shown, [(&po, &black), (&po, &black), (&po, &white)], "{ran}");
}

#[test]
fn the_trade_s_worked_windows_come_out() {
    for (market, ordered, packed, percent, window, verdict) in [
        ("美国", 3000, 3120, "4.00", ["2850", "3150"], "within"),
        ("美国", 3000, 3160, "5.33", ["2850", "3150"], "over"),
        ("加拿大", 3000, 3001, "0.03", ["3000", "3000"], "over"),
        ("欧洲", 1199, 1139, "-5.00", ["1140", "1258"], "short"),
        ("欧洲", 1199, 1140, "-4.92", ["1140", "1258"], "within"),
    ] {
        let sandbox = Sandbox::new();
        let (s, packed_s) = (ordered - 100, packed - 100);
        sandbox.write(
            "order.csv",
            format!(
                "订单尺码明细\nPO：1,款号：K1,目的国：{market},\n颜色,S,M,合计\n黑,{s},100,{ordered}\n"
            ),
        );
        sandbox.write(
            "list.csv",
            format!(
                "装箱单\nPO：1,款号：K1\n箱号,箱数,颜色,S,M,总件数\n1,1,黑,{packed_s},,{packed_s}\n2,1,黑,,100,100\n"
            ),
        );
        let ran = sandbox.run(&["pack", "final", "order.csv", "list.csv", "--format", "json"]);
        let rows = section(&ran, "over_short");
        let order = rows.iter().find(|row| row["colour"].is_null() && row["size"].is_null());
        let order = order.unwrap_or_else(|| panic!("{ran}"));
        let found = ["percent", "minimum", "maximum", "verdict"].map(|key| order[key].clone());
        assert_eq!(found, [percent, window[0], window[1], verdict], "{market} {packed}: {ran}");
    }
}

#[test]
fn where_no_carton_was_read_nothing_is_said_of_what_was_packed() {
    let sandbox = Sandbox::new();
    sandbox.write("order.csv", "PO：1,款号：K1,,\n颜色,S,M,合计\n黑,10,20,30\n");
    let ran = sandbox.run(&["pack", "final", "order.csv", "--format", "json"]);
    assert!(section(&ran, "over_short").is_empty(), "{ran}");
    let found: Vec<String> = findings(&ran).into_iter().map(|(code, _)| code).collect();
    assert_eq!(found, ["no-packing-list"], "{ran}");
}

#[test]
fn a_second_row_of_headers_may_hold_signs() {
    let list = "\
PACKING LIST,,,,,,,,,,,
PO NO.: 77120,,STYLE: M-9,,,,,,,,,
CTN NO.,,CTNS,COLOR,S,M,L,PCS/CTN,TOTAL PCS,N.W.(KGS),G.W.(KGS),MEAS(CM)
FROM,TO,,,,,,,,@,@,
1,4,4,Red,25,,,25,100,7.5,8.7,60*40*30
5,12,8,Red,,25,,25,200,7.8,9.0,60*40*30
13,13,1,Blue,,,24,24,24,8.0,9.2,60*40*30
TOTAL,,13,,,,,,324,,,
";
    let sandbox = Sandbox::new();
    sandbox.write("list.csv", list);
    let ran = sandbox.run(&["pack", "final", "list.csv", "--format", "json"]);
    let cartons = section(&ran, "cartons");
    let of = |at: usize| {
        let carton = &cartons[at];
        [&carton["number_from"], &carton["number_to"]].map(|number| number.as_u64().unwrap())
    };
    assert_eq!([of(0), of(1), of(2)], [[1, 4], [5, 12], [13, 13]], "{ran}");
}
