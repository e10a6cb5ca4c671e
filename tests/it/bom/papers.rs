//! Parts lists as they are kept, beyond their levels: where the product is
//! named, losses written as factors, packs and rolls, widths that came out
//! otherwise, and what came when.

use super::{findings, rows, run, table};
use crate::sandbox::Sandbox;

fn sandbox(files: &[(&str, &str)]) -> Sandbox {
    let sandbox = Sandbox::new();
    for (name, text) in files {
        sandbox.write(&format!("in/{name}"), text);
    }
    sandbox
}

#[test]
fn the_product_stands_in_the_file_s_name_and_not_in_the_order_s() {
    let list = "用料清单\n订单号：X-9,,,订单数量：500\n料号,名称,单位,用量,损耗率,总用量\n\
        M-1,铜线,米,2,2%,1020.41\nM-2,胶料,公斤,0.3,5%,157.89\nM-3,插头,个,1,1%,505.05\n";
    let (report, ran) = run(&sandbox(&[("物料清单_CBL-22.csv", list)]), "explode", &[]);
    let needs = table(&report, "requirements", &["product", "order", "item", "gross"]);
    assert_eq!(
        needs,
        [
            "CBL-22 X-9 M-1 1020.408163265306",
            "CBL-22 X-9 M-2 157.894736842105",
            "CBL-22 X-9 M-3 505.050505050505"
        ],
        "{ran}"
    );
}

#[test]
fn losses_may_be_factors() {
    let list = "BOM\n款号：F-1\n料号,名称,单位,用量,损耗系数\nM-1,面料,米,2,1.03\nM-2,扣,个,4,1\nM-3,线,米,10,1.2\n";
    let (report, ran) = run(&sandbox(&[("F-1.csv", list)]), "explode", &[]);
    assert_eq!(
        table(&report, "requirements", &["item", "gross"]),
        ["M-1 2.06", "M-2 4", "M-3 12"],
        "{ran}"
    );
    assert_eq!(findings(&report), Vec::<String>::new(), "{ran}");
}

const LIST: &str = "用料表\n款号：W-1,,订单号：GW-1,,数量：1200\n\
    物料编码,物料名称,规格,单位,单耗,损耗率,缩率\n\
    FB-1,针织布,150cm/180g,米,1.35,3%,4%\nTP-1,织带,100米/卷,米,0.5,,\nBT-1,纽扣,1000个/包,个,6,,\n";

#[test]
fn packs_rolls_and_weights_are_counted_in_the_list_s_units() {
    let stock = "库存表\n物料编码,物料名称,规格,单位,库存数量\n\
        FB-1,针织布,150cm/180g,码,1000\nTP-1,织带,100米/卷,卷,4\nBT-1,纽扣,1000个/包,包,5\n";
    let open = "采购未交明细\n采购单号,供应商,物料编码,物料名称,规格,单位,数量,未交数量,交期\n\
        P1,布厂,FB-1,针织布,,公斤,27,27,2026-11-05\nP2,带厂,TP-1,织带,100米/卷,卷,2,2,2026-11-06\n";
    let files = [("用料.csv", LIST), ("库存表.csv", stock), ("采购未交.csv", open)];
    let (report, ran) = run(&sandbox(&files), "shortage", &[]);
    assert_eq!(
        table(&report, "items", &["item", "gross", "on_hand", "on_order_in_time", "net"]),
        ["FB-1 1735.344 914.4 100 720.944", "TP-1 600 400 200 0", "BT-1 7200 5000 0 2200"],
        "{ran}"
    );
    let (report, ran) = run(&sandbox(&files), "issue", &[]);
    assert_eq!(
        table(&report, "lines", &["item", "norm", "to_issue", "short"]),
        ["FB-1 1735.344 1735.344 820.944", "TP-1 600 600 200", "BT-1 7200 7200 2200"],
        "{ran}"
    );
    assert_eq!(
        rows(&report, "papers").iter().map(|row| row["copies"].to_string()).collect::<String>(),
        "631111"
    );
}

#[test]
fn a_fabric_that_came_narrower_takes_more_of_it() {
    let test = "面料测试记录\n订单号,面料编号,颜色,缸号,门幅,经缩率\nGW-1,FB-1,黑,B1,148,4%\n";
    let files = [("用料.csv", LIST), ("面料测试.csv", test)];
    let (report, ran) = run(&sandbox(&files), "explode", &[]);
    let needs = table(&report, "requirements", &["item", "gross"]);
    // 1.35 × 150 ÷ 148 × 1.03 × 1.04 × 1200
    assert_eq!(needs[0], "FB-1 1758.794594594595", "{ran}");
    let found = report["findings"].as_array().unwrap();
    assert!(found.iter().any(|one| one["code"] == "bom-width-corrected"), "{ran}");
    let other = test.replace("GW-1", "GW-2");
    let files = [("用料.csv", LIST), ("面料测试.csv", other.as_str())];
    let (report, _) = run(&sandbox(&files), "explode", &[]);
    assert_eq!(table(&report, "requirements", &["item", "gross"])[0], "FB-1 1735.344");
}

