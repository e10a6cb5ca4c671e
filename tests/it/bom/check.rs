//! What `bom check` says of lists with one fault each.

use super::{findings, rows, run};
use crate::sandbox::Sandbox;

fn checked(files: &[(&str, &str)]) -> Vec<String> {
    let sandbox = Sandbox::new();
    for (name, text) in files {
        sandbox.write(&format!("in/{name}"), text);
    }
    findings(&run(&sandbox, "check", &[]).0)
}

#[test]
fn every_fault_is_told_at_its_cell_and_a_clean_list_has_none() {
    let list = |lines: &str| {
        format!(
            "物料清单,,,,,,\n产品编码：K77  订单数量：100,,,,,,\n层次,物料编码,物料名称,单位,单件用量,损耗率,总用量\n{lines}"
        )
    };
    let clean = "1,A1,组件,套,2,2%,204\n2,B1,铜套,个,3,5%,642.6\n1,B2,电线,条,1,5%,105\n";
    for (lines, expected) in [
        (clean.to_owned(), vec![]),
        (format!("{clean}1,B2,电线,条,1,5%,105\n"), vec!["bom-duplicate-line B7"]),
        (
            clean.replace("2,B1,铜套,个,3", "2,B1,铜套,个,0"),
            vec!["bom-zero-use E5", "bom-total-mismatch G5"],
        ),
        (
            clean.replace("2,B1,铜套,个,3", "2,B1,铜套,个,-3"),
            vec!["bom-zero-use E5", "bom-total-mismatch G5"],
        ),
        (clean.replace("105", "100"), vec!["bom-total-mismatch G6"]),
        (clean.replace("2,B1", "3,B1"), vec!["bom-level-jump A5"]),
        (format!("{clean}2,B1,铜套,米,1,,105\n"), vec!["bom-unit-conflict D7"]),
        (format!("{clean}2,K77,台灯,台,1,,\n"), vec!["bom-cycle B7"]),
        (clean.replace("1,5%,105", "1,150%,100"), vec!["bom-loss-range F6"]),
        (clean.replace("1,5%,105", "1,0.5,100.5"), vec!["bom-loss-convention F6"]),
    ] {
        assert_eq!(checked(&[("清单.csv", &list(&lines))]), expected, "{lines}");
    }
}

#[test]
fn items_that_no_list_knows_and_lists_that_came_late() {
    let list = "产品编码：K77 订单号：D1,,,\n物料编码,物料名称,单位,单件用量\nA1,灯头,个,1\nB2,电线,条,1\n";
    let stock = "库存表,,,\n物料编码,品名,单位,结存\nA1,灯头,个,500\nZ9,螺丝,个,20\n";
    let orders = "订单登记表,,,,,\n订单号,客户,款号,数量,下单日期,BOM收到日期\n\
        D1,甲,K77,100,2026-10-20,2026-10-23\nD2,乙,K80,100,2026-10-30,\nD3,乙,K81,100,2026-11-02,\n";
    let found = checked(&[("清单.csv", list), ("库存表.csv", stock), ("订单登记表.csv", orders)]);
    assert_eq!(found, ["bom-unknown-item A4", "bom-late F3", "bom-late F4"]);
}

#[test]
fn a_head_that_is_not_what_the_order_says() {
    let list = "款号：K77  订单号：D1  订单数：100件  版本：A/0,,,\n物料编码,物料名称,单位,单件用量\nA1,灯头,个,1\nB1,灯罩,个,1\n";
    let orders = "订单登记表,,,,\n订单号,客户,款号,数量,版本\nD1,甲,K77,120,A/1\n";
    let sandbox = Sandbox::new();
    sandbox.write("in/清单.csv", list).write("in/订单登记表.csv", orders);
    let (report, ran) = run(&sandbox, "check", &[]);
    assert_eq!(findings(&report), ["bom-order-mismatch A1", "bom-order-mismatch A1"], "{ran}");
    assert_eq!(rows(&report, "boms")[0]["revision"], "A/0", "{ran}");
}
