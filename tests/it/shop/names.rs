//! Several shops in one month: one number in two of them, and their names
//! written otherwise in the register.

use std::fmt::Write as _;

use crate::sales::Report;
use crate::sandbox::Sandbox;

const EXPORT: &str =
    "订单编号,店铺名称,买家会员名,买家实际支付金额,订单状态,订单创建时间,订单付款时间\n";
const REGISTER: &str = "ID号登记表 2026年10月\n日期,店铺,ID号,订单号,金额\n";

/// An export of one shop: number, buyer and amount of each order.
fn export(shop: &str, orders: &[(&str, &str, u32)]) -> String {
    orders.iter().fold(EXPORT.to_owned(), |mut text, (number, buyer, paid)| {
        let day = "2026-10-05 10:00:00";
        writeln!(text, "{number},{shop},{buyer},{paid},交易成功,{day},{day}").unwrap();
        text
    })
}

fn run(files: &[(&str, &str)]) -> Report {
    let sandbox = Sandbox::new();
    for (name, text) in files {
        sandbox.write(&format!("m/{name}"), text);
    }
    Report::of(&sandbox, &["m"])
}

/// Lines that are not simply matched, as `status reason rows rows notes`.
fn open(report: &Report, section: &str) -> Vec<String> {
    let cells = |side: &serde_json::Value| -> Vec<String> {
        let places = side.as_array().unwrap().iter();
        places
            .map(|entry| entry["at"].as_str().unwrap().rsplit('/').next().unwrap().to_owned())
            .collect()
    };
    let mut open: Vec<String> = report
        .rows(section)
        .iter()
        .filter(|row| row["status"] != "matched" || !row["notes"].as_array().unwrap().is_empty())
        .map(|row| {
            let text = |key: &str| row[key].as_str().unwrap_or("-").to_owned();
            let (left, right) = (cells(&row["left"]), cells(&row["right"]));
            let notes: Vec<&str> =
                row["notes"].as_array().unwrap().iter().filter_map(|note| note.as_str()).collect();
            format!(
                "{} {} [{}] [{}] {}",
                text("status"),
                text("reason"),
                left.join("+"),
                right.join("+"),
                notes.join("+")
            )
        })
        .collect();
    open.sort();
    open
}

#[test]
fn a_booking_of_another_shop_is_not_this_ones_order() {
    let orders: Vec<(String, String, u32)> =
        (1..=6).map(|n| (format!("100{n}"), format!("a{n}"), 50 + n)).collect();
    let orders: Vec<(&str, &str, u32)> =
        orders.iter().map(|(number, buyer, paid)| (&**number, &**buyer, *paid)).collect();
    let mut register = REGISTER.to_owned();
    register += "10.5,B店,,1002,52\n";
    for (number, buyer, paid) in &orders[..5] {
        writeln!(register, "10.5,A店,{buyer},{number},{paid}").unwrap();
    }
    register += "10.9,B店,zz9,1006,77\n";
    let report = run(&[("a.csv", &export("青竹旗舰店", &orders)), ("ID号登记表.csv", &register)]);
    assert_eq!(
        open(&report, "lines"),
        [
            "left-only not-in-register [a.csv!D7] [] ",
            "right-only not-in-sales [] [ID号登记表.csv!E3] ",
            "right-only not-in-sales [] [ID号登记表.csv!E9] ",
        ]
    );
}

#[test]
fn shops_go_by_the_names_that_their_sales_show() {
    let numbers: Vec<String> = (1..=8).map(|n| format!("10{n:02}")).collect();
    let of = |add: u32| -> Vec<(&str, &str, u32)> {
        (1..).zip(&numbers).map(|(n, number)| (&**number, "", add + n)).collect()
    };
    let (a, b) = (export("青竹旗舰店", &of(50)), export("青竹灯饰专营店", &of(150)));
    let mut register = REGISTER.to_owned();
    for (name, add) in [("天猫一店", 50), ("天猫二店", 150)] {
        for (n, number) in (1..).zip(&numbers).filter(|(n, _)| add + n != 154) {
            writeln!(register, "10.5,{name},,{number},{}", add + n).unwrap();
        }
    }
    let report = run(&[("a.csv", &a), ("b.csv", &b), ("ID号登记表.csv", &register)]);
    assert_eq!(open(&report, "lines"), ["left-only not-in-register [b.csv!D5] [] "]);
}

