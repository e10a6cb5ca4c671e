//! Packing lists as pages to sign: one an order, sizes in columns, totals as
//! live formulas.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::lists::{OfOrder, by_order};
use crate::commands::Context;
use crate::engine::packing::{CartonKind, CartonRange, Outer, Sum};
use crate::lang::Lang;
use crate::records::packing::{po_key, size_key};
use crate::report::{Cell, Column, Paper, Row, RowStyle, Sheet, Table, labels};
use crate::words::in_words;

/// Names of the columns of sizes, for formulas.
const SIZES: [&str; 24] = [
    "size_1", "size_2", "size_3", "size_4", "size_5", "size_6", "size_7", "size_8", "size_9",
    "size_10", "size_11", "size_12", "size_13", "size_14", "size_15", "size_16", "size_17",
    "size_18", "size_19", "size_20", "size_21", "size_22", "size_23", "size_24",
];

/// What a list is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListKind {
    /// What is to be packed.
    Simulated,
    /// What was packed.
    Final,
}

/// With more orders than this they stand in one list.
const MOST_SHEETS: usize = 40;

/// What lists are printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(super) enum ListPaper {
    /// A4.
    #[default]
    A4,
    /// US letter.
    Letter,
}

/// What lists are made with.
pub(super) struct Maker<'a> {
    /// Who orders are for, by the orders' keys.
    pub(super) buyers: &'a [(String, Arc<str>)],
    pub(super) kind: ListKind,
    pub(super) paper: ListPaper,
    /// The sizes by key, in their own sequence.
    pub(super) sizes: &'a [String],
    pub(super) context: &'a Context,
}

impl Maker<'_> {
    /// Makes the lists: a sheet an order; one for all where there are very
    /// many.
    pub(super) fn sheets(&self, cartons: &[&CartonRange]) -> Vec<Sheet> {
        let orders = by_order(cartons.iter().copied(), |range| range);
        if orders.len() > MOST_SHEETS {
            return vec![self.list_sheet(None, cartons)];
        }
        let sheet = |order: &OfOrder<'_, CartonRange>| self.list_sheet(order.po, &order.cartons);
        orders.iter().map(sheet).collect()
    }

    /// Starts a list with the factory's head and the buyer's name.
    fn head(&self, name: String, title: &str, po: Option<&Arc<str>>) -> Sheet {
        let company = &self.context.settings.company;
        let mut sheet = Sheet::new("list", name).landscape();
        if self.paper == ListPaper::Letter {
            sheet = sheet.paper(Paper::Letter);
        }
        for line in [&company.name, &company.address, &company.phone].into_iter().flatten() {
            sheet = sheet.text(line.clone());
        }
        sheet = sheet.title(title);
        let key = po.map(|po| po_key(po));
        let mut buyers: Vec<&str> = self
            .buyers
            .iter()
            .filter(|(order, _)| key.as_ref().is_none_or(|key| key == order))
            .map(|(_, buyer)| &**buyer)
            .collect();
        buyers.sort_unstable();
        buyers.dedup();
        if let [buyer] = buyers.as_slice() {
            let label = labels::text(self.context.lang, "pack.buyer");
            sheet = sheet.fact(label, Cell::Text((*buyer).to_owned()));
        }
        sheet
    }

    fn list_sheet(&self, po: Option<&Arc<str>>, cartons: &[&CartonRange]) -> Sheet {
        let lang = self.context.lang;
        let label = |key| labels::text(lang, key);
        let title = label(match self.kind {
            ListKind::Simulated => "pack.simulated_list",
            ListKind::Final => "pack.final_list",
        });
        let name = match po {
            Some(po) => format!("{} {po}", label("pack.list")),
            None => label("pack.list").to_owned(),
        };
        let mut sheet = self.head(name, title, po);
        if let Some(po) = po {
            sheet = sheet.fact(label("pack.po"), Cell::Text(po.to_string()));
        }
        let mut destinations: Vec<&str> =
            cartons.iter().filter_map(|range| range.destination.as_deref()).collect();
        destinations.dedup();
        if !destinations.is_empty() {
            sheet = sheet.fact(label("pack.destination"), destinations.join(", "));
        }
        sheet = sheet.fact(label("pack.date"), self.context.today);
        let sum = Sum::of(cartons.iter().copied());
        sheet = sheet.table(table(cartons, &sizes(cartons, self.sizes), po.is_none(), lang));
        let words = in_words(Decimal::from(sum.cartons), Lang::En).unwrap_or_default();
        let words = words.trim_end_matches(" and 00/100").to_uppercase();
        sheet.text(format!("SAY TOTAL {words} ({}) CARTONS ONLY.", sum.cartons))
    }
}

