use proptest::prelude::*;

use super::super::EntryType::{Adjustment, Charge, Deduction, Discount, Goods, Payment, Return};
use super::super::fixtures::{in_october, table, tables};
use super::*;
use crate::finding::codes::REJECTED_ROW;

fn read(text: &str) -> Statement {
    in_october(|context| statement(&table("supplier_statement", text), context))
}

fn movements(statement: &Statement) -> Vec<(EntryType, String)> {
    let line = |line: &StatementLine| (line.entry_type, line.amount.normalize().to_string());
    statement.lines.iter().map(line).collect()
}

fn is(expected: &[(EntryType, &str)]) -> Vec<(EntryType, String)> {
    expected.iter().map(|(kind, amount)| (*kind, (*amount).to_owned())).collect()
}

fn codes(statement: &Statement) -> Vec<(&'static str, String)> {
    let code = |finding: &Finding| {
        (finding.code.0, finding.at.as_ref().map_or(String::new(), |at| at.cell.to_string()))
    };
    statement.findings.iter().map(code).collect()
}

fn figure(found: Option<&Located<Decimal>>) -> Option<String> {
    found.map(|found| found.value.normalize().to_string())
}

#[test]
fn returns_and_payments_among_the_lines_keep_their_sign() {
    let read = read(
        "中山XX灯饰厂 供应商对账单 2026年10月1日—10月31日
上期结余||||||12500|
日期|送货单号|品名|规格|数量|单价|金额|备注
10.3|8821|布料A||1000|3.20|3200|
10/12|8843|灯罩||480|12.5|6000|
10.20|8871|胶袋||2000|0.85|1700|
10.25|T003|灯罩退货||-20|12.5|-250|
||短交扣款||||-150|
10.26||付款||||-12500|转账
本期应付合计：大写 壹万零伍佰元整||||||10500|
供方(盖章)：|||需方(确认)：||||请于3日内核对回传",
    );
    let lines = [
        (Goods, "3200"),
        (Goods, "6000"),
        (Goods, "1700"),
        (Return, "-250"),
        (Deduction, "-150"),
        (Payment, "-12500"),
    ];
    assert_eq!(movements(&read), is(&lines));
    assert_eq!(figure(read.opening.as_ref()).as_deref(), Some("12500"));
    assert_eq!(figure(read.closing.as_ref()).as_deref(), Some("10500"));
    assert_eq!(figure(read.in_words.as_ref()).as_deref(), Some("10500"));
    assert_eq!(read.period.map(|period| period.to_string()).as_deref(), Some("2026-10"));
    assert_eq!(read.lines[3].quantity, Some(Decimal::from(-20)));
    assert_eq!(codes(&read), []);
    assert_eq!((read.body, read.rejected), (6, 0));
}

#[test]
fn columns_of_their_own_lower_the_balance_whatever_their_sign() {
    let read = read(
        "日期|送货单号|品名|数量|单价|金额|退货金额|扣款|已付款|余额
期初余额||||||||| 1000
2026-10-05|A101|拉链|100|2|200|||| 1200
2026-10-06|A102|拉链|50|2|100|20||| 1280
2026-10-08||色差扣款|||||30|| 1250
2026-10-09||付款||||||1000| 250",
    );
    let lines =
        [(Goods, "200"), (Goods, "100"), (Return, "-20"), (Deduction, "-30"), (Payment, "-1000")];
    assert_eq!(movements(&read), is(&lines));
    assert_eq!((read.body, read.rejected), (4, 0));
    assert_eq!(read.lines[2].at.cell.to_string(), "G4");
    assert_eq!(read.lines[2].quantity, None);
    let negative = self::read(
        "日期|送货单号|品名|数量|单价|金额|已付款
2026-10-05|A101|拉链|100|2|200|
2026-10-06||付款||||-150
2026-10-07||付款||||-50
2026-10-08||退回多付||||20",
    );
    let lines = [(Goods, "200"), (Payment, "-150"), (Payment, "-50"), (Payment, "20")];
    assert_eq!(movements(&negative), is(&lines));
}

#[test]
fn the_running_balance_says_which_of_debit_and_credit_raises_it() {
    let seller = read(
        "Date|DN No.|Description|Qty|U/Price|Debit|Credit|Balance
05/10/2026|BW1|Interlining|100|2|200||1200
13/10/2026||Payment received - T/T||||1000|200
14/10/2026|BW2|Interlining|50|2|100||300
15/10/2026|CN1|Goods returned||||40|260",
    );
    let lines = [(Goods, "200"), (Payment, "-1000"), (Goods, "100"), (Return, "-40")];
    assert_eq!(movements(&seller), is(&lines));
    let buyer = read(
        "日期|单号|摘要|数量|单价|借方|贷方|余额
2026-10-05|A1|布|100|2||200|1200
2026-10-09||付款|||1000||200
2026-10-10|A2|布|50|2||100|300",
    );
    assert_eq!(movements(&buyer), is(&[(Goods, "200"), (Payment, "-1000"), (Goods, "100")]));
}

