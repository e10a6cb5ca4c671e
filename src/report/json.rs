//! The report as one JSON object, for programs: an interface, additive
//! changes only. One row a line, so that two reports can be compared with
//! any text tool.

use std::io::{self, Write};

use serde::Serialize;

use super::model::Report;
use crate::finding::{Finding, Severity};
use crate::lang::Lang;
use crate::location::Location;

/// The version of the form; it changes only when a name or meaning does.
const FORM: u8 = 1;

#[derive(Serialize)]
struct FindingRow<'a> {
    code: &'a str,
    severity: Severity,
    at: Option<&'a Location>,
    related: &'a [Location],
    message: String,
}

/// Writes the report as JSON, ending with a line break. A report may be far
/// larger than what it was made of: it is never held as one text.
///
/// # Errors
///
/// What the writer says.
pub fn write(report: &Report, out: &mut impl Write) -> io::Result<()> {
    write!(out, "{{\"gendan\": {FORM}")?;
    field(out, "report", &report.name)?;
    field(out, "period", &report.period)?;
    field(out, "lang", &report.lang)?;
    list(out, "inputs", report.inputs.iter())?;
    out.write_all(b",\n \"sections\": [")?;
    for (at, section) in report.sections.iter().enumerate() {
        out.write_all(if at == 0 { b"\n  " } else { b",\n  " })?;
        out.write_all(b"{\"name\": ")?;
        serde_json::to_writer(&mut *out, &section.name)?;
        out.write_all(b", \"rows\": [")?;
        let mut first = true;
        section.each(|row| {
            begin(out, std::mem::take(&mut first), "   ")?;
            out.write_all(row)
        })?;
        out.write_all(b"]}")?;
    }
    out.write_all(b"]")?;
    list(out, "findings", report.findings.iter().map(|finding| finding_row(finding, report.lang)))?;
    field(out, "conservation", &report.conservation)?;
    field(out, "notes", &report.notes)?;
    out.write_all(b"}\n")
}

fn finding_row(finding: &Finding, lang: Lang) -> FindingRow<'_> {
    FindingRow {
        code: finding.code.0,
        severity: finding.severity,
        at: finding.at.as_ref(),
        related: &finding.related,
        message: finding.message(lang),
    }
}

fn field(out: &mut impl Write, name: &str, value: &impl Serialize) -> io::Result<()> {
    write!(out, ",\n \"{name}\": ")?;
    Ok(serde_json::to_writer(out, value)?)
}

fn list(
    out: &mut impl Write,
    name: &str,
    rows: impl Iterator<Item = impl Serialize>,
) -> io::Result<()> {
    write!(out, ",\n \"{name}\": [")?;
    for (at, row) in rows.enumerate() {
        begin(out, at == 0, "  ")?;
        serde_json::to_writer(&mut *out, &row)?;
    }
    out.write_all(b"]")
}

/// Begins a row of a list.
fn begin(out: &mut impl Write, first: bool, indent: &str) -> io::Result<()> {
    out.write_all(if first { b"\n" } else { b",\n" })?;
    out.write_all(indent.as_bytes())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rust_decimal::Decimal;
    use serde_json::{Value, json};

    use super::*;
    use crate::finding::codes;
    use crate::location::{CellRef, SheetId};
    use crate::report::{ColumnRead, Conservation, InputRead, Section};

    #[derive(Serialize)]
    struct Line {
        at: Location,
        amount: Decimal,
        reason: Option<&'static str>,
    }

    fn place(path: &str, sheet: Option<&str>) -> Location {
        let id = SheetId { path: path.to_owned(), sheet: sheet.map(str::to_owned) };
        Location::new(&Arc::new(id), CellRef::new(16, 7))
    }

    #[test]
    fn has_the_documented_form() {
        let mut report = Report::new("reconcile-supplier", "对账", Lang::En);
        report.period = Some("2026-10".into());
        report.inputs.push(InputRead {
            path: "a.csv".into(),
            header_rows: vec![4, 5],
            columns: vec![ColumnRead { column: "B".into(), header: "单号".into(), field: None }],
            rows: [(crate::input::table::Role::RepeatedHeader, 2)].into(),
            ..InputRead::default()
        });
        let line = Line {
            at: place("对账 \"10\".xlsx", Some("10月")),
            amount: "550.00".parse().unwrap(),
            reason: None,
        };
        report.sections.push(Section::new("lines", [line]));
        report.sections.push(Section::new("bridge", Vec::<Line>::new()));
        report.findings.push(
            Finding::new(codes::BAD_NUMBER, Severity::Error)
                .at(place("a.csv", None))
                .related(place("b.csv", None)),
        );
        report.conservation = Some(Conservation {
            rows_in: 2,
            rows_reported: 2,
            amount_in: "-0.10".parse().unwrap(),
            amount_reported: "-0.10".parse().unwrap(),
        });

        let mut text = Vec::new();
        write(&report, &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            value["inputs"][0],
            json!({"path": "a.csv", "sheet": null, "kind": null, "party": null, "table": null,
                   "header_rows": [4, 5],
                   "columns": [{"column": "B", "header": "单号", "field": null}],
                   "rows": {"repeated-header": 2}, "rejected": 0})
        );
        assert_eq!(
            value["sections"],
            json!([{"name": "lines", "rows": [
                       {"at": "对账 \"10\".xlsx#10月!H17", "amount": "550.00", "reason": null}]},
                   {"name": "bridge", "rows": []}])
        );
        assert_eq!(value["findings"][0]["at"], "a.csv!H17");
        assert_eq!(value["findings"][0]["related"], json!(["b.csv!H17"]));
        assert_eq!(value["conservation"]["amount_in"], "-0.10");
        let keys: Vec<&String> = value.as_object().unwrap().keys().collect();
        assert_eq!(
            keys,
            [
                "gendan",
                "report",
                "period",
                "lang",
                "inputs",
                "sections",
                "findings",
                "conservation",
                "notes"
            ]
        );
    }
}
