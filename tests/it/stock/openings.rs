//! Stock tables that tell closings alone: where the opening comes from, and
//! what can be checked then.

use serde_json::Value;

use super::{alarms, json, rows};
use crate::sandbox::Sandbox;

const MOVES: &str = "\
日期,单号,类型,物料编码,品名,入库数量,出库数量
2026-10-05,RK001,采购入库,A1,拉链,300,
2026-10-08,CK001,生产领料,A1,拉链,,260
2026-10-12,CK002,生产领料,A2,纽扣,,70
2026-10-20,RK002,采购入库,A2,纽扣,50,
2026-10-25,CK003,生产领料,A3,吊牌,,40
";

/// Returns opening, closing and difference of an item.
fn told(balances: &[Value], code: &str) -> [String; 3] {
    let row = balances.iter().find(|row| row["item"] == code);
    let row = row.unwrap_or_else(|| panic!("{code} is not in the report"));
    ["opening", "closing", "difference"].map(|key| row[key].as_str().unwrap_or("-").to_owned())
}

fn ledger(table: &str, moves: &str) -> (Vec<Value>, Vec<(String, u32)>, String) {
    let sandbox = Sandbox::new();
    sandbox.write("库存表.csv", table);
    sandbox.write("出入库流水.csv", moves);
    let (report, ran) = json(&sandbox, &["stock", "ledger"]);
    (rows(&report, "balances"), alarms(&report), ran.stdout)
}

#[test]
fn closings_of_the_end_give_the_openings() {
    let table = "库存表 2026年10月31日\n物料编码,品名,单位,结存\nA1,拉链,条,240\nA2,纽扣,个,10\nA3,吊牌,个,5\nA4,织带,米,88\n";
    let (balances, alarms, out) = ledger(table, MOVES);
    assert_eq!(told(&balances, "A1"), ["200", "240", "0"]);
    assert_eq!(told(&balances, "A2"), ["30", "10", "0"]);
    assert_eq!(told(&balances, "A3"), ["45", "5", "0"]);
    assert_eq!(told(&balances, "A4"), ["88", "88", "0"]);
    assert!(balances.iter().all(|row| row["opening_derived"] == true));
    assert!(out.contains("worked back from closing"), "{out}");
    // 30 − 70 on the 12th: that much is sure, whatever the opening.
    assert_eq!(alarms, [("negative-stock".to_owned(), 4)], "{out}");
}

#[test]
fn closings_of_a_day_in_between_are_of_that_day() {
    let table = "库存表 2026年10月15日\n物料编码,品名,单位,结存\nA1,拉链,条,240\nA2,纽扣,个,10\nA3,吊牌,个,45\n";
    let (balances, alarms, out) = ledger(table, MOVES);
    assert_eq!(told(&balances, "A1"), ["200", "240", "0"]);
    assert_eq!(told(&balances, "A2"), ["80", "60", "0"]);
    assert_eq!(told(&balances, "A3"), ["45", "5", "0"]);
    assert_eq!(alarms, [], "{out}");
}

#[test]
fn closings_of_before_the_first_movement_are_the_openings() {
    let table = "库存表 2026年9月30日\n物料编码,品名,单位,结存\nA1,拉链,条,200\nA2,纽扣,个,80\nA3,吊牌,个,30\n";
    let (balances, alarms, out) = ledger(table, MOVES);
    assert_eq!(told(&balances, "A1"), ["200", "240", "-"]);
    assert_eq!(told(&balances, "A3"), ["30", "-10", "-"]);
    assert_eq!(alarms, [("negative-stock".to_owned(), 6)], "{out}");
}

#[test]
fn movements_from_the_first_day_on_check_the_closings() {
    let moves = "\
日期,单号,类型,物料编码,品名,入库数量,出库数量
2026-10-05,RK001,采购入库,A1,拉链,300,
2026-10-08,CK001,生产领料,A1,拉链,,260
2026-10-09,RK002,采购入库,A2,纽扣,50,
2026-10-10,RK003,采购入库,A3,吊牌,40,
";
    let table = "库存表\n物料编码,品名,单位,结存\nA1,拉链,条,40\nA2,纽扣,个,55\nA3,吊牌,个,40\n";
    let (balances, alarms, out) = ledger(table, moves);
    assert_eq!(told(&balances, "A1"), ["0", "40", "0"]);
    assert_eq!(told(&balances, "A2"), ["0", "50", "5"]);
    assert_eq!(alarms, [("table-mismatch".to_owned(), 4)], "{out}");
}

#[test]
fn a_closing_below_what_came_is_told_and_no_opening_is_below_nought() {
    let table = "库存表 2026年10月31日\n物料编码,品名,单位,结存\nA1,拉链,条,15\nA2,纽扣,个,60\nA3,吊牌,个,5\n";
    let (balances, alarms, out) = ledger(table, MOVES);
    assert_eq!(told(&balances, "A1"), ["0", "40", "-25"]);
    assert_eq!(alarms, [("table-mismatch".to_owned(), 3)], "{out}");
}

