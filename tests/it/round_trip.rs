//! One month after another: decisions are written into October's report and
//! read back, and what October leaves open is expected in November.

use std::fs::File;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::sandbox::{Ran, Sandbox};

/// What a person types into the decision column.
const DISPUTE: &str = "有异议";

/// The supplier's November: four lines that October's report carries over, and
/// one of its own.
const STATEMENT: &str = "\
Northmere Fittings (HK) Limited,,,,,,,
STATEMENT OF ACCOUNT Period: 26 Oct 2026 - 25 Nov 2026,,,,,,,
Date,DN No.,Item Code,Description,Qty,Unit Price,Amount,Balance
,,,Balance b/f,,,,41791.00
2026-10-27,NF-5551,CW-50,Castor 50mm brake,800,3.85,3080.00,44871.00
2026-10-27,NF-5551,LS-24,LED strip 24V 4000K,400,11.2,4480.00,49351.00
2026-10-29,NF-5558,LS-24,LED strip 24V 4000K,200,11.2,2240.00,51591.00
2026-10-29,NF-5558,GC-08,Glass clamp 8mm satin,200,1.25,250.00,51841.00
2026-11-05,NF-5601,LS-24,LED strip 24V 4000K,300,11.2,3360.00,55201.00
Closing balance,,,,,,,55201.00
";

/// Ours: the goods of November, and those of another supplier that were on
/// its October statement before they came.
const REGISTER: &str = "\
采购入库登记表,,,,,,,,,
供应商,入库日期,入库单号,送货单号,物料编码,品名,单位,实收数量,单价,金额
Northmere Fittings (HK) Limited,2026-11-05,RK1105-1,NF-5601,LS-24,LED strip 24V 4000K,MTR,300,11.2,3360.00
枫栎湾木业,2026-11-02,RK1102-1,FL261093,MB-101,多层板 15mm 1220*2440,张,24,78,1872.00
";

fn reconcile(sandbox: &Sandbox, inputs: &[&str], rest: &[&str]) -> Ran {
    let mut args = vec!["reconcile", "supplier"];
    args.extend(inputs);
    args.extend(rest);
    let ran = sandbox.run(&args);
    assert!(ran.code < 2, "{ran}");
    ran
}

fn json(sandbox: &Sandbox, inputs: &[&str], month: &str, today: &str) -> Value {
    let rest = ["--month", month, "--today", today, "--format", "json", "--lang", "en"];
    serde_json::from_str(&reconcile(sandbox, inputs, &rest).stdout).unwrap()
}

fn section<'a>(report: &'a Value, name: &str) -> &'a [Value] {
    let sections = report["sections"].as_array().unwrap();
    let section = sections.iter().find(|section| section["name"] == name).unwrap();
    section["rows"].as_array().unwrap()
}

/// Types a decision into a cell of the differences.
fn decide(path: &Path) {
    let mut archive = ZipArchive::new(File::open(path).unwrap()).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let mut typed = false;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if name == "xl/worksheets/sheet2.xml" {
            let text = String::from_utf8(bytes).unwrap();
            // The first cell that a decision can be chosen in.
            let choices = &text[text.find("<dataValidation ").unwrap()..];
            let cells = choices.split("sqref=\"").nth(1).unwrap();
            let cell: String = cells.chars().take_while(char::is_ascii_alphanumeric).collect();
            let from = text.find(&format!("<c r=\"{cell}\"")).unwrap();
            let to = from + text[from..].find("/>").unwrap();
            let empty = &text[from..to];
            let typed_in = format!("{empty} t=\"inlineStr\"><is><t>{DISPUTE}</t></is></c>");
            bytes = format!("{}{typed_in}{}", &text[..from], &text[to + 2..]).into_bytes();
            typed = true;
        }
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    assert!(typed);
    std::fs::write(path, out.finish().unwrap().into_inner()).unwrap();
}

