//! One table of prices in every way that rate cards are laid out: weights down
//! and places across, places down and weights across, two rows a place, zones
//! explained elsewhere. All must price the same month alike.

use super::ran::Folder;

/// Waybill, place, weight and price; the last is billed a kilogram too heavy.
const PARCELS: [(&str, &str, &str, &str); 8] = [
    ("776500000001", "浙江省", "0.42", "2.40"),
    ("776500000002", "上海", "0.8", "2.80"),
    ("776500000003", "广东省广州市", "1.4", "4.60"),
    ("776500000004", "安徽", "2", "5.20"),
    ("776500000005", "江苏", "2.7", "4.00"),
    ("776500000006", "新疆", "4.2", "58.00"),
    ("776500000007", "西藏", "0.5", "16.00"),
    ("776500000008", "广东", "3.4", "7.60"),
];

/// The log and the bill of the month.
fn month(carrier: &str) -> [(String, String); 2] {
    let mut log = "日期,收件人,目的地,快递公司,快递单号,重量,快递费\n".to_owned();
    let mut bill =
        format!("{carrier} 2026年10月账单\n运单编号,收寄日期,目的省份,结算重量,快递运费\n");
    for (number, place, weight, price) in PARCELS {
        let (billed, amount) =
            if number.ends_with('8') { ("4.4", "9.20") } else { (weight, price) };
        log += &format!("2026-10-08,A,{place},{carrier},{number},{weight},{price}\n");
        bill += &format!("{number},2026-10-08,{place},{billed},{amount}\n");
    }
    [("运费登记.csv".to_owned(), log), ("账单.csv".to_owned(), bill)]
}

/// Every parcel is priced as it was logged, and the heavy one alone differs.
fn prices_all(name: &str, folder: &Folder) {
    let said = folder.run();
    let about = || format!("{name}: {:#?}\n{:#?}", said.lines(), said.0["findings"]);
    assert_eq!(said.open(), ["differs 10|9 1.60 quantity:1.60"], "{}", about());
    assert_eq!(said.codes(), [""; 0], "{}", about());
    for line in said.section("lines") {
        let logged = PARCELS.iter().find(|parcel| line["right"][0]["document_no"] == parcel.0);
        let (_, _, _, price) = logged.unwrap();
        assert_eq!(line["repriced"]["ours"]["list"], *price, "{}", about());
    }
}

fn of(name: &str, card: &str, merged: &[(u32, u16, u16)]) {
    let [log, bill] = month("中通");
    let files = [(&*log.0, &*log.1), (&*bill.0, &*bill.1)];
    prices_all(name, &Folder::of(&files).with_book("中通价格表.xlsx", card, merged));
}

#[test]
fn weights_down_and_places_across() {
    let card = "\
中通快递运费价格表
重量(KG)|江浙沪|粤、皖|新疆、西藏
0.5|2.4|3.4|16
1|2.8|3.8|18
1.5|3.2|4.6|22
2|3.6|5.2|26
3|4|6|30
续重/KG|1|1.6|14
";
    of("kilograms", card, &[]);
    let units = card.replace("\n0.5|", "\n0.5kg|").replace("\n1|", "\n1kg|");
    let units =
        units.replace("\n1.5|", "\n1.5kg|").replace("\n2|", "\n2kg|").replace("\n3|", "\n3kg|");
    of("weights with their unit", &units, &[]);
    of("no word in the corner", &card.replace("重量(KG)|", "|"), &[]);
}

#[test]
fn places_down_and_weights_across() {
    let card = "\
中通快递运费价格表
省份/重量(KG)|0.5|1|1.5|2|3|续重/KG
江浙沪|2.4|2.8|3.2|3.6|4|1
广东、安徽|3.4|3.8|4.6|5.2|6|1.6
新疆/西藏|16|18|22|26|30|14
";
    of("one header row", card, &[]);
    let card = "\
中通快递运费价格表
区域|省份|重量（KG）|||||3KG以上续重
||0.5|1|1.5|2|3|元/KG
一区|浙江、江苏、上海|2.4|2.8|3.2|3.6|4|1
二区|广东、安徽|3.4|3.8|4.6|5.2|6|1.6
三区|新疆、西藏|16|18|22|26|30|14
";
    of("two header rows", card, &[(1, 2, 6)]);
}

/// The same month by first and continued weight.
const STEPPED: [(&str, &str, &str, &str); 6] = [
    ("776500000001", "浙江省", "0.42", "3.20"),
    ("776500000002", "上海", "2.2", "5.20"),
    ("776500000003", "广东省广州市", "1.4", "5.30"),
    ("776500000004", "安徽", "3", "6.80"),
    ("776500000006", "新疆", "2.01", "28.00"),
    ("776500000008", "广东", "3.4", "8.30"),
];

