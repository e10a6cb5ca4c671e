//! `bom issue`: what an order draws, assemblies from stock as they are.

use super::{findings, run, table};
use crate::sandbox::Sandbox;

/// 100 lamps: a board of 2 chips and a resistor each, and a shade.
const LIST: &str = "BOM\n产品编码：L-1,,订单号：GL-1,,数量：100\n\
    层次,物料编码,物料名称,单位,单位用量\n\
    1,PCBA,电路板组件,件,1\n2,IC-1,芯片,个,2\n2,R-1,电阻,个,1\n1,S-1,灯罩,个,1\n";

const STOCK: &str = "库存表\n物料编码,物料名称,单位,批号,库存数量\n\
    PCBA,电路板组件,件,B260901,40\nPCBA,电路板组件,件,B260915,20\n\
    IC-1,芯片,个,,500\nR-1,电阻,个,,500\nS-1,灯罩,个,,500\n";

const SLIPS: &str = "领料单\n类型,日期,订单号,物料编码,物料名称,单位,实领数量\n";

/// Returns item, norm, issued, to issue and over of the list.
fn lines(stock: &str, slips: &[&str]) -> (Vec<String>, Vec<String>) {
    let sandbox = Sandbox::new();
    sandbox.write("in/BOM.csv", LIST).write("in/库存表.csv", stock);
    if !slips.is_empty() {
        sandbox.write("in/领料单.csv", format!("{SLIPS}{}\n", slips.join("\n")));
    }
    let (report, _) = run(&sandbox, "issue", &[]);
    (table(&report, "lines", &["item", "norm", "issued", "to_issue", "over"]), findings(&report))
}

#[test]
fn assemblies_in_stock_are_issued_as_such_without_their_parts() {
    let (lines, findings) = lines(STOCK, &[]);
    // 60 boards are there: parts for 40 more.
    assert_eq!(lines, ["PCBA 60 0 60 0", "IC-1 80 0 80 0", "R-1 40 0 40 0", "S-1 100 0 100 0"]);
    assert_eq!(findings, Vec::<String>::new());
}

#[test]
fn what_was_issued_of_assemblies_and_parts_adds_up_to_the_order() {
    let board = "领料,2026-10-20,GL-1,PCBA,电路板组件,件,60";
    let chips = "领料,2026-10-20,GL-1,IC-1,芯片,个,80";
    let (none, _) =
        lines("库存表\n物料编码,物料名称,单位,库存数量\nIC-1,芯片,个,500\n", &[board, chips]);
    assert_eq!(none, ["PCBA 60 60 0 0", "IC-1 80 80 0 0", "R-1 40 0 40 0", "S-1 100 0 100 0"]);
    // Ten chips more than 40 boards take.
    let chips = "领料,2026-10-20,GL-1,IC-1,芯片,个,90";
    let (over, told) =
        lines("库存表\n物料编码,物料名称,单位,库存数量\nIC-1,芯片,个,500\n", &[board, chips]);
    assert_eq!(over[1], "IC-1 80 90 0 10");
    assert_eq!(told.len(), 1, "{told:?}");
}

#[test]
fn assemblies_made_of_the_order_s_own_parts_leave_its_needs_as_they_are() {
    let slips = ["领料,2026-10-20,GL-1,IC-1,芯片,个,120", "领料,2026-10-20,GL-1,R-1,电阻,个,60"];
    let (lines, findings) = lines(STOCK, &slips);
    // The 60 boards in stock are those of these parts.
    assert_eq!(lines, ["IC-1 200 120 80 0", "R-1 100 60 40 0", "S-1 100 0 100 0"]);
    assert_eq!(findings, Vec::<String>::new());
}

#[test]
fn parts_that_went_out_for_all_of_them_are_not_over_the_norm() {
    let slips = [
        "领料,2026-10-20,GL-1,IC-1,芯片,个,200",
        "领料,2026-10-20,GL-1,R-1,电阻,个,100",
        "领料,2026-10-25,GL-1,PCBA,电路板组件,件,100",
    ];
    let (lines, findings) =
        lines("库存表\n物料编码,物料名称,单位,库存数量\nS-1,灯罩,个,500\n", &slips);
    assert_eq!(
        lines,
        ["PCBA 100 100 0 0", "IC-1 200 200 0 0", "R-1 100 100 0 0", "S-1 100 0 100 0"]
    );
    assert_eq!(findings, Vec::<String>::new());
}

#[test]
fn what_is_over_the_norm_is_told_at_the_slip_that_went_out_for_the_order() {
    let slips = [
        "领料,2026-10-20,GL-1,S-1,灯罩,个,100",
        "补料,2026-10-25,GL-1,S-1,灯罩,个,8",
        "退料,2026-10-26,GL-1,S-1,灯罩,个,3",
        "领料,2026-10-27,GL-2,S-1,灯罩,个,50",
    ];
    let (lines, findings) =
        lines("库存表\n物料编码,物料名称,单位,库存数量\nS-1,灯罩,个,500\n", &slips);
    assert!(lines.contains(&"S-1 100 105 0 5".to_owned()), "{lines:?}");
    assert!(findings.contains(&"issue-over-norm G4".to_owned()), "{findings:?}");
}

#[test]
fn a_list_without_a_stock_table_says_so() {
    let sandbox = Sandbox::new();
    sandbox.write("in/BOM.csv", LIST);
    let (report, _) = run(&sandbox, "issue", &[]);
    assert_eq!(report["notes"].as_array().map(Vec::len), Some(1), "{report}");
}

#[test]
fn the_batch_that_came_first_goes_first_whatever_its_number() {
    let sandbox = Sandbox::new();
    let list = "BOM\n产品编码：L-1,,订单号：GL-1,,数量：100\n层次,物料编码,物料名称,单位,单位用量\n\
        1,S-1,灯罩,个,1\n";
    sandbox.write("in/BOM.csv", list);
    let stock = "库存表\n物料编码,物料名称,单位,批号,入库日期,库存数量\n\
        S-1,灯罩,个,L2,2026-10-01,70\nS-1,灯罩,个,L1,2026-09-01,50\n";
    sandbox.write("in/库存表.csv", stock);
    let (report, ran) = run(&sandbox, "issue", &[]);
    assert_eq!(table(&report, "picks", &["batch", "quantity"]), ["L1 50", "L2 50"], "{ran}");
}
