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
