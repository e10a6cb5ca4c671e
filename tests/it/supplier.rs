//! `gendan reconcile supplier` on small months in odd shapes.

use serde_json::Value;

use crate::sandbox::Sandbox;

/// Our register: a firm by its short name, and a note in two lines.
const REGISTER: &str = "进仓日期,供货商,对方单号,品名,单位,实收数,单价(元),金额(元)\n\
    10/3,金皮,GL-0071,牛皮,尺,10,20.00,200.00\n\
    10/5,金皮,GL-0072,牛皮,尺,20,20.00,400.00\n\
    10/9,金皮,GL-0073,猪皮,尺,30,11.00,330.00\n";

/// Reconciles October of a folder; returns its JSON.
pub(crate) fn october(files: &[(&str, &str)]) -> Value {
    let sandbox = Sandbox::new();
    for (name, text) in files {
        sandbox.write(name, text);
    }
    let args =
        ["reconcile", "supplier", ".", "--month", "2026-10", "--today", "2026-11-03", "--format"];
    let run = sandbox.run(&[&args[..], &["json", "--lang", "en"]].concat());
    assert!(run.code < 2, "{run}");
    serde_json::from_str(&run.stdout).unwrap()
}

/// Returns the rows of a section.
pub(crate) fn section<'a>(report: &'a Value, name: &str) -> &'a [Value] {
    let sections = report["sections"].as_array().unwrap();
    sections.iter().find(|section| section["name"] == name).unwrap()["rows"].as_array().unwrap()
}

/// Shows each line as `status reason difference`.
pub(crate) fn verdicts(report: &Value) -> Vec<String> {
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let lines = section(report, "lines").iter();
    lines
        .map(|line| {
            let [status, reason, by] =
                ["status", "reason", "difference"].map(|key| word(&line[key]));
            format!("{status} {reason} {by}")
        })
        .collect()
}

#[test]
fn a_firm_billed_under_another_name_is_known_by_its_notes() {
    let statement = "Golden Leather Trading Ltd,,,,,\n\
        Statement of account,,October 2026,,,\n\
        Invoice date,D/N no.,Description,Qty (SF),U/Price,Amount (CNY)\n\
        03-Oct-26,GL-0071,Cow leather,10,20.00,200.00\n\
        05-Oct-26,GL-0072,Cow leather,20,20.00,400.00\n\
        09-Oct-26,GL-0073,Pig leather,30,11.00,330.00\n\
        Total,,,,,930.00\n";
    let report = october(&[("register.csv", REGISTER), ("golden.csv", statement)]);
    assert_eq!(verdicts(&report), ["matched - 0.00"; 3]);
    let parties = section(&report, "parties");
    assert_eq!(parties.len(), 1);
    assert_eq!(parties[0]["party"], "Golden Leather Trading Ltd");
    let told = report["findings"].as_array().unwrap().iter();
    let guessed: Vec<_> = told.filter(|finding| finding["code"] == "party-guessed").collect();
    assert_eq!(guessed.len(), 1, "a guess is stated: {guessed:?}");
}

#[test]
fn a_ledger_of_what_the_supplier_receives_from_us_is_its_statement() {
    let ledger = "金皮行 应收明细账,,,,,\n\
        客户名称,青禾岭制衣,期间,2026-10-01 至 2026-10-31,,\n\
        日期,摘要,单号,应收,已收,余额\n\
        ,期初余额,,,,500.00\n\
        2026.10.03,送货,GL-0071,200.00,,700.00\n\
        2026.10.05,送货,GL-0072,400.00,,1100.00\n\
        2026.10.09,送货,GL-0073,333.00,,1433.00\n\
        2026.10.21,收款,,,500.00,933.00\n";
    let payments =
        "付款登记表,,,\n付款日期,收款单位,付款金额,备注\n2026-10-20,金皮行,500.00,9月货款\n";
    let files = [("入库登记.csv", REGISTER), ("金皮行.csv", ledger), ("付款.csv", payments)];
    let report = october(&files);
    let mut verdicts = verdicts(&report);
    verdicts.sort();
    assert_eq!(
        verdicts,
        ["differs - 3.00", "matched - 0.00", "matched - 0.00", "matched - 0.00"],
        "{report:#}"
    );
    let left = &section(&report, "parties")[0]["left"];
    assert_eq!((&left["opening"], &left["paid"]), (&"500.00".into(), &"500.00".into()));
    assert_eq!(left["closing"], "933.00");
}

