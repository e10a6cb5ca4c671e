//! Arrivals for people: whom to chase by date, by order, in numbers, and
//! within a day; and the arrival table to hand in.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::super::words::{label, name, shown, unit};
use super::Told;
use crate::engine::bom::arrivals::{Chase, State, Why};
use crate::lang::Lang;
use crate::location::Location;
use crate::report::{Cell, Column, Row, Sheet, Table, Tone, labels};

impl Told<'_> {
    pub(super) fn sheets(&self, today: NaiveDate, lang: Lang) -> Vec<Sheet> {
        vec![
            self.by_date(today, lang),
            self.by_order(lang),
            self.statistics_sheet(lang),
            self.table(lang),
        ]
    }

    /// The list of today: what is needed or comes within a day first.
    fn by_date(&self, today: NaiveDate, lang: Lang) -> Sheet {
        let text = |key| labels::text(lang, key);
        let mut soon = Table::new(columns(lang)).empty(text("bom.nobody"));
        let mut all = Table::new(columns(lang)).empty(text("bom.nobody"));
        for chase in self.chased.iter().filter(|chase| chase.within_a_day) {
            soon.push(self.row(chase, lang));
        }
        let mut by_date: Vec<&Chase> = self.chased.iter().collect();
        by_date
            .sort_by_key(|chase| (chase.line.promised.unwrap_or(NaiveDate::MAX), chase.line.place));
        for chase in by_date {
            all.push(self.row(chase, lang));
        }
        Sheet::new("chase", text("bom.by_date"))
            .landscape()
            .title(text("bom.arrivals_title"))
            .fact(text("bom.today"), today)
            .text(text("bom.by_date"))
            .table(all)
            .text(text("bom.within_a_day"))
            .table(soon)
            .on_terminal(60)
    }

    /// What holds each order, in the order in which orders need it.
    fn by_order(&self, lang: Lang) -> Sheet {
        let text = |key| labels::text(lang, key);
        let mut table = Table::new(columns(lang)).empty(text("bom.nobody"));
        let mut by_order: FxHashMap<usize, Vec<&Chase>> = FxHashMap::default();
        for chase in &self.chased {
            for order in &self.linked[chase.line.place] {
                by_order.entry(*order).or_default().push(chase);
            }
        }
        for net in &self.result.orders {
            let order = &self.plan.orders[net.order];
            let Some(held) = by_order.remove(&net.order) else { continue };
            let day = order.needed_by.map_or_else(|| "—".to_owned(), |day| day.to_string());
            let values =
                [("order", &*order.id), ("product", &*order.product), ("date", day.as_str())];
            table.push(Row::group(labels::fill(lang, "bom.order_needs", &values)));
            held.into_iter().for_each(|chase| table.push(self.row(chase, lang)));
        }
        let title = text("bom.by_order");
        Sheet::new("by_order", title).landscape().title(title).table(table)
    }

    fn row(&self, chase: &Chase, lang: Lang) -> Row {
        let line = self.line(chase);
        let item = line.item.code.clone().or_else(|| line.item.text());
        let described = line.item.code.as_ref().and_then(|_| line.item.text());
        let promised = match (line.promised, &line.promise_words) {
            (Some(day), _) => day.into(),
            (None, Some(words)) => Cell::from(&**words),
            (None, None) => Cell::Empty,
        };
        let (tone, key) = match chase.why {
            Why::Overdue => (Tone::Bad, "bom.why_overdue"),
            Why::NoDate => (Tone::Warning, "bom.why_no_date"),
            Why::AfterNeed => (Tone::Warning, "bom.why_after_need"),
            Why::DueSoon => (Tone::Info, "bom.why_due_soon"),
        };
        Row::new([
            line.order_no.as_ref().map(|no| &*no.text).into(),
            line.supplier.as_ref().map(|supplier| &*supplier.value).into(),
            item.as_deref().into(),
            described.as_deref().into(),
            shown(line.open).into(),
            line.unit.as_deref().into(),
            promised,
            chase.line.needed_by.into(),
            chase.days_late.map(Decimal::from).into(),
            Cell::word(tone, labels::text(lang, key)),
            line.buyer.as_deref().into(),
            line.at.clone().into(),
        ])
    }

    fn statistics_sheet(&self, lang: Lang) -> Sheet {
        let text = |key| labels::text(lang, key);
        let mut table = Table::new([
            Column::text("supplier", text("bom.supplier")).width(30),
            Column::integer("open", text("bom.open_lines")).sum(),
            Column::integer("overdue", text("bom.why_overdue")).sum(),
            Column::integer("no_date", text("bom.why_no_date")).sum(),
            Column::integer("after_need", text("bom.why_after_need")).sum(),
            Column::integer("due_soon", text("bom.why_due_soon")).sum(),
            Column::integer("most", text("bom.most_days")),
        ])
        .total(text("common.total"))
        .empty(text("bom.nobody"));
        for row in self.statistics() {
            table.push(Row::new([
                row.supplier.unwrap_or(text("bom.no_supplier")).into(),
                row.open_lines.into(),
                row.overdue.into(),
                row.no_date.into(),
                row.after_need.into(),
                row.due_soon.into(),
                Decimal::from(row.most_days_late).into(),
            ]));
        }
        let title = text("bom.statistics");
        Sheet::new("statistics", title).landscape().title(title).table(table)
    }

    /// The arrival table for the deputy general manager.
    fn table(&self, lang: Lang) -> Sheet {
        let text = |key| labels::text(lang, key);
        let mut table = Table::new([
            Column::id("order", text("bom.order")).width(14),
            Column::id("item", text("bom.item")).width(14),
            Column::text("name", text("bom.name")).width(26),
            Column::text("unit", text("bom.unit")).if_filled(),
            Column::quantity("needed", text("bom.needed")),
            Column::quantity("short", text("bom.short")),
            Column::date("promised", text("bom.promised")),
            Column::date("arrived", text("bom.arrived")).if_filled(),
            Column::date("needed_by", text("bom.needed_by")),
            Column::integer("days_late", text("bom.days_late")).if_filled(),
            Column::word("state", text("bom.state")),
            Column::text("arrival", text("bom.arrival")).width(28),
            Column::place("at", text("appendix.place")).width(24).detail(),
        ])
        .empty(text("bom.nothing_needed"));
        let said: FxHashMap<&Location, &str> =
            self.notes.iter().map(|note| (&note.at, note.text.as_str())).collect();
        for line in &self.arrivals {
            let items = &self.plan.graph.items;
            let (tone, key) = state_word(line.state);
            table.push(Row::new([
                line.order.map(|order| &*self.plan.orders[order].id).into(),
                label(items, line.item).into(),
                name(items, line.item).into(),
                unit(items, line.item).into(),
                shown(line.needed).into(),
                shown(line.arrival.short).into(),
                line.promised_day().into(),
                line.arrival.arrived.into(),
                line.arrival.needed_by.into(),
                line.days_late.map(Decimal::from).into(),
                Cell::word(tone, text(key)),
                said.get(&line.at).copied().into(),
                line.at.clone().into(),
            ]));
        }
        let title = text("bom.arrival_table");
        Sheet::new("arrivals", title).landscape().title(title).table(table).on_terminal(60)
    }
}

