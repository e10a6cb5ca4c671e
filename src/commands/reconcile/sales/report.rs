//! The report of a sales check: machine sections and human sheets from one
//! result.

use super::super::json::LineRow;
use super::super::lines::Told;
use super::super::sheets as shared;
use super::json::{CopyRow, DamagedRow, TotalRow};
use super::{TERMS, checked, is_held, sheets};
use crate::commands::Context;
use crate::engine::sales::{SalesMonth, Unchecked};
use crate::lang::Lang;
use crate::period::Period;
use crate::report::{Report, Section, Sheet, labels};

/// Puts the result of a month into a report.
pub(super) fn build(
    month: &SalesMonth,
    told: &[Told<'_>],
    slips: &[Told<'_>],
    period: Option<Period>,
    context: &Context,
) -> Report {
    let lang = context.lang;
    let mut report = Report::new(super::REPORT, labels::text(lang, "sales.title"), lang);
    report.period = period.map(|period| period.to_string());
    if context.shows_sections() {
        report.sections = programs(month, told, slips);
    }
    let unchecked = month.unchecked.iter().map(|&check| unchecked(check, lang));
    report.notes = unchecked.collect();
    if context.shows_sheets() {
        report.sheets = people(month, told, slips, &report.notes, period, lang);
        if context.shows_long_lists() {
            report.sheets.push(shared::matched(told, &TERMS, lang));
        }
    }
    report.findings.clone_from(&month.findings);
    report.conservation = Some(checked(month).conservation());
    let undecided = |line: &Told<'_>| line.is_open() && line.choice().is_none();
    report.needs_person = told.iter().any(undecided)
        || slips.iter().any(|slip| (is_held(slip) || slip.is_open()) && slip.choice().is_none());
    report
}

/// Builds the sections for programs.
fn programs(month: &SalesMonth, told: &[Told<'_>], slips: &[Told<'_>]) -> Vec<Section> {
    vec![
        Section::new("lines", told.iter().map(LineRow::new)),
        Section::new("slips", slips.iter().map(LineRow::new)),
        Section::new("totals", month.totals.iter().map(TotalRow::from)),
        Section::new("damaged_ids", month.damaged.iter().map(DamagedRow::from)),
        Section::new("copies", month.copies.iter().map(CopyRow::from)),
    ]
}

/// Builds the sheets for people.
fn people(
    month: &SalesMonth,
    told: &[Told<'_>],
    slips: &[Told<'_>],
    notes: &[String],
    period: Option<Period>,
    lang: Lang,
) -> Vec<Sheet> {
    let open = period.map(|period| shared::open_items(told, period, &TERMS, lang));
    let mut all = vec![
        sheets::summary(month, told, notes, period, lang),
        shared::differences(told, &TERMS, lang),
        sheets::slips(slips, lang),
        sheets::closed(told, lang),
        sheets::duplicates(told, lang),
        sheets::damaged(month, lang),
        sheets::days(month, lang),
    ];
    all.extend(open);
    all
}

fn unchecked(check: Unchecked, lang: Lang) -> String {
    let key = match check {
        Unchecked::NoExport => "sales.unchecked_no_export",
        Unchecked::NoRegister => "sales.unchecked_no_register",
        Unchecked::NoSlips => "sales.unchecked_no_slips",
    };
    labels::text(lang, key).to_owned()
}
