//! Petty cash books of several months and shops: what each begins and ends
//! with, vouchers, and rows out of their days.

use super::ran::{Folder, Said};

fn told(said: &Said) -> Vec<String> {
    let findings = said.0["findings"].as_array().unwrap().iter();
    let mut told: Vec<String> = findings
        .filter(|finding| finding["severity"] != "info")
        .map(|finding| {
            let at = |place: &serde_json::Value| {
                place.as_str().unwrap_or("-").trim_start_matches("m/").to_owned()
            };
            let related = finding["related"].as_array().unwrap().iter().map(at);
            let places: Vec<String> = std::iter::once(at(&finding["at"])).chain(related).collect();
            format!("{} {}", finding["code"].as_str().unwrap(), places.join(" "))
        })
        .collect();
    told.sort();
    told
}

fn balances(said: &Said, scope: &str) -> Vec<String> {
    let rows = said.section("expenses").iter().filter(|row| row["scope"] == scope);
    rows.map(|row| {
        let of = |key: &str| row[key].as_str().unwrap_or("-").to_owned();
        format!("{} +{} -{} = {}", of("opening"), of("income"), of("amount"), of("closing"))
    })
    .collect()
}

const SEPTEMBER: &str = "Petty cash book September 2026
Date|Voucher No.|Particulars|Category|Cash In|Cash Out|Balance|Handled by
2026-09-01||Balance b/f||||500|
2026-09-02|PV-001|Stamps|Office||20|480|Ann
2026-09-03|PV-002|Taxi|Transport||35.5|444.5|Ben
2026-09-07|PV-003|Top up||1000||1444.5|Ann
2026-09-09|PV-004|Courier DHL|Courier||60|1384.5|Ann
";

const OCTOBER: &str = "Petty cash book October 2026
Date|Voucher No.|Particulars|Category|Cash In|Cash Out|Balance|Handled by
2026-10-01||Balance b/f||||1384.5|
2026-10-02|PV-001|Paper|Office||20|1364.5|Ann
2026-10-03|PV-002|Fuel|Fuel||300|1064.5|Ben
2026-10-03|PV-002|Car wash|Fuel||30|1034.5|Ben
2026-10-06|PV-003|Lunch|Meals||44|990.5|Ann
2026-10-05|PV-004|Tape|Office||12|978.5|Cid
2026-10-08|PV-003|Toll|Toll||15|963.5|Ben
2026-10-09||Parking|Parking||10|953.5|Ben
2026-10-10|PV-006|Bulbs|Office||13.5|940|Ben
";

const NOVEMBER: &str = "Petty cash book November 2026
Date|Voucher No.|Particulars|Category|Cash In|Cash Out|Balance|Handled by
2026-11-01||Balance b/f||||904|
2026-11-02|PV-001|Paper|Office||20|884|Ann
2026-11-03|PV-002|Fuel|Fuel||300|584|Ben
2026-11-09|PV-003|Pens|Office||10|574|Ben
";

/// A book of one till, a sheet a month: numbers begin anew every month, and
/// two rows of one day and person are one voucher.
#[test]
fn a_sheet_a_month_is_one_till() {
    let sheets = [("Sep 2026", SEPTEMBER), ("Oct 2026", OCTOBER), ("Nov 2026", NOVEMBER)];
    let said = Folder::of(&[]).with_sheets("cash.xlsx", &sheets).run();
    assert_eq!(
        told(&said),
        [
            "cash-not-carried cash.xlsx#Nov 2026!G3 cash.xlsx#Oct 2026!G11",
            "date-out-of-order cash.xlsx#Oct 2026!A8 cash.xlsx#Oct 2026!A7",
            "missing-voucher cash.xlsx#Oct 2026!B10",
            "voucher-shared cash.xlsx#Oct 2026!B9 cash.xlsx#Oct 2026!B7",
        ]
    );
    assert_eq!(balances(&said, "total"), ["500.00 +1000.00 -890.00 = 574.00"]);
    let missing = said.0["findings"].as_array().unwrap().iter();
    let mut missing = missing.filter(|finding| finding["code"] == "missing-voucher");
    let message = missing.next().unwrap()["message"].as_str().unwrap().to_owned();
    assert!(message.contains("Voucher No."), "{message}");
}

const TAIPEI: &str = "零用金登記 2026年10月
日期|單據號碼|摘要|科目|收入|支出|結餘|經手人|附件張數
10/1||上月結餘||||2000||
10/2|1|文具|辦公||120|1880|小陳|1
10/3|2|郵寄|快遞費||80|1800|小陳|1
10/5|3|餐費|伙食||150|1650|阿明|2
10/5|3|飲料|伙食||50|1600|阿明|1
10/8|4|停車|停車費||40|1560|阿明|1
10/8|5|停車|停車費||40|1520|阿明|1
合計|||||480|1520||
";

