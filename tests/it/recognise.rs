//! Files without a command, and what every command does with its inputs and
//! its output.

use crate::sandbox::Sandbox;

const RECEIPTS: &str = "\
望棠湾家具有限公司入库明细,,,,,,,
供应商,入库日期,送货单号,品名,数量,单价,金额,柜号
枫栎湾木业,2026-10-08,FL261011,多层板,20,92.50,1850.00,A1
,2026-10-08,FL261011,密度板,220,41.20,9064.00,A1
合计,,,,,,10924.00,
";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("十月/入库明细.csv", RECEIPTS);
    sandbox
}

#[test]
fn files_are_recognised_and_the_line_to_type_is_given() {
    let sandbox = sandbox();
    for (lang, inspect, reconcile) in [
        ("zh-Hans", "gendan 查看 十月", "gendan 对账 供应商 十月"),
        ("zh-Hant", "gendan 查看 十月", "gendan 對帳 供應商 十月"),
        ("en", "gendan inspect 十月", "gendan reconcile supplier 十月"),
    ] {
        let ran = sandbox.run(&["十月", "--lang", lang]);
        let lines: Vec<&str> = ran.stdout.lines().map(str::trim_end).collect();
        assert!(lines.contains(&inspect), "{lang}\n{ran}");
        let lacks = |line: &&str| line.starts_with(reconcile) && line.len() > reconcile.len();
        assert!(lines.iter().any(lacks), "it says what is still missing\n{ran}");
    }
}

#[test]
fn a_misspelt_command_is_no_file() {
    let ran = Sandbox::new().run(&["inspct", "--lang", "en"]);
    assert_eq!(
        ran.to_string(),
        "exit 2\n--- stdout\n--- stderr\n\
         gendan: `inspct` means nothing here; near it: inspect, init\n"
    );
}

#[test]
fn a_total_that_is_not_its_rows_needs_a_person() {
    let ran = sandbox().run(&["inspect", "十月", "--lang", "en"]);
    assert_eq!(ran.code, 1, "{ran}");
    assert!(ran.stdout.contains("error[total-mismatch]"), "{ran}");
    assert!(ran.stdout.contains("十月/入库明细.csv!G5"), "{ran}");
    for figure in ["10924", "10914", "difference of 10"] {
        assert!(ran.stdout.replace(',', "").contains(figure), "{figure}\n{ran}");
    }
}

#[test]
fn every_table_is_said_on_stderr_and_not_when_quiet() {
    let sandbox = sandbox();
    let ran = sandbox.run(&["inspect", "十月", "--lang", "en"]);
    assert!(ran.stderr.starts_with("十月/入库明细.csv!A2:H5: taken for Goods receipt"), "{ran}");
    assert!(ran.stderr.ends_with("2 of 2 rows used\n"), "{ran}");
    assert_eq!(sandbox.run(&["inspect", "十月", "-q"]).stderr, "");
}

#[test]
fn what_is_not_there_cannot_be_done_and_near_names_are_offered() {
    let ran = sandbox().run(&["inspect", "十月/入库.csv", "--lang", "en"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("入库明细.csv"), "{ran}");
}

#[test]
fn the_workbook_asked_for_is_written_and_foreign_files_stay() {
    let sandbox = sandbox();
    sandbox.write("mine.xlsx", "not gendan's");
    let ran = sandbox.run(&["inspect", "十月", "-o", "mine.xlsx", "--lang", "en"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{ran}");
    assert_eq!(std::fs::read(sandbox.path("mine.xlsx")).unwrap(), b"not gendan's");
    let args = ["inspect", "十月", "-o", "report.xlsx", "--lang", "en"];
    let ran = sandbox.run(&args);
    assert!(ran.stderr.ends_with("written: report.xlsx\n"), "{ran}");
    let first = std::fs::read(sandbox.path("report.xlsx")).unwrap();
    assert!(sandbox.run(&args).stderr.ends_with("written: report.xlsx\n"), "its own is replaced");
    assert!(std::fs::read(sandbox.path("report.xlsx")).unwrap() == first, "byte for byte");
}

#[test]
fn what_can_be_done_with_parts_lists_cartons_and_orders_is_offered() {
    let sandbox = Sandbox::new();
    sandbox.write("in/BOM.csv", "料号,名称,单位,用量,损耗率\nM-1,布,米,2,3%\nM-2,扣,个,4,1%\n");
    sandbox.write(
        "in/箱单.csv",
        "装箱单\nPO：1,款号：K1\n箱号,箱数,颜色,S,M,总件数\n1-4,4,黑,24,,96\n5,1,黑,,10,10\n",
    );
    let ran = sandbox.run(&["in", "--lang", "en"]);
    let lines: Vec<&str> = ran.stdout.lines().map(str::trim_end).collect();
    for line in ["bom check", "bom explode", "bom issue", "pack labels", "pack load", "check"] {
        let line = format!("gendan {line} in");
        assert!(lines.contains(&line.as_str()), "{line}\n{ran}");
    }
    let lacks = |line: &&str| line.starts_with("gendan bom shortage in ");
    assert!(lines.iter().any(lacks), "the stock is missing\n{ran}");
}
