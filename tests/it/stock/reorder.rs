//! `stock reorder`: what is available and coming against what is to be there.

use serde_json::Value;

use super::{json, rows};
use crate::sandbox::Sandbox;

fn told(row: &Value) -> [String; 7] {
    ["item", "on_hand", "available", "on_order", "safety_stock", "reorder_point", "suggested"]
        .map(|key| row[key].as_str().unwrap_or("null").to_owned())
}

#[test]
fn what_is_short_is_bought_in_multiples_and_minimums() {
    let sandbox = Sandbox::new();
    let table = "\
货号,品名,单位,结存,占用,安全库存,包装倍数,最小起订量
A1,针织布,米,420,150,1769,50,
A2,拉链,条,100,0,120,,500
A3,纽扣,个,100,0,120,300,1000
A4,吊牌,张,100,0,100,,
A5,纸箱,个,-35,0,4,10,
A6,线,个,50,0,60,,
";
    let orders = "\
采购单号,供应商,采购日期,物料编码,品名,采购数量,已收数量,未交数量,单价,供应商回复交期
CG1,甲布行,2026-10-20,A1,针织布,600,,600,18.60,2026-11-05
CG2,乙辅料,2026-10-20,A6,线,100,,100,1.00,2026-10-28
CG3,丙辅料,2026-09-01,A2,拉链,100,100,0,0.60,2026-09-11
CG4,乙辅料,2026-10-01,A2,拉链,100,100,0,0.62,2026-10-11
";
    sandbox.write("库存表.csv", table).write("采购未交订单.csv", orders);
    let (report, ran) = json(&sandbox, &["stock", "reorder"]);
    let found = rows(&report, "suggestions");
    let items: Vec<_> = found.iter().map(told).collect();
    // 1769 + 150 − 420 − 600 = 899, in fifties 900.
    assert_eq!(items[0], ["A1", "420", "270", "600", "1769", "1769", "900"], "{ran}");
    assert_eq!(items[1], ["A2", "100", "100", "0", "120", "120", "500"]);
    assert_eq!(items[2][6], "1200");
    assert_eq!(items[3], ["A5", "-35", "-35", "0", "4", "4", "40"]);
    assert_eq!(items.len(), 4, "what is enough is not bought: {items:?}");
    assert_eq!(
        (&found[0]["supplier"], &found[0]["last_price"]),
        (&"甲布行".into(), &"18.6".into())
    );
    // The latest purchase tells supplier and price.
    assert_eq!(
        (&found[1]["supplier"], &found[1]["last_price"]),
        (&"乙辅料".into(), &"0.62".into())
    );
    assert_eq!(
        (&found[1]["amount"], &found[1]["needed_by"]),
        (&"310.00".into(), &"2026-11-03".into())
    );
    // Below safety, but enough is coming, overdue: no purchase, an alert.
    let alerts = rows(&report, "alerts");
    assert_eq!((&alerts[0]["item"], &alerts[0]["overdue"]), (&"A6".into(), &"100".into()));
    assert_eq!(ran.code, 1);
}

#[test]
fn levels_are_computed_where_none_is_given_and_it_is_stated_how() {
    let sandbox = Sandbox::new();
    let table = "\
Item Code,Description,Unit,On Hand,Daily Usage,Lead Time,Safety Days,Usage Std Dev,Lead Time SD,Reorder Point
B1,Lamp A,pcs,390,40,7,3,,,
B2,Lamp B,pcs,390,40,7,,12,1.5,
B3,Lamp C,pcs,400,40,7,3,,,
B4,Lamp D,pcs,90,,,,,,100
";
    sandbox.write("stock table.csv", table);
    let (report, ran) = json(&sandbox, &["stock", "reorder"]);
    let found = rows(&report, "suggestions");
    let items: Vec<_> = found.iter().map(told).collect();
    // 40 × 3 = 120 and 40 × 7 + 120 = 400; 1.65·√(7·12² + 40²·1.5²) = 112.
    assert_eq!(items[0], ["B1", "390", "390", "0", "120", "400", "10"], "{ran}");
    assert_eq!(items[1], ["B2", "390", "390", "0", "112", "392", "2"]);
    assert_eq!(items[2], ["B4", "90", "90", "0", "null", "100", "10"]);
    let methods: Vec<_> = found.iter().map(|row| row["reorder_method"].clone()).collect();
    assert_eq!(methods, ["simple", "statistical", "given"]);
    // (390 − 120) ÷ 40 is six whole days.
    assert_eq!(
        (&found[0]["needed_by"], &found[0]["order_by"]),
        (&"2026-11-09".into(), &"2026-11-02".into())
    );
    let (report, _) =
        json(&sandbox, &["stock", "reorder", "--safety-days", "3", "--method", "simple"]);
    let found = rows(&report, "suggestions");
    assert_eq!(told(&found[1])[4..], ["120", "400", "10"]);
}

