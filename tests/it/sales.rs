//! `reconcile sales`: shops' orders, sales ids and slips, in the forms in
//! which platforms and people write them.

use serde_json::Value;

use crate::sandbox::{Ran, Sandbox};

/// A run, read back.
pub(crate) struct Report {
    pub(crate) ran: Ran,
    pub(crate) json: Value,
}

impl Report {
    pub(crate) fn of(sandbox: &Sandbox, inputs: &[&str]) -> Self {
        let args =
            [&["reconcile", "sales"], inputs, &["--format", "json", "--lang", "en"]].concat();
        let ran = sandbox.run(&args);
        let json = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{ran}"));
        Self { ran, json }
    }

    pub(crate) fn rows(&self, section: &str) -> Vec<Value> {
        let sections = self.json["sections"].as_array().unwrap();
        let found = sections.iter().find(|found| found["name"] == section).unwrap();
        found["rows"].as_array().unwrap().clone()
    }

    /// Returns the lines as `status reason left-rows right-rows difference`,
    /// sorted.
    fn lines(&self, section: &str) -> Vec<String> {
        let places = |side: &Value| -> String {
            let places = side.as_array().unwrap().iter();
            let cells =
                places.map(|entry| entry["at"].as_str().unwrap().rsplit('!').next().unwrap());
            cells.collect::<Vec<_>>().join("+")
        };
        let mut lines: Vec<String> = self
            .rows(section)
            .iter()
            .map(|row| {
                let status = row["status"].as_str().unwrap();
                let reason = row["reason"].as_str().unwrap_or("-");
                let (left, right) = (places(&row["left"]), places(&row["right"]));
                let difference = row["difference"].as_str().unwrap();
                format!("{status} {reason} [{left}] [{right}] {difference}")
            })
            .collect();
        lines.sort();
        lines
    }

    pub(crate) fn codes(&self) -> Vec<String> {
        let findings = self.json["findings"].as_array().unwrap().iter();
        let alarmed = findings.filter(|finding| finding["severity"] != "info");
        alarmed.map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
    }
}

#[track_caller]
pub(crate) fn expect(report: &Report, section: &str, expected: &[&str]) {
    let mut expected: Vec<String> = expected.iter().map(|line| (*line).to_owned()).collect();
    expected.sort();
    assert_eq!(report.lines(section), expected, "{}", report.ran);
}

const TAOBAO: &str = "\
订单编号,买家会员名,买家应付货款,买家应付邮费,总金额,买家实际支付金额,退款金额,订单状态,退款状态,订单创建时间,订单付款时间,店铺名称
=\"3250010003124433158\",tb_59669,58.00,6.00,64.00,64.00,无退款申请,交易成功,没有申请退款,2026-10-01 09:50:00,2026-10-01 09:56:38,灯饰店
=\"3250010390731118686\",阿里山茶_588,50.00,6.00,56.00,56.00,无退款申请,交易成功,没有申请退款,2026-10-01 10:16:00,2026-10-01 10:32:35,灯饰店
=\"3250010773032323327\",TT88125,129.00,0.00,129.00,109.00,无退款申请,交易成功,没有申请退款,2026-10-02 12:42:00,2026-10-02 13:01:46,灯饰店
=\"3250011160705915493\",lamp76,58.00,6.00,64.00,64.00,无退款申请,交易成功,没有申请退款,2026-10-03 14:46:00,2026-10-03 15:03:58,灯饰店
=\"3250060389302484212\",TT5982,45.60,0.00,45.60,0.00,无退款申请,交易关闭,没有申请退款,2026-10-13 10:26:00,null,灯饰店
=\"3250088846328019409\",TT1740,25.80,0.00,25.80,0.00,无退款申请,等待买家付款,没有申请退款,2026-10-20 08:14:00,null,灯饰店
=\"3250022693923496984\",lamp87,35.70,0.00,35.70,35.70,35.70,交易关闭,退款成功,2026-10-04 09:54:00,2026-10-04 10:00:44,灯饰店
=\"3250035386668822072\",雨巷634,129.00,0.00,129.00,109.00,109.00,交易成功,买家已经申请退款，等待卖家同意,2026-10-07 11:36:00,2026-10-07 11:58:19,灯饰店
";

fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GBK.encode(text).0.into_owned()
}

