//! `gendan reconcile supplier` in folders that hold more than the two papers:
//! our own ledgers, copies of sheets, sums that one line says in words.

use serde_json::Value;

use crate::sandbox::Sandbox;
use crate::supplier::{october, section, verdicts};

/// Our register of two suppliers.
const REGISTER: &str = "入库日期,供应商,送货单号,品名,单位,数量,单价,金额\n\
    2026-10-03,金皮行,GL-0071,牛皮,尺,10,20.00,200.00\n\
    2026-10-05,金皮行,GL-0072,牛皮,尺,20,20.00,400.00\n\
    2026-10-13,恒达线业,HD1001,缝纫线,个,100,3.50,350.00\n\
    2026-10-16,恒达线业,HD1002,缝纫线,个,200,3.50,700.00\n";

const PAYMENTS: &str = "付款登记表,,,\n付款日期,收款单位,付款金额,备注\n\
    2026-10-20,金皮行,500.00,9月货款\n2026-10-22,恒达线业,300.00,9月货款\n";

const OF_LEATHER: &str = "金皮行 对账单,,,,,\n2026年10月,,,,,\n上月结欠,,,,,500.00\n\
    日期,单号,品名,数量,单价,金额\n2026-10-03,GL-0071,牛皮,10,20,200\n\
    2026-10-05,GL-0072,牛皮,20,20,400\n2026-10-20,,付款,,,-500\n,,本期应付合计,,,600\n";

const OF_THREAD: &str = "恒达线业 对账单,,,,,\n2026年10月,,,,,\n上月结欠,,,,,300.00\n\
    日期,单号,品名,数量,单价,金额\n2026-10-13,HD1001,缝纫线,100,3.5,350\n\
    2026-10-16,HD1002,缝纫线,200,3.5,700\n2026-10-22,,付款,,,-300\n,,本期应付合计,,,1050\n";

/// Our ledger of both, in one table, with their balances running on.
const LEDGER: &str = "青禾岭制衣有限公司,,,,,,\n应付账款往来台账,,,,2026年10月,,\n\
    日期,凭证号,供应商,摘要,本期收货,本期付款,余额\n\
    2026-10-01,,金皮行,期初余额,,,500.00\n\
    2026-10-03,记-011,金皮行,入库 GL-0071,200.00,,700.00\n\
    2026-10-05,记-015,金皮行,入库 GL-0072,400.00,,1100.00\n\
    2026-10-20,记-045,金皮行,付9月货款,,500.00,600.00\n\
    2026-10-01,,恒达线业,期初余额,,,300.00\n\
    2026-10-13,记-018,恒达线业,入库 HD1001,350.00,,650.00\n\
    2026-10-16,记-033,恒达线业,入库 HD1002,700.00,,1350.00\n\
    2026-10-22,记-048,恒达线业,付9月货款,,300.00,1050.00\n\
    合计,,,,1650.00,800.00,1650.00\n";

/// The month with one more file, with our register or without.
fn month(name: &str, text: &str, register: bool) -> Value {
    let mut files = vec![("金皮行10月.csv", OF_LEATHER), ("恒达线业10月.csv", OF_THREAD)];
    if register {
        files.extend([("入库.csv", REGISTER), ("付款.csv", PAYMENTS)]);
    }
    files.push((name, text));
    october(&files)
}

/// Whether all lines match, nothing is alarmed, and both sides close alike.
fn assert_clean(report: &Value) {
    assert!(verdicts(report).iter().all(|line| line == "matched - 0.00"), "{report:#}");
    let findings = report["findings"].as_array().unwrap().iter();
    let alarms: Vec<_> = findings.filter(|finding| finding["severity"] != "info").collect();
    assert!(alarms.is_empty(), "{alarms:#?}");
    let parties = section(report, "parties");
    assert_eq!(parties.len(), 2);
    for party in parties {
        assert_eq!(party["left"]["closing"], party["right"]["closing"], "{party:#}");
        assert_eq!((&party["difference"], &party["residual"]), (&"0.00".into(), &"0.00".into()));
    }
}

fn codes(report: &Value) -> Vec<&str> {
    let findings = report["findings"].as_array().unwrap().iter();
    findings.map(|finding| finding["code"].as_str().unwrap()).collect()
}

#[test]
fn our_own_ledger_beside_the_registers_tells_balances_alone() {
    let report = month("应付往来台账10月.csv", LEDGER, true);
    assert_eq!(verdicts(&report).len(), 6);
    assert_clean(&report);
    assert_eq!(codes(&report), ["own-ledger"]);
}

