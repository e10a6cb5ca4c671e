//! The report of a supplier month: machine sections and human sheets from one
//! result.

use super::super::json::{BridgeRow, LineRow, PartyRow};
use super::super::lines::{Decided, Told};
use super::super::{sheets, words};
use super::papers::{Assembled, Use};
use super::{bridge_sheet, summary};
use crate::engine::supplier::SupplierMonth;
use crate::input::reading::ReadTable;
use crate::lang::Lang;
use crate::report::{Conservation, InputRead, Report, Section, labels};

/// Puts the result of a month into a report.
pub(super) fn build(month: &SupplierMonth, told: &[Told<'_>], lang: Lang) -> Report {
    let mut report =
        Report::new(super::REPORT, labels::text(lang, "reconcile.supplier_title"), lang);
    report.period = Some(month.period.to_string());
    report.sections = sections(month, told);
    report.sheets = vec![
        summary::sheet(month, told, lang),
        sheets::differences(told, lang),
        bridge_sheet::sheet(month, lang),
        sheets::open_items(told, month.period, lang),
        sheets::matched(told, lang),
    ];
    report.findings.clone_from(&month.findings);
    report.conservation = Some(conservation(month));
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

fn conservation(month: &SupplierMonth) -> Conservation {
    let (left, right) = (&month.sides.left, &month.sides.right);
    let reported = |indices: fn(&crate::engine::matching::outcome::Line) -> &Vec<usize>| {
        month.lines.iter().flat_map(indices)
    };
    let lefts = reported(|line| &line.left).map(|&index| left[index].amount);
    let rights = reported(|line| &line.right).map(|&index| right[index].amount);
    let rows = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    Conservation {
        rows_in: rows(left.len() + right.len()),
        rows_reported: rows(
            month.lines.iter().map(|line| line.left.len() + line.right.len()).sum(),
        ),
        amount_in: left.iter().chain(right).map(|entry| entry.amount).sum(),
        amount_reported: lefts.chain(rights).sum(),
    }
}

/// Returns how every table was understood and used.
pub(super) fn inputs(tables: &[ReadTable], assembled: &Assembled) -> Vec<InputRead> {
    let read = |(table, made): (&ReadTable, &Use)| InputRead {
        party: made.party.as_ref().map(ToString::to_string),
        rejected: u32::try_from(made.rejected).unwrap_or(u32::MAX),
        ..InputRead::of(table)
    };
    tables.iter().zip(&assembled.uses).map(read).collect()
}
