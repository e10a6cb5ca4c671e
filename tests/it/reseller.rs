//! `reconcile reseller`: what was supplied against what is acknowledged, and
//! how old what is owed has become.

use serde_json::{Value, json};

use crate::sandbox::Sandbox;

const SLIPS: &str = "\
分销出货单（兄弟店铺专用）2026年10月,,,,,,,,
出货单号,出货日期,客户,货号,名称,数量,分销结算价,金额,结款方式
FX2610001,2026-10-02,云朵小店,00205,北欧吊灯 三头,10,193.20,1932.00,月结
FX2610001,2026-10-02,云朵小店,00206,北欧吊灯 五头,15,293.25,4398.75,月结
FX2610002,2026-10-07,云朵小店,00310,LED灯泡 5W,36,3.28,118.08,月结
FX2610003,2026-10-12,星光灯饰店,00120,原木床头台灯,43,60.15,2586.45,月结
合计,,,,,,,9035.28,
";

const ACKNOWLEDGED: &str = "\
云朵小店 10月对账单,,,,,
日期,送货单号,品名,数量,单价,金额
2026-10-02,FX2610001,北欧吊灯 三头,10,193.20,1932.00
2026-10-02,FX2610001,北欧吊灯 五头,14,293.25,4105.50
合计,,,,,6037.50
";

fn rows(report: &Value, section: &str) -> Vec<Value> {
    let sections = report["sections"].as_array().unwrap();
    let found = sections.iter().find(|found| found["name"] == section).unwrap();
    found["rows"].as_array().unwrap().clone()
}

fn reseller(sandbox: &Sandbox, inputs: &[&str]) -> Value {
    let flags = ["--format", "json", "--lang", "en", "--today", "2026-11-21"];
    let ran = sandbox.run(&[&["reconcile", "reseller"], inputs, &flags].concat());
    serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{ran}"))
}

#[test]
fn what_was_supplied_is_held_against_what_is_acknowledged() {
    let sandbox = Sandbox::new();
    sandbox.write("分销出货单.csv", SLIPS).write("云朵小店10月对账单.csv", ACKNOWLEDGED);
    let report = reseller(&sandbox, &["分销出货单.csv", "云朵小店10月对账单.csv"]);
    assert_eq!(report["report"], "reconcile-reseller");
    let told: Vec<_> = rows(&report, "lines")
        .iter()
        .map(|line| json!([line["party"], line["status"], line["difference"]]))
        .collect();
    for expected in [
        json!(["云朵小店", "matched", "0.00"]),
        json!(["云朵小店", "differs", "-293.25"]),
        json!(["云朵小店", "right-only", "-118.08"]),
        json!(["星光灯饰店", "right-only", "-2586.45"]),
    ] {
        assert!(told.contains(&expected), "{expected} in {told:?}");
    }
    assert_eq!(told.len(), 4);
    let lines = rows(&report, "lines");
    let lacking = lines.iter().find(|line| line["status"] == "right-only").unwrap();
    let explanation = lacking["explanation"].as_str().unwrap();
    assert!(explanation.starts_with("not acknowledged"), "{explanation}");
    let aged = rows(&report, "ageing");
    let first = aged.iter().find(|row| row["document_no"] == "FX2610001").unwrap();
    assert_eq!((&first["days"], &first["bucket"]), (&json!(50), &json!("31-60")));
    assert_eq!(first["balance"], "6330.75");
    assert!(rows(&report, "bridge").iter().any(|row| row["step"] == "residual"));
}

#[test]
fn receivables_are_aged_from_their_due_days() {
    let sandbox = Sandbox::new();
    sandbox.write("分销出货单.csv", SLIPS).write(
        "应收款明细表.csv",
        "\
应收款明细表  截至2026年11月21日  单位：元,,,,,,,,
客户,单号,发货日期,账期,到期日,应收,已收,余额,逾期
概念数码,0003,2026-10-31,30天,2026-11-30,18200,,18200,
信念实业,0002,2026-09-30,30天,2026-10-30,12650,3000,9650,22
吾乐塑胶,0001,2026-05-20,30天,2026-06-19,4100,0,4100,155
合计,,,,,34950,3000,31950,
",
    );
    let report = reseller(&sandbox, &["分销出货单.csv", "应收款明细表.csv"]);
    let aged: Vec<_> = rows(&report, "ageing")
        .iter()
        .filter(|row| row["due"] != Value::Null)
        .map(|row| json!([row["party"], row["days"], row["bucket"], row["balance"]]))
        .collect();
    for expected in [
        json!(["概念数码", -9, "not-due", "18200.00"]),
        json!(["信念实业", 22, "1-30", "9650.00"]),
        json!(["吾乐塑胶", 155, "91-180", "4100.00"]),
    ] {
        assert!(aged.contains(&expected), "{expected} in {aged:?}");
    }
}

