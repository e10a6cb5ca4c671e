//! Stock tables: what there is of every item, with what the table knows of
//! planning it.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::money::date_hints;
use super::super::reader::{Fields, RowReader};
use super::super::surroundings::{Surroundings, texts};
use super::super::{Item, ReadContext, Records};
use super::moment::moment_in;
use super::sides::{self, Sides};
use super::warehouse;
use crate::finding::{Finding, codes};
use crate::input::table::{Column, Table};
use crate::kinds::store_of;
use crate::location::Location;

/// The quantities of one line of a stock table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StockFigures {
    /// The stock at the beginning; `None`: the table has no such column.
    pub opening: Option<Decimal>,
    /// What came in since.
    pub received: Option<Decimal>,
    /// What went out since.
    pub issued: Option<Decimal>,
    /// What counts and corrections changed since.
    pub adjusted: Option<Decimal>,
    /// The stock at the end.
    pub closing: Option<Decimal>,
    /// How much of it is promised to orders.
    pub allocated: Option<Decimal>,
    /// What is ordered and has not come.
    pub on_order: Option<Decimal>,
    /// The value of the stock at the end.
    pub amount: Option<Decimal>,
    /// The value of the stock at the beginning.
    pub opening_amount: Option<Decimal>,
}

/// What a sheet says of planning an item; everything may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Planning {
    /// Below this somebody is to be told.
    pub safety_stock: Option<Decimal>,
    /// At this it is to be bought.
    pub reorder_point: Option<Decimal>,
    /// Not more than this is to be kept.
    pub max_stock: Option<Decimal>,
    /// What a day uses, on average.
    pub daily_usage: Option<Decimal>,
    /// How many days a purchase takes.
    pub lead_days: Option<Decimal>,
    /// For how many days the safety stock is to last.
    pub safety_days: Option<Decimal>,
    /// The standard deviation of the daily usage.
    pub usage_deviation: Option<Decimal>,
    /// The standard deviation of the days a purchase takes.
    pub lead_deviation: Option<Decimal>,
    /// Purchases are multiples of this.
    pub order_multiple: Option<Decimal>,
    /// Purchases are at least this.
    pub min_order: Option<Decimal>,
    /// What it was last bought at.
    pub last_price: Option<Decimal>,
    /// From whom.
    pub supplier: Option<Arc<str>>,
}

/// One line of a stock table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockLine {
    /// What it is.
    pub item: Item,
    /// The unit of its quantities.
    pub unit: Option<Arc<str>>,
    /// Where it is.
    pub warehouse: Option<Arc<str>>,
    /// The place in the warehouse.
    pub location: Option<Arc<str>>,
    /// The batch, lot or roll.
    pub batch: Option<Arc<str>>,
    /// Its quantities. A blank cell under a header is nought.
    pub figures: StockFigures,
    /// How it is planned.
    pub planning: Planning,
    /// The cost of one unit.
    pub unit_cost: Option<Decimal>,
    /// The day of its last movement.
    pub last_moved: Option<NaiveDate>,
    /// The day on which the batch came.
    pub received: Option<NaiveDate>,
    /// Free text beside it.
    pub remark: Option<Arc<str>>,
    /// Whether the same line stands above it, word for word: an export's
    /// repetition, not a second stock.
    pub repeats: Option<Location>,
    /// The cell of its closing quantity.
    pub at: Location,
    /// The cell of its code, or of its name.
    pub item_at: Location,
}

/// A stock table.
#[derive(Debug, Clone)]
pub struct StockTable {
    /// Its lines.
    pub records: Records<StockLine>,
    /// The day whose end it shows, if it says so.
    pub as_of: Option<NaiveDate>,
}

const FIELDS: Fields =
    Fields { dates: &["last_moved", "received_date"], ids: &["item_code", "batch"], rates: &[] };

/// Reads a stock table.
pub fn stock_table(table: &Table, context: &ReadContext<'_>) -> StockTable {
    let around = Surroundings::of(table, context);
    let hints = date_hints(&around, context);
    let as_of = texts(table)
        .into_iter()
        .map(|text| text.value)
        .chain(table.facts.iter().map(|fact| fact.value.value.clone()))
        .chain(names(table))
        .find_map(|text| moment_in(&text, hints))
        .map(|moment| moment.day)
        .or(around.period.map(|period| period.last));
    let mut reader = RowReader::new(table, FIELDS, hints, &[]);
    let whole = Whole::of(table, &reader);
    let mut lines = Vec::new();
    while reader.advance() {
        let line = line(&mut reader, &whole);
        if line.item.code.is_none() && line.item.name.is_none() {
            reader.reject("no-item", "item_code");
            continue;
        }
        lines.extend(by_warehouse(&mut reader, &whole, line));
    }
    mark_repeats(&mut lines);
    StockTable { records: Records::new(lines, reader.finish(), around), as_of }
}

