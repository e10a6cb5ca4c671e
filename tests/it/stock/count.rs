//! `stock count`: the book at the moment of counting, and what was found.

use serde_json::Value;

use super::{alarms, json, rows};
use crate::sandbox::Sandbox;

fn told(row: &Value) -> [String; 6] {
    ["book", "expected", "counted", "difference", "percent", "value"]
        .map(|key| row[key].as_str().unwrap_or("null").to_owned())
}

const LEDGER: &str = "\
日期,单号,类型,货号,品名,入库数量,出库数量
2026-10-30 09:00,CK1,生产领料,00120,台灯,,40
2026-10-30 18:00,CK2,生产领料,00120,台灯,,3
2026-10-31 12:00,RK1,采购入库,00121,灯罩,7,
2026-11-01 08:00,CK3,生产领料,00120,台灯,,5
";

#[test]
fn the_book_is_moved_to_the_moment_of_counting() {
    let sandbox = Sandbox::new();
    // Between cut-off and count 3 of 00120 went out: 240 − 3 = 237.
    let count = "\
仓库盘点表,,,,,,
截止时间：2026-10-30 17:30,,,盘点时间：2026-10-31 09:00,,,
序号,货号,品名,单位,账面数量,实盘数量,成本价
1,00120,台灯,个,240,235,5.36
2,00121,灯罩,个,5,,1.20
3,00130,灯座,个,0,4,2.00
4,00131,电线,米,100,97.5,1.00
";
    sandbox.write("盘点表.csv", count).write("出入库流水.csv", LEDGER);
    let (report, _) = json(&sandbox, &["stock", "count"]);
    let variances = rows(&report, "variances");
    assert_eq!(told(&variances[0]), ["240", "237", "235", "-2", "-0.84", "-10.72"]);
    assert_eq!(variances[0]["recount"], false);
    // Blank is not nought.
    assert_eq!(told(&variances[1]), ["5", "5", "null", "null", "null", "null"]);
    // Where nothing was expected anything is to be counted again.
    assert_eq!(told(&variances[2]), ["0", "0", "4", "4", "null", "8.00"]);
    assert_eq!(variances[2]["recount"], true);
    assert_eq!(
        (&variances[3]["percent"], &variances[3]["recount"]),
        (&"-2.50".into(), &true.into())
    );
    assert_eq!(alarms(&report), [("not-counted".to_owned(), 5)]);
    let accuracy = &rows(&report, "accuracy")[0];
    // 1 − (2 + 4 + 2.5) ÷ (237 + 0 + 100).
    assert_eq!(accuracy["accuracy"], "0.974777");
    assert_eq!((&accuracy["counted"], &accuracy["not_counted"]), (&3.into(), &1.into()));
}

#[test]
fn a_count_before_the_books_moment_moves_the_other_way() {
    let sandbox = Sandbox::new();
    let count = "\
货号,品名,账面数量,实盘数量,账面时点,盘点时间
00120,台灯,200,203,2026-10-31,2026-10-30 17:30
";
    sandbox.write("盘点表.csv", count).write("出入库流水.csv", LEDGER);
    let (report, _) = json(&sandbox, &["stock", "count"]);
    assert_eq!(told(&rows(&report, "variances")[0])[..4], ["200", "203", "203", "0"]);
    assert_eq!(report["conservation"], Value::Null);
}

#[test]
fn a_blind_sheet_takes_the_book_from_the_stock_table() {
    let sandbox = Sandbox::new();
    let table = "\
库存表 2026年10月30日,,,,
货号,品名,单位,仓库,结存,成本价
00120,台灯,个,成品仓,240,5.36
00121,灯罩,个,成品仓,7,1.20
00122,灯座,个,成品仓,9,1.00
00999,布,米,面料仓,9,1.00
";
    let count = "\
成品仓盘点表,,,
盘点日期：2026年10月31日,,,
货号,品名,初盘数量,复盘数量
120,台灯,230,235
121,灯罩,7,
";
    sandbox.write("库存表.csv", table).write("盘点表.csv", count);
    sandbox.write("出入库流水.csv", LEDGER);
    let (report, _) = json(&sandbox, &["stock", "count", "--recount-value", "10"]);
    let variances = rows(&report, "variances");
    assert_eq!(told(&variances[0]), ["240", "240", "235", "-5", "-2.08", "-26.80"]);
    assert_eq!(variances[0]["recount"], true);
    assert_eq!(told(&variances[1]), ["7", "14", "7", "-7", "-50.00", "-8.40"]);
    // The book has it, no sheet does; the other warehouse was not counted.
    assert_eq!((&variances[2]["item"], &variances[2]["counted"]), (&"00122".into(), &Value::Null));
    assert_eq!(variances.len(), 3);
    let codes: Vec<String> = alarms(&report).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["leading-zeros-lost", "not-counted"]);
}

#[test]
fn wrong_figures_of_the_sheet_itself_are_told() {
    let sandbox = Sandbox::new();
    let table = "物料编码,品名,单位,结存\nA1,拉链,条,100\nA2,纽扣,个,50\n";
    let count = "\
辅料盘点表,,,,,
盘点日期：2026年10月31日,,,,,
物料编码,品名,账面数量,实盘数量,差异,原因
A1,拉链,90,88,-2,
A2,纽扣,50,45,5,掉漆
ZZ,不明,,3,,账上无此料
";
    sandbox.write("库存表.csv", table).write("盘点表.csv", count);
    let (report, ran) = json(&sandbox, &["stock", "count"]);
    let expected = [("count-book-mismatch", 4), ("count-difference-wrong", 5), ("item-unknown", 6)];
    assert_eq!(alarms(&report), expected.map(|(code, row)| (code.to_owned(), row)));
    let variances = rows(&report, "variances");
    assert_eq!(told(&variances[2]), ["null", "0", "3", "3", "null", "null"]);
    assert_eq!(ran.code, 1);
    let day = report["findings"].as_array().unwrap().iter().find(|one| one["code"] == "count-day");
    assert!(day.unwrap()["message"].as_str().unwrap().contains("2026-10-30"));
}