#[test]
fn every_customer_gets_a_statement_to_sign() {
    let sandbox = Sandbox::new();
    sandbox.write("分销出货单.csv", SLIPS).write("云朵小店10月对账单.csv", ACKNOWLEDGED);
    let ran = sandbox.run(&[
        "reconcile",
        "reseller",
        "分销出货单.csv",
        "云朵小店10月对账单.csv",
        "--statements",
        "out",
        "-o",
        "r.xlsx",
    ]);
    assert_eq!(ran.code, 1, "{ran}");
    let files = sandbox.files();
    for name in ["out/云朵小店 2026-10.xlsx", "out/星光灯饰店 2026-10.xlsx", "r.xlsx"] {
        assert!(files.contains(&name.to_owned()), "{name} in {files:?}");
    }
}

#[test]
fn slips_fall_due_by_their_own_terms() {
    let sandbox = Sandbox::new();
    sandbox.write("分销出货单.csv", SLIPS.replace("月结\n", "月结30天\n"));
    let report = reseller(&sandbox, &["分销出货单.csv"]);
    let aged = rows(&report, "ageing");
    assert_eq!(aged.len(), 3);
    for slip in aged {
        assert_eq!((&slip["due"], &slip["bucket"]), (&json!("2026-11-30"), &json!("not-due")));
    }
}

const FORMS: &str = "\
星辉灯饰 出货单（分销专用）,,,,,
客户：云朵小店,,出货日期：2026-10-02,,单号：FX261001,
货号,品名,单位,数量,结算价,金额
L001,北欧吊灯 三头,个,10,193.20,1932.00
L003,台灯 原木,个,6,69.30,415.80
合计,,,,,2347.80
收货人签字：,,仓管：,,,

星辉灯饰 出货单（分销专用）,,,,,
客户：云朵小店,,出货日期：2026-10-14,,单号：FX261004,
货号,品名,单位,数量,结算价,金额
L003,台灯 原木,个,16,74.30,1188.80
L004,LED灯泡 5W,个,12,6.16,73.92
合计,,,,,1262.72
收货人签字：,,仓管：,,,
";

const RECEIVED: &str = "\
云朵小店 进货登记 2026年10月,,,,,,
到货日期,发货方单号,品名,数量,进价,金额,备注
2026.10.3,FX261001,北欧吊灯 三头,10,193.20,1932.00,
2026.10.3,FX261001,台灯 原木,5,69.30,346.50,
2026.10.15,FX261004,台灯 原木,16,69.30,1108.80,
2026.10.15,FX261004,LED灯泡 5W,12,6.16,73.92,
";

const LIST: &str = "\
分销价格表（云朵小店）按零售价7折结算,,
货号,品名,零售价
L001,北欧吊灯 三头,276.00
L003,台灯 原木,99.00
L004,LED灯泡 5W,8.80
";

#[test]
fn printed_slips_against_what_a_shop_noted_at_prices_off_the_list() {
    let sandbox = Sandbox::new();
    sandbox
        .write("分销出货单10月.csv", FORMS)
        .write("云朵小店进货登记10月.csv", RECEIVED)
        .write("分销价格表.csv", LIST);
    let inputs = ["分销出货单10月.csv", "云朵小店进货登记10月.csv", "分销价格表.csv"];
    let report = reseller(&sandbox, &inputs);
    assert_eq!(report["period"], "2026-10");
    let lines = rows(&report, "lines");
    let told: Vec<_> = lines
        .iter()
        .map(|line| json!([line["status"], line["right"][0]["document_no"], line["difference"]]))
        .collect();
    assert_eq!(
        told,
        [
            json!(["matched", "FX261001", "0.00"]),
            json!(["differs", "FX261001", "-69.30"]),
            json!(["differs", "FX261004", "-80.00"]),
            json!(["matched", "FX261004", "0.00"]),
        ]
    );
    let found = report["findings"].as_array().unwrap();
    let prices: Vec<_> = found.iter().filter(|one| one["code"] == "price-not-agreed").collect();
    assert_eq!(prices.len(), 1, "{found:#?}");
    assert!(prices[0]["at"].as_str().unwrap().contains("分销出货单"), "{prices:#?}");
    let aged = rows(&report, "ageing");
    let first = aged.iter().find(|row| row["document_no"] == "FX261001").unwrap();
    assert_eq!((&first["date"], &first["balance"]), (&json!("2026-10-02"), &json!("2347.80")));
}