#[test]
fn a_register_in_every_spelling_agrees_and_what_does_not_is_told() {
    let sandbox = Sandbox::new();
    sandbox.write("ExportOrderList.csv", gbk(TAOBAO)).write(
        "ID号登记表10月.csv",
        "\
日期,店铺,ID号,订单号,金额,登记人
2026-10-01,A店,ＴＢ＿５９６６９,3250010003124433158,64,客服A
2026-10-01,〃,阿里山茶_588　,…8686,56.00,〃
2026-10-02,〃,tt88125,,109,〃
2026-10-02,〃,TT88125,,109,〃
2026-10-03,〃,lamp76,3250011160705915493,58,〃
2026-10-13,〃,TT5982,3250060389302484212,45.6,〃
2026-10-04,〃,lamp87,3250022693923496984,35.7,〃
2026-10-05,〃,nobody,3250099999999999999,12,〃
",
    );
    let report = Report::of(&sandbox, &["ExportOrderList.csv", "ID号登记表10月.csv"]);
    expect(
        &report,
        "lines",
        &[
            "matched - [F2] [E2] 0.00",
            "matched - [F3] [E3] 0.00",
            "matched - [F4] [E4] 0.00",
            "right-only double-booked [] [E5] -109.00",
            "differs - [F5] [E6] 6.00",
            "differs closed [F6] [E7] -45.60",
            "left-only unpaid [F7] [] 0.00",
            "matched closed [F8] [E8] 0.00",
            "left-only not-in-register [F9] [] 109.00",
            "right-only not-in-sales [] [E9] -12.00",
        ],
    );
    let totals = report.rows("totals");
    let total = totals.iter().find(|total| total["by"] == "total").unwrap();
    assert_eq!((&total["left_rows"], &total["right_rows"]), (&8.into(), &8.into()));
    assert!(totals.iter().any(|total| total["by"] == "shop" && total["value"] == "灯饰店"));
    assert_eq!(report.ran.code, 1);
}

#[test]
fn slips_of_unpaid_closed_and_unknown_orders_are_held_back() {
    let sandbox = Sandbox::new();
    sandbox.write("ExportOrderList.csv", gbk(TAOBAO)).write(
        "客服发货单.csv",
        "\
发货单号,日期,旺旺号,订单编号,名称,数量,金额
F1,2026-10-02,ＴＢ_59669,3250010003124433158,灯罩,1,58
F1,2026-10-02,ＴＢ_59669,3250010003124433158,运费,,6
F2,2026-10-20,TT1740,3250088846328019409,灯泡,2,25.8
F3,2026-10-04,lamp87,3250022693923496984,灯泡,1,35.7
F4,2026-10-07,雨巷634,3250035386668822072,台灯,1,109
F5,2026-10-08,no_such_buyer,,台灯,1,129
F6,2026-10-03,lamp76,,灯罩,1,94
F7,2026-10-03,l**6,,灯罩,1,64
",
    );
    let report = Report::of(&sandbox, &["ExportOrderList.csv", "客服发货单.csv"]);
    expect(
        &report,
        "slips",
        &[
            "matched - [C2+C3] [F2] 0.00",
            "differs unpaid [C4] [F7] 25.80",
            "differs closed [C5] [F8] 35.70",
            "matched - [C6] [F9] 0.00",
            "left-only not-in-sales [C7] [] 129.00",
            "differs - [C8] [F5] 30.00",
            "left-only no-candidate [C9] [] 64.00",
        ],
    );
    let codes = report.codes();
    assert!(codes.contains(&"refund-applied".to_owned()), "{codes:?}");
    assert!(codes.contains(&"masked-id".to_owned()), "{codes:?}");
}

#[test]
fn a_copy_with_damaged_numbers_is_no_second_list_of_sales() {
    let sandbox = Sandbox::new();
    let damaged = TAOBAO
        .replace("4433158", "4430000")
        .replace("1118686", "1110000")
        .replace("2323327", "2320000")
        .replace("5915493", "5910000")
        .replace("2484212", "2480000")
        .replace("8019409", "8010000")
        .replace("3496984", "3490000")
        .replace("8822072", "8820000");
    sandbox.write("ExportOrderList.csv", gbk(TAOBAO)).write("订单导出-另存.csv", damaged).write(
        "ID号登记表.csv",
        "\
日期,店铺,ID号,订单号,金额
2026-10-01,A店,tb_59669,3250010003124433158,64
",
    );
    let inputs = ["订单导出-另存.csv", "ExportOrderList.csv", "ID号登记表.csv"];
    let report = Report::of(&sandbox, &inputs);
    assert_eq!(report.rows("lines").len(), 8, "{}", report.ran);
    assert_eq!(report.rows("copies")[0]["rows"], 8);
    let ids = report.rows("damaged_ids");
    assert_eq!(ids.len(), 8);
    for id in &ids {
        let (found, restored) = (id["found"].as_str().unwrap(), id["restored"].as_str().unwrap());
        assert_eq!(found[..15], restored[..15]);
        assert_eq!(id["damage"], "cut-15");
        assert!(TAOBAO.contains(restored));
    }
}

