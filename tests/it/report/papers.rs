//! The papers to sign and send, of invented firms.

use chrono::{Days, NaiveDate};
use gendan::documents::{Figures, Letter, LetterLine, Statement, StatementLine};
use gendan::engine::entry::EntryType;
use gendan::engine::matching::outcome::{Cause, CauseCode, Reason, Status};
use gendan::lang::Lang;
use gendan::report::{Block, Report, Sheet, format};

use super::example::dec;
use super::workbook::{bytes, open, part};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

fn line(
    date: NaiveDate,
    entry_type: EntryType,
    words: (&str, &str),
    figures: Option<(&str, &str)>,
    amount: &str,
) -> StatementLine {
    StatementLine {
        date: Some(date),
        entry_type,
        document_no: words.0.into(),
        item: words.1.into(),
        unit: figures.map(|_| "个".into()),
        quantity: figures.map(|(quantity, _)| dec(quantity)),
        unit_price: figures.map(|(_, price)| dec(price)),
        amount: dec(amount),
    }
}

/// A month of one supplier, with `further` deliveries of one item.
pub(super) fn statement(further: u64) -> Statement {
    use EntryType::{Charge, Deduction, Goods, Payment, Return};
    let mut lines = vec![
        line(day(10, 3), Goods, ("8821", "布料A 147cm"), Some(("1000", "3.20")), "3200.00"),
        line(day(10, 12), Goods, ("08843", "灯罩 30cm 白"), Some(("480", "12.5")), "6000.00"),
        line(day(10, 20), Goods, ("8871", "胶袋 35*45cm 4丝"), Some(("2000", "0.85")), "1700.00"),
    ];
    for at in 0..further {
        let date = day(10, 20).checked_add_days(Days::new(at / 8)).unwrap();
        let number = format!("89{at:02}");
        lines.push(line(
            date,
            Goods,
            (&number, "螺丝 M3×8 不锈钢"),
            Some(("2400", "0.035")),
            "84.00",
        ));
    }
    lines.extend([
        line(day(10, 25), Return, ("T003", "灯罩 30cm 白，裂纹"), Some(("-20", "12.5")), "-250.00"),
        line(day(10, 25), Deduction, ("K001", "短交误工扣款"), None, "-150.00"),
        line(day(10, 26), Charge, ("F01", "模具费"), None, "0.00"),
        line(day(10, 26), Payment, ("转账", "付 9 月货款"), None, "-12500.00"),
    ]);
    Statement {
        our_name: "嘉禾岭灯饰有限公司".into(),
        their_name: "中山市明远灯罩厂".into(),
        period: "2026-10-01 至 2026-10-31".into(),
        currency: "人民币（元）".into(),
        document_no: Some("DZ202610-07".into()),
        date: day(11, 3),
        opening: dec("12500.00"),
        lines,
        remark: None,
        reply_days: 3,
    }
}

fn figures(quantity: &str, price: &str, amount: &str) -> Option<Figures> {
    Some(Figures {
        quantity: Some(dec(quantity)),
        unit_price: Some(dec(price)),
        amount: dec(amount),
    })
}

pub(super) fn letter() -> Letter {
    let blank = LetterLine {
        told: None,
        date: Some(day(10, 8)),
        document_no: String::new(),
        item: String::new(),
        left: None,
        right: None,
        difference: dec("0"),
        status: Status::Differs,
        causes: vec![],
        reason: None,
    };
    let cause = |code, amount| Cause { code, amount: dec(amount) };
    let lines = vec![
        LetterLine {
            document_no: "HJ26101107".into(),
            item: "府绸 145cm/120g 漂白".into(),
            left: figures("650", "19.20", "12480.00"),
            right: figures("630", "18.90", "11907.00"),
            difference: dec("573.00"),
            causes: vec![cause(CauseCode::Quantity, "378.00"), cause(CauseCode::Price, "195.00")],
            ..blank.clone()
        },
        LetterLine {
            document_no: "HJ26101799".into(),
            item: "里布 150cm".into(),
            left: figures("420", "9.80", "4116.00"),
            difference: dec("4116.00"),
            status: Status::LeftOnly,
            reason: Some(Reason::NotReceived),
            ..blank.clone()
        },
        LetterLine {
            document_no: "HJ26102084".into(),
            item: "毛圈卫衣布 180cm/320g 麻灰".into(),
            right: figures("596.2", "18.90", "11268.18"),
            difference: dec("-11268.18"),
            status: Status::RightOnly,
            reason: Some(Reason::NotBilled),
            ..blank
        },
    ];
    Letter {
        our_name: "嘉禾岭灯饰有限公司".into(),
        their_name: "绍兴市锦纶坊织造有限公司".into(),
        period: "2026 年 10 月".into(),
        currency: "人民币元".into(),
        date: day(11, 3),
        reply_by: day(11, 5),
        contact: Some("跟单 A　0575-0000000".into()),
        left_closing: dec("650426.91"),
        right_closing: dec("657006.09"),
        opening_difference: dec("0"),
        matched_count: 51,
        matched_amount: dec("635830.91"),
        lines,
    }
}

/// Returns a workbook of one paper.
pub(super) fn paper(sheet: Sheet, lang: Lang) -> Report {
    let mut report = Report::new("papers", sheet.name.clone(), lang);
    report.period = Some("2026-10".into());
    report.sheets.push(sheet);
    report
}

