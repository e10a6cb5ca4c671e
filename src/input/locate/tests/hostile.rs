//! Sheets that would be slow or break something, if anything did.

use std::sync::Arc;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::super::{LocateOptions, tables};
use super::{found, sheet};
use crate::input::sheet::{NewCell, Row, Sheet, Value};
use crate::input::table::Role;

fn text(col: u16, text: &str) -> NewCell {
    NewCell { value: Value::Text(text.into()), col, ..NewCell::default() }
}

#[test]
fn an_empty_sheet_has_no_tables() {
    assert!(found(sheet("")).is_empty());
}

#[test]
fn one_cell_is_in_one_table() {
    let tables = found(sheet("你好"));
    assert_eq!(tables.len(), 1);
    assert_eq!(tables[0].rows.len(), 1);
}

#[test]
fn two_cells_at_the_ends_of_a_sheet_cost_nothing() {
    let mut far = sheet("标题");
    far.rows.push(Row {
        index: 1_048_575,
        hidden: false,
        cells: vec![text(16_383, "末尾")].into(),
    });
    let begun = Instant::now();
    let tables = found(far);
    assert!(begun.elapsed() < Duration::from_secs(20));
    assert!(tables.iter().map(|table| table.columns.len()).sum::<usize>() < 10);
}

#[test]
fn a_row_of_all_columns_is_read_in_no_time() {
    let mut wide = sheet("");
    let cells = |word: &str| (0..16_384).map(|col| text(col, word)).collect();
    wide.rows.push(Row { index: 0, hidden: false, cells: cells("数量") });
    wide.rows.push(Row { index: 1, hidden: false, cells: cells("5") });
    let begun = Instant::now();
    found(wide);
    assert!(begun.elapsed() < Duration::from_secs(60));
}

/// A ledger of `rows` rows with a subtotal every ten.
fn ledger(rows: u32) -> Sheet {
    let mut ledger = sheet("日期|单号|品名|数量|单价|金额");
    for row in 1..=rows {
        let number = |value: u32| Value::Number(value.into());
        let cells = if row % 10 == 0 {
            vec![text(0, "小计"), NewCell { value: number(90), col: 5, ..NewCell::default() }]
        } else {
            let mut cells = vec![text(0, "10/5"), text(1, &format!("A{row}")), text(2, "布料")];
            cells.extend((3..6).map(|col| NewCell {
                value: number(10),
                col,
                ..NewCell::default()
            }));
            cells
        };
        ledger.rows.push(Row { index: row, hidden: false, cells: cells.into() });
    }
    ledger
}

#[test]
fn cost_grows_with_the_rows_and_no_faster() {
    let took = |rows: u32| {
        let sheet = Arc::new(ledger(rows));
        let runs = (0..3).map(|_| {
            let begun = Instant::now();
            let found = tables(&sheet, &LocateOptions::default());
            assert_eq!(found[0].rows_of(Role::Body).count(), (rows - rows / 10) as usize);
            begun.elapsed()
        });
        runs.min().unwrap_or_default()
    };
    let (small, large) = (took(2_000), took(20_000));
    assert!(large < small * 40 + Duration::from_millis(100), "{small:?} and {large:?}");
}

/// Cells as hostile as they come: words of every role, in any order.
fn any_cell() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "日期",
        "单号",
        "金额",
        "数量",
        "合计",
        "小计",
        "上期结余",
        "期末余额",
        "制表：",
        "注：请核对",
        "客户：甲",
        "12",
        "1,234.50",
        "-5",
        "10/5",
        "A26-1",
        "〃",
        "S",
        "M",
        "1月",
        "2月",
        "",
        "",
        "",
        "元",
        "承前页",
        "(必填)",
        "第1页",
        "()",
        "：",
        "((",
        "①",
        "9月小计",
        "TOTAL",
        "Balance b/f",
    ];
    prop_oneof![8 => proptest::sample::select(WORDS).prop_map(str::to_owned), 1 => "\\PC{0,8}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_row_has_one_role_whatever_the_sheet(
        rows in proptest::collection::vec(proptest::collection::vec(any_cell(), 0..9), 0..24),
        spans in proptest::collection::vec((0_u32..24, 0_u16..9, 0_u32..4, 0_u16..4), 0..5),
    ) {
        let mut sheet = sheet("");
        for (index, row) in (0..).zip(rows) {
            let cells: Vec<NewCell> = (0..).zip(&row)
                .filter(|(_, word)| !word.trim().is_empty())
                .map(|(col, word)| text(col, word))
                .collect();
            if !cells.is_empty() {
                sheet.rows.push(Row { index, hidden: false, cells: cells.into() });
            }
        }
        for (row, col, down, right) in spans {
            let first = crate::location::CellRef::new(row, col);
            let last = crate::location::CellRef::new(row + down, col + right);
            sheet.merges.push(crate::location::Area { first, last });
        }
        sheet.merges.sort_by_key(|area| area.first);
        let again = sheet.clone();
        let shown = |sheet| found(sheet).iter().map(super::shown).collect::<Vec<_>>();
        prop_assert_eq!(shown(sheet), shown(again));
    }
}
