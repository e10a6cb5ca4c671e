//! Headers → fields: by the kind's words, then by what the values prove;
//! never by a guess that could put money in the wrong column.

mod arithmetic;
mod assign;
mod coded;
mod header;
mod overrides;
mod profile;
mod silent;
#[cfg(test)]
mod tests;
mod unread;

pub use assign::Assignment;
pub use header::Headers;
pub use overrides::Overrides;
pub use profile::Sample;

use super::form;
use super::table::Table;
use crate::finding::{Code, Finding, codes};
use crate::kinds::{Field, FieldType, Kind};
use crate::lang::Lang;
use crate::location::column_name;
use crate::text::header_word;

/// The codes of what is missing or in doubt about columns.
pub const FINDINGS: [Code; 3] =
    [codes::AMBIGUOUS_COLUMN, codes::MISSING_COLUMN, codes::DAYS_UNREAD];

/// Says which column of a table is which field of its kind, and what is
/// missing or in doubt.
pub fn map(table: &mut Table, kind: &'static Kind, overrides: &Overrides) {
    let headers = Headers::of(table);
    let sample = Sample::of(table);
    let mut assignment = by_header(&headers, &sample, table, kind, overrides);
    let silent = |at: usize| headers.is_silent(at);
    arithmetic::witness(&mut assignment, kind, &sample, &silent);
    silent::fill(&mut assignment, kind, &sample, &headers);
    settle_equal(&mut assignment, &sample);
    assignment.refill();
    drop_half_dates(&mut assignment, table);
    let priced_by = arithmetic::priced_by(&assignment, kind, &sample);
    let mut findings = findings(&assignment, table, kind);
    findings.extend(unread::days(&assignment, &headers, &sample, table, kind));
    for (column, known) in table.columns.iter_mut().zip(&assignment.columns) {
        column.field = known.map(|(field, _)| field.name.as_str());
    }
    for contest in &assignment.contests {
        for at in &contest.columns {
            table.columns[*at].field = None;
        }
    }
    if let Some((at, unit)) = priced_by {
        table.columns[at].unit.get_or_insert_with(|| unit.to_owned());
    }
    table.findings.extend(findings);
}

/// Returns what the headers alone say in a kind.
pub fn by_header(
    headers: &Headers,
    sample: &Sample<'_>,
    table: &Table,
    kind: &'static Kind,
    overrides: &Overrides,
) -> Assignment {
    let candidates = header::candidates(headers, table, sample, kind, overrides);
    Assignment::new(candidates, kind, &sample.filled)
}

/// Ends contests between columns that say the same on every row.
fn settle_equal(assignment: &mut Assignment, sample: &Sample<'_>) {
    let equal =
        |columns: &[usize]| columns.windows(2).all(|pair| sample.are_equal(pair[0], pair[1]));
    assignment.contests.retain(|contest| !equal(&contest.columns));
}

/// A month without a day beside it is no date; nor is a day without a month,
/// unless the table has no other dates: then the paper is of one month.
fn drop_half_dates(assignment: &mut Assignment, table: &Table) {
    let place = |name: &str| assignment.column(name);
    let (month, day) = (place("month"), place("day"));
    let beside = month
        .zip(day)
        .is_some_and(|(month, day)| table.columns[month].col.abs_diff(table.columns[day].col) <= 2);
    let has_date =
        assignment.columns.iter().flatten().any(|(field, _)| field.field_type == FieldType::Date);
    let only_day = month.is_none() && !has_date;
    if !beside && !only_day {
        for at in [month, day].into_iter().flatten() {
            assignment.columns[at] = None;
        }
    }
}

/// Returns what is missing or in doubt. Fields that often stand outside the
/// table are not missed.
fn findings(assignment: &Assignment, table: &Table, kind: &'static Kind) -> Vec<Finding> {
    let row = table.header_rows.last().copied().unwrap_or(table.area.first.row);
    let mut findings = Vec::new();
    for contest in &assignment.contests {
        let [first, others @ ..] = contest.columns.as_slice() else { continue };
        let letters = |at: &usize| column_name(table.columns[*at].col);
        let mut headers: Vec<&str> =
            contest.columns.iter().map(|at| table.columns[*at].header.as_str()).collect();
        headers.dedup();
        let mut finding = Finding::of(codes::AMBIGUOUS_COLUMN)
            .at(table.at(row, table.columns[*first].col))
            .with("columns", contest.columns.iter().map(letters).collect::<Vec<_>>().join(", "))
            .with("header", headers.join(", "))
            .with("field", shown(contest.field));
        for at in others {
            finding = finding.related(table.at(row, table.columns[*at].col));
        }
        findings.push(finding);
    }
    // Lines of text without a header are no table that lacks columns.
    let is_prose = table.header_rows.is_empty() && table.columns.is_empty();
    let is_form = is_prose || !form::names(table).is_empty();
    for group in kind.needs.iter().filter(|_| !is_form) {
        let outside = |name: &String| kind.field(name).is_some_and(|field| field.outside);
        if assignment.has_any(group) || group.iter().any(outside) || is_beside(table, kind, group) {
            continue;
        }
        let Some(field) = group.first().and_then(|name| kind.field(name)) else { continue };
        let place = table.at(row, table.area.first.col);
        findings.push(Finding::of(codes::MISSING_COLUMN).at(place).with("field", shown(field)));
    }
    findings
}

/// Whether what stands around the table names one of the fields, once for all
/// rows: the item of a stock card.
fn is_beside(table: &Table, kind: &'static Kind, fields: &[String]) -> bool {
    table.facts.iter().any(|fact| {
        let meant = kind.claim(&header_word(&fact.key));
        meant.is_some_and(|field| fields.contains(&field.name))
    })
}

/// Returns a field as a message names it: by its headers, for the sheet may
/// be in another language than its reader.
fn shown(field: &Field) -> String {
    format!("{} / {}", field.label(Lang::Hans), field.label(Lang::En))
}
