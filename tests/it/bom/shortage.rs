//! Shortages from sheets: what nets, who gets what, what is bought.

use serde_json::json;

use super::{findings, rows, run, table};
use crate::sandbox::Sandbox;

const LIST: &str = "款号：K77,,,,,\n物料编码,物料名称,单位,单件用量,供料属性,供应商\n\
    M1,面料,米,1,自购,恒锦\nL1,吊牌,个,1,客供,客户\n";
const ORDERS: &str = "订单登记表,,,,,\n订单号,客户,款号,数量,领料日期,客户等级\n\
    O2,乙,K77,500,2026-11-09,B\nO1,甲,K77,700,2026-11-09,A\n";

fn sandbox(stock: &str, open: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("in/清单.csv", LIST).write("in/订单登记表.csv", ORDERS);
    sandbox.write("in/库存表.csv", stock);
    if !open.is_empty() {
        sandbox.write("in/采购未交.csv", open);
    }
    sandbox
}

const STOCK: &str = "库存表,,,,,,,\n物料编码,品名,单位,结存,占用,安全库存,包装倍数,最小起订量\n\
    M1,面料,米,1250,150,100,50,\nL1,吊牌,个,2000,,,,\n";

#[test]
fn main_customers_get_what_there_is_and_the_rest_is_bought_in_packs() {
    let sandbox = sandbox(STOCK, "");
    let (report, ran) = run(&sandbox, "shortage", &[]);
    assert_eq!(ran.code, 1, "{ran}");
    assert_eq!(
        table(&report, "allocations", &["item", "order", "needed", "allocated", "short"]),
        ["M1 O1 700 700 0", "M1 O2 500 300 200", "L1 O1 700 700 0", "L1 O2 500 500 0"],
        "{ran}"
    );
    assert_eq!(
        table(
            &report,
            "items",
            &["item", "gross", "on_hand", "allocated", "safety_stock", "net", "purchase"]
        ),
        ["M1 1200 1250 150 100 200 200", "L1 1200 2000 0 0 0 0"]
    );
    let orders = rows(&report, "orders");
    assert_eq!(
        (&orders[0]["order"], &orders[0]["enough"], &orders[0]["complete_on"]),
        (&json!("O1"), &json!(true), &json!("2026-11-03"))
    );
    assert_eq!(
        (&orders[1]["enough"], &orders[1]["buildable"], &orders[1]["complete_on"]),
        (&json!(false), &json!("300"), &json!(null))
    );
    assert_eq!(orders[1]["waiting_for"], json!(["M1"]));
    let (report, ran) = run(&sandbox, "shortage", &["--allocate", "pro-rata"]);
    let shares = table(&report, "allocations", &["item", "order", "allocated"]);
    assert_eq!(shares[..2], ["M1 O1 583", "M1 O2 417"], "{ran}");
}

#[test]
fn only_promises_in_time_count_and_the_others_are_shown_apart() {
    let open = "采购未交订单,,,,,,\n采购单号,供应商,物料编码,品名,单位,未交数量,交期\n\
        P1,恒锦,M1,面料,米,60,2026-11-06\nP2,恒锦,M1,面料,米,50,2026-11-20\n\
        P3,恒锦,M1,面料,米,40,2026-11-01\nP4,恒锦,M1,面料,米,30,待定\n";
    let (report, ran) = run(&sandbox(STOCK, open), "shortage", &[]);
    assert_eq!(
        table(
            &report,
            "items",
            &["item", "on_order_in_time", "on_order_late", "net", "purchase", "supplier"]
        )[0],
        "M1 60 120 140 150 恒锦",
        "{ran}"
    );
    assert_eq!(findings(&report), Vec::<String>::new(), "{ran}");
    let (report, _) = run(&sandbox(STOCK, open), "arrivals", &[]);
    assert_eq!(
        table(
            &report,
            "chase",
            &["purchase_order", "open_quantity", "promised", "needed_by", "days_late"]
        ),
        [
            "P3 40 2026-11-01 2026-11-09 2",
            "P4 30 null 2026-11-09 null",
            "P2 50 2026-11-20 2026-11-09 11",
            "P1 60 2026-11-06 2026-11-09 0"
        ]
    );
}

