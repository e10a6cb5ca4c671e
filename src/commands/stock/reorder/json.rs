//! The machine side of the advice.

use chrono::NaiveDate;
use serde::Serialize;

use super::super::numbers::{money, plain};
use crate::engine::stock::items::Items;
use crate::engine::stock::reorder::{Advice, Method};

/// What to buy of an item, and why.
#[derive(Debug, Serialize)]
pub(super) struct SuggestionRow {
    item: String,
    on_hand: String,
    allocated: String,
    on_order: String,
    safety_stock: Option<String>,
    reorder_point: Option<String>,
    available: String,
    suggested: String,
    supplier: Option<String>,
    needed_by: NaiveDate,
    name: Option<String>,
    unit: Option<String>,
    safety_method: &'static str,
    reorder_method: &'static str,
    daily_usage: Option<String>,
    order_multiple: Option<String>,
    min_order: Option<String>,
    last_price: Option<String>,
    amount: Option<String>,
    order_by: Option<NaiveDate>,
    overdue: String,
    next_promise: Option<NaiveDate>,
    at: Vec<String>,
}

/// Returns the rows of `suggestions`: only what needs buying.
pub(super) fn suggestions<'r>(
    advice: &'r [Advice],
    items: &'r Items,
) -> impl Iterator<Item = SuggestionRow> + 'r {
    advice.iter().filter(|one| !one.suggested.is_zero()).map(|one| row(one, items))
}

/// Returns the rows of `alerts`: below safety, and enough is coming.
pub(super) fn alerts<'r>(
    advice: &'r [Advice],
    items: &'r Items,
) -> impl Iterator<Item = SuggestionRow> + 'r {
    advice.iter().filter(|one| one.suggested.is_zero()).map(|one| row(one, items))
}

fn row(one: &Advice, items: &Items) -> SuggestionRow {
    SuggestionRow {
        item: items.name(one.item).to_string(),
        on_hand: plain(one.on_hand),
        allocated: plain(one.allocated),
        on_order: plain(one.on_order),
        safety_stock: one.levels.safety_stock.map(plain),
        reorder_point: one.levels.reorder_point.map(plain),
        available: plain(one.available),
        suggested: plain(one.suggested),
        supplier: one.supplier.as_deref().map(str::to_owned),
        needed_by: one.needed_by,
        name: items.text(one.item).map(|text| text.to_string()),
        unit: items.unit(one.item).map(|unit| unit.to_string()),
        safety_method: method(one.levels.safety_method),
        reorder_method: method(one.levels.point_method),
        daily_usage: one.daily_usage.map(|usage| plain(usage.round_dp(4))),
        order_multiple: one.multiple.map(plain),
        min_order: one.minimum.map(plain),
        last_price: one.last_price.map(plain),
        amount: one.amount().map(money),
        order_by: one.order_by,
        overdue: plain(one.overdue),
        next_promise: one.next_promise,
        at: one.at.iter().map(ToString::to_string).collect(),
    }
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Given => "given",
        Method::Simple => "simple",
        Method::Statistical => "statistical",
    }
}
