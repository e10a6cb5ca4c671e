//! Sheets made of choices: where tables are found in them, what they are
//! taken for, what their rows say.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use gendan::input::columns::{self, Overrides};
use gendan::input::locate::{LocateOptions, tables};
use gendan::input::recognise::{Names, recognise};
use gendan::input::sheet::{Formula, NewCell, Row, Sheet, Style, Value};
use gendan::input::table::{Role, Table};
use gendan::kinds::{self, Field, FieldType, Kind};
use gendan::lang::Lang;
use gendan::location::{Area, CellRef, SheetId};
use gendan::settings::Settings;
use rust_decimal::Decimal;

use super::bytes::Bytes;

/// What cells say beside header words: marks of tables, and figures at the
/// ends of what a figure can be.
pub(super) const WORDS: [&str; 34] = [
    "合计",
    "小计",
    "总计",
    "承前页",
    "过次页",
    "上期结余",
    "期末余额",
    "制表：甲",
    "审核",
    "注：三日内核对",
    "对账单 2026年10月",
    "供应商：甲厂",
    "客户：乙",
    "第 1 页",
    "大写：壹佰元整",
    "〃",
    "同上",
    "-",
    "/",
    "无",
    "甲厂",
    "乙公司",
    "A-1",
    "B2",
    "20261003001",
    "XS-2026-1",
    "拉链 5#",
    "红",
    "pcs",
    "箱",
    "M",
    "L",
    "HJ1/HJ2",
    "#N/A",
];

pub(super) const FIGURES: [&str; 30] = [
    "1",
    "2",
    "0",
    "10",
    "2.5",
    "-3",
    "20.00",
    "1,234.50",
    "(5.00)",
    "12箱",
    "1.2万",
    "¥9.99",
    "13%",
    "0.13",
    "79228162514264337593543950335",
    "-79228162514264337593543950335",
    "0.0000000000000000000000000001",
    "39614081257132168796771975168",
    "7922816251426433759354395033.5",
    "1e28",
    "1E-28",
    "99999999999999999999999",
    "3250136542540229684",
    "3.25013654254022E+18",
    "60*40*35cm",
    "20000*20000*20000mm",
    "1/3",
    "30天",
    "月结60天",
    "1-99",
];

pub(super) const DAYS: [&str; 14] = [
    "2026-10-08",
    "2026.10.8",
    "10月8日",
    "10.8",
    "20261008",
    "46300",
    "03/04/2026",
    "2026-10-31",
    "9999-12-31",
    "0001-01-01",
    "262142-12-31",
    "9999999",
    "-1",
    "2026-13-45",
];

/// Returns what a cell under a field says.
pub(super) fn cell_text(bytes: &mut Bytes<'_>, field: FieldType) -> String {
    let choice = bytes.next();
    if choice < 16 {
        return String::new();
    }
    if choice < 20 {
        return bytes.text(6);
    }
    let list: &[&str] = match field {
        _ if choice > 246 => &WORDS,
        FieldType::Date | FieldType::Datetime => &DAYS,
        FieldType::Code | FieldType::Text | FieldType::Enum => &WORDS[20..],
        FieldType::Int | FieldType::Decimal | FieldType::Money | FieldType::Percent => &FIGURES,
        FieldType::Mixed => &DAYS,
    };
    list[usize::from(choice - 20) % list.len()].to_owned()
}

/// Returns a header word of a field.
pub(super) fn header(bytes: &mut Bytes<'_>, kind: &'static Kind, field: &'static Field) -> String {
    let words = kind.words(field);
    let choice = bytes.below(words.len() + 1);
    words.get(choice).map_or_else(|| field.label(Lang::Hans).to_owned(), |word| (*word).to_owned())
}

/// Chooses some of a kind's fields, in any order.
pub(super) fn fields(bytes: &mut Bytes<'_>, kind: &'static Kind) -> Vec<&'static Field> {
    let mut fields: Vec<&Field> = kind.fields.iter().filter(|_| bytes.next() < 176).collect();
    if !fields.is_empty() {
        let at = bytes.below(fields.len());
        fields.rotate_left(at);
    }
    fields
}

fn value(bytes: &mut Bytes<'_>) -> Value {
    let text = |text: &str| Value::Text(Arc::from(text));
    match bytes.next() {
        0..=39 => Value::Empty,
        40..=79 => text(bytes.one(&WORDS)),
        80..=99 => text(bytes.one(&FIGURES)),
        100..=111 => text(bytes.one(&DAYS)),
        112..=143 => {
            let kind = &kinds::all()[bytes.below(kinds::all().len())];
            let field = &kind.fields[bytes.below(kind.fields.len())];
            text(&header(bytes, kind, field))
        }
        144..=199 => {
            let number = i64::from(bytes.next()) * 100 - 3_000;
            Value::Number(Decimal::new(
                number + i64::from(bytes.next()),
                u32::from(bytes.next() % 4),
            ))
        }
        200..=207 => Value::Number(bytes.one(&FIGURES).parse().unwrap_or(Decimal::MAX)),
        208..=223 => {
            let day = NaiveDate::from_ymd_opt(2026, 10, 1 + u32::from(bytes.next() % 31));
            day.and_then(|day| day.and_hms_opt(0, 0, 0)).map_or(Value::Empty, Value::Date)
        }
        224..=231 => Value::Error("#REF!".into()),
        232..=235 => Value::LongNumber("3250136542540229684".into()),
        236..=239 => Value::Bool(true),
        _ => {
            let own = bytes.text(8);
            if own.trim().is_empty() { Value::Empty } else { text(&own) }
        }
    }
}