#[test]
fn monthly_terms_run_from_the_end_of_the_month() {
    let sandbox = Sandbox::new();
    sandbox.write("分销出货单.csv", SLIPS).write(
        "应收款明细表.csv",
        "\
应收款明细表,,,,,,
客户,单号,发货日期,账期,应收,已收,余额
和光灯饰行,0003,2026-09-12,月结30天,5000,,5000
和光灯饰行,0004,2026-09-12,30天,800,,800
和光灯饰行,0005,2026-10-20,月结30天,700,,700
",
    );
    let report = reseller(&sandbox, &["分销出货单.csv", "应收款明细表.csv"]);
    let due: Vec<_> = rows(&report, "ageing")
        .iter()
        .filter(|row| row["party"] == "和光灯饰行")
        .map(|row| json!([row["document_no"], row["due"], row["bucket"]]))
        .collect();
    assert_eq!(
        due,
        [
            json!(["0004", "2026-10-12", "31-60"]),
            json!(["0003", "2026-10-30", "1-30"]),
            json!(["0005", "2026-11-30", "not-due"]),
        ]
    );
    let parties = rows(&report, "ageing_by_party");
    let one = parties.iter().find(|row| row["party"] == "和光灯饰行").unwrap();
    assert_eq!((&one["balance"], &one["overdue"]), (&json!("6500.00"), &json!("5800.00")));
    assert_eq!(one["buckets"]["31-60"], "800.00");
}

const SINCE: &str = "\
客户,单号,发货日期,到期日,应收,已收,余额
云朵小店,0003,2026-08-12,2026-09-11,5000,,5000
云朵小店,0004,2026-09-20,2026-10-20,800,,800
";

const MONEY: &str = "\
收款登记表 2026年10月,,,
日期,客户,收款金额,摘要
2026-10-15,云朵小店,3000,货款
";

fn aged_since(title: &str) -> (Vec<Value>, Vec<Value>) {
    let sandbox = Sandbox::new();
    sandbox
        .write("分销出货单.csv", SLIPS)
        .write("收款登记.csv", MONEY)
        .write("应收款明细表.csv", format!("{title},,,,,,\n{SINCE}"));
    let report = reseller(&sandbox, &["分销出货单.csv", "收款登记.csv", "应收款明细表.csv"]);
    let aged = rows(&report, "ageing")
        .iter()
        .filter(|row| row["party"] == "云朵小店")
        .map(|row| json!([row["document_no"], row["balance"]]))
        .collect();
    let found = report["findings"].as_array().unwrap().iter();
    let found = found.filter(|one| one["code"].as_str().unwrap().starts_with("list-"));
    (aged, found.map(|one| json!([one["code"], one["severity"], one["message"]])).collect())
}

#[test]
fn the_month_is_added_to_a_list_of_the_end_of_the_last() {
    let whole = [
        json!(["0003", "2000.00"]),
        json!(["FX2610001", "6330.75"]),
        json!(["FX2610002", "118.08"]),
        json!(["0004", "800.00"]),
    ];
    for (title, severity) in
        [("应收款明细表  截至2026年9月30日", "info"), ("应收款明细表", "warning")]
    {
        let (aged, found) = aged_since(title);
        assert_eq!(aged, whole, "{title}");
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((&found[0][0], &found[0][1]), (&json!("list-as-of"), &json!(severity)));
        let message = found[0][2].as_str().unwrap();
        for part in ["2026-09-30", "6448.83", "3000.00"] {
            assert!(message.contains(part), "{part} in {message}");
        }
    }
    let (aged, found) = aged_since("应收款明细表  截至2026年10月31日");
    assert_eq!(aged, [json!(["0003", "5000.00"]), json!(["0004", "800.00"])]);
    assert_eq!(found, Vec::<Value>::new());
}

/// A reseller's own statement is addressed to us: its title says whose it is.
#[test]
fn a_paper_addressed_to_us_is_the_resellers() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "分销发货.csv",
        "分销出货单汇总 2026年10月
日期,送货单号,客户,货号,品名,数量,单价,金额
2026-10-02,XS001,云朵小店,A1,台灯,10,35,350
2026-10-03,XS002,云朵小店,B2,灯罩,20,8,160
2026-10-05,XS003,云朵小店,A1,台灯,5,35,175
",
    );
    sandbox.write(
        "云朵小店对账单.csv",
        "云朵小店 2026年10月 对账单
致：青竹里灯饰
日期,单号,货号,数量,单价,金额
2026-10-02,XS001,A1,10,35,350
2026-10-03,XS002,B2,18,8,144
2026-10-05,XS003,A1,5,33,165
合计,,,33,,659
",
    );
    let report = reseller(&sandbox, &["分销发货.csv", "云朵小店对账单.csv"]);
    let lines = rows(&report, "lines");
    let mut found: Vec<String> = lines
        .iter()
        .map(|line| {
            let text = |key: &str| line[key].as_str().unwrap_or("-").to_owned();
            format!("{} {} {}", text("party"), text("status"), text("difference"))
        })
        .collect();
    found.sort();
    let expected = ["云朵小店 differs -10.00", "云朵小店 differs -16.00", "云朵小店 matched 0.00"];
    assert_eq!(found, expected, "{lines:#?}");
}
