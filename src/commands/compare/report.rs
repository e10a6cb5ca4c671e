//! The report of a comparison: how the columns were paired, what differs row
//! by row, what both sides add up to.

use rust_decimal::Decimal;
use serde::Serialize;

use super::{TERMS, checked};
use crate::commands::Context;
use crate::commands::reconcile::json::{LineRow, money};
use crate::commands::reconcile::lines::Told;
use crate::commands::reconcile::{sheets, words};
use crate::engine::compare::{Comparison, Differing, Found, Pair, PairRole, Plan};
use crate::engine::matching::outcome::{Line, Status};
use crate::finding::name;
use crate::lang::Lang;
use crate::location::column_name;
use crate::report::{Cell, Column, Report, Row, Section, Sheet, Table, labels};

/// A line, and in which columns its rows differ.
#[derive(Debug, Serialize)]
struct ComparedRow<'a> {
    #[serde(flatten)]
    line: LineRow<'a>,
    columns: Vec<DifferingRow<'a>>,
}

/// A column in which two rows differ.
#[derive(Debug, Serialize)]
struct DifferingRow<'a> {
    /// The left sheet's header.
    column: &'a str,
    /// The right sheet's header.
    right_column: &'a str,
    left: &'a str,
    right: &'a str,
}

/// Two columns that belong together.
#[derive(Debug, Serialize)]
struct PairRow<'a> {
    role: PairRole,
    found: Found,
    left: &'a str,
    right: &'a str,
    left_column: String,
    right_column: String,
}

impl<'a> From<&'a Pair> for PairRow<'a> {
    fn from(pair: &'a Pair) -> Self {
        Self {
            role: pair.role,
            found: pair.found,
            left: &pair.headers.left,
            right: &pair.headers.right,
            left_column: column_name(pair.columns.left),
            right_column: column_name(pair.columns.right),
        }
    }
}

/// What the lines of one status add up to; of all, without a status.
#[derive(Debug, Serialize)]
struct TotalRow {
    status: Option<Status>,
    lines: usize,
    left_rows: usize,
    right_rows: usize,
    left: String,
    right: String,
    difference: String,
}

/// Puts a comparison into a report.
pub(super) fn build(
    compared: &Comparison,
    plan: &Plan,
    mut told: Vec<Told<'_>>,
    context: &Context,
) -> Report {
    let lang = context.lang;
    let title = labels::text(lang, "compare.title");
    let mut report = Report::new(super::REPORT, title, lang);
    for (line, differing) in told.iter_mut().zip(&compared.differing) {
        add_columns(&mut line.explanation, differing, plan, lang);
    }
    let totals = totals(compared);
    if context.shows_sections() {
        report.sections = sections(compared, plan, &told, &totals);
    }
    report.notes = notes(plan, lang);
    if context.shows_sheets() {
        report.sheets = vec![
            summary(&totals, &report.notes, lang),
            sheets::differences(&told, &TERMS, lang),
            pairs_sheet(plan, lang),
        ];
        if context.shows_long_lists() {
            report.sheets.push(sheets::matched(&told, &TERMS, lang));
        }
    }
    report.findings.clone_from(&compared.findings);
    report.conservation = Some(checked(compared).conservation());
    report.needs_person = told.iter().any(|line| line.is_open() && line.choice().is_none());
    report
}

