//! The sheet of prices: every parcel priced again, step by step, beside what
//! is billed.

use rust_decimal::Decimal;

use super::super::lines::Told;
use super::super::sheets::both_numbers;
use super::super::words;
use super::TERMS;
use crate::engine::freight::tariff::Priced;
use crate::engine::freight::{FreightMonth, Repricing};
use crate::lang::Lang;
use crate::report::{Cell, Column, Row, Sheet, Table, labels};

/// Builds the sheet: a group for each carrier.
pub(super) fn sheet(month: &FreightMonth, told: &[Told<'_>], lang: Lang) -> Sheet {
    let mut table = Table::new(columns(lang))
        .total(labels::text(lang, "common.total"))
        .empty(labels::text(lang, "freight.nothing_priced"));
    for carrier in &month.carriers {
        let rows = carrier.lines.iter().filter_map(|&index| {
            let repricing = month.repricings[index].as_ref()?;
            row(&told[index], repricing, lang)
        });
        let rows: Vec<Row> = rows.collect();
        if rows.is_empty() {
            continue;
        }
        table.push(Row::group(carrier.carrier.as_ref()));
        let first = table.rows.len();
        table.rows.extend(rows);
        table.subtotal(labels::text(lang, "freight.subtotal"), first);
    }
    Sheet::new("repriced", labels::text(lang, "freight.repriced"))
        .landscape()
        .title(labels::text(lang, "freight.repriced_title"))
        .table(table)
}

fn columns(lang: Lang) -> [Column; 17] {
    let label = |key| labels::text(lang, key);
    [
        Column::integer("line", label("reconcile.line")).width(5),
        Column::id("waybill", label("freight.waybill")).width(15).if_filled(),
        Column::word("state", label("reconcile.state")).width(9),
        Column::text("zone", label("freight.zone")).width(9),
        Column::quantity("weight", label("freight.weight")).width(7),
        Column::quantity("volume_weight", label("freight.volume_weight")).width(7).if_filled(),
        Column::quantity("chargeable", label("freight.chargeable")).width(7),
        Column::quantity("billed_weight", label("freight.billed_weight")).width(7).if_filled(),
        Column::money("first", label("freight.first")).width(8),
        Column::quantity("steps", label("freight.steps")).width(6),
        Column::money("continued", label("freight.continued")).width(8),
        Column::money("beside", label("freight.fees")).width(8),
        Column::percent("share", label("freight.share")).width(6),
        Column::money("charges", label("freight.charges")).width(8),
        Column::money("payable", label("freight.payable")).sum().width(9),
        Column::money("billed", label("freight.amount_bill")).sum().width(9),
        Column::money("difference", label("reconcile.difference")).sum().width(9),
    ]
}

fn row(told: &Told<'_>, repricing: &Repricing, lang: Lang) -> Option<Row> {
    let priced: &Priced = repricing.ours.as_ref().or(repricing.billed.as_ref())?;
    let billed: Decimal = told.left.iter().map(|entry| entry.amount).sum();
    let charges: Decimal = repricing.charges.iter().map(|check| check.agreed).sum();
    let weight = told.left.iter().find_map(|entry| entry.quantity);
    let beside = priced.fees + priced.to_minimum;
    let payable = priced.net + charges;
    let formula = "ROUND((N({first})+N({continued})+N({beside}))*{share},2)+N({charges})";
    let cells = [
        told.number.into(),
        both_numbers(&told.left, &told.right, TERMS.between_numbers).into(),
        Cell::word(words::tone(told.line), words::status(told.line.status, &TERMS, lang)),
        priced.zone.as_ref().into(),
        priced.weight.into(),
        priced.volume_weight.map(|weight| weight.round_dp(2)).into(),
        priced.chargeable.into(),
        weight.into(),
        priced.first.into(),
        priced.steps.into(),
        priced.continued.into(),
        beside.into(),
        priced.share.into(),
        charges.into(),
        Cell::calc(formula, payable),
        billed.into(),
        Cell::calc("N({billed})-N({payable})", billed - payable),
    ];
    Some(Row::new(cells))
}
