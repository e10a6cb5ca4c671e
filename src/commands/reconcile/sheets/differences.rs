//! The sheet of differences: every line that asks something of a person, both
//! sides' figures, why, where, and a column to decide in.

use super::super::lines::Told;
use super::super::terms::Terms;
use super::super::words;
use super::{amount, both_numbers, common, item, places, quantity};
use crate::lang::Lang;
use crate::report::decisions;
use crate::report::{Cell, Column, Row, Sheet, Table, labels};

/// Builds the sheet from the lines that are open.
pub(in crate::commands) fn differences(told: &[Told<'_>], terms: &Terms, lang: Lang) -> Sheet {
    let mut table = Table::new(columns(terms, lang))
        .total(labels::text(lang, "common.total"))
        .empty(labels::text(lang, "reconcile.no_differences"));
    for line in told.iter().filter(|line| line.is_open()) {
        table.push(row(line, terms, lang));
    }
    Sheet::new("differences", labels::text(lang, "reconcile.differences"))
        .landscape()
        .on_terminal(10)
        .title(labels::text(lang, "reconcile.differences_title"))
        .table(table)
}

fn columns(terms: &Terms, lang: Lang) -> Vec<Column> {
    let label = |key| labels::text(lang, key);
    let figures = [
        Column::integer("line", label("reconcile.line")).width(5),
        Column::text("party", label(terms.party)).width(16).if_filled(),
        Column::word("state", label("reconcile.state")).width(9),
        Column::date("date", label("reconcile.date")).detail().if_filled(),
        Column::id("document_no", label(terms.document_no)).width(terms.number_width),
        Column::text("item", label(terms.item)).width(18).if_filled(),
        if_told(Column::quantity("quantity_left", label(terms.quantities.left))),
        if_told(Column::quantity("quantity_right", label(terms.quantities.right))),
        if_told(Column::price("price_left", label(terms.prices.left))),
        if_told(Column::price("price_right", label(terms.prices.right))),
        Column::money("amount_left", label(terms.amounts.left)).sum().detail(),
        Column::money("amount_right", label(terms.amounts.right)).sum().detail(),
        Column::money("difference", label("reconcile.difference")).sum(),
        Column::text("explanation", label("reconcile.explanation")).width(32),
    ];
    let places = [
        Column::cell("place_left", label(terms.places.left)),
        Column::cell("place_right", label(terms.places.right)),
    ];
    let places = places.map(|column| column.width(18).detail().off_paper());
    figures.into_iter().chain(decisions::columns(lang)).chain(places).collect()
}

/// A figure that not every job tells of its lines.
fn if_told(column: Column) -> Column {
    column.width(8).detail().if_filled()
}

fn row(told: &Told<'_>, terms: &Terms, lang: Lang) -> Row {
    let line = told.line;
    let about = told.about();
    let difference = Cell::calc("N({amount_left})-N({amount_right})", line.difference);
    let figures = [
        told.number.into(),
        told.party().into(),
        Cell::word(words::tone(line), words::status(line.status, terms, lang)),
        about.and_then(|entry| entry.date).into(),
        both_numbers(&told.left, &told.right, terms.between_numbers).into(),
        about.map(item).unwrap_or_default().into(),
        quantity(&told.left).into(),
        quantity(&told.right).into(),
        common(&told.left, |entry| entry.unit_price),
        common(&told.right, |entry| entry.unit_price),
        amount(&told.left),
        amount(&told.right),
        difference,
        told.explanation.clone().into(),
    ];
    let places = [places(&told.left), places(&told.right)];
    let decided = decisions::cells(lang, told.decision);
    Row::new(figures.into_iter().chain(decided).chain(places)).id(told.id).weight(line.difference)
}
