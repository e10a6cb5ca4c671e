//! The suppliers' statements, each in its own manner.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::accounts::{Account, Kind, Line};
use super::goods::{CLOTH, FIRM, FIRM_EN, FIRM_HANT, FITTINGS, FOAM, HARDWARE, PAINT, WOOD};
use super::grid::{Grid, Look, Value};
use super::{Paper, Places, xls, xlsx};

/// Writes the statements, and notes where each line stands.
pub(super) fn papers(accounts: &[Account], places: &mut Places) -> Vec<(String, Vec<u8>)> {
    vec![
        wood(&accounts[WOOD], places),
        hardware(&accounts[HARDWARE], places),
        foam(&accounts[FOAM], places),
        cloth(&accounts[CLOTH], places),
        paint(&accounts[PAINT], places),
        fittings(&accounts[FITTINGS], places),
    ]
}

fn text(text: &str) -> Value {
    Value::from(text)
}

fn blank() -> Value {
    Value::from("")
}

/// Notes where a line stands; `row` counts from 0.
fn note(places: &mut Places, account: &Account, line: &Line, sheet: &str, row: u32) {
    places.add(Paper::Theirs, account, &line.key, format!("{sheet}!{}", row + 1));
}

/// One date in the ways that one clerk writes it on one page.
fn zoo(date: NaiveDate, nth: usize) -> Value {
    let (month, day) = (date.month(), date.day());
    match nth % 5 {
        0 | 1 => date.into(),
        2 => format!("{month}.{day}").into(),
        3 => format!("{month}月{day}日").into(),
        _ => format!("2026/{month}/{day}").into(),
    }
}

/// Two header rows, a group over each part; balances as rows of text.
fn wood(account: &Account, places: &mut Places) -> (String, Vec<u8>) {
    let file = "枫栎湾木业10月对账单.xlsx".to_owned();
    let mut grid = Grid::new("10月", &[12.0, 16.0, 12.0, 20.0, 6.0, 10.0, 10.0, 13.0, 14.0]);
    grid.banner(0, 9, account.supplier.name, Look::Title);
    grid.banner(0, 9, "对 账 单", Look::Title);
    grid.banner(0, 9, &format!("客户：{FIRM}　　账期：2026年9月29日—10月28日"), Look::Plain);
    let head = grid.skip();
    for (col, over) in [(0, "送货"), (2, "货物"), (5, "结算"), (8, "备注")] {
        grid.put(head, col, over, Look::Header);
    }
    grid.merge((head, 0), (head, 1));
    grid.merge((head, 2), (head, 4));
    grid.merge((head, 5), (head, 7));
    grid.merge((head, 8), (head + 1, 8));
    let names = ["日期", "单号", "名称", "规格", "单位", "数量", "单价", "金额"].map(text);
    grid.row(0, Look::Header, names);
    let opening = grid.skip();
    grid.put(opening, 0, "上期结余", Look::Plain);
    grid.put(opening, 7, account.their_opening, Look::Money);
    for (nth, line) in account.theirs.iter().enumerate() {
        let date = zoo(line.day, nth);
        let row = match account.goods(line) {
            Some(goods) => grid.row(
                0,
                Look::Plain,
                [
                    date,
                    text(&line.document),
                    text(goods.name),
                    text(goods.spec),
                    text(goods.unit),
                    line.quantity.into(),
                    line.price.into(),
                    line.amount.into(),
                ],
            ),
            None => grid.row(
                0,
                Look::Plain,
                [
                    date,
                    blank(),
                    text(line.text),
                    blank(),
                    blank(),
                    blank(),
                    blank(),
                    line.amount.into(),
                ],
            ),
        };
        note(places, account, line, &format!("{file}#10月"), row);
    }
    let total = grid.skip();
    grid.put(total, 0, "本期应付合计", Look::Total);
    grid.merge((total, 0), (total, 6));
    grid.put(total, 7, account.their_closing(), Look::Total);
    grid.skip();
    let signed = "供方（盖章）：　　　　　　需方（确认）：　　　　　　请于三日内核对回传";
    grid.banner(0, 9, signed, Look::Plain);
    (file, xlsx::workbook(&[grid]))
}