#[test]
fn what_moves_and_is_in_no_table_is_said_without_a_stock_of_its_own() {
    let table = "库存表 2026年10月31日\n物料编码,品名,单位,结存\nA1,拉链,条,240\nA2,纽扣,个,60\n";
    let (balances, alarms, out) = ledger(table, MOVES);
    assert_eq!(told(&balances, "A3"), ["40", "0", "-"]);
    assert_eq!(alarms, [("item-unknown".to_owned(), 6)], "{out}");
}

#[test]
fn the_tables_own_columns_give_the_opening_where_the_movements_follow_them() {
    let table = "库存表 2026年10月31日\n物料编码,品名,单位,本月入库,本月出库,结存\nA1,拉链,条,300,260,240\nA2,纽扣,个,50,70,60\nA3,吊牌,个,,30,5\n";
    let (balances, alarms, out) = ledger(table, MOVES);
    assert_eq!(told(&balances, "A1"), ["200", "240", "0"]);
    // The table has 30 out, the ledger 40.
    assert_eq!(told(&balances, "A3"), ["35", "-5", "10"]);
    let codes: Vec<&str> = alarms.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(codes, ["negative-stock", "table-mismatch"], "{out}");
}

#[test]
fn a_table_made_in_the_middle_of_the_movements_opens_what_follows_it() {
    let sandbox = Sandbox::new();
    let early = "库存表 2026年10月15日\n物料编码,品名,单位,结存\nA1,拉链,条,240\nA2,纽扣,个,10\nA3,吊牌,个,45\n";
    let late = "库存表 2026年10月31日\n物料编码,品名,单位,结存\nA1,拉链,条,240\nA2,纽扣,个,61\nA3,吊牌,个,5\n";
    sandbox.write("库存表1015.csv", early);
    sandbox.write("库存表1031.csv", late);
    sandbox.write("出入库流水.csv", MOVES);
    let (report, ran) = json(&sandbox, &["stock", "ledger"]);
    let balances = rows(&report, "balances");
    assert_eq!(told(&balances, "A1"), ["200", "240", "0"]);
    assert_eq!(told(&balances, "A2"), ["80", "60", "1"]);
    let expected = vec![("table-mismatch".to_owned(), 4)];
    assert_eq!(alarms(&report), expected, "{ran}");
}

#[test]
fn tables_of_two_warehouses_on_two_days_are_both_of_the_end() {
    let sandbox = Sandbox::new();
    let table = |day: &str, place: &str, rows: &str| {
        format!(
            "库存表 2026年10月{day}日\n仓库,物料编码,品名,单位,期初,结存\n{}",
            rows.replace("W,", &format!("{place},"))
        )
    };
    sandbox.write("面料仓库存表.csv", table("30", "面料仓", "W,A1,棉布,米,200,240\n"));
    sandbox.write("辅料仓库存表.csv", table("31", "辅料仓", "W,A2,纽扣,个,80,60\n"));
    let moves = "\
日期,单号,类型,仓库,物料编码,品名,入库数量,出库数量
2026-10-05,RK001,采购入库,面料仓,A1,棉布,300,
2026-10-08,CK001,生产领料,面料仓,A1,棉布,,260
2026-10-12,CK002,生产领料,辅料仓,A2,纽扣,,70
2026-10-20,RK002,采购入库,辅料仓,A2,纽扣,50,
";
    sandbox.write("出入库流水.csv", moves);
    let (report, ran) = json(&sandbox, &["stock", "ledger"]);
    let balances = rows(&report, "balances");
    assert_eq!(told(&balances, "A1"), ["200", "240", "0"]);
    assert_eq!(told(&balances, "A2"), ["80", "60", "0"]);
    assert_eq!(alarms(&report), [], "{ran}");
}

#[test]
fn a_ledger_that_lists_the_newest_first_opens_with_its_last_rows() {
    let table = "库存表 2026年10月31日\n物料编码,品名,单位,结存\nA1,拉链,条,240\nA2,纽扣,个,60\n";
    let moves = "\
日期,单号,类型,物料编码,品名,入库数量,出库数量,结存
2026-10-20,RK002,采购入库,A2,纽扣,50,,60
2026-10-12,CK002,生产领料,A2,纽扣,,70,10
2026-10-08,CK001,生产领料,A1,拉链,,260,240
2026-10-05,RK001,采购入库,A1,拉链,300,,500
";
    let (balances, alarms, out) = ledger(table, moves);
    assert_eq!(told(&balances, "A1"), ["200", "240", "0"]);
    assert_eq!(told(&balances, "A2"), ["80", "60", "0"]);
    assert_eq!(alarms, [], "{out}");
}

#[test]
fn a_table_with_openings_of_a_day_in_between_is_compared_on_its_day() {
    let table = "库存表 2026年10月15日\n物料编码,品名,单位,期初,结存\nA1,拉链,条,200,240\nA2,纽扣,个,80,10\nA3,吊牌,个,45,45\n";
    let (balances, alarms, out) = ledger(table, MOVES);
    assert_eq!(told(&balances, "A2"), ["80", "60", "0"]);
    assert_eq!(told(&balances, "A3"), ["45", "5", "0"]);
    assert_eq!(alarms, [], "{out}");
}
