//! Pages beside the lists: the summary of a plan, over and short by order,
//! the notice to the factory, planned against actual.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::compared::{Compared, Order};
use super::json::PlanActualRow;
use crate::engine::packing::over_short::{Level, Row as Against, Verdict};
use crate::engine::packing::plan::Plan;
use crate::engine::packing::tolerance::Source;
use crate::engine::packing::{CartonRange, Sum};
use crate::lang::Lang;
use crate::report::{Cell, Column, Row, RowStyle, Sheet, Table, Tone, labels};

/// The summary of a plan: a row an order.
pub(super) fn summary(planned: &Plan, lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let mut table = Table::new([
        Column::id("po", label("pack.po")),
        Column::integer("cartons", label("pack.cartons")).sum(),
        Column::integer("lower", label("pack.lower_bound")).sum(),
        Column::word("proved", label("pack.proved")),
        Column::quantity("pieces", label("pack.pieces")).sum(),
        Column::quantity("all_net", label("pack.all_net")).sum(),
        Column::quantity("all_gross", label("pack.all_gross")).sum(),
        Column::quantity("all_cbm", label("pack.all_cbm")).sum(),
    ])
    .total(label("common.total"))
    .empty(label("pack.no_cartons"));
    let mut by_po: FxHashMap<Option<&str>, Vec<&CartonRange>> = FxHashMap::default();
    for range in &planned.cartons {
        let po = range.contents.first().and_then(|one| one.po.as_deref());
        by_po.entry(po).or_default().push(range);
    }
    for bound in &planned.bounds {
        let own = by_po.get(&bound.po.as_deref()).into_iter().flatten();
        let sum = Sum::of(own.copied());
        let gap = bound.cartons.saturating_sub(bound.lower);
        let proved = match gap {
            0 => Cell::word(Tone::Good, label("pack.fewest")),
            gap => Cell::word(
                Tone::Info,
                labels::fill(lang, "pack.gap", &[("count", &gap.to_string())]),
            ),
        };
        table.push(Row::new([
            bound.po.as_deref().into(),
            bound.cartons.into(),
            bound.lower.into(),
            proved,
            sum.pieces.normalize().into(),
            sum.net.into(),
            sum.gross.into(),
            sum.cbm.into(),
        ]));
    }
    let title = label("pack.plan_title");
    Sheet::new("summary", label("pack.summary"))
        .landscape()
        .title(title)
        .table(table)
        .on_terminal(60)
}

fn verdict(verdict: Verdict, lang: Lang) -> Cell {
    let (tone, key) = match verdict {
        Verdict::Within => (Tone::Good, "pack.within"),
        Verdict::Over => (Tone::Bad, "pack.over"),
        Verdict::Short => (Tone::Bad, "pack.short"),
        Verdict::Missing => (Tone::Bad, "pack.missing"),
    };
    Cell::word(tone, labels::text(lang, key))
}

/// The over/short control sheet.
pub(super) fn control(compared: &Compared, lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let mut table = Table::new([
        Column::id("po", label("pack.po")),
        Column::text("style", label("pack.style")),
        Column::text("colour", label("pack.colour")).width(12),
        Column::text("size", label("pack.size")),
        Column::quantity("ordered", label("pack.ordered")),
        Column::quantity("packed", label("pack.packed")),
        Column::quantity("difference", label("pack.difference")),
        Column::percent("percent", label("pack.percent")),
        Column::quantity("minimum", label("pack.minimum")),
        Column::quantity("maximum", label("pack.maximum")),
        Column::word("verdict", label("pack.verdict")),
        Column::text("reason", label("pack.reason")).width(16).input(),
    ])
    .empty(label("pack.no_orders"));
    for row in &compared.rows {
        table.push(control_row(row, &compared.orders[row.order], lang));
    }
    let rules = compared.orders.iter().map(|order| rule(order, lang));
    let mut sheet = Sheet::new("over_short", label("pack.control"))
        .landscape()
        .title(label("pack.control_title"))
        .table(table);
    for rule in rules {
        sheet = sheet.text(rule);
    }
    sheet.text(label("pack.signatures")).on_terminal(0)
}

/// Says by what rule an order is judged.
fn rule(order: &Order, lang: Lang) -> String {
    let from = match &order.source {
        Source::Rule(name) => name.clone(),
        Source::Paper => labels::text(lang, "pack.by_paper").to_owned(),
        Source::Default => labels::text(lang, "pack.by_default").to_owned(),
    };
    let values = [
        ("po", order.po.as_deref().unwrap_or("-")),
        ("over", &*order.tolerance.over.normalize().to_string()),
        ("short", &*order.tolerance.short.normalize().to_string()),
        ("rule", from.as_str()),
    ];
    labels::fill(lang, "pack.rule", &values)
}

