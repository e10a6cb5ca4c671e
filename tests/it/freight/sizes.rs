//! Prices that ask for no weight: by the size of the carton, by the piece, by
//! the cubic metre; and cards that say it in sentences.

use super::ran::Folder;

/// Prices a month of three consignments, of which the bill's second is wrong.
fn differs_once(files: &[(&str, &str)], expected: &str) -> super::ran::Said {
    let said = Folder::of(files).run();
    assert_eq!(said.open(), [expected], "{:#?}\n{:#?}", said.lines(), said.0["findings"]);
    assert_eq!(said.codes(), [""; 0], "{:#?}", said.0["findings"]);
    said
}

const LOG: &str = "运费登记表 2026年10月
日期,客户,目的地,货运部,单号,箱型,件数,运费
10.3,甲,广州,顺发,10001,小箱,3,24
10.4,乙,东莞,顺发,10002,大箱,2,40
10.6,丙,广州,顺发,10003,中箱,4,48
";

const BILL: &str = "顺发货运 2026年10月对账单
日期,运单号,目的地,箱型,件数,运费
10-03,10001,广州,小箱,3,24
10-04,10002,东莞,大箱,2,44
10-06,10003,广州,中箱,4,48
合计,,,,,116
";

#[test]
fn cartons_of_each_size_by_place() {
    let card = "顺发货运 运价表（2026年）
目的地,小箱(元/箱),中箱(元/箱),大箱(元/箱)
广州,8,12,18
东莞,10,14,20
";
    let files = [("顺发货运价格.csv", card), ("运费登记.csv", LOG), ("顺发货运账单.csv", BILL)];
    let said = differs_once(&files, "differs 4|4 4.00 price:4.00");
    let explained = said.section("lines")[1]["explanation"].as_str().unwrap();
    assert!(explained.contains("40.00"), "{explained}");
}

#[test]
fn cartons_of_each_size_down_the_card_and_in_columns_of_the_log() {
    let card = "顺发货运 运费价格表
箱型,尺寸,单价(元/箱)
小箱,40*30*30,8
中箱,60*40*40,12
大箱,80*60*50,20
";
    let log = "运费登记表 2026年10月
日期,客户,目的地,货运部,单号,小箱,中箱,大箱,运费
10.3,甲,广州,顺发,10001,3,,,24
10.4,乙,东莞,顺发,10002,,,2,40
10.6,丙,广州,顺发,10003,1,2,,32
";
    let bill = "顺发货运 2026年10月对账单
日期,运单号,目的地,箱型,件数,运费
10-03,10001,广州,小箱,3,24
10-04,10002,东莞,大箱,3,60
10-06,10003,广州,小箱1 中箱2,3,32
";
    differs_once(
        &[("顺发货运价格.csv", card), ("运费登记.csv", log), ("顺发货运账单.csv", bill)],
        "differs 4|4 20.00 quantity:20.00",
    );
}

#[test]
fn a_price_by_the_piece_and_the_least_that_is_charged() {
    let card = "华宇物流 运费价格表\n目的地,元/件,最低收费\n上海,15,30\n杭州,12,25\n";
    let log = "日期,目的地,货运部,单号,件数,运费
2026-10-03,上海,华宇,88001,4,60
2026-10-04,杭州,华宇,88002,1,25
2026-10-06,杭州,华宇,88003,5,60
";
    let bill = "华宇物流 对账单 2026年10月
日期,运单号,目的地,件数,运费
2026-10-03,88001,上海,4,60
2026-10-04,88002,杭州,1,25
2026-10-06,88003,杭州,5,66
";
    differs_once(
        &[("价格.csv", card), ("运费登记.csv", log), ("华宇账单.csv", bill)],
        "differs 5|4 6.00 price:6.00",
    );
}

