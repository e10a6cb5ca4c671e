//! Text files without end in one direction or another.

use super::{bounded, inspect};
use crate::sandbox::Sandbox;

#[test]
fn a_million_columns_are_refused() {
    assert_eq!(inspect("columns.csv", "1,".repeat(1_000_000)), ["unreadable-file"]);
}

#[test]
fn more_lines_than_any_sheet_has_are_refused() {
    assert_eq!(inspect("lines.csv", "a\n".repeat(5_000_000)), ["unreadable-file"]);
}

#[test]
fn one_text_of_many_megabytes_costs_what_its_bytes_cost() {
    let open = format!("单号,数量\n\"{}\n", "x".repeat(8_000_000));
    inspect("open.csv", open);
    inspect("quotes.csv", "\"".repeat(4_000_000));
    inspect("spaces.csv", format!("单号,数量\n{}\n", "  a".repeat(2_000_000)));
}

#[test]
fn lines_that_grow_are_no_titles_of_one_another() {
    let lines = (1..8_000).map(|length| "a".repeat(length) + ",b\n");
    inspect("growing.csv", lines.collect::<String>());
}

#[test]
fn a_colour_for_every_column_makes_no_list_for_every_cell() {
    let letters = ["红", "黄", "蓝", "绿", "黑", "白", "灰", "紫", "粉", "棕", "橙", "金"];
    let names = |at: usize| [at / 144 % 12, at / 12 % 12, at % 12].map(|letter| letters[letter]);
    let heads: String = (0..330).map(|at| format!(",用量{}色", names(at).concat())).collect();
    let lines = (0..310).map(|row| format!("P1,M{row},料{row},米{}\n", ",1".repeat(330)));
    let list = format!("产品编码,物料编码,物料名称,单位{heads}\n{}", lines.collect::<String>());
    let sandbox = Sandbox::new();
    sandbox.write("bom.csv", list);
    let report = bounded(&sandbox, &["bom", "check", "bom=bom.csv", "--format", "json"]);
    assert!(!report["findings"].as_array().unwrap().is_empty(), "lines without a use are told");
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    assert_eq!(inspect("zeros.csv", vec![0_u8; 20_000_000]), ["unreadable-file"]);
}

#[test]
fn a_web_page_is_no_deeper_and_no_wider_than_a_sheet() {
    inspect("deep.xls", format!("<html>{}", "<table><tr><td>".repeat(200_000)));
    let cell = "<tr><td colspan=1000000 rowspan=1000000>x</td></tr>";
    inspect("spans.xls", format!("<html><table>{}</table>", cell.repeat(1_000)));
}

#[test]
fn settings_without_end_are_no_settings() {
    let deep = format!("a = {}", "[".repeat(200_000));
    let tables = format!("[{}]", "a.".repeat(200_000));
    let long = "# x\n".repeat(1 << 19);
    for settings in [deep, tables, long, "\0".repeat(1 << 16)] {
        let sandbox = Sandbox::new();
        sandbox.write("gendan.toml", settings).write("a.csv", "单号,数量\nA1,1\n");
        let run = sandbox.run(&["inspect", "a.csv"]);
        assert_eq!(run.code, 2, "{}", run.stderr.chars().take(2_000).collect::<String>());
        assert!(run.stderr.len() < 4_000, "{} bytes are said", run.stderr.len());
    }
}