fn control_row(row: &Against, order: &Order, lang: Lang) -> Row {
    let share = row.percent().and_then(|percent| percent.checked_div(Decimal::ONE_HUNDRED));
    let percent = match share {
        Some(share) => Cell::calc("ROUND({difference}/{ordered},4)", share),
        None => Cell::Empty,
    };
    let cells = [
        order.po.as_deref().into(),
        row.style.as_deref().into(),
        row.colour.as_deref().into(),
        row.size.as_deref().into(),
        row.ordered.normalize().into(),
        row.packed.normalize().into(),
        Cell::calc("{packed}-{ordered}", row.difference().normalize()),
        percent,
        row.minimum.normalize().into(),
        row.maximum.normalize().into(),
        verdict(row.verdict, lang),
    ];
    let style = match row.level {
        Level::Order => RowStyle::Strong,
        Level::Colour => RowStyle::Subtotal,
        Level::Size => RowStyle::Normal,
    };
    Row::new(cells).style(style).weight(row.difference())
}

/// The summary of over and short: a row an order.
pub(super) fn orders(compared: &Compared, lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let mut table = Table::new([
        Column::id("po", label("pack.po")),
        Column::text("market", label("pack.market")),
        Column::quantity("ordered", label("pack.ordered")).sum(),
        Column::quantity("packed", label("pack.packed")).sum(),
        Column::quantity("difference", label("pack.difference")).sum(),
        Column::percent("percent", label("pack.percent")),
        Column::text("window", label("pack.window")),
        Column::word("verdict", label("pack.verdict")),
    ])
    .total(label("common.total"))
    .empty(label("pack.no_orders"));
    for row in compared.rows.iter().filter(|row| row.level == Level::Order) {
        let order = &compared.orders[row.order];
        let share = row.percent().and_then(|percent| percent.checked_div(Decimal::ONE_HUNDRED));
        table.push(Row::new([
            order.po.as_deref().into(),
            order.market.as_deref().into(),
            row.ordered.normalize().into(),
            row.packed.normalize().into(),
            Cell::calc("{packed}-{ordered}", row.difference().normalize()),
            share.into(),
            format!("{}–{}", row.minimum.normalize(), row.maximum.normalize()).into(),
            verdict(row.verdict, lang),
        ]));
    }
    let title = label("pack.final_title");
    Sheet::new("orders", label("pack.summary"))
        .landscape()
        .title(title)
        .table(table)
        .on_terminal(60)
}

/// The notice to the factory: what must be adjusted before shipment; nothing
/// if nothing must.
pub(super) fn notice(compared: &Compared, lang: Lang) -> Option<Sheet> {
    let label = |key| labels::text(lang, key);
    let outside: Vec<usize> = compared
        .rows
        .iter()
        .filter(|row| row.level == Level::Order && row.verdict != Verdict::Within)
        .map(|row| row.order)
        .collect();
    let missing = |row: &&Against| row.verdict == Verdict::Missing;
    if outside.is_empty() && !compared.rows.iter().any(|row| missing(&row)) {
        return None;
    }
    let mut table = Table::new([
        Column::id("po", label("pack.po")),
        Column::text("colour", label("pack.colour")).width(12),
        Column::text("size", label("pack.size")),
        Column::quantity("ordered", label("pack.ordered")),
        Column::quantity("packed", label("pack.packed")),
        Column::quantity("adjust", label("pack.adjust")),
        Column::text("action", label("pack.action")).width(26),
    ]);
    for row in &compared.rows {
        let order = &compared.orders[row.order];
        let concerned = outside.contains(&row.order) && row.verdict != Verdict::Within;
        if row.level == Level::Colour || !(concerned || missing(&row)) {
            continue;
        }
        let adjust = adjustment(row);
        let action = match adjust {
            adjust if adjust > Decimal::ZERO => "pack.add",
            _ => "pack.take_out",
        };
        let style = if row.level == Level::Order { RowStyle::Strong } else { RowStyle::Normal };
        let cells = [
            order.po.as_deref().into(),
            row.colour.as_deref().into(),
            row.size.as_deref().into(),
            row.ordered.normalize().into(),
            row.packed.normalize().into(),
            adjust.normalize().into(),
            labels::fill(lang, action, &[("count", &adjust.abs().normalize().to_string())]).into(),
        ];
        table.push(Row::new(cells).style(style));
    }
    Some(
        Sheet::new("notice", label("pack.notice"))
            .title(label("pack.notice_title"))
            .text(label("pack.notice_text"))
            .table(table)
            .text(label("pack.signatures")),
    )
}

/// Returns how many pieces bring an amount back into its window.
fn adjustment(row: &Against) -> Decimal {
    if row.packed > row.maximum { row.maximum - row.packed } else { row.minimum - row.packed }
}

/// Planned against actual.
pub(super) fn plan_actual(rows: &[PlanActualRow<'_>], lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let mut table = Table::new([
        Column::id("po", label("pack.po")),
        Column::integer("planned_cartons", label("pack.planned_cartons")),
        Column::integer("actual_cartons", label("pack.actual_cartons")),
        Column::quantity("planned_pieces", label("pack.planned_pieces")),
        Column::quantity("actual_pieces", label("pack.actual_pieces")),
        Column::quantity("planned_gross", label("pack.planned_gross")),
        Column::quantity("actual_gross", label("pack.actual_gross")),
        Column::quantity("planned_cbm", label("pack.planned_cbm")),
        Column::quantity("actual_cbm", label("pack.actual_cbm")),
    ]);
    for row in rows {
        table.push(Row::new(row.cells()));
    }
    let title = label("pack.plan_actual");
    Sheet::new("plan_actual", title).landscape().title(title).table(table)
}
