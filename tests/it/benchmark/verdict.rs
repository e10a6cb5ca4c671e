//! What the whole job says of a folder, read back from its JSON.

use std::collections::HashSet;
use std::error::Error;
use std::path::Path;
use std::process::{Command, Output};

use gendan::engine::matching::outcome::{Cause, CauseCode, Note, Reason, Status};
use gendan::engine::matching::sides::Side;
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value;

use super::score::Said;
use crate::months::files::{Folder, Place};

const STATUSES: [Status; 6] = [
    Status::Matched,
    Status::Differs,
    Status::Suggested,
    Status::Ambiguous,
    Status::LeftOnly,
    Status::RightOnly,
];
const CAUSES: [CauseCode; 13] = [
    CauseCode::Quantity,
    CauseCode::Price,
    CauseCode::Rounding,
    CauseCode::Tax,
    CauseCode::Unit,
    CauseCode::Sign,
    CauseCode::Freight,
    CauseCode::Surcharge,
    CauseCode::Discount,
    CauseCode::TransposedDigits,
    CauseCode::DecimalShift,
    CauseCode::Arithmetic,
    CauseCode::Unexplained,
];
const NOTES: [Note; 9] = [
    Note::DocumentNoFormat,
    Note::DocumentNoTypo,
    Note::DocumentNoDamaged,
    Note::DocumentNoTruncated,
    Note::DocumentNoMissing,
    Note::Split,
    Note::Combined,
    Note::Grouped,
    Note::Date,
];
const REASONS: [Reason; 16] = [
    Reason::NotReceived,
    Reason::NotBilled,
    Reason::DoubleBilled,
    Reason::DoubleBooked,
    Reason::NextPeriod,
    Reason::PriorPeriod,
    Reason::CarriedForward,
    Reason::OtherParty,
    Reason::OtherCharge,
    Reason::NotInRegister,
    Reason::NotInSales,
    Reason::Unpaid,
    Reason::Closed,
    Reason::Refunded,
    Reason::NotShipped,
    Reason::NoCandidate,
];

/// What came out of a run.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    pub(crate) lines: Vec<Said>,
    /// Bridges that do not close: party and residual.
    pub(crate) residuals: Vec<(String, Decimal)>,
    /// Parties and their closing balance, theirs and ours.
    pub(crate) closings: Vec<(String, Option<Decimal>, Option<Decimal>)>,
    /// What is wrong with the report itself.
    pub(crate) complaints: Vec<String>,
    /// Codes of findings that are errors or warnings, with their messages.
    pub(crate) findings: Vec<String>,
    pub(crate) exit: i32,
}

/// Returns what `reconcile supplier` says of a folder, as JSON.
pub(crate) fn report(dir: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    Ok(job(dir)?.stdout)
}

fn job(dir: &Path) -> Result<Output, Box<dyn Error>> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gendan"));
    command.args(["reconcile", "supplier", "--month", "2026-10", "--today", "2026-11-03"]);
    Ok(command.args(["--format", "json", "--lang", "en"]).arg(dir).output()?)
}

/// Runs the job on the folder and reads its report.
pub(crate) fn run(folder: &Folder, dir: &Path) -> Result<Verdict, Box<dyn Error>> {
    let output = job(dir)?;
    let report: Value = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("{error}: {}", String::from_utf8_lossy(&output.stderr)))?;
    let mut verdict = Verdict { exit: output.status.code().unwrap_or(-1), ..Verdict::default() };
    for row in section(&report, "lines")? {
        let said = said(folder, row, &mut verdict.complaints);
        verdict.lines.extend(said);
    }
    for row in section(&report, "bridge")? {
        let amount = decimal(&row["amount"]).unwrap_or_default();
        if row["step"] == "residual" && !amount.is_zero() {
            verdict.residuals.push((text(&row["party"]), amount));
        }
    }
    for row in section(&report, "parties")? {
        let closing = |side: &str| decimal(&row[side]["closing"]);
        verdict.closings.push((text(&row["party"]), closing("left"), closing("right")));
    }
    let conservation = &report["conservation"];
    if conservation["rows_in"] != conservation["rows_reported"]
        || conservation["amount_in"] != conservation["amount_reported"]
    {
        verdict.complaints.push(format!("conservation {conservation}"));
    }
    for finding in report["findings"].as_array().into_iter().flatten() {
        if finding["severity"] != "info" {
            verdict.findings.push(format!(
                "{} {} {}",
                text(&finding["code"]),
                text(&finding["at"]),
                text(&finding["message"])
            ));
        }
    }
    Ok(verdict)
}

fn section<'a>(report: &'a Value, name: &str) -> Result<&'a Vec<Value>, Box<dyn Error>> {
    let sections = report["sections"].as_array().ok_or("no sections")?;
    let section = sections.iter().find(|section| section["name"] == name);
    let rows = section.and_then(|section| section["rows"].as_array());
    rows.ok_or_else(|| format!("no section {name}").into())
}

fn said(folder: &Folder, row: &Value, complaints: &mut Vec<String>) -> Option<Said> {
    let mut side = |name: &str, wanted: Side| -> Vec<usize> {
        let mut indices = Vec::new();
        for entry in row[name].as_array().into_iter().flatten() {
            let at = text(&entry["at"]);
            match place(&at).and_then(|place| folder.places.get(&place)) {
                Some(&(side, index)) if side == wanted => indices.push(index),
                Some(_) => complaints.push(format!("{at} stands on the wrong side")),
                None => complaints.push(format!("{at} is no entry: {entry}")),
            }
        }
        // An open item may be shown at both of its places.
        let mut seen = HashSet::new();
        indices.retain(|&index| seen.insert(index));
        indices
    };
    let (left, right) = (side("left", Side::Left), side("right", Side::Right));
    let status = one_of(&STATUSES, &row["status"]);
    if status.is_none() {
        complaints.push(format!("status {}", row["status"]));
    }
    let cause = |cause: &Value| {
        Some(Cause { code: one_of(&CAUSES, &cause["code"])?, amount: decimal(&cause["amount"])? })
    };
    Some(Said {
        status: status?,
        left,
        right,
        difference: decimal(&row["difference"]).unwrap_or_default(),
        causes: row["causes"].as_array().into_iter().flatten().filter_map(cause).collect(),
        notes: row["notes"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|n| one_of(&NOTES, n))
            .collect(),
        reason: one_of(&REASONS, &row["reason"]),
    })
}

/// The file, sheet and row of `path#sheet!H17`.
fn place(at: &str) -> Option<Place> {
    let (path, cell) = at.rsplit_once('!')?;
    let row: usize = cell.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
    let (path, sheet) = match path.rsplit_once('#') {
        Some((path, sheet)) => (path, Some(sheet.to_owned())),
        None => (path, None),
    };
    let file = Path::new(path).file_name()?.to_string_lossy().into_owned();
    Some((file, sheet, row))
}

fn one_of<T: Copy + Serialize>(all: &[T], name: &Value) -> Option<T> {
    all.iter().copied().find(|one| serde_json::to_value(one).is_ok_and(|value| &value == name))
}

fn decimal(value: &Value) -> Option<Decimal> {
    value.as_str()?.parse().ok()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
