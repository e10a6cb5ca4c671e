//! Stocktake sheets: what the book says, and what was counted.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::super::money::date_hints;
use super::super::reader::{Fields, RowReader};
use super::super::surroundings::{Surroundings, texts};
use super::super::{Item, ReadContext, Records};
use super::facts::facts;
use super::moment::{Moment, moment_in, moment_of, time_of};
use super::warehouse;
use crate::input::table::Table;
use crate::location::Location;

/// One line of a stocktake sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountLine {
    /// What was to be counted.
    pub item: Item,
    /// The unit of its quantities.
    pub unit: Option<Arc<str>>,
    /// Where it was counted.
    pub warehouse: Option<Arc<str>>,
    /// The place in the warehouse.
    pub location: Option<Arc<str>>,
    /// The batch, lot or roll.
    pub batch: Option<Arc<str>>,
    /// What the sheet says of the book; `None`: a blind sheet, or an item
    /// that the book does not have.
    pub book: Option<Decimal>,
    /// What was counted, the second count before the first; `None`: not
    /// counted, which is never nought.
    pub counted: Option<Decimal>,
    /// The difference that the sheet states: counted − book.
    pub stated_difference: Option<Decimal>,
    /// The value of the difference that the sheet states.
    pub stated_amount: Option<Decimal>,
    /// The cost of one unit.
    pub unit_cost: Option<Decimal>,
    /// The moment of which the book's figure is, if the row says so.
    pub cutoff: Option<Moment>,
    /// The moment of the count, if the row says so.
    pub counted_at: Option<Moment>,
    /// Why they differ.
    pub reason: Option<Arc<str>>,
    /// Who counted.
    pub counter: Option<Arc<str>>,
    /// The cell of the counted quantity.
    pub at: Location,
}

/// A stocktake sheet.
#[derive(Debug, Clone)]
pub struct CountSheet {
    /// Its lines.
    pub records: Records<CountLine>,
    /// The moment of which the book's figures are, of rows that do not say.
    pub cutoff: Option<Moment>,
    /// The moment of the count, of rows that do not say.
    pub counted_at: Option<Moment>,
    /// Whether it has a column for the book's figures.
    pub has_book: bool,
}

const FIELDS: Fields = Fields {
    dates: &["count_date", "cutoff", "counted_at"],
    ids: &["item_code", "batch"],
    rates: &[],
};

/// Reads a stocktake sheet.
pub fn count_sheet(table: &Table, context: &ReadContext<'_>) -> CountSheet {
    let around = Surroundings::of(table, context);
    let hints = date_hints(&around, context);
    let fact = |field| {
        let mut facts = facts(table, "stocktake", field);
        facts.find_map(|fact| moment_of(&fact.value.value, hints))
    };
    let counted_at = fact("counted_at").or_else(|| fact("count_date"));
    let titled = || texts(table).into_iter().find_map(|text| moment_in(&text.value, hints));
    let mut reader = RowReader::new(table, FIELDS, hints, &[]);
    let whole = warehouse::of_table(table);
    let mut lines = Vec::new();
    while reader.advance() {
        let line = line(&mut reader, whole.as_ref());
        if line.item.code.is_none() && line.item.name.is_none() {
            reader.reject("no-item", "item_code");
        } else {
            lines.push(line);
        }
    }
    let has_book = reader.has("book_qty");
    CountSheet {
        cutoff: fact("cutoff"),
        counted_at: counted_at.or_else(titled),
        has_book,
        records: Records::new(lines, reader.finish(), around),
    }
}

fn line(reader: &mut RowReader<'_>, whole: Option<&Arc<str>>) -> CountLine {
    let item = reader.item();
    let first = reader.decimal("counted_qty");
    let second = reader.decimal("recounted_qty");
    let field = if second.is_some() { "recounted_qty" } else { "counted_qty" };
    let counted = second.or(first);
    let gain = reader.decimal("gain_qty").map(|figure| figure.value.abs());
    let loss = reader.decimal("loss_qty").map(|figure| figure.value.abs());
    let both =
        gain.or(loss).and_then(|_| gain.unwrap_or_default().checked_sub(loss.unwrap_or_default()));
    CountLine {
        unit: reader.unit(field, counted.as_ref()),
        warehouse: reader.text("warehouse").or_else(|| whole.cloned()),
        location: reader.text("location"),
        batch: reader.ids("batch").into_iter().next().map(|batch| batch.text),
        book: reader.decimal("book_qty").map(|figure| figure.value),
        counted: counted.map(|figure| figure.value),
        stated_difference: reader.decimal("diff_qty").map(|figure| figure.value).or(both),
        stated_amount: reader.decimal("diff_amount").map(|figure| figure.value),
        unit_cost: reader.decimal("unit_cost").map(|figure| figure.value),
        cutoff: moment(reader, "cutoff"),
        counted_at: moment(reader, "counted_at").or_else(|| moment(reader, "count_date")),
        reason: reader.text("reason"),
        counter: reader.text("counter"),
        at: reader.at(field),
        item,
    }
}

fn moment(reader: &mut RowReader<'_>, field: &str) -> Option<Moment> {
    let day = reader.date(field)?;
    let time = reader.raw(field).and_then(|value| time_of(&value));
    Some(Moment { day, time })
}
