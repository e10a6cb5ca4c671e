//! A stocktake on paper: what it found, what to count again, and the voucher
//! that sets the book right.

use rust_decimal::Decimal;

use crate::commands::Context;
use crate::commands::stock::papers_to_sign;
use crate::documents::count_sheet::{Voucher, VoucherLine};
use crate::engine::stock::count::{Counted, Variance};
use crate::engine::stock::items::Items;
use crate::lang::Lang;
use crate::report::{Cell, Column, Row, Sheet, Table, Tone, labels};

/// How many rows the terminal shows.
pub(super) const ON_TERMINAL: usize = 30;

/// Makes the sheet of all lines, with how well count and book agree.
pub(super) fn variances(counted: &Counted, items: &Items, context: &Context) -> Sheet {
    let lang = context.lang;
    let label = |key| labels::text(lang, key);
    let mut table = Table::new(columns(lang)).total(label("common.total"));
    for variance in &counted.variances {
        table.push(row(variance, items, lang));
    }
    let accuracy = &counted.accuracy;
    let share = |share: Option<Decimal>| -> Cell {
        let per_cent = share.and_then(|share| share.checked_mul(Decimal::ONE_HUNDRED));
        per_cent.map(|share| format!("{} %", share.round_dp(2).normalize())).into()
    };
    let sheet = Sheet::new("variances", label("warehouse.variances"))
        .landscape()
        .on_terminal(ON_TERMINAL)
        .title(label("warehouse.count_title"))
        .fact(label("warehouse.count_day"), counted.day)
        .fact(label("warehouse.accuracy"), share(accuracy.by_quantity))
        .fact(label("warehouse.lines_accuracy"), share(accuracy.by_lines))
        .fact(label("warehouse.counted_lines"), accuracy.counted.to_string())
        .fact(label("warehouse.uncounted_lines"), accuracy.uncounted.to_string())
        .fact(label("warehouse.recount_lines"), accuracy.recounts.to_string())
        .table(table);
    papers_to_sign(sheet, &["warehouse.counter", "warehouse.witness", "warehouse.finance"], lang)
}

/// Makes the list of what is to be counted, or counted again.
pub(super) fn recounts(counted: &Counted, items: &Items, lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let mut table = Table::new([
        Column::text("place", label("warehouse.location")).width(12),
        Column::id("item", label("warehouse.item")).width(14),
        Column::text("name", label("warehouse.name")).width(30),
        Column::word("unit", label("warehouse.unit")).width(6).if_filled(),
        Column::word("state", label("warehouse.state")).width(10),
        Column::quantity("counted", label("warehouse.recounted")).width(14).input(),
        Column::text("by", label("warehouse.counter_short")).width(14).input(),
    ])
    .empty(label("warehouse.nothing_to_recount"));
    let again = |variance: &&Variance| variance.recount || variance.counted.is_none();
    for variance in counted.variances.iter().filter(again) {
        let (tone, state, _) = state(variance);
        table.push(Row::new([
            place(variance).into(),
            items.name(variance.item).as_ref().into(),
            items.text(variance.item).as_deref().into(),
            items.unit(variance.item).as_deref().into(),
            Cell::word(tone, label(state)),
        ]));
    }
    let sheet = Sheet::new("recounts", label("warehouse.recounts"))
        .title(label("warehouse.recounts"))
        .text(label("warehouse.recount_blind"))
        .table(table);
    papers_to_sign(sheet, &["warehouse.counter", "warehouse.witness"], lang)
}

