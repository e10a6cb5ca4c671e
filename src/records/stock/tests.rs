//! What the warehouse's papers say, however they are laid out.

use rust_decimal::Decimal;

use super::super::fixtures::{in_october, table, table_named};
use super::*;

fn quantities(kind: &str, text: &str) -> Vec<(String, MovementClass, bool, String)> {
    let table = table(kind, text);
    let read = in_october(|context| movements(kind, &table, context)).unwrap();
    assert_eq!(read.records.rejected, 0, "{:?}", read.records.findings);
    let line = |line: MovementLine| {
        let code = line.item.code.unwrap_or_default().to_string();
        (code, line.class, line.comes_in, line.quantity.normalize().to_string())
    };
    read.records.lines.into_iter().map(line).collect()
}

#[test]
fn movements_have_two_columns_or_a_sign_or_a_word() {
    use MovementClass::{Adjustment, Issue, Receipt, Transfer};
    let two = "日期|单号|类型|物料编码|品名|入库数量|出库数量\n\
               2026-10-05|RK1|采购入库|A1|拉链|900|\n\
               2026-10-06|LL1|生产领料|A1|拉链||620\n\
               2026-10-07|PD1|盘亏|A1|拉链||2";
    let expected = [("A1", Receipt, true, "900"), ("A1", Issue, false, "-620")];
    let expected = expected.into_iter().chain([("A1", Adjustment, false, "-2")]);
    let expected: Vec<_> = expected
        .map(|(code, class, side, by)| (code.to_owned(), class, side, by.to_owned()))
        .collect();
    assert_eq!(quantities("stock_movements", two), expected);
    let word = "日期|单号|类型|物料编码|品名|数量\n\
                2026-10-05|RK1|采购入库|A1|拉链|900\n\
                2026-10-06|LL1|生产领料|A1|拉链|620\n\
                2026-10-07|PD1|盘亏|A1|拉链|2";
    assert_eq!(quantities("stock_movements", word), expected);
    let signed = word.replace("|620", "|-620").replace("|2\n", "|-2\n");
    let signed =
        if signed.ends_with("|2") { format!("{}|-2", &signed[..signed.len() - 2]) } else { signed };
    assert_eq!(quantities("stock_movements", &signed), expected);
    let moved = "日期|单号|类型|物料编码|品名|数量|调出仓库|调入仓库\n\
                 2026-10-05|DB1|调拨|A1|拉链|30|面料仓|辅料仓\n\
                 2026-10-05|DB2|调拨|A1|拉链|20|辅料仓|面料仓";
    let moved = quantities("stock_movements", moved);
    assert_eq!(moved.len(), 4);
    assert_eq!((moved[0].1, moved[0].3.as_str()), (Transfer, "-30"));
    assert_eq!((moved[1].1, moved[1].3.as_str()), (Transfer, "30"));
}

#[test]
fn slips_are_movements_to_be_posted() {
    let receipt = "入库单号|入库日期|供应商|送货单号|物料编码|品名|实收数量\n\
                   RK1|2026-10-05|甲厂|D1|A1|拉链|900\n\
                   RK1|2026-10-05|甲厂|D1|A2|纽扣|50";
    let read = quantities("goods_receipt", receipt);
    assert_eq!(read[1], ("A2".to_owned(), MovementClass::Receipt, true, "50".to_owned()));
    let issue = "领料单号|发料日期|类型|订单号|物料编码|物料名称|实发数量\n\
                 LL1|2026-10-05|领料|A26|A1|拉链|900\n\
                 LL2|2026-10-06|退料|A26|A1|拉链|50";
    let read = quantities("material_issue", issue);
    assert_eq!(read[0].3, "-900");
    assert_eq!((read[1].1, read[1].3.as_str()), (MovementClass::Issue, "50"));
    let both = "领料单号|发料日期|订单号|物料编码|物料名称|实发数量|退料数\n\
                LL1|2026-10-05|A26|A1|拉链|900|60\nLL2|2026-10-06|A26|A1|拉链||40";
    let read = quantities("material_issue", both);
    let moved: Vec<(bool, &str)> = read.iter().map(|one| (one.2, one.3.as_str())).collect();
    assert_eq!(moved, [(false, "-900"), (true, "60"), (true, "40")]);
    let back = "退料单\n单号|日期|订单号|物料编码|物料名称|数量\nTL1|2026-10-07|A26|A1|拉链|30";
    let read = quantities("material_issue", back);
    assert_eq!((read[0].1, read[0].3.as_str()), (MovementClass::Issue, "30"));
}