#[test]
fn sheets_to_count_on_read_back_when_they_are_filled_in() {
    let sandbox = Sandbox::new();
    let table = "\
库存表 2026年10月31日,,,,,
货号,品名,单位,仓库,库位,结存
00120,台灯,个,成品仓,B-02,240
00121,灯罩,个,成品仓,A-01,7
00999,布,米,面料仓,,9
";
    sandbox.write("库存表.csv", table);
    let ran = sandbox.run(&[
        "stock",
        "count",
        "库存表.csv",
        "--papers",
        "盘点",
        "--blind",
        "--month",
        "2026-10",
        "--format",
        "json",
    ]);
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(rows(&report, "sheets").len(), 2, "{ran}");
    let files = sandbox.files();
    let sheet = "盘点/成品仓盘点表 2026-10-31.xlsx";
    assert!(files.iter().any(|file| file == sheet), "{files:?}");
    let read = sandbox.run(&["inspect", sheet, "--format", "json"]);
    let told: Value = serde_json::from_str(&read.stdout).unwrap();
    let tables = rows(&told, "tables");
    assert_eq!(tables[0]["kind"], "stocktake", "{read}");
    let fields: Vec<_> =
        tables[0]["columns"].as_array().unwrap().iter().map(|c| c["field"].clone()).collect();
    assert!(fields.contains(&"counted_qty".into()) && !fields.contains(&"book_qty".into()));
    // What was written on it by hand is nowhere else: it is never replaced.
    let again =
        sandbox.run(&["stock", "count", "库存表.csv", "--papers", "盘点", "--month", "2026-10"]);
    assert_eq!(again.code, 2, "{again}");
}

#[test]
fn places_of_a_blind_sheet_are_counted_together_where_the_book_has_none() {
    let sandbox = Sandbox::new();
    let table = "货号,品名,单位,结存\n00120,台灯,个,240\n00121,灯罩,个,7\n";
    let count = "\
盘点表,,,
盘点日期：2026年10月31日,,,
库位,货号,品名,实盘数量
A-01,00120,台灯,100
A-02,00121,灯罩,7
B-01,00120,台灯,138
";
    sandbox.write("库存表.csv", table).write("盘点表.csv", count);
    let (report, _) = json(&sandbox, &["stock", "count"]);
    let variances = rows(&report, "variances");
    assert_eq!(variances.len(), 2);
    assert_eq!(told(&variances[0]), ["240", "240", "238", "-2", "-0.83", "null"]);
    assert_eq!(variances[0]["location"], "A-01, B-01");
}

#[test]
fn the_day_of_the_count_is_read_in_every_tongue_and_moves_the_book() {
    for (at, day) in [
        ("Count date: 31/10/2026", "2026-10-31"),
        ("Stocktake date: Oct 31, 2026", "2026-10-31"),
        ("Counted at: 31/10/2026 17:30", "2026-10-31"),
        ("As of 31 Oct 2026", "2026-10-31"),
        ("盤點日期：31/10/2026", "2026-10-31"),
        ("盘点日：10月31日", "2026-10-31"),
        ("Inventory date: 30/10/26", "2026-10-30"),
    ] {
        let sandbox = Sandbox::new();
        let sheet = format!(
            "Stock count sheet\n\"{at}\"\nItem Code,Description,Unit,Book Qty,Counted Qty\n\
             A1,Zip,pcs,100,95\n"
        );
        sandbox.write("count.csv", &sheet);
        sandbox.write(
            "moves.csv",
            "Stock movements\nDate,Doc No,Type,Item Code,Description,In,Out\n\
             2026-10-30,K1,Issue,A1,Zip,,10\n2026-11-01,K2,Issue,A1,Zip,,20\n",
        );
        let table =
            "Stock list 2026-10-29\nItem Code,Description,Unit,Closing Qty\nA1,Zip,pcs,110\n";
        sandbox.write("stock.csv", table);
        let (report, ran) = json(&sandbox, &["stock", "count"]);
        let found = report["findings"].as_array().unwrap();
        let of_day = found.iter().find(|one| one["code"] == "count-day");
        let of_day = of_day.unwrap_or_else(|| panic!("{at}: {ran}"));
        let told = format!("stocktake is of {day}");
        assert!(of_day.to_string().contains(&told), "{at}: {of_day}");
        // 110 on the 29th less 10 on the 30th are the sheet's 100.
        assert!(found.iter().all(|one| one["code"] != "count-book-mismatch"), "{at}: {ran}");
    }
}

#[test]
fn the_book_is_that_of_the_latest_table() {
    let sandbox = Sandbox::new();
    let table = |day: &str, zips: &str| {
        format!("库存表 2026年{day}\n货号,名称,单位,库存\nA1,拉链,条,{zips}\nA2,纽扣,个,60\n")
    };
    sandbox.write("库存0930.csv", table("9月30日", "100"));
    sandbox.write("库存1030.csv", table("10月30日", "80"));
    sandbox.write(
        "盘点.csv",
        "盘点表\n盘点日期：2026-10-30\n货号,名称,单位,实盘数\nA1,拉链,条,79\nA2,纽扣,个,60\n",
    );
    let (report, ran) = json(&sandbox, &["stock", "count"]);
    let rows = rows(&report, "variances");
    assert_eq!(rows.len(), 2, "{ran}");
    assert_eq!(told(&rows[0])[..4], ["80", "80", "79", "-1"].map(str::to_owned), "{ran}");
}
