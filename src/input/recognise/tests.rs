//! Sheets that look alike are told apart, and doubt is said.

use super::*;
use crate::input::fixtures::table;

/// Returns the likeliest kind of a grid and how sure it is.
fn told(grid: &str, file: &str, sheet: &str) -> (&'static str, u8) {
    let found = recognise(&table(grid), Names { file, sheet }, &Overrides::default());
    found.first().map_or(("", 0), |best| (best.kind.id.as_str(), best.confidence))
}

const PLAIN: &str = "日期|单号|品名|规格|数量|单价|金额
                     2026-09-05|YX1001|尼龙拉链|3#|100|0.62|62
                     2026-09-06|YX1002|金属拉链|4YG|200|1.85|370";

#[test]
fn the_same_columns_are_what_their_names_say() {
    for (file, sheet, kind) in [
        ("永兴拉链9月对账单", "Sheet1", "supplier_statement"),
        ("9月", "往来对账", "supplier_statement"),
        ("9月采购入库明细", "Sheet1", "goods_receipt"),
        ("供应商退货登记", "9月", "supplier_returns"),
        ("客服发货单", "9月", "shipping_slip"),
    ] {
        assert_eq!(told(PLAIN, file, sheet).0, kind, "{file}#{sheet}");
    }
}

#[test]
fn columns_that_many_kinds_have_leave_a_doubt() {
    let (_, plain) = told(PLAIN, "Book1", "Sheet1");
    let (_, named) = told(PLAIN, "永兴拉链9月对账单", "对账单");
    assert!(plain < 75 && named > 90, "{plain} {named}");
}

#[test]
fn a_list_of_several_suppliers_is_no_statement_of_one() {
    let several = "日期|供应商|单号|品名|数量|单价|金额|仓库
                   2026-09-05|永兴|YX1001|拉链|100|0.62|62|主仓
                   2026-09-05|大成|DC991|纽扣|1000|0.03|30|主仓
                   2026-09-06|永兴|YX1002|拉链|200|1.85|370|主仓";
    assert_eq!(told(several, "9月", "Sheet1").0, "goods_receipt");
}

#[test]
fn balances_make_a_statement() {
    let ledger = "日期|单据编号|摘要|应收金额|已收款|余额
                  |||||12000
                  2026-09-05|YX1001|拉链|560||12560
                  2026-09-20||付款||12000|560";
    let (kind, sure) = told(ledger, "永兴", "9月");
    assert_eq!(kind, "supplier_statement");
    assert!(sure >= 60, "{sure}");
}

#[test]
fn orders_may_say_only_what_is_still_to_come() {
    let open = "采购单号|供应商|物料编码|品名|单位|未交数量|交期
                P1|恒锦|M1|面料|米|120|2026-11-05
                P2|恒锦|M2|里布|米|90|待定";
    let english = "PO No.|Supplier|Item Code|Item Name|Outstanding Qty|ETA
                   P1|Hengjin|M1|Shell|120|2026-11-05
                   P2|Hengjin|M2|Lining|90|2026-11-09";
    let short = "物料编码|物料名称|单位|欠料数量|到料时间
                 M1|面料|米|120|2026-11-05
                 M2|里布|米|90|2026-11-09";
    let stock = "物料编码|品名|单位|结存|在途数量|供应商
                 M1|面料|米|80|120|恒锦
                 M2|里布|米|10|90|恒锦";
    for (grid, file, kind) in [
        (open, "采购未交", "purchase_order"),
        (open, "Book1", "purchase_order"),
        (english, "open PO", "purchase_order"),
        (short, "缺料表", "material_arrival"),
        (stock, "9月", "stock_table"),
    ] {
        let (found, sure) = told(grid, file, "Sheet1");
        assert_eq!(found, kind, "{file}");
        assert!(sure >= THRESHOLD, "{file} {sure}");
    }
}

#[test]
fn a_form_is_known_by_the_names_on_its_left() {
    let form = "项目|内容
                胶袋|30*40cm
                装箱方式|独色独码
                每箱数量|24件/箱
                外箱尺寸|60*40*35cm
                空箱重|1.15kg
                限重|15KG";
    assert_eq!(told(form, "K6101", "包装").0, "packing_spec");
}

#[test]
fn a_title_alone_names_a_table_without_a_header() {
    let mut bare = table(PLAIN);
    for column in &mut bare.columns {
        column.parts.clear();
        column.header.clear();
    }
    let named = Names { file: "永兴9月对账单", sheet: "Sheet1" };
    let found = recognise(&bare, named, &Overrides::default());
    assert_eq!(found[0].kind.id, "supplier_statement");
    assert!((THRESHOLD..60).contains(&found[0].confidence), "{}", found[0].confidence);
    let nameless = recognise(&bare, Names::default(), &Overrides::default());
    assert!(nameless.is_empty());
}

#[test]
fn what_is_no_document_of_the_trade_is_none() {
    let attendance = "姓名|部门|出勤天数|加班小时|请假
                      甲|车间|26|10|0
                      乙|车间|25|12|1";
    let (_, sure) = told(attendance, "考勤", "9月");
    assert!(sure < THRESHOLD, "{sure}");
}
