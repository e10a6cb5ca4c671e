//! What stands side by side in one row: uses of several colours or sizes,
//! deliveries of one order, stock of several warehouses.

use super::{findings, rows, run, table};
use crate::sandbox::Sandbox;

const BY_COLOUR: &str = "鞋材用料表,,,,,,\n款号：,SH-801,,订单号：,DO-77,,\n\
    物料编码,物料名称,单位,用量,,,损耗率\n,,,黑色,棕色,白色,\n\
    LE-01,黑牛皮,SF,2.1,0,0,3%\nLE-02,棕牛皮,SF,0,2.1,,3%\nSO-01,大底,双,1,1,1,1%\n";

#[test]
fn a_use_in_the_column_of_a_colour_is_of_that_colour() {
    let sandbox = Sandbox::new();
    sandbox.write("in/用料表.csv", BY_COLOUR);
    sandbox.write(
        "in/订单.csv",
        "订单号,款号,颜色,数量,交期\nDO-77,SH-801,黑色,500,2026-11-20\n\
         DO-77,SH-801,棕,300,2026-11-20\nDO-78,SH-801,灰色,100,2026-11-20\n",
    );
    let (report, ran) = run(&sandbox, "explode", &[]);
    let needs = table(&report, "requirements", &["product", "order", "item", "gross"]);
    assert_eq!(
        needs,
        [
            "SH-801 黑色 DO-77 LE-01 1081.5",
            "SH-801 黑色 DO-77 SO-01 505",
            "SH-801 棕色 DO-77 SO-01 303",
            "SH-801 棕色 DO-77 LE-02 648.9",
        ],
        "{ran}"
    );
    // Grey is none of the list's colours: it is left out, and told.
    assert_eq!(left_out(&report), ["DO-78"]);
    assert!(ran.stdout.contains("按颜色或尺码"), "{ran}");
}

#[test]
fn an_order_that_does_not_say_which_colour_is_told_and_takes_no_column() {
    let sandbox = Sandbox::new();
    sandbox.write("in/用料表.csv", BY_COLOUR);
    let (report, ran) = run(&sandbox, "shortage", &[]);
    assert_eq!(
        (left_out(&report), rows(&report, "items").len()),
        (vec!["DO-77".into()], 0),
        "{ran}"
    );
    sandbox.write("in/订单.csv", "订单号,款号,数量,交期\nDO-77,SH-801,500,2026-11-20\n");
    let (report, ran) = run(&sandbox, "shortage", &[]);
    assert_eq!(
        (left_out(&report), rows(&report, "items").len()),
        (vec!["DO-77".into()], 0),
        "{ran}"
    );
}

#[test]
fn uses_by_size_meet_orders_with_a_column_for_each_size() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "in/BOM_K88.csv",
        "物料编码,物料名称,单位,单耗S,单耗M,单耗L\nFB-1,布,米,1.2,1.3,1.4\nZP-1,拉链,条,1,1,1\n",
    );
    sandbox.write("in/订单.csv", "订单号,款号,S,M,L,数量,交期\nO1,K88,100,200,50,350,2026-11-20\n");
    let (report, ran) = run(&sandbox, "explode", &[]);
    assert_eq!(table(&report, "totals", &["item", "gross"]), ["FB-1 450", "ZP-1 350"], "{ran}");
}

#[test]
fn deliveries_side_by_side_come_each_on_its_own_day() {
    let list = "父件编码,子件编码,单位,用量\nP1,SO-01,双,1\nP1,TH-01,米,2\n";
    let orders = "订单号,产品编码,数量,交期\nO1,P1,1000,2026-11-20\n";
    let one_row = "采购单号,供应商,物料编码,采购数量,已到数量,第一批数量,第一批交期,第二批数量,第二批交期\n\
        PO1,甲厂,SO-01,1000,100,600,2026-11-05,400,2026-11-25\nPO2,乙厂,TH-01,2000,0,2000,2026-11-10,,\n";
    let two_rows = "采购单号,供应商,物料编码,订购数量,已到数量,第一批,,第二批,\n,,,,,交期,数量,交期,数量\n\
        PO1,甲厂,SO-01,1000,100,2026-11-05,600,2026-11-25,400\nPO2,乙厂,TH-01,2000,0,2026-11-10,2000,,\n";
    for orders_placed in [one_row, two_rows] {
        let sandbox = Sandbox::new();
        sandbox.write("in/BOM.csv", list).write("in/订单.csv", orders);
        sandbox.write("in/采购订单.csv", orders_placed);
        let (report, ran) = run(&sandbox, "shortage", &[]);
        let items = table(&report, "items", &["item", "on_order_in_time", "on_order_late", "net"]);
        assert_eq!(items, ["SO-01 500 400 500", "TH-01 2000 0 0"], "{ran}");
        let (report, ran) = run(&sandbox, "arrivals", &[]);
        let chase =
            table(&report, "chase", &["purchase_order", "open_quantity", "promised", "why"]);
        assert_eq!(
            chase,
            ["PO1 400 2026-11-25 after-need", "PO1 500 2026-11-05 due-soon"],
            "{ran}"
        );
    }
}