#[test]
fn payments_beside_the_deliveries_of_a_statement_are_its_own() {
    let statement = "金皮行,,,,,,,,,\n月结对账单,,,,2026年10月,,,,,\n上月欠款：,500.00,,,,,,,,\n\
        送货日期,单据编号,名称,数量,单价,金额,,收款日期,收款金额,方式\n\
        2026-10-03,GL-0071,牛皮,10,20.00,200.00,,2026-10-20,500.00,转账\n\
        2026-10-05,GL-0072,牛皮,20,20.00,400.00,,,,\n\
        2026-10-09,GL-0073,猪皮,30,11.00,330.00,,,,\n\
        本月合计,,,,,930.00,,,,\n";
    let report = october(&[("入库登记.csv", REGISTER), ("金皮行10月对账.csv", statement)]);
    let left = &section(&report, "parties")[0]["left"];
    assert_eq!(left["paid"], "500.00", "{report:#}");
    assert_eq!(left["closing"], "930.00");
}

#[test]
fn a_summary_below_the_deliveries_has_one_sum_and_one_payment() {
    let statement = "金皮行送货清单,,,,,\n收货单位:青禾岭制衣  2026年10月份,,,,,\n\
        月,日,No,产品名称,数量,金额\n\
        10,3,GL-0071,牛皮,10,200.00\n10,5,GL-0072,牛皮,20,400.00\n10,9,GL-0073,猪皮,30,330.00\n\
        上月结余,,,,,1000.00\n本月送货,,,,,930.00\n本月收款,,,,,500.00\n结欠,,,,,1430.00\n";
    let report = october(&[("入库登记.csv", REGISTER), ("金皮行.csv", statement)]);
    let party = &section(&report, "parties")[0];
    let left = &party["left"];
    assert_eq!(
        (&left["opening"], &left["paid"]),
        (&"1000.00".into(), &"500.00".into()),
        "{report:#}"
    );
    assert_eq!((&left["lines"], &left["closing"]), (&"930.00".into(), &"1430.00".into()));
    assert_eq!(party["stated_closing"], "1430.00");
}

#[test]
fn a_statement_that_names_nobody_is_known_by_its_notes() {
    let statement = "对账单,,,,,\n日期,单号,名称,数量,单价,金额\n\
        2026-10-03,GL-0071,牛皮,10,20.00,200.00\n\
        2026-10-05,GL-0072,牛皮,20,20.00,400.00\n\
        2026-10-09,GL-0073,猪皮,30,11.00,330.00\n";
    let report = october(&[("入库登记.csv", REGISTER), ("1.csv", statement)]);
    assert_eq!(verdicts(&report), ["matched - 0.00"; 3]);
    let parties: Vec<&Value> =
        section(&report, "parties").iter().map(|row| &row["party"]).collect();
    assert_eq!(parties, ["金皮"], "{report:#}");
}

#[test]
fn money_of_several_currencies_is_never_added_up() {
    let statement = |name: &str, currency: &str, notes: [&str; 2]| {
        let [one, other] = notes;
        format!(
            "{name},,,,,\nSTATEMENT OF ACCOUNT,,October 2026,,,\n\
             Date,D/N No.,Description,Qty,U/Price,Amount ({currency})\n\
             03-Oct-26,{one},Steel sheet,10,20.00,200.00\n\
             05-Oct-26,{other},Steel sheet,20,20.00,400.00\n"
        )
    };
    let hk = statement("Wing Fat Steel Ltd", "HK$", ["WF-101", "WF-102"]);
    let us = statement("Crestline Polymers Inc", "US$", ["CP-771", "CP-772"]);
    let register = "Date Received,Vendor,Inv/DN No,Description,Qty,Unit Price,Amount\n\
        2026-10-03,Wing Fat Steel,WF-101,Steel sheet,10,20.00,200.00\n\
        2026-10-05,Crestline Polymers,CP-772,Steel sheet,20,20.00,400.00\n";
    let sandbox = Sandbox::new();
    for (name, text) in [("wf.csv", hk.as_str()), ("cp.csv", us.as_str()), ("grn.csv", register)] {
        sandbox.write(name, text);
    }
    let args =
        ["reconcile", "supplier", ".", "--month", "2026-10", "--today", "2026-11-03", "--lang"];
    let shown = sandbox.run(&[&args[..], &["en"]].concat()).stdout;
    let total = shown.lines().any(|line| line.starts_with("Total"));
    assert!(!total && shown.contains("HKD") && shown.contains("USD"), "{shown}");
    let json = sandbox.run(&[&args[..], &["en", "--format", "json"]].concat()).stdout;
    let report: Value = serde_json::from_str(&json).unwrap();
    let currencies: Vec<&Value> =
        section(&report, "parties").iter().map(|row| &row["currency"]).collect();
    assert_eq!(currencies, ["USD", "HKD"]);
}

