//! Parts lists from sheets in many layouts to needs, shortages, arrivals and
//! issue lists.

mod check;
mod issue;
mod layouts;
mod papers;
mod shortage;
mod side_by_side;
mod systems;
mod writeback;

use serde_json::Value;

use crate::sandbox::{Ran, Sandbox};

/// Runs a job on all files of the sandbox, on 3 November 2026.
fn run(sandbox: &Sandbox, job: &str, more: &[&str]) -> (Value, Ran) {
    let mut args = vec!["bom", job, "in", "--format", "json", "--today", "2026-11-03"];
    args.extend(more);
    let ran = sandbox.run(&args);
    assert!(ran.code < 2, "{ran}");
    (serde_json::from_str(&ran.stdout).unwrap(), ran)
}

/// Returns the rows of a section.
fn rows(report: &Value, section: &str) -> Vec<Value> {
    let sections = report["sections"].as_array().unwrap();
    let found = sections.iter().find(|found| found["name"] == section);
    found.unwrap_or_else(|| panic!("no section {section}"))["rows"].as_array().unwrap().clone()
}

/// Returns some columns of a section's rows, a line each.
fn table(report: &Value, section: &str, columns: &[&str]) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let row = |row: &Value| {
        let cells: Vec<String> = columns.iter().map(|column| text(&row[*column])).collect();
        cells.join(" ")
    };
    rows(report, section).iter().map(row).collect()
}

/// Returns the findings of warnings and errors: code and cell.
fn findings(report: &Value) -> Vec<String> {
    let found = report["findings"].as_array().unwrap().iter();
    let found = found.filter(|finding| finding["severity"] != "info");
    let place = |finding: &Value| {
        let at = finding["at"].as_str().unwrap_or_default();
        format!("{} {}", finding["code"].as_str().unwrap(), at.rsplit('!').next().unwrap())
    };
    found.map(place).collect()
}
