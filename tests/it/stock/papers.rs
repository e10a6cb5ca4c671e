//! Papers of warehouses as they are kept: month tables with amounts and
//! corrections, stock cards one below the other, slips without a type,
//! balances brought forward, tables of which only the file's name tells the
//! day.

use super::{alarms, json, rows};
use crate::sandbox::Sandbox;

/// Rolls files forward and returns, item by item, opening, received, issued,
/// adjusted, closing and the table's closing; and the alarms.
fn rolled(files: &[(&str, &str)]) -> (Vec<String>, Vec<(String, u32)>) {
    let sandbox = Sandbox::new();
    for (name, text) in files {
        sandbox.write(name, text);
    }
    let (report, _) = json(&sandbox, &["stock", "ledger", "--month", "2026-10"]);
    let figures = ["opening", "received", "issued", "adjusted", "closing", "table_closing"];
    let line = |row: serde_json::Value| {
        let told = figures.map(|name| row[name].as_str().unwrap_or("-").to_owned());
        format!("{} {}", row["item"].as_str().unwrap(), told.join(" "))
    };
    let conserved = &report["conservation"];
    assert_eq!(conserved["rows_in"], conserved["rows_reported"]);
    assert_eq!(conserved["amount_in"], conserved["amount_reported"]);
    (rows(&report, "balances").into_iter().map(line).collect(), alarms(&report))
}

#[test]
fn a_month_table_has_columns_of_corrections_and_of_amounts() {
    let text = "恒信五金 2026年10月进销存月报表\n\
        序号,物料编号,物料名称,单位,期初结存,,本月入库,,本月出库,,本月盘盈亏,期末结存,,备注\n\
        ,,,,数量,金额,数量,金额,数量,金额,数量,数量,金额,\n\
        1,HW-001,内六角螺丝,个,200,1000.00,300,1680.00,260,1393.60,-5,235,1259.60,\n\
        2,HW-002,平垫圈,个,1500,150.00,,,400,40.00,,1100,110.00,\n\
        3,HW-003,弹簧,个,80,96.00,120,144.00,75,90.00,3,128,153.60,\n";
    let (balances, alarms) = rolled(&[("进销存.csv", text)]);
    assert_eq!(
        balances,
        [
            "HW-001 200 300 260 -5 235 235",
            "HW-002 1500 0 400 0 1100 1100",
            "HW-003 80 120 75 3 128 128"
        ]
    );
    assert_eq!(alarms, []);
}

#[test]
fn gains_and_losses_have_columns_of_their_own() {
    let text = "凌陽五金 庫存月報表 115年10月\n\
        品號,品名,單位,期初存量,進貨數量,領用數量,盤盈,盤虧,期末存量,單位成本\n\
        A-101,軸承,PCS,50,20,30,,2,38,12.5\n\
        A-102,油封,PCS,10,,4,1,,8,3\n";
    let (balances, alarms) = rolled(&[("庫存月報115-10.csv", text)]);
    assert_eq!(balances, ["A-101 50 20 30 -2 38 38", "A-102 10 0 4 1 7 8"]);
    assert_eq!(alarms, [("table-mismatch".to_owned(), 4)]);
}

#[test]
fn kinds_of_what_came_and_went_add_up_beside_their_sum_or_without_one() {
    let without = "成品收发存 2026年10月\n\
        货号,品名,单位,期初库存,采购入库,生产入库,销售出库,报废,期末库存\n\
        K1,台灯,个,10,5,20,12,1,22\nK2,灯罩,个,0,,40,,,40\n";
    let with = "成品收发存 2026年10月\n\
        货号,品名,单位,期初库存,采购入库,生产入库,入库合计,销售出库,报废,出库合计,期末库存\n\
        K1,台灯,个,10,5,20,25,12,1,13,22\nK2,灯罩,个,0,,40,40,,,,40\n";
    for text in [without, with] {
        let (balances, alarms) = rolled(&[("收发存.csv", text)]);
        assert_eq!(balances, ["K1 10 25 13 0 22 22", "K2 0 40 0 0 40 40"], "{text}");
        assert_eq!(alarms, [], "{text}");
    }
}

#[test]
fn cards_one_below_the_other_tell_their_item_once() {
    let card = |code: &str, name: &str, rows: &str| {
        format!(
            "存货明细卡\n料号：{code},,品名：{name},,单位：条,,仓库：辅料仓\n\
             日期,凭证号,摘要,收入,发出,结存,经手\n{rows}\n\n"
        )
    };
    let text = card(
        "ZP-01",
        "拉链 3#",
        "2026-10-01,,上月结存,,,120,\n2026-10-03,RK-2001,购入,500,,620,王\n\
         2026-10-08,LL-3001,领用,,300,320,王",
    ) + &card(
        "ZP-03",
        "织带",
        "2026-10-01,,上月结存,,,30,\n2026-10-20,LL-3004,领用,,45,-15,王\n\
         2026-10-22,RK-2003,购入,100,,85,王",
    );
    let (balances, alarms) = rolled(&[("辅料仓库存卡.csv", &text)]);
    assert_eq!(balances, ["ZP-01 120 500 300 0 320 -", "ZP-03 30 100 45 0 85 -"]);
    assert_eq!(alarms, [("negative-stock".to_owned(), 12)]);
}

#[test]
fn a_balance_without_a_day_is_before_all_days_of_its_card() {
    let card = |code: &str, rows: &str| {
        format!(
            "库存卡\n物料编码：{code},,物料名称：{code}料,,单位：个,\n\
             日期,凭证号,摘要,收入,发出,结存\n,,上月结转,,,{rows}\n"
        )
    };
    let first = card("Z-1", "500\n10.3,RK-1,采购入库,300,,800\n10.15,LL-1,生产领料,,650,150");
    let second = card("Z-2", "1000\n10.3,RK-2,采购入库,100,,1100\n10.9,LL-2,生产领料,,300,800");
    let (balances, alarms) = rolled(&[("库存卡1.csv", &first), ("库存卡2.csv", &second)]);
    assert_eq!(balances, ["Z-1 500 300 650 0 150 -", "Z-2 1000 100 300 0 800 -"]);
    assert_eq!(alarms, []);
}

