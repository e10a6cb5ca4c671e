//! Layouts of rate cards, bills and logs, in three writings.

use super::ran::Folder;

/// A month with one wrong weight (row 4 of the bill), under any headers.
fn one_difference(files: &[(&str, &str)], expected: &str) {
    differs_once(&Folder::of(files), expected);
}

fn differs_once(folder: &Folder, expected: &str) {
    let said = folder.run();
    assert_eq!(said.open(), [expected], "{:#?}\n{:#?}", said.lines(), said.0["findings"]);
    assert_eq!(said.codes(), [""; 0], "{:#?}", said.0["findings"]);
}

const LOG: &str = "日期,收件人,目的地,快递公司,快递单号,重量,快递费
2026-10-08,A,杭州,中通,776500000001,0.42,2.40
2026-10-08,B,合肥,中通,776500000002,2.3,4.60
2026-10-09,C,乌鲁木齐,中通,776500000003,3.2,32.00
2026-10-09,D,广东省广州市,中通,776500000004,0.9,3.40
2026-10-10,E,浙江省宁波市,中通,776500000005,31.5,39.00
2026-10-10,F,拉萨,中通,776500000006,0.3,16.00
";

const BILL: &str = "中通快递 2026年10月账单
运单编号,收寄日期,目的省份,结算重量,快递运费
776500000001,2026-10-08,浙江省,0.42,2.40
776500000002,2026-10-08,安徽省,3.6,7.60
776500000003,2026-10-09,新疆,3.2,32.00
776500000004,2026-10-09,广东,0.9,3.40
776500000005,2026-10-10,浙江,31.5,39.00
776500000006,2026-10-10,西藏,0.3,16.00
合计,,,,100.40
";

#[test]
fn tiers_of_weight_as_columns() {
    let card = "中通快递电商价格表
省份,0-0.5kg,0.5-1kg,1-2kg,2-3kg,3kg以上首重1kg,3kg以上续重
江浙沪,2.40,2.70,3.30,3.90,4.00,1.00
广东,3.00,3.40,4.00,4.50,4.80,1.20
安徽,2.60,3.00,3.80,4.60,4.60,1.00
新疆、西藏,16.00,18.00,24.00,30.00,17.00,5.00
备注：体积÷8000
";
    let log = LOG.replace("31.5,39.00", "31.5,35.00");
    let bill = BILL.replace("31.5,39.00", "31.5,35.00").replace("100.40", "96.40");
    one_difference(
        &[("rates.csv", card), ("运费登记.csv", &log), ("中通账单.csv", &bill)],
        "differs 4|3 3.00 quantity:3.00",
    );
}

#[test]
fn first_and_continued_weights_by_province() {
    let card = "中通快递价格表\n目的省份,首重(1kg),续重(元/kg)\n浙江,2.40,1.20\n广东,3.40,1.50\n安徽,2.60,1.00\n新疆/西藏,16,4\n说明：首重1kg，续重不足1kg按1kg计\n";
    let log = LOG.replace("3.2,32.00", "3.2,28.00").replace("31.5,39.00", "31.5,39.60");
    let bill = BILL
        .replace("3.2,32.00", "3.2,28.00")
        .replace("31.5,39.00", "31.5,39.60")
        .replace("3.6,7.60", "3.6,5.60")
        .replace("100.40", "95.00");
    one_difference(
        &[("rates.csv", card), ("运费登记.csv", &log), ("中通账单.csv", &bill)],
        "differs 4|3 1.00 quantity:1.00",
    );
}

#[test]
fn several_carriers_side_by_side_on_one_card() {
    let card = "2026年快递价格表
省份|中通||疾风速运|
|首重1kg|续重|首重1kg|续重0.5kg
浙江|2.40|1.20|9|1
广东|3.40|1.50|10|1
安徽|2.60|1.00|11|1.5
新疆、西藏|16|4|20|7
";
    let log = LOG.replace("3.2,32.00", "3.2,28.00").replace("31.5,39.00", "31.5,39.60")
        + "2026-10-11,G,新疆,疾风速运,JF13000000001,1.6,34.00\n";
    let bill = BILL
        .replace("3.2,32.00", "3.2,28.00")
        .replace("31.5,39.00", "31.5,39.60")
        .replace("3.6,7.60", "3.6,5.60")
        .replace("100.40", "95.00");
    let other = "疾风速运账单 2026年10月\n运单号,日期,目的地,计费重量,应付金额\nJF13000000001,2026-10-11,新疆,2,34.00\n";
    let files = [("运费登记.csv", &*log), ("中通账单.csv", &*bill), ("疾风账单.csv", other)];
    let folder = Folder::of(&files).with_book("rates.xlsx", card, &[(1, 1, 2), (1, 3, 4)]);
    differs_once(&folder, "differs 4|3 1.00 quantity:1.00");
}

