//! Our own registers: receipts, returns and deductions, payments, agreed
//! prices, and what September left open.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::accounts::{Account, Kind, Line, day};
use super::goods::FIRM;
use super::grid::{Grid, Look, Value};
use super::{Paper, Places, xlsx};

/// Writes the registers, and notes where each line stands.
pub(super) fn papers(accounts: &[Account], places: &mut Places) -> Vec<(String, Vec<u8>)> {
    vec![
        receipts(accounts, places),
        returns(accounts, places),
        payments(accounts, places),
        prices(accounts),
        september(accounts, places),
    ]
}

fn text(text: &str) -> Value {
    Value::from(text)
}

fn note(places: &mut Places, account: &Account, line: &Line, sheet: &str, row: u32) {
    places.add(Paper::Ours, account, &line.key, format!("{sheet}!{}", row + 1));
}

/// Most dates are dates; every few rows one was typed some other way.
fn zoo(date: NaiveDate, nth: usize) -> Value {
    let (month, day) = (date.month(), date.day());
    match nth % 9 {
        4 => format!("{month}.{day}").into(),
        6 => format!("2026年{month}月{day}日").into(),
        7 => date.format("%Y%m%d").to_string().into(),
        _ => date.into(),
    }
}

/// Every few rows a quantity was typed as text, once with its unit.
fn typed(line: &Line, unit: &str, nth: usize) -> Value {
    match nth % 17 {
        5 => line.quantity.to_string().into(),
        11 => format!("{}{unit}", line.quantity).into(),
        _ => line.quantity.into(),
    }
}

/// Every goods receipt of the month: a supplier's name once over all its
/// rows, its subtotal below, amounts as formulas, a hidden row.
fn receipts(accounts: &[Account], places: &mut Places) -> (String, Vec<u8>) {
    let file = "入库登记2026年10月.xlsx".to_owned();
    let widths = [6.0, 14.0, 14.0, 14.0, 12.0, 10.0, 16.0, 18.0, 6.0, 11.0, 10.0, 14.0, 10.0, 14.0];
    let mut grid = Grid::new("10月", &widths);
    grid.banner(0, 14, &format!("{FIRM}　采购入库登记表"), Look::Title);
    let remark = "2026年10月　　单位：元　　注：彩棉塘布业单价为未税价，其余为结算价";
    grid.banner(0, 14, remark, Look::Plain);
    let names = [
        "序号",
        "供应商",
        "入库日期",
        "入库单号",
        "送货单号",
        "物料编码",
        "品名",
        "规格",
        "单位",
        "实收数量",
        "单价\n(元)",
        "金额\n(元)",
        "仓管",
        "备注",
    ];
    grid.row(0, Look::Header, names.map(text));
    let (mut nth, mut subtotals, mut sum) = (0, Vec::new(), Decimal::ZERO);
    for account in accounts {
        let first = 3 + nth as u32 + subtotals.len() as u32;
        let mut amount = Decimal::ZERO;
        for line in account.ours.iter().filter(|line| line.kind == Kind::Goods) {
            let row = grid.skip();
            receipt(&mut grid, row, nth, account, line);
            note(places, account, line, &format!("{file}#10月"), row);
            amount += line.amount;
            nth += 1;
        }
        let last = 3 + nth as u32 + subtotals.len() as u32 - 1;
        grid.put(first, 1, account.supplier.short, Look::Plain);
        grid.merge((first, 1), (last, 1));
        let row = grid.skip();
        grid.put(row, 0, "小计", Look::Total);
        grid.merge((row, 0), (row, 8));
        let formula = format!("=SUM(L{}:L{})", first + 1, last + 1);
        grid.put(row, 11, Value::Formula(formula, amount), Look::Total);
        subtotals.push(format!("L{}", row + 1));
        sum += amount;
    }
    grid.hidden_rows.push(29);
    let row = grid.skip();
    grid.put(row, 0, "总计", Look::Total);
    grid.put(row, 11, Value::Formula(format!("={}", subtotals.join("+")), sum), Look::Total);
    grid.skip();
    grid.banner(0, 14, "制表：仓管甲　　　　复核：跟单甲　　　　主管：仓库主管", Look::Plain);
    (file, xlsx::workbook(&[grid]))
}