const KAOHSIUNG: &str = "零用金登記 2026年10月
日期|單據號碼|摘要|科目|收入|支出|結餘|經手人|附件張數
10/1||承前||||1000||
10/2|1|文具|辦公||120|880|小林|1
10/4|2|加油|油費||300|580|小林|
10/6|3|補零用金||1000||1580|會計|1
10/7|3|郵寄|快遞費||80|1500|小林|1
10/9|4|水電|水電費||200|1300|小林|1
合計||||1000|700|1300||
";

/// Two shops with a till each: alike numbers and expenses of the two are no
/// doubles, and their balances add up. Two parking fees with a voucher each
/// are two.
#[test]
fn every_shop_has_its_own_till() {
    let sheets = [("台北店", TAIPEI), ("高雄店", KAOHSIUNG)];
    let said = Folder::of(&[]).with_sheets("零用金.xlsx", &sheets).run();
    assert_eq!(
        told(&said),
        [
            "missing-voucher 零用金.xlsx#高雄店!I5",
            "voucher-shared 零用金.xlsx#高雄店!B7 零用金.xlsx#高雄店!B6",
        ]
    );
    assert_eq!(
        balances(&said, "till"),
        ["2000.00 +0.00 -480.00 = 1520.00", "1000.00 +1000.00 -700.00 = 1300.00"]
    );
    assert_eq!(balances(&said, "total"), ["3000.00 +1000.00 -1180.00 = 2820.00"]);
}

const JOURNAL_9: &str = "现金日记账 2026年9月
月|日|凭证号|摘要|费用类别|收入|支出|余额
9|1||承前页||3000||3000
9|3|现付1|付货车运费|运费||200|2800
9|3|现付2|司机午餐|伙食费||30|2770
9|9|现付3|加油|油费||400|2370
|||本月合计||3000|630|2370
";

const JOURNAL_10: &str = "现金日记账 2026年10月
月|日|凭证号|摘要|费用类别|收入|支出|余额
10|1||上月结余||2370||2370
10|3|现付1|付货车运费|运费||100|2270
10|4|现付2|司机午餐|伙食费||30|2240
10|8|现付4|加油|油费||400|1840
10|7|现付3|办公用品|办公费||40|1800
|||本月合计||2370|570|1800
";

const SUMMARY: &str = "费用汇总
费用类别|9月|10月|合计
运费|200|100|300
伙食费|30|30|60
油费|400|400|810
办公费|0|40|40
合计|630|570|1210
";

/// A sheet that sums the others by category is checked, not added.
#[test]
fn a_summary_is_held_against_the_books() {
    let sheets = [("9月", JOURNAL_9), ("10月", JOURNAL_10), ("汇总", SUMMARY)];
    let said = Folder::of(&[]).with_sheets("现金日记账.xlsx", &sheets).run();
    assert_eq!(
        told(&said),
        [
            "date-out-of-order 现金日记账.xlsx#10月!B7 现金日记账.xlsx#10月!B6",
            "expense-summary-differs 现金日记账.xlsx#汇总!D5",
        ]
    );
    let findings = said.0["findings"].as_array().unwrap();
    assert!(findings.iter().any(|finding| finding["code"] == "expense-summary"));
    assert_eq!(balances(&said, "total"), ["3000.00 +0.00 -1200.00 = 1800.00"]);
}

/// The days stand once, and the last first; the number of a voucher that is
/// missing from its series was to stand on the second of two rows.
#[test]
fn books_written_otherwise() {
    let once = "日常费用登记表 2026年10月
日期|凭证号|摘要|类别|收入|支出|余额
10/1||上月结余||||1000
10/2|1|送货|配送费||100|900
|1|过路费|配送费||20|880
|2|午餐|伙食||30|850
10/3|3|加油|油费||200|650
10/5|4|打印纸|办公||50|600
|4|停车|停车费||10|590
|6|水电|水电||90|500
10/6|7|午餐|伙食||30|470
";
    let said = Folder::of(&[]).with_sheets("费用.xlsx", &[("10月", once)]).run();
    assert_eq!(told(&said), ["voucher-shared 费用.xlsx#10月!B9 费用.xlsx#10月!B8"]);
    let backwards = "日常费用登记表 2026年10月
日期|凭证号|摘要|类别|收入|支出|余额
10/9|9|午餐|伙食||30|470
10/8|8|水电|水电||90|500
10/5|7|停车|停车费||10|590
10/6|6|打印纸|办公||50|600
10/4|5|加油|油费||200|650
10/2|4|午餐|伙食||30|850
10/2|3|送货|配送费||120|880
";
    let said = Folder::of(&[]).with_sheets("费用.xlsx", &[("10月", backwards)]).run();
    assert_eq!(told(&said), ["date-out-of-order 费用.xlsx#10月!A5 费用.xlsx#10月!A6"]);
    assert_eq!(balances(&said, "total"), ["1000.00 +0.00 -530.00 = 470.00"]);
}

