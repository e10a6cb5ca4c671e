//! The sheet of matched lines. It is also what next month's run reads to know
//! what was settled: its headers are those of settled items.

use rayon::prelude::*;

use super::super::lines::Told;
use super::super::terms::Terms;
use super::super::words;
use super::{amount, both_numbers, item, places, quantity};
use crate::engine::matching::outcome::Status;
use crate::lang::Lang;
use crate::report::{Column, Row, Sheet, Table, labels};

/// How many lines are told at once, by all cores together.
const AT_ONCE: usize = 1 << 14;

/// Builds the sheet from the lines that are matched.
pub(in crate::commands) fn matched(told: &[Told<'_>], terms: &Terms, lang: Lang) -> Sheet {
    let mut table = Table::new(columns(terms, lang))
        .total(labels::text(lang, "common.total"))
        .empty(labels::text(lang, "reconcile.none_matched"));
    for some in told.chunks(AT_ONCE) {
        let matched = some.par_iter().filter(|line| line.line.status == Status::Matched);
        table.rows.extend(matched.map(|line| row(line, terms, lang)).collect::<Vec<Row>>());
    }
    Sheet::new("matched", labels::text(lang, "reconcile.matched"))
        .landscape()
        .title(labels::text(lang, "reconcile.matched_title"))
        .table(table)
}

fn columns(terms: &Terms, lang: Lang) -> [Column; 11] {
    let label = |key| labels::text(lang, key);
    [
        Column::integer("line", label("reconcile.line")).width(6),
        Column::text("party", label(terms.party)).width(24).if_filled(),
        Column::date("date", label("reconcile.date")).if_filled(),
        Column::id("document_no", label(terms.document_no)).width(terms.number_width.max(16)),
        Column::text("item", label(terms.item)).width(28).if_filled(),
        Column::quantity("quantity", label(terms.quantity)).if_filled(),
        Column::money("amount_left", label(terms.amounts.left)).sum(),
        Column::money("amount_right", label(terms.amounts.right)).sum(),
        Column::text("notes", label("reconcile.notes")).width(16).if_filled(),
        Column::cell("place_left", label(terms.places.left)).width(14),
        Column::cell("place_right", label(terms.places.right)).width(18),
    ]
}

fn row(told: &Told<'_>, terms: &Terms, lang: Lang) -> Row {
    let about = told.about();
    Row::new([
        told.number.into(),
        told.party().into(),
        about.and_then(|entry| entry.date).into(),
        both_numbers(&told.left, &told.right, terms.between_numbers).into(),
        about.map(item).unwrap_or_default().into(),
        quantity(&told.right).into(),
        amount(&told.left),
        amount(&told.right),
        words::in_short(told.line, terms, lang).into(),
        places(&told.left),
        places(&told.right),
    ])
}
