//! `gendan explain`: what a code means, with an example and what to do.

use serde::Serialize;

use super::{Context, Run};
use crate::error::Result;
use crate::finding::table::{self, Entry};
use crate::finding::{Finding, Severity, codes};
use crate::lang::Lang;
use crate::report::{Cell, Column, Report, Row, Section, Sheet, Table, labels};
use crate::text::nearest;

/// The arguments of `explain`.
#[derive(Debug, clap::Args)]
pub struct Explain {
    /// Codes, or their names; all are listed without one
    #[arg(value_name = "CODE")]
    codes: Vec<String>,
}

/// A code as JSON shows it.
#[derive(Debug, Serialize)]
struct Explained<'a> {
    code: &'a str,
    group: table::Group,
    severity: Option<Severity>,
    name: &'a str,
    meaning: &'a str,
    example: &'a str,
    advice: &'a str,
}

impl Run for Explain {
    fn run(&self, context: &Context) -> Result<Report> {
        let lang = context.lang;
        let mut report = Report::new("explain", labels::text(lang, "explain.title"), lang);
        let found: Vec<(&str, &Entry)> = match self.codes[..] {
            [] => table::entries().collect(),
            _ => self.codes.iter().map(|code| find(code)).collect::<Result<_>>()?,
        };
        report
            .sections
            .push(Section::new("codes", found.iter().map(|code| explained(*code, lang))));
        if self.codes.is_empty() {
            report.sheets.push(listed(&found, lang).on_terminal(found.len()));
        } else {
            report.sheets.extend(found.iter().map(|code| in_full(*code, lang)));
            report.sheets.push(listed(&found, lang));
        }
        Ok(report)
    }
}

/// Finds a code by itself or by its name in any language.
fn find(asked: &str) -> Result<(&'static str, &'static Entry)> {
    let is_named = |entry: &Entry| {
        Lang::ALL.iter().any(|lang| entry.name.get(*lang).eq_ignore_ascii_case(asked))
    };
    let known = || table::entries();
    known()
        .find(|(code, _)| code.eq_ignore_ascii_case(asked))
        .or_else(|| known().find(|(_, entry)| is_named(entry)))
        .ok_or_else(|| {
            let near = nearest(asked, known().map(|(code, _)| code)).join(", ");
            Finding::of(codes::UNKNOWN_CODE).with("found", asked).with("near", near).into()
        })
}

fn explained<'a>((code, entry): (&'a str, &'a Entry), lang: Lang) -> Explained<'a> {
    Explained {
        code,
        group: entry.group,
        severity: entry.severity,
        name: entry.name.get(lang),
        meaning: entry.meaning.get(lang),
        example: entry.example.get(lang),
        advice: entry.advice.get(lang),
    }
}

/// Everything about one code, to read.
fn in_full((code, entry): (&'static str, &Entry), lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let name = format!("{code}  {}", entry.name.get(lang));
    Sheet::new(code, name)
        .on_terminal(0)
        .fact(label("explain.group"), group(entry, lang))
        .fact(label("explain.meaning"), entry.meaning.get(lang))
        .fact(label("explain.example"), entry.example.get(lang))
        .fact(label("explain.advice"), entry.advice.get(lang))
}

/// The codes one below the other.
fn listed(found: &[(&str, &Entry)], lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let mut list = Table::new([
        Column::id("code", label("explain.code")),
        Column::text("group", label("explain.group")),
        Column::text("name", label("explain.name")),
        Column::text("meaning", label("explain.meaning")).detail(),
        Column::text("example", label("explain.example")).detail(),
        Column::text("advice", label("explain.advice")).detail(),
    ]);
    for (code, entry) in found {
        let cells = [
            *code,
            group(entry, lang),
            entry.name.get(lang),
            entry.meaning.get(lang),
            entry.example.get(lang),
            entry.advice.get(lang),
        ];
        list.push(Row::new(cells.map(Cell::from)));
    }
    Sheet::new("codes", label("explain.codes")).table(list)
}

/// What the code is said of, in words; of findings, how much they matter.
fn group(entry: &Entry, lang: Lang) -> &'static str {
    labels::text(
        lang,
        match (entry.group, entry.severity) {
            (table::Group::Status, _) => "explain.status",
            (table::Group::Cause, _) => "explain.cause",
            (table::Group::Note, _) => "explain.note",
            (table::Group::Reason, _) => "explain.reason",
            (table::Group::Finding, Some(Severity::Error)) => "common.error",
            (table::Group::Finding, Some(Severity::Warning)) => "common.warning",
            (table::Group::Finding, _) => "common.info",
        },
    )
}
