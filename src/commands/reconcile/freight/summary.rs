//! The summary: a row a carrier, what holds for whole bills, what could not
//! be checked.

use rust_decimal::Decimal;

use super::super::lines::{Decided, Told};
use super::cost;
use crate::engine::freight::basis::ShareSource;
use crate::engine::freight::checks::Unchecked;
use crate::engine::freight::{CarrierMonth, FreightMonth};
use crate::engine::matching::outcome::Status;
use crate::lang::Lang;
use crate::report::{Cell, Column, Row, Sheet, Table, Tone, labels};

/// Builds the summary.
pub(super) fn sheet(month: &FreightMonth, told: &[Told<'_>], lang: Lang) -> Sheet {
    let mut table = Table::new(columns(lang))
        .total(labels::text(lang, "common.total"))
        .empty(labels::text(lang, "freight.no_bills"));
    for carrier in &month.carriers {
        table.push(row(carrier, told, lang));
    }
    let mut sheet = Sheet::new("summary", labels::text(lang, "reconcile.summary"))
        .landscape()
        .on_terminal(60)
        .title(labels::text(lang, "freight.title"))
        .fact(labels::text(lang, "reconcile.period"), month.period.to_string())
        .table(table);
    for sentence in sentences(month, lang) {
        sheet = sheet.text(sentence);
    }
    sheet
}

/// Returns what is to be said of the whole run.
pub(super) fn sentences(month: &FreightMonth, lang: Lang) -> Vec<String> {
    let verdicts = month.carriers.iter().filter_map(|carrier| verdict(carrier, lang));
    let cost = month.cost.iter().map(|found| cost::sentence(found, lang));
    verdicts.chain(cost).chain(month.unchecked.iter().map(|check| unchecked(check, lang))).collect()
}

fn columns(lang: Lang) -> [Column; 10] {
    let label = |key| labels::text(lang, key);
    [
        Column::text("carrier", label("freight.carrier")).width(20),
        Column::money("billed", label("freight.amount_bill")).sum(),
        Column::money("ours", label("freight.amount_log")).sum(),
        Column::money("difference", label("reconcile.difference")).sum(),
        Column::money("over", label("freight.over")).sum(),
        Column::money("under", label("freight.under")).sum(),
        Column::integer("matched", label("reconcile.matched")).sum(),
        Column::integer("open_lines", label("reconcile.open_lines")).sum(),
        Column::money("undecided", label("reconcile.undecided")).sum(),
        Column::word("state", label("reconcile.state")),
    ]
}

fn row(carrier: &CarrierMonth, told: &[Told<'_>], lang: Lang) -> Row {
    let lines = || carrier.lines.iter().map(|&index| &told[index]);
    let open = lines().filter(|line| line.is_open()).count();
    let undecided = lines().filter(|line| line.is_open() && line.choice().is_none()).count();
    let matched = carrier.counts.get(&Status::Matched).copied().unwrap_or_default();
    let difference = carrier.billed - carrier.ours;
    let (tone, key) = if !carrier.has_bill {
        (Tone::Info, "freight.state_no_bill")
    } else if undecided > 0 {
        (Tone::Warning, "reconcile.state_to_decide")
    } else if !difference.is_zero() {
        (Tone::Info, "reconcile.state_explained")
    } else {
        (Tone::Good, "reconcile.state_agrees")
    };
    Row::new([
        carrier.carrier.as_ref().into(),
        carrier.billed.into(),
        carrier.ours.into(),
        Cell::calc("N({billed})-N({ours})", difference),
        carrier.over.into(),
        carrier.under.into(),
        matched.into(),
        open.into(),
        Decided::of(lines()).undecided.into(),
        Cell::word(tone, labels::text(lang, key)),
    ])
}

/// Says what discount holds for a whole bill.
fn verdict(carrier: &CarrierMonth, lang: Lang) -> Option<String> {
    let basis = carrier.basis;
    let source = match basis.source? {
        ShareSource::RateCard => "freight.share_by_card",
        ShareSource::Bill => "freight.share_by_bill",
        ShareSource::Log => "freight.share_by_log",
    };
    let off = (Decimal::ONE - basis.share) * Decimal::ONE_HUNDRED;
    let (off, agreeing, of) =
        (off.normalize().to_string(), basis.agreeing.to_string(), basis.of.to_string());
    let values = [
        ("carrier", &*carrier.carrier),
        ("percent", &off),
        ("source", labels::text(lang, source)),
        ("agreeing", &agreeing),
        ("of", &of),
    ];
    Some(labels::fill(lang, "freight.verdict_discount", &values))
}

fn unchecked(check: &Unchecked, lang: Lang) -> String {
    let (key, carrier) = match check {
        Unchecked::NoLog => ("freight.unchecked_no_log", ""),
        Unchecked::SlipsForLog => ("freight.unchecked_slips_for_log", ""),
        Unchecked::NoCard(carrier) => ("freight.unchecked_no_card", &**carrier),
        Unchecked::NoBill(carrier) => ("freight.unchecked_no_bill", &**carrier),
    };
    labels::fill(lang, key, &[("carrier", carrier)])
}
