//! The ledger on paper: the stock with how it came about, and the list of
//! slips to post.

use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::commands::Context;
use crate::commands::stock::papers_to_sign;
use crate::engine::stock::items::Items;
use crate::engine::stock::ledger::{Balance, Ledger};
use crate::engine::stock::postings::Posting;
use crate::lang::Lang;
use crate::report::{Cell, Column, Report, Row, Sheet, Table, Tone, labels};

/// How many rows the terminal shows.
const ON_TERMINAL: usize = 20;

/// Makes the sheet of balances, warehouse by warehouse.
pub(super) fn balances(rolled: &Ledger, report: &Report, context: &Context) -> Sheet {
    let lang = context.lang;
    let label = |key| labels::text(lang, key);
    let filled = Filled::of(rolled);
    let table = Table::new(columns(filled, lang)).empty(label("warehouse.no_balances"));
    let mut table = if filled.value { table.total(label("common.total")) } else { table };
    let mut order: Vec<&Balance> = rolled.balances.iter().collect();
    let mut places: FxHashMap<Option<Arc<str>>, usize> = FxHashMap::default();
    for balance in &rolled.balances {
        let next = places.len();
        places.entry(balance.warehouse.clone()).or_insert(next);
    }
    order.sort_by_key(|balance| places.get(&balance.warehouse));
    // Pieces of one item and metres of another make no sum: values do.
    let several = places.len() > 1 && filled.value;
    let mut start = 0;
    for (at, balance) in order.iter().enumerate() {
        table.push(row(balance, rolled, filled, lang));
        let ends = order.get(at + 1).is_none_or(|next| next.warehouse != balance.warehouse);
        if several && ends {
            let name = balance.warehouse.as_deref().unwrap_or(label("warehouse.no_warehouse"));
            let values = [("warehouse", name)];
            table.subtotal(labels::fill(lang, "warehouse.subtotal", &values), start);
            start = table.rows.len();
        }
    }
    let sheet = Sheet::new("balances", label("warehouse.balances"))
        .landscape()
        .on_terminal(ON_TERMINAL)
        .title(label("warehouse.ledger_title"));
    let sheet = match &report.period {
        Some(period) => sheet.fact(label("warehouse.period"), period.clone()),
        None => sheet,
    };
    let sheet = sheet.fact(label("warehouse.made_on"), context.today).table(table);
    let sheet = report.notes.iter().fold(sheet, |sheet, note| sheet.text(note));
    papers_to_sign(
        sheet,
        &["warehouse.keeper", "warehouse.merchandiser", "warehouse.finance"],
        lang,
    )
}

/// The columns that some balance fills.
#[derive(Debug, Clone, Copy)]
struct Filled {
    warehouse: bool,
    batch: bool,
    table: bool,
    value: bool,
}

impl Filled {
    fn of(rolled: &Ledger) -> Self {
        let any = |has: fn(&Balance) -> bool| rolled.balances.iter().any(has);
        Self {
            warehouse: any(|balance| balance.warehouse.is_some()),
            batch: any(|balance| balance.batch.is_some()),
            table: any(|balance| balance.table_closing.is_some()),
            value: any(|balance| balance.value.is_some()),
        }
    }
}

fn columns(filled: Filled, lang: Lang) -> Vec<Column> {
    let label = |key| labels::text(lang, key);
    let mut columns = vec![
        Column::id("item", label("warehouse.item")).width(13),
        Column::text("name", label("warehouse.name")).width(24).if_filled(),
        Column::word("unit", label("warehouse.unit")).width(5).detail().if_filled(),
    ];
    if filled.warehouse {
        columns.push(Column::text("warehouse", label("warehouse.warehouse")).width(9));
    }
    if filled.batch {
        columns.push(Column::id("batch", label("warehouse.batch")).width(10));
    }
    columns.extend([
        Column::quantity("opening", label("warehouse.opening")).width(10),
        Column::quantity("received", label("warehouse.received")).width(10),
        Column::quantity("issued", label("warehouse.issued")).width(10),
        Column::quantity("adjusted", label("warehouse.adjusted")).width(8),
        Column::quantity("closing", label("warehouse.closing")).width(10),
    ]);
    if filled.table {
        columns.push(Column::quantity("table", label("warehouse.table_closing")).width(10));
        columns.push(Column::quantity("difference", label("warehouse.difference")).width(9));
    }
    if filled.value {
        columns.push(Column::price("cost", label("warehouse.cost")).width(9).detail());
        columns.push(Column::money("value", label("warehouse.value")).width(13).sum());
    }
    columns.extend([
        Column::word("state", label("warehouse.state")).width(9),
        Column::date("last_moved", label("warehouse.last_moved")).width(11).detail(),
        Column::quantity("cover", label("warehouse.cover")).width(8).detail().if_filled(),
        Column::cell("place", label("warehouse.place")).width(16).detail().off_paper(),
    ]);
    columns
}