#[test]
fn blanks_of_a_stock_table_are_nought_and_repeated_lines_are_known() {
    let text = "庫存表　　截止日期：115/10/31\n\
                品號|品名|單位|庫別|期初庫存量|本期入庫|本期出庫|結存|保留數量|安全存量\n\
                A1|螺絲|PCS|五金倉|909|5411|91|6229||623\n\
                A2|銅柱|PCS|五金倉|--|20||20|5|--\n\
                A1|螺絲|PCS|五金倉|909|5411|91|6229||623";
    let table = table("stock_table", text);
    let read = in_october(|context| stock_table(&table, context));
    assert_eq!(read.as_of.map(|day| day.to_string()).as_deref(), Some("2026-10-31"));
    let lines = &read.records.lines;
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0].figures.allocated, Some(Decimal::ZERO));
    assert_eq!(lines[1].figures.opening, Some(Decimal::ZERO));
    assert_eq!(lines[1].figures.closing, Some(Decimal::from(20)));
    assert_eq!(lines[2].repeats.as_ref(), Some(&lines[0].at));
    assert!(lines[0].repeats.is_none());
}

#[test]
fn a_column_for_every_warehouse_is_a_line_for_every_warehouse() {
    let text = "货号|品名|单位|面料仓|辅料仓|库存合计\n\
                A1|螺丝|个|10|5|15\n\
                A2|铜柱|个||7|7";
    let table = table_named("库存表.xlsx", "stock_table", text);
    let read = in_october(|context| stock_table(&table, context));
    let lines: Vec<_> = read.records.lines.iter().collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert_eq!(lines[1].warehouse.as_deref(), Some("辅料仓"));
    assert_eq!(lines[2].figures.closing, Some(Decimal::from(7)));
}

#[test]
fn a_column_for_every_day_is_summed() {
    let two_rows = "货号|品名|期初|1日|~|2日|~|结存\n~|~|~|入|出|入|出|~\n\
                    A1|螺丝|10|5||3|7|11\nA2|铜柱|4||1|||3";
    let one_row = "货号|品名|期初|1日入|1日出|2日入|2日出|结存\n\
                   A1|螺丝|10|5||3|7|11\nA2|铜柱|4||1|||3";
    for text in [one_row, two_rows] {
        let table = table_named("库存表.xlsx", "stock_table", &text.replace('~', ""));
        let read = in_october(|context| stock_table(&table, context));
        let figures = &read.records.lines[0].figures;
        let told = (figures.received, figures.issued, figures.closing);
        let expected = [8, 7, 11].map(|figure| Some(Decimal::from(figure)));
        assert_eq!(told, (expected[0], expected[1], expected[2]), "{text}");
        assert_eq!(read.records.lines[1].figures.issued, Some(Decimal::ONE));
    }
}

#[test]
fn open_orders_keep_promises_that_are_no_days() {
    let text = "采购单号|供应商|采购日期|物料编码|品名|采购数量|已收数量|未交数量|单价|供应商回复交期|备注\n\
                CG1|甲厂|2026-10-20|A1|拉链|1500|500||3.2|2026-11-07|\n\
                CG2|甲厂|2026-10-20|A2|吊牌|4000||4000|0.235|11月中旬|\n\
                CG3|乙厂|2026-10-20|A3|纸箱|50||50|8.95|待定|\n\
                CG4|乙厂|2026-10-20|A3|纸箱|50||50|8.95|11.18|";
    let table = table("purchase_order", text);
    let read = in_october(|context| open_orders("purchase_order", &table, context)).unwrap();
    let lines = &read.lines;
    assert_eq!(lines[0].open, Decimal::from(1000));
    assert_eq!(lines[0].promised.map(|day| day.to_string()).as_deref(), Some("2026-11-07"));
    assert_eq!((lines[1].promised, lines[1].promise_words.as_deref()), (None, Some("11月中旬")));
    assert_eq!(lines[2].promise_words.as_deref(), Some("待定"));
    assert_eq!(lines[3].promised.map(|day| day.to_string()).as_deref(), Some("2026-11-18"));
    assert!(read.findings.is_empty(), "{:?}", read.findings);
}

#[test]
fn not_counted_is_never_nought() {
    let text = "辅料仓盘点表\n盘点日期：2026年10月31日|盘点人：仓管A\n\
                序号|物料编码|品名|单位|账面数量|初盘数量|复盘数量|差异|原因\n\
                1|A1|拉链|条|895|890|895||\n\
                2|A2|吊牌|张|227||||未盘\n\
                3|A3|纸箱|个|5|0|||";
    let table = table_named("盘点.xlsx", "stocktake", text);
    let read = in_october(|context| count_sheet(&table, context));
    let counted: Vec<_> = read.records.lines.iter().map(|line| line.counted).collect();
    assert_eq!(counted, [Some(Decimal::from(895)), None, Some(Decimal::ZERO)]);
    assert_eq!(read.records.lines[0].warehouse.as_deref(), Some("辅料仓"));
    assert_eq!(
        read.counted_at.map(|at| at.end().to_string()).as_deref(),
        Some("2026-10-31 23:59:59")
    );
}
