//! One row of a parts list as it is written.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::level::{own_level, without_marks};
use super::loss::{self, Heading};
use super::words::{is_given, says_yes, supply, words};
use super::{Rate, SupplyType};
use crate::input::sheet::{NumberFormat, Value};
use crate::input::table::{Column, Role, Table};
use crate::input::values::decimal::{decimal, decimal_text};
use crate::input::values::id::id;
use crate::input::values::text::words as plain;
use crate::location::{CellRef, Location};
use crate::records::Item;
use crate::records::reader::RowReader;
use crate::text::fold;

/// A row, before it is known whose it is.
#[derive(Debug, Clone)]
pub(super) struct RawLine {
    pub(super) row: u32,
    pub(super) item: Item,
    /// The code of the parent or product in a column of its own.
    pub(super) parent: Option<Arc<str>>,
    /// The name of the parent or product in a column of its own.
    pub(super) parent_name: Option<Arc<str>>,
    /// The order in a column of its own.
    pub(super) order: Option<Arc<str>>,
    pub(super) order_quantity: Option<Decimal>,
    pub(super) unit: Option<Arc<str>>,
    pub(super) usage: Option<Decimal>,
    pub(super) base: Option<Decimal>,
    /// How many of the parent the parent's own columns say it is for.
    pub(super) of_parent: Option<Decimal>,
    pub(super) total: Option<Decimal>,
    pub(super) on_hand: Option<Decimal>,
    pub(super) supply: SupplyType,
    pub(super) supplier: Option<Arc<str>>,
    /// The group of lines of which one is used.
    pub(super) alternate_group: Option<Arc<str>>,
    /// What the alternate column says.
    pub(super) alternate: Option<Arc<str>>,
    /// What it stands in place of.
    pub(super) alternate_for: Option<Arc<str>>,
    pub(super) placement: Option<Arc<str>>,
    pub(super) unit_price: Option<Decimal>,
    pub(super) order_multiple: Option<Decimal>,
    pub(super) minimum: Option<Decimal>,
    pub(super) width: Option<Decimal>,
    pub(super) actual_width: Option<Decimal>,
    pub(super) arrival: Option<Arc<str>>,
    pub(super) remark: Option<Arc<str>>,
    pub(super) at: Location,
}

/// The rates of all rows, by field.
pub(super) struct Rates {
    pub(super) loss: Vec<Rate>,
    pub(super) warp: Vec<Rate>,
    pub(super) weft: Vec<Rate>,
}

impl Rates {
    /// Reads the columns of rates.
    pub(super) fn of(table: &Table) -> Self {
        let read = |field: &str| {
            let rows: Vec<u32> = table.rows_of(Role::Body).collect();
            let Some(column) = table.column(field) else {
                return vec![Rate::default(); rows.len()];
            };
            let cells = rows.iter().map(|row| match table.cell(*row, column.col) {
                Some(cell) => (cell.value(), table.sheet.style(cell).format),
                None => (Value::Empty, NumberFormat::General),
            });
            loss::rates(cells, heading(column))
        };
        Self { loss: read("loss_rate"), warp: read("shrink_warp"), weft: read("shrink_weft") }
    }
}

/// Returns what a header says of its figures.
fn heading(column: &Column) -> Heading {
    let percent = |text: &str| text.contains(['%', '％']);
    let folded = fold(&column.header);
    if column.unit.as_deref().is_some_and(percent) || percent(&column.header) {
        Heading::Percent
    } else if words().factors.words.iter().any(|word| folded.contains(word.as_str())) {
        Heading::Factor
    } else {
        Heading::Plain
    }
}

/// Reads the row that the reader stands at; nothing if it names no item.
pub(super) fn raw(table: &Table, reader: &mut RowReader<'_>) -> Option<RawLine> {
    let row = reader.row();
    let item = item(table, reader, row);
    let at = reader.at(if item.code.is_some() { "component_code" } else { "component_name" });
    if item.code.is_none() && item.name.is_none() {
        return None;
    }
    let part = own(table, row, "qty_per").and_then(|value| part(&value));
    let usage = if part.is_some() { None } else { reader.decimal("qty_per") };
    let unit = reader.unit("qty_per", usage.as_ref());
    let value =
        |reader: &mut RowReader<'_>, field| reader.decimal(field).map(|figure| figure.value);
    let base = value(reader, "base_qty");
    let parent_name = reader.text("parent_name");
    Some(RawLine {
        row,
        item,
        parent: match table.column("parent_code") {
            Some(_) => code(table, row, "parent_code"),
            None => parent_name.clone(),
        },
        parent_name,
        order: code(table, row, "order_no"),
        order_quantity: value(reader, "order_qty"),
        unit,
        usage: part.map(|(use_of, _)| use_of).or(usage.map(|figure| figure.value)),
        base: match part {
            Some((_, of)) => of.checked_mul(base.unwrap_or(Decimal::ONE)),
            None => base,
        },
        of_parent: parent_quantity(table, row),
        total: value(reader, "required_qty"),
        on_hand: reader.peek(row, "on_hand"),
        supply: supply_type(table, reader),
        supplier: reader.text("supplier"),
        alternate_group: shown(table, row, "alternate_group"),
        alternate: reader.text("alternate"),
        alternate_for: reader.text("alternate_for"),
        placement: reader.text("part_usage"),
        unit_price: reader.peek(row, "unit_price"),
        order_multiple: reader.peek(row, "order_multiple"),
        minimum: reader.peek(row, "min_order_qty"),
        width: reader.peek(row, "width"),
        actual_width: reader.peek(row, "actual_width"),
        arrival: shown(table, row, "arrival_date"),
        remark: shown(table, row, "remark"),
        at,
    })
}

