//! The sample month in `examples/factory/`: written by the program beside it,
//! and found out by the reconciliation.

#[path = "../../examples/sample/mod.rs"]
pub(crate) mod sample;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use crate::sandbox::Sandbox;

fn examples() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/examples"))
}

#[test]
fn the_sample_month_is_what_its_program_writes() {
    let month = sample::month();
    let folder = examples().join("factory");
    for (name, bytes) in &month.papers {
        let kept = fs::read(folder.join(name)).unwrap_or_default();
        assert!(kept == *bytes, "{name} is not what `cargo run --example factory` writes");
    }
    let kept = fs::read_dir(&folder).unwrap();
    let kept = kept.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let names: BTreeSet<String> = month.papers.into_iter().map(|(name, _)| name).collect();
    assert_eq!(kept.collect::<BTreeSet<_>>(), names);
    let expected = fs::read_to_string(examples().join("factory.toml")).unwrap();
    assert_eq!(expected.replace("\r\n", "\n"), month.expected);
}

#[test]
fn the_sample_month_is_small_enough_to_carry() {
    let size: usize = sample::month().papers.iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(size < 400_000, "{size} bytes");
}

/// What the list beside the sample month expects of one party.
#[derive(Debug, Deserialize)]
struct Party {
    name: String,
    left_opening: String,
    left_closing: String,
    right_opening: String,
    right_closing: String,
    #[serde(default)]
    difference: Vec<Difference>,
}

/// What it expects of some lines.
#[derive(Debug, Deserialize)]
struct Difference {
    name: String,
    left: Vec<String>,
    right: Vec<String>,
    status: String,
    difference: String,
    #[serde(default)]
    causes: BTreeMap<String, String>,
    note: Option<String>,
    reason: Option<String>,
}

/// The party whose whole statement includes tax: its lines differ by that,
/// which is said once and is no difference of theirs.
const WITH_TAX: &str = "杭州彩棉塘布业有限公司";

/// Reconciles the sample month as it lies there.
fn reconciled() -> Value {
    let sandbox = Sandbox::new();
    for (name, bytes) in sample::month().papers {
        sandbox.write(&name, bytes);
    }
    let month = ["--month", "2026-10", "--today", "2026-11-03", "--format", "json"];
    let ran = sandbox.run(&[&["reconcile", "supplier", "."][..], &month].concat());
    assert_eq!(ran.code, 1, "differences need a person\n{}", ran.stderr);
    serde_json::from_str(&ran.stdout).unwrap()
}

fn section<'a>(report: &'a Value, name: &str) -> &'a Vec<Value> {
    let sections = report["sections"].as_array().unwrap();
    let found = sections.iter().find(|section| section["name"] == name).unwrap();
    found["rows"].as_array().unwrap()
}

/// Returns the places of one side of a line as the list writes them: row by
/// row, without the column.
fn rows(line: &Value, side: &str) -> BTreeSet<String> {
    let entries = line[side].as_array().unwrap();
    entries.iter().map(|entry| row_of(entry["at"].as_str().unwrap())).collect()
}

fn row_of(place: &str) -> String {
    let (sheet, cell) = place.trim_start_matches("./").rsplit_once('!').unwrap();
    format!("{sheet}!{}", cell.trim_start_matches(|c: char| c.is_ascii_alphabetic()))
}

fn expected() -> Vec<Party> {
    #[derive(Deserialize)]
    struct List {
        party: Vec<Party>,
    }
    toml::from_str::<List>(&sample::month().expected).unwrap().party
}

#[test]
fn every_planted_difference_of_the_sample_month_is_found_and_nothing_else() {
    let report = reconciled();
    let mut lines: Vec<&Value> = section(&report, "lines").iter().collect();
    let mut wrong = Vec::new();
    let parties = expected();
    // Payments for other things than goods are lines of their payees.
    lines.retain(|line| parties.iter().any(|party| line["party"] == *party.name));
    for party in &parties {
        for planted in &party.difference {
            let (left, right) = (planted.left.iter().cloned(), planted.right.iter().cloned());
            let (left, right): (BTreeSet<_>, BTreeSet<_>) = (left.collect(), right.collect());
            let is_it = |line: &&Value| rows(line, "left") == left && rows(line, "right") == right;
            match lines.iter().position(is_it) {
                Some(at) => {
                    let line = lines.remove(at);
                    let said = complaint(line, planted, party.name == WITH_TAX);
                    wrong.extend(said.map(|said| format!("{}: {said}\n  {line}", planted.name)));
                }
                None => wrong.push(format!("{}: no line has {left:?} | {right:?}", planted.name)),
            }
        }
    }
    for line in lines {
        let only_tax = line["party"] == WITH_TAX
            && line["causes"].as_array().unwrap().iter().all(|cause| cause["code"] == "tax");
        if line["status"] != "matched" && !(line["status"] == "differs" && only_tax) {
            wrong.push(format!("not planted: {line}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// Returns what is wrong with a line about a planted difference.
fn complaint(line: &Value, planted: &Difference, with_tax: bool) -> Option<String> {
    if line["status"] != *planted.status && !(with_tax && planted.status == "matched") {
        return Some(format!("status is not {}", planted.status));
    }
    if line["difference"] != *planted.difference {
        return Some(format!("difference is not {}", planted.difference));
    }
    let causes = line["causes"].as_array().unwrap().iter();
    let causes: BTreeMap<String, String> = causes
        .map(|cause| (cause["code"].as_str().unwrap(), cause["amount"].as_str().unwrap()))
        // Boxes for pieces, where the amount stays the same.
        .filter(|(code, amount)| !(*code == "unit" && *amount == "0.00"))
        .filter(|(code, _)| !(with_tax && *code == "tax" && planted.causes.is_empty()))
        .map(|(code, amount)| (code.to_owned(), amount.to_owned()))
        .collect();
    if causes != planted.causes {
        return Some(format!("causes are not {:?}", planted.causes));
    }
    let notes = line["notes"].as_array().unwrap();
    if planted.note.as_ref().is_some_and(|note| !notes.iter().any(|found| *found == **note)) {
        return Some(format!("no note {:?}", planted.note));
    }
    match &planted.reason {
        Some(reason) if line["reason"] != **reason => Some(format!("reason is not {reason}")),
        _ => None,
    }
}

#[test]
fn every_balance_of_the_sample_month_is_known_and_every_bridge_closes() {
    let report = reconciled();
    let parties = section(&report, "parties");
    for party in expected() {
        let found = parties.iter().find(|row| row["party"] == *party.name).unwrap();
        for (side, balance, amount) in [
            ("left", "opening", &party.left_opening),
            ("left", "closing", &party.left_closing),
            ("right", "opening", &party.right_opening),
            ("right", "closing", &party.right_closing),
        ] {
            assert_eq!(found[side][balance], **amount, "{} {side} {balance}", party.name);
        }
        assert_eq!(found["residual"], "0.00", "{}", party.name);
    }
    let kept = &report["conservation"];
    assert_eq!(kept["rows_in"], kept["rows_reported"]);
    assert_eq!(kept["amount_in"], kept["amount_reported"]);
}
