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

#[test]
fn reports_letters_and_languages() {
    let folder = Folder::of(&[("card.csv", CARD), ("log.csv", LOG), ("bill.csv", BILL)]);
    let sandbox = folder.sandbox();
    for (lang, words) in [
        ("zh-Hans", ["运费对账报告", "打折 10%"]),
        ("zh-Hant", ["運費對帳報告", "打折 10%"]),
        ("en", ["Freight reconciliation", "10% discount"]),
    ] {
        let ran = sandbox.run(&["reconcile", "freight", "m", "--lang", lang, "--format", "md"]);
        assert_eq!(ran.code, 1, "{ran}");
        for word in words {
            assert!(ran.stdout.contains(word), "{lang}: {word} is not in {}", ran.stdout);
        }
    }
    let args = ["reconcile", "freight", "m", "-o", "out.xlsx", "--papers", "letters", "--quiet"];
    let ran = sandbox.run(&args);
    assert_eq!(ran.code, 1, "{ran}");
    let files = sandbox.files();
    assert!(files.contains(&"letters/疾风速运 2026-10.xlsx".to_owned()), "{files:?}");
    assert!(files.contains(&"out.xlsx".to_owned()), "{files:?}");
    let again = sandbox.run(&["reconcile", "freight", "m", "out.xlsx", "--format", "json"]);
    assert_eq!(again.code, 1, "{again}");
}