#[test]
fn a_return_that_is_added_stays_positive_and_one_that_is_subtracted_does_not() {
    let added = read(
        "日期|单号|品名|数量|单价|金额|余额
2026-10-20|A1|松紧带|100|1|100|100
2026-10-21|T1|松紧带（退）|30|1|30|130
2026-10-22|A2|松紧带|10|1|10|140",
    );
    assert_eq!(movements(&added), is(&[(Goods, "100"), (Return, "30"), (Goods, "10")]));
    assert_eq!(added.lines[1].quantity, Some(Decimal::from(30)));
    let subtracted = read(
        "日期|单号|品名|数量|单价|金额|余额
2026-10-20|A1|松紧带|100|1|100|100
2026-10-21|T1|松紧带（退）|30|1|30|70
2026-10-22|A2|松紧带|10|1|10|80",
    );
    assert_eq!(movements(&subtracted), is(&[(Goods, "100"), (Return, "-30"), (Goods, "10")]));
    assert_eq!(subtracted.lines[1].quantity, Some(Decimal::from(-30)));
    let by_total = read(
        "日期|单号|品名|数量|单价|金额
2026-10-20|A1|松紧带|100|1|100
2026-10-21|T1|松紧带退货|30|1|30
合计|||||70",
    );
    assert_eq!(movements(&by_total), is(&[(Goods, "100"), (Return, "-30")]));
    let silent = read(
        "日期|单号|品名|数量|单价|金额
2026-10-20|A1|松紧带|100|1|100
2026-10-21|T1|松紧带退货|30|1|30
2026-10-22||付款|||50",
    );
    assert_eq!(movements(&silent), is(&[(Goods, "100"), (Return, "30"), (Payment, "-50")]));
}

#[test]
fn a_block_of_what_is_taken_off_lowers_the_balance_whatever_its_total() {
    let block = read(
        "日期|类别|摘要|金额
2026-10-09|付款||500
2026-10-11|退货|松紧带|30
合计|||530",
    );
    assert_eq!(movements(&block), is(&[(Payment, "-500"), (Return, "-30")]));
}

#[test]
fn a_word_for_what_is_owed_is_no_payment_beside_payments() {
    let sums = read(
        "日期|单号|品名|数量|单价|金额|已付款
2026-10-20|A1|松紧带|100|1|100|
2026-10-21||货款|||40|
2026-10-22||付款||||50
期末余额|||||90",
    );
    assert_eq!(movements(&sums), is(&[(Goods, "100"), (Goods, "40"), (Payment, "-50")]));
    let payments = read(
        "日期|单号|品名|数量|单价|金额
2026-10-20|A1|松紧带|100|1|100
2026-10-21||货款|||40
合计|||||60",
    );
    assert_eq!(movements(&payments), is(&[(Goods, "100"), (Payment, "-40")]));
}

#[test]
fn words_for_a_whole_note_name_no_item() {
    let note = read(
        "日期|单号|摘要|金额
2026-10-20|A1|送货|100
2026-10-21|A2|松紧带|40",
    );
    let items: Vec<Option<&str>> =
        note.lines.iter().map(|line| line.item.name.as_deref()).collect();
    assert_eq!(items, [None, Some("松紧带")]);
    assert_eq!(note.lines[0].remark.as_deref(), Some("送货"));
}

#[test]
fn words_name_charges_discounts_and_corrections() {
    let read = read(
        "日期|送货单号|品名|数量|单价|金额|备注
2026-10-05|A1|吊牌|100|2|200|含运费
2026-10-06|F1|运费|1|60|60|
2026-10-07||模具费|||500|
2026-10-31||10月返利折让|||-80|
2026-10-31||更正9月差价|||-12.5|
2026-10-31||更正9月数量|||7|",
    );
    let lines = [
        (Goods, "200"),
        (Charge, "60"),
        (Charge, "500"),
        (Discount, "-80"),
        (Adjustment, "-12.5"),
        (Adjustment, "7"),
    ];
    assert_eq!(movements(&read), is(&lines));
}