#[test]
fn deliveries_that_are_not_the_whole_order_are_told() {
    let sandbox = Sandbox::new();
    sandbox.write("in/BOM.csv", "父件编码,子件编码,单位,用量\nP1,SO-01,双,1\n");
    sandbox.write("in/订单.csv", "订单号,产品编码,数量,交期\nO1,P1,1000,2026-11-20\n");
    sandbox.write(
        "in/采购订单.csv",
        "采购单号,供应商,物料编码,采购数量,第一批数量,第一批交期,第二批数量,第二批交期\n\
         PO1,甲厂,SO-01,1000,600,2026-11-05,300,2026-11-15\n",
    );
    let (report, ran) = run(&sandbox, "shortage", &[]);
    // What no delivery brings has no day, and does not count.
    let items = table(&report, "items", &["on_order_in_time", "on_order_late", "net"]);
    assert_eq!(items, ["900 100 100"], "{ran}");
    assert_eq!(findings(&report), ["total-mismatch D2"]);
}

#[test]
fn stock_headed_by_its_warehouse_is_of_that_warehouse() {
    let sandbox = Sandbox::new();
    sandbox.write("in/BOM.csv", "父件编码,子件编码,单位,用量\nP1,SO-01,双,1\n");
    sandbox.write("in/订单.csv", "订单号,产品编码,数量,交期\nO1,P1,130,2026-11-20\n");
    sandbox.write(
        "in/库存表.csv",
        "物料编码,物料名称,单位,主仓库存,二仓库存,合计\nSO-01,大底,双,100,20,120\n",
    );
    let (report, ran) = run(&sandbox, "issue", &[]);
    let picks = table(&report, "picks", &["warehouse", "quantity"]);
    assert_eq!(picks, ["主仓 100", "二仓 20"], "{ran}");
}

/// Thousands of orders and purchase orders of one item are joined once each,
/// not each with each.
#[test]
fn a_purchase_order_is_for_the_orders_that_wait_for_it() {
    let sandbox = Sandbox::new();
    sandbox.write("in/BOM.csv", "父件编码,子件编码,单位,用量\nP1,SO-01,双,1\n");
    let orders: String = (0..30).map(|at| format!("O{at:02},P1,100,2026-11-20\n")).collect();
    sandbox.write("in/订单.csv", format!("订单号,产品编码,数量,交期\n{orders}"));
    let placed: String =
        (0..30).map(|at| format!("PO{at:02},甲厂,SO-01,70,2026-10-{:02}\n", at + 1)).collect();
    sandbox
        .write("in/采购订单.csv", format!("采购单号,供应商,物料编码,采购数量,承诺交期\n{placed}"));
    sandbox.write("in/库存表.csv", "物料编码,库存数量\nSO-01,150\n");
    let (report, ran) = run(&sandbox, "arrivals", &[]);
    let mut chase = table(&report, "chase", &["purchase_order", "orders"]);
    chase.sort();
    // The first order has all of its stock, the second half of it.
    assert_eq!(
        chase[..3],
        [r#"PO00 ["O01","O02"]"#, r#"PO01 ["O02"]"#, r#"PO02 ["O02","O03"]"#],
        "{ran}"
    );
    let joined: usize =
        rows(&report, "chase").iter().map(|row| row["orders"].as_array().unwrap().len()).sum();
    assert!((30..=60).contains(&joined), "{joined}");
}

/// Returns the orders that took no part.
fn left_out(report: &serde_json::Value) -> Vec<String> {
    let found = report["findings"].as_array().unwrap().iter();
    let found = found.filter(|finding| finding["code"] == "bom-order-left-out");
    let order = |finding: &serde_json::Value| {
        let message = finding["message"].as_str().unwrap().trim_start_matches("订单 ");
        message.split('（').next().unwrap().to_owned()
    };
    found.map(order).collect()
}
