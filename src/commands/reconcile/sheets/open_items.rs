//! The sheet of open items to carry: what next month's papers are expected to
//! settle. Next month's run reads it: its headers are those of open items.

use rust_decimal::Decimal;

use super::super::lines::Told;
use super::super::terms::Terms;
use super::super::words;
use crate::engine::decisions::Choice;
use crate::engine::entry::{Entry, EntryType};
use crate::engine::matching::outcome::{Reason, Status};
use crate::lang::Lang;
use crate::period::Period;
use crate::report::{Cell, Column, Row, Sheet, Table, labels};

/// Builds the sheet from the lines that stay open.
pub(in crate::commands) fn open_items(
    told: &[Told<'_>],
    period: Period,
    terms: &Terms,
    lang: Lang,
) -> Sheet {
    let mut table =
        Table::new(columns(terms, lang)).empty(labels::text(lang, "reconcile.no_lines"));
    let expected = period.next().map(|next| next.to_string()).unwrap_or_default();
    for line in told.iter().filter(|line| is_carried(line)) {
        for item in items(line) {
            table.push(item.row(line, &expected, terms, lang));
        }
    }
    Sheet::new("open_items", labels::text(lang, "reconcile.open_items"))
        .landscape()
        .title(labels::text(lang, "reconcile.open_items_title"))
        .table(table)
}

/// Whether a line is still open when the month ends.
fn is_carried(told: &Told<'_>) -> bool {
    match told.choice() {
        Some(Choice::Carry | Choice::Dispute) => !told.line.difference.is_zero(),
        Some(Choice::AcceptOurs | Choice::AcceptTheirs | Choice::SameAs) => false,
        None => told.is_open() && !told.line.difference.is_zero(),
    }
}

/// One open item: an entry of one side, or what a pair differs by.
struct Item<'a> {
    theirs: bool,
    entry_type: EntryType,
    entry: &'a Entry,
    whole: bool,
    amount: Decimal,
}

/// Returns what of a line is open: its entries where one side lacks them,
/// else the difference, as an adjustment still to be made.
fn items<'a>(told: &Told<'a>) -> Vec<Item<'a>> {
    let entry = |theirs: bool| {
        move |&entry: &&'a Entry| Item {
            theirs,
            entry_type: entry.entry_type,
            entry,
            whole: true,
            amount: entry.amount,
        }
    };
    match told.line.status {
        Status::LeftOnly if is_awaited(told) => told.left.iter().map(entry(true)).collect(),
        // What we booked twice is ours to take back.
        Status::RightOnly if told.line.reason != Some(Reason::DoubleBooked) => {
            told.right.iter().map(entry(false)).collect()
        }
        _ => {
            let Some(about) = told.about() else { return Vec::new() };
            vec![Item {
                theirs: false,
                entry_type: EntryType::Adjustment,
                entry: about,
                whole: false,
                amount: -told.line.difference,
            }]
        }
    }
}

/// Whether what only they have is expected from us.
fn is_awaited(told: &Told<'_>) -> bool {
    let reasons =
        [Reason::NotReceived, Reason::NextPeriod, Reason::NotInRegister, Reason::CarriedForward];
    told.line.reason.is_some_and(|reason| reasons.contains(&reason))
}

impl Item<'_> {
    fn row(&self, told: &Told<'_>, expected: &str, terms: &Terms, lang: Lang) -> Row {
        let entry = self.entry;
        let numbers: Vec<&str> = entry.document_nos.iter().map(|number| &*number.text).collect();
        let whole = |figure: Option<Decimal>| Cell::from(figure.filter(|_| self.whole));
        let side = if self.theirs { terms.sides.left } else { terms.sides.right };
        let cells = [
            told.number.into(),
            told.party().into(),
            labels::text(lang, side).into(),
            words::entry_type(self.entry_type, lang).into(),
            entry.date.into(),
            numbers.join("/").into(),
            entry.item_code.as_deref().map(Cell::from).into(),
            entry.item.as_deref().map(Cell::from).into(),
            whole(entry.quantity),
            whole(entry.unit_price),
            self.amount.into(),
            words::in_short(told.line, terms, lang).into(),
            expected.into(),
            entry.at.clone().into(),
        ];
        let other_no = entry.other_nos.first().map(|number| Cell::from(&**number));
        let other_no = terms.keeps_other_no.then(|| other_no.into());
        Row::new(cells.into_iter().chain(other_no))
    }
}

fn columns(terms: &Terms, lang: Lang) -> impl Iterator<Item = Column> {
    let label = |key| labels::text(lang, key);
    let other_no = terms.keeps_other_no.then(|| Column::id("other_no", label(terms.other_no)));
    let number = Column::id("document_no", label(terms.document_no));
    // The numbers of orders are long.
    let number = if terms.keeps_other_no { number.width(21) } else { number };
    let columns = [
        Column::integer("line", label("reconcile.line")).width(6),
        Column::text("party", label(terms.party)).width(14).if_filled(),
        Column::text("side", label("reconcile.side")),
        Column::text("type", label("reconcile.type")),
        Column::date("date", label("reconcile.date")).if_filled(),
        number,
        Column::id("item_code", label("reconcile.item_code")).if_filled(),
        Column::text("item", label(terms.item)).width(22).if_filled(),
        Column::quantity("quantity", label(terms.quantity)).if_filled(),
        Column::price("unit_price", label("reconcile.unit_price")).if_filled(),
        Column::money("amount", label("reconcile.step_amount")),
        Column::text("state", label("reconcile.state")).width(20),
        Column::text("expected_in", label("reconcile.expected_in")),
        Column::place("place", label("reconcile.place")).width(14),
    ];
    columns.into_iter().chain(other_no)
}
