//! The report of a supplier month: machine sections and human sheets from one
//! result.

use super::super::json::{BridgeRow, LineRow};
use super::super::lines::{Decided, Told};
use super::super::sheets;
use super::job::Job;
use super::json::PartyRow;
use super::{bridge_sheet, checked, summary};
use crate::commands::Context;
use crate::engine::supplier::SupplierMonth;
use crate::report::{Report, Section, Sheet, labels};

/// Puts the result of a month into a report.
pub(super) fn build(
    job: Job,
    month: &SupplierMonth,
    told: &[Told<'_>],
    context: &Context,
) -> Report {
    let lang = context.lang;
    let mut report = Report::new(job.report(), labels::text(lang, job.title()), lang);
    let terms = job.terms();
    report.period = Some(month.period.to_string());
    if context.shows_sections() {
        report.sections = sections(month, told);
    }
    if context.shows_sheets() {
        report.sheets = vec![
            summary::sheet(job, month, told, lang),
            sheets::differences(told, terms, lang),
            bridge_sheet::sheet(month, lang),
            sheets::open_items(told, month.period, terms, lang),
        ];
        if context.shows_long_lists() {
            report.sheets.push(sheets::matched(told, terms, lang));
        }
    }
    if summary::has_several_currencies(month) {
        report.sheets.iter_mut().for_each(Sheet::drop_totals);
    }
    report.findings.clone_from(&month.findings);
    report.conservation = Some(checked(month).conservation());
    report.needs_person = told.iter().any(|line| line.is_open() && line.choice().is_none());
    report.notes =
        month.unchecked.iter().map(|check| summary::unchecked(job, check, lang)).collect();
    report
}

fn sections(month: &SupplierMonth, told: &[Told<'_>]) -> Vec<Section> {
    let bridge = month
        .parties
        .iter()
        .flat_map(|party| party.steps.iter().map(|step| BridgeRow::new(&party.party, step)));
    let partners = month.parties.iter().filter(|party| month.sides.is_partner(&party.party));
    let parties = partners.map(|party| {
        let lines = party.lines.iter().map(|&index| &told[index]);
        PartyRow::new(party, &Decided::of(lines))
    });
    vec![
        Section::new("parties", parties),
        Section::new("lines", told.iter().map(LineRow::new)),
        Section::new("bridge", bridge),
    ]
}
