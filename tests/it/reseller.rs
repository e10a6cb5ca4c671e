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
