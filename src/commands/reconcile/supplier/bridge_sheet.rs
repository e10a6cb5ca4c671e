//! The sheet of bridges: for every supplier the way from their closing
//! balance to ours, each step with the balance it reaches.

use super::super::words;
use crate::engine::supplier::{PartyMonth, Step, SupplierMonth};
use crate::lang::Lang;
use crate::report::{Cell, Column, Row, RowStyle, Sheet, Table, labels};

/// Builds the sheet.
pub(super) fn sheet(month: &SupplierMonth, lang: Lang) -> Sheet {
    let mut table = Table::new(columns(lang)).empty(labels::text(lang, "reconcile.no_lines"));
    for party in month.parties.iter().filter(|party| !party.steps.is_empty()) {
        add_party(&mut table, party, lang);
    }
    Sheet::new("bridge", labels::text(lang, "reconcile.bridge"))
        .title(labels::text(lang, "reconcile.bridge_title"))
        .table(table)
}

fn columns(lang: Lang) -> [Column; 4] {
    let label = |key| labels::text(lang, key);
    [
        Column::text("step", label("reconcile.step")).width(26),
        Column::money("amount", label("reconcile.step_amount")),
        Column::money("reached", label("reconcile.step_reached")),
        Column::place("places", label("reconcile.step_lines")).width(40),
    ]
}

fn add_party(table: &mut Table, party: &PartyMonth, lang: Lang) {
    table.push(Row::group(party.party.as_ref()));
    let mut reached = rust_decimal::Decimal::ZERO;
    let first = table.rows.len();
    for step in &party.steps {
        let row = match step.name.as_str() {
            "left-closing" => {
                reached = step.amount;
                end_row(step, step.amount.into(), lang)
            }
            "right-closing" => end_row(step, step.amount.into(), lang),
            "residual" => {
                let last = table.rows.len() - 2;
                let residual = format!("ROUND({{reached@{last}}}-{{reached@above}},6)");
                Row::new([words::step(&step.name, lang).into(), Cell::calc(residual, step.amount)])
                    .style(RowStyle::Subtotal)
            }
            _ => {
                reached += step.amount;
                step_row(step, reached, lang)
            }
        };
        table.push(row);
    }
    debug_assert!(table.rows.len() >= first + 3, "a bridge has two ends and a residual");
}

fn end_row(step: &Step, reached: Cell, lang: Lang) -> Row {
    Row::new([words::step(&step.name, lang).into(), Cell::Empty, reached]).style(RowStyle::Strong)
}

fn step_row(step: &Step, reached: rust_decimal::Decimal, lang: Lang) -> Row {
    Row::new([
        words::step(&step.name, lang).into(),
        step.amount.into(),
        Cell::calc("N({reached@above})+{amount}", reached),
        step.lines.clone().into(),
    ])
    .level(1)
}