/// Rows of a summary: label and figure.
type Summary = &'static [(&'static str, &'static str)];

/// The same summary in the ways people print it: the figures under the
/// amounts, beside the labels, or in one text with them.
fn printed(summary: Summary, way: &str) -> String {
    let row = |(label, figure): &(&str, &str)| {
        let colon = if label.ends_with('：') { "" } else { "：" };
        match way {
            "first" => format!("{label},,,,,{figure}\n"),
            "item" => format!(",,{label},,,{figure}\n"),
            "price" => format!(",,,,{label},{figure}\n"),
            "beside" => format!("{label},{figure},,,,\n"),
            _ => format!("{label}{colon}{figure},,,,,\n"),
        }
    };
    summary.iter().map(row).collect()
}

#[test]
fn what_leads_from_the_sum_to_the_balance_is_read_wherever_it_stands() {
    let summaries: [(Summary, [&str; 3]); 6] = [
        (
            &[("上月结余", "300"), ("本月已收货款", "300"), ("累计欠款", "1000")],
            ["300.00", "1000.00", "payment -300.00"],
        ),
        (
            &[
                ("减：本月退货", "50"),
                ("减：已收货款", "200"),
                ("加：上月欠款", "300"),
                ("本月应收款", "1050"),
            ],
            ["300.00", "1050.00", "return -50.00 payment -200.00"],
        ),
        (
            &[
                ("上期欠款：", "300"),
                ("10月5日付款", "300"),
                ("10月20日付承兑", "200"),
                ("期末欠款", "800"),
            ],
            ["300.00", "800.00", "payment -300.00 payment -200.00"],
        ),
        (
            &[
                ("前期结欠", "300"),
                ("本月已付", "300"),
                ("扣：次品", "30"),
                ("截止10月31日尚欠货款", "970"),
            ],
            ["300.00", "970.00", "payment -300.00 deduction -30.00"],
        ),
        (
            &[("前期余额", "0"), ("模具费", "60"), ("品质扣款", "-40"), ("实际应付", "1020")],
            ["0.00", "1020.00", "charge 60.00 deduction -40.00"],
        ),
        (
            &[
                ("Previous balance", "300"),
                ("Less: payment received", "300"),
                ("Balance due", "1000"),
            ],
            ["300.00", "1000.00", "payment -300.00"],
        ),
    ];
    for (summary, expected) in summaries {
        for way in ["first", "item", "price", "beside", "text"] {
            let statement = format!(
                "大发五金厂对账单\n2026年10月\n日期,送货单号,品名,数量,单价,金额\n\
                 2026-10-03,A1001,螺丝,100,2,200\n2026-10-09,A1002,螺母,200,3,600\n\
                 2026-10-19,A1003,垫片,400,0.5,200\n合计,,,700,,1000\n{}",
                printed(summary, way)
            );
            let report = october(&[("大发五金厂10月对账单.csv", &statement)]);
            let left = &section(&report, "parties")[0]["left"];
            let moved: Vec<String> = section(&report, "lines")
                .iter()
                .flat_map(|line| line["left"].as_array().unwrap())
                .filter(|entry| entry["type"] != "goods")
                .map(|entry| {
                    let text = |key: &str| entry[key].as_str().unwrap().to_owned();
                    format!("{} {}", text("type"), text("amount"))
                })
                .collect();
            let found =
                [left["opening"].as_str(), left["closing"].as_str(), Some(&moved.join(" "))]
                    .map(|text| text.unwrap_or("unknown").to_owned());
            assert_eq!(found, expected, "{way}\n{statement}");
        }
    }
}

