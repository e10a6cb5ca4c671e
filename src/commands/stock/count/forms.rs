//! The sheets to count on: the book's lines, warehouse by warehouse, in the
//! order of the places.

use super::{Count, planned_day};
use crate::commands::Context;
use crate::documents::count_sheet::{CountForm, FormLine};
use crate::engine::stock::ledger::Ledger;
use crate::records::stock::{StockLine, StockTable};

/// Makes a sheet for every warehouse of the stock tables.
pub(super) fn forms(
    tables: &[StockTable],
    rolled: &Ledger,
    asked: &Count,
    context: &Context,
) -> Vec<CountForm> {
    let mut forms: Vec<CountForm> = Vec::new();
    let lines = tables
        .iter()
        .flat_map(|table| table.records.lines.iter().map(move |line| (table.as_of, line)));
    for (as_of, line) in lines.filter(|(_, line)| line.repeats.is_none()) {
        let warehouse = line.warehouse.as_deref().map(str::to_owned);
        let at = forms.iter().position(|form| form.warehouse == warehouse);
        let at = at.unwrap_or_else(|| {
            forms.push(CountForm {
                our_name: context.settings.company.name.clone(),
                warehouse,
                day: planned_day(context),
                book_as_of: as_of,
                blind: asked.blind,
                lines: Vec::new(),
            });
            forms.len() - 1
        });
        forms[at].lines.push(form_line(line, rolled));
    }
    for form in &mut forms {
        form.lines.sort_by(|a, b| a.location.cmp(&b.location));
    }
    forms
}

fn form_line(line: &StockLine, rolled: &Ledger) -> FormLine {
    let id = rolled.items.id(&line.item);
    let code = id.filter(|_| line.item.code.is_some()).map(|id| rolled.items.name(id));
    FormLine {
        location: line.location.as_deref().map(str::to_owned),
        item: code.map(|code| code.to_string()),
        name: line.item.text().map(|text| text.to_string()),
        batch: line.batch.as_deref().map(str::to_owned),
        unit: line.unit.as_deref().map(str::to_owned),
        book: line.figures.closing,
    }
}