#[test]
fn what_stock_reaches_for_waits_for_no_purchase_order() {
    let sandbox = Sandbox::new();
    sandbox.write("in/BOM.csv", "产品,物料编码,品名,单位,用量\nT1,M1,螺丝,只,1\n");
    let orders = "订单号,产品,数量,交期\nO1,T1,50,2026-11-10\nO2,T1,100,2026-11-20\n";
    sandbox.write("in/订单.csv", orders);
    sandbox.write("in/库存表.csv", "物料编码,品名,单位,现存量\nM1,螺丝,只,60\n");
    // The first order is served from stock; what comes on the 18th is for the
    // second, which needs it on the 20th.
    let open = "采购未交订单\n采购单号,供应商,物料编码,单位,未交数量,交期\n\
        P1,永固,M1,只,90,2026-11-18\n";
    sandbox.write("in/未交.csv", open);
    let (report, ran) = run(&sandbox, "arrivals", &[]);
    assert_eq!(table(&report, "chase", &["purchase_order", "why"]), Vec::<String>::new(), "{ran}");
    assert_eq!(table(&report, "lines", &["item", "state"]), ["M1 comes"], "{ran}");
    sandbox.write("in/未交.csv", open.replace("11-18", "11-22"));
    let (late, _) = run(&sandbox, "arrivals", &[]);
    assert_eq!(
        table(&late, "chase", &["purchase_order", "why", "needed_by", "days_late"]),
        ["P1 after-need 2026-11-20 2"]
    );
}

#[test]
fn the_answer_is_one_line_in_three_languages() {
    let sandbox = sandbox(STOCK, "");
    for (lang, expected) in [
        ("zh-Hans", "订单 O2：料不够，现可做 300 套，缺 M1；没有承诺能补齐"),
        ("zh-Hant", "訂單 O2：料不夠，現可做 300 套，缺 M1；沒有承諾能補齊"),
        ("en", "Order O2: not enough, 300 sets can be made now; short of M1; no promise covers it"),
    ] {
        let ran = sandbox.run(&["bom", "shortage", "in", "--today", "2026-11-03", "--lang", lang]);
        assert!(ran.stdout.contains(expected), "{ran}");
    }
}

#[test]
fn what_is_issued_comes_from_the_oldest_batch_and_over_the_norm_is_told() {
    let stock = "库存表,,,,,\n物料编码,品名,单位,仓库,批号,结存\n\
        M1,面料,米,面料仓,B20261008,400\nM1,面料,米,面料仓,B20260901,500\nL1,吊牌,个,辅料仓,,2000\n";
    let sandbox = sandbox(stock, "");
    sandbox.write(
        "in/领料单.csv",
        "领料单,,,,,,\n领料单号,订单号,类型,物料编码,物料名称,实领数量,补料原因\n\
         L01,O1,领料,M1,面料,100,\nL02,O1,补料,L1,吊牌,720,\n",
    );
    let (report, ran) = run(&sandbox, "issue", &["--order", "O1"]);
    assert_eq!(
        table(
            &report,
            "lines",
            &["item", "norm", "issued", "to_issue", "short", "over", "over_percent"]
        ),
        ["M1 700 100 600 0 0 null", "L1 700 720 0 0 20 2.86"],
        "{ran}"
    );
    assert_eq!(table(&report, "picks", &["batch", "quantity"]), ["B20260901 500", "B20261008 100"]);
    let found = findings(&report);
    assert_eq!(found.iter().filter(|f| f.starts_with("supplement-incomplete")).count(), 3, "{ran}");
    assert!(found.contains(&"issue-over-norm F4".to_owned()), "{found:?}");
}
