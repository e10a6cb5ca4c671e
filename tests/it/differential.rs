//! Our xlsx reader beside calamine, cell for cell: on workbooks of any
//! content, and on whatever folder of workbooks is named in
//! `GENDAN_WORKBOOKS`.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::Cursor;
use std::path::Path;

use calamine::{DataRef, Reader as _, SheetType, Xlsx};
use gendan::input::sheet::{Sheet, Value};
use gendan::input::workbook::{Options, open_bytes};
use proptest::prelude::*;
use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, Formula, Workbook};

/// What a sheet is made of.
#[derive(Debug, Clone)]
enum Made {
    Text(String),
    Number(f64),
    /// A serial number, shown as a day or time.
    Date(f64, &'static str),
    Bool(bool),
    Formula(f64),
    TextFormula(String),
    /// Nothing but a look.
    Blank,
}

fn made() -> impl Strategy<Value = Made> {
    let text = prop_oneof![
        "[ -~]{1,12}",
        "[送货单号数量金额对账，。（）、：\u{3000}\u{1F600}]{1,8}",
        Just("a & b < c > \"d\" 'e'".to_owned()),
        Just(" 头尾有空格 ".to_owned()),
        Just("第一行\n第二行\t列".to_owned()),
        Just("_x0041_ 与 _x000D_".to_owned()),
        Just("007".to_owned()),
    ];
    let number = prop_oneof![
        any::<i32>().prop_map(f64::from),
        (-99_999_999_i64..99_999_999).prop_map(|cents| cents as f64 / 100.0),
        (1_u64..u64::MAX).prop_map(|long| long as f64),
        (-1.0e12..1.0e12),
        (-1.0e-6..1.0e-6),
        Just(17.150_000_000_000_002),
    ];
    let format = prop_oneof![
        Just("yyyy-mm-dd"),
        Just("yyyy\"年\"m\"月\"d\"日\""),
        Just("m/d/yy h:mm"),
        Just("h:mm:ss"),
    ];
    prop_oneof![
        4 => text.prop_map(Made::Text),
        4 => number.clone().prop_map(Made::Number),
        2 => ((61.0..2_000_000.0), format).prop_map(|(day, format)| Made::Date(day, format)),
        1 => any::<bool>().prop_map(Made::Bool),
        1 => number.prop_map(Made::Formula),
        1 => "[a-z送货]{0,6}".prop_map(Made::TextFormula),
        1 => Just(Made::Blank),
    ]
}

fn workbook(cells: &BTreeMap<(u32, u16), Made>) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let filled = Format::new().set_background_color("#FFEE00");
    for (&(row, col), made) in cells {
        match made {
            Made::Text(text) => sheet.write_string(row, col, text),
            Made::Number(number) => sheet.write_number(row, col, *number),
            Made::Date(serial, format) => {
                let format = Format::new().set_num_format(*format);
                sheet.write_number_with_format(row, col, *serial, &format)
            }
            Made::Bool(truth) => sheet.write_boolean(row, col, *truth),
            Made::Formula(number) => {
                let formula = Formula::new("=A1*1").set_result(number.to_string());
                sheet.write_formula(row, col, formula)
            }
            Made::TextFormula(text) => {
                sheet.write_formula(row, col, Formula::new("=A1&\"\"").set_result(text))
            }
            Made::Blank => sheet.write_blank(row, col, &filled),
        }
        .unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// Returns in which cells the readers differ.
fn differences(bytes: &[u8]) -> Vec<String> {
    let Ok(mut theirs) = Xlsx::new(Cursor::new(bytes)) else { return Vec::new() };
    let ours = open_bytes(bytes, "book.xlsx", &Options::default());
    let mut found = Vec::new();
    for meta in theirs.sheets_metadata().to_vec() {
        let sheet = ours.sheets.iter().find(|sheet| sheet.id.sheet.as_ref() == Some(&meta.name));
        let (SheetType::WorkSheet, Some(sheet)) = (meta.typ, sheet) else { continue };
        let Ok(mut cells) = theirs.worksheet_cells_reader(&meta.name) else { continue };
        let mut own: BTreeMap<(u32, u32), Value> = BTreeMap::new();
        for row in &sheet.rows {
            own.extend(row.cells.iter().map(|c| ((row.index, u32::from(c.col)), c.value())));
        }
        let mut last: BTreeMap<(u32, u32), String> = BTreeMap::new();
        while let Ok(Some(cell)) = cells.next_cell() {
            let at = cell.get_position();
            // Of cells written twice the last counts.
            last.remove(&at);
            let value = own.remove(&at).unwrap_or_default();
            if !is_covered(sheet, at) && !same(&value, cell.get_value()) {
                last.insert(at, format!("{at:?}: {value:?} and {:?}", cell.get_value()));
            }
        }
        found.extend(last.into_values().map(|what| format!("{} {what}", meta.name)));
        let more = own.iter().filter(|(_, value)| **value != Value::Empty);
        found.extend(more.map(|(at, value)| format!("{} {at:?}: only {value:?}", meta.name)));
    }
    found
}

/// Whether a cell lies under a merged area: ours is empty then, as programs
/// show it.
fn is_covered(sheet: &Sheet, (row, col): (u32, u32)) -> bool {
    sheet.merges.iter().any(|area| {
        let within = (area.first.row..=area.last.row).contains(&row)
            && (u32::from(area.first.col)..=u32::from(area.last.col)).contains(&col);
        within && (row, col) != (area.first.row, u32::from(area.first.col))
    })
}

/// Whether two values are one. Ours are exact decimals of 15 digits, or the
/// digits as they stand in the file.
fn same(ours: &Value, theirs: &DataRef<'_>) -> bool {
    let figure = |ours: &Value, number: f64| match ours {
        Value::Number(decimal) => close(*decimal, number),
        Value::LongNumber(digits) => digits.parse::<f64>().is_ok_and(|ours| ours == number),
        _ => false,
    };
    let text = |ours: &Value, text: &str| match ours {
        Value::Text(own) => **own == *text,
        Value::Empty => text.trim().is_empty(),
        _ => false,
    };
    match theirs {
        DataRef::Empty => *ours == Value::Empty,
        DataRef::String(own) => text(ours, own),
        DataRef::SharedString(shared) => text(ours, shared),
        DataRef::Int(number) => figure(ours, *number as f64),
        DataRef::Float(number) => figure(ours, *number),
        DataRef::Bool(truth) => *ours == Value::Bool(*truth),
        DataRef::Error(error) => matches!(ours, Value::Error(own) if **own == error.to_string()),
        DataRef::DateTime(date) => match ours {
            Value::Date(own) => date.as_datetime().is_none_or(|date| {
                // To the millisecond, however a binary fraction of a day is cut.
                (date - *own).num_milliseconds().abs() <= 1
            }),
            ours => figure(ours, date.as_f64()),
        },
        DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => *ours != Value::Empty,
    }
}

fn close(ours: Decimal, theirs: f64) -> bool {
    let own = f64::try_from(ours).unwrap_or(f64::NAN);
    own == theirs || (own - theirs).abs() <= theirs.abs() * 1e-14 || theirs.abs() < 1e-27
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn our_reader_gives_what_the_library_gives(
        cells in prop::collection::btree_map((0_u32..40, 0_u16..30), made(), 0..120),
    ) {
        prop_assert_eq!(differences(&workbook(&cells)), Vec::<String>::new());
    }
}

#[test]
fn on_the_workbooks_of_a_folder_too() {
    let Some(folder) = env::var_os("GENDAN_WORKBOOKS") else { return };
    let (mut files, mut found) = (0, Vec::new());
    visit(Path::new(&folder), &mut |path| {
        let bytes = fs::read(path).unwrap();
        files += 1;
        let differing = differences(&bytes);
        let shown = differing.iter().take(3).cloned().collect::<Vec<_>>().join("\n  ");
        if !differing.is_empty() {
            found.push(format!("{}: {}\n  {shown}", path.display(), differing.len()));
        }
    });
    assert!(found.is_empty(), "{} of {files} differ:\n{}", found.len(), found.join("\n"));
}

fn visit(folder: &Path, work: &mut dyn FnMut(&Path)) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            visit(&path, work);
        } else if path.extension().is_some_and(|end| end == "xlsx" || end == "xlsm") {
            work(&path);
        }
    }
}