#[test]
fn an_english_depot() {
    let card = "SwiftPost rate card 2026
Carton size,Dimensions,Price per carton
Small,40x30x30,6.5
Medium,60x40x40,9.8
Large,80x60x50,15
";
    let log = "Freight log October 2026
Date,Destination,Carrier,Waybill No.,Carton size,Cartons,Freight
2026-10-03,Leeds,SwiftPost,SP1001,Small,3,19.5
2026-10-04,York,SwiftPost,SP1002,Medium,2,19.6
2026-10-05,Hull,SwiftPost,SP1003,Large,1,15
";
    let bill = "SwiftPost freight invoice October 2026
Date,Waybill No.,Destination,Carton size,Cartons,Amount
2026-10-03,SP1001,Leeds,Small,3,19.5
2026-10-04,SP1002,York,Medium,2,21.6
2026-10-05,SP1003,Hull,Large,1,15
Total,,,,,56.1
";
    differs_once(
        &[("rates.csv", card), ("freight log.csv", log), ("SwiftPost invoice.csv", bill)],
        "differs 4|4 2.00 price:2.00",
    );
}

#[test]
fn cubic_metres_are_what_is_compared_where_they_are_paid_for() {
    let card = "德邦物流 运费价格表
目的地,重货(元/kg),轻货(元/m³),最低一票
上海,0.8,180,40
成都,1.6,360,60
";
    let log = "日期,目的地,货运部,单号,件数,重量,体积(m³),运费
2026-10-03,上海,德邦,DB1001,4,120,0.2,96
2026-10-04,成都,德邦,DB1002,6,90,0.9,324
";
    let bill = "德邦物流 2026年10月对账单
发货日期,运单号,目的地,件数,重量(kg),体积(m³),运费
2026-10-03,DB1001,上海,4,120,0.2,96
2026-10-04,DB1002,成都,6,90,1.1,396
";
    let files = [("价格.csv", card), ("运费登记.csv", log), ("德邦账单.csv", bill)];
    let said = differs_once(&files, "differs 4|3 72.00 quantity:72.00");
    let line = &said.section("lines")[1];
    assert_eq!(
        (&line["left"][0]["quantity"], &line["right"][0]["quantity"]),
        (&"1.1".into(), &"0.9".into())
    );
    let explained = line["explanation"].as_str().unwrap();
    assert!(explained.contains("m³") && !explained.contains("kg"), "{explained}");
}

#[test]
fn prices_in_sentences() {
    let card = "申通快递 报价单
江浙沪皖：首重1kg 3.2元，续重1元/kg
广东、福建、山东：首重1公斤3.8元，续重2元/公斤
其他：首重 5 元，续重 4 元
体积重 长*宽*高/8000；不足1kg按1kg计
";
    let log = "日期,目的地,快递公司,快递单号,重量,运费
2026-10-03,浙江,申通,773001,0.8,3.2
2026-10-04,广东,申通,773002,2.3,7.8
2026-10-06,四川,申通,773003,1.4,9
2026-10-07,上海,申通,773004,3.0,5.2
";
    let bill = "申通快递 月结账单 2026-10
运单号,寄件日期,目的地,重量,运费
773001,2026-10-03,浙江省,1,3.2
773002,2026-10-04,广东省,3,7.8
773003,2026-10-06,四川省,2,9
773004,2026-10-07,上海市,4,6.2
";
    differs_once(
        &[("报价.csv", card), ("运费登记.csv", log), ("申通账单.csv", bill)],
        "differs 6|5 1.00 quantity:1.00",
    );
}

#[test]
fn tiers_down_the_card_with_first_and_continued_weights_across() {
    let card = "中通快递 结算价格表
省份,重量段,首重价,续重价
浙江,0-1kg,2.8,
浙江,1-3kg,3.6,
浙江,3kg以上,3.0,0.8
广东,0-1kg,3.4,
广东,1-3kg,4.6,
广东,3kg以上,3.5,1.5
";
    let log = "日期,目的地,快递公司,快递单号,重量,运费
2026-10-03,浙江,中通,7801,0.8,2.8
2026-10-04,广东,中通,7802,2.3,4.6
2026-10-06,浙江,中通,7803,4.4,6.2
2026-10-07,广东,中通,7804,3.2,8.0
";
    let bill = "中通 2026年10月账单
运单号,揽收时间,目的地,结算重量,快递费
7801,2026-10-03,浙江省,0.8,2.8
7802,2026-10-04,广东省,2.3,5.2
7803,2026-10-06,浙江省,5,6.2
7804,2026-10-07,广东省,4,8.0
";
    differs_once(
        &[("资费.csv", card), ("运费登记.csv", log), ("中通账单.csv", bill)],
        "differs 4|3 0.60 price:0.60",
    );
}

