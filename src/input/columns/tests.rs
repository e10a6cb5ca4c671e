//! Columns of small tables, told by header, by arithmetic, by the person.

use super::*;
use crate::input::fixtures::table;
use crate::input::table::Role;
use crate::kinds;
use crate::settings::{ExtraWords, FileRule, Settings};

/// Returns the fields of a table's columns, `-` for none, and the codes of
/// what was in doubt.
fn fields_with(
    table: &mut Table,
    kind: &str,
    overrides: &Overrides,
) -> (String, Vec<&'static str>) {
    table.findings.clear();
    map(table, kinds::get(kind).unwrap(), overrides);
    let fields: Vec<&str> =
        table.columns.iter().map(|column| column.field.unwrap_or("-")).collect();
    (fields.join(" "), table.findings.iter().map(|finding| finding.code.0).collect())
}

fn fields(grid: &str, kind: &str) -> (String, Vec<&'static str>) {
    fields_with(&mut table(grid), kind, &Overrides::default())
}

#[test]
fn of_two_amounts_the_product_is_the_amount() {
    let grid = "日期|送货单号|品名|数量|单价|应收货款|货款金额
                2026-10-05|YX1001|拉链|100|0.62|62|70.06
                2026-10-06|YX1002|拉头|200|1.85|370|418.1
                2026-10-08|YX1003|拉链|300|0.62|186|210.18
                2026-10-09|YX1004|拉头|50|1.85|92.5|104.53";
    let (fields, findings) = fields(grid, "supplier_statement");
    assert_eq!(fields, "doc_date delivery_note_no item_name qty unit_price amount -");
    assert!(findings.is_empty(), "{findings:?}");
}

#[test]
fn two_columns_that_nothing_tells_apart_are_left_alone_and_said() {
    let grid = "日期|送货单号|品名|应收货款|货款金额
                2026-10-05|YX1001|拉链|62|70.06
                2026-10-06|YX1002|拉头|370|418.1
                2026-10-08|YX1003|拉链|186|210.18";
    let (fields, findings) = fields(grid, "supplier_statement");
    assert_eq!(fields, "doc_date delivery_note_no item_name - -");
    assert_eq!(findings, ["ambiguous-column"]);
}

#[test]
fn columns_that_say_the_same_are_no_contest() {
    let grid = "日期|送货单号|品名|应收货款|货款金额
                2026-10-05|YX1001|拉链|62|62
                2026-10-06|YX1002|拉头|370|370";
    let (fields, findings) = fields(grid, "supplier_statement");
    assert_eq!(fields, "doc_date delivery_note_no item_name amount -");
    assert!(findings.is_empty(), "{findings:?}");
}

#[test]
fn the_price_that_makes_the_amounts_is_the_price() {
    let grid = "日期|送货单号|品名|数量|单价|折后单价|金额
                2026-10-05|YX1001|拉链|100|0.70|0.62|62
                2026-10-06|YX1002|拉头|200|2.00|1.85|370
                2026-10-08|YX1003|拉链|300|0.70|0.62|186";
    let (fields, findings) = fields(grid, "supplier_statement");
    assert_eq!(fields, "doc_date delivery_note_no item_name qty - unit_price amount");
    assert!(findings.is_empty(), "{findings:?}");
}

#[test]
fn a_column_without_a_header_is_known_by_its_part_in_the_product() {
    let grid = "日期|送货单号|品名|数量||金额|备注
                2026-10-05|YX1001|拉链|100|0.62|62|
                2026-10-06|YX1002|拉头|200|1.85|370|
                2026-10-08|YX1003|拉链|300|0.62|186|
                2026-10-09|YX1004|拉头|40|1.85|74|急";
    let (fields, _) = fields(grid, "supplier_statement");
    assert_eq!(fields, "doc_date delivery_note_no item_name qty unit_price amount remark");
}

#[test]
fn a_price_per_dozen_says_so_in_its_unit() {
    let grid = "日期|送货单号|品名|数量|单价|金额
                2026-10-05|YX1001|拉链|120|6.2|62
                2026-10-06|YX1002|拉头|240|18.5|370
                2026-10-08|YX1003|拉链|360|6.2|186";
    let mut table = table(grid);
    let (fields, _) = fields_with(&mut table, "supplier_statement", &Overrides::default());
    assert_eq!(fields, "doc_date delivery_note_no item_name qty unit_price amount");
    assert_eq!(table.column("unit_price").unwrap().unit.as_deref(), Some("打"));
}