/// The sizes of cartons, in their own sequence as far as it is known, else as
/// they come; too many for columns are none.
fn sizes(cartons: &[&CartonRange], sequence: &[String]) -> Vec<Arc<str>> {
    let mut found: Vec<(String, Arc<str>)> = Vec::new();
    for size in cartons.iter().flat_map(|range| &range.contents).filter_map(|one| one.size.as_ref())
    {
        let key = size_key(size);
        if found.iter().all(|(known, _)| *known != key) {
            found.push((key, Arc::clone(size)));
        }
    }
    if found.len() > SIZES.len() {
        found.clear();
    }
    let place = |key: &String| sequence.iter().position(|known| known == key);
    found.sort_by_key(|(key, _)| place(key).unwrap_or(usize::MAX));
    found.into_iter().map(|(_, size)| size).collect()
}

fn table(cartons: &[&CartonRange], sizes: &[Arc<str>], several: bool, lang: Lang) -> Table {
    let label = |key| labels::text(lang, key);
    let mut columns = Vec::new();
    if several {
        columns.push(Column::id("po", label("pack.po")));
    }
    columns.extend([
        Column::text("carton_no", label("pack.carton_no")).width(9),
        Column::integer("cartons", label("pack.cartons")),
        Column::text("style", label("pack.style")),
        Column::text("colour", label("pack.colour")).width(10),
    ]);
    if sizes.is_empty() {
        columns.push(Column::text("contents", label("pack.contents")).width(24));
    }
    for (key, size) in SIZES.iter().zip(sizes) {
        columns.push(Column::quantity(key, size.to_string()).width(5));
    }
    columns.extend([
        Column::quantity("per_carton", label("pack.per_carton")),
        Column::quantity("pieces", label("pack.pieces")),
        Column::money("net", label("pack.net")),
        Column::money("gross", label("pack.gross")),
        Column::money("all_net", label("pack.all_net")),
        Column::money("all_gross", label("pack.all_gross")),
        Column::text("outer", label("pack.outer")).width(12),
        Column::quantity("cbm", label("pack.cbm")),
        Column::quantity("all_cbm", label("pack.all_cbm")),
        Column::text("remark", label("pack.remark")).width(12),
    ]);
    let mut table = Table::new(columns).empty(label("pack.no_cartons"));
    for range in cartons {
        table.push(with_po(row(range, sizes, lang), range, several));
    }
    if !table.rows.is_empty() {
        let mut total = total(cartons, sizes, lang);
        if several {
            total.cells.insert(1, Cell::Empty);
        }
        table.push(total);
    }
    table
}

/// Puts the order before a row, in lists of several.
fn with_po(mut row: Row, range: &CartonRange, several: bool) -> Row {
    if several {
        row.cells.insert(0, range.po().map(|po| po.to_string()).into());
    }
    row
}

fn number(range: &CartonRange) -> String {
    match range.from == range.to {
        true => range.from.to_string(),
        false => format!("{}-{}", range.from, range.to),
    }
}

