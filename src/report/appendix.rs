//! The two sheets that end every report: what is wrong in the inputs, and
//! what was read and how it was understood.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::cell::{Cell, Tone};
use super::column::Column;
use super::labels;
use super::model::{InputRead, Report};
use super::sheet::Sheet;
use super::table::{Row, Table};
use super::text::severity_word;
use crate::finding::{Finding, table};
use crate::input::table::Role;
use crate::kinds;
use crate::lang::Lang;

/// Adds what reports end with: what was found, and what was read.
pub fn append(report: &mut Report) {
    report.sheets.push(problems(report));
    report.sheets.push(inputs(report));
}

/// Makes the sheet of findings, the gravest first.
pub fn problems(report: &Report) -> Sheet {
    let lang = report.lang;
    let label = |key| labels::text(lang, key);
    let mut sheet_table = Table::new([
        Column::word("severity", label("appendix.severity")).width(8),
        Column::text("problem", label("appendix.problem")).width(18),
        Column::text("message", label("appendix.message")).width(40),
        Column::place("at", label("appendix.place")).width(30),
        Column::place("related", label("appendix.related")).width(26),
        Column::text("advice", label("appendix.advice")).width(40),
    ])
    .empty(label("appendix.no_problems"));
    let mut findings: Vec<&Finding> = report.findings.iter().collect();
    findings.sort_by_key(|finding| Reverse(finding.severity));
    for finding in findings {
        let known = table::entry(finding.code.0);
        sheet_table.push(Row::new([
            Cell::word(finding.severity.into(), severity_word(finding.severity, lang)),
            known.map_or(finding.code.0, |entry| entry.name.get(lang)).into(),
            finding.message(lang).into(),
            finding.at.clone().into(),
            finding.related.clone().into(),
            known.map(|entry| entry.advice.get(lang)).into(),
        ]));
    }
    let title = label("appendix.problems");
    Sheet::new("problems", title).landscape().title(title).table(sheet_table)
}

/// Makes the sheet of what was read.
pub fn inputs(report: &Report) -> Sheet {
    let lang = report.lang;
    let label = |key| labels::text(lang, key);
    let mut table = Table::new([
        Column::text("file", label("appendix.file")).width(28),
        Column::text("sheet", label("appendix.sheet")).width(14),
        Column::text("kind", label("appendix.kind")).width(18),
        Column::text("party", label("appendix.party")).width(22),
        Column::text("table", label("appendix.table")).width(10),
        Column::integer("body", label("appendix.body")).sum(),
        Column::integer("rejected", label("appendix.rejected")).sum(),
        Column::text("others", label("appendix.other_rows")).width(18),
        Column::text("columns", label("appendix.columns")).width(40),
        Column::text("unread", label("appendix.unread_columns")).width(18),
    ])
    .total(label("appendix.total"))
    .empty(label("appendix.no_inputs"));
    for input in &report.inputs {
        let body = input.rows.get(&Role::Body).copied().unwrap_or_default();
        table.push(Row::new([
            input.path.as_str().into(),
            input.sheet.as_deref().into(),
            kind(input, lang),
            input.party.as_deref().into(),
            input.table.as_deref().into(),
            body.into(),
            rejected(input.rejected),
            other_rows(input, lang).into(),
            columns(input, true, lang).into(),
            columns(input, false, lang).into(),
        ]));
    }
    let title = label("appendix.inputs");
    Sheet::new("inputs", title).landscape().title(title).table(table)
}

fn kind(input: &InputRead, lang: Lang) -> Cell {
    match &input.kind {
        Some(id) => kinds::get(id).map_or(id.as_str(), |kind| kind.name(lang)).into(),
        None => Cell::word(Tone::Warning, labels::text(lang, "appendix.unknown_kind")),
    }
}

fn rejected(count: u32) -> Cell {
    Decimal::from(count).into()
}