#[test]
fn prices_with_and_without_tax_keep_apart() {
    let grid = "供应商|物料编码|品名|含税单价|未税单价|税率|生效日期
                永兴|ZP-1|拉链|1.13|1|13%|2026-03-01
                永兴|ZP-2|拉头|2.26|2|13%|2026-03-01";
    let (fields, findings) = fields(grid, "price_list");
    assert_eq!(fields, "supplier item_code item_name unit_price net_price tax_rate valid_from");
    assert!(findings.is_empty(), "{findings:?}");
}

#[test]
fn month_and_day_stand_together_or_not_at_all() {
    let both = "月|日|送货单号|品名|数量|单价|金额
                10|5|YX1001|拉链|100|0.62|62
                10|6|YX1002|拉头|200|1.85|370";
    let (both, _) = fields(both, "supplier_statement");
    assert_eq!(both, "month day delivery_note_no item_name qty unit_price amount");
    let alone = "月|送货单号|品名|数量|单价|金额
                 10|YX1001|拉链|100|0.62|62
                 10|YX1002|拉头|200|1.85|370";
    let (alone, _) = fields(alone, "supplier_statement");
    assert_eq!(alone, "- delivery_note_no item_name qty unit_price amount");
}

#[test]
fn figures_under_a_group_belong_to_the_group() {
    let mut table = table(
        "料号|品名|期初数量|入库数量|出库数量|结存数量
         A1|拉链|10|5|3|12
         A2|拉头|20|5|3|22",
    );
    for (column, parts) in table.columns.iter_mut().zip([
        &["料号"][..],
        &["品名"],
        &["期初", "数量"],
        &["本期入库", "数量"],
        &["本期出库", "数量"],
        &["结存", "数量"],
    ]) {
        column.parts = parts.iter().map(|part| (*part).to_owned()).collect();
        column.header = parts.join("/");
    }
    let (fields, findings) = fields_with(&mut table, "stock_table", &Overrides::default());
    assert_eq!(fields, "item_code item_name opening_qty in_qty out_qty closing_qty");
    assert!(findings.is_empty(), "{findings:?}");
}

#[test]
fn sizes_and_months_are_columns_of_one_field() {
    let (sizes, _) = fields("颜色|26|27|28|合计\n黑|10|20|30|60\n白|5|5|5|15", "size_breakdown");
    assert_eq!(sizes, "color size_columns size_columns size_columns row_total");
    let months = "机型|7月|8月|9月|合计\nMP-9|1|2|3|6\nMP-8|4|5|6|15";
    let (months, _) = fields(months, "annual_shipments");
    assert_eq!(months, "item_code month_columns month_columns month_columns total");
}

#[test]
fn days_under_an_unknown_name_of_a_day_are_the_date() {
    let grid = "点货日期|送货单号|品名|数量|单价|金额
                2026-10-05|YX1001|拉链|100|0.62|62
                2026-10-06|YX1002|拉头|200|1.85|370";
    let (fields, _) = fields(grid, "supplier_statement");
    assert_eq!(fields, "doc_date delivery_note_no item_name qty unit_price amount");
}

#[test]
fn what_the_kind_cannot_do_without_is_missed() {
    let (_, findings) = fields("品名|规格|数量\n拉链|3#|10\n拉头|5#|20", "supplier_statement");
    assert_eq!(findings, ["missing-column"]);
}

#[test]
fn the_person_has_the_last_word() {
    let mut settings = Settings::default();
    settings.words.push(ExtraWords {
        kind: "supplier_statement".into(),
        field: "delivery_note_no".into(),
        words: vec!["码单".into()],
    });
    let rule = FileRule {
        columns: [("D".to_owned(), "amount".to_owned()), ("备用".into(), "remark".into())].into(),
        ..FileRule::default()
    };
    let mut table = table(
        "日期|码單|品名|其二|备用
         2026-10-05|YX1001|拉链|62|a
         2026-10-06|YX1002|拉头|370|b",
    );
    assert_eq!(table.rows_of(Role::Body).count(), 2);
    let overrides = Overrides::new(&settings, Some(&rule));
    let (fields, findings) = fields_with(&mut table, "supplier_statement", &overrides);
    assert_eq!(fields, "doc_date delivery_note_no item_name amount remark");
    assert!(findings.is_empty(), "{findings:?}");
}

