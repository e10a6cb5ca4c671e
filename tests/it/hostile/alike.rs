//! Sheets whose rows are all alike, or all of one buyer: what tells rows apart
//! is looked for in vain, and that must not cost every row times every row.

use serde_json::Value;

use super::bounded;
use crate::sandbox::Sandbox;

/// Rows on each side: their square is more than anyone waits for.
const ROWS: usize = 20_000;

/// Writes a sheet of so many rows.
fn sheet(head: &str, rows: usize, row: impl Fn(usize) -> String) -> String {
    let rows = (0..rows).map(|at| row(at) + "\n");
    format!("{head}\n{}", rows.collect::<String>())
}

/// Runs a command on two sheets; returns how many lines have each status.
#[track_caller]
fn statuses(command: &[&str], left: (&str, String), right: (&str, String)) -> Vec<(String, usize)> {
    let sandbox = Sandbox::new();
    sandbox.write(left.0, left.1).write(right.0, right.1);
    let args = [command, &[left.0, right.0, "--format", "json", "--today", "2026-11-03"]].concat();
    let report = bounded(&sandbox, &args);
    let sections = report["sections"].as_array().unwrap();
    let lines = sections.iter().find(|section| section["name"] == "lines").unwrap();
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    for line in lines["rows"].as_array().unwrap() {
        *counts.entry(line["status"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    let kept: &Value = &report["conservation"];
    assert_eq!(kept["rows_in"], kept["rows_reported"], "{command:?}");
    counts.into_iter().collect()
}

#[track_caller]
fn sales(orders: impl Fn(usize) -> String, register: impl Fn(usize) -> String) -> Vec<String> {
    let export = sheet(
        "订单编号,买家会员名,买家实际支付金额,订单状态,订单创建时间",
        ROWS,
        |at| format!("{},交易成功,2026-10-{:02}", orders(at), at % 28 + 1),
    );
    let register = sheet("日期,订单编号,旺旺,金额", ROWS, |at| {
        format!("2026-10-{:02},{}", at % 28 + 1, register(at))
    });
    let found = statuses(
        &["reconcile", "sales", "--month", "2026-10"],
        ("订单.csv", export),
        ("登记.csv", register),
    );
    found.into_iter().map(|(status, count)| format!("{status} {count}")).collect()
}

#[test]
fn receipts_that_are_all_alike_are_matched_by_count() {
    let row = |_: usize| "2026-10-05,永盛,拉链,10,1,10".to_owned();
    let found = statuses(
        &["reconcile", "supplier", "--month", "2026-10"],
        ("对账单.csv", sheet("日期,供应商,品名,数量,单价,金额", ROWS, row)),
        ("收货登记.csv", sheet("收货日期,供应商,品名,数量,单价,金额", ROWS + 1, row)),
    );
    let rows: usize = found.iter().map(|(_, count)| count).sum();
    assert!(rows >= 2, "{found:?}");
}

#[test]
fn rows_under_one_key_are_compared_by_count() {
    let row = |_: usize| "x,1".to_owned();
    let found = statuses(
        &["compare", "--key", "k"],
        ("a.csv", sheet("k,v", ROWS, row)),
        ("b.csv", sheet("k,v", ROWS + 1, row)),
    );
    assert_eq!(found, [("matched".to_owned(), ROWS), ("right-only".to_owned(), 1)]);
}

#[test]
fn crosstabs_of_thousands_of_columns_are_told_by_their_headers() {
    let head: Vec<String> = (0..6_000).map(|at| format!("c{at}")).collect();
    let row = |at: usize| {
        let cells = (0..6_000).map(|col| (at * 7 + col * 3) % 97);
        cells.map(|cell| cell.to_string()).collect::<Vec<_>>().join(",")
    };
    let wide = || sheet(&head.join(","), 30, row);
    let found = statuses(&["compare", "--key", "c0"], ("a.csv", wide()), ("b.csv", wide()));
    assert_eq!(found, [("matched".to_owned(), 30)]);
}

#[test]
fn one_order_booked_over_and_over_is_booked_once() {
    let found = sales(
        |_| "1234567890123456789,张三,10".to_owned(),
        |_| "1234567890123456789,张三,10".to_owned(),
    );
    assert!(found.contains(&"matched 1".to_owned()), "{found:?}");
}

#[test]
fn numbers_of_one_buyer_that_all_lost_the_same_digits_are_not_guessed() {
    let found =
        sales(|at| format!("32501365{at:011},张三,10"), |_| "3.25014E+18,张三,10".to_owned());
    assert!(!found.iter().any(|found| found.starts_with("matched")), "{found:?}");
}

#[test]
fn a_buyer_of_thousands_is_looked_up_by_the_money() {
    // Of each day as many orders as bookings: in turn. Prices all apart: each.
    let same = sales(|at| format!("32501365{at:011},散客,10"), |_| ",散客,10".to_owned());
    assert_eq!(same, [format!("matched {ROWS}")]);
    let apart = sales(|at| format!("32501365{at:011},散客,{at}.5"), |at| format!(",散客,{at}.5"));
    assert_eq!(apart, [format!("matched {ROWS}")]);
}