#[test]
fn exports_of_other_platforms_are_read_alike() {
    let sandbox = Sandbox::new();
    for (name, export) in [
        (
            "京东订单.csv",
            "\
订单号,商品名称,订购数量,支付方式,下单时间,京东价,订单金额,结算金额,应付金额,订单状态,下单帐号,付款确认时间
300100200301,台灯,1,在线支付,2026-10-02 10:00:00,88,88.00,88.00,80.00,完成,jd_a,2026-10-02 10:01:00
300100200302,灯泡,1,在线支付,2026-10-03 10:00:00,20,20.00,20.00,20.00,(删除)等待付款,jd_b,
",
        ),
        (
            "拼多多订单.csv",
            "\
商品,订单号,订单状态,商品总价(元),邮费(元),用户实付金额(元),商家实收金额(元),商品数量(件),支付时间,售后状态
台灯,\t201012-300100200301123,已发货，待签收,88.00,0.00,80.00,80.00,1,2026-10-02 10:01:00,无售后或售后取消
灯泡,\t201012-300100200302123,已取消,20.00,0.00,20.00,20.00,1,,无售后或售后取消
",
        ),
        (
            "1688订单.csv",
            "\
订单编号,买家会员名,货品总价(元),运费(元),实付款(元),订单状态,订单创建时间,订单付款时间
1950012345678901234,ali_a,80.00,0.00,80.00,等待买家确认收货,2026-10-02 10:00:00,2026-10-02 10:01:00
1950012345678901235,ali_b,20.00,0.00,20.00,等待买家付款,2026-10-03 10:00:00,
",
        ),
    ] {
        let number = export.lines().nth(1).unwrap();
        let number = number.split(',').map(str::trim).find(|cell| cell.len() > 10 && cell.contains("300100200301")
            || cell.starts_with("1950")).unwrap();
        let register = format!("日期,订单号,ID号,金额\n2026-10-02,{number},jd_a,80\n");
        sandbox.write(name, export).write("登记表.csv", register.replace("jd_a", ""));
        let report = Report::of(&sandbox, &[name, "登记表.csv"]);
        let lines = report.lines("lines");
        assert_eq!(lines.len(), 2, "{name}: {}", report.ran);
        assert!(lines.iter().any(|line| line.starts_with("matched -")), "{name}: {lines:?}");
        let unpaid = |line: &&String| line.ends_with(" 0.00") && line.starts_with("left-only");
        assert_eq!(lines.iter().filter(unpaid).count(), 1, "{name}: {lines:?}");
    }
}

#[test]
fn items_are_summed_to_orders_and_repeated_totals_count_once() {
    let sandbox = Sandbox::new();
    let header =
        "主订单编号,子订单编号,标题,购买数量,买家实际支付金额,订单状态,订单创建时间,订单付款时间\n";
    let item = |order: &str, sub: &str, title: &str, paid: &str| {
        format!("{order},{sub},{title},1,{paid},交易成功,2026-10-02 10:00:00,2026-10-02 10:01:00\n")
    };
    let by_item = [
        item("3250010003124433158", "3250010003124433159", "灯罩", "58.00"),
        item("3250010003124433158", "3250010003124433160", "灯泡", "9.90"),
        item("3250010390731118686", "3250010390731118686", "吊灯", "369.00"),
    ];
    sandbox.write("宝贝订单.csv", [header, &by_item.concat()].concat()).write(
        "登记表.csv",
        "日期,订单号,ID号,金额\n2026-10-02,3250010003124433158,a1,67.9\n2026-10-02,3250010390731118686,a2,369\n",
    );
    let report = Report::of(&sandbox, &["宝贝订单.csv", "登记表.csv"]);
    expect(&report, "lines", &["matched - [E2+E3] [D2] 0.00", "matched - [E4] [D3] 0.00"]);
    let repeated = [
        item("3250010003124433158", "3250010003124433159", "灯罩", "67.90"),
        item("3250010003124433158", "3250010003124433160", "灯泡", "67.90"),
        item("3250010390731118686", "3250010390731118686", "吊灯", "369.00"),
    ];
    sandbox.write("宝贝订单.csv", [header, &repeated.concat()].concat());
    let report = Report::of(&sandbox, &["宝贝订单.csv", "登记表.csv"]);
    expect(&report, "lines", &["matched - [E2+E3] [D2] 0.00", "matched - [E4] [D3] 0.00"]);
}

