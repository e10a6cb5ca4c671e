//! `gendan FILE...` without a command: what the files are, and which commands
//! can run on them, with the line to type.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Context, Run};
use crate::args::Inputs;
use crate::cli::grammar;
use crate::error::Result;
use crate::input::reading::ReadTable;
use crate::lang::Lang;
use crate::report::{Cell, Column, InputRead, Report, Row, Section, Sheet, Table, Tone, labels};

/// Files to recognise.
#[derive(Debug, Clone, Default)]
pub struct Recognise {
    /// The files.
    pub inputs: Inputs,
}

/// A command and the kinds it cannot do without.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Job {
    /// Its words: `reconcile supplier`.
    command: String,
    /// Of each group one kind must be there; none: any file will do.
    #[serde(default)]
    needs: Vec<Vec<String>>,
}

/// The commands, as data.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Jobs {
    job: Vec<Job>,
}

const SOURCE: &str = include_str!("recognise.toml");

/// A table as JSON shows it.
#[derive(Debug, Serialize)]
struct Recognised<'a> {
    path: &'a str,
    sheet: Option<&'a str>,
    kind: Option<&'a str>,
    confidence: u8,
}

/// A command that can run, as JSON shows it.
#[derive(Debug, Serialize)]
struct Runnable<'a> {
    command: &'a str,
    line: String,
    missing: Vec<&'a str>,
}

impl Run for Recognise {
    fn run(&self, context: &Context) -> Result<Report> {
        let lang = context.lang;
        let reading = self.inputs.read(&context.settings, &context.progress)?;
        let mut report = Report::new("recognise", labels::text(lang, "recognise.title"), lang);
        report.inputs = reading.tables.iter().map(InputRead::of).collect();
        report.sections.push(Section::new("tables", reading.tables.iter().map(recognised)));
        report.sheets.push(tables(&reading.tables, lang));
        // A source that does not parse offers nothing and fails the test.
        let jobs: Jobs = toml::from_str(SOURCE).unwrap_or_default();
        let kinds: BTreeSet<&str> =
            reading.tables.iter().filter_map(|read| Some(read.kind?.id.as_str())).collect();
        let runnable: Vec<Runnable<'_>> =
            jobs.job.iter().filter_map(|job| self.runnable(job, &kinds, context)).collect();
        report.sheets.push(commands(&runnable, lang));
        report.sections.push(Section::new("commands", runnable));
        report.findings = reading.findings;
        Ok(report)
    }

    fn inputs(&self) -> &[String] {
        &self.inputs.inputs
    }
}

impl Recognise {
    /// Says whether a command has a use for these kinds, and what it lacks.
    fn runnable<'a>(
        &self,
        job: &'a Job,
        kinds: &BTreeSet<&str>,
        context: &Context,
    ) -> Option<Runnable<'a>> {
        let has = |group: &&Vec<String>| group.iter().any(|kind| kinds.contains(kind.as_str()));
        let missing: Vec<&str> = job
            .needs
            .iter()
            .filter(|group| !has(group))
            .filter_map(|g| Some(g.first()?.as_str()))
            .collect();
        let of_use = job.needs.is_empty() || missing.len() < job.needs.len();
        of_use.then(|| Runnable { command: &job.command, line: self.line(job, context), missing })
    }

    /// Returns the line to type, in her language and with her own inputs.
    fn line(&self, job: &Job, context: &Context) -> String {
        let mut words = vec!["gendan".to_owned(), grammar::spoken_name(&job.command, context.lang)];
        words.extend(self.inputs.inputs.iter().map(|input| quoted(input)));
        words.extend(context.month.map(|month| format!("--month {month}")));
        words.join(" ")
    }
}

/// Puts a word that a shell would take apart into quotes.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./\\:=#,+@%~".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("\"{word}\"")
    }
}

fn recognised(read: &ReadTable) -> Recognised<'_> {
    Recognised {
        path: &read.table.sheet.id.path,
        sheet: read.table.sheet.id.sheet.as_deref(),
        kind: read.kind.map(|kind| kind.id.as_str()),
        confidence: read.confidence,
    }
}

fn tables(read: &[ReadTable], lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let mut table = Table::new([
        Column::text("file", label("appendix.file")),
        Column::text("sheet", label("appendix.sheet")),
        Column::text("table", label("appendix.table")),
        Column::text("kind", label("appendix.kind")),
        Column::percent("confidence", label("recognise.confidence")),
    ])
    .empty(label("appendix.no_inputs"));
    for read in read {
        let id = &read.table.sheet.id;
        table.push(Row::new([
            id.path.as_str().into(),
            id.sheet.as_deref().into(),
            read.table.area.to_string().into(),
            match read.kind {
                Some(kind) => kind.name(lang).into(),
                None => Cell::word(Tone::Warning, label("appendix.unknown_kind")),
            },
            Decimal::new(read.confidence.into(), 2).into(),
        ]));
    }
    Sheet::new("tables", label("recognise.tables")).table(table).on_terminal(read.len())
}

fn commands(runnable: &[Runnable<'_>], lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let kind = |id: &&str| crate::kinds::get(id).map_or(*id, |kind| kind.name(lang)).to_owned();
    let mut table = Table::new([
        Column::text("line", label("recognise.line")),
        Column::text("missing", label("recognise.missing")),
    ]);
    for job in runnable {
        let missing: Vec<String> = job.missing.iter().map(kind).collect();
        table.push(Row::new([job.line.as_str().into(), missing.join(", ").into()]));
    }
    Sheet::new("commands", label("recognise.commands")).table(table).on_terminal(runnable.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds;

    #[test]
    fn the_commands_and_kinds_of_the_list_exist() {
        let jobs: Jobs = toml::from_str(SOURCE).unwrap();
        assert!(!jobs.job.is_empty());
        for job in &jobs.job {
            assert!(grammar::exists(&job.command), "{}", job.command);
            for kind in job.needs.iter().flatten() {
                assert!(kinds::get(kind).is_some(), "{kind}");
            }
        }
    }

    #[test]
    fn words_with_spaces_and_signs_are_quoted() {
        assert_eq!(quoted("10月/入库.xlsx#10月"), "10月/入库.xlsx#10月");
        assert_eq!(quoted("十月 对账.xlsx"), "\"十月 对账.xlsx\"");
        assert_eq!(quoted("*.xls"), "\"*.xls\"");
    }
}