#[test]
fn slips_of_issues_take_out_whether_or_not_a_column_says_so() {
    let table = "Stock list as of 2026-10-31\n\
        Item Code,Description,UOM,Opening Qty,Received,Issued,Closing Qty\n\
        P-10,Bearing 608,pcs,30,300,210,120\nP-11,O-ring,pcs,150,1000,1100,50\n";
    let came = "GOODS IN LOG - OCT 2026\n\
        Date,GRN No,Item Code,Description,UOM,Qty,Unit Price,Supplier\n\
        2026-10-02,GRN-1001,P-10,Bearing 608,pcs,200,1.2,Acme\n\
        2026-10-09,GRN-1002,P-11,O-ring,pcs,1000,0.05,Acme\n\
        2026-10-15,GRN-1003,P-10,Bearing 608,pcs,100,1.5,Bolt\n";
    let went = "GOODS OUT LOG - OCT 2026\n\
        Date,Issue No,Item Code,Description,UOM,Qty,Department\n\
        2026-10-05,MI-501,P-10,Bearing 608,pcs,150,Assembly\n\
        2026-10-20,MI-502,P-10,Bearing 608,pcs,60,Assembly\n\
        2026-10-21,MI-503,P-11,O-ring,pcs,1100,Assembly\n";
    let (balances, alarms) =
        rolled(&[("stock.csv", table), ("goods in.csv", came), ("goods out.csv", went)]);
    assert_eq!(balances, ["P-10 30 300 210 0 120 120", "P-11 150 1000 1100 0 50 50"]);
    assert_eq!(alarms, []);
}

#[test]
fn rows_brought_forward_open_the_books_and_names_of_files_tell_the_day() {
    let ledger = "出入库流水账（2026年10月）\n\
        日期,单据号,业务类型,物料编码,品名,数量\n\
        2026-10-01,,期初,M-01,螺丝,100\n2026-10-01,,期初,M-02,铜柱,60\n\
        2026-10-02,RK-1001,采购入库,M-01,螺丝,500\n2026-10-05,CK-1001,生产领料,M-01,螺丝,320\n\
        2026-10-06,CK-1002,生产领料,M-02,铜柱,40\n2026-10-31,PD-1001,盘盈,M-02,铜柱,3\n";
    let by_rows = rolled(&[("流水.csv", ledger)]);
    let expected = ["M-01 100 500 320 0 280", "M-02 60 0 40 3 23"];
    let with = |closing: [&str; 2]| {
        expected.iter().zip(closing).map(|(row, closing)| format!("{row} {closing}")).collect()
    };
    assert_eq!(by_rows, (with(["-", "-"]), Vec::new()));
    let moves =
        ledger.replace("2026-10-01,,期初,M-01,螺丝,100\n2026-10-01,,期初,M-02,铜柱,60\n", "");
    let before = "品號,品名,單位,結存數量\nM-01,螺絲,PCS,100\nM-02,銅柱,PCS,60\n";
    let after = "品號,品名,單位,結存數量\nM-01,螺絲,PCS,280\nM-02,銅柱,PCS,23\n";
    let by_names = rolled(&[
        ("流水.csv", &moves),
        ("庫存表_1150930.csv", before),
        ("庫存表_1151031.csv", after),
    ]);
    assert_eq!(by_names, (with(["280", "23"]), Vec::new()));
}

#[test]
fn receipts_beside_a_ledger_of_issues_alone_are_counted_and_no_alarm() {
    let came = "入庫明細\n入庫日期,入庫單號,品號,品名,單位,入庫數量,供應廠商\n\
        2026/10/02,IN1,A-1,軸承,個,100,甲\n2026/10/05,IN2,A-2,墊圈,個,500,乙\n";
    let went = "出庫明細\n出庫日期,出庫單號,品號,品名,單位,出庫數量,領用部門\n\
        2026/10/03,OUT1,A-1,軸承,個,120,裝配\n2026/10/06,OUT2,A-2,墊圈,個,450,裝配\n";
    let table = "庫存表\n品號,品名,單位,期初庫存,本期入庫,本期出庫,期末庫存\n\
        A-1,軸承,個,30,100,120,10\nA-2,墊圈,個,10,500,450,60\n";
    let (balances, alarms) =
        rolled(&[("入庫明細.csv", came), ("出庫明細.csv", went), ("庫存表.csv", table)]);
    assert_eq!(balances, ["A-1 30 100 120 0 10 10", "A-2 10 500 450 0 60 60"]);
    assert_eq!(alarms, []);
}

#[test]
fn both_sides_of_a_transfer_are_one_document() {
    let ledger = "庫存異動明細表\n品號,品名,庫別,異動日期,單號,異動別,入庫量,出庫量\n\
        B-1,螺絲,主倉,2026/10/01,Q-1,期初,1000,\nB-1,螺絲,主倉,2026/10/03,R-7,進貨,200,\n\
        B-1,螺絲,主倉,2026/10/06,T-3,轉撥,,100\nB-1,螺絲,副倉,2026/10/06,T-3,轉撥,100,\n";
    let (balances, alarms) = rolled(&[("異動.csv", ledger)]);
    assert_eq!(balances, ["B-1 1000 200 100 0 1100 -", "B-1 0 100 0 0 100 -"]);
    assert_eq!(alarms, []);
}
