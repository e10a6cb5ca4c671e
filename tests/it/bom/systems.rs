//! Parts lists, stock and orders as systems export them: parent and part side
//! by side with the same words, parents written once, letters and marks.

use super::{findings, run, table};
use crate::sandbox::Sandbox;

const ORDERS: &str = "单据编号,购货单位,产品代码,产品名称,数量,交货日期\n\
    D1,甲,P1,电源,1000,2026-11-10\n";

/// Returns what the orders need of every item, by item.
fn needs(list: &str, orders: &str) -> Vec<String> {
    let sandbox = Sandbox::new();
    sandbox.write("in/BOM.csv", list);
    if !orders.is_empty() {
        sandbox.write("in/销售订单.csv", orders);
    }
    let (report, ran) = run(&sandbox, "explode", &[]);
    assert_eq!(findings(&report), Vec::<String>::new(), "{ran}");
    let mut found = table(&report, "requirements", &["product", "item", "level", "gross"]);
    found.sort();
    found
}

#[test]
fn parent_and_part_are_told_apart_where_both_have_the_same_words() {
    // The parent's own columns: code, name, specification, unit, quantity.
    let list = "BOM单编号,物料代码,物料名称,规格型号,单位,数量,子项物料代码,子项物料名称,子项规格型号,\
        子项单位,用量,损耗率(%),子项类型\n\
        B1,P1,电源,12V,PCS,1,S1,组件,,PCS,1,0,自制\n\
        B1,P1,电源,12V,PCS,1,X1,外箱,50只装,PCS,0.02,0,外购\n\
        B2,S1,组件,,PCS,10,R1,电阻,10K,PCS,60,2,外购\n";
    assert_eq!(needs(list, ORDERS), ["P1 R1 2 6120", "P1 S1 1 1000", "P1 X1 1 20"]);
}

#[test]
fn parents_and_their_quantities_that_are_written_once_count_for_the_rows_below() {
    let list = "Product,Quantity,BoM Lines/Component,BoM Lines/Quantity\n\
        [P1] Desk,1,[LEG] Leg,4\n,,[TOP] Top,1\n[TOP] Top,10,[PLY] Plywood,3\n,,[VAR] Varnish,0.5\n";
    assert_eq!(
        needs(list, ""),
        [
            "P1 [LEG] Leg 1 4",
            "P1 [PLY] Plywood 2 0.3",
            "P1 [TOP] Top 1 1",
            "P1 [VAR] Varnish 2 0.05"
        ]
    );
}

#[test]
fn a_base_quantity_in_a_column_or_above_the_list_divides_every_use() {
    let column = "母件编码,子件编码,子件名称,计量单位,基本用量,基础数量,子件损耗率(%),供应类型\n\
        P1,S1,灯座,个,1,1,0,领用\nP1,K1,紧固组件,套,1,1,0,虚拟件\n\
        K1,T1,螺丝,包,4,200,0,领用\nS1,W1,电线,米,1800,1000,5,领用\n";
    assert_eq!(needs(column, ORDERS), ["P1 S1 1 1000", "P1 T1 2 20", "P1 W1 2 1890"]);
    let above = "Explode BOM,,,,,\nMaterial,P1,,Base Qty,\"1,000\",\n\
        Expl. level,Component number,Object description,Comp. Qty (CUn),Un,Comp. scrap in %\n\
        .1,S1,Frame,1000,PC,\n..2,T1,Tube,5200,M,3\n.1,C1,Carton,200,PC,\n";
    assert_eq!(needs(above, ORDERS), ["P1 C1 1 200", "P1 S1 1 1000", "P1 T1 2 5356"]);
}

#[test]
fn letters_and_marks_say_what_is_a_phantom_and_what_the_customer_gives() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "in/多階BOM表.csv",
        "主件品號：P1,,,,,\n階次,元件品號,品名,單位,組成用量,品號屬性,備註\n\
         1,Y1,包材組,SET,1,Y,\n.2,K1,彩盒,PCS,1,P,\n1,C1,USB線,PCS,1,,客供\n",
    );
    sandbox.write("in/销售订单.csv", ORDERS);
    let (report, ran) = run(&sandbox, "shortage", &[]);
    assert_eq!(
        table(&report, "items", &["item", "net", "purchase"]),
        ["K1 1000 1000", "C1 1000 0"],
        "{ran}"
    );
    let marks = "父件编码,子件编码,子件名称,单位,用量,是否虚拟件,客供\n\
        P1,Y1,包材组,套,1,是,\nY1,K1,彩盒,个,1,否,\nP1,C1,线,条,1,,√\n";
    assert_eq!(needs(marks, ORDERS), ["P1 C1 1 1000", "P1 K1 2 1000"]);
}