/// Makes the voucher of all differences.
pub(super) fn voucher(counted: &Counted, items: &Items, context: &Context) -> Sheet {
    let lang = context.lang;
    let line = |variance: &Variance| {
        let difference = variance.difference.filter(|by| !by.is_zero())?;
        let again = labels::text(lang, "warehouse.recount_first");
        let reason = variance.reason.as_deref();
        let remark = match (variance.recount, reason) {
            (true, Some(reason)) => Some(format!("{reason} {again}")),
            (true, None) => Some(again.to_owned()),
            (false, reason) => reason.map(str::to_owned),
        };
        Some(VoucherLine {
            item: items.name(variance.item).to_string(),
            description: items.text(variance.item).map(|text| text.to_string()),
            place: Some(place(variance)).filter(|place| !place.is_empty()),
            unit: items.unit(variance.item).map(|unit| unit.to_string()),
            expected: variance.expected,
            counted: variance.counted?,
            difference,
            cost: variance.cost.map(|cost| cost.round_dp(6)),
            value: variance.value,
            remark,
        })
    };
    Voucher {
        our_name: context.settings.company.name.clone(),
        day: counted.day,
        date: context.today,
        lines: counted.variances.iter().filter_map(line).collect(),
    }
    .sheet(lang)
}

fn columns(lang: Lang) -> Vec<Column> {
    let label = |key| labels::text(lang, key);
    vec![
        Column::text("place", label("warehouse.location")).width(10),
        Column::id("item", label("warehouse.item")).width(13),
        Column::text("name", label("warehouse.name")).width(24),
        Column::word("unit", label("warehouse.unit")).width(5).detail().if_filled(),
        Column::quantity("book", label("warehouse.book")).width(10),
        Column::quantity("moved", label("warehouse.moved")).width(9).detail(),
        Column::quantity("expected", label("warehouse.expected")).width(10),
        Column::quantity("counted", label("warehouse.counted")).width(10),
        Column::quantity("difference", label("warehouse.difference")).width(10),
        Column::percent("percent", label("warehouse.percent")).width(9),
        Column::price("cost", label("warehouse.cost")).width(9).detail().if_filled(),
        Column::money("value", label("warehouse.difference_value")).width(13).sum().if_filled(),
        Column::word("state", label("warehouse.state")).width(9),
        Column::text("reason", label("warehouse.reason")).width(16).detail().if_filled(),
        Column::cell("at", label("warehouse.place")).width(16).detail().off_paper(),
    ]
}

fn row(variance: &Variance, items: &Items, lang: Lang) -> Row {
    let (tone, state, weight) = state(variance);
    let difference = variance.difference.map(|by| Cell::calc("N({counted})-N({expected})", by));
    let percent = variance.percent.and_then(|percent| percent.checked_div(Decimal::ONE_HUNDRED));
    let cells: [Cell; 15] = [
        place(variance).into(),
        items.name(variance.item).as_ref().into(),
        items.text(variance.item).as_deref().into(),
        items.unit(variance.item).as_deref().into(),
        variance.book.into(),
        variance.moved.into(),
        Cell::calc("N({book})+N({moved})", variance.expected),
        variance.counted.into(),
        difference.into(),
        percent.into(),
        variance.cost.map(|cost| cost.round_dp(6)).into(),
        variance.value.into(),
        Cell::word(tone, labels::text(lang, state)),
        variance.reason.as_deref().into(),
        variance.at.clone().into(),
    ];
    Row::new(cells).weight(weight)
}

/// Returns how a line stands, and how much that matters.
fn state(variance: &Variance) -> (Tone, &'static str, Decimal) {
    let value = variance.value.unwrap_or_default().abs();
    match variance.difference {
        None => (Tone::Warning, "warehouse.state_uncounted", Decimal::ONE),
        Some(by) if by.is_zero() => (Tone::Good, "warehouse.state_agrees", Decimal::ZERO),
        Some(_) if variance.recount => {
            (Tone::Bad, "warehouse.state_recount", value.saturating_add(Decimal::TWO))
        }
        Some(_) => (Tone::Warning, "warehouse.state_differs", value.saturating_add(Decimal::ONE)),
    }
}

fn place(variance: &Variance) -> String {
    let parts = [&variance.warehouse, &variance.location, &variance.batch];
    let parts: Vec<&str> = parts.into_iter().flatten().map(|part| &**part).collect();
    parts.join(" ")
}