fn sections(
    compared: &Comparison,
    plan: &Plan,
    told: &[Told<'_>],
    totals: &[TotalRow],
) -> Vec<Section> {
    let rows = told.iter().zip(&compared.differing).map(|(line, differing)| ComparedRow {
        line: LineRow::new(line),
        columns: differing.iter().map(|one| differing_row(one, plan)).collect(),
    });
    vec![
        Section::new("columns", plan.pairs.iter().map(PairRow::from)),
        Section::new("lines", rows),
        Section::new("totals", totals),
    ]
}

fn differing_row<'a>(one: &'a Differing, plan: &'a Plan) -> DifferingRow<'a> {
    let headers = &plan.pairs[one.pair].headers;
    DifferingRow {
        column: &headers.left,
        right_column: &headers.right,
        left: &one.left,
        right: &one.right,
    }
}

/// Says behind what a line is which other columns differ.
fn add_columns(explanation: &mut String, differing: &[Differing], plan: &Plan, lang: Lang) {
    for one in differing {
        let pair = &plan.pairs[one.pair];
        if pair.role == PairRole::Amount && plan.of(PairRole::Amount).next() == Some(pair) {
            continue;
        }
        if !explanation.is_empty() {
            explanation.push_str(labels::text(lang, "lines.separator"));
        }
        let nothing = labels::text(lang, "compare.nothing");
        let [left, right] = [&*one.left, &*one.right]
            .map(|text| if text.trim().is_empty() { nothing } else { text });
        let values = [("column", &*pair.headers.left), ("left", left), ("right", right)];
        explanation.push_str(&labels::fill(lang, "compare.differs", &values));
    }
}

fn totals(compared: &Comparison) -> Vec<TotalRow> {
    let statuses = [
        Status::Matched,
        Status::Differs,
        Status::Suggested,
        Status::Ambiguous,
        Status::LeftOnly,
        Status::RightOnly,
    ];
    let of = |status: Option<Status>| {
        let lines: Vec<&Line> = compared
            .lines
            .iter()
            .filter(|line| status.is_none_or(|status| line.status == status))
            .collect();
        let left = lines.iter().flat_map(|line| &line.left).map(|&at| compared.left[at].amount);
        let right = lines.iter().flat_map(|line| &line.right).map(|&at| compared.right[at].amount);
        let (left, right): (Decimal, Decimal) = (left.sum(), right.sum());
        TotalRow {
            status,
            lines: lines.len(),
            left_rows: lines.iter().map(|line| line.left.len()).sum(),
            right_rows: lines.iter().map(|line| line.right.len()).sum(),
            left: money(left),
            right: money(right),
            difference: money(left - right),
        }
    };
    std::iter::once(None).chain(statuses.into_iter().map(Some)).map(of).collect()
}

/// Says by what the sheets were compared.
fn notes(plan: &Plan, lang: Lang) -> Vec<String> {
    let and = labels::text(lang, "lines.and");
    let listed = |role: PairRole| {
        let pairs = plan.of(role).map(|pair| {
            let (left, right) = (&pair.headers.left, &pair.headers.right);
            if left == right { left.clone() } else { format!("{left} = {right}") }
        });
        pairs.collect::<Vec<_>>().join(and)
    };
    let found = plan.of(PairRole::Key).next().map(|pair| name(pair.found)).unwrap_or_default();
    let mut notes = vec![match found.as_str() {
        "named" => labels::fill(lang, "compare.by_key", &[("columns", &listed(PairRole::Key))]),
        _ => labels::fill(lang, "compare.by_found_key", &[("columns", &listed(PairRole::Key))]),
    }];
    for (role, some, none) in [
        (PairRole::Amount, "compare.by_amount", Some("compare.no_amount")),
        (PairRole::Compared, "compare.by_columns", None),
    ] {
        let columns = listed(role);
        if !columns.is_empty() {
            notes.push(labels::fill(lang, some, &[("columns", &columns)]));
        } else if let Some(none) = none {
            notes.push(labels::text(lang, none).to_owned());
        }
    }
    for (headers, key) in
        [(&plan.left_only, "compare.left_columns"), (&plan.right_only, "compare.right_columns")]
    {
        if !headers.is_empty() {
            notes.push(labels::fill(lang, key, &[("columns", &headers.join(and))]));
        }
    }
    notes.push(labels::text(lang, "compare.folded").to_owned());
    notes
}

fn summary(totals: &[TotalRow], notes: &[String], lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let mut table = Table::new([
        Column::text("status", label("reconcile.state")).width(16),
        Column::integer("lines", label("compare.lines")),
        Column::integer("left_rows", label("compare.left_rows")),
        Column::integer("right_rows", label("compare.right_rows")),
        Column::money("left", label(TERMS.amounts.left)),
        Column::money("right", label(TERMS.amounts.right)),
        Column::money("difference", label("reconcile.difference")),
    ]);
    for total in totals.iter().filter(|total| total.lines > 0 || total.status.is_none()) {
        let status = total.status.map(|status| words::status(status, &TERMS, lang));
        let figure = |text: &str| Cell::from(text.parse::<Decimal>().ok());
        let difference: Decimal = total.difference.parse().unwrap_or_default();
        table.push(Row::new([
            status.unwrap_or_else(|| label("common.total").to_owned()).into(),
            total.lines.into(),
            total.left_rows.into(),
            total.right_rows.into(),
            figure(&total.left),
            figure(&total.right),
            Cell::calc("N({left})-N({right})", difference),
        ]));
    }
    let mut sheet = Sheet::new("summary", label("reconcile.summary"))
        .on_terminal(10)
        .title(label("compare.title"))
        .table(table);
    for note in notes {
        sheet = sheet.text(note.as_str());
    }
    sheet
}

fn pairs_sheet(plan: &Plan, lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let mut table = Table::new([
        Column::text("role", label("compare.role")).width(14),
        Column::text("left", label("compare.left_header")).width(24),
        Column::text("right", label("compare.right_header")).width(24),
        Column::text("found", label("compare.found")).width(16),
    ]);
    for pair in &plan.pairs {
        let role = match pair.role {
            PairRole::Key => "compare.key",
            PairRole::Amount => "compare.role_amount",
            PairRole::Compared => "compare.role_compared",
        };
        let found = match pair.found {
            Found::Named => "compare.found_named",
            Found::Header => "compare.found_header",
            Found::Values => "compare.found_values",
        };
        table.push(Row::new([
            label(role).into(),
            pair.headers.left.as_str().into(),
            pair.headers.right.as_str().into(),
            label(found).into(),
        ]));
    }
    Sheet::new("columns", label("compare.columns")).title(label("compare.columns")).table(table)
}
