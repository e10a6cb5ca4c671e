//! `stock`: the warehouse's books, over sheets in many layouts whose truth
//! is worked out beside the program.

mod count;
mod layouts;
mod ledger;
mod openings;
mod papers;
mod reorder;
mod store;

use serde_json::Value;

use crate::sandbox::{Ran, Sandbox};

/// Runs a job over all of a sandbox's files and returns its JSON.
pub(crate) fn json(sandbox: &Sandbox, args: &[&str]) -> (Value, Ran) {
    let mut all = args.to_vec();
    all.extend([".", "--format", "json", "--today", "2026-11-03", "--lang", "en"]);
    let ran = sandbox.run(&all);
    let value = serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}\n{ran}"));
    (value, ran)
}

/// Returns the rows of a section.
pub(crate) fn rows(report: &Value, section: &str) -> Vec<Value> {
    let sections = report["sections"].as_array().unwrap();
    let found = sections.iter().find(|one| one["name"] == section).unwrap();
    found["rows"].as_array().unwrap().clone()
}

/// Returns the findings that ask for somebody, as code and row.
pub(crate) fn alarms(report: &Value) -> Vec<(String, u32)> {
    let findings = report["findings"].as_array().unwrap().iter();
    let loud = findings.filter(|finding| finding["severity"] != "info");
    let mut alarms: Vec<(String, u32)> = loud
        .map(|finding| {
            let at = finding["at"].as_str().unwrap_or_default();
            let cell = at.rsplit('!').next().unwrap_or_default();
            let row = cell.trim_start_matches(|c: char| c.is_ascii_uppercase());
            (finding["code"].as_str().unwrap().to_owned(), row.parse().unwrap_or(0))
        })
        .collect();
    alarms.sort();
    alarms
}
