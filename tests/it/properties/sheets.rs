//! Sheets of any content: every row that holds something has one role in one
//! table, whatever stands in it, and nothing panics.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use gendan::input::columns::Overrides;
use gendan::input::locate::{LocateOptions, tables};
use gendan::input::recognise::{Names, recognise};
use gendan::input::sheet::{NewCell, Row, Sheet, Value};
use gendan::input::table::{Role, Table};
use gendan::location::{Area, CellRef, SheetId};
use gendan::settings::Settings;
use proptest::prelude::*;
use rust_decimal::Decimal;

/// What cells of real sheets say.
const TEXTS: [&str; 44] = [
    "日期",
    "送货单号",
    "品名",
    "规格",
    "单位",
    "数量",
    "单价",
    "金额",
    "备注",
    "供应商",
    "入库单号",
    "余额",
    "Date",
    "Qty",
    "Amount",
    "序号",
    "合计",
    "小计",
    "总计",
    "承前页",
    "上期结余",
    "期末余额",
    "制表：仓管A",
    "审核",
    "注：三日内核对",
    "对账单",
    "入库明细表 2026年10月",
    "供应商：顺达坡纸箱厂",
    "客户",
    "四眼树脂扣",
    "全棉斜纹布",
    "HJ26100624",
    "XS-20261006-003",
    "〃",
    "同上",
    "-",
    "10.8",
    "10月8日",
    "1,234.50",
    "12箱",
    "米",
    "第 1 页",
    "第一联：存根",
    "大写：壹佰元整",
];

fn value() -> impl Strategy<Value = Value> {
    let day = |n: i64| NaiveDate::from_ymd_opt(2026, 10, 1).map(|d| d + chrono::Duration::days(n));
    prop_oneof![
        6 => Just(Value::Empty),
        6 => (0..TEXTS.len()).prop_map(|at| Value::Text(TEXTS[at].into())),
        5 => (-50_000_i64..500_000, 0_u32..5)
            .prop_map(|(n, scale)| Value::Number(Decimal::new(n, scale))),
        1 => (0_i64..60).prop_map(move |n| {
            day(n).and_then(|d| d.and_hms_opt(0, 0, 0)).map_or(Value::Empty, Value::Date)
        }),
        1 => "\\PC{0,12}".prop_map(|text| Value::Text(text.into())),
        1 => Just(Value::Error("#REF!".into())),
        1 => Just(Value::LongNumber("3250136542540229684".into())),
        1 => any::<bool>().prop_map(Value::Bool),
    ]
}

/// A sheet of some rows, with gaps, and some merged areas.
fn sheet() -> impl Strategy<Value = Sheet> {
    let rows = prop::collection::vec((0_u32..3, prop::collection::vec(value(), 1..9)), 0..40);
    let merges = prop::collection::vec((0_u32..30, 0_u16..6, 0_u32..3, 0_u16..4), 0..6);
    (rows, merges).prop_map(|(rows, merges)| {
        let id = SheetId { path: "送货.xlsx".into(), sheet: Some("10月".into()) };
        let mut sheet = Sheet::new(Arc::new(id));
        let mut index = 0;
        for (gap, values) in rows {
            index += gap;
            let cells = (0_u16..).zip(values).map(|(col, value)| NewCell {
                value,
                col,
                ..NewCell::default()
            });
            let cells: Vec<NewCell> = cells.filter(|cell| !cell.is_empty()).collect();
            if !cells.is_empty() {
                sheet.rows.push(Row { index, hidden: false, cells: cells.into() });
            }
            index += 1;
        }
        for (row, col, down, right) in merges {
            let area = Area {
                first: CellRef::new(row, col),
                last: CellRef::new(row + down, col + right + u16::from(down == 0)),
            };
            if !sheet.merges.iter().any(|other| overlap(*other, area)) {
                sheet.merges.push(area);
            }
        }
        sheet.merges.sort_by_key(|area| area.first);
        only_first_cells(&mut sheet);
        sheet
    })
}

fn overlap(one: Area, two: Area) -> bool {
    one.first.row <= two.last.row
        && two.first.row <= one.last.row
        && one.first.col <= two.last.col
        && two.first.col <= one.last.col
}

/// Of a merged area only the first cell holds a value.
fn only_first_cells(sheet: &mut Sheet) {
    let merges = sheet.merges.clone();
    for row in &mut sheet.rows {
        let index = row.index;
        row.cells.change(|cells| {
            cells.retain(|cell| {
                let at = CellRef::new(index, cell.col);
                !merges.iter().any(|area| area.contains(at) && area.first != at)
            })
        });
    }
    sheet.rows.retain(|row| !row.cells.is_empty());
}

/// A sheet as text, for the reader of a failure.
fn shown(sheet: &Sheet) -> String {
    let rows = sheet.rows.iter().map(|row| {
        let cells = row.cells.iter().map(|cell| match cell.value() {
            Value::Text(text) => format!("{}:{text}", cell.col),
            Value::Number(number) => format!("{}:{number}", cell.col),
            other => format!("{}:{other:?}", cell.col),
        });
        format!("\n{:>3} {}", row.index + 1, cells.collect::<Vec<_>>().join(" | "))
    });
    let merges = sheet.merges.iter().map(|area| format!(" {area}"));
    rows.chain(["\nmerged".to_owned()]).chain(merges).collect()
}

/// How often each row that holds something stands in a table that spans one
/// of its cells.
fn roles(sheet: &Sheet, tables: &[Table]) -> BTreeMap<u32, usize> {
    let mut roles: BTreeMap<u32, usize> = sheet.rows.iter().map(|row| (row.index, 0)).collect();
    for row in tables.iter().flat_map(|table| &table.rows) {
        if let Some(count) = roles.get_mut(&row.row) {
            *count += 1;
        }
    }
    roles
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_row_has_a_role(sheet in sheet()) {
        let sheet = Arc::new(sheet);
        let tables = tables(&sheet, &LocateOptions::default());
        for (row, count) in roles(&sheet, &tables) {
            prop_assert!(count >= 1, "row {} is in no table of{}", row + 1, shown(&sheet));
        }
        for table in &tables {
            let ordered = table.rows.windows(2).all(|pair| pair[0].row < pair[1].row);
            prop_assert!(ordered, "{:?} {}", table.rows, shown(&sheet));
            // A table may go on under the header of the one above it.
            let known = table.rows_of(Role::Header).all(|row| table.header_rows.contains(&row));
            prop_assert!(known, "{:?} {}", table.header_rows, shown(&sheet));
            for row in table.rows_of(Role::Body) {
                prop_assert!((table.area.first.row..=table.area.last.row).contains(&row));
            }
        }
    }

    #[test]
    fn whatever_is_found_can_be_recognised(sheet in sheet()) {
        let settings = Settings::default();
        let overrides = Overrides::new(&settings, None);
        for mut table in tables(&Arc::new(sheet), &LocateOptions::default()) {
            let names = Names { file: "10月对账单", sheet: "10月" };
            for found in recognise(&table, names, &overrides).into_iter().take(1) {
                prop_assert!(found.confidence <= 100);
                gendan::input::columns::map(&mut table, found.kind, &overrides);
                let fields: Vec<&str> = table.columns.iter().filter_map(|c| c.field).collect();
                for money in ["amount", "unit_price", "qty"] {
                    let claims = fields.iter().filter(|field| **field == money).count();
                    prop_assert!(claims <= 1, "{} columns are {}", claims, money);
                }
            }
        }
    }
}