/// An `.xls` of the old kind: boxes, a running balance, payments in a column
/// of their own.
fn hardware(account: &Account, places: &mut Places) -> (String, Vec<u8>) {
    let file = "铆拓岗五金2026.10对账.xls".to_owned();
    let mut grid = Grid::new("对账单", &[10.0, 11.0, 26.0, 12.0, 10.0, 12.0, 13.0, 13.0, 14.0]);
    grid.banner(0, 9, &format!("{}对账单", account.supplier.name), Look::Title);
    grid.banner(0, 9, &format!("TO：{FIRM}　　2026年10月份　　（按箱计价）"), Look::Plain);
    let names = [
        "送货\n日期",
        "送货单号",
        "名称规格",
        "装箱数",
        "数量\n（箱）",
        "单价\n（元/箱）",
        "金额",
        "已付金额",
        "余额",
    ];
    grid.row(0, Look::Header, names.map(text));
    let mut balance = account.their_opening;
    let opening = grid.skip();
    grid.put(opening, 2, "上月结欠", Look::Plain);
    grid.put(opening, 8, balance, Look::Money);
    for line in &account.theirs {
        balance += line.amount;
        let date = format!("{}月{}日", line.day.month(), line.day.day());
        let mut values = [text(&date), text(&line.document)].to_vec();
        match account.goods(line) {
            Some(goods) => values.extend([
                format!("{} {}", goods.name, goods.spec).into(),
                format!("{}{}/箱", goods.pack, goods.unit).into(),
                line.quantity.into(),
                line.price.into(),
                line.amount.into(),
                blank(),
            ]),
            None => values.extend([
                text(line.text),
                blank(),
                blank(),
                blank(),
                blank(),
                (-line.amount).into(),
            ]),
        }
        values.push(balance.into());
        let row = grid.skip();
        for (col, value) in values.into_iter().enumerate() {
            let look = if matches!(value, Value::Number(_)) { Look::Money } else { Look::Plain };
            grid.put(row, col as u16, value, look);
        }
        note(places, account, line, &format!("{file}#对账单"), row);
    }
    let billed: Decimal =
        account.theirs.iter().filter(|l| l.goods.is_some()).map(|l| l.amount).sum();
    let total = grid.skip();
    grid.put(total, 0, "合计", Look::Total);
    grid.put(total, 6, billed, Look::Total);
    grid.put(total, 7, account.their_opening + billed - account.their_closing(), Look::Total);
    grid.put(total, 8, account.their_closing(), Look::Total);
    grid.skip();
    grid.banner(0, 9, "制表：会计甲　　　审核：　　　　客户签字：", Look::Plain);
    (file, xls::workbook(&grid))
}

/// GB18030 text, titles above, thousands separators, a total typed by hand.
fn foam(account: &Account, places: &mut Places) -> (String, Vec<u8>) {
    let file = "绵润堰海绵_202610.csv".to_owned();
    let mut lines: Vec<[String; 9]> = Vec::new();
    let row = |cells: [&str; 9]| cells.map(str::to_owned);
    lines.push(row([account.supplier.name, "", "", "", "", "", "", "", ""]));
    lines.push(row(["客户", FIRM, "", "", "对账月份", "2026-10", "", "", ""]));
    lines.push(row([
        "送货日期",
        "送货单号",
        "货号",
        "品名规格",
        "单位",
        "数量",
        "单价",
        "金额",
        "备注",
    ]));
    let opening = grouped(account.their_opening);
    lines.push(row(["", "", "", "上期结欠", "", "", "", &opening, ""]));
    for line in &account.theirs {
        let date = format!("2026/{}/{}", line.day.month(), line.day.day());
        let cells = match account.goods(line) {
            Some(goods) => [
                date,
                line.document.clone(),
                goods.code.to_owned(),
                format!("{} {}", goods.name, goods.spec),
                goods.unit.to_owned(),
                line.quantity.to_string(),
                format!("{:.2}", line.price),
                grouped(line.amount),
                line.text.to_owned(),
            ],
            None => {
                let amount = grouped(line.amount);
                row([&date, "", "", line.text, "", "", "", &amount, "银行转账"])
            }
        };
        lines.push(cells);
        // Text files have no sheet; rows are physical lines.
        note(places, account, line, &file, lines.len() as u32 - 1);
    }
    let wrong = grouped(account.their_closing() + Decimal::from(500));
    lines.push(row(["合计", "", "", "", "", "", "", &wrong, ""]));
    lines.push(row(["制表：会计乙", "", "", "", "客户签字：", "", "", "", ""]));
    let text: String = lines.iter().map(csv_line).collect();
    let (bytes, _, lost) = encoding_rs::GB18030.encode(&text);
    assert!(!lost, "GB18030 holds everything");
    (file, bytes.into_owned())
}

