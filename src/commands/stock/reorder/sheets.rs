//! The advice on paper.

use crate::commands::Context;
use crate::commands::stock::papers_to_sign;
use crate::engine::stock::items::Items;
use crate::engine::stock::reorder::{Advice, Method};
use crate::lang::Lang;
use crate::report::{Cell, Column, Row, Sheet, Table, Tone, labels};

/// How many rows the terminal shows.
const ON_TERMINAL: usize = 30;

/// Makes the sheet of what to buy.
pub(super) fn suggestions(advice: &[Advice], items: &Items, context: &Context) -> Sheet {
    let lang = context.lang;
    let label = |key| labels::text(lang, key);
    let mut columns = columns(lang);
    columns.extend([
        Column::quantity("suggested", label("warehouse.suggested")).width(10),
        Column::date("needed_by", label("warehouse.needed_by")).width(11),
        Column::date("order_by", label("warehouse.order_by")).width(11).detail(),
        Column::text("supplier", label("warehouse.supplier")).width(18).if_filled(),
        Column::price("price", label("warehouse.last_price")).width(9).if_filled(),
        Column::money("amount", label("warehouse.amount")).width(12).sum().if_filled(),
        Column::cell("place", label("warehouse.place")).width(16).detail().off_paper(),
    ]);
    let mut table =
        Table::new(columns).total(label("common.total")).empty(label("warehouse.nothing_to_buy"));
    for one in advice.iter().filter(|one| !one.suggested.is_zero()) {
        let amount = one.amount().map(|amount| Cell::calc("ROUND({suggested}*{price},2)", amount));
        let end: [Cell; 7] = [
            one.suggested.into(),
            one.needed_by.into(),
            one.order_by.into(),
            one.supplier.as_deref().into(),
            one.last_price.into(),
            amount.into(),
            one.at.clone().into(),
        ];
        table.push(Row::new(cells(one, items, lang).into_iter().chain(end)));
    }
    let sheet = Sheet::new("suggestions", label("warehouse.suggestions"))
        .landscape()
        .on_terminal(ON_TERMINAL)
        .title(label("warehouse.reorder_title"))
        .fact(label("warehouse.made_on"), context.today)
        .table(table);
    papers_to_sign(
        sheet,
        &["warehouse.merchandiser", "warehouse.buyer", "warehouse.approved"],
        lang,
    )
}

/// Makes the sheet of what is below its safety stock while enough is coming.
pub(super) fn alerts(advice: &[Advice], items: &Items, lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let mut columns = columns(lang);
    columns.extend([
        Column::quantity("overdue", label("warehouse.overdue")).width(10),
        Column::date("next", label("warehouse.next_promise")).width(11).if_filled(),
        Column::text("supplier", label("warehouse.supplier")).width(18).if_filled(),
    ]);
    let mut table = Table::new(columns);
    for one in advice.iter().filter(|one| one.suggested.is_zero()) {
        let end: [Cell; 3] =
            [one.overdue.into(), one.next_promise.into(), one.supplier.as_deref().into()];
        table.push(Row::new(cells(one, items, lang).into_iter().chain(end)));
    }
    Sheet::new("alerts", label("warehouse.alerts"))
        .landscape()
        .on_terminal(ON_TERMINAL)
        .title(label("warehouse.alerts_title"))
        .table(table)
}

fn columns(lang: Lang) -> Vec<Column> {
    let label = |key| labels::text(lang, key);
    vec![
        Column::id("item", label("warehouse.item")).width(13),
        Column::text("name", label("warehouse.name")).width(22),
        Column::word("unit", label("warehouse.unit")).width(5).detail().if_filled(),
        Column::quantity("on_hand", label("warehouse.on_hand")).width(9),
        Column::quantity("allocated", label("warehouse.allocated")).width(8).detail(),
        Column::quantity("available", label("warehouse.available")).width(9),
        Column::quantity("on_order", label("warehouse.on_order")).width(9),
        Column::quantity("safety", label("warehouse.safety_stock")).width(9),
        Column::quantity("point", label("warehouse.reorder_point")).width(9),
        Column::word("method", label("warehouse.method")).width(8).detail(),
    ]
}

fn cells(one: &Advice, items: &Items, lang: Lang) -> [Cell; 10] {
    let method = match one.levels.point_method {
        Method::Given => "warehouse.method_given",
        Method::Simple => "warehouse.method_simple",
        Method::Statistical => "warehouse.method_statistical",
    };
    [
        items.name(one.item).as_ref().into(),
        items.text(one.item).as_deref().into(),
        items.unit(one.item).as_deref().into(),
        one.on_hand.into(),
        one.allocated.into(),
        Cell::calc("N({on_hand})-N({allocated})", one.available),
        one.on_order.into(),
        one.levels.safety_stock.into(),
        one.levels.reorder_point.into(),
        Cell::word(Tone::Plain, labels::text(lang, method)),
    ]
}
