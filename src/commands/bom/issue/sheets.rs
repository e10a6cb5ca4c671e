//! Issue lists on paper: one sheet an order with the batches to pick and the
//! signatures, what goes with it, and the supplement slip.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use super::super::words::{label, name, shown, unit};
use super::{List, Listed, Told, text};
use crate::commands::stock::papers_to_sign;
use crate::lang::Lang;
use crate::report::{Cell, Column, Row, Sheet, Table, Tone, labels};

/// So many lines of a supplement slip are left to be written on.
const LINES_TO_COME: usize = 6;

/// What goes with the material: the paper, its copies, who gets them.
const PACKAGE: [(&str, u32, &str); 6] = [
    ("bom.package_notice", 6, "bom.package_notice_to"),
    ("bom.package_permit", 3, "bom.package_permit_to"),
    ("bom.package_process", 1, "bom.package_factory"),
    ("bom.package_card", 1, "bom.package_factory"),
    ("bom.package_pattern", 1, "bom.package_factory"),
    ("bom.package_control", 1, "bom.package_control_to"),
];

/// A paper that goes with the material, as JSON shows it.
#[derive(Debug, Serialize)]
pub(super) struct PaperRow {
    paper: &'static str,
    copies: u32,
    recipients: &'static str,
}

/// Returns the papers that go with the material.
pub(super) fn papers(lang: Lang) -> impl Iterator<Item = PaperRow> {
    PACKAGE.into_iter().map(move |(paper, copies, to)| PaperRow {
        paper: labels::text(lang, paper),
        copies,
        recipients: labels::text(lang, to),
    })
}

impl Told<'_> {
    pub(super) fn sheets(&self, today: NaiveDate, lang: Lang) -> Vec<Sheet> {
        let mut sheets: Vec<Sheet> =
            self.lists.iter().map(|list| self.list_sheet(list, today, lang)).collect();
        sheets.push(self.supplement_sheet(today, lang));
        sheets.push(package_sheet(lang));
        sheets
    }

    fn list_sheet(&self, list: &List<'_>, today: NaiveDate, lang: Lang) -> Sheet {
        let word = |key| labels::text(lang, key);
        let items = &self.plan.graph.items;
        let mut table = Table::new([
            Column::id("item", word("bom.item")).width(14),
            Column::text("name", word("bom.name")).width(26),
            Column::text("unit", word("bom.unit")),
            Column::quantity("norm", word("bom.norm")),
            Column::quantity("issued", word("bom.issued")),
            Column::quantity("to_issue", word("bom.to_issue")),
            Column::text("picks", word("bom.picks")).width(34),
            Column::quantity("short", word("bom.short")),
            Column::quantity("over", word("bom.over")),
            Column::quantity("actual", word("bom.actual")).input(),
        ])
        .empty(word("bom.nothing_needed"));
        for Listed { line, picked, .. } in &list.lines {
            let picks = line.picks.iter().zip(picked).map(|(pick, batch)| {
                let place = [&batch.warehouse, &batch.location, &batch.batch];
                let place: Vec<&str> = place.into_iter().flatten().map(|part| &**part).collect();
                format!("{} {}", place.join(" "), shown(pick.quantity))
            });
            let picks: Vec<String> = picks.map(|pick| pick.trim().to_owned()).collect();
            table.push(Row::new([
                label(items, line.item).into(),
                name(items, line.item).into(),
                unit(items, line.item).into(),
                shown(line.norm).into(),
                shown(line.issued).into(),
                Cell::calc(
                    "MAX(0,{norm}-{issued})",
                    (shown(line.norm) - shown(line.issued)).max(Decimal::ZERO),
                ),
                picks.join("；").into(),
                positive(line.short),
                positive(line.over),
                Cell::Empty,
            ]));
        }
        let order = list.order;
        let sheet = Sheet::new("issue", order.id.to_string())
            .landscape()
            .title(word("bom.issue_title"))
            .fact(word("bom.order"), &*order.id)
            .fact(word("bom.product"), &*order.product)
            .fact(word("bom.quantity"), shown(order.quantity).to_string());
        let sheet = match order.needed_by {
            Some(by) => sheet.fact(word("bom.needed_by"), by),
            None => sheet,
        };
        let sheet = sheet.fact(word("bom.today"), today).table(table);
        let sheet = match list.lines.iter().any(|listed| listed.made) {
            true => sheet.text(word("bom.ready_made_issued")),
            false => sheet,
        };
        let sheet = match self.plan.papers.has_stock {
            true => sheet,
            false => sheet.text(word("bom.no_stock")),
        };
        let signers = ["bom.sign_maker", "bom.sign_keeper", "bom.sign_receiver", "bom.sign_head"];
        papers_to_sign(sheet, &signers, lang).on_terminal(60)
    }

    /// Supplements that were asked for, and lines for those to come.
    fn supplement_sheet(&self, today: NaiveDate, lang: Lang) -> Sheet {
        let word = |key| labels::text(lang, key);
        let mut table = Table::new([
            Column::id("order", word("bom.order")).width(16),
            Column::id("item", word("bom.item")).width(18),
            Column::quantity("quantity", word("bom.quantity")),
            Column::text("reason", word("bom.reason")).width(30).input(),
            Column::text("signed", word("bom.signed")).width(14).input(),
            Column::text("confirmed", word("bom.confirmed")).width(14).input(),
            Column::word("state", word("bom.state")),
        ]);
        for slip in &self.supplements {
            let complete =
                slip.reason.is_some() && slip.signed.is_some() && slip.confirmed.is_some();
            let (tone, key) = match complete {
                true => (Tone::Good, "bom.complete"),
                false => (Tone::Warning, "bom.incomplete"),
            };
            table.push(Row::new([
                slip.order_no.as_ref().map(|no| &*no.text).into(),
                text(slip).into(),
                shown(slip.issued).into(),
                slip.reason.as_deref().into(),
                slip.signed.as_deref().into(),
                slip.confirmed.as_deref().into(),
                Cell::word(tone, word(key)),
            ]));
        }
        for _ in 0..LINES_TO_COME {
            table.push(Row::new(std::array::from_fn::<_, 7, _>(|_| Cell::Empty)));
        }
        let title = word("bom.supplement_title");
        let sheet = Sheet::new("supplement", title)
            .landscape()
            .title(title)
            .fact(word("bom.today"), today)
            .table(table)
            .text(word("bom.supplement_rule"));
        papers_to_sign(sheet, &["bom.sign_factory", "bom.sign_head", "bom.sign_trade"], lang)
    }
}

fn positive(quantity: Decimal) -> Cell {
    if quantity > Decimal::ZERO { shown(quantity).into() } else { Cell::Empty }
}

/// What goes with the material.
fn package_sheet(lang: Lang) -> Sheet {
    let word = |key| labels::text(lang, key);
    let mut table = Table::new([
        Column::text("paper", word("bom.paper")).width(26),
        Column::integer("copies", word("bom.copies")),
        Column::text("to", word("bom.recipients")).width(44),
        Column::text("received", word("bom.sign_received")).width(20).input(),
    ]);
    for (paper, copies, to) in PACKAGE {
        table.push(Row::new([word(paper).into(), copies.into(), word(to).into(), Cell::Empty]));
    }
    let title = word("bom.package");
    Sheet::new("package", title).title(title).table(table)
}