#[test]
fn every_line_tells_what_is_promised_and_what_came_against_the_day_of_issue() {
    let list = "BOM清单\n产品编码：T-5,,订单号：SO-5,,订单数量：100\n料号,名称,单位,用量,备注\n\
        X1,面板,块,1,\nX2,支架,个,2,\nX3,螺丝,个,8,\nX4,说明书,本,1,\nX5,彩盒,个,1,\n";
    let orders = "订单一览\n订单号,产品编码,数量,发料日期\nSO-5,T-5,100,2026-11-09\n";
    let stock = "库存表\n料号,名称,单位,库存数量\nX1,面板,块,120\nX2,支架,个,50\nX3,螺丝,个,100\nX4,说明书,本,0\nX5,彩盒,个,0\n";
    let open = "采购未交明细\n采购单号,供应商,料号,名称,单位,未交数量,交期\n\
        Q1,甲,X2,支架,个,200,2026-11-07\nQ2,乙,X3,螺丝,个,1000,2026-11-01\nQ3,丙,X4,说明书,本,100,2026-11-12\n";
    let came =
        "入库单登记\n入库单号,入库日期,供应商,料号,名称,实收数量\nRK1,2026-10-28,丁,X1,面板,120\n";
    let files = [
        ("BOM.csv", list),
        ("订单.csv", orders),
        ("库存表.csv", stock),
        ("采购未交.csv", open),
        ("入库.csv", came),
    ];
    let (report, ran) = run(&sandbox(&files), "arrivals", &[]);
    assert_eq!(
        table(&report, "lines", &["item", "short", "promised", "arrived", "days_late", "state"]),
        [
            "X1 0 null 2026-10-28 null there",
            "X2 0 2026-11-07 null null comes",
            "X3 700 2026-11-01 null 2 overdue",
            "X4 100 2026-11-12 null 3 comes-late",
            "X5 100 null null null not-ordered"
        ],
        "{ran}"
    );
}

#[test]
fn a_fabric_test_that_is_a_form_is_read_too() {
    let test = "面料测试报告\n面料编号,FB-1,,缸号,G-05\n到库日期,2026-10-20,,入库米数,1970\n\
        经向缩率,4%,,纬向缩率,1.5%\n有效门幅,148cm,,克重,320 g/m2\n\
        单耗,1.368,,色牢度,4级\n测试人,技术部A,,测试日期,2026-10-20\n";
    let need = |test: &str| {
        let files = [("用料.csv", LIST), ("面料测试.csv", test)];
        let (report, ran) = run(&sandbox(&files), "explode", &[]);
        assert!(report["inputs"].to_string().contains("fabric_test"), "{ran}");
        table(&report, "requirements", &["item", "gross"])[0].clone()
    };
    // 1.35 × 150 ÷ 148 × 1.03 × 1.04 × 1200
    assert_eq!(need(test), "FB-1 1758.794594594595");
    let inches = test.replace("148cm", "58英寸");
    assert_eq!(need(&inches), "FB-1 1735.344", "another unit is not taken for centimetres");
}

#[test]
fn an_order_may_call_by_name_what_the_list_has_as_a_code() {
    let list = "Level,Part No,Description,Qty per,UOM,Scrap factor\n0,L-100,Desk lamp,1,set,\n\
        1,P-1,Plate,2,pc,0.05\n1,P-2,Foot,4,pc,0\n";
    let orders = "订单号,产品,数量,交期,客户\nSO-1,L-100,100,2026-11-20,甲\n";
    let (report, ran) = run(&sandbox(&[("BOM.csv", list), ("订单.csv", orders)]), "explode", &[]);
    assert_eq!(
        table(&report, "requirements", &["order", "item", "gross"]),
        ["SO-1 P-1 210", "SO-1 P-2 400"],
        "{ran}"
    );
}

#[test]
fn what_comes_covers_one_order_s_shortage_and_not_another_s_too() {
    let list = |product: &str, order: &str, quantity: &str| {
        format!(
            "用料表\n款号：{product},,订单号：{order},,数量：{quantity}\n\
             物料编码,物料名称,单位,单耗\nM-2,屏,件,1\n"
        )
    };
    let orders = "订单号,产品编码,数量,发料日期\nA7,K7,100,2026-11-12\nA8,K8,50,2026-11-15\n";
    let open = "采购未交明细\n采购单号,供应商,物料编码,物料名称,单位,数量,未交数量,交期\n\
        P2,乙厂,M-2,屏,件,60,60,2026-11-10\nP3,乙厂,M-2,屏,件,40,40,2026-11-20\n";
    let (first, second) = (list("K7", "A7", "100"), list("K8", "A8", "50"));
    let files =
        [("K7.csv", &*first), ("K8.csv", &second), ("订单.csv", orders), ("采购未交.csv", open)];
    let (report, ran) = run(&sandbox(&files), "arrivals", &[]);
    // The 40 of the 20th are for the first order, which is short of 40.
    assert_eq!(
        table(&report, "arrivals", &["order", "text"]),
        [
            "A7 到料 2026-11-10；到料 2026-11-20",
            "A8 到料 2026-11-10；到料 2026-11-20；未到料 欠 50 件"
        ],
        "{ran}"
    );
}