#[test]
fn agreed_rates_of_the_settings_stand_for_a_card() {
    let settings = "[[carriers]]
name = \"疾风速运\"
divisor = 6000
first_weight = 1
step = 0.5
discount = 90
fees = { \"包装费\" = 5 }
[[carriers.zones]]
name = \"1区\"
places = \"浙江、江苏\"
first = 9
continued = 1
[[carriers.zones]]
name = \"2区\"
places = \"安徽、湖南\"
first = 11
continued = 1.5
[[carriers.zones]]
name = \"3区\"
places = \"四川\"
first = 13
continued = 2.5
";
    let folder = Folder::of(&[("gendan.toml", settings), ("log.csv", LOG), ("bill.csv", BILL)]);
    let with_card = Folder::of(&[("card.csv", CARD), ("log.csv", LOG), ("bill.csv", BILL)]);
    assert_eq!(folder.run().lines(), with_card.run().lines());
}

#[test]
fn freight_beside_the_orders_it_was_for() {
    let orders = "订单编号,买家会员名,买家实际支付金额,订单状态,订单创建时间,订单付款时间
3250000000000000001,TB_1,100.00,交易成功,2026-10-01 10:00:00,2026-10-01 10:01:00
3250000000000000002,tb_2,200.00,交易成功,2026-10-01 11:00:00,2026-10-01 11:01:00
3250000000000000003,tb_99,50.00,等待买家付款,2026-10-01 12:00:00,null
";
    let files =
        [("card.csv", CARD), ("log.csv", LOG), ("bill.csv", BILL), ("ExportOrderList.csv", orders)];
    let said = Folder::of(&files).run();
    let cost = &said.section("freight_cost")[0];
    assert_eq!((&cost["orders"], &cost["sales"]), (&2.into(), &"300.00".into()));
    assert_eq!(cost["freight_per_order"], "29.50");
    let rows = said.section("orders");
    assert_eq!((&rows[0]["freight"], &rows[0]["share"]), (&"9.00".into(), &"0.09".into()));
    assert_eq!(rows[1]["freight"], "50.00");
}

#[test]
fn charges_that_the_log_holds_too_are_no_difference() {
    let bill = "德邦物流 2026年10月运费对账单
日期,托运单号,到站,件数,重量(KG),运费,提货费,保险费,合计
10/3,DB2026100301,上海,12,260,182,30,5,217
10/8,DB2026100802,成都,5,98,127.4,30,3,160.4
10/15,DB2026101503,武汉,20,410,266.5,30,8,304.5
10/20,DB2026102004,上海,3,55,38.5,30,2,70.5
合计,,,,,614.4,120,18,752.4
";
    let log = "物流发货登记 2026年10月
日期,客户,目的地,物流公司,单号,件数,重量,运费
10/3,甲,上海,德邦,DB2026100301,12,260,217
10/8,乙,成都,德邦,DB2026100802,5,89,148.7
10/15,丙,武汉,德邦物流,DB2026101503,20,410,304.5
10/20,丁,上海,德邦,DB2026102004,3,55,70.5
";
    let card =
        "德邦物流 运价表\n目的地,单价(元/kg),最低一票\n上海,0.7,30\n成都,1.3,50\n武汉,0.65,30\n";
    let expected = ["differs 4|4 11.70 quantity:11.70"];
    let with =
        Folder::of(&[("运价.csv", card), ("发货登记.csv", log), ("德邦对账.csv", bill)]).run();
    assert_eq!(with.open(), expected, "{:#?}", with.0["findings"]);
    let without = Folder::of(&[("发货登记.csv", log), ("德邦对账.csv", bill)]).run();
    assert_eq!(without.open(), expected);
}

#[test]
fn a_log_of_the_whole_year_alarms_nothing_of_other_months() {
    let log = LOG
        .replace("10/2,tb_1,", "9/28,tb_0,浙江,疾风,JF12000000001,1,1,,9,月结\n10/2,tb_1,")
        + "11/3,tb_10,浙江,疾风,JF14000000001,1,1,,9,月结\n";
    let files = [("card.csv", CARD), ("log.csv", &*log), ("bill.csv", BILL)];
    let said = Folder::of(&files).run();
    let open = said.open();
    assert!(open.contains(&"right-only prior-period |3 -8.10".to_owned()), "{open:?}");
    assert!(open.contains(&"right-only next-period |13 -8.10".to_owned()), "{open:?}");
    assert_eq!(said.carrier("疾风速运")["under"], "13.95", "they are no part of the month");
}

#[test]
fn a_bill_alone_claims_nothing() {
    let said = Folder::of(&[("bill.csv", BILL)]).run();
    assert!(!said.lines().iter().any(|line| line.contains("not-shipped")), "{:?}", said.lines());
}

/// 620100000015 on the bill, 620100000016 in the log: the next number on the pad,
/// on another day and with another weight, is another parcel however equal the
/// price; with the same day and weight it is a slip of the pen.
#[test]
fn the_next_waybill_on_the_pad_is_another_parcel() {
    let run = |day: &str, weight: &str| {
        let bill = format!(
            "黑貓宅急便 2026年10月 請款明細
項次,託運單號,出貨日期,到著地,重量,運費
1,620100000011,2026-10-02,台中市,2.0,90
2,620100000012,2026-10-03,高雄市,6.0,130
3,620100000015,{day},台北市,{weight},90
合計,,,,,310
"
        );
        let log = "運費登記表 2026年10月
日期,貨運公司,託運單號,收件人,目的地,重量,運費
2026-10-02,黑貓,620100000011,A,台中市,2.0,90
2026-10-03,黑貓,620100000012,B,高雄市,6.0,130
2026-10-30,黑貓,620100000016,F,台北市,3.0,90
";
        Folder::of(&[("黑貓對帳單.csv", &bill), ("出貨紀錄.csv", log)]).run()
    };
    let statuses = |said: &super::ran::Said| -> Vec<String> {
        let lines = said.section("lines").iter();
        let mut statuses: Vec<String> =
            lines.map(|line| line["status"].as_str().unwrap().to_owned()).collect();
        statuses.sort();
        statuses
    };
    let apart = statuses(&run("2026-10-29", "2.0"));
    assert_eq!(apart, ["left-only", "matched", "matched", "right-only"]);
    let doubtful = statuses(&run("2026-10-30", "2.0"));
    assert_eq!(doubtful, ["matched", "matched", "suggested"]);
    let slip = statuses(&run("2026-10-30", "3.0"));
    assert_eq!(slip, ["matched", "matched", "matched"]);
}
