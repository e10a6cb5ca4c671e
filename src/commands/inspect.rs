//! `gendan inspect`: what is in these files, table by table, and how gendan
//! understands it.

use rust_decimal::Decimal;
use serde::Serialize;

use super::{Context, Run};
use crate::args::Inputs;
use crate::error::Result;
use crate::input::reading::{ReadTable, unusable_cells};
use crate::input::table::{Column, Role};
use crate::input::values::decimal;
use crate::kinds::FieldType;
use crate::lang::Lang;
use crate::location::column_name;
use crate::report::Column as Heading;
use crate::report::{Cell, InputRead, Report, Row, Section, Sheet, Table, Tone, appendix, labels};

/// The arguments of `inspect`.
#[derive(Debug, clap::Args)]
pub struct Inspect {
    #[command(flatten)]
    inputs: Inputs,
}

/// A table as JSON shows it. Rows count from 1, as in the sheet.
#[derive(Debug, Serialize)]
struct TableRow<'a> {
    path: &'a str,
    sheet: Option<&'a str>,
    kind: Option<&'a str>,
    confidence: u8,
    runners_up: Vec<RunnerUp<'a>>,
    table: String,
    header_rows: Vec<u32>,
    body_rows: Vec<u32>,
    opening_rows: Vec<u32>,
    closing_rows: Vec<u32>,
    subtotal_rows: Vec<u32>,
    total_rows: Vec<u32>,
    repeated_header_rows: Vec<u32>,
    title_rows: Vec<u32>,
    footer_rows: Vec<u32>,
    columns: Vec<ColumnRow<'a>>,
}

/// Another kind that comes close.
#[derive(Debug, Serialize)]
struct RunnerUp<'a> {
    kind: &'a str,
    confidence: u8,
}

/// A column as JSON shows it.
#[derive(Debug, Serialize)]
struct ColumnRow<'a> {
    column: String,
    header: &'a str,
    field: Option<&'static str>,
    unit: Option<&'a str>,
    sum: Option<Decimal>,
}

impl Run for Inspect {
    fn run(&self, context: &Context) -> Result<Report> {
        let lang = context.lang;
        let mut report = Report::new("inspect", labels::text(lang, "inspect.title"), lang);
        let reading = self.inputs.read(&context.settings, &context.progress)?;
        report.findings.extend(reading.findings);
        for read in &reading.tables {
            report.inputs.push(InputRead { party: read.party.clone(), ..InputRead::of(read) });
            report.findings.extend(unusable_cells(&read.table));
        }
        for book in &reading.ours {
            let values = [("file", book.path.as_str())];
            report.notes.push(labels::fill(lang, "inspect.own_report", &values));
        }
        report.sections.push(Section::new("tables", reading.tables.iter().map(table_row)));
        report.sheets.push(tables(&reading.tables, lang));
        report.sheets.push(columns(&reading.tables, lang));
        report.sheets.push(appendix::problems(&report));
        Ok(report)
    }

    fn inputs(&self) -> &[String] {
        &self.inputs.inputs
    }
}

/// Returns a table as JSON shows it.
fn table_row(read: &ReadTable) -> TableRow<'_> {
    let table = &read.table;
    let rows = |roles: &[Role]| -> Vec<u32> {
        let of_role = table.rows.iter().filter(|row| roles.contains(&row.role));
        of_role.map(|row| row.row + 1).collect()
    };
    let runner_up = |other: &crate::input::recognise::Recognised| RunnerUp {
        kind: &other.kind.id,
        confidence: other.confidence,
    };
    TableRow {
        path: &table.sheet.id.path,
        sheet: table.sheet.id.sheet.as_deref(),
        kind: read.kind.map(|kind| kind.id.as_str()),
        confidence: read.confidence,
        runners_up: read.runners_up.iter().map(runner_up).collect(),
        table: table.area.to_string(),
        header_rows: table.header_rows.iter().map(|row| row + 1).collect(),
        body_rows: rows(&[Role::Body]),
        opening_rows: rows(&[Role::Opening]),
        closing_rows: rows(&[Role::Closing]),
        subtotal_rows: rows(&[Role::Subtotal, Role::Carried]),
        total_rows: rows(&[Role::Total, Role::Closing]),
        repeated_header_rows: rows(&[Role::RepeatedHeader]),
        title_rows: rows(&[Role::Title]),
        footer_rows: rows(&[Role::Note, Role::Signature]),
        columns: table.columns.iter().map(|column| column_row(read, column)).collect(),
    }
}

