//! What a month's bill, log and rate card give.

use super::ran::Folder;

const CARD: &str = "疾风速运 2026年运费价格表
区域,省份,首重价(元/1kg),续重价(元/kg)
1区,浙江省、江苏省,9,2
2区,安徽省、湖南省,11,3
3区,四川省,13,5

说明：首重1kg；超出部分每0.5kg计一次，每0.5kg收续重价的一半；体积重÷6000；月结9折；包装费5元/票另计
";

const LOG: &str = "运费登记表 2026年10月
日期,旺旺号,目的地,货运部,单号,件数,重量,尺寸,运费,付款
10/2,tb_1,浙江,疾风,JF13000000001,1,1.33,,10.00,月结
10/2,tb_2,安徽,疾风,JF13000000002,1,6.9kg,60*40*35,50元,月结
10/3,tb_3,四川,疾风速运,JF13000000003,1,2.2,,20.50,月结
10/3,tb_4,湖南,疾风,JF13000000004,1,0.8,,11,月结
10/4,tb_5,江苏,疾风,JF13000000005,1,3,,13,月结
10/4,tb_6,浙江,疾风,JF13000000006,1,1,,9,到付
10/5,tb_7,浙江,疾风,JF13000000007/JF13000000008,2,2.0,,18,月结
10/5,tb_8,江苏,疾风,JF13000000009,1,1,,9,现付
10/5,tb_9,四川,疾风,JF13000000010,1,1.4,,15.50,月结
";

const BILL: &str = "疾风速运 月结客户对账单  账期：2026-10
序号,运单号码,日期,寄件地区,到件地区,计费重量(kg),产品类型,费用(元),折扣后应付金额(元),备注
1,JF13000000001,10-02,中山,浙江省,1.5,标快,10,9.00,
2,'JF13000000002,10-02,中山,安徽省,14,标快,50,45.00,体积重60*40*35
2,'JF13000000002,10-02,中山,安徽省,,包装服务,5,5,包装费
3,JF13000000003,10-03,中山,四川省,4,标快,28,25.20,
4,JF13000000004,10-03,中山,四川省,1,标快,13,11.70,
5,JF13000000005,10-04,中山,江苏省,3,标快,16,14.40,
6,JF13000000007,10-05,中山,浙江省,1,标快,9,8.10,
7,JF13000000008,10-05,中山,浙江省,1,标快,9,8.10,
8,JF13000000001,10-02,中山,浙江省,1.5,标快,10,9.00,
9,JF13000000099,10-05,中山,浙江省,1,标快,9,8.10,
10,JF13000000005,10-06,中山,江苏省,3,标快,13,11.70,退回件
11,JF13000000004,10-03,中山,四川省,,签单返还,3,3,
合计,,,,,,,175,154.70,
";

#[test]
fn every_verdict_of_a_month() {
    let said = Folder::of(&[("card.csv", CARD), ("log.csv", LOG), ("bill.csv", BILL)]).run();
    assert_eq!(
        said.lines(),
        [
            "matched 3|3 0.00",
            "matched 4+5|4 0.00",
            "differs 6|5 6.75 quantity:6.75",
            "differs 7+14|6 4.80 price:1.80 surcharge:3.00",
            "differs 8|7 2.70 price:2.70",
            "matched 9+10|9 0.00",
            "left-only double-billed 11| 9.00",
            "left-only not-shipped 12| 8.10",
            "left-only other-charge 13| 11.70 surcharge:11.70",
            "right-only not-billed |11 -13.95",
        ]
    );
    let carrier = said.carrier("疾风速运");
    assert_eq!(carrier["discount"]["share"], "0.9");
    assert_eq!(carrier["over"], "43.05");
    assert_eq!(carrier["under"], "13.95");
    let last = said.section("bridge").last().unwrap();
    assert_eq!((&last["step"], &last["amount"]), (&"residual".into(), &"0.00".into()));
    let day = said.section("freight_days").iter().find(|day| day["date"] == "2026-10-05").unwrap();
    assert_eq!((&day["cash"], &day["monthly"]), (&"9.00".into(), &"33.50".into()));
}

#[test]
fn repricing_is_shown_step_by_step() {
    let said = Folder::of(&[("card.csv", CARD), ("log.csv", LOG), ("bill.csv", BILL)]).run();
    let line = &said.section("lines")[1]["repriced"];
    let ours = &line["ours"];
    for (key, expected) in [
        ("zone", "2区"),
        ("weight", "6.9"),
        ("volume_weight", "14"),
        ("chargeable_weight", "14"),
        ("first", "11.00"),
        ("steps", "26"),
        ("continued", "39.00"),
        ("list", "50.00"),
        ("net", "45.00"),
    ] {
        assert_eq!(ours[key], expected, "{key}");
    }
    assert_eq!(line["charges"][0]["agreed"], "5.00");
    assert_eq!(line["payable"], "50.00");
}

#[test]
fn a_log_that_has_no_prices_is_priced_by_the_card() {
    let log: String = LOG
        .lines()
        .map(|line| {
            let mut cells: Vec<&str> = line.split(',').collect();
            if cells.len() > 8 && cells[0] != "日期" {
                cells[8] = "";
            }
            cells.join(",") + "\n"
        })
        .collect();
    let said = Folder::of(&[("card.csv", CARD), ("log.csv", &log), ("bill.csv", BILL)]).run();
    let lines = said.lines();
    assert_eq!(lines[2], "differs 6|5 6.75 quantity:6.75");
    assert_eq!(lines[4], "differs 8|7 2.70 price:2.70");
    assert_eq!(lines[9], "right-only not-billed |11 -13.95");
}

#[test]
fn without_a_log_the_card_stands_for_it() {
    let said = Folder::of(&[("card.csv", CARD), ("bill.csv", BILL)]).run();
    let open = said.open();
    assert!(
        open.iter().any(|line| line.starts_with("differs 8|") && line.ends_with("price:2.70")),
        "{open:?}"
    );
    assert!(!open.iter().any(|line| line.contains("not-shipped")), "{open:?}");
    assert!(open.iter().any(|line| line.starts_with("left-only double-billed 11|")), "{open:?}");
}

#[test]
fn without_a_card_bill_and_log_tell_the_discount() {
    let said = Folder::of(&[("log.csv", LOG), ("bill.csv", BILL)]).run();
    let lines = said.lines();
    assert_eq!(said.carrier("疾风速运")["discount"]["share"], "0.9");
    assert_eq!(lines[0], "matched 3|3 0.00");
    assert_eq!(lines[2], "differs 6|5 6.75 quantity:6.75");
    assert_eq!(lines[4], "differs 8|7 2.70 price:2.70");
}

#[test]
fn numbers_that_were_mistyped_are_found_and_strangers_are_not() {
    let log =
        LOG.replace("JF13000000003", "JF13000000030").replace("JF13000000010", "JF13099900010");
    let bill = BILL.replace("JF13000000099", "JF13777700099");
    let said = Folder::of(&[("card.csv", CARD), ("log.csv", &log), ("bill.csv", &bill)]).run();
    let lines = said.lines();
    assert!(lines.iter().any(|line| line.starts_with("left-only not-shipped 12|")), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("right-only not-billed |11")), "{lines:?}");
    let typo =
        said.section("lines").iter().find(|line| line["left"][0]["document_no"] == "JF13000000003");
    let notes = typo.unwrap()["notes"].to_string();
    let alone = typo.unwrap()["status"] == "left-only";
    assert!(alone || notes.contains("document-no-typo"), "{lines:?} {notes}");
}