/// Lists how many rows have each role but data.
pub(crate) fn other_rows(input: &InputRead, lang: Lang) -> String {
    let parts = input
        .rows
        .iter()
        .filter(|(role, count)| **role != Role::Body && **count > 0)
        .map(|(role, count)| format!("{} {count}", role_word(*role, lang)));
    parts.collect::<Vec<_>>().join(", ")
}

fn role_word(role: Role, lang: Lang) -> &'static str {
    let key = match role {
        Role::Title => "appendix.title",
        Role::Header => "appendix.header",
        Role::RepeatedHeader => "appendix.repeated_header",
        Role::Body => "appendix.body",
        Role::Opening => "appendix.opening",
        Role::Closing => "appendix.closing",
        Role::Subtotal => "appendix.subtotal",
        Role::Carried => "appendix.carried",
        Role::Total => "appendix.total",
        Role::Blank => "appendix.blank",
        Role::Note => "appendix.note",
        Role::Signature => "appendix.signature",
    };
    labels::text(lang, key)
}

/// Lists the columns that were understood, or those that were not.
pub(crate) fn columns(input: &InputRead, understood: bool, lang: Lang) -> String {
    let kind = input.kind.as_deref().and_then(kinds::get);
    let listed = input.columns.iter().filter(|column| column.field.is_some() == understood);
    listed
        .map(|column| match &column.field {
            Some(field) => {
                let known = kind.and_then(|kind| kind.field(field));
                let field = known.map_or(field.as_str(), |field| field.label(lang));
                let same = field == column.header;
                let taken_for = if same { String::new() } else { format!(" → {field}") };
                format!("{} {}{taken_for}", column.column, column.header)
            }
            None => format!("{} {}", column.column, column.header),
        })
        .collect::<Vec<_>>()
        .join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Severity, codes};
    use crate::report::{ColumnRead, format};

    #[test]
    fn the_gravest_problem_comes_first() {
        let mut report = Report::new("inspect", "查看", Lang::Hans);
        for severity in [Severity::Info, Severity::Error, Severity::Warning] {
            report.findings.push(Finding::new(codes::BAD_NUMBER, severity));
        }
        let sheet = problems(&report);
        let table = sheet.tables().next().unwrap();
        let words: Vec<String> = table
            .rows
            .iter()
            .map(|row| format::text(&table.columns[0].kind, &row.cells[0]))
            .collect();
        assert_eq!(words, ["错误", "警告", "提示"]);
    }

    #[test]
    fn every_row_and_column_is_accounted_for() {
        let mut report = Report::new("inspect", "查看", Lang::Hans);
        let column = |letters: &str, header: &str, field: Option<&str>| ColumnRead {
            column: letters.into(),
            header: header.into(),
            field: field.map(str::to_owned),
        };
        report.inputs.push(InputRead {
            path: "a.xlsx".into(),
            rows: [(Role::Body, 50), (Role::Total, 1), (Role::Title, 3), (Role::Blank, 0)].into(),
            columns: vec![
                column("B", "送货单号", Some("delivery_note_no")),
                column("C", "色号", None),
                column("D", "金额", Some("amount")),
            ],
            ..InputRead::default()
        });
        let sheet = inputs(&report);
        let table = sheet.tables().next().unwrap();
        let text = |key: &str| {
            let at = table.position(key).unwrap();
            format::text(&table.columns[at].kind, &table.rows.iter().next().unwrap().cells[at])
        };
        assert_eq!(text("kind"), "未识别");
        assert_eq!(text("body"), "50");
        assert_eq!(text("others"), "标题 3, 合计 1");
        assert_eq!(text("columns"), "B 送货单号 → delivery_note_no; D 金额 → amount");
        assert_eq!(text("unread"), "C 色号");

        report.inputs[0].kind = Some("supplier_statement".into());
        let sheet = inputs(&report);
        let table = sheet.tables().next().unwrap();
        let row = table.rows.iter().next().unwrap();
        let text = |at: usize| format::text(&table.columns[at].kind, &row.cells[at]);
        assert_eq!(text(2), "供应商对账单");
        assert_eq!(text(8), "B 送货单号; D 金额");
    }
}
