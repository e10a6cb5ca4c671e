//! Bills of carriers of other kinds: trucks by the trip, invoices in English,
//! waybills that a spreadsheet has damaged.

use serde_json::json;

use super::ran::Folder;

#[test]
fn trips_of_trucks_are_named_by_truck_and_day() {
    let log = "派车登记 2026年10月
日期,车牌号,司机,路线,目的地,承运单位,吨数,运费,备注
2026/10/1,粤T12345,司机A,中山-深圳,深圳,宏达运输,2.5,237.50,
2026/10/2,粤T67890,司机B,中山-广州,广州,宏达运输,4.0,280.00,
2026/10/3,粤T12345,司机A,中山-佛山,佛山,宏达运输,3.0,180.00,
2026/10/3,粤T12345,司机A,中山-东莞,东莞,宏达运输,3.0,255.00,
2026/10/4,粤T67890,司机B,中山-广州,广州,宏达运输,1.7,119.00,
";
    let bill = "宏达运输 10月份运费对账单
序号,日期,车牌号,起点,终点,吨位,单价(元/吨),运费,合计
1,2026/10/1,粤T12345,中山,深圳,3.5,95,332.50,332.50
2,2026/10/2,粤T67890,中山,广州,4.0,70,280.00,280.00
3,2026/10/3,粤T12345,中山,东莞,3.0,85,255.00,255.00
4,2026/10/3,粤T12345,中山,佛山,3.0,60,180.00,180.00
5,2026/10/6,粤A55512,中山,佛山,6.0,60,360.00,360.00
合计,,,,,,,,1407.50
";
    let said = Folder::of(&[("派车登记10月.csv", log), ("宏达运输10月.csv", bill)]).run();
    assert_eq!(
        said.lines(),
        [
            "differs 3|3 95.00 quantity:95.00",
            "matched 4|4 0.00",
            "matched 5|6 0.00",
            "matched 6|5 0.00",
            "left-only not-shipped 7| 360.00",
            "right-only not-billed |7 -119.00",
        ],
        "{:#?}",
        said.0["findings"]
    );
}

#[test]
fn a_bill_without_a_word_of_its_own_is_no_second_log() {
    let log = "2026年发货台账
发运日期,客户名称,到货城市,承运商,货运单号,箱数,毛重(KG),运杂费(元),结算方式
2026-10-01,客户A,杭州,顺心捷达,SX10000001,3,120,128,月结
2026-10-03,客户B,武汉,顺心捷达,SX10000002,2,80,92,月结
2026-10-05,客户C,成都,顺心捷达,SX10000003,1,30,47,月结
2026-10-07,客户D,成都,顺心捷达,SX10000004,1,60,74,月结
";
    let bill = "顺心捷达 10月份
日期,单号,目的地,件,重量,金额,备注
10.1,SX10000001,杭州,3,120,128,
10.3,SX10000002,武汉,2,90,101,
10.5,SX10000003,成都,1,30,47,
合计,,,,,276,
";
    let said = Folder::of(&[("发货台账2026.csv", log), ("顺心捷达10月.csv", bill)]).run();
    assert_eq!(
        said.open(),
        ["differs 4|4 9.00 quantity:9.00", "right-only not-billed |6 -74.00"],
        "{:#?}",
        said.lines()
    );
}

