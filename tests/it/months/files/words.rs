//! What suppliers and clerks call their columns, in three languages.

use super::super::random::Random;

/// A language a paper is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tongue {
    Hans,
    Hant,
    English,
}

/// A column of a statement or register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Line,
    Date,
    /// The day our warehouse took it in.
    Arrived,
    Month,
    Day,
    Number,
    Receipt,
    Supplier,
    Code,
    Item,
    Unit,
    Pack,
    Quantity,
    Received,
    Price,
    Amount,
    TaxRate,
    Returned,
    Deducted,
    Paid,
    Debit,
    Credit,
    Balance,
    Warehouse,
    Remark,
}

type Words = (Column, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

const WORDS: [Words; 25] = [
    (Column::Line, &["序号", "项次"], &["項次", "序號"], &["No.", "S/N"]),
    (
        Column::Date,
        &["日期", "送货日期", "发货日期"],
        &["日期", "送貨日期", "出貨日期"],
        &["Date", "Delivery Date"],
    ),
    (
        Column::Arrived,
        &["入库日期", "收货日期", "日期", "到货日期", "送货日期"],
        &["進貨日期", "驗收日期"],
        &["Received Date"],
    ),
    (Column::Month, &["月"], &["月"], &["Month"]),
    (Column::Day, &["日"], &["日"], &["Day"]),
    (
        Column::Number,
        &["送货单号", "单号", "送货单编号"],
        &["送貨單號", "單號"],
        &["DN No.", "Delivery Note", "Doc No."],
    ),
    (
        Column::Receipt,
        &["入库单号", "收货单号"],
        &["進貨單號", "入庫單號"],
        &["GRN No.", "Receipt No"],
    ),
    (
        Column::Supplier,
        &["供应商", "供应商名称", "供货单位"],
        &["供應商", "廠商名稱"],
        &["Supplier", "Vendor"],
    ),
    (
        Column::Code,
        &["货号", "物料编码", "产品编号"],
        &["品號", "料號"],
        &["Item Code", "Art. No."],
    ),
    (
        Column::Item,
        &["品名规格", "货物名称", "品名及规格", "名称"],
        &["品名規格", "品名"],
        &["Description", "Item Description"],
    ),
    (Column::Unit, &["单位"], &["單位"], &["Unit", "UOM"]),
    (Column::Pack, &["装箱数", "每箱数量"], &["裝箱數"], &["PCS/CTN"]),
    (Column::Quantity, &["数量", "送货数量"], &["數量", "送貨數量"], &["Qty", "Quantity"]),
    (
        Column::Received,
        &["实收数量", "入库数量", "数量"],
        &["驗收數量", "入庫數量"],
        &["Received Qty", "Accepted Qty"],
    ),
    (Column::Price, &["单价", "单价(元)"], &["單價"], &["Unit Price", "U/Price"]),
    (Column::Amount, &["金额", "金额(元)", "货款金额"], &["金額"], &["Amount"]),
    (Column::TaxRate, &["税率"], &["稅率"], &["Tax Rate"]),
    (Column::Returned, &["退货金额", "退货"], &["退貨金額"], &["Returns"]),
    (Column::Deducted, &["扣款", "扣款金额"], &["扣款"], &["Deduction"]),
    (Column::Paid, &["已付款", "付款金额"], &["已付金額"], &["Paid", "Payment"]),
    (Column::Debit, &["借方"], &["借方"], &["Debit"]),
    (Column::Credit, &["贷方"], &["貸方"], &["Credit"]),
    (Column::Balance, &["余额", "累计应付"], &["餘額"], &["Balance"]),
    (Column::Warehouse, &["仓库"], &["倉庫"], &["Warehouse"]),
    (Column::Remark, &["备注"], &["備註"], &["Remark"]),
];

/// Picks a word for a column.
pub(crate) fn header(column: Column, tongue: Tongue, random: &mut Random) -> &'static str {
    let words =
        WORDS.iter().find(|(of, ..)| *of == column).map(|(_, hans, hant, english)| match tongue {
            Tongue::Hans => hans,
            Tongue::Hant => hant,
            Tongue::English => english,
        });
    words.map_or("", |words| pick(words, random))
}

fn pick(words: &[&'static str], random: &mut Random) -> &'static str {
    words[random.below(words.len())]
}

/// The words of a statement's balance and money rows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows {
    pub(crate) title: &'static str,
    pub(crate) opening: &'static str,
    pub(crate) closing: &'static str,
    pub(crate) total: &'static str,
    pub(crate) subtotal: &'static str,
    pub(crate) payment: &'static str,
    pub(crate) returned: &'static str,
}

/// Returns them in a language.
pub(crate) fn rows(tongue: Tongue, random: &mut Random) -> Rows {
    match tongue {
        Tongue::Hans => Rows {
            title: pick(&["对账单", "供应商对账单", "10月份对账单", "往来对账明细"], random),
            opening: pick(&["上期结余", "上月结欠", "期初余额", "上期欠款"], random),
            closing: pick(&["本期应付合计", "期末余额", "本月结欠"], random),
            total: pick(&["合计", "总计"], random),
            subtotal: "小计",
            payment: pick(&["付款", "收到货款", "已付货款"], random),
            returned: "退货",
        },
        Tongue::Hant => Rows {
            title: pick(&["對帳單", "應收帳款對帳單"], random),
            opening: pick(&["前期未付", "上期結餘"], random),
            closing: pick(&["本期應付", "期末餘額"], random),
            total: "合計",
            subtotal: "小計",
            payment: "付款",
            returned: "退貨",
        },
        Tongue::English => Rows {
            title: "STATEMENT OF ACCOUNT",
            opening: pick(&["Balance brought forward", "Opening balance"], random),
            closing: "Closing balance",
            total: "TOTAL",
            subtotal: "Subtotal",
            payment: "Payment received",
            returned: "Goods returned",
        },
    }
}