#[test]
fn a_button_is_goods_and_a_credit_note_is_no_payment() {
    let read = read(
        "日期|单号|品名|数量|单价|金额
2026-10-05|Y1|扣|100|0.1|10
2026-10-06||扣|||-5",
    );
    assert_eq!(movements(&read), is(&[(Goods, "10"), (Deduction, "-5")]));
    let read = self::read(
        "Invoice Date|Reference|Description|Charges|Payments|Balance
02-Oct-26|DN 5501|Lace|320.40||1820.40
15-Oct-26|Payment - wire|||1500|320.40
28-Oct-26|Credit note CN-12|||20.40|300",
    );
    assert_eq!(movements(&read), is(&[(Goods, "320.4"), (Payment, "-1500"), (Return, "-20.4")]));
    assert_eq!(read.lines[1].document_nos, []);
}

#[test]
fn blocks_of_returns_and_payments_on_their_paper_are_their_lines() {
    let block = |kind: &str, text: &str| {
        in_october(|context| statement_block(kind, &table(kind, text), context))
    };
    let returned = block(
        "supplier_returns",
        "日期|退货单号|品名|退货数量|单价|退货金额
10.18|TH1|包边带|100|0.2|20
小计|||100||20",
    )
    .unwrap();
    assert_eq!(movements(&returned), is(&[(Return, "-20")]));
    assert_eq!((returned.opening, returned.closing), (None, None));
    let paid = block(
        "payment_register",
        "付款日期|付款方式|付款金额
10.9|转账|500
合计||500",
    )
    .unwrap();
    assert_eq!(movements(&paid), is(&[(Payment, "-500")]));
    let ours = "付款日期|收款单位|付款金额
10.9|甲厂|500";
    assert!(block("payment_register", ours).is_none());
}

#[test]
fn a_number_in_two_columns_is_one_and_month_and_day_are_a_date() {
    let read = read(
        "客戶簡稱：青禾嶺|||帳款月份：115/10||||
月|日|單別|單號|品名|數量|單價|金額
10|5|YC|26100534|汗布|10|4|40
|7|YC|26100713|汗布|5|4|20
9|28|YC|26092864|汗布|1|4|4",
    );
    let numbers: Vec<&str> = read.lines.iter().map(|line| &*line.document_nos[0].text).collect();
    assert_eq!(numbers, ["YC26100534", "YC26100713", "YC26092864"]);
    assert_eq!(&*read.lines[0].other_nos[0].text, "26100534");
    let days: Vec<String> =
        read.lines.iter().filter_map(|line| line.date).map(|day| day.to_string()).collect();
    assert_eq!(days, ["2026-10-05", "2026-10-07", "2026-09-28"]);
}

#[test]
fn what_is_owed_is_the_amount_with_tax_and_prices_follow_it() {
    let read = read(
        "送货日期|送货单号|品名|数量|不含税单价|不含税金额|税率|税额|价税合计
2026-10-05|A1|PE袋|1000|0.12|120|13%|15.6|135.6
2026-10-06|A2|PE袋|500|0.12|60|0.13|7.8|67.8
2026-10-07|A3|PE袋|100|0.12|12|13|1.56|13.56",
    );
    assert_eq!(movements(&read), is(&[(Goods, "135.6"), (Goods, "67.8"), (Goods, "13.56")]));
    assert_eq!(read.tax_included, Some(true));
    for line in &read.lines {
        assert_eq!(line.unit_price, Some(Decimal::new(1356, 4)));
        assert_eq!(line.tax_rate, Some(Decimal::new(13, 2)));
    }
    let titled = self::read(
        "甲厂 对账单（含税13%）|||||
日期|送货单号|品名|数量|单价|金额
2026-10-05|A1|PE袋|1000|0.1356|135.6",
    );
    assert_eq!((titled.tax_included, titled.tax_rate), (Some(true), Some(Decimal::new(13, 2))));
}

#[test]
fn a_missing_amount_is_computed_and_said_and_a_row_without_figures_is_rejected() {
    let read = read(
        "日期|送货单号|品名|数量|单价|金额
2026-10-05|A1|吊牌|3|1.115|
2026-10-06|A2|吊牌|12箱|'¥1,000.50|=
2026-10-07|A3|吊牌|5||
2026-10-08|A4|吊牌|1|2|#REF!
2026-10-09|A5|吊牌|0|2|0",
    );
    assert_eq!(
        movements(&read),
        is(&[(Goods, "3.35"), (Goods, "12006"), (Goods, "2"), (Goods, "0")])
    );
    assert!(read.lines[0].amount_computed);
    assert_eq!(read.lines[1].unit.as_deref(), Some("箱"));
    assert_eq!((read.body, read.rejected), (5, 1));
    let found = [
        ("amount-computed", "F2"),
        ("formula-without-value", "F3"),
        ("amount-computed", "F3"),
        ("rejected-row", "F4"),
        ("formula-error", "F5"),
        ("amount-computed", "F5"),
    ];
    assert_eq!(codes(&read), found.map(|(code, at)| (code, at.to_owned())));
}