#[test]
fn an_invoice_in_english_with_fuel_and_a_matrix_of_zones() {
    let card = "\
DHL Express rate sheet 2026 (CNY)
Weight (kg)|Zone 1|Zone 2
0.5|80|110
1|92|128
1.5|104|146
2|116|164
2.5|128|182
Fuel surcharge 28.5%
";
    let zones = "Country|Zone\nHong Kong|Zone 1\nTaiwan|Zone 1\nJapan|Zone 2\nSingapore|Zone 2\n";
    let log = "Freight log October 2026
Date,Consignee,Destination,Carrier,Tracking No,Weight,Freight
2026-10-02,A,Japan,DHL,4712345678,0.4,110
2026-10-03,B,Hong Kong,DHL,4712345779,1.2,104
2026-10-05,C,Singapore,DHL,4712345880,0.9,128
2026-10-06,D,Taiwan,DHL,4712345981,2,116
";
    let bill = "DHL Express invoice October 2026
Shipment Date,Waybill Number,Destination,Product,Weight (kg),Freight Charge,Fuel Surcharge,Total Amount
2026-10-02,4712345678,Japan,EXPRESS WORLDWIDE,0.5,110,31.35,141.35
2026-10-03,4712345779,Hong Kong,EXPRESS WORLDWIDE,2.5,128,36.48,164.48
2026-10-05,4712345880,Singapore,EXPRESS WORLDWIDE,1,128,39.04,167.04
2026-10-06,4712345981,Taiwan,EXPRESS WORLDWIDE,2,116,33.06,149.06
Total,,,,,,,621.93
";
    let said = Folder::of(&[("freight log.csv", log), ("DHL invoice.csv", bill)])
        .with_book("DHL rates.xlsx", card, &[])
        .with_book("DHL zones.xlsx", zones, &[])
        .run();
    assert_eq!(
        said.open(),
        ["differs 4|4 30.84 quantity:24.00 surcharge:6.84", "differs 5|5 2.56 surcharge:2.56"],
        "{:#?}",
        said.0["findings"]
    );
    assert_eq!(said.codes(), [""; 0]);
}

#[test]
fn list_prices_and_credits_of_an_english_invoice() {
    let log = "Date,Tracking No.,To,Carrier,Wt (kg),Charge
2026-10-01,1Z999AA10123456784,USA,UPS,1.2,21.00
2026-10-02,1Z999AA10123456785,Germany,UPS,2.5,28.00
2026-10-03,1Z999AA10123456786,Japan,UPS,0.8,14.00
2026-10-04,1Z999AA10123456787,Japan,UPS,0.9,14.00
";
    let bill = "UPS Monthly Invoice,,,,,,,Invoice Date: 10/31/2026
Pickup Date,Tracking Number,Service,Zone,Billed Weight,Published Charge,Incentive Credit,Billed Charge
10/01/2026,1Z999AA10123456784,UPS Saver,5,2,30.00,9.00,21.00
10/02/2026,1Z999AA10123456785,UPS Saver,5,3,40.00,12.00,28.00
10/03/2026,1Z999AA10123456786,UPS Saver,5,1,20.00,6.00,14.00
10/13/2026,1Z999AA10123456787,UPS Saver,5,1,20.00,3.00,17.00
Total,,,,,,,80.00
";
    let said = Folder::of(&[("shipping log.csv", log), ("UPS.csv", bill)]).run();
    assert_eq!(said.open().len(), 1, "{:#?} {:#?}", said.lines(), said.0["findings"]);
    assert!(said.open()[0].starts_with("differs 6|5 3.00"), "{:?}", said.open());
    assert_eq!(said.carrier("UPS")["discount"]["share"], "0.7");
}

const PARCELS: &str = "运费登记 2026年10月
日期,目的地,快递公司,快递单号,重量,快递费
2026-10-02,浙江,中通快递,776500000001,1,4.00
2026-10-03,浙江,中通快递,776500000002,1,4.00
2026-10-04,浙江,中通快递,776500000003,1,4.00
2026-10-05,浙江,中通快递,776500000004,1,4.00
";

#[test]
fn what_is_taken_off_below_the_sum_is_of_the_bill() {
    let bill = "中通快递 2026年10月对账单
运单号,日期,目的地,重量,运费
776500000001,2026-10-02,浙江,1,4.00
776500000002,2026-10-03,浙江,1,4.00
776500000003,2026-10-04,浙江,1,4.00
776500000004,2026-10-05,浙江,1,4.00
合计,,,4,16.00
月结返利5%,,,,-0.80
折让,,,,-1.00
实付金额,,,,14.20
";
    let said = Folder::of(&[("运费登记10月.csv", PARCELS), ("中通10月.csv", bill)]).run();
    let open = said.open();
    assert_eq!(open.len(), 2, "{open:?} {:#?}", said.0["findings"]);
    assert!(open[0].contains(" 8| ") && open[0].ends_with("-0.80"), "{open:?}");
    assert!(open[1].contains(" 9| ") && open[1].ends_with("-1.00"), "{open:?}");
    assert!(said.codes().is_empty(), "{:?}", said.codes());
}