fn row(balance: &Balance, rolled: &Ledger, filled: Filled, lang: Lang) -> Row {
    let items = &rolled.items;
    let mut cells: Vec<Cell> = vec![
        items.name(balance.item).as_ref().into(),
        items.text(balance.item).as_deref().into(),
        items.unit(balance.item).as_deref().into(),
    ];
    if filled.warehouse {
        cells.push(balance.warehouse.as_deref().into());
    }
    if filled.batch {
        cells.push(balance.batch.as_deref().into());
    }
    let closing = "N({opening})+N({received})-N({issued})+N({adjusted})";
    cells.extend([
        balance.opening.into(),
        balance.received.into(),
        balance.issued.into(),
        balance.adjusted.into(),
        Cell::calc(closing, balance.closing),
    ]);
    if filled.table {
        cells.push(balance.table_closing.into());
        let difference = balance.difference;
        let cell = difference.map(|by| match balance.on_table_day {
            Some(_) => by.into(),
            None => Cell::calc("N({table})-N({closing})", by),
        });
        cells.push(cell.into());
    }
    if filled.value {
        cells.push(balance.cost.map(|cost| cost.round_dp(6)).into());
        cells.push(balance.value.into());
    }
    let (tone, state, weight) = state(balance);
    cells.extend([
        Cell::word(tone, labels::text(lang, state)),
        balance.last_moved.into(),
        balance.days_of_cover.into(),
        balance.table_rows.clone().into(),
    ]);
    Row::new(cells).weight(weight)
}

/// Returns how a balance stands, and how much that matters.
fn state(balance: &Balance) -> (Tone, &'static str, Decimal) {
    let below = balance.lowest.is_some()
        || balance.closing.is_sign_negative() && !balance.closing.is_zero();
    let differs = balance.difference.is_some_and(|difference| !difference.is_zero());
    match (below, differs) {
        (true, _) => (Tone::Bad, "warehouse.state_negative", Decimal::TWO),
        (_, true) => (Tone::Bad, "warehouse.state_differs", Decimal::ONE),
        _ if balance.opening_derived => (Tone::Plain, "warehouse.state_derived", Decimal::ZERO),
        _ if balance.table_closing.is_some() => {
            (Tone::Good, "warehouse.state_agrees", Decimal::ZERO)
        }
        _ => (Tone::Plain, "warehouse.state_unchecked", Decimal::ZERO),
    }
}

/// Makes the list of slips, day by day.
pub(super) fn postings(postings: &[&Posting<'_>], items: &Items, lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let mut table = Table::new([
        Column::date("date", label("warehouse.date")).width(11),
        Column::id("document", label("warehouse.document")).width(17),
        Column::text("party", label("warehouse.party")).width(20).detail().if_filled(),
        Column::id("item", label("warehouse.item")).width(13),
        Column::text("name", label("warehouse.name")).width(24).if_filled(),
        Column::word("unit", label("warehouse.unit")).width(5).detail().if_filled(),
        Column::text("warehouse", label("warehouse.warehouse")).width(9).detail().if_filled(),
        Column::quantity("quantity", label("warehouse.quantity")).width(10),
        Column::word("state", label("warehouse.state")).width(10),
        Column::cell("place", label("warehouse.place")).width(16).detail().off_paper(),
    ]);
    for posting in postings {
        let line = posting.line;
        let (tone, state, weight) = match posting.posted {
            _ if posting.is_posted() => (Tone::Good, "warehouse.posted", Decimal::ZERO),
            Some(_) => (Tone::Bad, "warehouse.posted_otherwise", Decimal::TWO),
            None if posting.is_due => (Tone::Warning, "warehouse.to_post", Decimal::ONE),
            None => (Tone::Plain, "warehouse.other_days", Decimal::ZERO),
        };
        let row = Row::new([
            line.moment.map(|moment| moment.day).into(),
            line.document_no.as_ref().map(|number| number.text.as_ref()).into(),
            line.party.as_deref().into(),
            items.name(posting.item).as_ref().into(),
            line.item.text().as_deref().into(),
            line.unit.as_deref().into(),
            line.warehouse.as_deref().into(),
            line.quantity.into(),
            Cell::word(tone, label(state)),
            line.at.clone().into(),
        ]);
        table.push(row.weight(weight));
    }
    let sheet = Sheet::new("postings", label("warehouse.postings"))
        .landscape()
        .on_terminal(ON_TERMINAL)
        .title(label("warehouse.postings"))
        .table(table);
    papers_to_sign(sheet, &["warehouse.keeper", "warehouse.posted_by"], lang)
}