/// A platform gives each number once: the wrong shop beside it is told, and
/// nothing is confirmed on it; a shop's name in short is no other shop.
#[test]
fn a_wrong_shop_beside_a_right_number_is_told() {
    let numbers = |stem: u32| -> Vec<String> {
        (1..=5).map(|n| format!("{stem}2500000000000000{n:02}")).collect()
    };
    let (ours, theirs) = (numbers(3), numbers(4));
    let of = |numbers: &'static [&str; 5], shop: &str, own: &[String]| {
        let orders: Vec<(&str, &str, u32)> = (51..)
            .zip(numbers)
            .zip(own)
            .map(|((paid, buyer), number)| (&**number, *buyer, paid))
            .collect();
        export(shop, &orders)
    };
    let a = of(&["a1", "a2", "a3", "a4", "a5"], "Alpha Lighting", &ours);
    let b = of(&["b1", "b2", "b3", "b4", "b5"], "Beta", &theirs);
    let mut register = REGISTER.to_owned();
    for (n, number) in (1..).zip(&ours) {
        let name =
            ["Alpha Lighting", "AlphaLight", "Beta", "Alpha Lighting", "Alpha Lighting"][n - 1];
        writeln!(register, "10.5,{name},a{n},{number},{}", 50 + n).unwrap();
    }
    for (n, number) in (1..).zip(&theirs) {
        writeln!(register, "10.5,Beta,b{n},{number},{}", 50 + n).unwrap();
    }
    let report = run(&[("a.csv", &a), ("b.csv", &b), ("ID号登记表.csv", &register)]);
    assert_eq!(open(&report, "lines"), ["suggested - [a.csv!D4] [ID号登记表.csv!E5] other-shop"]);
}

#[test]
fn a_slip_is_held_against_its_own_shops_order() {
    let a = export("Alpha", &[("1001", "a1", 51), ("1002", "a2", 52), ("1003", "a3", 53)]);
    let b = export("Beta", &[("1001", "b1", 51), ("1002", "b2", 52), ("1003", "b3", 53)]);
    let b = b.replace(
        "52,交易成功,2026-10-05 10:00:00,2026-10-05 10:00:00",
        "52,等待买家付款,2026-10-05 10:00:00,",
    );
    let slips = "发货单
发货日期,店铺,订单号,货号,品名,数量,单价,金额
2026-10-05,Alpha,1002,X1,灯,1,52,52
2026-10-05,Beta,1002,X1,灯,1,52,52
2026-10-06,,1003,X1,灯,1,53,53
2026-10-06,Beta,1001,X1,灯,1,51,51
";
    let report = run(&[("a.csv", &a), ("b.csv", &b), ("发货单.csv", slips)]);
    assert_eq!(
        open(&report, "slips"),
        [
            "differs unpaid [发货单.csv!C4] [b.csv!D3] ",
            "suggested - [发货单.csv!C5] [a.csv!D4] document-no-shared",
        ]
    );
}

/// Exports that name no shop, whose numbers both begin at 2001.
#[test]
fn two_shops_of_which_neither_says_its_name() {
    let of = |stem: &str, add: u32, first: u32| {
        let head = "订单编号,买家昵称,实付金额,订单状态,下单时间,付款时间\n".to_owned();
        (1..=5).fold(head, |mut text, n| {
            let day = format!("2026-10-{:02} 09:00:00", first + n);
            writeln!(text, "200{n},{stem}{n},{},交易成功,{day},{day}", add + n).unwrap();
            text
        })
    };
    let mut register = "ID号登记表 2026年10月\n日期,ID号,订单号,金额\n".to_owned();
    for n in 1..=5 {
        writeln!(register, "10.{},w{n},200{n},{}", 1 + n, 30 + n).unwrap();
        writeln!(register, "10.{},x{n},200{n},{}", 11 + n, 90 + n).unwrap();
    }
    let files = [
        ("微店订单.csv", &*of("w", 30, 1)),
        ("小程序订单.csv", &*of("x", 90, 11)),
        ("登记.csv", &register),
    ];
    let report = run(&files);
    assert_eq!(open(&report, "lines"), [""; 0]);
    assert_eq!(report.rows("lines").len(), 10);
}