fn stepped(name: &str, cards: &[(&str, &str)]) {
    let mut log = "日期,目的地,快递公司,快递单号,重量,快递费\n".to_owned();
    let mut bill = "中通 2026年10月账单\n运单编号,收寄日期,目的省份,结算重量,快递运费\n".to_owned();
    for (number, place, weight, price) in STEPPED {
        let (billed, amount) = if number.ends_with('8') { ("5", "9.80") } else { (weight, price) };
        log += &format!("2026-10-08,{place},中通,{number},{weight},{price}\n");
        bill += &format!("{number},2026-10-08,{place},{billed},{amount}\n");
    }
    let files = [("运费登记.csv", &*log), ("账单.csv", &*bill)];
    let folder = cards
        .iter()
        .fold(Folder::of(&files), |folder, (file, card)| folder.with_book(file, card, &[]));
    let said = folder.run();
    let about = || format!("{name}: {:#?}\n{:#?}", said.lines(), said.0["findings"]);
    assert_eq!(said.open(), ["differs 8|7 1.50 quantity:1.50"], "{}", about());
    assert_eq!(said.codes(), [""; 0], "{}", about());
    for line in said.section("lines") {
        let logged = STEPPED.iter().find(|parcel| line["right"][0]["document_no"] == parcel.0);
        assert_eq!(line["repriced"]["ours"]["list"], logged.unwrap().3, "{}", about());
    }
}

#[test]
fn two_rows_a_place_and_carriers_across() {
    let card = "\
2026年度快递价格表
地区|计费方式|中通|圆通
江浙沪|首重(1kg)|3.2|3
江浙沪|续重(每kg)|1|1.1
广东、安徽|首重(1kg)|3.8|3.5
广东、安徽|续重(每kg)|1.5|1.4
新疆、西藏|首重(1kg)|12|13
新疆、西藏|续重(每kg)|8|9
";
    stepped("carriers across", &[("价格表.xlsx", card)]);
}

#[test]
fn zones_across_and_where_they_are() {
    let places = "\
中通快递月结价格
项目|一区|二区|三区
省份|浙江/江苏/上海|安徽/广东|新疆/西藏
首重1kg|3.2|3.8|12
续重1kg|1|1.5|8
";
    stepped("places below the zones", &[("价格表.xlsx", places)]);
    let prices =
        "中通快递月结价格\n|一区|二区|三区\n首重（1kg内）|3.2|3.8|12\n续重（元/kg）|1|1.5|8\n";
    let zones = "\n分区说明\n区域|省份\n一区|浙江、江苏、上海\n二区|安徽、广东\n三区|新疆、西藏\n";
    stepped("a table of zones below", &[("价格表.xlsx", &format!("{prices}{zones}"))]);
    let by_zone = "中通快递月结价格\n区域|首重1kg|续重1kg\n一区|3.2|1\n二区|3.8|1.5\n三区|12|8\n";
    let zones = "中通分区表\n省份|区域\n浙江|一区\n江苏|一区\n上海|一区\n安徽|二区\n广东|二区\n新疆|三区\n西藏|三区\n";
    stepped("zones in a book of their own", &[("价格表.xlsx", by_zone), ("分区.xlsx", zones)]);
}

#[test]
fn the_card_of_the_day_holds() {
    let old = "中通快递报价（2026年1月1日起执行）\n省份|首重1kg|续重1kg\n江浙沪|9|9\n广东、安徽|9|9\n新疆|9|9\n";
    let new = "中通快递报价（2026年10月5日起执行）\n省份|首重1kg|续重1kg\n江浙沪|3.2|1\n广东、安徽|3.8|1.5\n新疆|12|8\n";
    stepped("two cards", &[("旧价.xlsx", old), ("新价.xlsx", new)]);
}

#[test]
fn beyond_its_last_weight_a_card_says_nothing() {
    let card = "中通快递运费价格表\n重量(KG)|江浙沪|粤、皖|新疆、西藏\n0.5|2.4|3.4|16\n1|2.8|3.8|18\n1.5|3.2|4.6|22\n2|3.6|5.2|26\n3|4|6|30\n";
    let [log, bill] = month("中通");
    let files = [(&*log.0, &*log.1), (&*bill.0, &*bill.1)];
    let said = Folder::of(&files).with_book("中通价格表.xlsx", card, &[]).run();
    let heavy =
        said.section("lines").iter().find(|line| line["left"][0]["document_no"] == "776500000006");
    assert_eq!(heavy.unwrap()["repriced"]["ours"], serde_json::Value::Null);
}

#[test]
fn light_goods_by_the_cubic_metre() {
    let card = "德邦物流 零担价格表\n到站|重货（元/kg）|轻货（元/m³）|最低一票（元）\n杭州|0.85|180|35\n成都|1.6|330|50\n";
    let log = "发货登记\n日期,到站,物流,单号,件数,重量(kg),体积(m³),运费\n10月2日,杭州,德邦,DPK20261,3,200,0.5,170\n10月3日,成都,德邦,DPK20262,3,100,0.8,264\n10月4日,杭州,德邦,DPK20263,1,10,0.01,35\n10月5日,成都,德邦,DPK20264,2,120,0.2,192\n";
    let bill = "德邦物流有限公司 2026年10月运费结算清单\n序号,开单日期,运单号,到站,件数,重量,体积(m³),运费\n1,2026-10-02,DPK20261,杭州,3,200,0.5,170\n2,2026-10-03,DPK20262,成都,3,100,1.2,396\n3,2026-10-04,DPK20263,杭州,1,10,0.01,35\n4,2026-10-05,DPK20264,成都,2,220,0.2,352\n";
    let files = [("发货登记2026年10月.csv", log), ("德邦账单.csv", bill)];
    let said = Folder::of(&files).with_book("德邦价格表.xlsx", card, &[]).run();
    assert_eq!(
        said.open(),
        ["differs 4|4 132.00 quantity:132.00", "differs 6|6 160.00 quantity:160.00"],
        "{:#?}\n{:#?}",
        said.lines(),
        said.0["findings"]
    );
}