#[test]
fn depots_that_price_the_transfer_by_weight_and_the_rest_by_the_parcel() {
    let card = "中通网点收费标准
省份,中转费(元/kg),最低中转费
浙江,0.8,1.5
新疆,8,10
面单费1.2元/票；操作费0.5元/票；过磅费0.3元/票；不足1kg按1kg
";
    let log = "日期,省份,快递公司,快递单号,重量
2026-10-03,浙江,中通,78000001,0.8
2026-10-03,新疆,中通,78000002,2.2
2026-10-04,浙江,中通,78000003,3.1
";
    let bill = "中通快递 账单 2026年10月
运单号,日期,目的地,重量,面单费,操作费,过磅费,中转费,合计
78000001,2026-10-03,浙江,1,1.2,0.5,0.3,1.5,3.5
78000002,2026-10-03,新疆,3,1.2,0.5,0.3,24,26
78000003,2026-10-04,浙江,4,1.2,0.5,0.3,4.2,6.2
";
    differs_once(
        &[("价格.csv", card), ("登记.csv", log), ("中通账单.csv", bill)],
        "differs 5|4 1.00 price:1.00",
    );
}

#[test]
fn a_log_of_freight_alone_beside_a_fee_that_every_parcel_pays() {
    let card = "圆通速递价格表
省份,0-0.5kg,0.5-1kg,1-2kg,2-3kg
浙江,2.0,2.3,2.9,3.6
广东,2.4,2.8,3.4,4.1
3kg以内按均重结算；面单费0.3元/票
";
    // The average is 0.9 kg.
    let log = "发货日期,省份,快递,单号,重量(kg),运费
2026-10-02,广东,圆通,YT6000000001,0.42,2.8
2026-10-03,浙江,圆通,YT6000000002,0.38,2.3
2026-10-04,浙江,圆通,YT6000000003,1.9,2.3
";
    let bill = "圆通速递 月结对账单 2026年10月
序号,运单号,揽件时间,目的省,结算重量,快递费,面单费,合计
1,YT6000000001,2026-10-02,广东省,0.42,2.8,0.3,3.1
2,YT6000000002,2026-10-03,浙江省,0.38,2.8,0.3,3.1
3,YT6000000003,2026-10-04,浙江省,1.9,2.3,0.3,2.6
";
    differs_once(
        &[("价格.csv", card), ("登记.csv", log), ("圆通账单.csv", bill)],
        "differs 4|3 0.50 price:0.50",
    );
}

#[test]
fn several_waybills_in_a_cell_without_a_price_are_priced_one_by_one() {
    let card = "顺丰速运 运费价格表 月结9折
区域,目的地,首重1kg,续重(元/kg)
1区,广东,10,2
3区,北京、四川,18,5
首重1kg，续重每0.5kg计，按续重价的一半收
";
    let log = "寄件日期,收件人,目的地,承运商,运单号,件数,实重,运费
10/5,丙,北京,顺丰,SF1400000000003/SF1400000000004,2,3,
10/6,丁,广东,顺丰,SF1400000000009,1,2,
";
    let bill = "顺丰速运 月结清单 2026-10
序号,运单号码,日期,到件地区,计费重量,产品类型,费用(元),折扣后应付金额
1,SF1400000000003,10-05,北京,1.5,标快,20.5,18.45
2,SF1400000000004,10-05,北京,1.5,标快,22.5,20.25
3,SF1400000000009,10-06,广东,2,标快,12,10.8
";
    differs_once(
        &[("价格.csv", card), ("登记.csv", log), ("顺丰账单.csv", bill)],
        "differs 3+4|2 1.80 price:1.80",
    );
}
