//! Petty cash books, and each day's freight against them.

use super::ran::Folder;

const BOOK: &str = "配送费及日常费用登记表  2026年10月  备用金：3000元
日期,摘要,类别,路线,收入,支出,余额,单据张数,经手人,备注
10/1,上月结余,,,,,3000,,,
10/5,货车送货,配送费,仓库-货运站,,102,2898,1,司机A,
10/5,寄样快递,快递费,,,16,2882,1,跟单B,
10/6,加油,油费,,,328.5,2553.5,,跟单B,
10/6,午餐,伙食,,,118.5,2445,1,跟单B,
10/7,领备用金,,,1000,,3445,,财务B,
10/7,停车费,停车费,,,15,3430,1,跟单B,
10/7,停车费,停车费,,,15,3415,1,跟单B,
合计,,,,1000,595,3415,,,
";

#[test]
fn totals_balance_vouchers_and_doubles() {
    let said = Folder::of(&[("日常费用10月.csv", BOOK)]).run();
    let mut codes = said.codes();
    codes.sort_unstable();
    assert_eq!(codes, ["balance-break", "duplicate-expense", "missing-voucher"]);
    let row = |scope: &str, category: Option<&str>| {
        let rows = said.section("expenses").iter();
        let mut found =
            rows.filter(|row| row["scope"] == scope && row["category"].as_str() == category);
        found.next().unwrap().clone()
    };
    assert_eq!(row("month", Some("油费"))["amount"], "328.50");
    assert_eq!(row("month", None)["amount"], "595.00");
    let total = row("total", None);
    assert_eq!((&total["opening"], &total["income"]), (&"3000.00".into(), &"1000.00".into()));
    assert_eq!(
        (&total["closing"], &total["stated_closing"]),
        (&"3405.00".into(), &"3415.00".into())
    );
    assert_eq!(total["difference"], "10.00");
}

#[test]
fn freight_paid_on_the_spot_is_in_the_book_that_day() {
    let log = "运费登记表 2026年10月
日期,目的地,货运部,单号,重量,运费,付款
10/5,浙江,通达货运,TD20261005001,12,16,现付
10/6,浙江,通达货运,TD20261006001,30,43,现付
";
    let said = Folder::of(&[("log.csv", log), ("日常费用10月.csv", BOOK)]).run();
    assert!(said.section("lines").is_empty());
    let codes = said.codes();
    assert_eq!(
        codes.iter().filter(|code| **code == "freight-day-mismatch").count(),
        1,
        "{codes:?}"
    );
    let day = said.section("freight_days").iter().find(|day| day["date"] == "2026-10-05").unwrap();
    assert_eq!((&day["paid"], &day["difference"]), (&"16.00".into(), &"0.00".into()));
}

#[test]
fn a_journal_with_month_and_day_in_columns_of_their_own() {
    let journal = "现金日记账
2026年||凭证号|摘要|对方科目|借方|贷方|余额
月|日||||||
10|1||上月结转||||5200
10|2|记-01|付货车运费|运费||320|4880
10|3|记-02|提现|银行存款|3000||7880
10|4|记-03|加油|车辆费||400|7480
||| 过次页||3000|720|7480
||| 承前页||3000|720|7480
10|5|记-04|购办公用品|办公费||85.5|7394.5
10|6||员工伙食|福利费||236|7158.5
||| 本月合计||3000|1041.5|7158.5
";
    let said = Folder::of(&[]).with_book("现金日记账.xlsx", journal, &[(1, 0, 1)]).run();
    let rows = said.section("expenses").iter();
    let month: Vec<_> = rows.filter(|row| row["scope"] == "month").collect();
    let whole = month.iter().find(|row| row["category"].is_null()).unwrap();
    assert_eq!((&whole["month"], &whole["amount"]), (&"2026-10".into(), &"1041.50".into()));
    assert_eq!(said.codes(), ["missing-voucher"], "{:#?}", said.0["findings"]);
}

#[test]
fn a_book_with_a_column_for_each_category() {
    let book = "日常费用登记（多栏）2026年10月
日期,摘要,收入,配送费,油费,伙食费,支出合计,余额,经手人
10-01,上月结余,,,,,,3000,
10-02,送货,,102,,,102,2898,司机A
10-03,加油和午餐,,,300,36.5,336.5,2561.5,司机A
10-04,午餐,,,,48,48,2513.5,跟单B
10-05,送货,,90,,,90,2413.5,司机A
10-06,送货,,60,,,60,2353.5,司机A
10-07,加油,,,100,,100,2253.5,司机A
10-08,午餐,,,,20,20,2233.5,跟单B
合计,,,252,400,104.5,756.5,2233.5,
";
    let said = Folder::of(&[("日常费用10月.csv", book)]).run();
    let rows = said.section("expenses").iter();
    let amount = |category: &str| {
        let found = rows.clone().find(|row| row["scope"] == "month" && row["category"] == category);
        found.unwrap_or_else(|| panic!("{category}"))["amount"].as_str().unwrap().to_owned()
    };
    assert_eq!(amount("配送费"), "252.00");
    assert_eq!(amount("油费"), "400.00");
    assert_eq!(amount("伙食费"), "104.50");
    assert_eq!(said.codes(), ["balance-break"], "{:#?}", said.0["findings"]);
    let broken = said.0["findings"].as_array().unwrap().iter();
    let mut broken = broken.filter(|finding| finding["code"] == "balance-break");
    assert!(broken.next().unwrap()["at"].as_str().unwrap().ends_with("!H7"));
}

#[test]
fn parts_of_the_sum_that_stand_below_it_are_no_expenses() {
    let book = format!("{BOOK}其中：配送费,,,,,102,,,,\n油费,,,,,328.5,,,,\n停车费,,,,,30,,,,\n");
    let said = Folder::of(&[("日常费用10月.csv", &book)]).run();
    let mut codes = said.codes();
    codes.sort_unstable();
    assert_eq!(codes, ["balance-break", "duplicate-expense", "missing-voucher"]);
    let total = said.section("expenses").iter().find(|row| row["scope"] == "total").unwrap();
    assert_eq!(total["amount"], "595.00", "{total}");
}

#[test]
fn a_list_of_the_days_trips_has_a_column_for_each_expense() {
    let trips = "配送费登记 2026年10月
月,日,车次,送货地点,司机,运费,过路费,搬运费,付款方式,备注
10,3,1,甲厂,司机A,120,15,,现金,
10,3,2,乙厂,司机A,80,,20,微信,
10,5,1,丙店,司机B,60,,,月结,
合计,,,,,260,15,20,,
";
    let said = Folder::of(&[("配送费10月.csv", trips)]).run();
    let months = said.section("expenses").iter().filter(|row| row["scope"] == "month");
    let mut sums: Vec<String> = months
        .map(|row| format!("{} {}", row["category"].as_str().unwrap_or("-"), row["amount"]))
        .collect();
    sums.sort();
    assert_eq!(
        sums,
        ["- \"295.00\"", "搬运费 \"20.00\"", "过路费 \"15.00\"", "运费 \"260.00\""],
        "{:#?}",
        said.0["findings"]
    );
}