/// Returns what people call the state of a line.
fn state_word(state: State) -> (Tone, &'static str) {
    match state {
        State::There => (Tone::Good, "bom.state_there"),
        State::CameLate => (Tone::Info, "bom.state_came_late"),
        State::Comes => (Tone::Info, "bom.state_comes"),
        State::ComesLate => (Tone::Warning, "bom.state_comes_late"),
        State::Overdue => (Tone::Bad, "bom.state_overdue"),
        State::NoDate => (Tone::Warning, "bom.state_no_date"),
        State::NotOrdered => (Tone::Bad, "bom.state_not_ordered"),
    }
}

fn columns(lang: Lang) -> [Column; 12] {
    let text = |key| labels::text(lang, key);
    [
        Column::id("purchase_order", text("bom.purchase_order")).width(14),
        Column::text("supplier", text("bom.supplier")).width(22),
        Column::id("item", text("bom.item")).width(12),
        Column::text("name", text("bom.name")).width(22),
        Column::quantity("open", text("bom.open_quantity")),
        Column::text("unit", text("bom.unit")).if_filled(),
        Column::date("promised", text("bom.promised")),
        Column::date("needed_by", text("bom.needed_by")),
        Column::integer("days_late", text("bom.days_late")).if_filled(),
        Column::word("why", text("bom.why")),
        Column::text("buyer", text("bom.buyer")).if_filled(),
        Column::place("at", text("appendix.place")).width(24).detail(),
    ]
}
