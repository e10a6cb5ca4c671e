//! Arguments that commands share: inputs, output, period.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use crate::error::Result;
use crate::finding::{Finding, codes};
use crate::input::reading::{self, ReadOptions, Reading};
use crate::input::{inputs, workbook};
use crate::lang::Lang;
use crate::period::{Month, NoDate, parse_day};
use crate::progress::Progress;
use crate::report::decisions;
use crate::settings::Settings;

/// What a person wants on stdout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// Tables for reading.
    #[default]
    Table,
    /// One JSON object, for other programs.
    Json,
    /// Comma-separated values, one table after the other.
    Csv,
    /// Markdown.
    Md,
}

/// Options of every command.
#[derive(Debug, Clone, Default, Args)]
pub struct Common {
    /// Write the result to this workbook as well
    #[arg(short, long, global = true, value_name = "OUT.xlsx")]
    pub output: Option<PathBuf>,
    /// What stdout gets: table, json, csv or md
    #[arg(long, global = true, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// The month the job is about, as 2026-10
    #[arg(long, global = true, value_name = "MONTH")]
    pub month: Option<Month>,
    /// The day to take as today, as 2026-11-03
    #[arg(long, global = true, value_name = "DAY", value_parser = day)]
    pub today: Option<NaiveDate>,
    /// The language of everything said: zh-Hans, zh-Hant or en
    #[arg(long, global = true, value_name = "LANG", value_parser = lang)]
    pub lang: Option<Lang>,
    /// Replace files that exist
    #[arg(long, global = true)]
    pub force: bool,
    /// Use this gendan.toml and look for no other
    #[arg(long, global = true, value_name = "FILE")]
    pub settings: Option<PathBuf>,
    /// Say nothing on stderr but errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

/// The sheets a command reads.
#[derive(Debug, Clone, Default, Args)]
pub struct Inputs {
    /// Files, folders or patterns, each [KIND=]PATH[#SHEET]
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<String>,
}

impl Inputs {
    /// Reads the inputs: every table of every sheet, understood as far as it
    /// can be; workbooks that gendan wrote apart. Folders and patterns that
    /// bring no file at all were not what the person meant.
    pub fn read(&self, settings: &Settings, progress: &Progress) -> Result<Reading> {
        let inputs = inputs::resolve(&self.inputs)?;
        if inputs.files.is_empty() {
            let found = Finding::of(codes::NOTHING_TO_READ).with("found", self.inputs.join(", "));
            return Err(found.into());
        }
        read(inputs, settings, progress)
    }

    /// Reads the inputs, though there may be none.
    pub fn read_any(&self, settings: &Settings, progress: &Progress) -> Result<Reading> {
        read(inputs::resolve(&self.inputs)?, settings, progress)
    }
}

fn read(inputs: inputs::Inputs, settings: &Settings, progress: &Progress) -> Result<Reading> {
    let options = ReadOptions {
        settings,
        workbook: &workbook::Options::default(),
        progress,
        is_ours: |workbook| decisions::mark(workbook).is_some_and(|mark| !mark.is_form()),
    };
    let mut reading = reading::read(&inputs.files, &options)?;
    reading.findings.extend(inputs.findings);
    Ok(reading)
}

fn day(text: &str) -> std::result::Result<NaiveDate, NoDate> {
    parse_day(text)
}

fn lang(text: &str) -> std::result::Result<Lang, NoLanguage> {
    Lang::parse(text).ok_or(NoLanguage)
}

/// What was written is none of the three languages.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("zh-Hans, zh-Hant, en")]
pub struct NoLanguage;