#[test]
fn traditional_characters_and_english() {
    let card = "順豐速運 運費價格表\n區域,省份,首重價(元/1kg),續重價(元/kg)\n一區,浙江省、廣東省,12,2\n二區,安徽省,14,4\n三區,新疆、西藏,20,10\n說明：首重1公斤；續重每0.5公斤進位；體積÷6000\n";
    let log = "日期,收貨人,目的地,貨運公司,託運單號,重量,運費\n2026/10/08,A,浙江,順豐,SF1300000000001,1.2,13\n2026/10/08,B,安徽,順豐,SF1300000000002,2.2,20\n2026/10/09,C,西藏,順豐,SF1300000000003,1,20\n2026/10/09,D,廣東,順豐,SF1300000000004,0.5,12\n";
    let bill = "順豐速運 貨運對帳單 2026年10月\n序號,運單號碼,日期,到件地區,計費重量(KG),應付金額\n1,SF1300000000001,10/08,浙江省,1.5,13\n2,SF1300000000002,10/08,安徽省,3,22\n3,SF1300000000003,10/09,西藏,1,20\n4,SF1300000000004,10/09,廣東省,1,12\n合計,,,,,67\n";
    one_difference(
        &[("card.csv", card), ("運費登記表.csv", log), ("bill.csv", bill)],
        "differs 4|3 2.00 quantity:2.00",
    );
    let card = "Swift Express freight rates\nZone,Province,First 1kg,Additional per 0.5kg\nA,\"Zhejiang, Guangdong\",12.00,1.00\nB,Anhui,14.00,2.00\nC,Xinjiang,20.00,5.00\nVolumetric weight: L x W x H / 6000. Monthly account: 10% discount\n";
    let log = "Date,Consignee,Destination,Carrier,Tracking No,Weight,Freight\n2026-10-08,A,Zhejiang,Swift Express,SW1300000001,1.2,13.00\n2026-10-08,B,Anhui,Swift Express,SW1300000002,2.2,20.00\n2026-10-09,C,Xinjiang,Swift Express,SW1300000003,1,20.00\n2026-10-09,D,Guangdong,Swift Express,SW1300000004,0.5,12.00\n";
    let bill = "Swift Express monthly statement October 2026\nNo,Waybill No,Date,Destination,Chargeable Weight,Payable\n1,SW1300000001,2026-10-08,Zhejiang,1.5,11.70\n2,SW1300000002,2026-10-08,Anhui,3,19.80\n3,SW1300000003,2026-10-09,Xinjiang,1,18.00\n4,SW1300000004,2026-10-09,Guangdong,1,10.80\nTotal,,,,,60.30\n";
    one_difference(
        &[("rates.csv", card), ("freight log.csv", log), ("bill.csv", bill)],
        "differs 4|3 1.80 quantity:1.80",
    );
}

#[test]
fn a_card_of_another_year_is_told_and_not_worked_by() {
    let card = "中通快递价格表\n目的省份,首重(1kg),续重(元/kg)\n浙江,7,3\n广东,8,3\n安徽,7,3\n新疆/西藏,30,14\n";
    let said =
        Folder::of(&[("rates.csv", card), ("运费登记.csv", LOG), ("中通账单.csv", BILL)]).run();
    assert_eq!(said.codes(), ["rate-card-misfit"]);
    assert_eq!(said.open(), ["differs 4|3 3.00 quantity:3.00"]);
}

/// By hand: 浙江 5 kg = 3.50 + 2×1.50 + 2×1.20 = 8.90; 广东 25 kg = 6.00 +
/// 2×3.00 + 17×2.50 + 5×2.00 = 64.50; a bill that takes 1.50 for all four
/// kilograms beyond the first, 9.50, is 0.60 too much.
#[test]
fn every_kilogram_at_the_price_of_its_range() {
    let log = "日期,收件人,目的地,快递公司,快递单号,重量
2026-10-02,A,杭州,中通,776500000001,0.8
2026-10-02,B,杭州,中通,776500000002,2.3
2026-10-03,C,宁波,中通,776500000003,5.0
2026-10-03,D,广州,中通,776500000004,25.0
2026-10-04,E,广州,中通,776500000005,2.0
2026-10-04,F,南京,中通,776500000006,3.2
";
    let bill = "中通快递 2026年10月账单
运单编号,收寄日期,目的省份,结算重量,快递运费
776500000001,2026-10-02,浙江,0.8,3.50
776500000002,2026-10-02,浙江,2.3,6.50
776500000003,2026-10-03,浙江,5.0,9.50
776500000004,2026-10-03,广东,25.0,64.50
776500000005,2026-10-04,广东,2.0,9.00
776500000006,2026-10-04,江苏,3.2,7.70
合计,,,,100.70
";
    for headers in [
        "首重1kg,续重(1-3kg),续重(3-20kg),续重(20kg以上)",
        "首重(1公斤),续重1-3公斤,续重3-20公斤,20公斤以上续重",
        "首重1kg,續重（1-3kg）,續重（3-20kg）,續重（20kg以上）",
        "First 1kg,Additional kg (1-3kg),Additional kg (3-20kg),Additional kg (over 20kg)",
    ] {
        let card = format!(
            "中通快递价格表\n省份,{headers}\n浙江、江苏,3.50,1.50,1.20,1.00\n广东,6.00,3.00,2.50,2.00\n"
        );
        one_difference(
            &[("rates.csv", &card), ("运费登记.csv", log), ("中通账单.csv", bill)],
            "differs 5|4 0.60 price:0.60",
        );
    }
}