/// Returns a column as JSON shows it.
fn column_row<'a>(read: &'a ReadTable, column: &'a Column) -> ColumnRow<'a> {
    ColumnRow {
        column: column_name(column.col),
        header: &column.header,
        field: column.field,
        unit: column.unit.as_deref(),
        sum: sum(read, column),
    }
}

/// Returns the sum of a column of money or quantities over the rows of data;
/// nothing if one of them cannot be read. Prices are not summed.
fn sum(read: &ReadTable, column: &Column) -> Option<Decimal> {
    let kind = read.kind?;
    let field = kind.field(column.field?)?;
    let is_factor = kind.product.get(1) == Some(&field.name);
    let added = matches!(field.field_type, FieldType::Money | FieldType::Decimal);
    if !added || is_factor || field.name.contains("price") || field.name.contains("balance") {
        return None;
    }
    let mut sum = Decimal::ZERO;
    for row in read.table.rows_of(Role::Body) {
        let Some(cell) = read.table.cell(row, column.col) else { continue };
        let read = decimal(&cell.value());
        if read.is_blank() {
            continue;
        }
        sum = sum.checked_add(read.value()?.value)?;
    }
    Some(sum)
}

/// The tables one below the other.
fn tables(read: &[ReadTable], lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let mut list = Table::new([
        Heading::text("file", label("appendix.file")).width(28),
        Heading::text("sheet", label("appendix.sheet")).width(14),
        Heading::word("kind", label("appendix.kind")).width(18),
        Heading::integer("confidence", label("inspect.confidence")),
        Heading::text("table", label("appendix.table")).width(10),
        Heading::text("header", label("inspect.header_rows")),
        Heading::integer("body", label("appendix.body")).sum(),
        Heading::text("others", label("appendix.other_rows")).width(18),
        Heading::text("unread", label("appendix.unread_columns")).width(24),
        Heading::text("runners_up", label("inspect.runners_up")).width(18).detail(),
    ])
    .empty(label("appendix.no_inputs"));
    for read in read {
        let input = InputRead::of(read);
        let header: Vec<String> = input.header_rows.iter().map(u32::to_string).collect();
        let close = read.runners_up.iter();
        let close: Vec<String> =
            close.map(|other| format!("{} {}", other.kind.name(lang), other.confidence)).collect();
        list.push(Row::new([
            input.path.as_str().into(),
            input.sheet.as_deref().into(),
            kind_cell(read, lang),
            u32::from(read.confidence).into(),
            input.table.as_deref().into(),
            header.join(", ").into(),
            input.rows.get(&Role::Body).copied().unwrap_or_default().into(),
            appendix::other_rows(&input, lang).into(),
            appendix::columns(&input, false, lang).into(),
            close.join(", ").into(),
        ]));
    }
    let title = label("inspect.tables");
    Sheet::new("tables", title).landscape().title(title).table(list).on_terminal(read.len())
}

/// What a table was taken for, in words.
fn kind_cell(read: &ReadTable, lang: Lang) -> Cell {
    match read.kind {
        Some(kind) => Cell::word(Tone::Plain, kind.name(lang)),
        None => Cell::word(Tone::Warning, labels::text(lang, "appendix.unknown_kind")),
    }
}

/// The columns of all tables, one table after the other.
fn columns(read: &[ReadTable], lang: Lang) -> Sheet {
    /// More columns than a terminal should scroll by.
    const MANY: usize = 60;
    let title = labels::text(lang, "inspect.columns");
    let count: usize = read.iter().map(|read| read.table.columns.len()).sum();
    let mut sheet = Sheet::new("columns", title).title(title);
    for read in read {
        let place = format!("{} {}", read.table.sheet.id, read.table.area);
        sheet = sheet.text(place).table(columns_of(read, lang));
    }
    sheet.on_terminal(if count <= MANY { MANY } else { 0 })
}

/// The columns of one table.
fn columns_of(read: &ReadTable, lang: Lang) -> Table {
    let label = |key| labels::text(lang, key);
    let mut list = Table::new([
        Heading::text("column", label("inspect.column")),
        Heading::text("header", label("inspect.header")).width(24),
        Heading::text("field", label("inspect.field")).width(20),
        Heading::text("meaning", label("inspect.meaning")).width(20),
        Heading::text("unit", label("inspect.unit")),
        Heading::quantity("sum", label("inspect.sum")),
    ]);
    for column in &read.table.columns {
        let field = column.field.and_then(|name| read.kind?.field(name));
        list.push(Row::new([
            column_name(column.col).into(),
            column.header.as_str().into(),
            column.field.into(),
            field.map(|field| field.label(lang)).into(),
            column.unit.as_deref().into(),
            sum(read, column).map_or(Cell::Empty, Cell::Number),
        ]));
    }
    list
}