/// Reads how a line's item is supplied: what a column of marks says goes
/// before what the type says.
fn supply_type(table: &Table, reader: &mut RowReader<'_>) -> SupplyType {
    let marked = |reader: &mut RowReader<'_>, field| {
        reader.text(field).is_some_and(|text: Arc<str>| says_yes(&text))
    };
    let (phantom, given) = (marked(reader, "phantom_mark"), marked(reader, "customer_supplied"));
    let header = table.column("supply_type").map_or("", |column| &column.header);
    match reader.text("supply_type") {
        _ if phantom => SupplyType::Phantom,
        _ if given => SupplyType::Customer,
        Some(text) => supply(&text, header),
        None => match shown(table, reader.row(), "remark") {
            Some(remark) if is_given(&remark) => SupplyType::Customer,
            _ => SupplyType::Unknown,
        },
    }
}

/// Reads how many of the parent a line's use is for from the parent's own
/// columns: a plain quantity that stands before those of the part.
fn parent_quantity(table: &Table, row: u32) -> Option<Decimal> {
    let first = table.column("parent_code").or_else(|| table.column("parent_name"))?.col;
    let part = table.column("component_code").or_else(|| table.column("component_name"))?.col;
    let words = &words().parent_quantity.words;
    let is_its = |column: &&Column| {
        (first..part).contains(&column.col)
            && column.field.is_none_or(|field| field == "qty")
            && words.contains(&fold(&column.header))
    };
    let column = table.columns.iter().find(is_its)?;
    let read = decimal(&table.cell(row, column.col)?.value()).value()?.value;
    (read > Decimal::ZERO).then_some(read)
}

/// Reads a use that is written as a part: `1/8` is one for eight.
fn part(value: &Value) -> Option<(Decimal, Decimal)> {
    let Value::Text(text) = value else { return None };
    let (one, all) = text.split_once(['/', '／'])?;
    let figure = |text: &str| decimal_text(text).value().map(|number| number.value);
    let (one, all) = (figure(one)?, figure(all)?);
    (one > Decimal::ZERO && all > Decimal::ZERO).then_some((one, all))
}

/// Reads the item. A code is never filled down over another name.
fn item(table: &Table, reader: &mut RowReader<'_>, row: u32) -> Item {
    let own_name = own(table, row, "component_name").and_then(|value| plain(&value));
    let name = reader.text("component_name");
    let own_code = own(table, row, "component_code").is_some_and(|value| value != Value::Empty);
    let code = match own_code || own_name.is_none() {
        true => code(table, row, "component_code").or_else(|| code_in_level(table, row)),
        false => code_in_level(table, row),
    };
    let clean = |text: Arc<str>| match without_marks(&text) {
        "" => text,
        bare => Arc::from(bare),
    };
    Item {
        code,
        name: name.map(clean),
        spec: reader.text("spec"),
        color: reader.text("color"),
        size: reader.text("size"),
        goods: None,
    }
    .parted()
}

/// Reads the code that stands in the column of its level, where codes have no
/// column of their own; a mark there is none.
fn code_in_level(table: &Table, row: u32) -> Option<Arc<str>> {
    if table.column("component_code").is_some() {
        return None;
    }
    let (level, column) = own_level(table, row)?;
    let value = &table.sheet.cell(CellRef::new(row, column.col))?.value();
    let code = id(value).value()?.text;
    let is_mark = says_yes(&code) || *code == *level.to_string() || code.chars().count() < 2;
    (!is_mark).then_some(code)
}

/// Returns the value that stands in the row's own cell of a field.
fn own(table: &Table, row: u32, field: &str) -> Option<Value> {
    let column = table.column(field)?;
    Some(table.sheet.cell(CellRef::new(row, column.col))?.value())
}

/// Reads a code verbatim, without marks of depth before it.
fn code(table: &Table, row: u32, field: &str) -> Option<Arc<str>> {
    let value = &table.cell(row, table.column(field)?.col)?.value();
    let read = id(value).value()?.text;
    match without_marks(&read) {
        "" => None,
        bare if bare.len() == read.len() => Some(read),
        bare => Some(Arc::from(bare)),
    }
}

/// Returns what a cell shows, days as `2026-11-05`.
fn shown(table: &Table, row: u32, field: &str) -> Option<Arc<str>> {
    let value = own(table, row, field)?;
    match value {
        Value::Empty => None,
        Value::Date(moment) => Some(Arc::from(moment.date().to_string())),
        other => plain(&other),
    }
}

/// What the alternate column or the remark says of a row.
pub(super) enum Said {
    /// It stands for itself.
    Main,
    /// It is in place of the row before it that stands for itself.
    InPlace,
    /// These may be used in its place.
    By(Vec<Arc<str>>),
    /// It is in place of the one of this code.
    For(Arc<str>),
}

/// Reads what a row says of alternates.
pub(super) fn alternates(raw: &RawLine) -> Said {
    let words = &words().alternate;
    if let Some(text) = raw.alternate_for.as_ref().filter(|text| !words.main.contains(&fold(text)))
    {
        return Said::For(Arc::clone(text));
    }
    if let Some(text) = &raw.alternate {
        let folded = fold(text);
        if words.main.contains(&folded) {
            return Said::Main;
        }
        if words.other.contains(&folded) {
            return Said::InPlace;
        }
        let codes = text.split(['/', '、', ',', '，', ';', '；', '\n']).map(str::trim);
        return Said::By(codes.filter(|code| !code.is_empty()).map(Arc::from).collect());
    }
    let remark = raw.remark.as_deref().map(fold).unwrap_or_default();
    if words.remark.iter().any(|word| remark.starts_with(word.as_str())) {
        return Said::InPlace;
    }
    Said::Main
}
