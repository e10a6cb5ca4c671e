use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::input::values::odd::{Bad, Odd};
use crate::period::Month;

fn october() -> DateHints {
    let period = Some(Month::new(2026, 10).unwrap().into());
    DateHints { period, ..DateHints::default() }
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn number(number: &str) -> Value {
    Value::Number(number.parse::<Decimal>().unwrap())
}

fn shown(day: &Parsed<Day>) -> String {
    match day {
        Parsed::Value(day) => day.value.to_string(),
        Parsed::Blank(_) => "blank".to_owned(),
        Parsed::Bad(bad) => bad.name().to_owned(),
    }
}

fn column(cells: &[Value], hints: DateHints) -> Vec<String> {
    dates(cells, hints).iter().map(shown).collect()
}

fn alone(cell: Value) -> String {
    column(&[cell], october()).remove(0)
}

#[test]
fn whole_dates_are_read_as_people_write_them() {
    for written in [
        "2026-10-08",
        "2026/10/8",
        "2026.10.8",
        "2026. 10. 8",
        "２０２６／１０／０８",
        "2026年10月8日",
        "2026年10月08号",
        "26年10月8日",
        "26/10/8",
        "26.10.8",
        "20261008",
        "261008",
        "20261008134500",
        "2026-10-08 13:45:00",
        "2026-10-08T13:45:00Z",
        "2026/10/8 9:05",
        "2026年10月8日 上午9:05",
        "2026-10-08 (周四)",
        "2026-10-08 星期四",
        "115/10/08",
        "115.10.8",
        "115年10月8日",
        "民國115年10月8日",
        "中華民國 115 年 10 月 8 日",
        "1151008",
        "二〇二六年十月八日",
        "8 Oct 2026",
        "08-Oct-2026",
        "8-Oct-26",
        "Oct 8, 2026",
        "October 8th, 2026",
        "Thu, 8 Oct 2026",
        "2026-Oct-08",
        "'2026-10-08",
        "\u{200b}2026-10-08\u{a0}",
        "46303",
    ] {
        assert_eq!(alone(text(written)), "2026-10-08", "{written}");
    }
    for number_cell in ["20261008", "46303", "46303.5", "1151008", "261008"] {
        assert_eq!(alone(number(number_cell)), "2026-10-08", "{number_cell}");
    }
}

#[test]
fn a_missing_year_comes_from_the_period() {
    for written in [
        "10月8日",
        "10月8号",
        "10月08",
        "10/8",
        "10-8",
        "10.8",
        "10.08",
        "十月八日",
        "Oct-08",
        "8 Oct",
    ] {
        assert_eq!(alone(text(written)), "2026-10-08", "{written}");
    }
    assert_eq!(alone(number("10.8")), "2026-10-08");
    assert_eq!(alone(number("10.25")), "2026-10-25");
    let period = Some(Month::new(2027, 1).unwrap().into());
    let january = DateHints { period, ..DateHints::default() };
    let cells = [text("12.28"), text("1.3"), text("12月30日")];
    assert_eq!(column(&cells, january), ["2026-12-28", "2027-01-03", "2026-12-30"]);
    let period = Some(Month::new(2026, 12).unwrap().into());
    let december = DateHints { period, ..DateHints::default() };
    assert_eq!(column(&[text("1.3")], december), ["2027-01-03"]);
}

#[test]
fn a_missing_year_comes_from_the_column_itself_or_from_nowhere() {
    let cells = [text("2026-10-06"), text("10.7"), text("10月8日")];
    let read = column(&cells, DateHints::default());
    assert_eq!(read, ["2026-10-06", "2026-10-07", "2026-10-08"]);
    assert_eq!(column(&[text("10.7")], DateHints::default()), ["no-year"]);
    let years_apart = [text("2019-10-06"), text("10.7"), text("2026-10-08")];
    assert_eq!(column(&years_apart, DateHints::default())[1], "no-year");
}

#[test]
fn the_column_decides_the_order_of_day_and_month() {
    let nothing = DateHints::default();
    let british = [text("05/10/2026"), text("13/10/2026"), text("07/10/2026")];
    assert_eq!(column(&british, nothing), ["2026-10-05", "2026-10-13", "2026-10-07"]);
    let american = [text("10/05/2026"), text("10/13/2026")];
    assert_eq!(column(&american, nothing), ["2026-10-05", "2026-10-13"]);
    let both = [text("05/10/2026"), text("13/10/2026"), text("10/13/2026")];
    assert_eq!(column(&both, nothing), ["two-days", "2026-10-13", "2026-10-13"]);
    assert_eq!(column(&[text("03/04/2026")], nothing), ["two-days"]);
    assert_eq!(column(&[text("04/04/2026")], nothing), ["2026-04-04"]);
}

#[test]
fn the_period_decides_where_the_cells_do_not() {
    let cells = [text("05/10/2026"), text("07/10/2026")];
    assert_eq!(column(&cells, october()), ["2026-10-05", "2026-10-07"]);
    let cells = [text("10/05/2026"), text("10/07/2026")];
    assert_eq!(column(&cells, october()), ["2026-10-05", "2026-10-07"]);
    let cells = [text("10/10/2026"), text("10/09/2026"), text("09/10/2026")];
    assert_eq!(column(&cells, october())[1..], ["two-days", "two-days"]);
    let short = [text("05/10/26"), text("07/10/26"), text("25/10/26")];
    assert_eq!(column(&short, october()), ["2026-10-05", "2026-10-07", "2026-10-25"]);
    let short = [text("10/5/26"), text("10/25/26")];
    assert_eq!(column(&short, october()), ["2026-10-05", "2026-10-25"]);
    let day_first = [text("5/10"), text("25/10")];
    assert_eq!(column(&day_first, october()), ["2026-10-05", "2026-10-25"]);
}

#[test]
fn the_first_or_the_tenth_is_decided_by_the_neighbours() {
    let cells = ["10.6", "10.9", "10.1", "10.12", "10.15", "10.2", "10.21"].map(number);
    let read = dates(&cells, october());
    assert_eq!(shown(&read[2]), "2026-10-10");
    assert_eq!(shown(&read[5]), "2026-10-20");
    assert!(matches!(&read[2], Parsed::Value(day) if day.odds.has(Odd::NeighboursDecided)));
    let first = ["10.1", "10.4", "10.9"].map(number);
    assert_eq!(column(&first, october())[0], "2026-10-01");
    let open = ["9.28", "10.1", "10.12"].map(number);
    assert_eq!(column(&open, october())[1], "two-days");
    let disorder = ["10.25", "10.9", "10.1", "10.12", "10.5", "10.22"].map(number);
    assert_eq!(column(&disorder, october())[2], "two-days");
    let falling = ["10.12", "10.1", "10.9"].map(number);
    assert_eq!(column(&falling, october())[1], "2026-10-10");
    assert_eq!(alone(number("2.3")), "2026-02-03");
}

#[test]
fn text_keeps_its_zeros_unless_a_text_file_lost_them() {
    assert_eq!(alone(text("10.1")), "2026-10-01");
    assert_eq!(alone(text("10.10")), "2026-10-10");
    let file = DateHints { text_file: true, ..october() };
    let lost = [text("9.28"), text("10.1"), text("10.12")];
    assert_eq!(column(&lost, file)[1], "two-days");
    let kept = [text("10.1"), text("10.10"), text("10.12")];
    assert_eq!(column(&kept, file), ["2026-10-01", "2026-10-10", "2026-10-12"]);
}

#[test]
fn serials_of_either_epoch_are_days() {
    assert_eq!(column(&["46303", "46304"].map(number), october()), ["2026-10-08", "2026-10-09"]);
    assert_eq!(column(&["44841", "44842"].map(number), october()), ["2026-10-08", "2026-10-09"]);
    let typed = NaiveDate::from_ymd_opt(1900, 1, 10).unwrap().and_hms_opt(19, 12, 0).unwrap();
    assert_eq!(alone(Value::Date(typed)), "2026-10-08");
}

#[test]
fn what_names_no_day_is_said_and_not_guessed() {
    for (written, why) in [
        ("3/15完", "vague"),
        ("4月底", "vague"),
        ("12月上旬", "vague"),
        ("分批", "vague"),
        ("待定", "vague"),
        ("√", "vague"),
        ("ASAP", "vague"),
        ("10月8日前", "vague"),
        ("2026年10月", "vague"),
        ("2026-10", "vague"),
        ("202610", "vague"),
        ("Oct 2026", "vague"),
        ("2026-02-30", "no-such-day"),
        ("13月5日", "no-such-day"),
        ("99/99/2026", "no-such-day"),
        ("合计", "not-this"),
        ("HJ26100731", "not-this"),
        ("10/8、10/9", "not-this"),
        ("2026-10-08-2026-10-09", "not-this"),
        ("8日", "2026-10-08"),
        ("-", "blank"),
        ("", "blank"),
    ] {
        assert_eq!(alone(text(written)), why, "{written}");
    }
    for number_cell in ["0", "10", "-3", "2026.1", "123456789", "1.5e-3"] {
        let value = Value::Number(number_cell.parse().unwrap_or(Decimal::new(15, 4)));
        let read = alone(value);
        assert!(["not-this", "vague"].contains(&read.as_str()), "{number_cell}: {read}");
    }
    assert_eq!(alone(Value::Error("#N/A".into())), "formula-error");
    let mixed = column(&[text("8日"), text("2026-10-09")], october());
    assert_eq!(mixed, ["no-year", "2026-10-09"]);
}

#[test]
fn one_cell_is_read_by_what_its_column_settled() {
    let cells = [text("05/10/2026"), text("13/10/2026")];
    let context = DateContext::of_column(&cells, DateHints::default());
    assert_eq!(shown(&date(&text("06/10/2026"), &context)), "2026-10-06");
    let Parsed::Bad(bad) = date(&text("待定"), &context) else { panic!() };
    assert_eq!(bad, Bad::Vague);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(cells in proptest::collection::vec("\\PC{0,24}", 0..6)) {
        let cells: Vec<Value> = cells.iter().map(|cell| text(cell)).collect();
        let _ = dates(&cells, october());
    }

    #[test]
    fn no_text_of_figures_makes_it_panic(
        cells in proptest::collection::vec("[0-9年月日号/.:' 一二十廿〇tzoct-]{0,16}", 0..6),
    ) {
        let cells: Vec<Value> = cells.iter().map(|cell| text(cell)).collect();
        let _ = dates(&cells, october());
    }

    #[test]
    fn no_number_makes_it_panic(mantissa in any::<i64>(), scale in 0_u32..20) {
        let _ = dates(&[Value::Number(Decimal::new(mantissa, scale))], october());
    }

    #[test]
    fn every_day_reads_back_in_every_way(days in 0_u32..20_000) {
        let day = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + chrono::Days::new(days.into());
        for pattern in ["%Y-%m-%d", "%Y/%-m/%-d", "%Y.%-m.%-d", "%Y年%-m月%-d日", "%Y%m%d", "%-d %b %Y"] {
            let written = day.format(pattern).to_string();
            prop_assert_eq!(alone(text(&written)), day.to_string());
        }
    }
}
