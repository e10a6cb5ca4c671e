use proptest::prelude::*;

use super::*;

fn value(text: &str) -> String {
    match decimal_text(text) {
        Parsed::Value(number) => match number.unit {
            Some(unit) => format!("{} {unit}", number.value),
            None => number.value.to_string(),
        },
        Parsed::Blank(_) => "blank".to_owned(),
        Parsed::Bad(bad) => bad.name().to_owned(),
    }
}

#[test]
fn figures_are_read_as_people_write_them() {
    for (text, expected) in [
        ("12", "12"),
        (" 12.50 ", "12.50"),
        ("１２３４．５０", "1234.50"),
        ("¥1,234.50", "1234.50"),
        ("￥ 1，234.50", "1234.50"),
        ("RMB 1,234.50", "1234.50"),
        ("RMB:12", "12"),
        ("US$12.5", "12.5"),
        ("-¥12", "-12"),
        ("¥-12", "-12"),
        ("－12", "-12"),
        ("−12", "-12"),
        ("–12", "-12"),
        ("负12", "-12"),
        ("(12.00)", "-12.00"),
        ("（1,200）", "-1200"),
        ("(¥12.00)", "-12.00"),
        ("¥(12.00)", "-12.00"),
        ("(12.00元)", "-12.00"),
        ("12.00-", "-12.00"),
        ("12.00CR", "-12.00"),
        ("12.00 Dr", "12.00"),
        ("12.", "12"),
        (".5", "0.5"),
        ("00123", "123"),
        ("'123", "123"),
        ("12。5", "12.5"),
        ("1 200", "1200"),
        ("1\u{a0}200.5", "1200.5"),
        ("1'200.50", "1200.50"),
        ("50%", "0.50"),
        ("13 ％", "0.13"),
        ("3‰", "0.003"),
        ("1.2万", "12000"),
        ("1.2萬元", "12000"),
        ("3千", "3000"),
        ("2百万", "2000000"),
        ("1.5亿", "150000000"),
        ("3千克", "3 千克"),
        ("12箱", "12 箱"),
        ("12 箱", "12 箱"),
        ("38.5kg", "38.5 kg"),
        ("38.5 KG", "38.5 KG"),
        ("100PCS", "100 PCS"),
        ("100pcs.", "100 pcs."),
        ("3打", "3 打"),
        ("1.2万个", "12000 个"),
        ("886米", "886 米"),
        ("100(件)", "100 件"),
        ("100（kg）", "100 kg"),
        ("25元", "25"),
        ("0.26元/个", "0.26 元/个"),
        ("25/箱", "25 /箱"),
        ("1000个/箱", "1000 个/箱"),
        ("1.5m²", "1.5 m²"),
        ("243㎡", "243 ㎡"),
        ("3㎏", "3 ㎏"),
        ("2 M³", "2 M³"),
        ("1,23,456.78", "123456.78"),
        ("12,34.50", "1234.50"),
        ("1,2345,6789", "123456789"),
        ("5E-05", "0.00005"),
        ("0.00E+00", "0.00"),
        ("免费", "0"),
        ("FOC", "0"),
    ] {
        assert_eq!(value(text), expected, "{text}");
    }
}

#[test]
fn nothing_is_nothing() {
    for text in ["", " ", "　", "-", "—", "——", "/", "无", "無", "null", "NULL", "N/A", "\u{200b}"]
    {
        assert_eq!(value(text), "blank", "{text:?}");
    }
    let said = decimal_text("无退款申请");
    assert_eq!(said, Parsed::Blank(Odds::NONE.with(Odd::SaidBlank)));
    assert!(decimal_text("没有申请退款").is_blank());
}

#[test]
fn what_can_be_read_in_two_ways_is_refused() {
    for (text, why) in [
        ("1.234,50", "separators"),
        ("0,235", "separators"),
        ("12,5", "separators"),
        ("1,2345", "separators"),
        ("1.234.567", "separators"),
        ("12 34", "separators"),
        ("1,234 567", "separators"),
        ("1,,234", "separators"),
        ("5-10", "several"),
        ("100~120", "several"),
        ("10箱5个", "several"),
        ("1/2", "several"),
        ("100左右", "trailing-text"),
        ("1O0", "several"),
        ("12A", "trailing-text"),
        ("10月", "trailing-text"),
        ("980（短20）", "several"),
        ("10⁵", "symbols"),
        ("10 ²", "symbols"),
        ("½", "symbols"),
        ("①", "symbols"),
        ("2.18E+18", "scientific"),
        ("1e3", "scientific"),
        ("1_234.50", "several"),
        ("--5", "not-this"),
        ("-(5)", "not-this"),
        ("(-5)", "not-this"),
        ("¥¥5", "not-this"),
        ("(5", "not-this"),
        ("待定", "not-this"),
        ("〃", "not-this"),
        ("约100", "not-this"),
        ("12345678901234567890123456789012", "too-long"),
        ("0.00000000000000000000000000000001", "too-long"),
        ("9999999999999999999999999999万", "too-long"),
    ] {
        assert_eq!(value(text), why, "{text}");
    }
}

#[test]
fn what_was_odd_is_told() {
    let Parsed::Value(number) = decimal_text("（￥1，234.50）") else { panic!() };
    let odd = [Odd::Text, Odd::FullWidth, Odd::Currency, Odd::Thousands, Odd::Brackets];
    assert_eq!(number.odds.iter().collect::<Vec<_>>(), odd);
}

#[test]
fn cells_that_are_no_figures_say_why() {
    assert_eq!(decimal(&Value::Error("#REF!".into())), Parsed::Bad(Bad::FormulaError));
    assert_eq!(decimal(&Value::Bool(true)), Parsed::Bad(Bad::NotThis));
    assert_eq!(decimal(&Value::LongNumber("3.2E+18".into())), Parsed::Bad(Bad::TooLong));
    assert!(decimal(&Value::Empty).is_blank());
    for (text, believed) in [("999999999999999.99", true), ("-1000000000000000", false)] {
        let number = text.parse().unwrap();
        assert_eq!(decimal(&Value::Number(number)).value().is_some(), believed);
        assert_eq!(decimal_text(text).value().is_some(), believed);
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,80}") {
        let _ = decimal_text(&text);
    }

    #[test]
    fn no_text_of_figures_and_signs_makes_it_panic(
        text in "[-+0-9.,'()¥$%eE 万千亿元箱/cr整负▲−]{0,40}",
    ) {
        let _ = decimal_text(&text);
    }

    #[test]
    fn every_decimal_reads_back(mantissa in any::<i64>(), scale in 0_u32..10) {
        let number = Decimal::new(mantissa, scale);
        let Parsed::Value(read) = any_figure(&number.to_string()) else {
            panic!("{number} was not read")
        };
        prop_assert_eq!(read.value, number);
        prop_assert_eq!(read.unit, None);
    }

    #[test]
    fn grouped_money_reads_back(cents in 0_i64..100_000_000_000_000) {
        let digits = format!("{:03}", cents);
        let (whole, fraction) = digits.split_at(digits.len() - 2);
        let mut grouped = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let read = decimal_text(&format!("¥{grouped}.{fraction}")).value();
        prop_assert_eq!(read.map(|number| number.value), Some(Decimal::new(cents, 2)));
    }
}
