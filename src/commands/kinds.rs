//! `gendan kinds`: the kinds of sheets gendan knows, and the fields and header
//! words of one.

use serde::Serialize;

use super::{Context, Run};
use crate::error::Result;
use crate::finding::{Finding, codes};
use crate::kinds::{self, Field, FieldType, Kind, Required};
use crate::lang::Lang;
use crate::report::{Cell, Column, Report, Row, Section, Sheet, Table, labels};
use crate::text::nearest;

/// The arguments of `kinds`.
#[derive(Debug, clap::Args)]
pub struct Kinds {
    /// Kinds, by any of their names; all are listed without one
    #[arg(value_name = "KIND")]
    kinds: Vec<String>,
}

/// A kind as JSON shows it.
#[derive(Debug, Serialize)]
struct KindRow<'a> {
    kind: &'a str,
    number: Option<&'a str>,
    name: &'a str,
    aliases: &'a [String],
    titles: &'a [String],
    key: &'a [String],
    needs: &'a [Vec<String>],
    fields: Vec<FieldRow<'a>>,
}

/// A field as JSON shows it.
#[derive(Debug, Serialize)]
struct FieldRow<'a> {
    field: &'a str,
    label: &'a str,
    #[serde(rename = "type")]
    field_type: FieldType,
    required: Required,
    words: Vec<&'a str>,
    also: &'a [String],
    example: Option<&'a str>,
}

impl Run for Kinds {
    fn run(&self, context: &Context) -> Result<Report> {
        let lang = context.lang;
        let mut report = Report::new("kinds", labels::text(lang, "kinds.list_title"), lang);
        let found: Vec<&'static Kind> = match self.kinds[..] {
            [] => kinds::all().iter().collect(),
            _ => self.kinds.iter().map(|name| find(name)).collect::<Result<_>>()?,
        };
        let rows = found.iter().map(|kind| kind_row(kind, lang));
        report.sections.push(Section::new("kinds", rows));
        if self.kinds.is_empty() {
            report.sheets.push(listed(&found, lang).on_terminal(found.len()));
        } else {
            report.sheets.extend(found.iter().map(|kind| in_full(kind, lang)));
        }
        Ok(report)
    }
}

/// Finds a kind by any of its names.
fn find(name: &str) -> Result<&'static Kind> {
    kinds::named(name).ok_or_else(|| {
        let words = kinds::all().iter().flat_map(|kind| kind.aliases.iter().chain([&kind.id]));
        let near = nearest(name, words.map(String::as_str)).join(", ");
        Finding::of(codes::UNKNOWN_ARGUMENT).with("found", name).with("near", near).into()
    })
}

fn kind_row(kind: &'static Kind, lang: Lang) -> KindRow<'static> {
    let field = |field: &'static Field| FieldRow {
        field: &field.name,
        label: field.label(lang),
        field_type: field.field_type,
        required: field.required,
        words: kind.words(field),
        also: &field.also,
        example: field.example.as_deref(),
    };
    KindRow {
        kind: &kind.id,
        number: kind.number.as_deref(),
        name: kind.name(lang),
        aliases: &kind.aliases,
        titles: &kind.titles,
        key: &kind.key,
        needs: &kind.needs,
        fields: kind.fields.iter().map(field).collect(),
    }
}

/// The kinds one below the other.
fn listed(found: &[&'static Kind], lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let mut list = Table::new([
        Column::text("number", label("kinds.code")),
        Column::id("kind", label("kinds.id")).width(22),
        Column::text("name", label("kinds.name")).width(20),
        Column::text("aliases", label("kinds.aliases")).width(40),
    ]);
    let mut kinds = found.to_vec();
    kinds.sort_by_key(|kind| (kind.number.is_none(), kind.number.clone()));
    for kind in kinds {
        list.push(Row::new([
            kind.number.as_deref().into(),
            kind.id.as_str().into(),
            kind.name(lang).into(),
            kind.aliases.join(", ").into(),
        ]));
    }
    let title = label("kinds.kinds");
    Sheet::new("kinds", title).table(list)
}

/// Everything about one kind, to read.
fn in_full(kind: &'static Kind, lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let shown = |name: &String| kind.field(name).map_or("", |field| field.label(lang));
    let group = |names: &Vec<String>| names.iter().map(shown).collect::<Vec<_>>().join(" / ");
    let needs: Vec<String> = kind.needs.iter().map(group).collect();
    let number = kind.number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
    let mut list = Table::new([
        Column::id("field", label("kinds.field")).width(20),
        Column::text("label", label("kinds.label")).width(14),
        Column::text("type", label("kinds.type")).width(10),
        Column::text("required", label("kinds.required")),
        Column::text("example", label("kinds.example")).width(16),
    ]);
    for field in &kind.fields {
        list.push(Row::new([
            field.name.as_str().into(),
            field.label(lang).into(),
            holds(field.field_type, lang).into(),
            required(field.required, lang),
            field.example.as_deref().into(),
        ]));
    }
    let sheet = Sheet::new("kind", format!("{number}{}  {}", kind.id, kind.name(lang)))
        .fact(label("kinds.aliases"), kind.aliases.join(", "))
        .fact(label("kinds.titles"), kind.titles.join(", "))
        .fact(label("kinds.key"), kind.key.iter().map(shown).collect::<Vec<_>>().join(", "))
        .fact(label("kinds.needs"), needs.join("; "))
        .table(list)
        .text(label("kinds.words"));
    let worded = kind.fields.iter().filter(|field| !kind.words(field).is_empty());
    let sheet = worded
        .fold(sheet, |sheet, field| sheet.fact(field.label(lang), kind.words(field).join(", ")));
    let second = kind.fields.iter().filter(|field| !field.also.is_empty());
    second
        .fold(sheet.text(label("kinds.also")), |sheet, field| {
            sheet.fact(field.label(lang), field.also.join(", "))
        })
        .on_terminal(kind.fields.len())
}

/// Says what a field holds.
fn holds(field_type: FieldType, lang: Lang) -> &'static str {
    labels::text(
        lang,
        match field_type {
            FieldType::Code => "kinds.number_code",
            FieldType::Text => "kinds.text",
            FieldType::Enum => "kinds.enum",
            FieldType::Date => "kinds.date",
            FieldType::Datetime => "kinds.datetime",
            FieldType::Int => "kinds.int",
            FieldType::Decimal => "kinds.decimal",
            FieldType::Money => "kinds.money",
            FieldType::Percent => "kinds.percent",
            FieldType::Mixed => "kinds.mixed",
        },
    )
}

/// Says whether a document is complete without a field.
fn required(required: Required, lang: Lang) -> Cell {
    match required {
        Required::Yes => labels::text(lang, "kinds.yes").into(),
        Required::Sometimes => labels::text(lang, "kinds.sometimes").into(),
        Required::No => Cell::Empty,
    }
}