/// What holds for all rows of a table.
struct Whole<'t> {
    warehouse: Option<Arc<str>>,
    by_warehouse: Vec<&'t Column>,
    /// The columns whose sum came in, and those whose sum went out.
    received: Vec<&'t Column>,
    issued: Vec<&'t Column>,
    /// Whether the table tells what is available and not what there is.
    available: bool,
}

impl<'t> Whole<'t> {
    fn of(table: &'t Table, reader: &RowReader<'t>) -> Self {
        let Sides { received, issued } = sides::sides(reader);
        Self {
            warehouse: warehouse::of_table(table),
            by_warehouse: reader.columns("warehouse_qty"),
            received,
            issued,
            available: !["closing_qty", "opening_qty"].iter().any(|field| reader.has(field)),
        }
    }
}

/// Returns the texts of the names of file and sheet that may tell the day.
fn names(table: &Table) -> impl Iterator<Item = String> {
    let path = &table.sheet.id.path;
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let names = [stem, table.sheet.id.sheet.as_deref().unwrap_or_default()];
    let day = names.into_iter().find_map(day_in_name).map(|day| day.to_string());
    day.into_iter().chain(names.map(str::to_owned))
}

/// Returns the day that a run of digits in a name is: `库存20260831`, and as
/// Taiwan counts years, `庫存表_1150831`.
fn day_in_name(name: &str) -> Option<NaiveDate> {
    let mut runs = name.split(|c: char| !c.is_ascii_digit());
    runs.find_map(|run| {
        let century = run.len() == 8 && run.starts_with("20");
        let republic = run.len() == 7 && run.starts_with('1');
        let (year, rest) = run.split_at_checked(run.len().checked_sub(4)?)?;
        let year: i32 = year.parse().ok().filter(|_| century || republic)?;
        let (month, day) = rest.split_at(2);
        let year = if republic { year + 1911 } else { year };
        NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)
    })
}

fn line(reader: &mut RowReader<'_>, whole: &Whole<'_>) -> StockLine {
    let figure = |reader: &mut RowReader<'_>, field: &str| {
        let value = reader.decimal(field);
        // A blank under a header is nought; a cell that cannot be read is not.
        let blank = reader.column(field).is_some_and(|column| reader.is_blank(column));
        value.map(|figure| figure.value).or(blank.then_some(Decimal::ZERO))
    };
    let figures = StockFigures {
        opening: figure(reader, "opening_qty"),
        received: sum(reader, &whole.received),
        issued: sum(reader, &whole.issued),
        adjusted: adjusted(reader),
        closing: figure(reader, if whole.available { "available_qty" } else { "closing_qty" }),
        allocated: figure(reader, "allocated_qty"),
        on_order: figure(reader, "on_order_qty"),
        amount: reader.decimal("stock_amount").map(|figure| figure.value),
        opening_amount: reader.decimal("opening_amount").map(|figure| figure.value),
    };
    let item = reader.item();
    let item_field = if item.code.is_some() { "item_code" } else { "item_name" };
    StockLine {
        unit: reader.unit("closing_qty", None),
        warehouse: reader.text("warehouse").or_else(|| whole.warehouse.clone()),
        location: reader.text("location"),
        batch: reader.ids("batch").into_iter().next().map(|batch| batch.text),
        figures,
        planning: planning(reader),
        unit_cost: reader.decimal("unit_cost").map(|cost| cost.value),
        last_moved: reader.date("last_moved"),
        received: reader.date("received_date"),
        remark: reader.text("remark"),
        repeats: None,
        at: reader.at(if reader.has("closing_qty") { "closing_qty" } else { "opening_qty" }),
        item_at: reader.at(item_field),
        item,
    }
}

/// Sums columns: the kinds of what came in or went out, or its days. Blank
/// cells are nought; nothing if there is no column, or none can be read.
fn sum(reader: &mut RowReader<'_>, columns: &[&Column]) -> Option<Decimal> {
    let mut total = None;
    for column in columns {
        let blank = reader.is_blank(column);
        let figure = reader.decimal_of(column).map(|figure| figure.value);
        let Some(figure) = figure.or(blank.then_some(Decimal::ZERO)) else { continue };
        total = Some(total.unwrap_or(Decimal::ZERO).checked_add(figure)?);
    }
    total
}