#[test]
fn decisions_stay_and_what_is_carried_over_is_expected_next_month() {
    let sandbox = Sandbox::new();
    let month = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/factory");
    let october = month.to_str().unwrap();
    let out =
        ["--month", "2026-10", "--today", "2026-11-03", "-o", "oct.xlsx", "--lang", "zh-Hans"];
    reconcile(&sandbox, &[october], &out);
    decide(&sandbox.path("oct.xlsx"));

    // A report that holds a decision is not overwritten before it was read.
    let again = sandbox.run(&[&["reconcile", "supplier", october], &out[..]].concat());
    assert_eq!(again.code, 2, "{again}");
    let read = json(&sandbox, &[october, "oct.xlsx"], "2026-10", "2026-11-04");
    let decided: Vec<&Value> =
        section(&read, "lines").iter().filter(|line| !line["decision"].is_null()).collect();
    assert_eq!(decided.len(), 1);
    let decision = &decided[0]["decision"];
    assert_eq!((&decision["choice"], &decision["date"]), (&"dispute".into(), &"2026-11-04".into()));

    sandbox.write("11/Northmere_SOA_Nov.csv", STATEMENT);
    sandbox.write("11/入库登记2026年11月.csv", REGISTER);
    let november = json(&sandbox, &["11", "oct.xlsx"], "2026-11", "2026-12-02");
    let lines = section(&november, "lines");
    let matched: Vec<&Value> = lines
        .iter()
        .filter(|line| line["status"] == "matched")
        .filter(|line| line["left"][0]["at"].as_str().unwrap().contains("Northmere_SOA_Nov"))
        .collect();
    assert_eq!(matched.len(), 5, "{matched:#?}");
    let of_october =
        |line: &&&Value| line["right"][0]["at"].as_str().unwrap().starts_with("oct.xlsx#");
    assert_eq!(matched.iter().filter(of_october).count(), 4);
    for line in matched.iter().filter(of_october) {
        assert_eq!(line["reason"], "carried-forward", "{line:#}");
    }
    // What October's statement billed before it came has come.
    let came = |line: &&Value| line["right"][0]["document_no"] == "FL261093";
    let came = lines.iter().find(came).unwrap();
    assert_eq!(came["status"], "matched", "{came:#}");
    assert!(came["left"][0]["at"].as_str().unwrap().starts_with("oct.xlsx#"), "{came:#}");
    for row in section(&november, "bridge").iter().filter(|row| row["step"] == "residual") {
        assert_eq!(row["amount"], "0.00", "{row}");
    }
    let rejected = |finding: &&Value| finding["code"] == "rejected-row";
    let findings = november["findings"].as_array().unwrap();
    assert_eq!(findings.iter().filter(rejected).count(), 0, "{findings:#?}");
    let conservation = &november["conservation"];
    assert_eq!(conservation["rows_in"], conservation["rows_reported"]);
}

#[test]
fn decisions_of_every_other_job_stay() {
    let sandbox = Sandbox::new();
    sandbox
        .write("a.csv", "单号,金额\nA001,100.00\nA002,99.00\n")
        .write("b.csv", "单号,金额\nA001,100.00\nA002,90.00\n")
        .write(
            "ExportOrderList.csv",
            "订单编号,买家会员名,买家实际支付金额,订单状态,订单创建时间,订单付款时间\n\
             3250010003124433158,tb_59669,64.00,交易成功,2026-10-01 09:50:00,2026-10-01 09:56:38\n",
        )
        .write(
            "ID号登记10月.csv",
            "日期,ID号,订单号,金额\n2026-10-01,tb_59669,3250010003124433158,60\n",
        )
        .write(
            "运费登记.csv",
            "运费登记 2026年10月\n日期,目的地,快递公司,快递单号,重量,快递费\n\
             2026-10-29,安徽,中通,776500000002,1,3.80\n",
        )
        .write(
            "中通账单.csv",
            "中通快递 2026年10月账单\n运单编号,收寄日期,目的省份,结算重量,快递运费\n\
             776500000002,2026-10-29,安徽省,2,4.80\n",
        )
        .write(
            "分销出货单.csv",
            "分销出货单 2026年10月\n出货单号,出货日期,客户,货号,名称,数量,分销价,金额\n\
             FX1002,2026-10-05,暖光灯饰店,L002,落地灯,5,120,600\n",
        )
        .write(
            "暖光灯饰店10月对账.csv",
            "暖光灯饰店 收货对账 2026年10月\n日期,单号,货号,品名,数量,单价,金额\n\
             2026-10-06,FX1002,L002,落地灯,5,118,590\n",
        );
    for job in [
        ["compare", "a.csv", "b.csv"].as_slice(),
        &["reconcile", "sales", "ExportOrderList.csv", "ID号登记10月.csv"],
        &["reconcile", "freight", "运费登记.csv", "中通账单.csv"],
        &["reconcile", "reseller", "分销出货单.csv", "暖光灯饰店10月对账.csv"],
    ] {
        let out = ["-o", "r.xlsx", "--today", "2026-11-03", "--lang", "zh-Hans"];
        let ran = sandbox.run(&[job, &out].concat());
        assert_eq!(ran.code, 1, "{ran}");
        decide(&sandbox.path("r.xlsx"));
        let again = sandbox.run(&[job, &out].concat());
        assert_eq!(again.code, 2, "{again}");
        let rest = ["r.xlsx", "--today", "2026-11-04", "--format", "json"];
        let read = sandbox.run(&[job, &rest].concat());
        // What was decided asks for nobody any more.
        assert_eq!(read.code, 0, "{read}");
        let read: Value = serde_json::from_str(&read.stdout).unwrap();
        let decided: Vec<&Value> =
            section(&read, "lines").iter().filter(|line| !line["decision"].is_null()).collect();
        assert_eq!(decided.len(), 1, "{read:#}");
        let decision = &decided[0]["decision"];
        assert_eq!(
            (&decision["choice"], &decision["date"]),
            (&"dispute".into(), &"2026-11-04".into())
        );
        std::fs::remove_file(sandbox.path("r.xlsx")).unwrap();
    }
}
