//! The summary: a row a supplier. Next month's run reads it for the opening
//! balances: its headers are those of supplier balances.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::super::lines::{Decided, Told};
use super::super::words;
use super::job::Job;
use crate::engine::matching::outcome::Status;
use crate::engine::supplier::checks::Unchecked;
use crate::engine::supplier::{PartyMonth, SupplierMonth};
use crate::lang::Lang;
use crate::report::{Cell, Column, Row, Sheet, Table, Tone, labels};

/// Builds the summary.
pub(super) fn sheet(job: Job, month: &SupplierMonth, told: &[Told<'_>], lang: Lang) -> Sheet {
    let partners = || month.parties.iter().filter(|party| month.sides.is_partner(&party.party));
    let several = has_several_currencies(month);
    let mut table =
        Table::new(columns(job, several, lang)).total(labels::text(lang, "common.total"));
    for party in partners() {
        let mut row = row(party, told, lang);
        if several {
            row.cells.insert(1, party.currency.as_deref().unwrap_or_default().into());
        }
        table.push(row);
    }
    let mut sheet = Sheet::new("summary", labels::text(lang, "reconcile.summary"))
        .landscape()
        .on_terminal(60)
        .title(labels::text(lang, job.title()))
        .fact(labels::text(lang, "reconcile.period"), month.period.to_string());
    sheet = sheet.table(table);
    for verdict in &month.verdicts {
        sheet = sheet.text(words::verdict(verdict, lang));
    }
    for check in &month.unchecked {
        sheet = sheet.text(unchecked(job, check, lang));
    }
    sheet
}

/// Whether the papers are in several currencies: money of all of them together
/// has no sum.
pub(super) fn has_several_currencies(month: &SupplierMonth) -> bool {
    let partners = month.parties.iter().filter(|party| month.sides.is_partner(&party.party));
    let named: BTreeSet<&str> = partners.filter_map(|party| party.currency.as_deref()).collect();
    named.len() > 1
}

/// Returns the sentence about a check that could not be made.
pub(super) fn unchecked(job: Job, check: &Unchecked, lang: Lang) -> String {
    let key = match check {
        Unchecked::NoReceipts => "reseller.unchecked_no_supplies",
        Unchecked::NoReturns => "reseller.unchecked_no_returns",
        Unchecked::NoPayments => "reseller.unchecked_no_payments",
        Unchecked::NoPrices => "reseller.unchecked_no_prices",
        _ => return words::unchecked(check, lang),
    };
    match job {
        Job::Supplier => words::unchecked(check, lang),
        Job::Reseller => labels::text(lang, key).to_owned(),
    }
}

fn columns(job: Job, several: bool, lang: Lang) -> Vec<Column> {
    let label = |key| labels::text(lang, key);
    let mut columns = vec![
        Column::text("party", label(job.terms().party)).width(26),
        Column::money("balance_left", label("reconcile.balance_left")).sum(),
        Column::money("balance_right", label("reconcile.balance_right")).sum(),
        Column::money("difference", label("reconcile.difference")).sum(),
        Column::integer("matched", label("reconcile.matched")).sum(),
        Column::integer("open_lines", label("reconcile.open_lines")).sum(),
        Column::money("undecided", label("reconcile.undecided")).sum(),
        Column::word("state", label("reconcile.state")),
        Column::text("explained_by", label("reconcile.explained_by")).width(44).detail(),
    ];
    if several {
        columns.insert(1, Column::word("currency", label("reconcile.in_currency")));
    }
    columns
}

fn row(party: &PartyMonth, told: &[Told<'_>], lang: Lang) -> Row {
    let lines = || party.lines.iter().map(|&index| &told[index]);
    let open = lines().filter(|line| line.is_open()).count();
    let undecided = lines().filter(|line| line.is_open() && line.choice().is_none()).count();
    let matched = party.counts.get(&Status::Matched).copied().unwrap_or_default();
    let ends = ends(party);
    let difference = match (ends, party.difference) {
        (Some(_), Some(difference)) => {
            Cell::calc("N({balance_left})-N({balance_right})", difference)
        }
        (None, difference) => difference.into(),
        (Some(_), None) => Cell::Empty,
    };
    Row::new([
        party.party.as_ref().into(),
        ends.map(|ends| ends.0).into(),
        ends.map(|ends| ends.1).or(party.right.closing).into(),
        difference,
        matched.into(),
        open.into(),
        Decided::of(lines()).undecided.into(),
        state(party, undecided, lang),
        explained_by(party, lang).into(),
    ])
}

/// Returns both closing balances where both are known.
fn ends(party: &PartyMonth) -> Option<(Decimal, Decimal)> {
    Some((party.left?.closing?, party.right.closing?))
}

fn state(party: &PartyMonth, undecided: usize, lang: Lang) -> Cell {
    let (tone, key) = if party.left.is_none() {
        (Tone::Info, "reconcile.state_no_statement")
    } else if party.residual.is_some_and(|residual| !residual.is_zero()) {
        (Tone::Bad, "reconcile.state_residual")
    } else if undecided > 0 {
        (Tone::Warning, "reconcile.state_to_decide")
    } else if party.difference.is_some_and(|difference| !difference.is_zero()) {
        (Tone::Info, "reconcile.state_explained")
    } else {
        (Tone::Good, "reconcile.state_agrees")
    };
    Cell::word(tone, labels::text(lang, key))
}

/// Returns the steps of the bridge in one line, largest first.
fn explained_by(party: &PartyMonth, lang: Lang) -> String {
    let mut steps: Vec<_> = party
        .steps
        .iter()
        .filter(|step| !step.name.ends_with("closing") && !step.amount.is_zero())
        .collect();
    steps.sort_by_key(|step| (std::cmp::Reverse(step.amount.abs()), step.name.clone()));
    let steps = steps.iter().map(|step| {
        format!("{} {}", words::step(&step.name, lang), super::super::json::money(-step.amount))
    });
    steps.collect::<Vec<_>>().join(if lang == Lang::En { "; " } else { "；" })
}
