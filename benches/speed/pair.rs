//! The data that is measured: a statement of suppliers and the receipts
//! behind it, N rows × 12 columns each; a shop's orders and the register of
//! them. Made from nothing but N.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{Format, Workbook, Worksheet};

use crate::Outcome;

/// The days of the month, as a spreadsheet counts them: 2026-10-01 is the first.
const FIRST_DAY: u32 = 46_296;

/// The columns of the statement and of the receipts.
const STATEMENT: [&str; 12] = [
    "送货日期",
    "供应商",
    "送货单号",
    "采购单号",
    "物料编码",
    "品名",
    "规格",
    "单位",
    "数量",
    "单价",
    "金额",
    "备注",
];
const RECEIPTS: [&str; 12] = [
    "入库日期",
    "供应商",
    "送货单号",
    "采购单号",
    "物料编码",
    "品名",
    "规格",
    "单位",
    "入库数量",
    "单价",
    "金额",
    "仓库",
];

/// The columns of a platform's export of orders, and of the register of them.
const ORDERS: [&str; 13] = [
    "订单编号",
    "买家会员名",
    "买家应付货款",
    "买家应付邮费",
    "总金额",
    "买家实际支付金额",
    "订单状态",
    "订单创建时间",
    "订单付款时间",
    "宝贝标题",
    "宝贝总数量",
    "店铺名称",
    "退款金额",
];
const REGISTER: [&str; 6] = ["日期", "店铺", "ID号", "订单号", "金额", "登记人"];

const TOWNS: [&str; 8] = ["东莞", "深圳", "广州", "佛山", "中山", "惠州", "宁波", "义乌"];
const NAMES: [&str; 25] = [
    "永跃", "宏达", "金源", "正泰", "丰华", "顺昌", "美亚", "联兴", "新艺", "海天", "旭日", "嘉盛",
    "友邦", "恒通", "瑞丰", "百利", "长城", "万安", "德信", "华美", "明辉", "鑫隆", "东方", "时代",
    "力行",
];
const GOODS: [&str; 10] = [
    "尼龙拉链",
    "金属拉链",
    "四合扣",
    "涤纶线",
    "织带",
    "吊牌",
    "洗水唛",
    "包装袋",
    "里布",
    "粘合衬",
];
const SIZES: [&str; 6] = ["5#闭尾", "3#开尾", "15mm", "20mm", "150cm", "60*90"];
const REMARKS: [&str; 4] = ["", "", "急件", "补货"];

/// A side of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Statement,
    Receipts,
    Orders,
    Register,
}

/// One cell.
enum Value {
    Day(u32),
    Text(String),
    /// A number of so many decimals.
    Number(i64, u32),
}

