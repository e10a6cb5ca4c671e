//! What is filled down, and what never is.

use super::{found, merged, sheet};
use crate::input::sheet::{Sheet, Value};

/// Shows a column of the only table as its rows of data read it.
fn reads(sheet: Sheet, col: u16) -> String {
    let tables = found(sheet);
    let table = &tables[0];
    let rows = table.rows_of(crate::input::table::Role::Body);
    let texts = rows.map(|row| match table.cell(row, col).map(|cell| cell.value()) {
        Some(Value::Text(text)) => text.to_string(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    });
    texts.collect::<Vec<_>>().join(",")
}

const GROUPS: &str = "出货单号|日期|货号|名称|数量|金额
    FX1|10.2|'00205|吊灯|10|100
    ||'00206|吊灯|15|150
    ||'00207|吊灯|20|200
    FX2|10.7|'00310|灯泡|36|118
    ||'00206|吊灯|48|140
    FX3|10.9|'00120|台灯|43|258
    ||'00310|灯泡|25|82";

#[test]
fn keys_of_the_first_row_of_each_group() {
    assert_eq!(reads(sheet(GROUPS), 0), "FX1,FX1,FX1,FX2,FX2,FX3,FX3");
    assert_eq!(reads(sheet(GROUPS), 1), "10.2,10.2,10.2,10.7,10.7,10.9,10.9");
}

#[test]
fn a_single_missing_number_stays_missing() {
    let text = "送货单号|日期|品名|数量|金额
        A1|10.2|台灯|10|100
        A2|10.3|灯罩|10|100
        |10.4|灯泡|10|100
        A4|10.5|灯座|10|100
        A5|10.6|灯管|10|100
        A6|10.7|灯杯|10|100";
    assert_eq!(reads(sheet(text), 0), "A1,A2,,A4,A5,A6");
}

#[test]
fn numbers_written_out_row_by_row_leave_no_meaning_to_a_blank() {
    let text = "送货单号|日期|品名|数量|金额
        A1|10.2|台灯|10|100
        A1|10.2|灯罩|10|100
        |10.4|灯泡|10|100
        |10.4|灯座|10|100
        A5|10.6|灯管|10|100
        A5|10.6|灯杯|10|100
        |10.6|灯杯|10|100";
    assert_eq!(reads(sheet(text), 0), "A1,A1,,,A5,A5,");
}

#[test]
fn an_item_code_is_not_repeated_for_freight() {
    let text = "货号|名称|规格|数量|单价|金额
        '00310|灯泡|5W|4|9.9|39.6
        |运费||||6
        合计|||4||45.6";
    assert_eq!(reads(sheet(text), 0), "00310,");
}

#[test]
fn marks_repeat_the_row_above() {
    let text = "日期|送货单号|品名|单价|金额|登记人
        @2026-10-06|LC1|洗水唛|0.045|391.5|客服A
        〃|〃|吊牌|0.235|963.5|〃
        〃|同上|价格贴纸|〃|91.8|〃
        @2026-10-08|LC2|尺码标|0.032|137.6|客服B";
    assert_eq!(reads(sheet(text), 1), "LC1,LC1,LC1,LC2");
    assert_eq!(reads(sheet(text), 5), "客服A,客服A,客服A,客服B");
    // A price is never filled: the mark itself is what stands there.
    assert_eq!(reads(sheet(text), 3), "0.045,0.235,〃,0.032");
}

#[test]
fn merged_keys_cover_their_rows_and_merged_amounts_do_not() {
    let text = "序号|供应商|品名|数量|金额
        1|恒锦川|布料|10|150
        2||里布|10|
        3||口袋布|5|30
        小计|||25|180
        4|永跃达|拉链|7|70
        5||拉头|8|80";
    let merges = ["B2:B4", "B6:B7", "E2:E3"];
    assert_eq!(reads(merged(text, &merges), 1), "恒锦川,恒锦川,恒锦川,永跃达,永跃达");
    assert_eq!(reads(merged(text, &merges), 4), "150,,30,70,80");
}

#[test]
fn sparse_columns_are_not_groups() {
    let text = "样机编号|机型|数量|放置日期|撤离日期|备注
        YJ-01|MP-900|1|10.1|10.9|
        YJ-02|MP-806|1|10.2||
        YJ-03|MP-512|1|10.3||换新机
        YJ-04|MP-300|1|10.4|10.12|
        YJ-05|MP-900|1|10.5||";
    assert_eq!(reads(sheet(text), 4), "10.9,,,10.12,");
    assert_eq!(reads(sheet(text), 5), ",,换新机,,");
}

#[test]
fn a_group_ends_at_its_sum() {
    let text = "客户|单号|品名|数量|金额
        甲|A1|台灯|1|10
        |A2|灯罩|1|10
        |A3|灯泡|1|10
        小计|||3|30
        乙|A4|台灯|1|10
        |A5|灯罩|1|10
        小计|||2|20";
    assert_eq!(reads(sheet(text), 0), "甲,甲,甲,乙,乙");
}

#[test]
fn a_shop_that_heads_its_orders_does_not_number_those_without_a_number() {
    let text = "店铺|日期|ID号|订单号|金额
        A店|10.2|tb_1|'3250010003124433158|64
        |10.3|tb_2|'3250010390731118686|50
        |10.3|tb_3||50
        |10.4|tb_4|'3250010773032323327|50
        |10.5|tb_5|'3250011160705915493|51
        B店|10.2|tb_6|'3250060389302484212|64
        |10.3|tb_7|'3250088846328019409|50
        |10.3|tb_8|'3250022693923496984|52";
    assert_eq!(reads(sheet(text), 0), "A店,A店,A店,A店,A店,B店,B店,B店");
    assert_eq!(reads(sheet(text), 3).split(',').filter(|number| number.is_empty()).count(), 1);
}

#[test]
fn lines_of_an_export_belong_to_the_order_above_them() {
    let text = "Order Reference|Customer|Order Lines/Product|Order Lines/Quantity
        S00021|Halden Interiors|Oak Table|40
        ||Bench|30
        S00022|Malmo Cafe|Oak Table|25
        S00023|Malmo Cafe|Bench|5
        S00024|Malmo Cafe|Stool|5";
    assert_eq!(reads(sheet(text), 0), "S00021,S00021,S00022,S00023,S00024");
    assert_eq!(reads(sheet(text), 1).split(',').nth(1), Some("Halden Interiors"));
}