#[test]
fn a_request_is_written_for_every_supplier() {
    let sandbox = Sandbox::new();
    let table = "\
货号,品名,单位,结存,安全库存,供应商,最近采购价
A1,针织布,米,20,100,甲布行,18.60
A2,拉链,条,20,100,乙辅料,0.62
A3,纽扣,个,20,100,,
";
    sandbox.write("库存表.csv", table);
    let ran = sandbox.run(&[
        "stock",
        "reorder",
        "库存表.csv",
        "--papers",
        "申请",
        "--today",
        "2026-11-03",
        "-o",
        "采购.xlsx",
    ]);
    assert_eq!(ran.code, 1, "{ran}");
    let files = sandbox.files();
    for file in [
        "申请/甲布行 采购申请 2026-11-03.xlsx",
        "申请/乙辅料 采购申请 2026-11-03.xlsx",
        "申请/待定供应商 采购申请 2026-11-03.xlsx",
    ] {
        assert!(files.iter().any(|one| one == file), "{file}: {files:?}");
    }
}

#[test]
fn usage_comes_from_the_movements() {
    let sandbox = Sandbox::new();
    let ledger = "\
日期,单号,类型,物料编码,品名,入库数量,出库数量
2026-10-01,RK1,采购入库,A1,拉链,500,
2026-10-01,LL1,生产领料,A1,拉链,,100
2026-10-05,TL1,生产退料,A1,拉链,20,
2026-10-10,LL2,生产领料,A1,拉链,,120
";
    let table = "物料编码,品名,单位,期初,结存\nA1,拉链,条,0,300\n";
    sandbox.write("库存表.csv", table).write("出入库流水.csv", ledger);
    let (report, ran) =
        json(&sandbox, &["stock", "reorder", "--lead-days", "10", "--safety-days", "6"]);
    // (100 − 20 + 120) in ten days are 20 a day: 120 to keep, 320 to order at.
    let found = rows(&report, "suggestions");
    assert_eq!(told(&found[0]), ["A1", "300", "300", "0", "120", "320", "20"], "{ran}");
}

#[test]
fn a_request_without_prices_asks_for_them_and_sums_nothing() {
    let request = |price: &str| {
        let sandbox = Sandbox::new();
        let table = format!(
            "库存表\n物料编码,品名,单位,库存,安全库存,供应商{}\nA5,螺丝,个,0,30,五金厂{price}\n",
            if price.is_empty() { "" } else { ",最近进价" }
        );
        sandbox.write("库存表.csv", &table);
        let args = ["stock", "reorder", ".", "--format", "md", "--lang", "en"];
        sandbox.run(&args).stdout
    };
    let (bare, priced) = (request(""), request(",0.5"));
    assert!(!bare.contains("0.00") && !bare.contains("Last price"), "{bare}");
    assert!(priced.contains("15.00") && priced.contains("Last price"), "{priced}");
}

#[test]
fn levels_of_a_table_made_before_the_movements_hold_for_what_is_left() {
    let sandbox = Sandbox::new();
    let table = "成品库存表 2026年11月2日\n货号,名称,单位,库存数量,安全库存\nL1,台灯,个,100,80\nL2,灯罩,个,10,5\n";
    let moves = "日期,单号,类型,货号,名称,入库数量,出库数量\n\
        2026-11-03,CK1,销售出库,L2,灯罩,,8\n2026-11-03,RK1,采购入库,L1,台灯,5,\n";
    sandbox.write("库存表.csv", table).write("出入库流水.csv", moves);
    let (report, ran) = json(&sandbox, &["stock", "reorder"]);
    let rows = rows(&report, "suggestions");
    assert_eq!(rows.len(), 1, "{ran}");
    let told = ["item", "on_hand", "safety_stock", "suggested"].map(|key| rows[0][key].clone());
    assert_eq!(
        told.map(|value| value.as_str().unwrap_or_default().to_owned()),
        ["L2", "2", "5", "3"]
    );
}

#[test]
fn what_moved_after_the_day_of_the_table_is_reckoned() {
    let sandbox = Sandbox::new();
    let table = "库存表 2026年10月15日\n货号,名称,单位,库存数量,安全库存\nL2,灯罩,个,10,5\n";
    let moves = "日期,单号,类型,货号,名称,入库数量,出库数量\n\
        2026-10-10,CK1,销售出库,L2,灯罩,,4\n2026-11-01,CK2,销售出库,L2,灯罩,,8\n";
    sandbox.write("库存表.csv", table).write("出入库流水.csv", moves);
    let (report, ran) = json(&sandbox, &["stock", "reorder"]);
    let rows = rows(&report, "suggestions");
    assert_eq!(rows.len(), 1, "{ran}");
    assert_eq!(
        (rows[0]["on_hand"].as_str(), rows[0]["suggested"].as_str()),
        (Some("2"), Some("3"))
    );
}
