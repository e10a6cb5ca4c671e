//! The commands: one file each, with its arguments and its short run.
//!
//! The doc comments of arguments are their English help; `cli/help.toml`
//! holds the other languages, the Chinese names and the examples.

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::args::Format;
use crate::error::Result;
use crate::lang::Lang;
use crate::period::Month;
use crate::progress::Progress;
use crate::report::Report;
use crate::settings::Settings;

pub mod bom;
pub mod check;
pub mod compare;
pub mod completions;
mod copies;
pub mod demo;
pub mod explain;
pub mod init;
pub mod inspect;
pub mod kinds;
pub mod man;
pub mod pack;
pub mod recognise;
pub mod reconcile;
pub mod stock;

/// What a run is told besides its own arguments.
#[derive(Debug)]
pub struct Context {
    /// `gendan.toml`, or its defaults.
    pub settings: Settings,
    /// The language of everything said.
    pub lang: Lang,
    /// The day taken as today.
    pub today: NaiveDate,
    /// The month the job is about, if it was named.
    pub month: Option<Month>,
    /// What stdout gets.
    pub format: Format,
    /// The workbook to write, if one was named.
    pub output: Option<PathBuf>,
    /// Whether files that exist may be replaced.
    pub force: bool,
    /// Where to tell how far the work has come.
    pub progress: Progress,
}

impl Context {
    /// Whether anybody will see the human side of a report.
    pub fn shows_sheets(&self) -> bool {
        self.output.is_some() || self.format != Format::Json
    }

    /// Whether anybody will see the long lists of what is in order, which
    /// neither the terminal nor a table as text shows.
    pub fn shows_long_lists(&self) -> bool {
        self.output.is_some() || self.format == Format::Md
    }

    /// Whether any program will see the machine side of a report.
    pub fn shows_sections(&self) -> bool {
        self.format == Format::Json
    }
}

/// A command: its arguments, and what it does with them. It prints nothing
/// and asks no clock; whatever it has to say is in the report.
pub trait Run {
    /// Does the work.
    fn run(&self, context: &Context) -> Result<Report>;

    /// Returns the inputs it was given, as typed: `gendan.toml` is looked for
    /// beside the first.
    fn inputs(&self) -> &[String] {
        &[]
    }

    /// Returns the input that stands before the others, where one has a place
    /// of its own.
    fn first_input(&self) -> Option<&String> {
        None
    }

    /// Returns what it is told besides its arguments, where these imply more
    /// than the flags say.
    fn told(&self, context: Context) -> Context {
        context
    }

    /// Returns the exit code for its report.
    fn exit_code(&self, report: &Report) -> u8 {
        report.exit_code()
    }
}

/// What a command gives back.
#[derive(Debug)]
pub enum Output {
    /// A report, to be shown in the format asked for.
    Report(Box<Report>),
    /// Text for stdout as it is: a script, a page.
    Text(String),
}

/// What gendan can do.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Check and explode parts lists; find what is short and when it comes
    Bom(bom::Bom),
    /// Check sheets against their kinds and against each other
    Check(check::Check),
    /// Compare any two sheets, by any key and amounts
    Compare(compare::Compare),
    /// Print a script that completes gendan's commands in a shell
    Completions(completions::Completions),
    /// Write a sample month into a folder and reconcile it
    Demo(demo::Demo),
    /// Say what codes mean, with an example and what to do
    Explain(explain::Explain),
    /// Write a gendan.toml for a folder, from what is found there
    Init(init::Init),
    /// Say what is in these files: tables, headers, kinds, columns, problems
    Inspect(inspect::Inspect),
    /// List the kinds of sheets, or the fields and header words of one
    Kinds(kinds::Kinds),
    /// Print the manual page, or write one for every command
    Man(man::Man),
    /// Plan cartons from an order's sizes, and check what was packed
    Pack(pack::Pack),
    /// Say what these files are and what can be done with them
    #[command(skip)]
    Recognise(recognise::Recognise),
    /// Cross-check two sides of the same business
    Reconcile(reconcile::Reconcile),
    /// Keep the stock: its books, what to buy, what a count found
    Stock(stock::Stock),
}

/// What kind of work a command is.
enum Work<'a> {
    /// It makes a report.
    Reports(&'a dyn Run),
    /// It makes text.
    Completions(&'a completions::Completions),
    /// It makes text, or files.
    Man(&'a man::Man),
}

impl Command {
    fn work(&self) -> Work<'_> {
        match self {
            Command::Bom(bom) => Work::Reports(bom.job()),
            Command::Check(check) => Work::Reports(check),
            Command::Compare(compare) => Work::Reports(compare),
            Command::Completions(completions) => Work::Completions(completions),
            Command::Demo(demo) => Work::Reports(demo),
            Command::Explain(explain) => Work::Reports(explain),
            Command::Init(init) => Work::Reports(init),
            Command::Inspect(inspect) => Work::Reports(inspect),
            Command::Kinds(kinds) => Work::Reports(kinds),
            Command::Man(man) => Work::Man(man),
            Command::Pack(pack) => Work::Reports(pack.job()),
            Command::Recognise(recognise) => Work::Reports(recognise),
            Command::Reconcile(reconcile) => Work::Reports(reconcile.job()),
            Command::Stock(stock) => Work::Reports(stock.job()),
        }
    }

    /// Does what the command is for.
    pub fn run(&self, context: &Context) -> Result<Output> {
        match self.work() {
            Work::Reports(run) => run.run(context).map(|report| Output::Report(Box::new(report))),
            Work::Completions(completions) => Ok(Output::Text(completions.script(context))),
            Work::Man(man) => man.pages(context).map(Output::Text),
        }
    }

    /// Returns the inputs it was given, as typed.
    pub fn inputs(&self) -> Vec<String> {
        match self.work() {
            Work::Reports(run) => {
                run.first_input().into_iter().chain(run.inputs()).cloned().collect()
            }
            Work::Completions(_) | Work::Man(_) => Vec::new(),
        }
    }

    /// Returns what it is told besides its arguments.
    pub fn told(&self, context: Context) -> Context {
        match self.work() {
            Work::Reports(run) => run.told(context),
            Work::Completions(_) | Work::Man(_) => context,
        }
    }

    /// Returns the exit code for its report.
    pub fn exit_code(&self, report: &Report) -> u8 {
        match self.work() {
            Work::Reports(run) => run.exit_code(report),
            Work::Completions(_) | Work::Man(_) => 0,
        }
    }
}
