//! The report of a supplier month: machine sections and human sheets from one
//! result.

use super::super::json::{BridgeRow, LineRow};
use super::super::lines::{Decided, Told};
use super::super::{sheets, words};
use super::json::PartyRow;
use super::{TERMS, bridge_sheet, checked, summary};
use crate::engine::supplier::SupplierMonth;
use crate::lang::Lang;
use crate::report::{Report, Section, labels};

/// Puts the result of a month into a report.
pub(super) fn build(month: &SupplierMonth, told: &[Told<'_>], lang: Lang) -> Report {
    let mut report =
        Report::new(super::REPORT, labels::text(lang, "reconcile.supplier_title"), lang);
    report.period = Some(month.period.to_string());
    report.sections = sections(month, told);
    report.sheets = vec![
        summary::sheet(month, told, lang),
        sheets::differences(told, &TERMS, lang),
        bridge_sheet::sheet(month, lang),
        sheets::open_items(told, month.period, &TERMS, lang),
        sheets::matched(told, &TERMS, lang),
    ];
    report.findings.clone_from(&month.findings);
    report.conservation = Some(checked(month).conservation());
    report.needs_person = told.iter().any(|line| line.is_open() && line.choice().is_none());
    report.notes = month.unchecked.iter().map(|check| words::unchecked(check, lang)).collect();
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