fn receipt(grid: &mut Grid, row: u32, nth: usize, account: &Account, line: &Line) {
    // The other party's goods that were booked here keep their own names.
    let foreign = line.key.strip_prefix("foam ").is_some();
    let goods = match foreign {
        true => line.goods.map(|at| &super::goods::SUPPLIERS[super::goods::FOAM].goods[at]),
        false => account.goods(line),
    };
    let Some(goods) = goods else { return };
    let number = format!("RK{}-{:02}", line.day.format("%m%d"), nth % 7 + 1);
    // A number without its zeros was typed as one.
    let document = match line.document.parse::<Decimal>() {
        Ok(number) if !line.document.starts_with('0') => number.into(),
        _ => text(&line.document),
    };
    let formula = format!("=ROUND(J{}*K{},2)", row + 1, row + 1);
    let cells: [(u16, Value); 13] = [
        (0, Decimal::from(nth as u64 + 1).into()),
        (2, zoo(line.day, nth)),
        (3, number.into()),
        (4, document),
        (5, text(goods.code)),
        (6, text(goods.name)),
        (7, text(goods.spec)),
        (8, text(goods.unit)),
        (9, typed(line, goods.unit, nth)),
        (10, line.price.into()),
        (11, Value::Formula(formula, line.amount)),
        (12, text(["仓管甲", "仓管乙"][nth % 2])),
        (13, text(if nth == 40 { "外包装破损，已拍照" } else { "" })),
    ];
    for (col, value) in cells {
        let look = match &value {
            Value::Date(_) => Look::Date,
            Value::Formula(..) => Look::Money,
            _ => Look::Plain,
        };
        grid.put(row, col, value, look);
    }
}

/// Returns and deductions, with positive amounts and short names.
fn returns(accounts: &[Account], places: &mut Places) -> (String, Vec<u8>) {
    let file = "退货扣款登记.xlsx".to_owned();
    let mut grid = Grid::new("2026年", &[10.0, 16.0, 16.0, 22.0, 10.0, 10.0, 12.0, 22.0, 10.0]);
    grid.banner(0, 9, "退货／扣款登记表", Look::Title);
    let names = ["日期", "单号", "供应商", "品名", "数量", "单价", "金额", "原因", "扣款月份"];
    grid.row(0, Look::Header, names.map(text));
    let mut sum = Decimal::ZERO;
    for account in accounts {
        let is_here = |line: &&Line| matches!(line.kind, Kind::Return | Kind::Deduction);
        for line in account.ours.iter().filter(is_here) {
            let date = format!("{}.{}", line.day.month(), line.day.day());
            let short = text(account.supplier.short);
            let row = match account.goods(line) {
                Some(goods) => grid.row(
                    0,
                    Look::Plain,
                    [
                        date.into(),
                        text(&line.document),
                        short,
                        format!("{} {}", goods.name, goods.spec).into(),
                        (-line.quantity).into(),
                        line.price.into(),
                        (-line.amount).into(),
                        text("质量不合格，退回"),
                        text("10月"),
                    ],
                ),
                None => grid.row(
                    0,
                    Look::Plain,
                    [
                        date.into(),
                        format!("KK{}-01", line.day.format("%y%m%d")).into(),
                        short,
                        text("扣款"),
                        text(""),
                        text(""),
                        (-line.amount).into(),
                        text(line.text),
                        text("10月"),
                    ],
                ),
            };
            sum -= line.amount;
            note(places, account, line, &format!("{file}#2026年"), row);
        }
    }
    let row = grid.skip();
    grid.put(row, 0, "合计", Look::Total);
    grid.put(row, 6, sum, Look::Total);
    (file, xlsx::workbook(&[grid]))
}

/// Payments of October; two are not for goods.
fn payments(accounts: &[Account], places: &mut Places) -> (String, Vec<u8>) {
    let file = "付款登记2026.xlsx".to_owned();
    let mut grid = Grid::new("10月", &[6.0, 13.0, 30.0, 13.0, 10.0, 10.0, 8.0, 12.0, 14.0]);
    grid.banner(0, 9, "付款登记表（2026年10月）", Look::Title);
    let names = [
        "序号",
        "付款日期",
        "收款单位",
        "付款金额",
        "付款方式",
        "货款月份",
        "发票",
        "经手人",
        "备注",
    ];
    grid.row(0, Look::Header, names.map(text));
    let mut paid = Vec::new();
    for (nth, account) in accounts.iter().enumerate() {
        for line in account.ours.iter().filter(|line| line.kind == Kind::Payment) {
            let names = [account.supplier.name, account.supplier.short];
            paid.push((line.day, Some((account, line)), names[nth % 2], -line.amount));
        }
    }
    paid.push((day(10, 15), None, "电费", Decimal::new(684_720, 2)));
    paid.push((day(10, 21), None, "货车年检", Decimal::new(98_000, 2)));
    paid.sort_by_key(|(day, ..)| *day);
    let mut sum = Decimal::ZERO;
    for (nth, (day, line, payee, amount)) in paid.into_iter().enumerate() {
        let month = if line.is_some() { "9月" } else { "10月" };
        let row = grid.row(
            0,
            Look::Plain,
            [
                Decimal::from(nth as u64 + 1).into(),
                day.into(),
                text(payee),
                amount.into(),
                text(["转账", "转账", "承兑"][nth % 3]),
                text(month),
                text(if nth % 2 == 0 { "已到" } else { "未到" }),
                text("出纳甲"),
                text(if line.is_some() { "" } else { "非货款" }),
            ],
        );
        sum += amount;
        if let Some((account, line)) = line {
            note(places, account, line, &format!("{file}#10月"), row);
        }
    }
    let row = grid.skip();
    grid.put(row, 0, "合计", Look::Total);
    grid.put(row, 3, sum, Look::Total);
    (file, xlsx::workbook(&[grid]))
}

