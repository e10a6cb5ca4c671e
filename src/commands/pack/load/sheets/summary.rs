//! How many containers, how full, and what is left over.

use rust_decimal::Decimal;

use super::super::identity::{Loaded, Plan};
use super::super::json::{cubic_metres, fill};
use crate::lang::Lang;
use crate::records::CartonRow;
use crate::report::{Cell, Column, Row, Sheet, Table, labels};

/// How many containers the terminal shows.
const SHOWN: usize = 40;

/// Returns the summary.
pub(super) fn sheet(plan: &Plan, rows: &[CartonRow], lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let count = plan.containers.len();
    let proved = plan.left_over.is_empty() && count as u64 == plan.least;
    let key = if proved { "load.bound_proved" } else { "load.bound_gap" };
    let (count, least) = (count.to_string(), plan.least.to_string());
    let bound = labels::fill(lang, key, &[("count", &count), ("least", &least)]);
    let left: u64 = plan.left_over.iter().map(|left| u64::from(left.count)).sum();
    let mut sheet = Sheet::new("load.summary", label("load.summary"))
        .landscape()
        .on_terminal(SHOWN)
        .title(label("load.title"))
        .fact(label("load.containers"), bound)
        .fact(label("load.left_over_count"), left.to_string())
        .table(containers(plan, rows, lang));
    if plan.containers.iter().any(Loaded::is_loose) {
        sheet = sheet.text(label("load.loose_note"));
    }
    if !plan.left_over.is_empty() {
        sheet = sheet.text(label("load.left_over")).table(left_over(plan, rows, lang));
    }
    sheet
}

fn containers(plan: &Plan, rows: &[CartonRow], lang: Lang) -> Table {
    let label = |key| labels::text(lang, key);
    let mut table = Table::new([
        Column::integer("container", label("load.container")).width(7),
        Column::text("type", label("load.type")).width(16),
        Column::integer("cartons", label("load.cartons")).sum(),
        Column::quantity("cbm", label("load.cbm")).sum(),
        Column::percent("fill", label("load.fill")),
        Column::quantity("payload", label("load.payload")).sum(),
        Column::percent("payload_share", label("load.payload_share")),
        Column::integer("length", label("load.length_used")).detail(),
        Column::integer("gap", label("load.door_gap")),
        Column::text("centre", label("load.centre")).width(20).detail(),
    ])
    .total(label("load.total"));
    for (at, loaded) in plan.containers.iter().enumerate() {
        table.push(container(at + 1, loaded, rows));
    }
    table
}

fn container(number: usize, loaded: &Loaded, rows: &[CartonRow]) -> Row {
    let planned = !loaded.is_loose();
    let weight = loaded.weight(rows);
    let share = loaded
        .container
        .payload
        .and_then(|most| weight.checked_div(Decimal::from(most)).map(|share| share.round_dp(4)));
    let centre = loaded.balance.map(|balance| balance.centre.map(|at| at.to_string()).join(" / "));
    let length = planned.then(|| loaded.length());
    Row::new([
        Cell::from(number),
        Cell::from(loaded.container.name()),
        Cell::from(loaded.boxes.len()),
        Cell::from(cubic_metres(u128::from(loaded.volume())).round_dp(3)),
        Cell::from(planned.then(|| fill(loaded))),
        Cell::from(weight),
        Cell::from(share.filter(|_| weight > Decimal::ZERO)),
        Cell::from(length),
        Cell::from(length.map(|length| loaded.room.size[0].saturating_sub(length))),
        Cell::from(centre),
    ])
}

fn left_over(plan: &Plan, rows: &[CartonRow], lang: Lang) -> Table {
    let label = |key| labels::text(lang, key);
    let mut table = Table::new([
        Column::id("left_carton", label("load.carton")),
        Column::integer("left_count", label("load.left_over_count")).sum(),
        Column::text("left_reason", label("load.reason")).width(24),
        Column::place("left_place", label("load.place")),
    ])
    .total(label("load.total"));
    for left in &plan.left_over {
        let row = &rows[left.row];
        let reason = match left.reason {
            "too-heavy" => label("load.too_heavy"),
            "too-large" => label("load.too_large"),
            _ => label("load.limit"),
        };
        table.push(Row::new([
            Cell::from(&*row.called),
            Cell::from(left.count),
            Cell::from(reason),
            Cell::from(row.at.clone()),
        ]));
    }
    table
}