impl Side {
    fn headers(self) -> &'static [&'static str] {
        match self {
            Side::Statement => &STATEMENT,
            Side::Receipts => &RECEIPTS,
            Side::Orders => &ORDERS,
            Side::Register => &REGISTER,
        }
    }

    /// Returns row `nth`.
    fn row(self, nth: u64) -> Vec<Value> {
        let mut luck = nth.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5DEE_CE66;
        let pick = |of: usize| {
            luck = (luck ^ (luck >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            (luck >> 33) as usize % of
        };
        match self {
            Side::Statement | Side::Receipts => self.delivery(nth, pick),
            Side::Orders | Side::Register => self.order(nth, pick),
        }
    }

    /// Returns a delivery. Of a hundred one differs in its quantity and one
    /// has no partner.
    fn delivery(self, nth: u64, mut pick: impl FnMut(usize) -> usize) -> Vec<Value> {
        let text = |text: &str| Value::Text(text.to_owned());
        // Three lines a note, one supplier a note.
        let note = nth / 3;
        let supplier = (note.wrapping_mul(7919) % 200) as usize;
        let is_receipt = self == Side::Receipts;
        let stray = if nth % 100 == 99 && is_receipt { "R" } else { "" };
        let (day, goods, size, batch) = (pick(31) as u32, pick(10), pick(6), pick(400));
        let (mut quantity, price, remark) =
            (pick(990) as i64 + 10, pick(9_000) as i64 + 15, pick(4));
        if nth % 100 == 50 && is_receipt {
            quantity -= 1;
        }
        vec![
            Value::Day(FIRST_DAY + day),
            Value::Text(format!("{}{}辅料有限公司", TOWNS[supplier % 8], NAMES[supplier / 8])),
            Value::Text(format!("SH2610{note:07}{stray}")),
            Value::Text(format!("PO26{:05}", note / 20)),
            Value::Text(format!("{}-{goods}{size}{batch:03}-{}", ["FL", "BZ"][goods / 5], nth % 3)),
            text(GOODS[goods]),
            text(SIZES[size]),
            text(["条", "个", "米", "卷"][goods % 4]),
            Value::Number(quantity, 0),
            Value::Number(price, 2),
            Value::Number(quantity * price, 2),
            text(if is_receipt { ["原料仓", "辅料仓"][goods / 5] } else { REMARKS[remark] }),
        ]
    }

    /// Returns an order. Of a hundred three were never paid; the register has
    /// another amount for three, and the numbers of five as spreadsheets leave
    /// them, or none.
    fn order(self, nth: u64, mut pick: impl FnMut(usize) -> usize) -> Vec<Value> {
        let text = |text: &str| Value::Text(text.to_owned());
        let number = 3_250_000_000_000_000_000 + nth * 2_000_000_003 + pick(1_000_000_000) as u64;
        let buyer = format!("tb_{}", pick(1_000_000));
        let goods = [990, 1_280, 1_990, 2_580, 4_560, 5_800, 9_900, 36_900][pick(8)];
        let (postage, day) = ([0, 0, 600, 1_000][pick(4)], pick(31) as u32);
        let is_paid = nth % 100 >= 3;
        let paid = if is_paid { goods + postage } else { 0 };
        let yuan = |fen: i64| Value::Text(format!("{}.{:02}", fen / 100, fen % 100));
        if self == Side::Register {
            let number = match nth % 100 {
                10..13 => format!("{}0000", number / 10_000),
                13 => format!("{:.2E}", number as f64),
                14 => String::new(),
                _ => number.to_string(),
            };
            let booked = if (20..23).contains(&(nth % 100)) { paid + 600 } else { paid };
            return vec![
                Value::Day(FIRST_DAY + day),
                text("A店"),
                Value::Text(buyer),
                Value::Text(number),
                Value::Number(booked, 2),
                text("客服A"),
            ];
        }
        let moment = |hour: u32| format!("2026-10-{:02} {hour}:00:00", day + 1);
        vec![
            Value::Text(number.to_string()),
            Value::Text(buyer),
            yuan(goods),
            yuan(postage),
            yuan(goods + postage),
            yuan(paid),
            text(if is_paid { "交易成功" } else { "等待买家付款" }),
            Value::Text(moment(10)),
            Value::Text(if is_paid { moment(11) } else { "null".to_owned() }),
            text("原木床头台灯 黑色"),
            Value::Number(pick(3) as i64 + 1, 0),
            text("青竹灯饰"),
            text("无退款申请"),
        ]
    }
}

/// Writes a side of `rows` rows into `folder` as a workbook; returns where.
pub(crate) fn workbook(folder: &Path, side: Side, rows: u32) -> Outcome<PathBuf> {
    let path = folder.join(format!("{}.xlsx", name(side)));
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = book.add_worksheet_with_low_memory()?;
    for (col, header) in (0..).zip(side.headers()) {
        sheet.write_string(0, col, *header)?;
    }
    for row in 0..rows {
        for (col, value) in (0..).zip(side.row(row.into())) {
            write(sheet, row + 1, col, &value, &day)?;
        }
    }
    book.save(&path)?;
    Ok(path)
}

fn write(sheet: &mut Worksheet, row: u32, col: u16, value: &Value, day: &Format) -> Outcome<()> {
    match value {
        Value::Day(serial) => sheet.write_number_with_format(row, col, *serial, day)?,
        Value::Text(text) if text.is_empty() => return Ok(()),
        Value::Text(text) => sheet.write_string(row, col, text)?,
        Value::Number(number, scale) => {
            sheet.write_number(row, col, *number as f64 / f64::from(10_u32.pow(*scale)))?
        }
    };
    Ok(())
}

/// Writes a side of `rows` rows into `folder` as a text file; returns where.
pub(crate) fn csv(folder: &Path, side: Side, rows: u32) -> Outcome<PathBuf> {
    let path = folder.join(format!("{}.csv", name(side)));
    let mut out = BufWriter::new(File::create(&path)?);
    writeln!(out, "{}", side.headers().join(","))?;
    for row in 0..rows {
        let cells = side.row(row.into()).into_iter().map(|value| match value {
            Value::Day(serial) => format!("2026-10-{:02}", serial - FIRST_DAY + 1),
            Value::Text(text) => text,
            Value::Number(number, 0) => number.to_string(),
            Value::Number(number, _) => format!("{}.{:02}", number / 100, number % 100),
        });
        writeln!(out, "{}", cells.collect::<Vec<String>>().join(","))?;
    }
    out.flush()?;
    Ok(path)
}

fn name(side: Side) -> &'static str {
    match side {
        Side::Statement => "供应商对账单",
        Side::Receipts => "采购入库明细",
        Side::Orders => "ExportOrderList",
        Side::Register => "ID号登记",
    }
}