#[test]
fn a_statement_that_prices_our_waybills_is_the_carriers_bill() {
    let bill = "中通快递 结算单 2026-10
运单号,日期,目的省份,重量,金额
776500000001,2026-10-02,浙江省,1,4.00
776500000002,2026-10-03,浙江省,1,4.00
776500000003,2026-10-04,浙江省,2,5.00
776500000004,2026-10-05,浙江省,1,4.00
合计,,,,17.00
";
    let said = Folder::of(&[("运费登记10月.csv", PARCELS), ("中通10月.csv", bill)]).run();
    assert_eq!(said.open(), ["differs 5|5 1.00 quantity:1.00"], "{:#?}", said.0["findings"]);
}

/// A carrier's bill of three parcels, 12.00 in all, that ends with some rows.
fn ending(rows: &str) -> super::ran::Said {
    let log = "运费登记 2026年10月
日期,快递,单号,目的地,重量,运费
2026-10-02,中通快递,776500000001,浙江,1,4.00
2026-10-03,中通快递,776500000002,浙江,1,4.00
2026-10-04,中通快递,776500000003,浙江,1,4.00
";
    let bill = format!(
        "中通快递 2026年10月对账单
序号,运单号,日期,目的地,重量,运费
1,776500000001,2026-10-02,浙江,1,4.00
2,776500000002,2026-10-03,浙江,1,4.00
3,776500000003,2026-10-04,浙江,1,4.00
{rows}"
    );
    Folder::of(&[("运费登记10月.csv", log), ("中通10月.csv", &bill)]).run()
}

#[test]
fn what_is_to_be_paid_below_a_sum_is_no_parcel() {
    for (rows, expected) in [
        ("合计,,,,3,12.00\n应付,,,,,12.00\n", vec![]),
        ("小计,,,,3,12.00\n应付,,,,,12.00\n", vec![]),
        ("小计,,,,3,12.00\n返利,,,,,-0.80\n应付,,,,,11.20\n", vec!["discount:-0.80"]),
        ("合计,,,,3,12.00\n减：优惠,,,,,0.80\n实付,,,,,11.20\n", vec!["discount:-0.80"]),
        ("合计,,,,3,12.00\n理赔,,,,,2.00\n本月应收,,,,,10.00\n", vec!["discount:-2.00"]),
        ("小计,,,,3,12.00\n面单费,,,,,1.50\n应付,,,,,13.50\n", vec!["surcharge:1.50"]),
    ] {
        let said = ending(rows);
        let open = said.open();
        assert_eq!(open.len(), expected.len(), "{rows}{open:?}");
        for (line, cause) in open.iter().zip(expected) {
            assert!(line.starts_with("left-only other-charge") && line.ends_with(cause), "{line}");
        }
        assert!(said.codes().is_empty(), "{rows}{:?}", said.codes());
    }
}

#[test]
fn what_is_to_be_paid_must_follow_from_the_parcels() {
    let said = ending("合计,,,,3,12.00\n返利,,,,,-0.80\n应付,,,,,11.50\n");
    assert_eq!(said.codes(), ["closing-mismatch"]);
    let opened = ending("上月未付,,,,,5.00\n合计,,,,3,12.00\n应付,,,,,16.00\n");
    assert!(opened.codes().iter().all(|code| *code != "total-mismatch"), "{:?}", opened.codes());
}