/// Cards of two ranges of additional weight that do not say how they are meant.
mod ranges {
    use super::super::ran::{Folder, Said};

    const LOG: &str = "日期,收件人,目的地,快递公司,快递单号,重量
2026-10-02,A,杭州,中通,776500000001,0.8
2026-10-02,B,杭州,中通,776500000002,2.3
2026-10-03,C,宁波,中通,776500000003,5.0
2026-10-03,D,温州,中通,776500000004,8.0
2026-10-04,E,杭州,中通,776500000005,6.0
";

    /// Prices of 0.8, 2.3, 5, 8 and 6 kg by each way: the card has 5.00 for
    /// the first kilogram, 1.00 up to 3 kg, 2.00 up to 10 kg.
    const BY_RANGE: [&str; 5] = ["5", "7", "11", "17", "13"];
    const BEYOND_FIRST: [&str; 5] = ["5", "7", "13", "19", "15"];
    const WHOLE: [&str; 5] = ["5", "7", "10", "16", "12"];

    fn run(notes: &str, prices: [&str; 5]) -> Said {
        let card = format!(
            "中通快递价格表\n目的省份,首重(1kg),续重(1-3kg),续重(3-10kg)\n浙江,5,1,2\n{notes}"
        );
        let mut bill =
            "中通快递 2026年10月账单\n运单编号,收寄日期,目的省份,结算重量,快递运费\n".to_owned();
        for (at, (line, price)) in LOG.lines().skip(1).zip(prices).enumerate() {
            let cells: Vec<&str> = line.split(',').collect();
            bill += &format!("77650000000{},{},浙江,{},{price}\n", at + 1, cells[0], cells[5]);
        }
        Folder::of(&[("rates.csv", &card), ("运费登记.csv", LOG), ("中通账单.csv", &bill)]).run()
    }

    fn read_as(said: &Said) -> Vec<&str> {
        let findings = said.0["findings"].as_array().unwrap().iter();
        let read = findings.filter(|finding| finding["code"] == "rate-card-read-as");
        read.map(|finding| finding["message"].as_str().unwrap()).collect()
    }

    #[test]
    fn the_bill_shows_how_they_are_meant() {
        for (prices, way) in [
            (BY_RANGE, "charged range by range"),
            (BEYOND_FIRST, "all weight beyond the first"),
            (WHOLE, "the whole weight"),
        ] {
            let said = run("", prices);
            assert_eq!(said.open(), [""; 0], "{way}");
            let read = read_as(&said);
            assert!(read.len() == 1 && read[0].contains(way), "{way}: {read:?}");
        }
    }

    #[test]
    fn one_overcharge_among_them_is_told() {
        let mut prices = BEYOND_FIRST;
        prices[3] = "21";
        let said = run("", prices);
        assert_eq!(said.open(), ["differs 6|5 2.00 price:2.00"], "{:?}", said.lines());
        assert!(read_as(&said)[0].contains("beyond the first"));
    }

    #[test]
    fn what_cannot_be_known_is_no_overcharge() {
        let said = run("", ["5", "7", "14", "21", "16"]);
        assert_eq!(said.codes(), ["rate-card-undecided"]);
        assert_eq!(said.carrier("中通快递")["over"], "0.00");
    }

    #[test]
    fn what_the_card_says_holds() {
        let mut prices = BY_RANGE;
        prices[3] = BEYOND_FIRST[3];
        let said = run("说明：续重分段累计\n", prices);
        assert_eq!(said.carrier("中通快递")["over"], "2.00");
        assert!(read_as(&said).is_empty());
        let said = run("说明：超过3kg的全量计费\n", BEYOND_FIRST);
        assert_eq!(said.carrier("中通快递")["over"], "0.00");
        let said = run("说明：续重分段累计\n", BEYOND_FIRST);
        assert_eq!(said.codes(), ["rate-card-misfit"]);
    }
}