fn sheet(bytes: &mut Bytes<'_>) -> Sheet {
    let id = SheetId { path: "送货.xlsx".into(), sheet: Some("10月".into()) };
    let mut sheet = Sheet::new(Arc::new(id));
    sheet.styles.push(Style { bold: true, filled: true, bordered: true, ..Style::default() });
    let (wide, mut index) = (1 + bytes.below(12), 0);
    let merges: Vec<[u8; 4]> = (0..bytes.below(5)).map(|_| [0; 4].map(|_| bytes.next())).collect();
    while !bytes.is_empty() && sheet.rows.len() < 60 {
        let look = bytes.next();
        index += u32::from(look & 3) / 3 + 1;
        let mut cells = Vec::with_capacity(wide);
        for col in 0..wide as u16 {
            let value = value(bytes);
            let formula = if look & 24 == 24 { Formula::Computed } else { Formula::None };
            cells.push(NewCell { value, col, style: u16::from(look & 32 == 32), formula });
        }
        cells.retain(|cell| !cell.is_empty());
        if !cells.is_empty() {
            sheet.rows.push(Row { index, hidden: look & 4 == 4, cells: cells.into() });
        }
    }
    for [row, col, down, right] in merges {
        merge(
            &mut sheet,
            u32::from(row % 40),
            u16::from(col % 12),
            u32::from(down % 4),
            u16::from(right % 5),
        );
    }
    sheet.rows.retain(|row| !row.cells.is_empty());
    sheet.merges.sort_unstable();
    sheet
}

/// Merges an area that touches no other; only its first cell keeps a value.
fn merge(sheet: &mut Sheet, row: u32, col: u16, down: u32, right: u16) {
    let last = CellRef::new(row + down, col + right + u16::from(down == 0));
    let area = Area { first: CellRef::new(row, col), last };
    let apart = |other: &Area| {
        other.last.row < area.first.row
            || area.last.row < other.first.row
            || other.last.col < area.first.col
            || area.last.col < other.first.col
    };
    if !sheet.merges.iter().all(apart) {
        return;
    }
    sheet.merges.push(area);
    for row in &mut sheet.rows {
        let index = row.index;
        row.cells.change(|cells| {
            cells.retain(|cell| {
                let at = CellRef::new(index, cell.col);
                at == area.first || !area.contains(at)
            });
        });
    }
}

/// Every row that holds something has a role in a table, and what is found
/// can be recognised and mapped.
pub(super) fn table(data: &[u8]) {
    let sheet = Arc::new(sheet(&mut Bytes::new(data)));
    let found = tables(&sheet, &LocateOptions::default());
    let mut roles: BTreeMap<u32, usize> = BTreeMap::new();
    for row in found.iter().flat_map(|table| &table.rows) {
        *roles.entry(row.row).or_default() += 1;
    }
    for row in &sheet.rows {
        assert!(roles.contains_key(&row.index), "row {} is in no table", row.index + 1);
    }
    let overrides = Overrides::new(&Settings::default(), None);
    for mut table in found {
        check(&table);
        let best = recognise(&table, Names { file: "10月对账单", sheet: "10月" }, &overrides);
        if let Some(best) = best.first() {
            columns::map(&mut table, best.kind, &overrides);
            one_column_for_money(&table);
        }
    }
}

/// A sheet with the header words of one kind is recognised and mapped as
/// every kind there is.
pub(super) fn kinds(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let kind = &kinds::all()[bytes.below(kinds::all().len())];
    let fields = fields(&mut bytes, kind);
    let mut sheet = sheet(&mut bytes);
    let words = fields.iter().map(|field| Value::Text(Arc::from(header(&mut bytes, kind, field))));
    let cells = (0..).zip(words).map(|(col, value)| NewCell { value, col, ..NewCell::default() });
    sheet.rows.insert(0, Row { index: 0, hidden: false, cells: cells.collect() });
    sheet.merges.retain(|area| area.first.row > 0);
    sheet.rows.retain(|row| !row.cells.is_empty());
    let overrides = Overrides::new(&Settings::default(), None);
    for table in tables(&Arc::new(sheet), &LocateOptions::default()) {
        check(&table);
        for found in recognise(&table, Names::default(), &overrides) {
            assert!(found.confidence <= 100);
            let mut table = table.clone();
            columns::map(&mut table, found.kind, &overrides);
            one_column_for_money(&table);
        }
    }
}

fn check(table: &Table) {
    let rising = table.rows.windows(2).all(|two| two[0].row < two[1].row);
    assert!(rising, "the rows of a table are in order, each once");
    let inside = table.area.first.row..=table.area.last.row;
    assert!(table.rows_of(Role::Body).all(|row| inside.contains(&row)), "the body is in the area");
}

fn one_column_for_money(table: &Table) {
    for money in ["amount", "unit_price", "qty"] {
        let claims = table.columns.iter().filter(|column| column.field == Some(money)).count();
        assert!(claims <= 1, "{claims} columns are {money}");
    }
}