#[test]
fn bad_cells_are_findings_and_their_rows_stay() {
    let read = read(
        "日期|送货单号|品名|数量|单价|金额
2026-10-05|'2.18E+18|吊牌|'10箱5个|2|20
待定|A2|吊牌|'1.234,50|2|20
2026-10-07|A3|吊牌|1|2|'20左右",
    );
    assert_eq!(read.lines.len(), 3);
    assert!(read.lines[0].document_nos[0].damaged);
    assert_eq!(read.lines[1].date, None);
    assert_eq!(read.lines[2].amount, Decimal::from(2));
    let found = [
        ("damaged-id", "B2"),
        ("bad-number", "D2"),
        ("bad-number", "D3"),
        ("bad-date", "A3"),
        ("bad-number", "F4"),
        ("amount-computed", "F4"),
    ];
    assert_eq!(codes(&read), found.map(|(code, at)| (code, at.to_owned())));
}

#[test]
fn the_unit_stands_in_the_header_and_so_may_ten_thousands() {
    let read = read(
        "日期|送货单号|品名|装箱数|数量(箱)|单价(元/箱)|金额(万元)
2026-10-05|A1|纽扣|1000个/箱|12|35|0.042
2026-10-06|A2|纽扣|1箱=500个|2|35|0.007",
    );
    assert_eq!(movements(&read), is(&[(Goods, "420"), (Goods, "70")]));
    assert_eq!(read.lines[0].unit.as_deref(), Some("箱"));
    assert_eq!(read.lines[0].pack_factor, Some(Decimal::from(1000)));
    assert_eq!(read.lines[1].pack_factor, Some(Decimal::from(500)));
}

#[test]
fn balances_stand_in_facts_and_under_the_balances_too() {
    let facts = read(
        "供应商：甲厂||期初余额：500.00|||
日期|送货单号|品名|数量|单价|金额
2026-10-05|A1|吊牌|10|2|20
合计|||||20",
    );
    assert_eq!(figure(facts.opening.as_ref()).as_deref(), Some("500"));
    assert_eq!(figure(facts.closing.as_ref()), None);
    let with_opening = read(
        "日期|送货单号|品名|数量|单价|金额
上月欠款|||||500
2026-10-05|A1|吊牌|10|2|20
合计|||||525",
    );
    assert_eq!(figure(with_opening.closing.as_ref()).as_deref(), Some("525"));
    let under = read(
        "日期|送货单号|品名|数量|单价|金额|余额
期初||||||500
2026-10-05|A1|吊牌|10|2|20|520
合计|||10||20|520
大写：伍佰贰拾壹元整||||||",
    );
    assert_eq!(figure(under.closing.as_ref()).as_deref(), Some("520"));
    assert_eq!(codes(&under), [("words-mismatch", "A5".to_owned())]);
}

#[test]
fn suppliers_in_a_column_and_several_numbers_in_a_cell_are_read() {
    let read = read(
        "供应商|日期|送货单号|品名|数量|单价|金额
甲厂|2026-10-05|'88121/88122|吊牌|10|2|20
乙行|2026-10-06|'88123|吊牌|10|2|20",
    );
    let party = |line: &StatementLine| line.party.as_ref().map(|party| party.value.to_string());
    let parties: Vec<_> = read.lines.iter().filter_map(party).collect();
    assert_eq!(parties, ["甲厂", "乙行"]);
    assert_eq!(read.lines[0].document_nos.len(), 2);
}

proptest! {
    #[test]
    fn every_body_row_is_a_line_or_rejected(
        rows in proptest::collection::vec(
            ("[0-9./月日-]{0,10}", "[A-Z0-9/~-]{0,8}", "[付款退货吊牌 ]{0,4}", "[-0-9.,箱]{0,8}",
             "[-0-9.,]{0,6}", "[-0-9.,()]{0,9}"),
            1..12,
        ),
    ) {
        let mut text = String::from("日期|送货单号|品名|数量|单价|金额\n2026-10-01|A0|吊牌|1|1|1\n");
        for (date, no, item, quantity, price, amount) in &rows {
            text.push_str(&format!("{date}|{no}|{item}|{quantity}|{price}|{amount}\n"));
        }
        for table in tables("表.xlsx", "supplier_statement", &text) {
            let read = in_october(|context| statement(&table, context));
            prop_assert_eq!(read.lines.len() + read.rejected, read.body);
            let rejected = read.findings.iter().filter(|f| f.code == REJECTED_ROW).count();
            prop_assert_eq!(rejected, read.rejected);
        }
    }
}