#[test]
fn bills_of_networks_are_read_in_their_own_words() {
    let log = "运费登记 2026年10月
日期,快递,单号,目的地,重量,运费
2026-10-02,京东快递,JDVB7700000001,浙江,1.2,9.00
2026-10-03,京东快递,JDVB7700000002,江苏,0.8,9.00
2026-10-04,京东快递,JDVB7700000003,江苏,0.8,9.00
";
    let bill = "账单编号,业务单号,商家订单号,揽收时间,始发城市,目的城市,计费重量,费用类型,结算金额
ZD1,JDVB7700000001,2900001,2026-10-02 10:00:00,中山市,浙江,2,快递运费,9.00
ZD1,JDVB7700000002,2900002,2026-10-03 10:00:00,中山市,江苏,1,快递运费,9.00
ZD1,JDVB7700000002,2900002,2026-10-03 10:00:00,中山市,江苏,0,返单费,5.00
ZD1,JDVB7700000003,2900003,2026-10-04 10:00:00,中山市,江苏,1,快递运费,12.00
";
    let said = Folder::of(&[("运费登记10月.csv", log), ("京东快递账单10月.csv", bill)]).run();
    let expected = ["differs 3+4|4 5.00 surcharge:5.00", "differs 5|5 3.00 price:3.00"];
    assert_eq!(said.open(), expected);

    let log = "Freight log October 2026
Date,Carrier,Tracking No.,Destination,Weight,Freight
2026-10-02,FedEx,784000000001,Germany,2.2,330.00
2026-10-03,FedEx,784000000002,Japan,0.9,220.00
2026-10-04,FedEx,784000000003,Japan,0.9,220.00
";
    let bill = "Invoice Number,Express or Ground Tracking ID,Net Charge Amount,Service Type,Shipment Date,Actual Weight Amount,Rated Weight Amount,Recipient Country
7-123-45678,784000000001,330.00,IP,20261002,2.2,2.5,Germany
7-123-45678,784000000002,245.00,IP,20261003,0.9,1.0,Japan
7-123-45678,784000000003,220.00,IP,20261004,0.9,1.0,Japan
";
    let said = Folder::of(&[("log.csv", log), ("FedEx_Invoice.csv", bill)]).run();
    assert_eq!(said.open(), ["differs 3|4 25.00 price:25.00"]);
}

#[test]
fn the_charge_that_makes_the_difference_is_named_alone() {
    let log = "Freight log October 2026
Date,Carrier,Tracking No.,Destination,Weight,Freight
2026-10-02,DHL,4000000001,Germany,2.2,345.00
2026-10-03,DHL,4000000002,Japan,0.9,253.00
2026-10-04,DHL,4000000003,Japan,0.9,253.00
";
    let bill = "DHL Express Invoice 2026-10
Airway Bill,Ship Date,Destination,Billed Weight (kg),Weight Charge,Fuel Surcharge,Other Charges,Total Amount
4000000001,2026-10-02,Germany,2.5,300.00,45.00,0,345.00
4000000002,2026-10-03,Japan,1.0,220.00,33.00,160.00,413.00
4000000003,2026-10-04,Japan,1.0,220.00,33.00,0,253.00
";
    let said = Folder::of(&[("log.csv", log), ("DHL 2026-10.csv", bill)]).run();
    assert_eq!(said.open(), ["differs 4|4 160.00 surcharge:160.00"]);
    let line = said.section("lines").iter().find(|line| line["status"] == "differs").unwrap();
    let explanation = line["explanation"].as_str().unwrap();
    assert!(
        explanation.contains("Other Charges") && !explanation.contains("Fuel"),
        "{explanation}"
    );
}

#[test]
fn a_prepayment_below_a_bill_is_no_discount() {
    let bill = "疾风快递 2026年10月账单
日期,运单号,目的地,重量(kg),运费
2026-10-02,JF700000001,浙江省,0.8,3.50
2026-10-02,JF700000002,浙江省,2.3,6.50
2026-10-03,JF700000003,浙江省,5.0,8.90
合计,,,,18.90
预付款,,,,-10.00
实付,,,,8.90
";
    let log = "发货登记 2026年10月
发货日期,快递公司,运单号,目的地,重量(kg),运费
2026-10-02,疾风快递,JF700000001,浙江省,0.8,3.50
2026-10-02,疾风快递,JF700000002,浙江省,2.3,6.50
2026-10-03,疾风快递,JF700000003,浙江省,5.0,8.90
";
    let said = Folder::of(&[("账单.csv", bill), ("运费登记.csv", log)]).run();
    let lines = said.section("lines");
    let open: Vec<_> = lines.iter().filter(|line| line["status"] != "matched").collect();
    assert_eq!(open.len(), 1, "{open:#?}");
    assert_eq!((&open[0]["reason"], &open[0]["difference"]), (&json!("prepaid"), &json!("-10.00")));
    assert_eq!(open[0]["causes"].as_array().map(Vec::len), Some(0), "{open:#?}");
    assert_eq!(said.codes(), [""; 0], "{:#?}", said.0["findings"]);
}
