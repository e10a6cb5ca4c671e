//! The report of a freight month: machine sections and human sheets from one
//! result.

use super::super::json::BridgeRow;
use super::super::lines::{Decided, Told};
use super::super::sheets;
use super::json::{CarrierRow, CostRow, ExpenseRow, FreightDayRow, FreightLine, OrderFreightRow};
use super::{TERMS, books, checked, cost, repriced, summary};
use crate::commands::Context;
use crate::engine::freight::FreightMonth;
use crate::report::{Report, Section, labels};

/// Rows of the cash books that the terminal shows where there is nothing else.
const ROWS_SHOWN: usize = 30;

/// Puts the result of a month into a report.
pub(super) fn build(month: &FreightMonth, told: &[Told<'_>], context: &Context) -> Report {
    let lang = context.lang;
    let mut report = Report::new(super::REPORT, labels::text(lang, "freight.title"), lang);
    report.period = Some(month.period.to_string());
    if context.shows_sections() {
        report.sections = sections(month, told);
    }
    let books = books::expenses(&month.expenses, lang);
    // Cash books alone are a report of their own: nothing was billed or sent.
    let alone = books.is_some() && told.is_empty() && month.carriers.is_empty();
    if alone {
        report.sheets.extend(books.map(|sheet| sheet.on_terminal(ROWS_SHOWN)));
    } else {
        report.sheets = vec![
            summary::sheet(month, told, lang),
            sheets::differences(told, &TERMS, lang),
            repriced::sheet(month, told, lang),
            sheets::open_items(told, month.period, &TERMS, lang),
            sheets::matched(told, &TERMS, lang),
        ];
        report.sheets.extend(books);
    }
    report.sheets.extend(books::days(&month.expenses, lang));
    report.sheets.extend(month.cost.as_ref().map(|cost| cost::sheet(cost, lang)));
    report.notes = summary::sentences(month, lang);
    report.findings.clone_from(&month.findings);
    report.conservation = Some(checked(month).conservation());
    report.needs_person = told.iter().any(|line| line.is_open() && line.choice().is_none());
    report
}

fn sections(month: &FreightMonth, told: &[Told<'_>]) -> Vec<Section> {
    let lines = told.iter().zip(&month.repricings);
    let lines = lines.map(|(told, repricing)| FreightLine::new(told, repricing.as_ref()));
    let carriers = month.carriers.iter().map(|carrier| {
        let lines = carrier.lines.iter().map(|&index| &told[index]);
        CarrierRow::new(carrier, &Decided::of(lines))
    });
    let bridge = month.carriers.iter().filter(|carrier| carrier.has_bill).flat_map(|carrier| {
        carrier.steps.iter().map(|step| BridgeRow::new(&carrier.carrier, step))
    });
    let mut sections = vec![
        Section::new("carriers", carriers),
        Section::new("lines", lines),
        Section::new("bridge", bridge),
        Section::new("expenses", ExpenseRow::all(&month.expenses)),
        Section::new("freight_days", month.expenses.freight.iter().map(FreightDayRow::new)),
    ];
    if let Some(cost) = &month.cost {
        sections.push(Section::new("freight_cost", [CostRow::new(cost)]));
        sections.push(Section::new("orders", cost.by_order.iter().map(OrderFreightRow::new)));
    }
    sections
}