#[test]
fn one_register_of_several_shops_in_another_language() {
    let sandbox = Sandbox::new();
    sandbox
        .write("ExportOrderList.csv", gbk(TAOBAO))
        .write(
            "orders B.csv",
            "\
Order ID,Buyer Nick,Paid Amount,Status,Created,Paid At,Shop
112-001-9901,anna,20.00,Completed,2026-10-05 10:00:00,2026-10-05 10:00:10,Shop B
112-001-9902,bert,30.00,Awaiting payment,2026-10-05 11:00:00,,Shop B
",
        )
        .write(
            "sales register.csv",
            "\
Date,Shop,ID,Order No,Amount
2026-10-01,A,tb_59669,3250010003124433158,64
2026-10-05,B,ANNA,112-001-9901,20
",
        );
    let report =
        Report::of(&sandbox, &["ExportOrderList.csv", "orders B.csv", "sales register.csv"]);
    let totals = report.rows("totals");
    let shops: Vec<&str> = totals
        .iter()
        .filter(|total| total["by"] == "shop")
        .map(|total| total["value"].as_str().unwrap())
        .collect();
    assert_eq!(shops, ["Shop B", "灯饰店"], "{}", report.ran);
    let matched = report.lines("lines").iter().filter(|line| line.starts_with("matched")).count();
    assert_eq!(matched, 2, "{}", report.ran);
}

#[test]
fn two_orders_that_nothing_tells_apart_are_left_to_a_person() {
    let sandbox = Sandbox::new();
    sandbox
        .write(
            "订单导出.csv",
            "\
订单编号,买家会员名,买家实际支付金额,订单状态,订单创建时间,订单付款时间
3250010003124433158,tb_1,129.00,交易成功,2026-10-02 10:00:00,2026-10-02 10:01:00
3250010390731118686,tb_1,129.00,交易成功,2026-10-02 15:00:00,2026-10-02 15:01:00
",
        )
        .write("ID号登记表.csv", "日期,ID号,订单号,金额\n2026-10-02,tb_1,,129\n");
    let report = Report::of(&sandbox, &["订单导出.csv", "ID号登记表.csv"]);
    expect(&report, "lines", &["ambiguous - [C2+C3] [D2] 129.00"]);
}

#[test]
fn a_decision_made_in_the_workbook_is_kept() {
    let sandbox = Sandbox::new();
    sandbox.write("ExportOrderList.csv", gbk(TAOBAO)).write(
        "ID号登记表.csv",
        "日期,ID号,订单号,金额\n2026-10-01,tb_59669,3250010003124433158,60\n",
    );
    let inputs = ["reconcile", "sales", "ExportOrderList.csv", "ID号登记表.csv"];
    let ran = sandbox.run(&[&inputs[..], &["-o", "r.xlsx"]].concat());
    assert_eq!(ran.code, 1, "{ran}");
    let again = sandbox.run(&[&inputs[..], &["r.xlsx", "-o", "again.xlsx"]].concat());
    assert_eq!(again.code, 1, "{again}");
    assert!(sandbox.path("again.xlsx").exists());
}

#[test]
fn one_number_in_two_shops_is_two_orders() {
    let header = "订单编号,买家会员名,买家实际支付金额,订单状态,订单付款时间,店铺名称\n";
    let orders = |rows: &str| format!("{header}{rows}");
    let first = orders(
        "3712000000001,海边的猫,120.00,交易成功,2026-10-02 10:01:02,天猫旗舰店
3712000000002,小鹿跑跑,88.00,交易成功,2026-10-03 11:00:00,天猫旗舰店\n",
    );
    let second = orders(
        "3712000000002,木木三,66.00,交易成功,2026-10-03 11:00:00,淘宝二店
4712000000009,阿九,99.00,交易成功,2026-10-05 12:00:00,淘宝二店\n",
    );
    let booked = "日期,订单号,旺旺,金额
2026-10-02,3712000000001,海边的猫,120.00
2026-10-03,3712000000002,木木三,66.00
2026-10-03,3712000000002,小鹿跑跑,88.00
2026-10-05,4712000000009,阿九,99.00
";
    let named = "店铺,日期,订单号,旺旺,金额
天猫旗舰店,2026-10-02,3712000000001,海边的猫,120.00
淘宝二店,2026-10-03,3712000000002,木木三,66.00
天猫旗舰店,2026-10-03,3712000000002,小鹿跑跑,88.00
淘宝二店,2026-10-05,4712000000009,阿九,99.00
";
    for register in [booked, named] {
        let sandbox = Sandbox::new();
        sandbox.write("天猫10月.csv", &first).write("淘宝10月.csv", &second);
        sandbox.write("销售登记.csv", register);
        let inputs = ["天猫10月.csv", "淘宝10月.csv", "销售登记.csv"];
        let flags = ["--format", "json", "--lang", "en", "--today", "2026-11-03"];
        let ran = sandbox.run(&[&["reconcile", "sales"], &inputs[..], &flags].concat());
        assert_eq!(ran.code, 0, "{ran}");
        let report: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(report["findings"].as_array().map(Vec::len), Some(0), "{ran}");
    }
}