/// Reads what counts and corrections changed: in a column of its own, or as
/// gain and loss.
fn adjusted(reader: &mut RowReader<'_>) -> Option<Decimal> {
    let mut figure = |field: &str| {
        let blank = reader.column(field).is_some_and(|column| reader.is_blank(column));
        let figure = reader.decimal(field).map(|figure| figure.value);
        figure.or(blank.then_some(Decimal::ZERO))
    };
    let plain = figure("adjust_qty");
    let (gain, loss) = (figure("gain_qty"), figure("loss_qty").map(|loss| loss.abs()));
    let both =
        gain.or(loss).and_then(|_| gain.unwrap_or_default().checked_sub(loss.unwrap_or_default()));
    plain.or(both)
}

/// Reads what a row says of planning its item.
pub(super) fn planning(reader: &mut RowReader<'_>) -> Planning {
    let supplier = reader.text("supplier");
    let mut figure = |field: &str| reader.decimal(field).map(|figure| figure.value);
    Planning {
        safety_stock: figure("safety_stock"),
        reorder_point: figure("reorder_point"),
        max_stock: figure("max_stock"),
        daily_usage: figure("daily_usage"),
        lead_days: figure("lead_days"),
        safety_days: figure("safety_days"),
        usage_deviation: figure("usage_deviation"),
        lead_deviation: figure("lead_deviation"),
        order_multiple: figure("order_multiple").filter(|figure| *figure > Decimal::ZERO),
        min_order: figure("min_order_qty").filter(|figure| *figure > Decimal::ZERO),
        last_price: figure("last_price"),
        supplier,
    }
}

/// Takes a row with a column for every warehouse apart: a line each, unless
/// the row tells what moved, which is told of the item as a whole.
fn by_warehouse(
    reader: &mut RowReader<'_>,
    whole: &Whole<'_>,
    mut line: StockLine,
) -> Vec<StockLine> {
    if whole.by_warehouse.is_empty() {
        return vec![line];
    }
    let mut parts = Vec::new();
    for column in &whole.by_warehouse {
        if let Some(figure) = reader.decimal_of(column) {
            let texts = || column.parts.iter().chain([&column.header]).map(String::as_str);
            let named = texts().find(|part| warehouse::names_one(part));
            let named = named.or_else(|| texts().find_map(store_of));
            let name = named.or_else(|| texts().rev().nth(1)).unwrap_or(&column.header);
            parts.push((Arc::from(name), figure));
        }
    }
    let sum =
        parts.iter().try_fold(Decimal::ZERO, |sum, (_, figure)| sum.checked_add(figure.value));
    if let (Some(stated), Some(sum)) = (line.figures.closing, sum)
        && reader.has("closing_qty")
        && stated != sum
    {
        let finding = Finding::of(codes::TOTAL_MISMATCH)
            .at(line.at.clone())
            .with("label", line.item.code.as_deref().unwrap_or_default())
            .with("found", stated.normalize())
            .with("expected", sum.normalize())
            .with("difference", stated.saturating_sub(sum).normalize());
        reader.find(finding);
    }
    if line.figures.opening.is_some() || parts.is_empty() {
        line.figures.closing = line.figures.closing.or(sum);
        return vec![line];
    }
    let part = |(at, (warehouse, figure)): (usize, (Arc<str>, super::super::reader::Figure))| {
        let first = at == 0;
        let keep = |value: Option<Decimal>| value.filter(|_| first);
        StockLine {
            warehouse: Some(warehouse),
            figures: StockFigures {
                closing: Some(figure.value),
                // What is promised and ordered is told once, of the item.
                allocated: keep(line.figures.allocated),
                on_order: keep(line.figures.on_order),
                ..StockFigures::default()
            },
            at: figure.at,
            ..line.clone()
        }
    };
    parts.into_iter().enumerate().map(part).collect()
}

/// Marks the lines that say the same as one above them, word for word.
fn mark_repeats(lines: &mut [StockLine]) {
    let mut seen: rustc_hash::FxHashMap<String, usize> = rustc_hash::FxHashMap::default();
    for at in 0..lines.len() {
        let line = &lines[at];
        let key = format!(
            "{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}",
            line.item,
            line.unit,
            line.warehouse,
            line.location,
            line.batch,
            line.figures,
            line.planning,
            line.unit_cost,
            line.remark
        );
        // An empty row of an item says nothing that could be said twice.
        let says = line.figures.closing.is_some_and(|closing| !closing.is_zero());
        match seen.get(&key).copied() {
            Some(first) if says => lines[at].repeats = Some(lines[first].at.clone()),
            Some(_) => {}
            None => {
                seen.insert(key, at);
            }
        }
    }
}
