//! Shortages for people: the answer for each order in one line, then items,
//! who gets what, and what to buy.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::words::{label, name, shown, unit};
use super::Told;
use crate::engine::bom::shortage::{ItemNet, OrderNet};
use crate::lang::Lang;
use crate::report::{Cell, Column, Row, Sheet, Table, Tone, labels};

impl Told<'_> {
    /// Returns the answer to 'is it enough' for every order.
    pub(super) fn answers(&self, lang: Lang) -> Vec<String> {
        let mut said: Vec<String> =
            self.result.orders.iter().map(|net| self.answer(net, lang)).collect();
        let mut lists = self.plan.papers.boms.iter().flat_map(|bom| &bom.lines);
        if !self.plan.papers.has_stock && lists.all(|line| line.on_hand.is_none()) {
            said.push(labels::text(lang, "bom.no_stock").to_owned());
        }
        if said.is_empty() {
            said.push(labels::text(lang, "bom.no_orders").to_owned());
        }
        said
    }

    /// What an empty list means: nothing is short, or nothing was asked for.
    fn nothing(&self) -> &'static str {
        if self.result.orders.is_empty() { "bom.no_orders" } else { "bom.nothing_short" }
    }

    fn answer(&self, net: &OrderNet, lang: Lang) -> String {
        let order = &self.plan.orders[net.order];
        let day = self.complete_on(net).map(|day| day.to_string());
        if net.enough {
            let values = [("order", &*order.id), ("date", day.as_deref().unwrap_or("—"))];
            return labels::fill(lang, "bom.answer_enough", &values);
        }
        let when = match &day {
            Some(day) => labels::fill(lang, "bom.complete_by", &[("date", day)]),
            None => labels::text(lang, "bom.complete_never").to_owned(),
        };
        let values = [
            ("order", &*order.id),
            ("buildable", &*net.buildable.to_string()),
            ("items", &*self.waiting(net, lang)),
            ("date", &*when),
        ];
        labels::fill(lang, "bom.answer_short", &values)
    }

    fn waiting(&self, net: &OrderNet, lang: Lang) -> String {
        let labels: Vec<&str> =
            net.waiting_for.iter().map(|item| label(self.items(), *item)).collect();
        labels.join(if lang == Lang::En { ", " } else { "、" })
    }

    pub(super) fn sheets(&self, lang: Lang) -> Vec<Sheet> {
        let mut sheets = vec![
            self.orders_sheet(lang),
            self.items_sheet(lang, true),
            self.purchases_sheet(lang),
            self.allocations_sheet(lang),
            self.items_sheet(lang, false),
        ];
        if !self.result.assemblies.is_empty() {
            sheets.push(self.assemblies_sheet(lang));
        }
        if !self.result.replacements.is_empty() {
            sheets.push(self.substitutes_sheet(lang));
        }
        sheets
    }

    fn orders_sheet(&self, lang: Lang) -> Sheet {
        let text = |key| labels::text(lang, key);
        let mut table = Table::new([
            Column::id("order", text("bom.order")).width(16),
            Column::id("product", text("bom.product")).width(14),
            Column::quantity("quantity", text("bom.quantity")),
            Column::text("customer", text("bom.customer")).width(18).if_filled(),
            Column::date("needed_by", text("bom.needed_by")).if_filled(),
            Column::word("enough", text("bom.enough")),
            Column::quantity("buildable", text("bom.buildable")),
            Column::date("complete_on", text("bom.complete_on")),
            Column::text("waiting_for", text("bom.waiting_for")).width(36),
        ])
        .empty(text("bom.no_orders"));
        for net in &self.result.orders {
            let order = &self.plan.orders[net.order];
            let (tone, word) =
                if net.enough { (Tone::Good, "bom.yes") } else { (Tone::Bad, "bom.no") };
            let complete = self
                .complete_on(net)
                .map_or_else(|| Cell::word(Tone::Warning, text("bom.never")), Cell::from);
            table.push(Row::new([
                (&*order.id).into(),
                (&*order.product).into(),
                order.quantity.into(),
                order.customer.as_deref().into(),
                order.needed_by.into(),
                Cell::word(tone, text(word)),
                net.buildable.into(),
                complete,
                self.waiting(net, lang).into(),
            ]));
        }
        let mut sheet = Sheet::new("orders", text("bom.orders_title"))
            .landscape()
            .title(text("bom.shortage_title"))
            .table(table)
            .on_terminal(60);
        for answer in self.answers(lang) {
            sheet = sheet.text(answer);
        }
        sheet
    }

    fn items_sheet(&self, lang: Lang, only_short: bool) -> Sheet {
        let text = |key| labels::text(lang, key);
        let mut table = Table::new([
            Column::id("item", text("bom.item")).width(16),
            Column::text("name", text("bom.name")).width(30),
            Column::text("unit", text("bom.unit")).if_filled(),
            Column::quantity("gross", text("bom.gross")),
            Column::quantity("on_hand", text("bom.on_hand")),
            Column::quantity("allocated", text("bom.allocated_stock")),
            Column::quantity("safety", text("bom.safety")),
            Column::quantity("in_time", text("bom.in_time")),
            Column::quantity("late", text("bom.late")),
            Column::quantity("net", text("bom.net")),
            Column::quantity("purchase", text("bom.purchase")),
            Column::date("needed_by", text("bom.needed_by")).if_filled(),
        ])
        .empty(text(self.nothing()));
        let nets = self.result.items.iter();
        for net in nets.filter(|net| !only_short || net.net > Decimal::ZERO) {
            table.push(self.item_cells(net));
        }
        let (key, title) = match only_short {
            true => ("short", text("bom.items_short")),
            false => ("items", text("bom.items")),
        };
        let sheet = Sheet::new(key, title).landscape().title(title).table(table);
        if only_short { sheet.on_terminal(60) } else { sheet }
    }

    fn item_cells(&self, net: &ItemNet) -> Row {
        let supply = self.supplies.of.get(&net.item).cloned().unwrap_or_default();
        // What a substitute covers is no figure of this row.
        let formula = "MAX(0,{gross}+{safety}+{allocated}-{on_hand}-{in_time})";
        let short = shown(net.net);
        let net_cell = match net.substituted.is_zero() {
            true => Cell::calc(formula, short),
            false => short.into(),
        };
        Row::new([
            label(self.items(), net.item).into(),
            name(self.items(), net.item).into(),
            unit(self.items(), net.item).into(),
            shown(net.gross).into(),
            shown(supply.on_hand).into(),
            shown(supply.allocated).into(),
            shown(supply.safety_stock).into(),
            shown(net.in_time).into(),
            shown(net.late).into(),
            net_cell,
            shown(net.purchase).into(),
            net.needed_by.into(),
        ])
    }

    fn purchases_sheet(&self, lang: Lang) -> Sheet {
        let text = |key| labels::text(lang, key);
        let mut table = Table::new([
            Column::id("item", text("bom.item")).width(16),
            Column::text("name", text("bom.name")).width(34),
            Column::text("unit", text("bom.unit")).if_filled(),
            Column::quantity("quantity", text("bom.purchase")),
            Column::date("needed_by", text("bom.needed_by")).if_filled(),
            Column::price("price", text("bom.price")).if_filled(),
            Column::money("amount", text("bom.amount")).sum().if_filled(),
        ])
        .total(text("common.total"))
        .empty(text(self.nothing()));
        let mut supplier: Option<Option<&str>> = None;
        for row in self.purchases() {
            if supplier != Some(row.supplier) {
                supplier = Some(row.supplier);
                table.push(Row::group(row.supplier.unwrap_or(text("bom.no_supplier"))));
            }
            let amount = row.unit_price.and_then(|price| price.checked_mul(row.order_quantity));
            let amount = amount.map(|amount| {
                let strategy = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
                amount.round_dp_with_strategy(2, strategy)
            });
            let amount = amount
                .map_or(Cell::Empty, |amount| Cell::calc("ROUND({quantity}*{price},2)", amount));
            table.push(Row::new([
                row.item.into(),
                row.name.as_str().into(),
                row.unit.into(),
                shown(row.order_quantity).into(),
                row.needed_by.into(),
                row.unit_price.into(),
                amount,
            ]));
        }
        let title = text("bom.purchases");
        Sheet::new("purchases", title).title(title).table(table)
    }

    fn allocations_sheet(&self, lang: Lang) -> Sheet {
        let text = |key| labels::text(lang, key);
        let mut table = Table::new([
            Column::id("item", text("bom.item")).width(16),
            Column::id("order", text("bom.order")).width(16),
            Column::date("needed_by", text("bom.needed_by")).if_filled(),
            Column::quantity("needed", text("bom.needed")),
            Column::quantity("allocated", text("bom.allocated")),
            Column::quantity("short", text("bom.short")),
        ])
        .empty(text("bom.nothing_needed"));
        for net in &self.result.items {
            for share in &net.shares {
                let order = &self.plan.orders[share.demand.order];
                let by: Option<NaiveDate> = order.needed_by;
                table.push(Row::new([
                    label(self.items(), net.item).into(),
                    (&*order.id).into(),
                    by.into(),
                    shown(share.demand.needed).into(),
                    shown(share.allocated()).into(),
                    Cell::calc(
                        "{needed}-{allocated}",
                        shown(share.demand.needed) - shown(share.allocated()),
                    ),
                ]));
            }
        }
        let title = text("bom.allocations");
        Sheet::new("allocations", title).title(title).table(table)
    }

    fn assemblies_sheet(&self, lang: Lang) -> Sheet {
        let text = |key| labels::text(lang, key);
        let mut table = Table::new([
            Column::id("item", text("bom.item")).width(16),
            Column::id("order", text("bom.order")).width(16),
            Column::quantity("needed", text("bom.needed")),
            Column::quantity("ready_made", text("bom.ready_made")),
        ]);
        for one in &self.result.assemblies {
            table.push(Row::new([
                label(self.items(), one.item).into(),
                (&*self.plan.orders[one.order].id).into(),
                shown(one.needed).into(),
                shown(one.ready_made).into(),
            ]));
        }
        let title = text("bom.assemblies");
        Sheet::new("assemblies", title).title(title).table(table)
    }

    fn substitutes_sheet(&self, lang: Lang) -> Sheet {
        let text = |key| labels::text(lang, key);
        let mut table = Table::new([
            Column::id("item", text("bom.item")).width(16),
            Column::id("order", text("bom.order")).width(16),
            Column::id("by", text("bom.by")).width(16),
            Column::quantity("covers", text("bom.covers")),
            Column::quantity("taken", text("bom.taken")),
        ]);
        for one in &self.result.replacements {
            table.push(Row::new([
                label(self.items(), one.item).into(),
                (&*self.plan.orders[one.order].id).into(),
                label(self.items(), one.by).into(),
                shown(one.covers).into(),
                shown(one.taken).into(),
            ]));
        }
        let title = text("bom.substitutes");
        Sheet::new("substitutes", title).title(title).table(table)
    }
}