#[test]
fn halves_of_a_header_that_disagree_say_nothing() {
    let grid = "日期|送货单号|品名\tDescription|单号/日期|金额
                2026-10-05|YX1001|拉链|1|62
                2026-10-06|YX1002|拉头|2|370";
    let (fields, _) = fields(grid, "supplier_statement");
    assert_eq!(fields, "doc_date delivery_note_no item_name - amount");
}

#[test]
fn item_counts_lines_and_material_is_the_code_where_they_stand_so() {
    let orders = "Purchasing Document|Item|Supplier|Material|Short Text|Order Quantity|Still to be delivered (qty)|Order Unit|Delivery Date
                  4500001001|10|Wood Co|TOP|Table top|100|80|PC|2026-11-10
                  4500001001|30|Wood Co|LEG|Leg set|100|100|PC|2026-11-10
                  4500001002|10|Foam Co|FOAM|Foam corner|800|800|PC|2026-11-25";
    assert_eq!(
        fields(orders, "purchase_order"),
        (
            "po_no order_line supplier item_code item_name qty open_qty unit delivery_date".into(),
            vec![]
        )
    );
    let stock =
        "Material|Material Description|Plant|Storage Location|Base Unit of Measure|Unrestricted
                 TUBE|Steel tube 25mm|1000|RM01|M|600
                 CAP-R|Rubber foot|1000|RM01|PC|1000";
    assert_eq!(fields(stock, "stock_table").0, "item_code item_name - warehouse unit closing_qty");
    let bare = "Sales Document|Sold-to party|Material|Order Quantity|Delivery Date
                45000012|Nordic AB|DSK-10|150|2026-11-18
                45000013|Baltic OY|DSK-20|100|2026-12-02";
    assert_eq!(
        fields(bare, "customer_order").0,
        "order_no customer item_code order_qty delivery_date"
    );
}

#[test]
fn material_over_names_and_grades_stays_what_it_was() {
    let names = "PO No.|Material|Order Qty|Delivery Date
                 P1|Cotton twill|100|2026-11-10
                 P2|Zip 5#|200|2026-11-12";
    assert_eq!(fields(names, "purchase_order").0, "po_no material qty delivery_date");
    let grades = "PO No.|Item|Material|Order Qty|Delivery Date
                  P1|Bolt M8|SUS304|100|2026-11-10
                  P2|Nut M8|SUS316|200|2026-11-12";
    assert_eq!(fields(grades, "purchase_order").0, "po_no item_name material qty delivery_date");
    let stock = "Material|Unit|Balance
                 Cotton twill|m|100
                 Zip 5#|pc|200";
    assert_eq!(fields(stock, "stock_table").0, "item_name unit closing_qty");
}

#[test]
fn what_came_in_so_far_is_known_in_the_words_of_programs() {
    let grid = "订单编号|日期|供应商|存货编码|存货名称|主计量|数量|累计到货数量|计划到货日期
                PO1|2026-10-20|合创电子|0102001|主控IC|PCS|500|100|2026-11-20
                PO2|2026-10-21|德信塑胶|0103001|外壳|套|1100|0|2026-12-05";
    assert_eq!(
        fields(grid, "purchase_order").0,
        "po_no order_date supplier item_code item_name unit qty received_qty delivery_date"
    );
    let grid = "Bin|Item Code|Description|UOM|System Qty|Count 1|Count 2
                R1|PK.01|PET film|kg|1200|1185.5|
                R2|PK.02|Al foil|kg|180|182|182";
    assert_eq!(
        fields(grid, "stocktake").0,
        "location item_code item_name unit book_qty counted_qty recounted_qty"
    );
}

#[test]
fn days_under_a_word_that_is_not_known_are_told_where_the_day_is_missing() {
    let grid = "采购单号|供应商|料号|品名|数量|答复
                PO1|大成木业|W01|橡木板|100|2026-11-12
                PO2|永固五金|H01|螺丝|2000|2026-11-18";
    let (found, findings) = fields(grid, "purchase_order");
    assert_eq!(found, "po_no supplier item_code item_name qty -");
    assert_eq!(findings, ["days-unread"]);
    // Where the day is known, another column of days is only left alone.
    let known =
        grid.replace("品名", "交期").replace("橡木板", "2026-11-10").replace("螺丝", "2026-11-11");
    let (_, findings) = fields(&known, "purchase_order");
    assert!(findings.is_empty(), "{findings:?}");
}