#[test]
fn our_own_ledger_stands_for_the_registers_where_there_are_none() {
    let report = month("应付往来台账10月.csv", LEDGER, false);
    assert_eq!(verdicts(&report).len(), 6);
    assert_clean(&report);
}

#[test]
fn a_ledger_in_debits_and_credits_is_ours_where_credits_raise_it() {
    let ledger = "明细账,,,,,,\n单位：青禾岭制衣有限公司,,,往来单位：金皮行,,,\n\
        日期,凭证字号,摘要,借方,贷方,方向,余额\n2026-10-01,,上月结转,,,贷,500.00\n\
        2026-10-03,记-011,收货GL-0071,,200.00,贷,700.00\n\
        2026-10-05,记-015,收货GL-0072,,400.00,贷,1100.00\n\
        2026-10-20,记-045,付货款,500.00,,贷,600.00\n\
        2026-10-31,,本月合计,500.00,600.00,贷,600.00\n";
    let report = month("金皮行明细账.csv", ledger, true);
    assert_eq!(verdicts(&report).len(), 6);
    assert!(codes(&report).contains(&"own-ledger"), "{report:#}");
    let leather = section(&report, "parties").iter().find(|row| row["party"] == "金皮行").unwrap();
    assert_eq!(leather["right"]["closing"], "600.00");
}

#[test]
fn a_wrong_closing_of_our_own_ledger_is_said() {
    let wrong = LEDGER.replace(",500.00,600.00\n", ",500.00,610.00\n");
    let report = month("应付往来台账10月.csv", &wrong, true);
    let found = codes(&report);
    assert!(found.contains(&"balance-break") || found.contains(&"closing-mismatch"), "{found:?}");
}

#[test]
fn balances_of_this_month_begin_with_their_openings() {
    let balances = "青禾岭制衣 应付余额表（2026年10月）,,,,,,\n\
        序号,供应商,期初余额,本期收货,本期退货,本期付款,期末余额\n\
        1,金皮行,500.00,600.00,0.00,500.00,600.00\n2,恒达线业,300.00,1050.00,0.00,300.00,1050.00\n";
    assert_clean(&month("应付余额.csv", balances, true));
    let unsaid = balances.replace("（2026年10月）", "");
    assert_clean(&month("余额.csv", &unsaid, true));
    let last = "应付余额表（2026年9月）,,,,\n供应商,期初余额,本期收货,本期付款,期末余额\n\
        金皮行,100.00,900.00,500.00,500.00\n恒达线业,300.00,300.00,300.00,300.00\n";
    assert_clean(&month("9月余额.csv", last, true));
}

#[test]
fn a_copy_of_a_sheet_counts_once() {
    let report = month("金皮行10月 - 副本.csv", OF_LEATHER, true);
    assert_eq!(verdicts(&report), ["matched - 0.00"; 6], "{report:#}");
    assert_eq!(codes(&report), ["sheet-twice"]);
}

/// One statement of one supplier against one register of ours.
fn wrapper(statement: &str, returns: &str) -> Value {
    let register = "入库日期,供应商,送货单号,品名,规格,单位,数量,单价,金额\n\
        2026-10-13,三和包装,SH0071,鸡爪袋,30*40,个,10000,0.20,2000.00\n\
        2026-10-15,三和包装,SH0072,胶带,6cm,卷,200,4.00,800.00\n";
    let head = "三和包装 对账单 2026年10月,,,,,\n日期,单号,品名,数量,单价,金额\n\
        2026-10-13,SH0071,鸡爪袋 30*40,10000,0.2,2000\n2026-10-15,SH0072,胶带 6cm,200,4,800\n";
    let statement = format!("{head}{statement}");
    october(&[("入库.csv", register), ("三和.csv", &statement), ("退货.csv", returns)])
}

const RETURNED: &str = "退货登记,,,,,,,\n日期,供应商,单号,品名,数量,单价,金额,原因\n\
    2026-10-18,三和包装,T01,鸡爪袋 30*40,2000,0.20,400.00,破损\n\
    2026-10-18,三和包装,T02,胶带 6cm,90,4.00,360.00,不粘\n";

#[test]
fn returns_whose_text_says_how_many_find_their_own() {
    let report =
        wrapper("2026-10-18,,鸡爪袋退货2000个,,,-400\n2026-10-18,,胶带退货90卷,,,-360\n", RETURNED);
    assert_eq!(verdicts(&report), ["matched - 0.00"; 4], "{report:#}");
    let bags =
        section(&report, "lines").iter().find(|line| line["left"][0]["item"] == "鸡爪袋退货2000个");
    assert_eq!(bags.unwrap()["right"][0]["document_no"], "T01", "{report:#}");
}