#[test]
fn of_a_group_of_alternates_the_first_is_used_and_the_others_take_its_place() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "in/BOM_P1.csv",
        "Lvl,P/N,Description,Qty,UoM,Alt. Group\n\
         +,U1,MCU,1,pcs,A\n+,U2,MCU B,1,pcs,A\n+,U3,MCU C,1,pcs,A\n+,R1,Resistor,4,pcs,\n",
    );
    sandbox.write("in/销售订单.csv", ORDERS);
    sandbox.write(
        "in/Stock.csv",
        "Part No.,Description,UoM,On Hand\nU1,MCU,pcs,600\nU2,MCU B,pcs,300\nU3,MCU C,pcs,50\n\
         R1,Resistor,pcs,4000\n",
    );
    let (report, ran) = run(&sandbox, "shortage", &[]);
    assert_eq!(table(&report, "items", &["item", "gross", "net"]), ["U1 1000 50", "R1 4000 0"]);
    let taken = table(&report, "substitutes", &["item", "substitute", "covers"]);
    assert_eq!(taken, ["U1 U2 300", "U1 U3 50"], "{ran}");
}

#[test]
fn stock_of_several_warehouses_side_by_side_adds_up() {
    let sandbox = Sandbox::new();
    sandbox.write("in/物料清单_P1.csv", "物料编码,物料名称,单位,单耗\nF1,布,米,2\nZ1,拉链,条,1\n");
    sandbox.write("in/销售订单.csv", ORDERS);
    sandbox.write(
        "in/库存.csv",
        "编号,品名,单位,面料仓,,辅料仓,\n,,,数量,金额,数量,金额\nF1,布,米,900,9000,100,1000\n\
         Z1,拉链,条,,,1010,606\n",
    );
    sandbox.write(
        "in/Open POs.csv",
        "PO No,Supplier,Part No.,Qty Ordered,Qty Received,Promised Date\n\
         1,A,F1,500,0,2026-11-08\n2,A,F1,700,0,2026-11-12\n",
    );
    let (report, ran) = run(&sandbox, "shortage", &[]);
    let columns = ["item", "on_hand", "on_order_in_time", "on_order_late", "net"];
    assert_eq!(
        table(&report, "items", &columns),
        ["F1 1000 500 700 500", "Z1 1010 0 0 0"],
        "{ran}"
    );
}

#[test]
fn every_level_may_have_a_column_of_its_own() {
    let marked = "BOM表  产品：P1,,,,,,,\n1阶,2阶,3阶,料号,品名,单位,用量,损耗\n\
        ●,,,A1,底座,个,1,\n,●,,B1,钢板,KG,0.8,5%\n,●,,B2,螺丝包,包,2,\n,,●,C1,螺丝,个,6,2%\n\
        ●,,,A2,灯臂,支,1,1%\n";
    let expected = ["P1 A1 1 1000", "P1 A2 1 1010", "P1 B1 2 840", "P1 B2 2 2000", "P1 C1 3 12240"];
    assert_eq!(needs(marked, ORDERS), expected);
    let coded = "层级,,,,品名,单位,用量,损耗率\n0,1,2,3,,,,\nP1,,,,电源,台,1,\n,A1,,,底座,个,1,\n\
        ,,B1,,钢板,KG,0.8,5%\n,,B2,,螺丝包,包,2,\n,,,C1,螺丝,个,6,2%\n,A2,,,灯臂,支,1,1%\n";
    assert_eq!(needs(coded, ORDERS), expected);
}

#[test]
fn a_list_that_tells_the_stock_itself_needs_no_stock_table() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "in/製令用料明細表.csv",
        "製令用料明細表,,,,,,\n製令單號：511-001,,產品品號：P1,,預計產量：2000,,\n\
         材料品號,品名,單位,組成用量,底數,損耗率,庫存數量\nK1,塑膠粒,KG,35,1000,2%,50\n",
    );
    let (report, ran) = run(&sandbox, "shortage", &[]);
    let found = table(&report, "items", &["item", "gross", "on_hand", "net"]);
    assert_eq!(found, ["K1 71.4 50 21.4"], "{ran}");
}

