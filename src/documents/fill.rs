//! The one filler: a layout and values become a sheet to print.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::layout::{Block, Layout, Span, Table};
use crate::lang::{self, Lang};
use crate::report::{self, Cell, Column, Kind, Row, Sheet, format};

/// What stands in a document: fields by name, rows of tables by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Values {
    fields: BTreeMap<&'static str, (Kind, Cell)>,
    rows: BTreeMap<&'static str, Vec<Row>>,
}

impl Values {
    /// Gives a field a text; an empty one is as good as none.
    #[must_use]
    pub(super) fn text(self, name: &'static str, text: impl Into<Cell>) -> Self {
        self.field(name, Kind::Text, text.into())
    }

    /// Gives a field an amount.
    #[must_use]
    pub(super) fn money(self, name: &'static str, amount: Decimal) -> Self {
        self.field(name, Kind::Money, amount.into())
    }

    /// Gives a field a count.
    #[must_use]
    pub(super) fn count(self, name: &'static str, count: usize) -> Self {
        self.field(name, Kind::Integer, count.into())
    }

    /// Gives a field a day.
    #[must_use]
    pub(super) fn date(self, name: &'static str, day: NaiveDate) -> Self {
        self.field(name, Kind::Date, day.into())
    }

    /// Gives a table its rows.
    #[must_use]
    pub(super) fn rows(mut self, table: &'static str, rows: Vec<Row>) -> Self {
        self.rows.insert(table, rows);
        self
    }

    fn field(mut self, name: &'static str, kind: Kind, cell: Cell) -> Self {
        if cell != Cell::Empty {
            self.fields.insert(name, (kind, cell));
        }
        self
    }

    /// Returns the text with its `{fields}` filled in; those without a value
    /// are empty.
    fn fill(&self, template: &str) -> String {
        let names = lang::placeholders(template);
        let shown = |name: &str| match self.fields.get(name) {
            Some((kind, cell)) => format::text(kind, cell),
            None => String::new(),
        };
        let values: Vec<(&str, String)> =
            names.into_iter().map(|name| (name, shown(name))).collect();
        lang::fill(template, &values)
    }
}

/// A document and its layout.
pub(super) struct Document {
    /// Its machine name.
    pub(super) name: &'static str,
    /// Its layout; a file that does not parse is caught by the tests.
    pub(super) layout: LazyLock<Layout>,
}

impl Document {
    /// Fills the document in a language.
    pub(super) fn fill(&'static self, values: &Values, lang: Lang) -> Sheet {
        let layout: &'static Layout = &self.layout;
        let mut sheet = Sheet::new(self.name, layout.name.get(lang));
        sheet.orientation = layout.orientation;
        let mut tables = Tables::default();
        for (name, layout) in &layout.tables {
            tables.add(name, table(name, layout, values, lang));
        }
        let shown = layout.blocks.iter().filter(|block| match &block.when {
            Some(field) => values.fields.contains_key(field.as_str()),
            None => true,
        });
        sheet.blocks = shown.flat_map(|block| tables.around(block, values, lang)).collect();
        sheet
    }
}

/// The tables of a document, without the columns that none of their rows fills.
#[derive(Default)]
struct Tables {
    by_name: BTreeMap<&'static str, report::Table>,
    /// The columns that were left out.
    left_out: Vec<usize>,
}

impl Tables {
    fn add(&mut self, name: &'static str, mut table: report::Table) {
        self.left_out.extend(table.leave_out_unfilled());
        self.by_name.insert(name, table);
    }

    /// Returns how many columns a span covers that starts at a column and was
    /// laid out over all of them.
    fn covered(&self, start: u16, columns: u16) -> u16 {
        let is_left = |at: &u16| !self.left_out.contains(&usize::from(*at));
        (start..start.saturating_add(columns)).filter(is_left).map(|_| 1).sum()
    }

    fn around(&self, block: &Block, values: &Values, lang: Lang) -> Vec<report::Block> {
        let mut blocks = Vec::new();
        if let Some(text) = &block.text {
            blocks.push(report::Block::Text(values.fill(text.get(lang))));
        }
        if !block.spans.is_empty() {
            let mut start = 0;
            let spans = block.spans.iter().map(|piece| {
                let columns = self.covered(start, piece.columns);
                start += piece.columns;
                span(piece, columns, values, lang)
            });
            blocks.push(report::Block::Spans(spans.collect()));
        }
        let table = block.table.as_deref().and_then(|name| self.by_name.get(name));
        blocks.extend(table.cloned().map(report::Block::Table));
        if block.space {
            blocks.push(report::Block::Space);
        }
        blocks
    }
}

fn span(span: &Span, columns: u16, values: &Values, lang: Lang) -> report::Span {
    let cell = match (&span.field, &span.text) {
        (Some(field), _) => values.fields.get(field.as_str()).map(|(_, cell)| cell.clone()).into(),
        (None, Some(text)) => Cell::from(values.fill(text.get(lang))),
        (None, None) => Cell::Empty,
    };
    report::Span::new(columns, cell).style(span.style)
}

fn table(name: &str, layout: &'static Table, values: &Values, lang: Lang) -> report::Table {
    let columns = layout.columns.iter().map(|column| {
        let mut made = Column::new(&column.key, column.label.get(lang), column.kind.into());
        made.width = column.width;
        made.summed = column.sum;
        made.if_filled = column.if_filled;
        made.span(column.span)
    });
    let mut table = report::Table::new(columns);
    table.total = layout.total.as_ref().map(|label| label.get(lang).to_owned());
    table.empty = layout.empty.as_ref().map(|text| text.get(lang).to_owned()).unwrap_or_default();
    table.rows = values.rows.get(name).into_iter().flatten().cloned().collect();
    table
}