fn csv_line(cells: &[String; 9]) -> String {
    let quoted = cells.iter().map(|cell| match cell.contains(',') {
        true => format!("\"{cell}\""),
        false => cell.clone(),
    });
    format!("{}\r\n", quoted.collect::<Vec<_>>().join(","))
}

fn grouped(amount: Decimal) -> String {
    let digits = format!("{:.2}", amount.abs());
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, "00"));
    let mut shown = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            shown.push(',');
        }
        shown.push(digit);
    }
    format!("{}{shown}.{fraction}", if amount.is_sign_negative() { "-" } else { "" })
}

/// Starts at B4, includes tax, and is printed on two pages: a page's own
/// total, and the header once more.
fn cloth(account: &Account, places: &mut Places) -> (String, Vec<u8>) {
    const PAGE: usize = 10;
    let file = "彩棉塘布业10月（含税）.xlsx".to_owned();
    let mut grid = Grid::new("对账", &[3.0, 12.0, 14.0, 10.0, 16.0, 10.0, 11.0, 14.0, 8.0, 14.0]);
    grid.skip();
    grid.banner(1, 9, &format!("{}　送货对账单", account.supplier.name), Look::Title);
    grid.banner(1, 9, &format!("需方：{FIRM}　　2026年10月　　（价格均含13%税）"), Look::Plain);
    let head = [
        "送货日期",
        "送货单号",
        "品名",
        "颜色规格",
        "数量(米)",
        "含税单价",
        "价税合计",
        "税率",
        "备注",
    ];
    grid.row(1, Look::Header, head.map(text));
    let opening = grid.skip();
    grid.put(opening, 1, "上期未付", Look::Plain);
    grid.put(opening, 7, account.their_opening, Look::Money);
    let mut page = Decimal::ZERO;
    for (nth, line) in account.theirs.iter().enumerate() {
        if nth == PAGE {
            let subtotal = grid.skip();
            grid.put(subtotal, 1, "本页小计", Look::Total);
            grid.put(subtotal, 7, page, Look::Total);
            grid.row(1, Look::Header, head.map(text));
        }
        page += line.amount;
        let rate = ["13%", "0.13", "13"][nth % 3];
        let row = match account.goods(line) {
            Some(goods) => grid.row(
                1,
                Look::Plain,
                [
                    line.day.into(),
                    text(&line.document),
                    text(goods.name),
                    text(goods.spec),
                    line.quantity.into(),
                    line.price.into(),
                    line.amount.into(),
                    if rate == "13%" {
                        text(rate)
                    } else {
                        Value::Number(rate.parse().unwrap_or_default())
                    },
                    text(line.text),
                ],
            ),
            None => grid.row(
                1,
                Look::Plain,
                [
                    line.day.into(),
                    blank(),
                    text(line.text),
                    blank(),
                    blank(),
                    blank(),
                    line.amount.into(),
                    blank(),
                    blank(),
                ],
            ),
        };
        note(places, account, line, &format!("{file}#对账"), row);
    }
    let closing = grid.skip();
    grid.put(closing, 1, "期末应付（含税）", Look::Total);
    grid.merge((closing, 1), (closing, 6));
    grid.put(closing, 7, account.their_closing(), Look::Total);
    (file, xlsx::workbook(&[grid]))
}

/// Traditional characters, years of the Republic, four decimals in prices.
fn paint(account: &Account, places: &mut Places) -> (String, Vec<u8>) {
    let file = "鴻棟灘塗料_對帳單_11510.xlsx".to_owned();
    let mut grid = Grid::new("應收對帳", &[12.0, 14.0, 10.0, 18.0, 10.0, 6.0, 12.0, 13.0, 14.0]);
    grid.banner(0, 9, account.supplier.name, Look::Title);
    grid.banner(0, 9, "應收帳款對帳單", Look::Title);
    grid.banner(0, 9, &format!("客戶：{FIRM_HANT}　　帳款月份：115/10　　幣別：RMB"), Look::Plain);
    let names =
        ["出貨日期", "送貨單號", "品號", "品名規格", "數量", "單位", "單價", "金額", "備註"];
    grid.row(0, Look::Header, names.map(text));
    let opening = grid.skip();
    grid.put(opening, 3, "前期未付", Look::Plain);
    grid.put(opening, 7, account.their_opening, Look::Money);
    for line in &account.theirs {
        let date =
            format!("{}/{:02}/{:02}", line.day.year() - 1911, line.day.month(), line.day.day());
        let row = match account.goods(line) {
            Some(goods) => grid.row(
                0,
                Look::Plain,
                [
                    date.into(),
                    text(&line.document),
                    text(goods.code),
                    format!("{} {}", traditional(goods.name), goods.spec).into(),
                    line.quantity.into(),
                    text(goods.unit),
                    line.price.into(),
                    line.amount.into(),
                    blank(),
                ],
            ),
            None => grid.row(
                0,
                Look::Plain,
                [
                    date.into(),
                    blank(),
                    blank(),
                    text("收款"),
                    blank(),
                    blank(),
                    blank(),
                    line.amount.into(),
                    text("匯款"),
                ],
            ),
        };
        note(places, account, line, &format!("{file}#應收對帳"), row);
    }
    let total = grid.skip();
    grid.put(total, 0, "合　　計", Look::Total);
    grid.put(total, 7, account.their_closing(), Look::Total);
    grid.skip();
    grid.banner(0, 9, "製表：會計甲　　　核准：　　　　客戶簽認：", Look::Plain);
    (file, xlsx::workbook(&[grid]))
}