#[test]
fn a_summary_that_tells_the_lines_once_more_is_counted_once() {
    let report = october(&[(
        "大发五金厂10月对账单.csv",
        "大发五金厂对账单\n2026年10月\n日期,送货单号,品名,数量,单价,金额\n\
         2026-10-03,A1001,螺丝,100,2,200\n2026-10-09,,收款,,,-300\n\
         2026-10-19,A1003,垫片,1600,0.5,800\n合计,,,1700,,700\n\
         上月结余,,,,,300\n本月收款,,,,,300\n月末结余,,,,,1000\n",
    )]);
    let left = &section(&report, "parties")[0]["left"];
    assert_eq!((&left["paid"], &left["closing"]), (&"300.00".into(), &"1000.00".into()));
    assert_eq!(told_again(&report), 1);
    let report = october(&[(
        "KamFai Oct.csv",
        "KAM FAI TRADING CO.\nStatement - October 2026\nOpening Balance,,,,2000\n\
         Inv Date,Inv No,D/N No,Description,Amount\n2026-10-07,INV1001,DN501,PVC bag,1600\n\
         2026-10-22,CN055,,Credit note - short,-80\n2026-10-29,INV1003,DN510,Header card,450\n\
         ,,,Invoices this month,2050\n,,,Credit notes,-80\n\
         ,,,Payment received with thanks (12 Oct),-2000\n,,,Balance due,1970\n",
    )]);
    let left = &section(&report, "parties")[0]["left"];
    assert_eq!((&left["returned"], &left["closing"]), (&"80.00".into(), &"1970.00".into()));
    assert_eq!(told_again(&report), 1);
}

fn told_again(report: &Value) -> usize {
    let again = |finding: &&Value| finding["code"] == "told-again";
    report["findings"].as_array().unwrap().iter().filter(again).count()
}

#[test]
fn a_list_that_was_folded_to_save_paper_is_one_statement() {
    let report = october(&[
        (
            "鑫达10月.csv",
            "鑫达模具配件厂 10月份对账单,,,,,,\n日期,单号,金额,,日期,单号,金额\n\
             10.3,10230,686,,10.17,10246,960\n10.8,10234,96,,10.21,10250,721\n\
             10.12,10238,360,,10.26,10254,250\n合计金额,,3073,,,,\n",
        ),
        (
            "收料.csv",
            "2026年10月收料明细,,,,\n日期,供应商,供方单号,品名,金额\n\
             2026-10-03,鑫达模具配件厂,10230,导柱,686\n2026-10-08,鑫达模具配件厂,10234,顶针,96\n\
             2026-10-12,鑫达模具配件厂,10238,弹簧,360\n2026-10-17,鑫达模具配件厂,10246,弹簧,960\n\
             2026-10-21,鑫达模具配件厂,10250,导柱,721\n2026-10-26,鑫达模具配件厂,10254,导柱,250\n",
        ),
    ]);
    let statuses: Vec<&str> =
        section(&report, "lines").iter().map(|line| line["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["matched"; 6]);
    let wrong = |finding: &&Value| finding["code"] == "total-mismatch";
    assert_eq!(report["findings"].as_array().unwrap().iter().find(wrong), None);
}

#[test]
fn a_summary_of_this_month_is_not_what_last_month_left() {
    let statement = "甲厂对账单,,,\n2026年10月,,,\n日期,送货单号,品名,金额\n\
         2026-10-03,A1001,螺丝,200\n合计,,,200\n上月余额,,,300\n累计欠款,,,500\n";
    let receipts = "日期,供应商,送货单号,品名,金额\n2026-10-03,甲厂,A1001,螺丝,200\n";
    for (name, title) in [("应付汇总.csv", ""), ("应付.csv", "2026年10月应付汇总\n")] {
        let summary =
            format!("{title}供应商,上月余额,本月送货,本月付款,期末余额\n甲厂,300,200,0,500\n");
        let report = october(&[("甲厂.csv", statement), ("收料.csv", receipts), (name, &summary)]);
        let party = &section(&report, "parties")[0];
        assert_eq!(party["right"]["opening"], "300.00", "{name}");
        assert_eq!(party["difference"], "0.00", "{name}");
    }
}