#[test]
fn returns_under_numbers_of_each_side_s_own_are_one() {
    let report = wrapper(
        "2026-10-18,XT-881,鸡爪袋 30*40,-2000,0.2,-400\n2026-10-18,XT-882,胶带 6cm,-90,4,-360\n",
        RETURNED,
    );
    assert_eq!(verdicts(&report), ["matched - 0.00"; 4], "{report:#}");
}

#[test]
fn a_row_that_is_nothing_but_tax_is_tax() {
    for row in ["2026-10-31,,VAT 13%,,,364\n", ",,Add: GST,,,364\n", ",,,,税13%,364\n"] {
        let report = wrapper(row, RETURNED);
        let tax = section(&report, "lines").iter().find(|line| line["difference"] == "364.00");
        let causes = &tax.unwrap_or_else(|| panic!("{report:#}"))["causes"];
        assert_eq!(causes[0]["code"], "tax", "{row}");
        assert!(!codes(&report).contains(&"bad-number"), "{row}");
    }
}

#[test]
fn a_firm_from_a_town_that_nobody_lists_is_the_firm() {
    let register = "入库日期,供应商,送货单号,品名,单位,数量,单价,金额\n\
        2026-10-13,鸿达纸箱厂,SH0071,纸箱A,个,100,2.00,200.00\n";
    let payments = "付款日期,收款单位,付款金额,备注\n2026-10-20,潢川鸿达纸箱厂,500.00,9月货款\n";
    for title in ["鸿达纸箱有限公司", "潢川县鸿达纸箱有限公司"] {
        let statement = format!(
            "{title},,,,,\n对账单 2026年10月,,,,,\n上月结欠,,,,,500\n日期,单号,品名,数量,单价,金额\n\
             2026-10-13,SH0071,纸箱A,100,2,200\n2026-10-20,,付款,,,-500\n"
        );
        let files = [("入库.csv", register), ("付款.csv", payments), ("对账.csv", &statement)];
        let report = october(&files);
        assert_eq!(verdicts(&report), ["matched - 0.00"; 2], "{report:#}");
    }
}

#[test]
fn a_register_laid_out_like_a_statement_is_ours_where_there_is_no_other() {
    let register = "Date,Supplier name,Delivery Note,Article,Qty,Unit,Unit price,Line total\n\
        2026-10-13,Sunrise Plastics (HK) Ltd,SP-8001,Hanger 42cm,1000,pcs,0.55,550.00\n\
        2026-10-17,Sunrise Plastics (HK) Ltd,SP-8019,Hanger 38cm,2000,pcs,0.50,1000.00\n";
    let statement = "Sunrise Plastics (HK) Ltd,,\nStatement,,October 2026\nDate,DN,Amount (RMB)\n\
        2026-10-13,SP-8001,550.00\n2026-10-17,SP-8019,1000.00\nTotal,,1550.00\n";
    for name in ["receipts.csv", "october.csv"] {
        let report = october(&[(name, register), ("SOA.csv", statement)]);
        assert_eq!(verdicts(&report), ["matched - 0.00"; 2], "{name} {report:#}");
    }
}

#[test]
fn goods_on_their_way_at_the_end_of_a_month_arrive_in_the_next() {
    let sandbox = Sandbox::new();
    let run = |month: &str, today: &str, rest: &[&str]| {
        let args = ["reconcile", "supplier", month, "--month", month, "--today", today];
        let run = sandbox.run(&[&args[..], rest].concat());
        assert!(run.code < 2, "{run}");
        run.stdout
    };
    let register = "入库日期,供应商,送货单号,品名,单位,数量,单价,金额\n";
    let statement = "三和包装 对账单,,,,,\n日期,单号,品名,数量,单价,金额\n";
    let october =
        "2026-10-13,SH0071,鸡爪袋,10000,0.20,2000.00\n2026-10-31,SH0090,胶带,200,4.00,800.00\n";
    sandbox.write("2026-10/对账.csv", format!("{statement}{october}"));
    let received = "2026-10-13,三和包装,SH0071,鸡爪袋,个,10000,0.20,2000.00\n";
    sandbox.write("2026-10/入库.csv", format!("{register}{received}"));
    sandbox.write("2026-11/入库.csv", register);
    run("2026-10", "2026-11-03", &["-o", "2026-11/10月结果.xlsx"]);
    let arrived = "2026-11-02,三和包装,SH0090,胶带,卷,200,4.00,800.00\n";
    sandbox.write("2026-11/入库.csv", format!("{register}{arrived}"));
    let november = "2026-11-20,SH0101,胶带,100,4.00,400.00\n";
    sandbox.write("2026-11/对账.csv", format!("{statement}{november}"));
    let json = run("2026-11", "2026-12-03", &["--format", "json", "--lang", "en"]);
    let report: Value = serde_json::from_str(&json).unwrap();
    let lines = section(&report, "lines").iter();
    let arrived = lines.filter(|line| line.to_string().contains("SH0090")).collect::<Vec<_>>();
    assert_eq!(arrived.len(), 1, "{report:#}");
    assert_eq!(
        (&arrived[0]["status"], &arrived[0]["reason"]),
        (&"matched".into(), &"carried-forward".into())
    );
    assert!(!codes(&report).contains(&"rejected-row"), "{report:#}");
}