#[test]
fn a_line_may_name_what_it_stands_in_place_of() {
    let list = "Parent Item,Component,Description,Qty Per,Unit,Substitute For\n\
        CH-1,SCREW,Screw,16,pcs,\nCH-1,SCREW-B,Screw brass,16,pcs,SCREW\nCH-1,LEG,Leg,4,pcs,\n";
    let orders = "Order,Style,Quantity,Need by\nSO-1,CH-1,100,2026-11-20\n";
    let stock = "Stock list\nItem Code,Description,Unit,On Hand\nSCREW,Screw,pcs,1400\n\
        SCREW-B,Screw brass,pcs,500\nLEG,Leg,pcs,400\n";
    let files = [("BOM.csv", list), ("orders.csv", orders), ("stock.csv", stock)];
    let (report, ran) = run(&sandbox(&files), "shortage", &[]);
    assert_eq!(
        table(&report, "items", &["item", "gross", "net"]),
        ["SCREW 1600 0", "LEG 400 0"],
        "{ran}"
    );
    assert_eq!(table(&report, "orders", &["order", "enough"]), ["SO-1 true"], "{ran}");
}

#[test]
fn an_order_in_the_head_counts_by_every_name_and_none_is_said() {
    let list = |head: &str| {
        format!(
            "材料清單\n主件品號：EP-1,,{head}\n元件品號,元件品名,單位,組成用量\nC-1,端子,PCS,4\n"
        )
    };
    for head in ["訂單單號：DD1,,訂單數量：500", "生产任务单号：DD1,,数量：500"]
    {
        let (report, ran) = run(&sandbox(&[("BOM.csv", &list(head))]), "shortage", &[]);
        assert_eq!(table(&report, "items", &["item", "net"]), ["C-1 2000"], "{ran}");
    }
    let (report, ran) = run(&sandbox(&[("BOM.csv", &list("版本：A"))]), "shortage", &[]);
    assert!(findings(&report).iter().any(|told| told.starts_with("nothing-to-do")), "{ran}");
}

#[test]
fn line_numbers_may_be_an_outline() {
    let list = "材料清單\n成品料號：TB-5,,訂單號：S5,,數量：10\n項次,料號,品名,單位,用量\n\
        1,A,桌面組,組,1\n1.1,A1,面板,片,2\n1.1.1,A11,木材,M,1.5\n1.2,A2,邊條,M,4\n\
        2,B,桌腳,支,4\n2.1,B1,鐵管,M,0.7\n3,C,螺絲包,包,1\n";
    let (report, ran) = run(&sandbox(&[("BOM.csv", list)]), "shortage", &[]);
    let needs = table(&report, "items", &["item", "gross"]);
    assert_eq!(needs, ["A11 30", "A2 40", "B1 28", "C 10"], "{ran}");
}

#[test]
fn the_latest_of_several_stock_tables_tells_what_there_is() {
    let list =
        "BOM\n产品编码：P,,订单号：X,,数量：100\n料号,名称,单位,用量\nA1,拉链,条,1\nA2,纽扣,个,1\n";
    let stock = |day: &str, zips: &str| {
        format!("库存表 2026年{day}\n料号,名称,单位,库存\nA1,拉链,条,{zips}\nA2,纽扣,个,60\n")
    };
    let (early, late) = (stock("9月30日", "100"), stock("10月30日", "80"));
    let files = [("BOM.csv", list), ("库存0930.csv", &*early), ("库存1030.csv", &*late)];
    let (report, ran) = run(&sandbox(&files), "shortage", &[]);
    assert_eq!(table(&report, "items", &["item", "on_hand", "net"]), ["A1 80 20", "A2 60 40"]);
    assert!(ran.stdout.contains("stock-table-replaced"), "{ran}");
}

#[test]
fn of_many_promises_the_first_and_the_last_are_written() {
    let list =
        "用料表\n款号：K7,,订单号：A7,,数量：1000\n物料编码,物料名称,单位,单耗\nM-2,屏,件,1\n";
    let mut open =
        "采购未交明细\n采购单号,供应商,物料编码,物料名称,单位,数量,未交数量,交期\n".to_owned();
    for day in 10..30 {
        open += &format!("P{day},乙厂,M-2,屏,件,10,10,2026-11-{day}\n");
    }
    let files = [("K7.csv", list), ("采购未交.csv", &open)];
    let (report, ran) = run(&sandbox(&files), "arrivals", &[]);
    assert_eq!(
        table(&report, "arrivals", &["text"]),
        ["到料 2026-11-10；到料 2026-11-11；到料 2026-11-12；到料 2026-11-13；到料 2026-11-14；\
             中间还有 14 天；到料 2026-11-29；未到料 欠 800 件"],
        "{ran}"
    );
}
