use rust_decimal::Decimal;

use super::fixtures::{in_october, table, table_named};
use super::*;

fn codes<T>(records: &Records<T>) -> Vec<&'static str> {
    records.findings.iter().map(|finding| finding.code.0).collect()
}

fn names<'a>(
    parties: impl Iterator<Item = &'a Option<crate::location::Located<std::sync::Arc<str>>>>,
) -> Vec<String> {
    parties.flatten().map(|party| party.value.to_string()).collect()
}

#[test]
fn receipts_count_what_was_received_and_keep_every_row() {
    let text = "入库明细表 2026年10月|||||||||
供应商|入库日期|入库单号|送货单号|物料编码|品名|单位|送货数量|实收数量|单价(元)|金额(元)
恒锦川织造|10.7|RK1|HJ1|FB-1|布|米|1000|980|18.9|=18522
恒锦川织造|2026年10月8日|RK2|HJ2|'00152|线|个|10||4.2|
丽彩坊|'20261009|RK3|LC1|LB-1|吊牌|个|5|'-5个|2|-10
丽彩坊|10.10|RK4|LC2|LB-2|吊牌|个||||
合计||||||||||18554";
    let read = in_october(|context| receipts(&table("goods_receipt", text), context));
    assert_eq!((read.lines.len(), read.body, read.rejected), (3, 4, 1));
    assert_eq!(codes(&read), ["amount-computed", "rejected-row"]);
    let [first, second, third] = &read.lines[..] else { panic!() };
    assert_eq!(first.quantity, Some(Decimal::from(980)));
    assert_eq!(first.delivered, Some(Decimal::from(1000)));
    assert_eq!(first.amount, Decimal::from(18522));
    assert_eq!(first.date.map(|day| day.to_string()).as_deref(), Some("2026-10-07"));
    assert_eq!(second.item.code.as_deref(), Some("00152"));
    assert_eq!(second.quantity, Some(Decimal::from(10)));
    assert_eq!(second.amount, Decimal::from(42));
    assert!(second.amount_computed);
    assert_eq!(third.amount, Decimal::from(-10));
    assert_eq!(third.quantity, Some(Decimal::from(-5)));
    assert_eq!(
        names(read.lines.iter().map(|line| &line.party)),
        ["恒锦川织造", "恒锦川织造", "丽彩坊"]
    );
}

#[test]
fn receipts_of_one_supplier_are_known_by_what_stands_around_them() {
    let text = "采购入库单|||供应商：中山XX灯饰厂|||
入库日期|入库单号|品名|数量|单价|金额
2026-10-05|RK1|台灯|'300个|5.60|'1,680.00";
    let read = in_october(|context| {
        receipts(&table_named("丽彩坊10月入库.xlsx", "goods_receipt", text), context)
    });
    assert_eq!(read.lines[0].amount, Decimal::new(168_000, 2));
    assert_eq!(read.lines[0].unit.as_deref(), Some("个"));
    let hints: Vec<(&str, HintFrom)> =
        read.party_hints.iter().map(|hint| (hint.text.as_str(), hint.from)).collect();
    assert_eq!(hints.first(), Some(&("中山XX灯饰厂", HintFrom::Fact)));
    assert!(hints.contains(&("丽彩坊10月入库", HintFrom::File)));
}

#[test]
fn returns_and_deductions_are_negative_however_the_register_prints_them() {
    let text = "日期|单号|供应商|品名|数量|单价|金额|原因|已扣月份
10.15|TH1|恒锦川织造|牛仔布|36|23.5|846|色差，整匹退回|10月
10.20|KK1|恒锦川织造|扣款||||300|
10.21|TH2|丽彩坊|吊牌|10|2||印错|
10.22|KK2|丽彩坊|||||交期延误|
10.23|TH3|丽彩坊|吊牌|5|2|-10|退货冲回|";
    // The amount of the deduction stands under 原因 by mistake: no amount.
    let read = in_october(|context| returns(&table("supplier_returns", text), context));
    let lines: Vec<(EntryType, String)> = read
        .lines
        .iter()
        .map(|line| (line.entry_type, line.amount.normalize().to_string()))
        .collect();
    assert_eq!(
        lines,
        [
            (EntryType::Return, "-846".to_owned()),
            (EntryType::Return, "-20".to_owned()),
            (EntryType::Return, "10".to_owned()),
        ]
    );
    assert_eq!(read.lines[0].quantity, Some(Decimal::from(-36)));
    assert_eq!(read.lines[2].quantity, Some(Decimal::from(5)));
    assert_eq!((read.body, read.rejected), (5, 2));
    let text = "退货日期|退货单号|供应商|品名|退货数量|扣款金额|退货原因
2026-10-15|TH1|甲厂|牛仔布|36|-846|色差
2026-10-16|KK1|甲厂|||-150|短交扣款";
    let read = in_october(|context| returns(&table("supplier_returns", text), context));
    let types: Vec<EntryType> = read.lines.iter().map(|line| line.entry_type).collect();
    assert_eq!(types, [EntryType::Return, EntryType::Deduction]);
    assert!(read.lines.iter().all(|line| line.amount < Decimal::ZERO));
}

#[test]
fn payments_are_negative_and_a_refund_is_not() {
    let text = "付款登记表（2026年10月）||||||
付款日期|收款单位|付款金额|付款方式|货款月份|备注
2026-10-08|绍兴恒锦川织造有限公司|'86,420.50|转账|9月|
10.9|丽彩坊|7312.4|微信|9月|
10.12|丽彩坊|-12.4|微信|9月|多付退回
10.13|电费|待定|转账||";
    let read = in_october(|context| payments(&table("payment_register", text), context));
    let amounts: Vec<String> = read.lines.iter().map(|line| line.amount.to_string()).collect();
    assert_eq!(amounts, ["-86420.50", "-7312.4", "12.4"]);
    assert_eq!(read.lines[1].for_period.as_deref(), Some("9月"));
    assert_eq!(codes(&read), ["bad-number", "rejected-row"]);
    assert_eq!(read.period.map(|period| period.to_string()).as_deref(), Some("2026-10"));
}

