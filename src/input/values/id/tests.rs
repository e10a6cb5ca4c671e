use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn one(value: Value) -> String {
    match id(&value) {
        Parsed::Value(id) if id.damaged => format!("{} damaged", id.text),
        Parsed::Value(id) => id.text.to_string(),
        Parsed::Blank(_) => "blank".to_owned(),
        Parsed::Bad(bad) => bad.name().to_owned(),
    }
}

fn several(cell: &str) -> Vec<String> {
    let found = ids(&text(cell)).value().unwrap_or_default();
    found.iter().map(|id| id.text.to_string()).collect()
}

#[test]
fn ids_stay_as_they_are_written() {
    for (written, expected) in [
        ("00123", "00123"),
        (" HJ26100731 ", "HJ26100731"),
        ("HJ-2610-0731", "HJ-2610-0731"),
        ("ＨＪ２６", "ＨＪ２６"),
        ("'00123", "00123"),
        ("No:8871", "8871"),
        ("No. 8871", "8871"),
        ("№8871", "8871"),
        ("单号：8871", "8871"),
        ("Nova12", "Nova12"),
        ("2001.0", "2001"),
        ("A2001.0", "A2001.0"),
        ("PO#88121/A", "PO#88121/A"),
        ("2.18E+18", "2.18E+18 damaged"),
        ("6.93E+12", "6.93E+12 damaged"),
        ("2E5", "2E5"),
        ("-", "blank"),
        ("无单号", "blank"),
        ("No:", "blank"),
        ("\u{feff}", "blank"),
    ] {
        assert_eq!(one(text(written)), expected, "{written}");
    }
    assert_eq!(one(Value::Number(Decimal::new(20010, 1))), "2001");
    assert_eq!(one(Value::Number(Decimal::new(1_2500, 2))), "125");
    assert_eq!(one(Value::Error("#N/A".into())), "formula-error");
    let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 8).unwrap().and_hms_opt(0, 0, 0).unwrap();
    assert_eq!(one(Value::Date(day)), "2026-10-08 damaged");
}

#[test]
fn long_numbers_are_whole_or_known_to_be_damaged() {
    for (digits, whole) in [
        ("3250136542540229684", true),
        ("1234567890123456", true),
        ("9007199254740993", true),
        ("3250136542540220000", false),
        ("3250136542540229600", false),
        ("3250136542540229632", false),
        ("1234567890123450", false),
        ("3.25013654254022E+18", false),
    ] {
        let Parsed::Value(id) = id(&Value::LongNumber(digits.into())) else { panic!() };
        assert_eq!(id.damaged, !whole, "{digits}");
        assert_eq!(&*id.text, digits);
    }
}

#[test]
fn a_column_shows_damage_that_one_cell_does_not() {
    let read = |cells: &[&str]| {
        let mut ids: Vec<Id> = cells.iter().filter_map(|cell| id(&text(cell)).value()).collect();
        mark_damaged(&mut ids);
        ids.iter().map(|id| id.damaged).collect::<Vec<_>>()
    };
    // One of many 16-digit numbers ends in 0 by chance.
    let mut cells: Vec<String> = (1..=20).map(|n| format!("12345678901234{n:02}")).collect();
    let refs: Vec<&str> = cells.iter().map(String::as_str).collect();
    assert!(read(&refs).iter().all(|damaged| !damaged));
    cells.iter_mut().for_each(|cell| cell.replace_range(15.., "0"));
    let refs: Vec<&str> = cells.iter().map(String::as_str).collect();
    assert!(read(&refs).iter().all(|damaged| *damaged));
    assert_eq!(read(&["325013654254022000", "325013654254022968"]), [true, false]);
    assert_eq!(read(&["3250136542540229632", "HJ1", "3250136542540229684"]), [true, false, false]);
    assert_eq!(read(&["00123", "100000"]), [false, false]);
    // The same order in two rows is one witness, and one of many is chance.
    let mut cells: Vec<String> = (0..60).map(|n| format!("69541130{n:02}104733{n:03}")).collect();
    cells.extend(["6954774736104733696".to_owned(), "6954774736104733696".to_owned()]);
    let refs: Vec<&str> = cells.iter().map(String::as_str).collect();
    assert!(read(&refs).iter().all(|damaged| !damaged));
}

#[test]
fn lists_are_split_and_what_looks_like_one_is_not() {
    for (cell, expected) in [
        ("88121/88122", vec!["88121", "88122"]),
        ("HJ26100731、HJ26100732", vec!["HJ26100731", "HJ26100732"]),
        ("7712345678901，7713345678902", vec!["7712345678901", "7713345678902"]),
        ("HJ1001\nHJ1002\r\nHJ1003", vec!["HJ1001", "HJ1002", "HJ1003"]),
        ("HJ26100731 HJ26100732", vec!["HJ26100731", "HJ26100732"]),
        ("HJ26100731/32", vec!["HJ26100731", "HJ26100732"]),
        ("HJ26100731/32/35", vec!["HJ26100731", "HJ26100732", "HJ26100735"]),
        ("88121~88123", vec!["88121", "88122", "88123"]),
        ("88121-88123", vec!["88121", "88122", "88123"]),
        ("HJ0098～HJ0101", vec!["HJ0098", "HJ0099", "HJ0100", "HJ0101"]),
        ("No:8871；No:8872", vec!["8871", "8872"]),
        ("PO#88121/A", vec!["PO#88121/A"]),
        ("2026/10/001", vec!["2026/10/001"]),
        ("RK20260929-001", vec!["RK20260929-001"]),
        ("HJ 26100731", vec!["HJ 26100731"]),
        ("CG2609-049", vec!["CG2609-049"]),
        ("88121/00003", vec!["88121", "00003"]),
        ("88121-99999", vec!["88121-99999"]),
        ("8821/8", vec!["8821/8"]),
    ] {
        assert_eq!(several(cell), expected, "{cell}");
    }
    assert!(ids(&text("/")).is_blank());
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(cell in "\\PC{0,60}") {
        let _ = ids(&text(&cell));
    }

    #[test]
    fn no_list_makes_it_panic(cell in "[0-9A-Z'/、,;~～ \\-—至无No.:.eE+]{0,40}") {
        let _ = ids(&text(&cell));
    }

    #[test]
    fn no_column_makes_it_panic(cells in proptest::collection::vec("[0-9]{0,45}", 0..8)) {
        let mut ids: Vec<Id> = cells.iter().filter_map(|cell| id(&text(cell)).value()).collect();
        mark_damaged(&mut ids);
    }

    #[test]
    fn an_id_of_letters_and_digits_is_kept(written in "[A-Z]{1,3}[0-9]{1,12}") {
        prop_assert_eq!(several(&written), [written.clone()]);
    }
}