/// Our register of one plating works, on whose papers it has a longer name.
const SCREWS: &str = "入库日期,供应商,送货单号,品名,单位,数量,单价,金额\n\
    2026-10-03,永盛电镀,YS1001,螺丝 M3*6,个,50000,0.03,1500.00\n\
    2026-10-08,永盛电镀,YS1002,螺丝 M4*8,个,20000,0.0455,910.00\n\
    2026-10-20,永盛电镀,YS1003,螺丝 M3*6,个,30000,0.03,900.00\n";

#[test]
fn a_price_of_a_thousand_is_compared_as_that_of_one() {
    for price in ["千个单价", "单价(元/千个)", "Price per 1000"] {
        let bill = format!(
            "永盛电镀 对账单,,,,,\n日期,送货单号,品名,数量,{price},金额\n\
             2026-10-03,YS1001,螺丝 M3*6,50000,30,1500\n\
             2026-10-08,YS1002,螺丝 M4*8,20000,45.5,910\n\
             2026-10-20,YS1003,螺丝 M3*6,30000,31,930\n"
        );
        let report = october(&[("永盛电镀10月.csv", bill.as_str()), ("入库.csv", SCREWS)]);
        assert_eq!(
            verdicts(&report),
            ["matched - 0.00", "matched - 0.00", "differs - 30.00"],
            "{price}"
        );
        let line = &section(&report, "lines")[2];
        assert_eq!(line["left"][0]["unit_price"], "0.031", "{line:#}");
        assert_eq!(line["causes"][0]["code"], "price", "{line:#}");
        assert_eq!(line["causes"].as_array().unwrap().len(), 1, "{line:#}");
    }
}

#[test]
fn delivery_notes_below_each_other_are_a_suppliers_statement() {
    let note = |number: &str, day: &str, line: &str, sum: &str| {
        format!(
            "永盛电镀厂 送货单,,,,\n客户：青竹里灯饰,,单号：{number},,日期：{day}\n\
             品名,单位,数量,单价,金额\n{line}\n合计,,,,{sum}\n送货人：老王,,,收货人：,\n,,,,\n"
        )
    };
    let notes = [
        note("YS1001", "2026-10-03", "螺丝 M3*6,个,50000,0.03,1500", "1500"),
        note("YS1002", "2026-10-08", "螺丝 M4*8,个,20000,0.0455,910", "910"),
        note("YS1003", "2026-10-20", "螺丝 M3*6,个,30000,0.032,960", "960"),
    ];
    let report = october(&[("永盛送货单10月.csv", &notes.concat()), ("入库.csv", SCREWS)]);
    assert_eq!(verdicts(&report), ["matched - 0.00", "matched - 0.00", "differs - 60.00"]);
    let line = &section(&report, "lines")[2];
    assert_eq!(line["left"][0]["document_no"], "YS1003", "{line:#}");
    assert_eq!(line["left"][0]["date"], "2026-10-20", "{line:#}");
}

#[test]
fn names_that_may_be_one_are_told_and_not_joined() {
    let bill = "永盛五金电镀厂 对账单,,,,,\n日期,送货单号,品名,数量,单价,金额\n\
        2026-10-03,YS1001,螺丝 M3*6,50000,0.03,1500\n2026-10-08,YS1002,螺丝 M4*8,20000,0.05,1000\n";
    let report = october(&[("永盛五金10月.csv", bill), ("入库.csv", SCREWS)]);
    assert!(verdicts(&report).iter().all(|line| line.contains("-only")), "{report:#}");
    let findings = report["findings"].as_array().unwrap();
    let similar: Vec<_> =
        findings.iter().filter(|found| found["code"] == "party-similar").collect();
    assert_eq!(similar.len(), 1, "{findings:#?}");
    assert_eq!(similar[0]["at"], "./永盛五金10月.csv!F3");
}
