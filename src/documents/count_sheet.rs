//! The sheet on which stock is counted, and the voucher that sets the book
//! right afterwards.

use std::sync::LazyLock;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::fill::{Document, Values};
use crate::data::{self, compiled_in};
use crate::kinds;
use crate::lang::Lang;
use crate::report::{Block, Cell, Column, Row, Sheet, Table};

static SHEET: Document = Document {
    name: "count_sheet",
    layout: LazyLock::new(|| data::read(compiled_in!("documents/count_sheet"))),
};

static VOUCHER: Document = Document {
    name: "adjustment_voucher",
    layout: LazyLock::new(|| data::read(compiled_in!("documents/adjustment_voucher"))),
};

/// A sheet to count one warehouse on.
#[derive(Debug, Clone)]
pub struct CountForm {
    /// Our name.
    pub our_name: Option<String>,
    /// The warehouse.
    pub warehouse: Option<String>,
    /// The day for which the count is planned.
    pub day: NaiveDate,
    /// The day whose end the book shows.
    pub book_as_of: Option<NaiveDate>,
    /// Whether the book's figures are left out.
    pub blind: bool,
    /// What is to be counted, in the order of the places.
    pub lines: Vec<FormLine>,
}

/// A line to be counted.
#[derive(Debug, Clone)]
pub struct FormLine {
    /// The place.
    pub location: Option<String>,
    /// The item's code.
    pub item: Option<String>,
    /// What it is.
    pub name: Option<String>,
    /// The batch.
    pub batch: Option<String>,
    /// The unit it is counted in.
    pub unit: Option<String>,
    /// What the book says.
    pub book: Option<Decimal>,
}

/// The columns of a count sheet: fields of the kind, so that the sheet reads
/// back when it is filled in.
const COLUMNS: [&str; 9] = [
    "location",
    "item_code",
    "item_name",
    "batch",
    "unit",
    "book_qty",
    "counted_qty",
    "recounted_qty",
    "reason",
];

impl CountForm {
    /// Makes the paper.
    pub fn sheet(&self, lang: Lang) -> Sheet {
        let values = Values::default()
            .text("our_name", self.our_name.as_deref())
            .text("warehouse", self.warehouse.as_deref())
            .text("plain", self.warehouse.is_none().then_some(" "))
            .date("day", self.day);
        let values = match self.book_as_of {
            Some(day) => values.date("book_as_of", day),
            None => values,
        };
        let mut sheet = SHEET.fill(&values, lang);
        if let Some(warehouse) = &self.warehouse {
            sheet.name.clone_from(warehouse);
        }
        // The table stands before the signatures, the last block.
        let at = sheet.blocks.len().saturating_sub(1);
        sheet.blocks.insert(at, Block::Table(self.table(lang)));
        sheet
    }

    fn shown(&self) -> impl Iterator<Item = &'static str> + '_ {
        let any = |has: fn(&FormLine) -> bool| self.lines.iter().any(has);
        let (places, batches) =
            (any(|line| line.location.is_some()), any(|line| line.batch.is_some()));
        COLUMNS.into_iter().filter(move |field| match *field {
            "location" => places,
            "batch" => batches,
            "book_qty" => !self.blind,
            _ => true,
        })
    }

    fn table(&self, lang: Lang) -> Table {
        let kind = kinds::get("stocktake");
        let label = |name: &'static str| {
            kind.and_then(|kind| kind.field(name)).map_or(name, |field| field.label(lang))
        };
        let column = |name: &'static str| match name {
            "book_qty" => Column::quantity(name, label(name)).width(11),
            "counted_qty" | "recounted_qty" => {
                Column::quantity(name, label(name)).width(13).input()
            }
            "item_code" | "batch" => Column::id(name, label(name)).width(14),
            "item_name" => Column::text(name, label(name)).width(30),
            "reason" => Column::text(name, label(name)).width(16).input(),
            _ => Column::text(name, label(name)).width(8),
        };
        let number = Column::integer("line_no", line_label(lang)).width(5);
        let mut table = Table::new(std::iter::once(number).chain(self.shown().map(column)));
        for (at, line) in (1_u32..).zip(&self.lines) {
            let cell = |field: &str| -> Cell {
                match field {
                    "location" => line.location.as_deref().into(),
                    "item_code" => line.item.as_deref().into(),
                    "item_name" => line.name.as_deref().into(),
                    "batch" => line.batch.as_deref().into(),
                    "unit" => line.unit.as_deref().into(),
                    "book_qty" => line.book.into(),
                    _ => Cell::Empty,
                }
            };
            table.push(Row::new(std::iter::once(at.into()).chain(self.shown().map(cell))));
        }
        table
    }
}

fn line_label(lang: Lang) -> &'static str {
    let kind = kinds::get("stocktake");
    kind.and_then(|kind| kind.field("line_no")).map_or("No.", |field| field.label(lang))
}

/// What a count changes in the book.
#[derive(Debug, Clone)]
pub struct Voucher {
    /// Our name.
    pub our_name: Option<String>,
    /// The day of the count.
    pub day: Option<NaiveDate>,
    /// The day it is made.
    pub date: NaiveDate,
    /// The changes.
    pub lines: Vec<VoucherLine>,
}

/// One change.
#[derive(Debug, Clone)]
pub struct VoucherLine {
    /// The item's code.
    pub item: String,
    /// What it is.
    pub description: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// The unit of the quantities.
    pub unit: Option<String>,
    /// The book at the moment of counting.
    pub expected: Decimal,
    /// What was counted.
    pub counted: Decimal,
    /// Counted − expected.
    pub difference: Decimal,
    /// The cost of one unit.
    pub cost: Option<Decimal>,
    /// The value of the difference.
    pub value: Option<Decimal>,
    /// Why, or that it is to be counted again first.
    pub remark: Option<String>,
}

impl Voucher {
    /// Makes the paper.
    pub fn sheet(&self, lang: Lang) -> Sheet {
        let rows = (1..).zip(&self.lines).map(|(number, line)| line.row(number));
        let values = Values::default()
            .text("our_name", self.our_name.as_deref())
            .date("date", self.date)
            .rows("lines", rows.collect());
        let values = match self.day {
            Some(day) => values.date("day", day),
            None => values,
        };
        VOUCHER.fill(&values, lang)
    }
}

impl VoucherLine {
    fn row(&self, number: usize) -> Row {
        Row::new([
            number.into(),
            self.item.as_str().into(),
            self.description.as_deref().into(),
            self.place.as_deref().into(),
            self.unit.as_deref().into(),
            self.expected.into(),
            self.counted.into(),
            Cell::calc("N({counted})-N({expected})", self.difference),
            self.cost.into(),
            self.value.map(|value| Cell::calc("ROUND({difference}*{cost},2)", value)).into(),
            self.remark.as_deref().into(),
        ])
    }
}