/// An invoice claimed again in the next month, and two shops whose books go on
/// by name.
#[test]
fn an_invoice_is_claimed_once_in_all_months() {
    let book = |month: &str, opening: &str, rows: &str| {
        format!(
            "Expenses {month} 2026
Date|Details|Account|Invoice No.|Paid out|Receipts|Balance|Paid by
|Brought forward|||||{opening}|
{rows}"
        )
    };
    let a_sep = book(
        "September",
        "1000",
        "3 Sep 2026|Rent|Rent|INV20260901|250||750|Joe
7 Sep 2026|Water|Utilities|77231188|50||700|Joe
9 Sep 2026|Nails|Shop|A-1|100||600|Joe
",
    );
    let a_oct = book(
        "October",
        "600",
        "3 Oct 2026|Rent|Rent|INV20260931|300||300|Joe
5 Oct 2026|Water|Utilities|77231188|50||250|Joe
9 Oct 2026|Fuel|Car|A-1|40||210|Joe
",
    );
    let b_sep = book(
        "September",
        "500",
        "4 Sep 2026|Lamp oil|Shop|B-1|100||400|Sue
6 Sep 2026|Tape|Shop|B-2|10||390|Sue
8 Sep 2026|Bags|Shop|B-3|20||370|Sue
",
    );
    let b_oct = book(
        "October",
        "380",
        "4 Oct 2026|Lamp oil|Shop|B-1|100||280|Sue
6 Oct 2026|Tape|Shop|B-2|10||270|Sue
8 Oct 2026|Bags|Shop|B-3|20||250|Sue
",
    );
    let sheets = [
        ("Shop A Oct", &*a_oct),
        ("Shop A Sep", &*a_sep),
        ("Shop B Sep", &*b_sep),
        ("Shop B Oct", &*b_oct),
    ];
    let said = Folder::of(&[]).with_sheets("expenses.xlsx", &sheets).run();
    assert_eq!(
        told(&said),
        [
            "cash-not-carried expenses.xlsx#Shop B Oct!G3 expenses.xlsx#Shop B Sep!G6",
            "voucher-shared expenses.xlsx#Shop A Oct!D5 expenses.xlsx#Shop A Sep!D5",
        ]
    );
    assert_eq!(
        balances(&said, "till"),
        ["1000.00 +0.00 -790.00 = 210.00", "500.00 +0.00 -260.00 = 250.00"]
    );
}

/// A book without categories says in its words what was freight.
#[test]
fn the_days_freight_by_the_words_beside_it() {
    let book = "零用金明細 2026年10月
日期,傳票號碼,說明,收入,支出,餘額
2026/10/1,,上期結轉,,,300
2026/10/2,,撥補零用金,1000,,1300
2026/10/6,S01,付貨車運費,,100,1200
2026/10/8,S02,便當,,80,1120
2026/10/9,S03,付宅配運費,,60,1060
2026/10/12,S04,付大榮9月帳單運費,,300,760
2026/10/13,S05,補寄型錄郵費,,45,715
2026/10/14,S06,便當,,80,635
";
    let log = "運費登記 2026年10月
日期,單號,貨運行,目的地,重量,運費,付款方式
2026/10/6,H1001,大榮貨運,台中,12,100,現付
2026/10/9,H1002,大榮貨運,高雄,8,70,現付
2026/10/9,H1003,大榮貨運,台南,8,70,月結
2026/10/13,H1004,大榮貨運,台南,8,70,月結
";
    let said = Folder::of(&[("零用金10月.csv", book), ("運費10月.csv", log)]).run();
    assert_eq!(
        told(&said),
        [
            "freight-day-mismatch 運費10月.csv!F4 零用金10月.csv!E7",
            "freight-day-mismatch 零用金10月.csv!E9"
        ]
    );
}

/// Cash books without bills and log are a report of their own: no empty pages
/// of what was neither billed nor sent.
#[test]
fn books_alone_have_no_empty_pages() {
    let folder = Folder::of(&[]).with_sheets("零用金.xlsx", &[("台北店", TAIPEI)]);
    let ran = folder.sandbox().run(&["reconcile", "freight", "m", "--lang", "en"]);
    assert!(ran.stdout.contains("Calculated balance"), "{ran}");
    assert!(!ran.stdout.contains("There are no differences"), "{ran}");
}