/// The paints' names as their maker writes them.
fn traditional(name: &str) -> &str {
    match name {
        "PU面漆" => "PU面漆",
        "PU底漆" => "PU底漆",
        "固化剂" => "固化劑",
        "稀释剂" => "稀釋劑",
        _ => name,
    }
}

/// English: debit, credit, balance; dates as text, the day first.
fn fittings(account: &Account, places: &mut Places) -> (String, Vec<u8>) {
    let file = "Northmere_Statement_Oct2026.xlsx".to_owned();
    let mut grid = Grid::new("SOA", &[12.0, 12.0, 10.0, 24.0, 9.0, 7.0, 10.0, 13.0, 13.0, 14.0]);
    grid.banner(0, 10, "NORTHMERE FITTINGS (HK) LIMITED", Look::Title);
    grid.banner(0, 10, "STATEMENT OF ACCOUNT", Look::Title);
    let to = grid.skip();
    grid.put(to, 0, "To:", Look::Plain);
    grid.put(to, 1, FIRM_EN, Look::Plain);
    grid.put(to, 6, "Period:", Look::Plain);
    grid.put(to, 7, "26 Sep 2026 - 25 Oct 2026", Look::Plain);
    grid.skip();
    let names = [
        "Date",
        "DN No.",
        "Item",
        "Description",
        "Qty",
        "UOM",
        "Unit Price",
        "Debit",
        "Credit",
        "Balance",
    ];
    grid.row(0, Look::Header, names.map(text));
    let mut balance = account.their_opening;
    let opening = grid.skip();
    grid.put(opening, 3, "Balance brought forward", Look::Plain);
    grid.put(opening, 9, balance, Look::Money);
    let (mut debit, mut credit) = (Decimal::ZERO, Decimal::ZERO);
    for line in &account.theirs {
        balance += line.amount;
        let date = format!("{:02}/{:02}/{}", line.day.day(), line.day.month(), line.day.year());
        let row = match account.goods(line) {
            Some(goods) => grid.row(
                0,
                Look::Plain,
                [
                    date.into(),
                    text(&line.document),
                    text(goods.code),
                    format!("{} {}", goods.name, goods.spec).into(),
                    line.quantity.into(),
                    text(goods.unit),
                    line.price.into(),
                    line.amount.into(),
                    blank(),
                    balance.into(),
                ],
            ),
            None => {
                let is_payment = line.kind == Kind::Payment;
                let what = if is_payment { "Payment received - thank you" } else { line.text };
                let (on_debit, on_credit) = match is_payment {
                    true => (blank(), (-line.amount).into()),
                    false => (line.amount.into(), blank()),
                };
                grid.row(
                    0,
                    Look::Plain,
                    [
                        date.into(),
                        blank(),
                        blank(),
                        text(what),
                        blank(),
                        blank(),
                        blank(),
                        on_debit,
                        on_credit,
                        balance.into(),
                    ],
                )
            }
        };
        if line.amount.is_sign_negative() {
            credit -= line.amount;
        } else {
            debit += line.amount;
        }
        note(places, account, line, &format!("{file}#SOA"), row);
    }
    let total = grid.skip();
    grid.put(total, 0, "TOTAL", Look::Total);
    grid.put(total, 7, debit, Look::Total);
    grid.put(total, 8, credit, Look::Total);
    grid.put(total, 9, balance, Look::Total);
    grid.skip();
    grid.banner(0, 10, "E. & O. E.   Please report any discrepancy within 7 days.", Look::Plain);
    (file, xlsx::workbook(&[grid]))
}