fn words(sheet: &Sheet) -> String {
    let mut words = String::new();
    for block in &sheet.blocks {
        match block {
            Block::Text(text) => words.push_str(text),
            Block::Spans(spans) => {
                for span in spans {
                    words.push_str(&format::text(&gendan::report::Kind::Text, &span.cell));
                }
            }
            _ => {}
        }
        words.push('\n');
    }
    words
}

#[test]
fn nothing_on_a_paper_is_left_unfilled() {
    for lang in Lang::ALL {
        for sheet in [statement(0).sheet(lang), letter().sheet(lang)] {
            let words = words(&sheet);
            assert!(!words.contains(['{', '}']), "{words}");
            assert!(words.contains("嘉禾岭灯饰有限公司"), "{words}");
            assert_eq!(sheet.tables().next().unwrap().columns.len(), sheet_columns(&sheet));
        }
    }
}

/// Forms are as wide as their main table, or their lines would not meet.
fn sheet_columns(sheet: &Sheet) -> usize {
    for block in &sheet.blocks {
        if let Block::Spans(spans) = block {
            let columns = spans.iter().map(|span| usize::from(span.columns)).sum::<usize>();
            assert_eq!(columns, sheet.tables().next().unwrap().columns.len(), "{spans:?}");
        }
    }
    sheet.tables().next().unwrap().columns.len()
}

#[test]
fn the_statement_rolls_forward() {
    let statement = statement(0);
    assert_eq!(statement.closing(), Some(dec("10500.00")));
    let sheet = statement.sheet(Lang::Hans);
    let summary = &sheet.tables().nth(1).unwrap().rows.iter().next().unwrap();
    let figures: Vec<_> = summary.cells.iter().filter_map(|cell| cell.number()).collect();
    let expected = ["12500", "10900", "0", "-250", "-150", "-12500", "10500"].map(dec);
    assert_eq!(figures, expected);
    assert!(words(&sheet).contains("（大写）：壹万零伍佰元整"), "{}", words(&sheet));
    let last = sheet.tables().next().unwrap().rows.iter().last().unwrap();
    assert_eq!(last.cells[8].number(), Some(dec("10500.00")));
}

#[test]
fn the_letter_says_what_is_asked() {
    let sheet = letter().sheet(Lang::Hans);
    let rows = &sheet.tables().next().unwrap().rows;
    let why: Vec<String> =
        rows.iter().map(|row| format::text(&gendan::report::Kind::Text, &row.cells[11])).collect();
    assert_eq!(
        why[0],
        "数量与我方收发记录不同，差 378.00，请按实际数量更正。单价与约定或我方单据不同，差 195.00，请按约定价更正。"
    );
    assert!(why[1].contains("签收的送货单") && why[2].contains("请补入"), "{why:?}");
    let words = words(&sheet);
    assert!(words.contains("相差 -6,579.18"), "{words}");
    assert!(words.contains("2026-11-05 前回复"), "{words}");
}

#[test]
fn a_carrier_is_written_to_of_waybills_and_weights() {
    let mut freight = letter();
    for line in &mut freight.lines {
        for figures in line.left.iter_mut().chain(&mut line.right) {
            figures.unit_price = None;
        }
    }
    let sheet = freight.to_carrier(Lang::En);
    let labels: Vec<&str> =
        sheet.tables().flat_map(|table| &table.columns).map(|c| c.label.as_str()).collect();
    assert_eq!(
        labels,
        [
            "No.",
            "Date",
            "Waybill",
            "Destination / service",
            "Your weight",
            "Your charge",
            "Our weight",
            "Our charge",
            "Difference",
            "What we find and ask",
        ],
        "nobody states a rate"
    );
    assert_eq!(sheet_columns(&sheet), 10, "the form is as wide as its table");
    assert!(words(&sheet).contains("bill"), "{}", words(&sheet));
    let supplier = letter().sheet(Lang::En);
    assert_eq!(sheet_columns(&supplier), 12, "prices are stated");
}

/// Returns what a sheet says of its pages: whether it is fitted to one, and
/// the rows, counted from 1, after which it breaks.
fn pages(xml: &str) -> (bool, Vec<u32>) {
    let breaks = xml.split("<brk id=\"").skip(1);
    let row = |text: &str| text.split('"').next().unwrap().parse().unwrap();
    (!xml.contains("fitToHeight=\"0\"") && xml.contains("fitToPage"), breaks.map(row).collect())
}

#[test]
fn what_is_signed_stands_with_what_it_is_for() {
    let (mut shrunk, mut broken) = (0, 0);
    for further in 0..70 {
        let report = paper(statement(further).sheet(Lang::Hant), Lang::Hant);
        let bytes = bytes(&report);
        let (fitted, breaks) = pages(&part(&bytes, "xl/worksheets/sheet1.xml"));
        shrunk += u32::from(fitted);
        let Some(last) = breaks.last() else { continue };
        broken += 1;
        // The summary, whose header stays with the signatures below it.
        let workbook = open(&bytes);
        let says = |row: &&gendan::input::sheet::Row| {
            row.cells.iter().any(|cell| cell.text().is_some_and(|text| text == "期初應付"))
        };
        let summary = workbook.sheets[0].rows.iter().find(says).unwrap().index;
        assert!(*last <= summary, "{further}: {last} is below {summary}");
    }
    assert!(shrunk > 0 && broken > 0, "{shrunk} shrunk, {broken} broken");
}