#[test]
fn prices_say_their_unit_tax_and_days() {
    let text = "供应商|物料编码|品名|单位|单价|含税/未税|每箱数量|生效日期|失效日期
甲厂|BT-1|纽扣|个|0.035|含税|1000|2026-03-01|2026-10-31
乙行|BT-2|纽扣|个|0.1|未税||2026-03-01|
乙行|BT-3|纽扣|个|面议|||2026-03-01|";
    let read = in_october(|context| prices(&table("price_list", text), context));
    assert_eq!((read.lines.len(), read.rejected), (2, 1));
    assert_eq!(codes(&read), ["bad-number", "rejected-row"]);
    let [first, second] = &read.lines[..] else { panic!() };
    assert_eq!((first.tax_included, second.tax_included), (Some(true), Some(false)));
    assert_eq!(first.pack_factor, Some(Decimal::from(1000)));
    assert_eq!(first.valid_to.map(|day| day.to_string()).as_deref(), Some("2026-10-31"));
    assert_eq!(second.valid_to, None);
    let orders = "采购单号|供应商|采购日期|物料编码|品名|单位|采购数量|含税单价
CG1|甲厂|2026-10-20|BT-1|纽扣|个|500|0.036";
    let read = in_october(|context| prices(&table("purchase_order", orders), context));
    assert_eq!(&*read.lines[0].order_nos[0].text, "CG1");
    assert_eq!(read.lines[0].tax_included, Some(true));
}

#[test]
fn what_last_period_left_is_read() {
    let balances = "2026年9月30日 应付账款余额（对账后）|||||
序号|供应商|我方期末余额|对方期末余额|差额|差额说明
1|绍兴恒锦川织造有限公司|115253.3|86420.5|28832.8|9月底到货未开单
2|丽彩坊|'7,312.40|-||";
    let read = in_october(|context| balance_lines(&table("supplier_balances", balances), context));
    assert_eq!(read.lines.len(), 2);
    let ours =
        |at: usize| read.lines[at].ours.as_ref().map(|ours| ours.value.normalize().to_string());
    assert_eq!(ours(1).as_deref(), Some("7312.4"));
    assert_eq!(read.lines[1].theirs, None);
    assert_eq!(read.lines[0].at.cell.to_string(), "C3");

    let open = "供应商|入库日期|送货单号|物料编码|品名|数量|单价|金额|状态|预计月份
甲厂|2026-09-29|HJ1|FB-1|布|914|18.6|17000.4|已收未开单|2026-10
甲厂|2026-09-30|HJ2|FB-1|布|10|18.6|186|已开单未收|2026-10
甲厂|2026-09-30|||付款|||500|在途|2026-10";
    let read = in_october(|context| open_items(&table("open_items", open), context));
    let items: Vec<(EntryType, bool, String)> = read
        .lines
        .iter()
        .map(|item| (item.entry_type, item.theirs, item.amount.normalize().to_string()))
        .collect();
    assert_eq!(
        items,
        [
            (EntryType::Goods, false, "17000.4".to_owned()),
            (EntryType::Goods, true, "186".to_owned()),
            (EntryType::Payment, true, "-500".to_owned()),
        ]
    );

    let settled = "供应商|送货日期|送货单号|金额|结算
顺达坡纸箱厂|2026-09-22|SD26092241|2481.5|9月已对
顺达坡纸箱厂|2026-09-23|||9月已对";
    let read = in_october(|context| settled_items(&table("settled_items", settled), context));
    assert_eq!((read.lines.len(), read.rejected), (1, 1));
    assert_eq!(read.lines[0].settled_in.as_deref(), Some("9月已对"));
}

#[test]
fn a_printed_form_says_day_and_numbers_once_above_its_lines() {
    let form = table(
        "goods_receipt",
        "采购入库单||||||单号：RK20260812-02
供应商：|甲厂||单据日期：|2026-10-12||
送货单号：|'8871||仓库：|成品仓||
序号|货号|品名|规格|数量|单价|金额
1|'00120|台灯|白|300个|5.6|1680
2|'00121|台灯|黑|200个|5.6|1120
合计||||500||2800",
    );
    let read = in_october(|context| receipts(&form, context));
    assert_eq!(read.lines.len(), 2);
    for line in &read.lines {
        assert_eq!(line.date.map(|day| day.to_string()).as_deref(), Some("2026-10-12"));
        let numbers: Vec<&str> = line.document_nos.iter().map(|no| &*no.text).collect();
        assert_eq!(numbers, ["8871"]);
        let own = line.receipt_no.as_ref().map(|no| &*no.text);
        assert_eq!(own, Some("RK20260812-02"));
    }
}

#[test]
fn a_note_about_one_supplier_holds_for_its_rows_alone() {
    let register = table(
        "goods_receipt",
        "入库登记  单位：元  注：甲布业单价为未税价，其余为结算价
供应商|入库日期|送货单号|品名|数量|单价|金额
甲布业|2026-10-08|A1|布|10|2|20
乙五金|2026-10-08|B1|扣|10|3|30",
    );
    let read = in_october(|context| receipts(&register, context));
    let said: Vec<Option<bool>> = read.lines.iter().map(|line| line.tax_included).collect();
    assert_eq!(said, [Some(false), None]);
}