fn row(range: &CartonRange, sizes: &[Arc<str>], lang: Lang) -> Row {
    let count = Decimal::from(range.count());
    let times = |each: Option<Decimal>| each.and_then(|each| each.checked_mul(count));
    let formula = |each: &'static str, value: Option<Decimal>| match value {
        Some(value) => Cell::calc(format!("{{cartons}}*{{{each}}}"), value),
        None => Cell::Empty,
    };
    let names = |values: Vec<&str>| {
        let mut values = values;
        values.dedup();
        values.join("/")
    };
    let styles = range.contents.iter().filter_map(|one| one.style.as_deref()).collect();
    let colours = range.contents.iter().filter_map(|one| one.colour.as_deref()).collect();
    let mut cells: Vec<Cell> = vec![
        number(range).into(),
        range.count().into(),
        names(styles).into(),
        names(colours).into(),
    ];
    if sizes.is_empty() {
        let contents = range.contents.iter().map(|one| {
            format!("{}×{}", one.size.as_deref().unwrap_or("-"), one.pieces.normalize())
        });
        cells.push(contents.collect::<Vec<_>>().join(" ").into());
    }
    cells.extend(sizes.iter().map(|size| pieces_of(range, size)));
    let each = range.pieces_each().normalize();
    let per_carton = match sizes.len() {
        0 => each.into(),
        last => Cell::calc(format!("SUM({{size_1}}:{{size_{last}}})"), each),
    };
    cells.extend([
        per_carton,
        formula("per_carton", Some(range.pieces().normalize())),
        range.weights.net.into(),
        range.weights.gross.into(),
        formula("net", times(range.weights.net)),
        formula("gross", times(range.weights.gross)),
        range.outer.map(|outer| shown(&outer)).into(),
        range.cbm.into(),
        formula("cbm", times(range.cbm)),
        remark(range, lang).into(),
    ]);
    Row::new(cells)
}

fn pieces_of(range: &CartonRange, size: &Arc<str>) -> Cell {
    let key = size_key(size);
    let own = range
        .contents
        .iter()
        .filter(|one| one.size.as_deref().is_some_and(|size| size_key(size) == key));
    let pieces = own.map(|one| one.pieces).fold(Decimal::ZERO, |sum, one| sum + one);
    if pieces.is_zero() { Cell::Empty } else { pieces.normalize().into() }
}

/// Shows an outside in centimetres.
pub(super) fn shown(outer: &Outer) -> String {
    let edge =
        |edge: Decimal| edge.checked_div(Decimal::TEN).unwrap_or(edge).normalize().to_string();
    [outer.length, outer.width, outer.height].map(edge).join("*")
}

fn remark(range: &CartonRange, lang: Lang) -> String {
    let mut words = Vec::new();
    if range.kind == CartonKind::Mixed {
        words.push("MIXED");
    }
    if range.odd {
        words.push(labels::text(lang, "pack.odd"));
    }
    if range.weighed {
        words.push(labels::text(lang, "pack.weighed"));
    }
    words.join(" ")
}

/// The row of totals: what is printed of one carton, times cartons.
fn total(cartons: &[&CartonRange], sizes: &[Arc<str>], lang: Lang) -> Row {
    let last = cartons.len() - 1;
    let sum = Sum::of(cartons.iter().copied());
    let plain = |key: &str, value: Option<Decimal>| match value {
        Some(value) => Cell::calc(format!("SUM({{{key}@0:{last}}})"), value),
        None => Cell::Empty,
    };
    let mut cells: Vec<Cell> = vec![
        labels::text(lang, "common.total").into(),
        plain("cartons", Some(Decimal::from(sum.cartons))),
        Cell::Empty,
        Cell::Empty,
    ];
    if sizes.is_empty() {
        cells.push(Cell::Empty);
    }
    for (key, size) in SIZES.iter().zip(sizes) {
        let pieces = cartons.iter().filter_map(|range| {
            pieces_of(range, size).number()?.checked_mul(Decimal::from(range.count()))
        });
        let pieces = pieces.fold(Decimal::ZERO, |sum, one| sum + one);
        let formula = format!("SUMPRODUCT({{cartons@0:{last}}},{{{key}@0:{last}}})");
        cells.push(Cell::calc(formula, pieces.normalize()));
    }
    cells.extend([
        Cell::Empty,
        plain("pieces", Some(sum.pieces.normalize())),
        Cell::Empty,
        Cell::Empty,
        plain("all_net", sum.net),
        plain("all_gross", sum.gross),
        Cell::Empty,
        Cell::Empty,
        plain("all_cbm", sum.cbm),
        Cell::Empty,
    ]);
    Row::new(cells).style(RowStyle::Total)
}