/// The agreed prices, with what a box holds.
fn prices(accounts: &[Account]) -> (String, Vec<u8>) {
    let file = "采购价格表2026.xlsx".to_owned();
    let widths = [10.0, 32.0, 12.0, 16.0, 18.0, 6.0, 11.0, 10.0, 10.0, 13.0, 14.0];
    let mut grid = Grid::new("价格表", &widths);
    grid.banner(0, 11, "采购价格表（双方确认）", Look::Title);
    let names = [
        "供应商编号",
        "供应商",
        "物料编码",
        "品名",
        "规格",
        "单位",
        "单价",
        "含税/未税",
        "每箱数量",
        "生效日期",
        "备注",
    ];
    grid.row(0, Look::Header, names.map(text));
    for (nth, account) in accounts.iter().enumerate() {
        for goods in account.supplier.goods {
            let pack = match goods.pack {
                1 => text(""),
                pack => Value::Number(pack.into()),
            };
            grid.row(
                0,
                Look::Plain,
                [
                    text(account.supplier.code),
                    text(account.supplier.name),
                    text(goods.code),
                    text(goods.name),
                    text(goods.spec),
                    text(goods.unit),
                    goods.price().into(),
                    text(if nth == super::goods::CLOTH { "未税" } else { "含税" }),
                    pack,
                    day(3, 1).into(),
                    text(if nth == super::goods::FITTINGS { "送货价" } else { "" }),
                ],
            );
        }
    }
    (file, xlsx::workbook(&[grid]))
}

/// What the September reconciliation left: balances, and goods received but
/// not billed.
fn september(accounts: &[Account], places: &mut Places) -> (String, Vec<u8>) {
    let file = "9月对账结果.xlsx".to_owned();
    let mut balances = Grid::new("应付余额", &[6.0, 32.0, 14.0, 14.0, 14.0, 32.0]);
    balances.banner(0, 6, "2026年9月30日　应付账款余额（已对账）", Look::Title);
    let names = ["序号", "供应商", "我方期末余额", "对方期末余额", "差额", "差额说明"];
    balances.row(0, Look::Header, names.map(text));
    let mut open =
        Grid::new("未清明细", &[32.0, 12.0, 14.0, 12.0, 16.0, 10.0, 10.0, 12.0, 12.0, 12.0]);
    let names = [
        "供应商",
        "入库日期",
        "送货单号",
        "物料编码",
        "品名",
        "数量",
        "单价",
        "金额",
        "状态",
        "预计月份",
    ];
    open.row(0, Look::Header, names.map(text));
    for (nth, account) in accounts.iter().enumerate() {
        let difference = account.our_opening() - account.agreed;
        let why =
            if difference.is_zero() { "" } else { "9月底到货未开单，见未清明细" };
        balances.row(
            0,
            Look::Plain,
            [
                Decimal::from(nth as u64 + 1).into(),
                text(account.supplier.name),
                account.our_opening().into(),
                account.agreed.into(),
                difference.into(),
                text(why),
            ],
        );
        for line in &account.open_items {
            let Some(goods) = account.goods(line) else { continue };
            let row = open.row(
                0,
                Look::Plain,
                [
                    text(account.supplier.name),
                    line.day.into(),
                    text(&line.document),
                    text(goods.code),
                    text(goods.name),
                    line.quantity.into(),
                    line.price.into(),
                    line.amount.into(),
                    text("已收未开单"),
                    text("2026-10"),
                ],
            );
            note(places, account, line, &format!("{file}#未清明细"), row);
        }
    }
    (file, xlsx::workbook(&[balances, open]))
}