#[test]
fn promises_without_a_year_and_of_several_deliveries_count_by_their_days() {
    let sandbox = Sandbox::new();
    sandbox.write("in/物料清单_P1.csv", "物料编码,物料名称,单位,单耗\nF1,布,米,2\nZ1,拉链,条,1\n");
    sandbox.write("in/订单登记表.csv", "订单号,客户,款号,数量,发料日期\nD1,甲,P1,300,2026-11-09\n");
    sandbox.write("in/库存表.csv", "物料编码,品名,单位,结存\nF1,布,米,100\n");
    sandbox.write(
        "in/物料到料时间表.csv",
        "订单号,采购单号,料号,物料名称,需求数,已到,欠料,到料时间\n\
         D1,C1,F1,布,600,100,500,分两批 11/8 300 11/11 200\nD1,C2,Z1,拉链,300,0,300,11/6\n",
    );
    let (report, ran) = run(&sandbox, "shortage", &[]);
    assert_eq!(
        table(&report, "items", &["item", "on_order_in_time", "on_order_late", "net"]),
        ["F1 300 200 200", "Z1 300 0 0"],
        "{ran}"
    );
    let complete = table(&report, "orders", &["order", "complete_on"]);
    assert_eq!(complete, ["D1 2026-11-11"], "{ran}");
}

#[test]
fn what_came_back_of_an_issue_is_not_used_and_supplements_are_read() {
    let sandbox = Sandbox::new();
    sandbox.write("in/物料清单_P1.csv", "物料编码,物料名称,单位,单耗\nF1,布,米,2\nB1,扣,个,5\n");
    sandbox.write("in/订单登记表.csv", "订单号,客户,款号,数量,发料日期\nD1,甲,P1,300,2026-11-09\n");
    sandbox.write(
        "in/领料单.csv",
        "领料单号,日期,订单号,物料编码,物料名称,单位,应领数量,实领数量,退料数\n\
         LL1,2026-11-02,D1,F1,布,米,600,650,20\nLL2,2026-11-02,D1,B1,扣,个,1500,1500,\n\
         LL3,2026-11-03,D1,B1,扣,个,,-100,\n",
    );
    sandbox.write(
        "in/补料单.csv",
        "补料单号,日期,订单号,物料编码,物料名称,单位,补料数量,补料原因,主管签字,贸易确认\n\
         BL1,2026-11-03,D1,B1,扣,个,80,漏发,张,\n",
    );
    let (report, ran) = run(&sandbox, "issue", &[]);
    assert_eq!(
        table(&report, "lines", &["item", "norm", "issued", "over", "over_percent"]),
        ["F1 600 630 30 5", "B1 1500 1480 0 null"],
        "{ran}"
    );
    let slips = table(&report, "supplements", &["order", "item", "quantity", "reason"]);
    assert_eq!(slips, ["D1 B1 80 漏发"], "{ran}");
    assert_eq!(findings(&report), ["issue-over-norm H2", "supplement-incomplete G2"], "{ran}");
}

#[test]
fn kingdee_writes_uses_as_numerator_and_denominator() {
    let list = "父项物料编码,父项物料名称,子项物料编码,子项物料名称,子项规格型号,子项单位,用量:分子,\
        用量:分母,变动损耗率%,子项类型\nP1,电源,S1,组件,,PCS,1,1,0,自制\n\
        P1,电源,X1,外箱,50只装,PCS,1,40,0,外购\nS1,组件,R1,电阻,10K,PCS,12,1,1,外购\n";
    assert_eq!(needs(list, ORDERS), ["P1 R1 2 12120", "P1 S1 1 1000", "P1 X1 1 25"]);
}

#[test]
fn orders_are_numbered_as_the_customer_does_if_in_no_other_way() {
    let list = "母件編號,子件編號,單位,用量\nP1,X1,PCS,2\n";
    let orders =
        "客戶訂單號,客戶,品號,數量,交期\nC-1,大華,P1,30,2026-11-12\nC-2,永興,P1,20,2026-11-12\n";
    assert_eq!(needs(list, orders), ["P1 X1 1 40", "P1 X1 1 60"]);
}

#[test]
fn an_order_without_any_number_is_told() {
    let sandbox = Sandbox::new();
    sandbox.write("in/BOM.csv", "父件编码,子件编码,单位,用量\nP1,X1,件,2\n");
    sandbox.write(
        "in/订单.csv",
        "订单号,客户,产品编码,数量,交期\nO1,甲,P1,5,2026-11-12\n,乙,P1,7,2026-11-12\n",
    );
    let (report, ran) = run(&sandbox, "explode", &[]);
    assert_eq!(table(&report, "requirements", &["order", "gross"]), ["O1 10"], "{ran}");
    assert!(ran.stdout.contains("没有订单号"), "{ran}");
}
