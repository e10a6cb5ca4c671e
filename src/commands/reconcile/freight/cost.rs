//! The sheet of orders: what freight costs each, and as a share of its sales.

use crate::engine::freight::FreightCost;
use crate::engine::freight::orders::{OrderFreight, share};
use crate::lang::Lang;
use crate::report::{Cell, Column, Row, Sheet, Table, labels};

/// Builds the sheet.
pub(super) fn sheet(cost: &FreightCost, lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let mut table = Table::new(columns(lang))
        .total(label("common.total"))
        .empty(label("freight.no_orders_with_freight"));
    for one in &cost.by_order {
        table.push(row(one));
    }
    Sheet::new("orders", label("freight.orders"))
        .landscape()
        .title(label("freight.orders_title"))
        .fact(label("freight.paid_orders"), cost.orders.to_string())
        .fact(label("freight.sales"), Cell::from(cost.sales))
        .fact(label("freight.parcels"), cost.parcels.to_string())
        .fact(label("freight.freight"), Cell::from(cost.freight))
        .fact(label("freight.per_order"), Cell::from(cost.per_order()))
        .table(table)
        .text(sentence(cost, lang))
}

/// Says what freight comes to beside sales.
pub(super) fn sentence(cost: &FreightCost, lang: Lang) -> String {
    let percent =
        cost.share().map(|share| (share * rust_decimal::Decimal::ONE_HUNDRED).normalize());
    let shown = |value: Option<rust_decimal::Decimal>| {
        value.map_or_else(|| "-".to_owned(), |value| value.to_string())
    };
    let values = [
        ("freight", cost.freight.to_string()),
        ("sales", cost.sales.to_string()),
        ("percent", shown(percent)),
        ("orders", cost.by_order.len().to_string()),
        ("each", shown(cost.per_order())),
    ];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    labels::fill(lang, "freight.told_cost", &values)
}

fn columns(lang: Lang) -> [Column; 9] {
    let label = |key| labels::text(lang, key);
    [
        Column::id("order_no", label("freight.order_no")).width(24),
        Column::text("buyer", label("freight.buyer")).width(12).if_filled(),
        Column::date("date", label("reconcile.date")),
        Column::money("sales", label("freight.sales")).sum(),
        Column::money("freight", label("freight.freight")).sum(),
        Column::percent("share", label("freight.share_of_sales")).width(9),
        Column::text("carrier", label("freight.carrier")).width(14),
        Column::text("waybill", label("freight.waybill")).width(18),
        Column::place("place", label("reconcile.place")).width(16),
    ]
}

fn row(one: &OrderFreight) -> Row {
    let share = share(one.freight, one.order.paid);
    Row::new([
        one.order.order_no.as_deref().unwrap_or_default().into(),
        one.order.buyer.as_deref().unwrap_or_default().into(),
        one.order.date.into(),
        one.order.paid.into(),
        one.freight.into(),
        share.into(),
        one.carriers.join("、").into(),
        one.waybills.join("、").into(),
        one.order.at.clone().into(),
    ])
}
